/* What the commands share that write to a workbook. */
#ifndef COMMAND_WRITING_H
#define COMMAND_WRITING_H

#include "clause5/store/workbook.h"

/* Makes the day's backup where this is the first write of the day. Where it fails, says so on
 * standard error and goes on: the change itself is safe or refused by its own. */
void writing_back_up(struct workbook *workbook);

#endif
