/* Owns the list of batches, newest first, and what narrows it. */
#include <stdio.h>
#include <stdlib.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/screen/dialog.h"
#include "clause5/store/history.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/history/batch_page.h"
#include "panes/history/history_filter.h"
#include "panes/list/rows_view.h"

enum {
    BATCHES_MOST =
        2000, /* what a list in memory shows; older ones are read with the history command */
};

enum { CELL_TIME, CELL_ACTOR, CELL_LABEL, CELL_RECORDS };

static const struct list_column batch_columns[] = {
    [CELL_TIME] = {.title = "When (UTC)", .width = 19},
    [CELL_ACTOR] = {.title = "Who", .width = 14, .least_width = 8, .priority = 2},
    [CELL_LABEL] = {.title = "What", .width = 36, .least_width = 20, .grow = 1},
    [CELL_RECORDS] = {.title = "Records", .width = 7, .align = LIST_RIGHT, .priority = 1},
};

struct history_view {
    struct rows_view base;
    char *text; /* of the filter; NULL: none */
    struct history_filter filter;
    struct buffer empty; /* what is said where nothing passes */
    struct fault fault;  /* of the filling */
};

static void add_row(struct view_rows *rows, const struct history_batch *batch) {
    struct view_row *row = view_rows_add(rows);
    char number[32];
    struct buffer label = {0};
    buffer_add(&label, batch->label);
    buffer_add(&label, batch->is_undone ? " (taken back)" : "");
    if (batch->clock_set != NULL) {
        buffer_addf(&label, " (clock set to %s)", batch->clock_set);
    }
    char *time = memory_copy_text(batch->time);
    time[10] = ' ';
    time[19] = '\0';
    snprintf(number, sizeof number, "%lld", (long long)batch->records);
    view_rows_set(row, CELL_TIME, time);
    view_rows_set(row, CELL_ACTOR, batch->actor);
    view_rows_set(row, CELL_LABEL, buffer_text(&label));
    view_rows_set(row, CELL_RECORDS, number);
    row->handle = batch->number;
    row->target.id = batch->number;
    if (batch->is_undone) {
        row->meanings[CELL_LABEL] = MEANING_DIM;
    }
    free(time);
    buffer_free(&label);
}

static bool add_batch(void *context, const struct history_batch *batch) {
    struct history_view *view = context;
    bool passes = false;
    if (!history_filter_passes(&view->filter, app_workbook(view->base.app), batch, &passes,
                               &view->fault)) {
        return false;
    }
    if (passes) {
        add_row(&view->base.rows, batch);
    }
    return view->base.rows.count < BATCHES_MOST;
}

static bool fill_batches(void *context, struct fault *fault) {
    struct history_view *view = context;
    const struct history_visitor visitor = {.visit = add_batch, .context = view};
    bool is_read = history_visit(app_workbook(view->base.app), 0, &visitor, fault);
    if (is_read && view->fault.kind != FAULT_NONE) {
        *fault = view->fault;
        view->fault = (struct fault){0};
        return false;
    }
    return is_read;
}

static const char nothing_yet[] =
    "Nothing was changed yet. Every change is listed here with who made it.";

static void *open_history(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)place;
    (void)fault;
    struct history_view *view = memory_zero(1, sizeof *view);
    rows_view_init(&view->base, app, fill_batches,
                   &(struct list_options){.columns = batch_columns,
                                          .column_count = COUNT(batch_columns),
                                          .frozen = 1,
                                          .empty = nothing_yet});
    return view;
}

static void close_history(void *context) {
    struct history_view *view = context;
    history_filter_free(&view->filter);
    free(view->text);
    buffer_free(&view->empty);
    rows_view_close(view);
}

/* Takes the filter that TEXT says, NULL or blank for none. */
static unsigned set_filter(struct history_view *view, const char *text) {
    struct history_filter filter = {0};
    struct fault fault = {0};
    char *trimmed = text_trim(text == NULL ? "" : text);
    if (!history_filter_parse(&filter, trimmed, workbook_today(app_workbook(view->base.app)),
                              &fault)) {
        free(trimmed);
        return app_say_fault(view->base.app, &fault);
    }
    history_filter_free(&view->filter);
    free(view->text);
    view->filter = filter;
    view->text = filter.count == 0 ? NULL : memory_copy_text(trimmed);
    free(trimmed);
    buffer_clear(&view->empty);
    buffer_addf(&view->empty, "No change fits the filter \"%s\". Esc takes it away.",
                view->text == NULL ? "" : view->text);
    list_set_empty(view->base.list, view->text == NULL ? nothing_yet : buffer_text(&view->empty));
    rows_view_reload(view);
    rows_view_ensure(&view->base);
    list_restart(view->base.list);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static bool check_filter(void *context, const char *text, struct fault *fault) {
    const struct history_view *view = context;
    struct history_filter filter;
    bool is_good =
        history_filter_parse(&filter, text, workbook_today(app_workbook(view->base.app)), fault);
    history_filter_free(&filter);
    return is_good;
}

static unsigned ask_filter(struct history_view *view) {
    struct buffer answer = {0};
    const struct prompt_options options = {
        .label = "Show changes (by NAME, in REGISTER, since DAY, words): ",
        .text = view->text,
        .context = view,
        .accept = check_filter};
    unsigned outcome = OUTCOME_HANDLED | OUTCOME_REDRAW;
    if (dialog_prompt(app_stage(view->base.app), &options, &answer)) {
        outcome = set_filter(view, buffer_text(&answer));
    }
    buffer_free(&answer);
    return outcome;
}

static bool widen(void *context) {
    struct history_view *view = context;
    if (rows_view_widen(view)) {
        return true;
    }
    if (view->text != NULL) {
        set_filter(view, NULL);
        return true;
    }
    return false;
}

static void describe(void *context, struct buffer *out) {
    struct history_view *view = context;
    if (view->text != NULL) {
        buffer_addf(out, "filter: %s  ", view->text);
    }
    rows_view_describe(view, out);
}

static unsigned act_in_history(void *context, int action) {
    struct history_view *view = context;
    const struct view_row *row = rows_view_current(&view->base);
    if (action == DO_FILTER) {
        return ask_filter(view);
    }
    if (action == DO_UNDO_BATCH && row != NULL) {
        return batch_page_take_back(view->base.app, row->target.id, row->cells[CELL_LABEL]);
    }
    if (action == DO_OPEN && row != NULL) {
        return batch_page_open(view->base.app, row->target.id);
    }
    return rows_view_act(&view->base, action);
}

static const struct binding history_bindings[] = {
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "changes",
     .help = "show what the batch changed, old and new",
     .weight = 9},
    TAKE_BACK_BINDING,
    {.key = 'f',
     .action = DO_FILTER,
     .name = "filter",
     .label = "filter",
     .help = "show the changes by NAME, in REGISTER, since or until DAY, or with words",
     .weight = 7},
};

static const struct binding_table history_binding_table = {
    .title = "History", .bindings = history_bindings, .count = COUNT(history_bindings)};

const struct view_ops history_view_ops = {
    .open = open_history,
    .close = close_history,
    .draw = rows_view_draw,
    .act = act_in_history,
    .reload = rows_view_reload,
    .describe = describe,
    .search = rows_view_search,
    .click = rows_view_click,
    .copy = rows_view_copy,
    .widen = widen,
    .bindings = &history_binding_table,
    .has_list = true,
};
