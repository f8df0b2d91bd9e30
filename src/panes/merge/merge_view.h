/* Merging another copy of the workbook on the screen. */
#ifndef CLAUSE5_PANES_MERGE_VIEW_H
#define CLAUSE5_PANES_MERGE_VIEW_H

#include "panes/frame/app.h"

/* Opens the page of the conflicts with the copy at PATH; without one (NULL) asks for it. Returns
 * outcome flags. */
unsigned merge_view_open(struct app *app, const char *path);

#endif
