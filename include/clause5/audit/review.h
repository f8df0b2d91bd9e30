/* Management reviews: planned with what the workbook knows on the day, and held with their verdicts
 * (9.3). What each input is filled with is said by data/figures/review_inputs.sql. */
#ifndef CLAUSE5_AUDIT_REVIEW_H
#define CLAUSE5_AUDIT_REVIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/date.h"
#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

enum { REVIEW_INPUTS = 10 };

/* What is asked before a management review is made. */
struct review_plan {
    const char *ref, *title;
    date_days planned_on;
};

/* Makes the review, its ten inputs filled as of today, and an attendance of "no" for everyone of
 * top management, in one batch "plan REF". The chair is that of the newest review held, else the
 * first of top management. *ID becomes the review's. */
bool review_start(struct workbook *workbook, const struct review_plan *plan, int64_t *id,
                  struct fault *fault);

/* Fills the inputs of a review that is not held yet as of today: those still open, adding the ones
 * that are missing; where IS_SPARING only those without a text. *FILLED counts them; 0 leaves no
 * batch behind. */
bool review_fill(struct workbook *workbook, int64_t review, bool is_sparing, int *filled,
                 struct fault *fault);

/* Counts the inputs of a review that are open, and those of them that have a text. False with the
 * fault. */
struct review_count {
    int open, open_with_text;
};
bool review_count_inputs(struct workbook *workbook, int64_t review, struct review_count *count,
                         struct fault *fault);

/* How a review ended. Verdicts are choices of the register; NULL leaves one as it is. */
struct review_holding {
    date_days on;
    const char *suitable, *adequate, *effective;
    const char *open_inputs_end; /* as what: a choice of review_input.state; NULL: they stay open */
    const char *next_ref;        /* the next review is planned under this ref; NULL: none */
    date_days next_on;
};

/* Sets held_on and the verdicts, ends the inputs, and plans the next review, in one batch "hold
 * REF". Refused where it was held already. */
bool review_hold(struct workbook *workbook, int64_t review, const struct review_holding *holding,
                 struct fault *fault);

/* Returns a free ref such as MR-2026, then MR-2026-2; the caller frees with free. NULL with the
 * fault. */
char *review_propose_ref(struct workbook *workbook, int year, struct fault *fault);

#endif
