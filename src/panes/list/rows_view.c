/* Owns what views of rows in memory share; knows nothing of where their rows come from. */
#include "panes/list/rows_view.h"

#include <stdlib.h>

#include "clause5/base/memory.h"
#include "clause5/screen/frame.h"

#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/record/record_detail.h"

void rows_view_init(struct rows_view *view, struct app *app,
                    bool (*fill)(void *view, struct fault *fault),
                    const struct list_options *options) {
    struct list_options with_source = *options;
    view->app = app;
    view->fill = fill;
    view->is_stale = true;
    with_source.source = view_rows_source(&view->rows);
    view->list = list_new(&with_source);
}

void rows_view_release(struct rows_view *view) {
    list_free(view->list);
    view_rows_free(&view->rows);
}

void rows_view_close(void *context) {
    rows_view_release(context);
    free(context);
}

void rows_view_reload(void *context) {
    struct rows_view *view = context;
    view->is_stale = true;
}

void rows_view_set_columns(struct rows_view *view, const struct list_column *columns, size_t count,
                           size_t frozen) {
    size_t chosen = list_current_column(view->list);
    if (count != view->column_count) {
        view->column_count = count;
        list_set_columns(view->list, columns, count, frozen);
        list_choose_column(view->list, chosen < count ? chosen : count - 1);
    }
}

/* Goes back to the row that the cursor stood on, where new columns made the list begin again. */
static void go_back_to(struct rows_view *view, int64_t handle) {
    int64_t current = 0;
    if (list_current(view->list, &current) && current != handle &&
        view_rows_find(&view->rows, handle) != NULL) {
        list_go_to(view->list, handle, "");
    }
}

void rows_view_ensure(struct rows_view *view) {
    struct fault fault = {0};
    int64_t handle = 0;
    if (!view->is_stale) {
        return;
    }
    bool had_row = list_current(view->list, &handle);
    view->is_stale = false;
    view_rows_clear(&view->rows);
    if (!view->fill(view, &fault)) {
        app_say_fault(view->app, &fault);
    }
    list_load(view->list);
    list_reload(view->list);
    if (had_row) {
        go_back_to(view, handle);
    }
}

const struct view_row *rows_view_current(struct rows_view *view) {
    rows_view_ensure(view);
    int64_t handle = 0;
    return list_current(view->list, &handle) ? view_rows_find(&view->rows, handle) : NULL;
}

size_t rows_view_gather(struct rows_view *view, int64_t **ids) {
    const struct view_row *current = rows_view_current(view);
    const int64_t *marks = list_marks(view->list);
    size_t marked = list_mark_count(view->list);
    size_t count = 0;
    *ids = memory_zero(marked + 1, sizeof **ids);
    for (size_t i = 0; i < marked; i++) {
        const struct view_row *row = view_rows_find(&view->rows, marks[i]);
        if (row != NULL && row->target.id != 0) {
            (*ids)[count++] = row->target.id;
        }
    }
    if (marked == 0 && current != NULL && current->target.id != 0) {
        (*ids)[count++] = current->target.id;
    }
    return count;
}

bool rows_view_widen(void *context) {
    struct rows_view *view = context;
    bool has_marks = list_mark_count(view->list) > 0;
    list_clear_marks(view->list);
    return has_marks;
}

static unsigned open_target(struct rows_view *view, const struct view_row *row) {
    if (row == NULL || row->target.register_id == REGISTER_NONE) {
        app_say(view->app, MEANING_MESSAGE, "Nothing lies behind this row");
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    if (row->target.id != 0) {
        return app_open_record(view->app, row->target.register_id, row->target.id,
                               row->target.field);
    }
    const struct view_place place = {
        .label = register_describe(row->target.register_id)->label,
        .register_id = row->target.register_id,
        .owner_field = row->target.owner_field,
        .owner_id = row->target.owner_id,
        .extra = panes_list_extra(row->target.register_id),
    };
    return app_open_page(view->app, &register_view_ops, &place);
}

unsigned rows_view_act(struct rows_view *view, int action) {
    rows_view_ensure(view);
    if (action >= BINDINGS_WIDGETS) {
        return list_act(view->list, action);
    }
    return action == DO_OPEN ? open_target(view, rows_view_current(view)) : (unsigned)OUTCOME_NONE;
}

unsigned rows_view_search(void *context, const char *words, bool is_backward, bool is_fresh) {
    struct rows_view *view = context;
    int64_t from = 0;
    rows_view_ensure(view);
    list_set_highlight(view->list, words);
    if (!list_current(view->list, &from)) {
        from = 1;
    }
    int64_t hit = view_rows_search(&view->rows, from, words, is_backward, is_fresh);
    if (hit == 0) {
        app_say(view->app, MEANING_WARNING, "\"%s\" was not found here", words);
    } else {
        list_go_to(view->list, hit, "");
        app_say(view->app, MEANING_MESSAGE, "\"%s\": n next, N previous", words);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

unsigned rows_view_click(void *context, int row) {
    struct rows_view *view = context;
    return list_click(view->list, row);
}

void rows_view_remember(void *context, struct view_habit *habit) {
    const struct view_row *row = rows_view_current(context);
    habit->row = row == NULL ? 0 : row->target.id != 0 ? row->target.id : row->handle;
}

void rows_view_recall(void *context, const struct view_habit *habit) {
    struct rows_view *view = context;
    if (habit->row == 0) {
        return;
    }
    rows_view_ensure(view);
    for (size_t i = 0; i < view->rows.count; i++) {
        const struct view_row *row = &view->rows.items[i];
        if (row->target.id == habit->row || row->handle == habit->row) {
            list_go_to(view->list, row->handle != 0 ? row->handle : (int64_t)i + 1, "");
            return;
        }
    }
}

void rows_view_copy(void *context, struct buffer *out) {
    const struct rows_view *view = context;
    buffer_add(out, list_current_cell(view->list, list_current_column(view->list)));
}

void rows_view_describe(void *context, struct buffer *out) {
    struct rows_view *view = context;
    rows_view_ensure(view);
    list_print_count(view->list, out);
}

/* Draws the record that the row leads to, where it leads to one. */
static void draw_detail(struct rows_view *view, const struct area *area) {
    const struct view_row *row = rows_view_current(view);
    struct record record = {0};
    struct fault fault = {0};
    if (row != NULL && row->target.id != 0 &&
        record_load(app_workbook(view->app), row->target.register_id, row->target.id, &record,
                    &fault) == LOOKUP_FOUND) {
        record_detail_draw(app_workbook(view->app), &record, area);
        record_free(&record);
    }
    fault_clear(&fault);
}

void rows_view_draw(void *context, const struct area *body) {
    struct rows_view *view = context;
    rows_view_ensure(view);
    if (!view->has_detail || body->width < FRAME_WIDE) {
        list_draw(view->list, body);
        return;
    }
    int list_width = body->width * 3 / 5;
    struct area left = area_columns(*body, 0, list_width);
    struct area right = area_columns(*body, list_width + 2, -1);
    draw_detail(view, &right);
    list_draw(view->list, &left);
}
