/* A scrolling list over rows that somebody else holds. Only the rows on the screen are kept; moving
 * asks the source for the next few, by key and never by number, so that a million rows cost what
 * twenty do. */
#ifndef CLAUSE5_SCREEN_LIST_H
#define CLAUSE5_SCREEN_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/screen/area.h"
#include "clause5/screen/bindings.h"
#include "clause5/screen/outcome.h"

struct list;

enum list_align { LIST_LEFT, LIST_RIGHT };

/* A column. Narrow screens first shrink every column towards its least width, then drop columns by
 * priority, the largest first; those of priority 0 stay. What was dropped is reached by moving the
 * chosen cell to the right: the columns then scroll behind the frozen ones. */
struct list_column {
    const char *title;
    int width;       /* cells it wants */
    int least_width; /* cells it can live with; 0: width */
    int grow;        /* its share of the cells left over; 0: none */
    int priority;
    enum list_align align;
    bool spills; /* a longer text goes on over empty cells to its right */
};

/* A row as it came from the source. */
struct list_row;

/* The rows that a fetch adds to. */
struct list_window;

enum list_seek {
    LIST_FIRST,  /* the first rows */
    LIST_LAST,   /* the last rows, in the order of the list */
    LIST_AFTER,  /* the rows behind the anchor, without it */
    LIST_BEFORE, /* the rows before the anchor, without it: the nearest ones, in list order */
    LIST_AT,     /* the anchor and what follows; where it is gone, what would follow it */
};

struct list_request {
    enum list_seek seek;
    int64_t id;      /* the anchor's row */
    const char *key; /* what the source gave with that row, "" where nothing is known of it */
    size_t wanted;   /* rows at most */
};

/* Where rows come from. fetch adds at most request->wanted rows with list_add_row; fewer mean that
 * the list ends there. A source that reads backwards for LAST and BEFORE calls list_reverse at the
 * end. A key lets it find the place of a row that is gone, such as its sort values joined. */
struct list_source {
    void *context;
    bool (*fetch)(void *context, const struct list_request *request, struct list_window *window,
                  struct fault *fault);
    int64_t (*count)(void *context); /* -1 while not known; NULL: never known */
};

/* Adds a row and returns it, valid until the next list_add_row. ID is its handle for marks and the
 * cursor, unique in the list; KEY is copied and may be NULL. */
struct list_row *list_add_row(struct list_window *window, int64_t id, const char *key);

/* Sets a cell of a row just added; TEXT is copied and shown by text_show. */
void list_set_cell(struct list_row *row, size_t column, const char *text);

/* Sets how a cell is shown: a meaning, and a mark put before its text (MARK_NONE: none). */
void list_set_cell_look(struct list_row *row, size_t column, enum meaning meaning, enum mark mark);

/* Makes the row a heading: its first cell is drawn over the whole width as a title. */
void list_set_heading(struct list_row *row);

/* Turns the rows that this fetch added round. */
void list_reverse(struct list_window *window);

/* What a list is made of. The columns and texts belong to the caller and outlive the list or the
 * next list_set_columns. */
struct list_options {
    const struct list_column *columns;
    size_t column_count;
    size_t frozen;     /* first columns that never scroll away */
    size_t frozen_end; /* last columns that never do */
    struct list_source source;
    const char *empty;    /* said where there are no rows: what belongs here, which key adds */
    bool has_cell_cursor; /* a grid: the chosen cell is shown, not the whole row */
    bool hides_titles;    /* no row of column titles */
};

/* The keys of every list: arrows hjkl g G PgUp PgDn Home End Space. Their actions start at
 * BINDINGS_WIDGETS; put it into the keymap and pass what it finds to list_act. */
extern const struct binding_table list_bindings;

/* The actions of list_bindings. */
enum list_action {
    LIST_UP = BINDINGS_WIDGETS,
    LIST_DOWN,
    LIST_CELL_LEFT,
    LIST_CELL_RIGHT,
    LIST_PAGE_UP,
    LIST_PAGE_DOWN,
    LIST_TO_FIRST,
    LIST_TO_LAST,
    LIST_MARK,
    LIST_ACTIONS_END,
};

/* Makes a list; nothing is fetched before it is drawn or moved. Free with list_free. */
struct list *list_new(const struct list_options *options);

/* Releases the list and its rows; safe on NULL. */
void list_free(struct list *list);

/* Does one of list_bindings' actions. Returns outcome flags: MOVED where the cursor stands on
 * another row or cell, FAULT where the source failed; NONE for other actions. Never draws. */
unsigned list_act(struct list *list, int action);

/* Puts the cursor on the row drawn at ROW of the list's area (a click). Returns outcome flags. */
unsigned list_click(struct list *list, int row);

/* Draws the list into AREA, fetching what a new size needs, and puts the terminal's cursor on the
 * chosen row. */
void list_draw(struct list *list, const struct area *area);

/* Reads the first rows where none were read yet, so that a key typed ahead of the first drawing
 * finds the row it was meant for. */
void list_load(struct list *list);

/* Reads the shown rows again, keeping the cursor on its row and the row at its height; where the
 * row is gone, on the next one. Marks stay. Returns outcome flags. */
unsigned list_reload(struct list *list);

/* As list_reload from the first row: another filter or order. Marks stay. */
unsigned list_restart(struct list *list);

/* Puts the cursor on the row ID with the KEY its source would give it, or on the next one: a search
 * hit, a new record. Returns outcome flags. */
unsigned list_go_to(struct list *list, int64_t id, const char *key);

/* Replaces the columns and starts again: another view. */
void list_set_columns(struct list *list, const struct list_column *columns, size_t count,
                      size_t frozen);

/* Replaces what is said where there are no rows; the caller keeps the text. */
void list_set_empty(struct list *list, const char *empty);

/* Shows ▲ or ▼ beside the title of COLUMN; -1: none. */
void list_set_sort(struct list *list, int column, bool is_descending);

/* Highlights NEEDLE (copied; NULL: nothing) wherever it is shown, without regard to ASCII case. */
void list_set_highlight(struct list *list, const char *needle);

/* True where the cursor stands on a row, whose handle is then in *ID. */
bool list_current(const struct list *list, int64_t *id);

/* Returns the column of the chosen cell. */
size_t list_current_column(const struct list *list);

/* Puts the chosen cell into COLUMN. */
void list_choose_column(struct list *list, size_t column);

/* Returns the text of a cell of the current row, "" where there is none; valid until the next
 * change. */
const char *list_current_cell(const struct list *list, size_t column);

/* True where at least one row is known to be there (after the first draw). */
bool list_has_rows(const struct list *list);

/* Rows marked with Space: by handle, so that they stay through filters and reloads. */
size_t list_mark_count(const struct list *list);
bool list_is_marked(const struct list *list, int64_t id);
void list_set_mark(struct list *list, int64_t id, bool is_marked);
void list_clear_marks(struct list *list);

/* Returns the handles of the marked rows, ascending, list_mark_count of them; valid until a mark
 * changes; NULL where there are none. */
const int64_t *list_marks(const struct list *list);

/* Appends "19 rows, 2 marked", or … while the count is not known. */
void list_print_count(const struct list *list, struct buffer *out);

/* What the source last said it failed with; "no fault" after a fetch that worked. */
const struct fault *list_fault(const struct list *list);

#endif
