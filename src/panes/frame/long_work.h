/* Work that may last: a line of progress, and Esc stops it. */
#ifndef CLAUSE5_PANES_LONG_WORK_H
#define CLAUSE5_PANES_LONG_WORK_H

#include "clause5/screen/progress.h"
#include "panes/frame/app.h"

/* The screen behind the line is not drawn, since the workbook is busy and must not be read
 * meanwhile. */
struct long_work {
    struct app *app;
    struct stage bare;
    struct progress progress;
    int64_t steps;    /* the watcher was asked so often */
    int64_t per_unit; /* steps that make one of the units that are shown */
};

/* Lets the watcher of the workbook show how far the work is, from half a second on. LABEL outlives
 * it. */
void long_work_begin(struct long_work *work, struct app *app, const char *label);

/* The same for the reading of files, told in MiB. */
void long_work_begin_reading(struct long_work *work, struct app *app, const char *label);

void long_work_end(struct long_work *work);

#endif
