/* The way into app.c, for interface.c, dispatch.c and what takes back more than one record. */
#ifndef CLAUSE5_PANES_LOOP_H
#define CLAUSE5_PANES_LOOP_H

#include "panes/frame/app.h"

/* Shows the workbook until the user leaves or the terminal is gone. Both belong to the caller. */
void app_run(struct terminal *terminal, struct workbook *workbook);

/* Makes every view read anew. */
void app_reload(struct app *app);

#endif
