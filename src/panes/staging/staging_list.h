/* The list of an import's rows: what it holds, for the files that draw it and that act on it. */
#ifndef CLAUSE5_PANES_STAGING_LIST_H
#define CLAUSE5_PANES_STAGING_LIST_H

#include "panes/staging/staging_pages.h"

struct staging_view {
    struct staging *staging; /* owned */
    struct list *list;
    int shown;       /* the verdict that is shown; SCRATCH_ANY_KIND: all */
    unsigned trials; /* of the staging when the list was read */
    bool is_long;    /* the numbers of lines take more room */
    int list_top;    /* the row of the body at which the list begins */
    bool is_accepted;
};

/* Reads the row under the cursor; false where there is none. Free with staging_row_free. */
bool staging_view_current(const struct staging_view *view, struct staging_row *row);

/* Counts the rows that are shown. */
int64_t staging_view_count(const struct staging_view *view);

/* staging_keys.c: does an action of the keys below. */
unsigned staging_keys_act(void *context, int action);

/* True where nothing was decided by hand that is not stored, or where the user may lose it. */
bool staging_keys_may_leave(const struct staging_view *view);

/* The keys of the list, and Enter, which means something else on each kind of row. */
extern const struct binding_table staging_key_table;
const struct binding_table *staging_keys_of_row(const void *context);

#endif
