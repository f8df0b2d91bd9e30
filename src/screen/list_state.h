/* The inside of struct list, for the files that move it and draw it. */
#ifndef CLAUSE5_SRC_SCREEN_LIST_STATE_H
#define CLAUSE5_SRC_SCREEN_LIST_STATE_H

#include "clause5/screen/list.h"

struct list_cell {
    char *text; /* NULL: empty */
    enum meaning meaning;
    enum mark mark;
};

struct list_row {
    int64_t id;
    char *key;
    bool is_heading;
    size_t cell_count;
    struct list_cell *cells;
};

struct list_window {
    struct list_row *rows;
    size_t count, capacity;
    size_t cell_count; /* of each row added */
};

/* Handles in ascending order. */
struct list_mark_set {
    int64_t *ids;
    size_t count, capacity;
};

/* The window holds exactly the rows on the screen, the first at the top. */
struct list {
    struct list_options options;
    struct list_window window;
    size_t cursor; /* index into the window */
    size_t chosen_column, first_column;
    size_t height; /* rows that fit on the screen */
    int top_row;   /* of the area: where the first row was last drawn */
    bool is_loaded;
    int sort_column;
    bool is_descending;
    char *highlight;
    struct list_mark_set marks;
    struct fault fault;
};

/* Brings the window to HEIGHT rows, loading it where it was not loaded yet. Returns flags. */
unsigned list_fit_height(struct list *list, size_t height);

#endif
