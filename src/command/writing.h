/* What the commands share that write to a workbook. */
#ifndef COMMAND_WRITING_H
#define COMMAND_WRITING_H

#include "clause5/store/workbook.h"

/* Sets who the history will name (clause5/rules/actor.h), and makes the day's backup where this is
 * the first write of the day. Where it fails, says so on standard error and goes on: the change
 * itself is safe or refused by its own. */
void writing_begin(struct workbook *workbook);

#endif
