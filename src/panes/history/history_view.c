/* Owns the list of batches, newest first, and the page of one batch's changes. */
#include <stdio.h>
#include <stdlib.h>

#include "clause5/base/memory.h"
#include "clause5/screen/dialog.h"
#include "clause5/store/history.h"
#include "panes/frame/actions.h"
#include "panes/frame/loop.h"
#include "panes/frame/panes.h"
#include "panes/list/rows_view.h"

enum {
    BATCHES_MOST =
        2000, /* what a list in memory shows; older ones are read with the history command */
    CHANGES_MOST = 2000,
};

enum { CELL_TIME, CELL_ACTOR, CELL_LABEL, CELL_RECORDS };

static const struct list_column batch_columns[] = {
    [CELL_TIME] = {.title = "When (UTC)", .width = 19},
    [CELL_ACTOR] = {.title = "Who", .width = 14, .least_width = 8, .priority = 2},
    [CELL_LABEL] = {.title = "What", .width = 36, .least_width = 20, .grow = 1},
    [CELL_RECORDS] = {.title = "Records", .width = 7, .align = LIST_RIGHT, .priority = 1},
};

static bool add_batch(void *context, const struct history_batch *batch) {
    struct view_rows *rows = context;
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
    row->target.id = batch->number;
    if (batch->is_undone) {
        row->meanings[CELL_LABEL] = MEANING_DIM;
    }
    free(time);
    buffer_free(&label);
    return rows->count < BATCHES_MOST;
}

static bool fill_batches(void *context, struct fault *fault) {
    struct rows_view *view = context;
    const struct history_visitor visitor = {.visit = add_batch, .context = &view->rows};
    return history_visit(app_workbook(view->app), 0, &visitor, fault);
}

static void *open_history(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)place;
    (void)fault;
    struct rows_view *view = memory_zero(1, sizeof *view);
    rows_view_init(
        view, app, fill_batches,
        &(struct list_options){
            .columns = batch_columns,
            .column_count = COUNT(batch_columns),
            .frozen = 1,
            .empty = "Nothing was changed yet. Every change is listed here with who made it."});
    return view;
}

enum { CELL_RECORD, CELL_FIELD, CELL_OLD, CELL_NEW };

static const struct list_column change_columns[] = {
    [CELL_RECORD] = {.title = "Record", .width = 24, .least_width = 12},
    [CELL_FIELD] = {.title = "Field", .width = 16, .least_width = 8},
    [CELL_OLD] = {.title = "Before", .width = 18, .least_width = 8, .grow = 1},
    [CELL_NEW] = {.title = "After", .width = 18, .least_width = 8, .grow = 1},
};

struct batch_page {
    struct rows_view base;
    int64_t number;
};

static bool add_change(void *context, const struct history_change *change) {
    struct view_rows *rows = context;
    const struct register_description *described = register_describe(change->register_id);
    struct view_row *row = view_rows_add(rows);
    struct buffer record = {0};
    buffer_addf(&record, "%s %s", described->singular,
                change->record == NULL ? "" : change->record);
    view_rows_set(row, CELL_RECORD, buffer_text(&record));
    if (change->field >= 0) {
        view_rows_set(row, CELL_FIELD, described->fields[change->field].label);
        view_rows_set(row, CELL_OLD, change->old_text);
        view_rows_set(row, CELL_NEW, change->new_text);
    } else {
        buffer_clear(&record);
        buffer_addf(&record, "%lld added", (long long)change->inserted_count);
        view_rows_set(row, CELL_NEW, buffer_text(&record));
    }
    row->target.register_id = change->register_id;
    row->target.id = change->inserted_count > 1 ? 0 : change->id;
    buffer_free(&record);
    return rows->count < CHANGES_MOST;
}

static bool fill_changes(void *context, struct fault *fault) {
    struct batch_page *page = context;
    const struct change_visitor visitor = {.visit = add_change, .context = &page->base.rows};
    return history_visit_changes(app_workbook(page->base.app), page->number, &visitor, fault);
}

static void *open_batch(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)fault;
    struct batch_page *page = memory_zero(1, sizeof *page);
    page->number = place->id;
    rows_view_init(&page->base, app, fill_changes,
                   &(struct list_options){.columns = change_columns,
                                          .column_count = COUNT(change_columns),
                                          .frozen = 1,
                                          .empty = "This batch changed no record."});
    return page;
}

static void batch_title(void *context, struct buffer *out) {
    const struct batch_page *page = context;
    buffer_addf(out, "Batch %lld", (long long)page->number);
}

static const struct binding batch_bindings[] = {
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "record",
     .help = "go to the record",
     .weight = 9},
};

static const struct binding_table batch_binding_table = {
    .title = "A batch", .bindings = batch_bindings, .count = COUNT(batch_bindings)};

static const struct view_ops batch_page_ops = {
    .open = open_batch,
    .close = rows_view_close,
    .draw = rows_view_draw,
    .act = rows_view_do,
    .reload = rows_view_reload,
    .title = batch_title,
    .describe = rows_view_describe,
    .search = rows_view_search,
    .click = rows_view_click,
    .copy = rows_view_copy,
    .bindings = &batch_binding_table,
    .has_list = true,
};

/* What stands on the batch is named by the refusal, which is longer than the message row. */
static unsigned refuse_undo(struct app *app, struct fault *fault) {
    struct buffer text = {0};
    buffer_addf(&text, "%s.", fault_text(fault));
    dialog_show_text(app_stage(app), "This cannot be taken back", buffer_text(&text));
    buffer_free(&text);
    fault_clear(fault);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned undo_batch(struct rows_view *view, const struct view_row *row) {
    static const struct answer answers[] = {{'y', "take it back"}, {KEYCODE_ESC, "leave it"}};
    struct app *app = view->app;
    struct buffer question = {0};
    struct fault fault = {0};
    const int64_t batch = row == NULL ? 0 : row->target.id;
    if (batch == 0 || !app_may_write(app)) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    buffer_addf(&question, "Take batch %lld back: %s?", (long long)batch,
                row->cells[CELL_LABEL] == NULL ? "" : row->cells[CELL_LABEL]);
    bool is_meant =
        dialog_ask(app_stage(app), buffer_text(&question), answers, COUNT(answers)) == 0;
    buffer_free(&question);
    if (!is_meant) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    if (!history_undo_batch(app_workbook(app), batch, &fault)) {
        return refuse_undo(app, &fault);
    }
    app_reload(app);
    app_say(app, MEANING_GOOD, "Batch %lld is taken back (^R does it again)", (long long)batch);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned act_in_history(void *context, int action) {
    struct rows_view *view = context;
    const struct view_row *row = rows_view_current(view);
    if (action == DO_UNDO_BATCH) {
        return undo_batch(view, row);
    }
    if (action == DO_OPEN && row != NULL) {
        const struct view_place place = {
            .register_id = REGISTER_NONE, .id = row->target.id, .owner_field = -1};
        return app_open_page(view->app, &batch_page_ops, &place);
    }
    return rows_view_act(view, action);
}

static const struct binding history_bindings[] = {
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "changes",
     .help = "show what the batch changed, old and new",
     .weight = 9},
    {.key = 'U',
     .action = DO_UNDO_BATCH,
     .name = "undo-batch",
     .label = "take back",
     .help = "take this one batch back, where nothing later stands on it",
     .weight = 8},
};

static const struct binding_table history_binding_table = {
    .title = "History", .bindings = history_bindings, .count = COUNT(history_bindings)};

const struct view_ops history_view_ops = {
    .open = open_history,
    .close = rows_view_close,
    .draw = rows_view_draw,
    .act = act_in_history,
    .reload = rows_view_reload,
    .describe = rows_view_describe,
    .search = rows_view_search,
    .click = rows_view_click,
    .copy = rows_view_copy,
    .bindings = &history_binding_table,
    .has_list = true,
};
