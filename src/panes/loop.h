/* The way into app.c, for interface.c and dispatch.c. */
#ifndef CLAUSE5_PANES_LOOP_H
#define CLAUSE5_PANES_LOOP_H

#include "panes/app.h"

/* Shows the workbook until the user leaves or the terminal is gone. Both belong to the caller. */
void app_run(struct terminal *terminal, struct workbook *workbook);

/* Makes every view read anew. */
void app_reload(struct app *app);

#endif
