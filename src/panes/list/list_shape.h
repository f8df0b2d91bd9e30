/* The columns and the order of a register's list: those of any register, or those that the register
 * has of its own. */
#ifndef CLAUSE5_PANES_LIST_SHAPE_H
#define CLAUSE5_PANES_LIST_SHAPE_H

#include "panes/frame/app.h"
#include "panes/list/tree_order.h"

struct list_shape {
    struct app *app;
    enum register_id register_id;
    const struct list_extra *extra; /* may be NULL */
    struct list_column columns[REGISTER_FIELDS_MOST];
    int fields[REGISTER_FIELDS_MOST]; /* of the columns; -1: none */
    size_t count;
    void *known;
    bool has_asked; /* for what is known, since the last change */
    struct tree_order order;
    bool is_ordered;
};

/* Makes the columns; release with list_shape_release. */
void list_shape_init(struct list_shape *shape, struct app *app, enum register_id register_id,
                     const struct list_extra *extra);
void list_shape_release(struct list_shape *shape);

/* Forgets what a change may have made wrong. */
void list_shape_reload(struct list_shape *shape);

/* Works out what is not known yet. True where the rows now show more. */
bool list_shape_work(struct list_shape *shape);

/* True where what the columns show is still to be worked out. */
bool list_shape_has_work(const struct list_shape *shape);

/* Adds the row of a record, DEPTH deep in a tree (0: at the top, or no tree). */
void list_shape_add_row(const struct list_shape *shape, struct list_window *rows,
                        const struct record *record, int depth);

/* Reads rows of the tree, as the source of a list does. */
bool list_shape_fetch_tree(struct list_shape *shape, const struct list_request *request,
                           struct list_window *rows, struct fault *fault);

/* Lets choose a column to sort by. False where it was left; *FIELD is -1 for no column.
 * SORTED_FIELD is what sorts now, CURRENT the column under the cursor. */
bool list_shape_choose_sort(const struct list_shape *shape, int sorted_field, size_t current,
                            int *field);

#endif
