/* One change of a view as one batch: begun, written, committed or left, and said. */
#ifndef CLAUSE5_PANES_WRITE_BATCH_H
#define CLAUSE5_PANES_WRITE_BATCH_H

#include "panes/frame/app.h"

/* Writes with WRITE in a batch called LABEL, after app_may_write. True where it was stored; where
 * not, everything is as before, and the message says why. */
bool write_batch(struct app *app, const char *label,
                 bool (*write)(void *context, struct workbook *workbook, struct fault *fault),
                 void *context);

#endif
