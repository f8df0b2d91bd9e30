/* The running program: the terminal, the workbook, the chosen pane and view, and the pages opened
 * on top of it. Views get it to ask for messages, pages and writes; it knows no register by name.
 */
#ifndef CLAUSE5_PANES_APP_H
#define CLAUSE5_PANES_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/base/date.h"
#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/screen/area.h"
#include "clause5/screen/bindings.h"
#include "clause5/screen/dialog.h"
#include "clause5/screen/list.h"
#include "clause5/screen/outcome.h"
#include "clause5/screen/palette.h"
#include "clause5/screen/terminal.h"
#include "clause5/store/record.h"
#include "clause5/store/workbook.h"

struct app;

/* The place of keys that write (struct binding, where): they do not live in a workbook that is open
 * read-only or looked at as of a day. */
enum { WHERE_WRITABLE = 1 << 20 };

/* A cell as a column of its own says it; zeroed at first. */
struct shown_cell {
    struct buffer text;
    enum meaning meaning;
    enum mark mark;
};

/* A column of one register's list that the list of any register would not have. */
struct own_column {
    struct list_column column;
    int field; /* that e and s mean in this column; -1: none */

    /* Says what the cell shows of the record; KNOWN is what list_extra.know made, NULL while that
     * is still to do. NULL: the field, as people read it. */
    void (*print)(struct app *app, const void *known, const struct record *record,
                  struct shown_cell *cell);
};

/* What one register's list has beyond the list of any register, such as the steps of a policy
 * version. All zero: nothing. */
struct list_extra {
    const struct own_column *columns; /* in place of one column a field; NULL: those */
    size_t column_count;
    bool is_tree;     /* drawn as a tree while nothing sorts or narrows it */
    int parent_field; /* of a tree: what names the record above */

    /* Works out what the columns need to know of the whole register, between keys and again after
     * every change. NULL with the fault; the list gives it back to forget. NULL: nothing. */
    void *(*know)(struct app *app, struct fault *fault);
    void (*forget)(void *known);

    const struct binding_table *bindings; /* NULL: none */

    /* Fills what a new record begins with; VALUES hold the owner of a list restricted to one. What
     * it leaves empty is proposed as anywhere. NULL: nothing. */
    void (*propose)(struct app *app, struct value *values);

    /* Does one of these actions on the RECORDS (the marked ones, else the one under the cursor;
     * COUNT is 0 on an empty list). Returns outcome flags. NULL: no such actions. */
    unsigned (*act)(struct app *app, int action, const int64_t *records, size_t count);
};

/* Where a view stands: what its row in the table of panes says, and for pages what they show. */
struct view_place {
    const char *label;    /* its word in the third line */
    const char *resource; /* of views made from a query: its file below data/views, without .sql */
    enum register_id register_id; /* of lists and pages of one register, else REGISTER_NONE */
    int64_t id;                   /* of pages: the record */
    int field;       /* of pages of a record: the field to stand on at first; -1: the first one */
    int owner_field; /* of lists restricted to one record: the reference field, else -1 */
    int64_t owner_id;
    const char *filter;             /* at first; NULL: none */
    const struct list_extra *extra; /* of lists with more than any list has; NULL: none */
    void *subject; /* of pages of something that is in no register, such as an import */
};

/* How a view was left, to be found so again; zeroed: as at first. */
struct view_habit {
    char *sort; /* the field that sorts, owned; NULL: none */
    bool is_descending;
    int64_t row; /* under the cursor: the id of its record, else its handle; 0: the first */
};

/* What a view can do. Handlers return outcome flags and never draw; draw is the one place that
 * does. */
struct view_ops {
    /* Makes the state of a view; NULL with the fault. */
    void *(*open)(struct app *app, const struct view_place *place, struct fault *fault);
    void (*close)(void *view);
    void (*draw)(void *view, const struct area *body);

    /* Does an action of the live key map; OUTCOME_NONE where it is not the view's. */
    unsigned (*act)(void *view, int action);

    /* Reads anew what a batch may have changed. */
    void (*reload)(void *view);

    /* Works for about BUDGET_MS on what is not yet known; true while more is to do. NULL: never. */
    bool (*work)(void *view, int budget_ms);

    /* Appends what row 3 says at its right: filter, count. NULL: nothing. */
    void (*describe)(void *view, struct buffer *out);

    /* Appends what the page is called in the third line, in place of the pane's views. NULL: not a
     * page. */
    void (*title)(void *view, struct buffer *out);

    /* Search: goes to the next hit of WORDS, starting at the current row itself where IS_FRESH.
     * NULL: no search. */
    unsigned (*search)(void *view, const char *words, bool is_backward, bool is_fresh);

    /* Asks whether the page may be left for another view; what Esc does is its own. NULL: it may.
     */
    bool (*may_leave)(void *view);

    /* Goes to a record where the view shows it: what an undo brought back. NULL: never. */
    void (*show)(void *view, enum register_id register_id, int64_t id);

    /* Takes a click on ROW of what the view drew, from 0. NULL: clicks mean nothing. */
    unsigned (*click)(void *view, int row);

    /* Appends the text of the chosen cell, for y. NULL: nothing to copy. */
    void (*copy)(void *view, struct buffer *out);

    /* Undoes one step of narrowing at Esc (marks, then filter). False where there is none. NULL:
     * never. */
    bool (*widen)(void *view);

    /* Says how the view stands into HABIT (its texts replaced), and brings it there again as far as
     * that still fits. NULL: nothing to remember. */
    void (*remember)(void *view, struct view_habit *habit);
    void (*recall)(void *view, const struct view_habit *habit);

    const struct binding_table
        *bindings; /* its own keys, before those of lists and of everywhere; or NULL */
    bool has_list; /* the keys of lists live here */

    /* Returns keys that depend on what the view shows, before all others, or NULL. NULL: none. */
    const struct binding_table *(*own_bindings)(const void *view);
};

struct view {
    const struct view_ops *ops;
    void *state;
    enum register_id register_id; /* that it was opened for, as its view_place says */
};

/* The day-to-day services of the program to its views. */

struct workbook *app_workbook(const struct app *app);
struct terminal *app_terminal(const struct app *app);

/* Prints the day of the checks and defaults as YYYY-MM-DD. */
void app_print_today(const struct app *app, char day[static DATE_TEXT_SIZE]);

/* What dialogs stand on: the terminal with the present screen behind. */
const struct stage *app_stage(struct app *app);

/* Says one line on the message row until the next key. */
void app_say(struct app *app, enum meaning meaning, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Says a fault on the message row and clears it. Returns OUTCOME_HANDLED | OUTCOME_REDRAW. */
unsigned app_say_fault(struct app *app, struct fault *fault);

/* Must be true before anything is written: refuses while the workbook is read-only, and asks once
 * who writes. */
bool app_may_write(struct app *app);

/* Tells that a batch was stored: every view reads anew, and the message says what was stored and
 * that u takes it back. */
void app_stored(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Opens a page on top of the present view; Esc comes back to the same row. */
unsigned app_open_page(struct app *app, const struct view_ops *ops, const struct view_place *place);

/* Leaves the page on top, whose state is then gone. */
void app_leave_page(struct app *app);

/* Shows the view of these operations where a pane has it, with no page on top. */
void app_go_to(struct app *app, const struct view_ops *ops);

/* Opens the page of one record, standing on FIELD (-1: the first one). */
unsigned app_open_record(struct app *app, enum register_id register_id, int64_t id, int field);

/* The round of the checklist that the user chose; 0 where none was. Choosing one makes every view
 * read anew. */
int64_t app_round(const struct app *app);
void app_choose_round(struct app *app, int64_t audit);

/* Puts the cursor of the present view on a record, such as one just added, where the view shows it.
 */
void app_show_record(struct app *app, enum register_id register_id, int64_t id);

#endif
