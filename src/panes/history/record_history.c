/* Owns the page of one record's changes, field by field with old and new, the newest first. */
#include "panes/history/record_history.h"

#include <stdlib.h>

#include "clause5/base/memory.h"
#include "clause5/store/history.h"
#include "panes/frame/actions.h"
#include "panes/history/batch_page.h"
#include "panes/list/rows_view.h"

enum { CHANGES_MOST = 2000 };

enum { CELL_TIME, CELL_ACTOR, CELL_FIELD, CELL_OLD, CELL_NEW };

static const struct list_column columns[] = {
    [CELL_TIME] = {.title = "When (UTC)", .width = 16},
    [CELL_ACTOR] = {.title = "Who", .width = 12, .least_width = 6, .priority = 2},
    [CELL_FIELD] = {.title = "Field", .width = 14, .least_width = 8},
    [CELL_OLD] = {.title = "Before", .width = 16, .least_width = 8, .grow = 1},
    [CELL_NEW] = {.title = "After", .width = 16, .least_width = 8, .grow = 1},
};

struct record_history {
    struct rows_view base;
    enum register_id register_id;
    int64_t id;
    struct fault fault; /* of a batch that could not be read */
};

/* The row that is to say when and by whom. */
struct dating {
    struct view_row *row;
};

static bool date_row(void *context, const struct history_batch *batch) {
    const struct dating *dating = context;
    char *time = memory_copy_text(batch->time);
    time[10] = ' ';
    time[16] = '\0';
    view_rows_set(dating->row, CELL_TIME, time);
    view_rows_set(dating->row, CELL_ACTOR, batch->actor);
    free(time);
    return false;
}

static bool add_change(void *context, const struct history_change *change) {
    struct record_history *page = context;
    const struct register_description *described = register_describe(change->register_id);
    struct view_row *row = view_rows_add(&page->base.rows);
    struct dating dating = {.row = row};
    const struct history_visitor visitor = {.visit = date_row, .context = &dating};
    row->target.id = change->batch;
    if (change->field >= 0) {
        view_rows_set(row, CELL_FIELD, described->fields[change->field].label);
        view_rows_set(row, CELL_OLD, change->old_text);
        view_rows_set(row, CELL_NEW, change->new_text);
    } else {
        view_rows_set(row, CELL_NEW, "added");
    }
    return history_visit(app_workbook(page->base.app), change->batch + 1, &visitor, &page->fault) &&
           page->base.rows.count < CHANGES_MOST;
}

static bool fill(void *context, struct fault *fault) {
    struct record_history *page = context;
    const struct change_visitor visitor = {.visit = add_change, .context = page};
    if (!history_visit_record(app_workbook(page->base.app), page->register_id, page->id, &visitor,
                              fault)) {
        return false;
    }
    if (page->fault.kind != FAULT_NONE) {
        *fault = page->fault;
        page->fault = (struct fault){0};
        return false;
    }
    return true;
}

static void *open_page(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)fault;
    struct record_history *page = memory_zero(1, sizeof *page);
    page->register_id = place->register_id;
    page->id = place->id;
    rows_view_init(&page->base, app, fill,
                   &(struct list_options){.columns = columns,
                                          .column_count = COUNT(columns),
                                          .frozen = 1,
                                          .empty = "Nothing ever happened to this record: it came "
                                                   "with the workbook as it is."});
    return page;
}

static unsigned act(void *context, int action) {
    struct record_history *page = context;
    const struct view_row *row = rows_view_current(&page->base);
    if (action == DO_OPEN && row != NULL) {
        return batch_page_open(page->base.app, row->target.id);
    }
    if (action == DO_UNDO_BATCH && row != NULL) {
        return batch_page_take_back(page->base.app, row->target.id, NULL);
    }
    return rows_view_act(&page->base, action);
}

static void title(void *context, struct buffer *out) {
    const struct record_history *page = context;
    struct fault unread = {0};
    buffer_addf(out, "History of %s ", register_describe(page->register_id)->singular);
    record_print_key_of(app_workbook(page->base.app), page->register_id, page->id, out, &unread);
    fault_clear(&unread);
}

static const struct binding bindings[] = {
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "the batch",
     .help = "show all that was changed with it",
     .weight = 9},
    TAKE_BACK_BINDING,
};

static const struct binding_table binding_table = {
    .title = "The history of a record", .bindings = bindings, .count = COUNT(bindings)};

static const struct view_ops record_history_ops = {
    .open = open_page,
    .close = rows_view_close,
    .draw = rows_view_draw,
    .act = act,
    .reload = rows_view_reload,
    .title = title,
    .describe = rows_view_describe,
    .search = rows_view_search,
    .click = rows_view_click,
    .copy = rows_view_copy,
    .bindings = &binding_table,
    .has_list = true,
};

unsigned record_history_open(struct app *app, enum register_id register_id, int64_t id) {
    const struct view_place place = {.register_id = register_id, .id = id, .owner_field = -1};
    return app_open_page(app, &record_history_ops, &place);
}
