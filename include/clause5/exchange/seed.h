/* What a new workbook begins with: its own row, the checklist that ships with the program, and the
 * starter set or the sample (data/README.md). */
#ifndef CLAUSE5_EXCHANGE_SEED_H
#define CLAUSE5_EXCHANGE_SEED_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

enum seed_set { SEED_STARTER, SEED_SAMPLE, SEED_EMPTY };

struct seed_plan {
    enum seed_set set;
    const char *organisation; /* NULL: the name of the file without its ending */
    const char *leader;       /* who fills the role of top management; NULL: vacant */
    const char *security;     /* who fills the role of information security; NULL: vacant */
};

/* Fills a workbook that workbook_create has made, in one batch that undo never takes back. False
 * with the fault. */
bool seed_workbook(struct workbook *workbook, const struct seed_plan *plan, struct fault *fault);

/* Makes the workbook at PATH with what the plan says. Nothing is left at PATH where it fails. */
bool seed_create(const char *path, const struct seed_plan *plan, const struct clock *clock,
                 struct fault *fault);

#endif
