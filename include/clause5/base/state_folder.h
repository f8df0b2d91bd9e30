/* Small texts that are kept for this user between starts, outside every workbook (XDG base
 * directories): $XDG_STATE_HOME/clause5, else ~/.local/state/clause5. */
#ifndef CLAUSE5_BASE_STATE_FOLDER_H
#define CLAUSE5_BASE_STATE_FOLDER_H

#include <stdbool.h>

#include "clause5/base/buffer.h"

/* Appends what is kept under NAME, such as "places/1f2e". False where nothing is, or where it
 * cannot be read. */
bool state_folder_read(const char *name, struct buffer *out);

/* Keeps TEXT under NAME, whole or not at all, readable by this user alone. False where that cannot
 * be done, which is no fault: a machine that keeps nothing works as at the first start. */
bool state_folder_keep(const char *name, const char *text);

#endif
