/* What the commands share that read a workbook and write one document. */
#ifndef COMMAND_READING_H
#define COMMAND_READING_H

#include "clause5/store/workbook.h"
#include "command/command.h"

/* Opens the workbook at PATH for reading, with the clock of the environment. NULL with the fault,
 * which names the file; the caller closes with workbook_close. */
struct workbook *reading_open(const char *path, struct fault *fault);

/* Looks at the workbook as of the day of the option as-of, where it is given
 * (clause5/store/look.h). False with the fault. */
bool reading_look_back(const struct invocation *invocation, struct workbook *workbook,
                       struct fault *fault);

/* Writes the text to the file that the option output names, beside its final name and renamed when
 * it is whole, else to standard output. Releases the text and returns the exit status, having said
 * what failed. */
int reading_finish(const struct invocation *invocation, struct buffer *out);

#endif
