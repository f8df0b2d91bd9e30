/* One batch of the history as a page. */
#ifndef CLAUSE5_PANES_BATCH_PAGE_H
#define CLAUSE5_PANES_BATCH_PAGE_H

#include "panes/frame/app.h"

/* The key that takes a batch back, wherever one is shown. */
#define TAKE_BACK_BINDING                                                                          \
    {                                                                                              \
        .key = 'U', .action = DO_UNDO_BATCH, .where = WHERE_WRITABLE, .name = "undo-batch",        \
        .label = "take back",                                                                      \
        .help = "take this one batch back, where nothing later stands on it", .weight = 8          \
    }

/* Opens the page of that batch. Returns outcome flags. */
unsigned batch_page_open(struct app *app, int64_t number);

/* Asks whether the batch, called LABEL (NULL: not said), shall be taken back, and does it. What
 * stands on it is shown where it cannot be. Returns outcome flags. */
unsigned batch_page_take_back(struct app *app, int64_t batch, const char *label);

#endif
