/* I: a CSV file into a register, tried first and stored only when accepted. */
#ifndef CLAUSE5_PANES_IMPORT_DIALOG_H
#define CLAUSE5_PANES_IMPORT_DIALOG_H

#include "panes/frame/app.h"

/* Asks for the file and the register, at first the one SHOWN where I was pressed, shows what the
 * import would do, and does it where it is accepted. Returns outcome flags. */
unsigned import_dialog_run(struct app *app, enum register_id shown);

#endif
