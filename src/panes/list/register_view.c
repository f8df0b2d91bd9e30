/* Owns the list of any one register: a window of the store shown by a list of the screen, with the
 * record under the cursor beside it where the screen is wide. Nothing here knows a register by
 * name. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/register/type.h"
#include "clause5/screen/frame.h"
#include "clause5/screen/list.h"
#include "clause5/store/window.h"
#include "panes/frame/actions.h"
#include "panes/frame/export_dialog.h"
#include "panes/frame/panes.h"
#include "panes/list/list_shape.h"
#include "panes/record/record_actions.h"
#include "panes/record/record_detail.h"

enum { FIND_SLICE_MS = 10 };

struct register_view {
    struct app *app;
    enum register_id register_id;
    const struct list_extra *extra;
    struct window *window;
    struct list *list;
    struct list_shape shape;
    struct window_plan plan; /* its filter points to the text below */
    char *filter;
    bool is_filter_given; /* the page was opened with it: Esc leaves the page */
    char *title;
    char *empty;
    struct window_search search; /* its words point to the text below; NULL: none going on */
    bool has_gone_round;         /* the search began anew at the other end */
    char *words;
};

/* True where the rows stand as a tree: nothing sorts or narrows them. */
static bool is_tree(const struct register_view *view) {
    return view->extra != NULL && view->extra->is_tree && view->filter == NULL &&
           view->plan.sort_field == WINDOW_NATURAL_ORDER && view->plan.owner_field < 0;
}

/* The list's source: both rooms name the same five places to read from. */
static bool fetch(void *context, const struct list_request *request, struct list_window *rows,
                  struct fault *fault) {
    static const enum window_from places[] = {
        [LIST_FIRST] = WINDOW_FIRST,   [LIST_LAST] = WINDOW_LAST, [LIST_AFTER] = WINDOW_AFTER,
        [LIST_BEFORE] = WINDOW_BEFORE, [LIST_AT] = WINDOW_AT,
    };
    struct register_view *view = context;
    if (is_tree(view)) {
        return list_shape_fetch_tree(&view->shape, request, rows, fault);
    }
    const struct window_read read = {
        .from = places[request->seek], .id = request->id, .count = (int)request->wanted};
    struct record *records = memory_zero(request->wanted, sizeof *records);
    int count = window_read(view->window, &read, records, fault);
    for (int i = 0; i < count; i++) {
        list_shape_add_row(&view->shape, rows, &records[i], 0);
        record_free(&records[i]);
    }
    free(records);
    return count >= 0;
}

static int64_t count_rows(void *context) {
    const struct register_view *view = context;
    return window_count(view->window);
}

/* Opens the window that the plan now asks for; the old one stays where that fails. */
static bool open_window(struct register_view *view, struct fault *fault) {
    view->plan.filter = view->filter;
    struct window *window = window_open(app_workbook(view->app), &view->plan, fault);
    if (window == NULL) {
        return false;
    }
    window_close(view->window);
    view->window = window;
    return true;
}

/* What belongs here and which key adds it. */
static char *print_empty(const struct register_view *view) {
    const struct register_description *described = register_describe(view->register_id);
    struct buffer text = {0};
    if (view->filter != NULL) {
        buffer_addf(&text, "No row fits the filter \"%s\". Esc takes it away.", view->filter);
    } else {
        buffer_addf(&text, "%s Press a to add one, I to import a CSV file.",
                    described->help != NULL ? described->help : described->meaning);
    }
    return buffer_take(&text);
}

static void say_empty(struct register_view *view) {
    char *text = print_empty(view);
    list_set_empty(view->list, text);
    free(view->empty);
    view->empty = text;
}

static void close_view(void *context) {
    struct register_view *view = context;
    list_free(view->list);
    list_shape_release(&view->shape);
    window_close(view->window);
    free(view->filter);
    free(view->words);
    free(view->title);
    free(view->empty);
    free(view);
}

/* Names a list restricted to one record: "Acknowledgements of policy POL-001". */
static char *print_title(struct app *app, const struct view_place *place) {
    struct buffer title = {0};
    buffer_add(&title, register_describe(place->register_id)->label);
    if (place->owner_field >= 0) {
        const struct field *owner =
            &register_describe(place->register_id)->fields[place->owner_field];
        const struct value id = value_of_whole(place->owner_id);
        struct fault fault = {0};
        buffer_addf(&title, " of %s ", owner->label);
        if (!record_print_shown(app_workbook(app), owner, &id, &title, &fault)) {
            fault_clear(&fault);
        }
    }
    return buffer_take(&title);
}

static void *open_view(struct app *app, const struct view_place *place, struct fault *fault) {
    struct register_view *view = memory_zero(1, sizeof *view);
    view->app = app;
    view->register_id = place->register_id;
    view->extra = place->extra;
    view->filter = memory_copy_text(place->filter);
    view->is_filter_given = place->filter != NULL;
    view->title = print_title(app, place);
    view->plan = (struct window_plan){
        .register_id = place->register_id,
        .sort_field = WINDOW_NATURAL_ORDER,
        .owner_field = place->owner_field,
        .owner_id = place->owner_id,
    };
    list_shape_init(&view->shape, app, place->register_id, place->extra);
    view->list = list_new(&(struct list_options){
        .columns = view->shape.columns,
        .column_count = view->shape.count,
        .frozen = 1,
        .source = {.context = view, .fetch = fetch, .count = count_rows},
    });
    say_empty(view);
    if (!open_window(view, fault)) {
        close_view(view);
        return NULL;
    }
    return view;
}

static bool load_current(const struct register_view *view, struct record *record) {
    int64_t id = 0;
    struct fault fault = {0};
    bool is_loaded =
        list_current(view->list, &id) &&
        record_load(app_workbook(view->app), view->register_id, id, record, &fault) == LOOKUP_FOUND;
    fault_clear(&fault);
    return is_loaded;
}

static void draw(void *context, const struct area *body) {
    struct register_view *view = context;
    if (body->width < FRAME_WIDE) {
        list_draw(view->list, body);
        return;
    }
    int list_width = body->width * 3 / 5;
    struct area left = area_columns(*body, 0, list_width);
    struct area right = area_columns(*body, list_width + 2, body->width - list_width - 2);
    struct record record = {0};
    list_draw(view->list, &left);
    if (load_current(view, &record)) {
        record_detail_draw(app_workbook(view->app), &record, &right);
        record_free(&record);
    }
}

static void reload(void *context) {
    struct register_view *view = context;
    struct fault fault = {0};
    list_shape_reload(&view->shape);
    if (!window_refresh(view->window, &fault)) {
        app_say_fault(view->app, &fault);
    }
    list_reload(view->list);
}

/* Shows the rows of the changed plan from the top; takes the change back where it cannot be done.
 */
static unsigned restart(struct register_view *view, struct window_plan before) {
    struct fault fault = {0};
    if (!open_window(view, &fault)) {
        view->plan = before;
        return app_say_fault(view->app, &fault);
    }
    int sorted = -1;
    for (size_t column = 0; column < view->shape.count; column++) {
        bool is_sorted =
            view->plan.sort_field >= 0 && view->shape.fields[column] == view->plan.sort_field;
        sorted = is_sorted ? (int)column : sorted;
    }
    list_set_sort(view->list, sorted, view->plan.is_descending);
    say_empty(view);
    list_restart(view->list);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned sort(struct register_view *view) {
    int field = WINDOW_NATURAL_ORDER;
    if (!list_shape_choose_sort(&view->shape, view->plan.sort_field,
                                list_current_column(view->list), &field)) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    struct window_plan before = view->plan;
    view->plan.is_descending =
        field != WINDOW_NATURAL_ORDER && field == before.sort_field && !before.is_descending;
    view->plan.sort_field = field;
    return restart(view, before);
}

static unsigned set_filter(struct register_view *view, const char *filter) {
    struct window_plan before = view->plan;
    char *old = view->filter;
    view->filter = filter == NULL || filter[0] == '\0' ? NULL : memory_copy_text(filter);
    unsigned outcome = restart(view, before);
    if (view->plan.filter != view->filter) {
        free(view->filter);
        view->filter = old;
        return outcome;
    }
    free(old);
    return outcome;
}

static unsigned ask_filter(struct register_view *view) {
    struct buffer answer = {0};
    const struct prompt_options options = {.label = "Show rows with (words, FIELD:WORD, -WORD): ",
                                           .text = view->filter};
    unsigned outcome = OUTCOME_HANDLED | OUTCOME_REDRAW;
    if (dialog_prompt(app_stage(view->app), &options, &answer)) {
        outcome = set_filter(view, buffer_text(&answer));
        view->is_filter_given = false;
    }
    buffer_free(&answer);
    return outcome;
}

static bool widen(void *context) {
    struct register_view *view = context;
    if (list_mark_count(view->list) > 0) {
        list_clear_marks(view->list);
        return true;
    }
    if (view->filter != NULL && !view->is_filter_given) {
        set_filter(view, NULL);
        return true;
    }
    return false;
}

static unsigned open_current(struct register_view *view) {
    int64_t id = 0;
    return list_current(view->list, &id) ? app_open_record(view->app, view->register_id, id, -1)
                                         : (unsigned)OUTCOME_HANDLED;
}

static unsigned add(struct register_view *view) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    if (view->plan.owner_field >= 0) {
        values[view->plan.owner_field] = value_of_whole(view->plan.owner_id);
    }
    if (view->extra != NULL && view->extra->propose != NULL) {
        view->extra->propose(view->app, values);
    }
    int64_t id = record_actions_add_filled(view->app, view->register_id, values);
    if (id != 0) {
        list_go_to(view->list, id, "");
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned edit(struct register_view *view) {
    int64_t id = 0;
    if (list_current(view->list, &id)) {
        record_actions_edit(view->app, view->register_id, id,
                            view->shape.fields[list_current_column(view->list)]);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Deletes the marked records, or the one under the cursor. */
static unsigned delete (struct register_view *view) {
    int64_t id = 0;
    size_t marked = list_mark_count(view->list);
    if (marked > 0) {
        if (record_actions_delete(view->app, view->register_id, list_marks(view->list), marked)) {
            list_clear_marks(view->list);
        }
    } else if (list_current(view->list, &id)) {
        record_actions_delete(view->app, view->register_id, &id, 1);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Lets the register's own keys act on the marked records, or the one under the cursor. */
static unsigned act_extra(struct register_view *view, int action) {
    int64_t id = 0;
    size_t marked = list_mark_count(view->list);
    if (view->extra == NULL || view->extra->act == NULL) {
        return OUTCOME_NONE;
    }
    if (marked > 0) {
        return view->extra->act(view->app, action, list_marks(view->list), marked);
    }
    return view->extra->act(view->app, action, &id, list_current(view->list, &id) ? 1 : 0);
}

static const struct binding_table *own_bindings(const void *context) {
    const struct register_view *view = context;
    return view->extra == NULL ? NULL : view->extra->bindings;
}

static unsigned act(void *context, int action) {
    struct register_view *view = context;
    list_load(view->list);
    if (action >= BINDINGS_WIDGETS) {
        return list_act(view->list, action);
    }
    switch (action) {
    case DO_OPEN:
        return open_current(view);
    case DO_ADD:
        return add(view);
    case DO_EDIT:
        return edit(view);
    case DO_DELETE:
        return delete (view);
    case DO_SORT:
        return sort(view);
    case DO_FILTER:
        return ask_filter(view);
    case DO_EXPORT:
        return export_dialog_run(view->app, view->window, view->register_id);
    default:
        return act_extra(view, action);
    }
}

static void say_hit(struct register_view *view) {
    app_say(view->app, MEANING_MESSAGE, "\"%s\"%s: n next, N previous", view->words,
            view->has_gone_round ? ", from the other end" : "");
}

/* Searches on for one slice of time. Returns true while there is more to search. */
static bool continue_search(struct register_view *view) {
    struct fault fault = {0};
    int64_t id = 0;
    enum window_hit hit = window_find(view->window, &view->search, &id, &fault);
    switch (hit) {
    case WINDOW_HIT_NOT_YET:
        app_say(view->app, MEANING_MESSAGE, "Searching for \"%s\" ...", view->words);
        return true;
    case WINDOW_HIT_FOUND:
        list_go_to(view->list, id, "");
        say_hit(view);
        break;
    case WINDOW_HIT_NONE:
        if (!view->has_gone_round) {
            view->has_gone_round = true;
            view->search.from_id = 0;
            return continue_search(view);
        }
        app_say(view->app, MEANING_WARNING, "\"%s\" was not found here", view->words);
        break;
    case WINDOW_HIT_FAULT:
        app_say_fault(view->app, &fault);
        break;
    }
    view->search.words = NULL;
    return false;
}

/* True where the row under the cursor shows the words, so that typing more of a word stays on its
 * hit. */
static bool current_shows(const struct register_view *view, const char *words) {
    for (size_t column = 0; column < view->shape.count; column++) {
        if (strcasestr(list_current_cell(view->list, column), words) != NULL) {
            return true;
        }
    }
    return false;
}

static unsigned search(void *context, const char *words, bool is_backward, bool is_fresh) {
    struct register_view *view = context;
    int64_t id = 0;
    bool has_row = list_current(view->list, &id);
    char *copy = memory_copy_text(words);
    free(view->words);
    view->words = copy;
    list_set_highlight(view->list, copy);
    view->has_gone_round = false;
    view->search = (struct window_search){
        .words = copy,
        .from_id = has_row ? id : 0,
        .is_backward = is_backward,
        .budget_ms = FIND_SLICE_MS,
    };
    if (is_fresh && current_shows(view, copy)) {
        view->search.words = NULL;
        say_hit(view);
    } else {
        continue_search(view);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static bool work(void *context, int budget_ms) {
    struct register_view *view = context;
    if (view->search.words != NULL && continue_search(view)) {
        return true;
    }
    if (list_shape_has_work(&view->shape)) {
        if (list_shape_work(&view->shape)) {
            list_reload(view->list);
        }
        return true;
    }
    struct fault fault = {0};
    bool has_more = window_work(view->window, budget_ms, &fault);
    if (fault.kind != FAULT_NONE) {
        app_say_fault(view->app, &fault);
        return false;
    }
    if (!has_more || !list_has_rows(view->list)) {
        list_reload(view->list);
    }
    return has_more;
}

static void describe(void *context, struct buffer *out) {
    const struct register_view *view = context;
    if (view->filter != NULL) {
        buffer_addf(out, "filter: %s  ", view->filter);
    }
    list_print_count(view->list, out);
}

static void title(void *context, struct buffer *out) {
    const struct register_view *view = context;
    buffer_add(out, view->title);
}

static void show(void *context, enum register_id register_id, int64_t id) {
    struct register_view *view = context;
    if (register_id == view->register_id) {
        list_load(view->list);
        list_go_to(view->list, id, "");
    }
}

static unsigned click(void *context, int row) {
    const struct register_view *view = context;
    return list_click(view->list, row);
}

static void copy(void *context, struct buffer *out) {
    const struct register_view *view = context;
    buffer_add(out, list_current_cell(view->list, list_current_column(view->list)));
}

static void remember(void *context, struct view_habit *habit) {
    const struct register_view *view = context;
    const struct register_description *described = register_describe(view->register_id);
    habit->row = 0;
    list_current(view->list, &habit->row);
    free(habit->sort);
    habit->sort = view->plan.sort_field < 0
                      ? NULL
                      : memory_copy_text(described->fields[view->plan.sort_field].name);
    habit->is_descending = view->plan.is_descending;
}

static void recall(void *context, const struct view_habit *habit) {
    struct register_view *view = context;
    struct record record = {0};
    struct fault fault = {0};
    struct window_plan before = view->plan;
    int field = habit->sort == NULL ? -1 : register_find_field(view->register_id, habit->sort);
    if (field >= 0) {
        view->plan.sort_field = field;
        view->plan.is_descending = habit->is_descending;
        restart(view, before);
    }
    if (habit->row != 0 && record_load(app_workbook(view->app), view->register_id, habit->row,
                                       &record, &fault) == LOOKUP_FOUND) {
        list_go_to(view->list, habit->row, "");
        record_free(&record);
    }
    fault_clear(&fault);
}

static const struct binding bindings[] = {
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "details",
     .help = "show the whole record and what refers to it",
     .weight = 9},
    {.key = 'a',
     .action = DO_ADD,
     .where = WHERE_WRITABLE,
     .name = "add",
     .label = "add",
     .help = "add a record",
     .weight = 8},
    {.key = 'e',
     .action = DO_EDIT,
     .where = WHERE_WRITABLE,
     .name = "edit",
     .label = "edit",
     .help = "edit the record, beginning at the chosen column",
     .weight = 8},
    {.key = KEYCODE_F(2), .action = DO_EDIT, .where = WHERE_WRITABLE},
    {.key = 'd',
     .action = DO_DELETE,
     .where = WHERE_WRITABLE,
     .name = "delete",
     .label = "delete",
     .help = "delete the record or all marked ones, after asking",
     .weight = 6},
    {.key = KEYCODE_DELETE, .action = DO_DELETE, .where = WHERE_WRITABLE},
    {.key = 's',
     .action = DO_SORT,
     .name = "sort",
     .label = "sort",
     .help = "sort by a column; the same one again turns the order round",
     .weight = 4},
    {.key = 'f',
     .action = DO_FILTER,
     .name = "filter",
     .label = "filter",
     .help = "show only the rows with given words",
     .weight = 5},
    {.key = 'X',
     .action = DO_EXPORT,
     .name = "export",
     .help = "export the rows that are shown to a CSV file"},
};

static const struct binding_table binding_table = {
    .title = "Records", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops register_view_ops = {
    .open = open_view,
    .close = close_view,
    .draw = draw,
    .act = act,
    .reload = reload,
    .work = work,
    .describe = describe,
    .title = title,
    .search = search,
    .show = show,
    .click = click,
    .copy = copy,
    .remember = remember,
    .recall = recall,
    .widen = widen,
    .bindings = &binding_table,
    .has_list = true,
    .own_bindings = own_bindings,
};
