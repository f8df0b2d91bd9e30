/* What the program says of itself. */
#ifndef CLAUSE5_COMMAND_HELP_H
#define CLAUSE5_COMMAND_HELP_H

#include "command/command.h"

/* Appends the help of the whole program, with a line for each of the NULL-ended commands. */
void program_add_help(struct buffer *out, const struct command *const *commands);

#endif
