/* Rows of a list that are held in memory, for views of a few hundred rows at most; lists of
 * registers use windows instead. */
#ifndef CLAUSE5_PANES_VIEW_ROWS_H
#define CLAUSE5_PANES_VIEW_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "clause5/register/register.h"
#include "clause5/screen/list.h"

enum { ROWS_CELLS_MOST = 64 }; /* the widest are matrices */

/* Where Enter on a row leads. */
struct view_target {
    enum register_id register_id; /* REGISTER_NONE: nowhere */
    int64_t id; /* of the record; 0: the list of the register, restricted to its owner */
    int owner_field;
    int64_t owner_id;
    int field; /* of that record, to stand on; -1: the first one */
};

struct view_row {
    int64_t handle; /* for marks and the cursor, such as a record's id; 0: its number */
    char *cells[ROWS_CELLS_MOST]; /* owned; NULL: empty */
    enum meaning meanings[ROWS_CELLS_MOST];
    enum mark marks[ROWS_CELLS_MOST];
    bool is_heading;
    bool is_group; /* Enter opens or closes what belongs under it */
    char *tag;     /* what the view knows the row by; owned; NULL: nothing */
    int field;     /* of the record that the whole view shows, for e; -1: none */
    struct view_target target;
};

/* A zeroed struct is empty and ready. */
struct view_rows {
    struct view_row *items;
    size_t count, capacity;
};

/* Adds an empty row that leads nowhere and returns it, valid until the next one is added. */
struct view_row *view_rows_add(struct view_rows *rows);

/* Adds a heading over the whole width. */
void view_rows_add_heading(struct view_rows *rows, const char *text);

/* Sets a cell; the text is copied. */
void view_rows_set(struct view_row *row, size_t cell, const char *text);

/* Removes all rows and keeps the memory. */
void view_rows_clear(struct view_rows *rows);

/* Releases everything. */
void view_rows_free(struct view_rows *rows);

/* The source of a list over the rows. A row without a handle of its own has its number from 1. The
 * rows outlive the list. */
struct list_source view_rows_source(struct view_rows *rows);

/* Returns the row of that handle, or NULL. */
const struct view_row *view_rows_find(const struct view_rows *rows, int64_t handle);

/* Returns the handle of the next (or previous) row after FROM that shows WORDS without regard to
 * ASCII case, going round at the end, FROM itself first where IS_FRESH; 0 where there is none. */
int64_t view_rows_search(const struct view_rows *rows, int64_t from, const char *words,
                         bool is_backward, bool is_fresh);

#endif
