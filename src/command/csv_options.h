/* What import and export read from the command line in the same way. */
#ifndef COMMAND_CSV_OPTIONS_H
#define COMMAND_CSV_OPTIONS_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "command/command.h"

/* Reads --delimiter: one character, or TAB; 0 where it was not given. False with a FAULT_USAGE. */
bool csv_options_read_delimiter(const struct invocation *invocation, char *delimiter,
                                struct fault *fault);

/* True where the word is a sheet that can be imported and exported; else a FAULT_USAGE. */
bool csv_options_know_sheet(const char *sheet, struct fault *fault);

#endif
