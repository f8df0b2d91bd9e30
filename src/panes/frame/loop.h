/* The way into app.c, for interface.c, dispatch.c and what takes back more than one record. */
#ifndef CLAUSE5_PANES_LOOP_H
#define CLAUSE5_PANES_LOOP_H

#include "panes/frame/app.h"

/* One showing of a workbook: what is said at its beginning, and what is to come after it. */
struct app_visit {
    const char *greeting; /* on the message row at first; NULL: nothing */
    enum meaning greeting_meaning;
    struct buffer restore; /* the backup to put back once the workbook is closed; empty: none */
    bool wants_salvage;    /* to make a new workbook of what can be read of this one */
};

/* Shows the workbook until the user leaves, asks for a backup or the terminal is gone. Everything
 * belongs to the caller. */
void app_run(struct terminal *terminal, struct workbook *workbook, struct app_visit *visit);

/* Makes every view read anew. */
void app_reload(struct app *app);

#endif
