/* What f narrows the history to. */
#ifndef CLAUSE5_PANES_HISTORY_FILTER_H
#define CLAUSE5_PANES_HISTORY_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "clause5/base/date.h"
#include "clause5/base/fault.h"
#include "clause5/store/history.h"
#include "clause5/store/workbook.h"

struct history_term;

/* All zero: everything passes. */
struct history_filter {
    struct history_term *terms;
    size_t count, capacity;
};

/* Reads TEXT: words that stand in the actor, the label or the time; by:NAME, in:REGISTER,
 * since:DAY, until:DAY and on:DAY, with a colon or a blank behind the first word; -WORD for what
 * must not stand there; "two words". Days are typed as everywhere and counted from TODAY. False
 * with the fault, and FILTER empty. The caller frees with history_filter_free. */
bool history_filter_parse(struct history_filter *filter, const char *text, date_days today,
                          struct fault *fault);
void history_filter_free(struct history_filter *filter);

/* Sets *PASSES to whether the batch is shown. False with the fault. */
bool history_filter_passes(const struct history_filter *filter, struct workbook *workbook,
                           const struct history_batch *batch, bool *passes, struct fault *fault);

#endif
