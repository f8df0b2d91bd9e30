/* What a window is made of; only for the window_*.c files. */
#ifndef CLAUSE5_STORE_WINDOW_INSIDE_H
#define CLAUSE5_STORE_WINDOW_INSIDE_H

#include <sqlite3.h>

#include "clause5/store/window.h"
#include "store/window_filter.h"
#include "store/window_list.h"
#include "store/window_marks.h"
#include "store/window_order.h"

enum { WINDOW_SEEN_MOST = 256 };

/* Where a row stood when it was last read, so that its neighbours are found after it is gone. */
struct seen {
    int64_t id;
    struct place natural;
    struct place listed;
};

/* A search that goes on over several calls. */
struct search {
    char *words; /* NULL: no search is going on */
    int64_t from_id;
    bool is_backward;
    struct filter *filter;
    bool has_reached;
    struct place reached;
};

struct window {
    struct workbook *workbook;
    enum register_id register_id;
    const struct register_description *description;
    struct window_plan plan; /* its filter is copied */
    struct filter *filter;   /* NULL: all */
    struct order natural;    /* columns: id and the fields */
    struct order counting;   /* the same order; columns: only what it goes by */
    struct list *list;       /* NULL where the natural order is shown unfiltered */
    struct list *next;       /* takes the place of list once it is complete */
    struct marks marks;
    sqlite3_stmt *fetch; /* id and the fields by id */
    struct seen seen[WINDOW_SEEN_MOST];
    int seen_next;
    struct search search;
};

/* Returns the order that rows are shown in. */
struct order *window_order(struct window *window);

/* Steps FETCH to the record of that id: 1, 0 where it is gone, -1 with the fault. The caller resets
 * FETCH. */
int window_fetch(struct window *window, int64_t id, struct fault *fault);

/* Points *ROW at the fields of the row that the walk stands on, which a list fetches by id: 1, 0
 * where a listed record is gone, -1 with the fault. Good until the walk or the fetch steps on. */
int window_take_row(struct window *window, const struct walk *walk, sqlite3_stmt **row,
                    struct fault *fault);

/* Finds where the record of that id stands, or stood when it was last read. LOOKUP_NONE where
 * nothing is known of it; *IS_THERE where the list has it now. The caller frees PLACE. */
enum lookup window_find_place(struct window *window, int64_t id, struct place *place,
                              bool *is_there, struct fault *fault);

/* Ends a search that goes on. */
void window_forget_search(struct window *window);

#endif
