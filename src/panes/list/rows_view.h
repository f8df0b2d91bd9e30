/* What every view made of rows in memory does alike: its list, moving, searching, copying, going
 * where a row leads. */
#ifndef CLAUSE5_PANES_ROWS_VIEW_H
#define CLAUSE5_PANES_ROWS_VIEW_H

#include "panes/frame/app.h"
#include "panes/list/view_rows.h"

/* The beginning of such a view's state: every view here is made with its state behind this. */
struct rows_view {
    struct app *app;
    struct view_rows rows;
    struct list *list;
    bool is_stale;       /* filled when drawn next, so that a hidden view costs nothing */
    size_t column_count; /* as last set by rows_view_set_columns */
    bool has_detail;     /* wide screens show the record of the row beside the list */

    /* Fills the empty rows; VIEW is the whole state. False with the fault. */
    bool (*fill)(void *view, struct fault *fault);
};

/* Makes the list from OPTIONS, whose columns and texts outlive it; its source is replaced. */
void rows_view_init(struct rows_view *view, struct app *app,
                    bool (*fill)(void *view, struct fault *fault),
                    const struct list_options *options);

/* Releases the list and the rows. */
void rows_view_release(struct rows_view *view);

/* Says, while the rows are filled, how many of COLUMNS there are now; the caller keeps them in the
 * same place and may rewrite them. The cursor stays on its row and cell. */
void rows_view_set_columns(struct rows_view *view, const struct list_column *columns, size_t count,
                           size_t frozen);

/* Does the keys of lists and Enter; OUTCOME_NONE for all else. */
unsigned rows_view_act(struct rows_view *view, int action);

/* Returns the row under the cursor, or NULL. */
const struct view_row *rows_view_current(struct rows_view *view);

/* Gathers the records of the marked rows, else of the one under the cursor; headings have none.
 * Returns how many; the caller frees *IDS. */
size_t rows_view_gather(struct rows_view *view, int64_t **ids);

/* Fills the rows where they are stale. */
void rows_view_ensure(struct rows_view *view);

/* The operations that such views share; CONTEXT is a struct rows_view or begins with one. */
void rows_view_close(void *context); /* for states that own nothing else */
void rows_view_reload(void *context);
bool rows_view_widen(void *context); /* takes the marks away */
unsigned rows_view_search(void *context, const char *words, bool is_backward, bool is_fresh);
unsigned rows_view_click(void *context, int row);
void rows_view_remember(void *context, struct view_habit *habit);
void rows_view_recall(void *context, const struct view_habit *habit);
void rows_view_copy(void *context, struct buffer *out);
void rows_view_describe(void *context, struct buffer *out);
void rows_view_draw(void *context, const struct area *body);

#endif
