/* I: taking a CSV file, or a folder of them, into the workbook. */
#ifndef CLAUSE5_PANES_STAGING_OPEN_H
#define CLAUSE5_PANES_STAGING_OPEN_H

#include "panes/frame/app.h"

/* Asks for the file and the register, proposing the one that SHOWN names or the file's header fits,
 * tries the import and opens its rows. Returns outcome flags. */
unsigned staging_open(struct app *app, enum register_id shown);

#endif
