/* Finding evidence again that was moved. */
#ifndef CLAUSE5_PANES_MOVED_KEYS_H
#define CLAUSE5_PANES_MOVED_KEYS_H

#include "panes/frame/app.h"

/* Looks in FOLDER (NULL: beside the workbook) for sealed files that are not at their places, and
 * says how many were found. Returns outcome flags. */
unsigned moved_keys_find(struct app *app, const char *folder);

#endif
