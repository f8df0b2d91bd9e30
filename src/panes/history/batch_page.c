/* Owns the page of one batch: what it changed, old and new, and taking it back. */
#include "panes/history/batch_page.h"

#include "clause5/base/memory.h"
#include "clause5/screen/dialog.h"
#include "clause5/store/history.h"
#include "panes/frame/actions.h"
#include "panes/frame/loop.h"
#include "panes/list/rows_view.h"

enum { CHANGES_MOST = 2000 };

/* What stands on the batch is named by the refusal, which is longer than the message row. */
static unsigned refuse_undo(struct app *app, struct fault *fault) {
    struct buffer text = {0};
    buffer_addf(&text, "%s.", fault_text(fault));
    dialog_show_text(app_stage(app), "This cannot be taken back", buffer_text(&text));
    buffer_free(&text);
    fault_clear(fault);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

unsigned batch_page_take_back(struct app *app, int64_t batch, const char *label) {
    static const struct answer answers[] = {{'y', "take it back"}, {KEYCODE_ESC, "leave it"}};
    struct buffer question = {0};
    struct fault fault = {0};
    if (batch == 0 || !app_may_write(app)) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    buffer_addf(&question, "Take batch %lld back%s%s?", (long long)batch, label == NULL ? "" : ": ",
                label == NULL ? "" : label);
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

/* A batch of another copy that a merge brought. */
static bool add_merged(void *context, const struct history_batch *batch) {
    struct view_rows *rows = context;
    struct buffer line = {0};
    buffer_addf(&line, "Theirs: %.10s %s: %s", batch->time, batch->actor, batch->label);
    view_rows_add_heading(rows, buffer_text(&line));
    buffer_free(&line);
    return rows->count < CHANGES_MOST;
}

static bool fill_changes(void *context, struct fault *fault) {
    struct batch_page *page = context;
    const struct change_visitor visitor = {.visit = add_change, .context = &page->base.rows};
    const struct history_visitor merged = {.visit = add_merged, .context = &page->base.rows};
    struct workbook *workbook = app_workbook(page->base.app);
    return history_visit_merged(workbook, page->number, &merged, fault) &&
           history_visit_changes(workbook, page->number, &visitor, fault);
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

static unsigned act_in_batch(void *context, int action) {
    struct batch_page *page = context;
    return action == DO_UNDO_BATCH ? batch_page_take_back(page->base.app, page->number, NULL)
                                   : rows_view_act(&page->base, action);
}

static const struct binding batch_bindings[] = {
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "record",
     .help = "go to the record",
     .weight = 9},
    TAKE_BACK_BINDING,
};

static const struct binding_table batch_binding_table = {
    .title = "A batch", .bindings = batch_bindings, .count = COUNT(batch_bindings)};

static const struct view_ops batch_page_ops = {
    .open = open_batch,
    .close = rows_view_close,
    .draw = rows_view_draw,
    .act = act_in_batch,
    .reload = rows_view_reload,
    .title = batch_title,
    .describe = rows_view_describe,
    .search = rows_view_search,
    .click = rows_view_click,
    .copy = rows_view_copy,
    .bindings = &batch_binding_table,
    .has_list = true,
};

unsigned batch_page_open(struct app *app, int64_t number) {
    const struct view_place place = {.register_id = REGISTER_NONE, .id = number, .owner_field = -1};
    return app_open_page(app, &batch_page_ops, &place);
}
