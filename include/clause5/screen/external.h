/* Other programs on the same terminal: the user's editor, the desktop's opener, the clipboard.
 * Always an argument list, never a shell. */
#ifndef CLAUSE5_SCREEN_EXTERNAL_H
#define CLAUSE5_SCREEN_EXTERNAL_H

#include <stdbool.h>

#include "clause5/base/buffer.h"
#include "clause5/base/fault.h"
#include "clause5/screen/terminal.h"

/* Lets the user change TEXT with $VISUAL, else $EDITOR, else vi, in a new file of mode 0600 in the
 * folder FOLDER, which is removed whatever happens. The variable is split at blanks, with quotes
 * and backslashes as a shell has them, and nothing else of a shell. One last line end is taken off.
 * False with a fault, TEXT unchanged, where the editor cannot be run or ends with a failure. */
bool external_edit(struct terminal *terminal, const char *folder, struct buffer *text,
                   struct fault *fault);

/* Opens the file PATH with the desktop's program (xdg-open), which runs on its own. Refuses, with
 * the path shown, what is no regular file, executables and .desktop files: a workbook that came
 * from elsewhere must not start programs. */
bool external_open_file(const char *path, struct fault *fault);

/* Puts TEXT on the clipboard through the terminal (OSC 52), cut at characters to 74,994 bytes, as
 * much as terminals take. False where it was cut, or where the terminal is of a kind that would
 * print the sequence instead of ignoring it. */
bool external_copy(struct terminal *terminal, const char *text);

#endif
