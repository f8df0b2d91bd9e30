/* Moving rows between windows. */
#ifndef CLAUSE5_SRC_SCREEN_LIST_WINDOW_H
#define CLAUSE5_SRC_SCREEN_LIST_WINDOW_H

#include "screen/list_state.h"

/* Releases the first or last COUNT rows, as many as there are. */
void list_window_drop_first(struct list_window *window, size_t count);
void list_window_drop_last(struct list_window *window, size_t count);

/* Moves the rows of MORE behind those of WINDOW; MORE is empty then. */
void list_window_join(struct list_window *window, struct list_window *more);

/* Releases all rows and leaves the window empty and ready. */
void list_window_free(struct list_window *window);

#endif
