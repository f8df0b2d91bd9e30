/* The rules over a workbook as it lies there, for one that may have been changed by another
 * program. */
#ifndef CLAUSE5_RULES_WHOLE_H
#define CLAUSE5_RULES_WHOLE_H

#include "clause5/base/fault.h"
#include "clause5/rules/edit.h"
#include "clause5/store/workbook.h"

/* Checks what every row and the rows among each other must keep. Each breach goes to VISIT with the
 * record that it is about. Returns how many there were, -1 with the fault where reading failed.
 * What concerns only the moment of a change (that a round is still open) is not asked. */
int whole_check(struct workbook *workbook, const struct breach_visitor *visitor,
                struct fault *fault);

#endif
