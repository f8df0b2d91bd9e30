/* Proving the content of an open workbook little by little while nothing else is to do
 * (architecture.md, The file): the digest of every row, summed and compared with what the newest
 * batch wrote. Pages and the chain are left to history_verify. */
#ifndef CLAUSE5_STORE_IDLE_CHECK_H
#define CLAUSE5_STORE_IDLE_CHECK_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

struct idle_check;

/* Begins at the first register. Free before the workbook is closed. */
struct idle_check *idle_check_new(struct workbook *workbook);
void idle_check_free(struct idle_check *check);

enum idle_state {
    IDLE_MORE,   /* not through yet */
    IDLE_SOUND,  /* all of it fits; stays so until something is written */
    IDLE_MISFIT, /* it does not, or cannot be read: the fault says which */
};

/* Goes on for about BUDGET_MS. A write since the last step, also one by another process, begins
 * again. */
enum idle_state idle_check_step(struct idle_check *check, int budget_ms, struct fault *fault);

#endif
