/* X: the rows that a list shows, as a CSV file. */
#ifndef CLAUSE5_PANES_EXPORT_DIALOG_H
#define CLAUSE5_PANES_EXPORT_DIALOG_H

#include "clause5/store/window.h"
#include "panes/frame/app.h"

/* Asks for a file and writes every row of the window into it, in its order, with all fields of the
 * register. Returns outcome flags. */
unsigned export_dialog_run(struct app *app, struct window *window, enum register_id register_id);

/* Asks for a file and writes the responsibility matrix into it, an activity a row and a role a
 * column. Returns outcome flags. */
unsigned export_dialog_run_matrix(struct app *app);

#endif
