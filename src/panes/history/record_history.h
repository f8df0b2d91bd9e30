/* All that ever happened to one record, as a page. */
#ifndef CLAUSE5_PANES_RECORD_HISTORY_H
#define CLAUSE5_PANES_RECORD_HISTORY_H

#include "panes/frame/app.h"

/* Opens the page. Returns outcome flags. */
unsigned record_history_open(struct app *app, enum register_id register_id, int64_t id);

#endif
