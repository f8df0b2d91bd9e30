/* Owns how the rows of a register's list look; knows no register by name and nothing of windows. */
#include "panes/list/list_shape.h"

#include "clause5/base/memory.h"
#include "clause5/store/window.h"
#include "panes/record/record_text.h"

enum { TREE_STEP_CELLS = 1 };

void list_shape_init(struct list_shape *shape, struct app *app, enum register_id register_id,
                     const struct list_extra *extra) {
    *shape = (struct list_shape){.app = app, .register_id = register_id, .extra = extra};
    if (extra == NULL || extra->columns == NULL) {
        shape->count = record_text_columns(register_id, shape->columns, shape->fields);
        return;
    }
    shape->count = extra->column_count;
    for (size_t i = 0; i < shape->count; i++) {
        shape->columns[i] = extra->columns[i].column;
        shape->fields[i] = extra->columns[i].field;
    }
}

static void forget(struct list_shape *shape) {
    if (shape->known != NULL && shape->extra->forget != NULL) {
        shape->extra->forget(shape->known);
    }
    shape->known = NULL;
    shape->has_asked = false;
}

void list_shape_release(struct list_shape *shape) {
    forget(shape);
    tree_order_free(&shape->order);
}

void list_shape_reload(struct list_shape *shape) {
    forget(shape);
    shape->is_ordered = false;
}

bool list_shape_has_work(const struct list_shape *shape) {
    return !shape->has_asked && shape->extra != NULL && shape->extra->know != NULL;
}

bool list_shape_work(struct list_shape *shape) {
    struct fault fault = {0};
    if (!list_shape_has_work(shape)) {
        return false;
    }
    shape->has_asked = true;
    shape->known = shape->extra->know(shape->app, &fault);
    if (shape->known == NULL) {
        app_say_fault(shape->app, &fault);
    }
    return shape->known != NULL;
}

/* Puts the branch of a tree before the name of a row. */
static void indent(const struct list_shape *shape, int depth, struct buffer *text) {
    if (depth > 0) {
        buffer_addf(text, "%*s%s ", (depth - 1) * TREE_STEP_CELLS, "",
                    palette_mark(app_terminal(shape->app), MARK_LAST));
    }
}

static void print_cell(const struct list_shape *shape, const struct record *record, size_t column,
                       struct shown_cell *cell) {
    const struct own_column *own = shape->extra == NULL || shape->extra->columns == NULL
                                       ? NULL
                                       : &shape->extra->columns[column];
    if (own != NULL && own->print != NULL) {
        own->print(shape->app, shape->known, record, cell);
    } else {
        record_text_cell(app_workbook(shape->app), record, shape->fields[column], &cell->text);
    }
}

void list_shape_add_row(const struct list_shape *shape, struct list_window *rows,
                        const struct record *record, int depth) {
    struct list_row *row = list_add_row(rows, record->id, NULL);
    for (size_t column = 0; column < shape->count; column++) {
        struct shown_cell cell = {0};
        if (column == 0) {
            indent(shape, depth, &cell.text);
        }
        print_cell(shape, record, column, &cell);
        list_set_cell(row, column, buffer_text(&cell.text));
        list_set_cell_look(row, column, cell.meaning, cell.mark);
        buffer_free(&cell.text);
    }
}

/* Returns the place of the first row asked for, and sets *END behind the last one. */
static size_t first_of(const struct tree_order *order, const struct list_request *request,
                       size_t *end) {
    size_t anchor = tree_order_find(order, request->id);
    bool is_gone = anchor == order->count;
    *end = order->count;
    switch (request->seek) {
    case LIST_LAST:
        return order->count > request->wanted ? order->count - request->wanted : 0;
    case LIST_AFTER:
        return is_gone ? order->count : anchor + 1;
    case LIST_BEFORE:
        *end = is_gone ? 0 : anchor;
        return *end > request->wanted ? *end - request->wanted : 0;
    case LIST_AT:
        return is_gone ? 0 : anchor;
    case LIST_FIRST:
        break;
    }
    return 0;
}

bool list_shape_fetch_tree(struct list_shape *shape, const struct list_request *request,
                           struct list_window *rows, struct fault *fault) {
    struct workbook *workbook = app_workbook(shape->app);
    if (!shape->is_ordered && !tree_order_load(&shape->order, workbook, shape->register_id,
                                               shape->extra->parent_field, fault)) {
        return false;
    }
    shape->is_ordered = true;
    size_t end = 0;
    size_t first = first_of(&shape->order, request, &end);
    for (size_t i = first; i < end && i - first < request->wanted; i++) {
        struct record record = {0};
        enum lookup found =
            record_load(workbook, shape->register_id, shape->order.places[i].id, &record, fault);
        if (found == LOOKUP_FAULT) {
            return false;
        }
        if (found == LOOKUP_FOUND) {
            list_shape_add_row(shape, rows, &record, shape->order.places[i].depth);
            record_free(&record);
        }
    }
    return true;
}

bool list_shape_choose_sort(const struct list_shape *shape, int sorted_field, size_t current,
                            int *field) {
    struct menu_item items[REGISTER_FIELDS_MOST + 1] = {{.label = "in the register's own order"}};
    int fields[REGISTER_FIELDS_MOST + 1] = {WINDOW_NATURAL_ORDER};
    struct menu menu = {.title = "Sort by", .items = items, .count = 1};
    for (size_t column = 0; column < shape->count; column++) {
        if (shape->fields[column] < 0) {
            continue;
        }
        bool is_sorted = shape->fields[column] == sorted_field;
        menu.chosen = column == current ? menu.count : menu.chosen;
        fields[menu.count] = shape->fields[column];
        items[menu.count++] =
            (struct menu_item){.label = shape->columns[column].title,
                               .detail = is_sorted ? "again: the other way round" : NULL};
    }
    int chosen = dialog_choose(app_stage(shape->app), &menu);
    if (chosen == DIALOG_NO_ANSWER) {
        return false;
    }
    *field = fields[chosen];
    return true;
}
