/* A step as a batch of its own, or as a part of the one that is open. */
#ifndef RULES_STEP_H
#define RULES_STEP_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

struct step {
    struct workbook *workbook;
    bool owns_batch;
};

/* Begins a batch called LABEL unless one is open. */
bool step_begin(struct step *step, struct workbook *workbook, const char *label,
                struct fault *fault);

/* Commits the step's own batch where all went well, else abandons it; returns whether all is
 * stored. */
bool step_end(struct step *step, bool went_well, struct fault *fault);

#endif
