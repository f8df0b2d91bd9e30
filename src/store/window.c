/* Owns windows: reading pages of a register in its natural order, or of the list that a filter or a
 * sort makes of it. Must not know what a screen is.
 *
 * The natural order is that of the key index, so that a page is one range of it. Everything that
 * needs a scan (a list, the number of rows) is done by window_work in slices. */
#include "clause5/store/window.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/base/clock.h"
#include "clause5/base/memory.h"
#include "clause5/register/type.h"
#include "store/database.h"
#include "store/window_inside.h"

enum { REFRESH_MS = 8 };

/* ---- opening ---- */

static char *all_columns(const struct register_description *description) {
    struct buffer sql = {0};
    buffer_add(&sql, "id");
    for (int i = 0; i < description->field_count; i++) {
        buffer_addf(&sql, ", \"%s\"", description->fields[i].name);
    }
    return buffer_take(&sql);
}

static bool is_text_column(const struct field *field) {
    return strcmp(field_type_sql(field->type), "TEXT") == 0;
}

/* The parts are the key fields, without the owner that all rows have in common, and the id, which
 * tells rows apart where nothing else does. */
static void set_natural_parts(struct window *window) {
    const struct register_description *description = window->description;
    struct order *order = &window->natural;
    bool is_descending =
        window->plan.sort_field == WINDOW_NATURAL_ORDER && window->plan.is_descending;
    for (int i = 0; i < description->key_count; i++) {
        int index = description->key[i];
        if (index != window->plan.owner_field) {
            order->parts[order->part_count++] = (struct order_part){
                .column = description->fields[index].name,
                .is_without_case = is_text_column(&description->fields[index]),
                .is_descending = is_descending,
                .at = index + 1,
            };
        }
    }
    order->parts[order->part_count++] =
        (struct order_part){.column = "id", .is_descending = is_descending, .at = 0};
    if (window->plan.owner_field >= 0) {
        order->fixed = memory_copy_text(description->fields[window->plan.owner_field].name);
        order->fixed_value = window->plan.owner_id;
    }
}

static void set_orders(struct window *window) {
    window->natural = (struct order){
        .workbook = window->workbook,
        .connection = database_of(window->workbook),
        .table = memory_copy_text(window->description->name),
        .columns = all_columns(window->description),
    };
    set_natural_parts(window);
    window->counting = window->natural;
    struct buffer columns = {0};
    for (int i = 0; i < window->natural.part_count; i++) {
        window->counting.parts[i].at = i;
        buffer_addf(&columns, "%s\"%s\"", i == 0 ? "" : ", ", window->natural.parts[i].column);
    }
    window->counting.columns = buffer_take(&columns);
    window->counting.table = memory_copy_text(window->natural.table);
    window->counting.fixed = memory_copy_text(window->natural.fixed);
}

static bool prepare_fetch(struct window *window, struct fault *fault) {
    struct buffer sql = {0};
    buffer_addf(&sql, "SELECT %s FROM \"%s\" WHERE id = ?1", window->natural.columns,
                window->natural.table);
    window->fetch = database_prepare(window->workbook, buffer_text(&sql), fault);
    buffer_free(&sql);
    return window->fetch != NULL;
}

static struct list *make_list(struct window *window, struct fault *fault) {
    struct list_plan plan = {
        .workbook = window->workbook,
        .register_id = window->register_id,
        .source = &window->natural,
        .filter = window->filter,
        .sort_field = window->plan.sort_field,
        .is_descending = window->plan.is_descending && window->plan.sort_field >= 0,
    };
    return window_list_new(&plan, fault);
}

static bool needs_list(const struct window *window) {
    return window->plan.sort_field >= 0 || window->filter != NULL;
}

static bool read_filter(struct window *window, const char *text, struct fault *fault) {
    if (text == NULL || text[strspn(text, " \t")] == '\0') {
        return true;
    }
    window->filter =
        window_filter_parse(window->workbook, window->register_id, text, FILTER_FULL, fault);
    return window->filter != NULL;
}

struct window *window_open(struct workbook *workbook, const struct window_plan *plan,
                           struct fault *fault) {
    struct window *window = memory_zero(1, sizeof *window);
    window->workbook = workbook;
    window->register_id = plan->register_id;
    window->description = register_describe(plan->register_id);
    window->plan = *plan;
    window->plan.filter = NULL;
    set_orders(window);
    bool is_good = prepare_fetch(window, fault) && read_filter(window, plan->filter, fault);
    if (is_good && needs_list(window)) {
        window->list = make_list(window, fault);
        is_good = window->list != NULL;
    }
    if (!is_good) {
        window_close(window);
        return NULL;
    }
    return window;
}

void window_close(struct window *window) {
    if (window == NULL) {
        return;
    }
    window_forget_search(window);
    window_list_free(window->list);
    window_list_free(window->next);
    window_marks_free(&window->marks);
    window_order_free(&window->natural);
    window_order_free(&window->counting);
    sqlite3_finalize(window->fetch);
    window_filter_free(window->filter);
    for (int i = 0; i < WINDOW_SEEN_MOST; i++) {
        window_place_free(&window->seen[i].natural);
        window_place_free(&window->seen[i].listed);
    }
    free(window);
}

/* ---- places ---- */

struct order *window_order(struct window *window) {
    return window->list != NULL ? &window->list->order : &window->natural;
}

int window_fetch(struct window *window, int64_t id, struct fault *fault) {
    sqlite3_reset(window->fetch);
    sqlite3_bind_int64(window->fetch, 1, id);
    int result = sqlite3_step(window->fetch);
    if (result == SQLITE_ROW) {
        return 1;
    }
    if (result == SQLITE_DONE) {
        return 0;
    }
    database_fault(window->workbook, fault, "read the list");
    return -1;
}

int window_take_row(struct window *window, const struct walk *walk, sqlite3_stmt **row,
                    struct fault *fault) {
    *row = walk->statement;
    if (window->list == NULL) {
        return 1;
    }
    *row = window->fetch;
    return window_fetch(window, sqlite3_column_int64(walk->statement, LIST_ID_COLUMN), fault);
}

static const struct seen *find_seen(const struct window *window, int64_t id) {
    for (int i = 1; i <= WINDOW_SEEN_MOST; i++) {
        int slot = (window->seen_next - i + WINDOW_SEEN_MOST) % WINDOW_SEEN_MOST;
        if (window->seen[slot].id == id) {
            return &window->seen[slot];
        }
    }
    return NULL;
}

static void remember_seen(struct window *window, sqlite3_stmt *row) {
    struct seen *seen = &window->seen[window->seen_next];
    window->seen_next = (window->seen_next + 1) % WINDOW_SEEN_MOST;
    window_place_free(&seen->natural);
    window_place_free(&seen->listed);
    seen->id = sqlite3_column_int64(row, 0);
    seen->natural = window_order_place(&window->natural, row);
    if (window->list != NULL) {
        window_list_sort_key(window->list, row, &seen->listed);
    }
}

/* Where the record is now, or else was when it was read. */
static enum lookup find_keys(struct window *window, int64_t id, struct place *natural,
                             struct place *listed, struct fault *fault) {
    int result = window_fetch(window, id, fault);
    if (result == 1) {
        *natural = window_order_place(&window->natural, window->fetch);
        if (window->list != NULL) {
            window_list_sort_key(window->list, window->fetch, listed);
        }
    }
    sqlite3_reset(window->fetch);
    if (result != 0) {
        return result == 1 ? LOOKUP_FOUND : LOOKUP_FAULT;
    }
    const struct seen *seen = find_seen(window, id);
    if (seen == NULL) {
        return LOOKUP_NONE;
    }
    *natural = window_place_copy(&seen->natural);
    *listed = window_place_copy(&seen->listed);
    return LOOKUP_FOUND;
}

/* True where the row at the place is that of the id. */
static bool has_row(struct window *window, const struct place *place, int64_t id,
                    struct fault *fault) {
    struct walk walk = window_walk_from(window_order(window), place, false, true);
    int column = window->list != NULL ? LIST_ID_COLUMN : 0;
    bool is_there =
        window_walk_step(&walk, fault) == 1 && sqlite3_column_int64(walk.statement, column) == id;
    window_walk_stop(&walk);
    return is_there;
}

enum lookup window_find_place(struct window *window, int64_t id, struct place *place,
                              bool *is_there, struct fault *fault) {
    struct place natural = {0};
    struct place listed = {0};
    *is_there = false;
    enum lookup found = find_keys(window, id, &natural, &listed, fault);
    if (found == LOOKUP_FOUND && window->list != NULL) {
        bool is_good = window_list_locate(window->list, window->fetch, &natural, &listed, fault);
        found = is_good ? LOOKUP_FOUND : LOOKUP_FAULT;
    }
    *place = window->list != NULL ? listed : natural;
    window_place_free(window->list != NULL ? &natural : &listed);
    if (found == LOOKUP_FOUND) {
        *is_there = has_row(window, place, id, fault);
        found = fault->kind == FAULT_NONE ? LOOKUP_FOUND : LOOKUP_FAULT;
    }
    return found;
}

/* ---- reading ---- */

static void fill_record(const struct window *window, sqlite3_stmt *row, struct record *record) {
    *record =
        (struct record){.register_id = window->register_id, .id = sqlite3_column_int64(row, 0)};
    for (int i = 0; i < window->description->field_count; i++) {
        record->values[i] = database_column(row, i + 1);
    }
}

/* Takes the row that the walk stands on: 1 taken, 0 where a listed record is gone, -1 a fault. */
static int take_row(struct window *window, const struct walk *walk, struct record *record,
                    struct fault *fault) {
    sqlite3_stmt *row;
    int result = window_take_row(window, walk, &row, fault);
    if (result != 1) {
        return result;
    }
    fill_record(window, row, record);
    remember_seen(window, row);
    return 1;
}

static void reverse(struct record *rows, int count) {
    for (int low = 0, high = count - 1; low < high; low++, high--) {
        struct record row = rows[low];
        rows[low] = rows[high];
        rows[high] = row;
    }
}

static int read_rows(struct window *window, struct walk *walk, int count, struct record *rows,
                     struct fault *fault) {
    int taken = 0;
    int result = 1;
    while (taken < count && (result = window_walk_step(walk, fault)) == 1) {
        result = take_row(window, walk, &rows[taken], fault);
        if (result < 0) {
            break;
        }
        taken += result;
    }
    bool is_backward = walk->is_backward;
    window_walk_stop(walk);
    sqlite3_reset(window->fetch);
    if (result < 0) {
        for (int i = 0; i < taken; i++) {
            record_free(&rows[i]);
        }
        return -1;
    }
    if (is_backward) {
        reverse(rows, taken);
    }
    return taken;
}

int window_read(struct window *window, const struct window_read *read, struct record *rows,
                struct fault *fault) {
    struct place place = {0};
    bool is_there = false;
    bool is_beside = read->from != WINDOW_FIRST && read->from != WINDOW_LAST;
    enum lookup found = LOOKUP_NONE;
    if (is_beside) {
        found = window_find_place(window, read->id, &place, &is_there, fault);
    }
    int count = -1;
    if (found == LOOKUP_NONE && read->from == WINDOW_BEFORE) {
        count = 0;
    } else if (found != LOOKUP_FAULT) {
        bool is_backward = read->from == WINDOW_LAST || read->from == WINDOW_BEFORE;
        bool is_inclusive = read->from == WINDOW_AT || (read->from == WINDOW_AFTER && !is_there);
        struct walk walk = window_walk_from(
            window_order(window), found == LOOKUP_FOUND ? &place : NULL, is_backward, is_inclusive);
        count = read_rows(window, &walk, read->count, rows, fault);
    }
    window_place_free(&place);
    return count;
}

/* ---- what needs a scan ---- */

/* In the order of the source a row's number in the list is its position, and needs no marks. */
static bool needs_marks(const struct window *window) {
    return window->list == NULL || window->plan.sort_field >= 0;
}

static struct order *marked_order(struct window *window) {
    return window->list != NULL ? &window->list->order : &window->counting;
}

int64_t window_count(const struct window *window) {
    if (window->list != NULL) {
        return window->list->is_complete && window->next == NULL ? window->list->found : -1;
    }
    return window->marks.is_complete ? window->marks.rows : -1;
}

int64_t window_position(struct window *window, int64_t id) {
    if (window_count(window) < 0) {
        return -1;
    }
    struct place place = {0};
    struct fault fault = {0};
    bool is_there = false;
    int64_t position = -1;
    if (window_find_place(window, id, &place, &is_there, &fault) == LOOKUP_FOUND && is_there) {
        position = needs_marks(window)
                       ? window_marks_position(&window->marks, marked_order(window), &place)
                       : place.parts[LIST_PARTS - 1].whole;
    }
    window_place_free(&place);
    fault_clear(&fault);
    return position;
}

struct window_progress window_progress(const struct window *window) {
    const struct list *list = window->next != NULL ? window->next : window->list;
    if (list == NULL) {
        return (struct window_progress){.looked_at = window->marks.rows,
                                        .found = window->marks.rows,
                                        .is_complete = window->marks.is_complete};
    }
    return (struct window_progress){
        .looked_at = list->looked_at, .found = list->found, .is_complete = list->is_complete};
}

/* Works on the list that is not complete; true while there is more to do. */
static bool work_on_list(struct window *window, int64_t deadline_ms, struct fault *fault) {
    struct list *list = window->next != NULL ? window->next : window->list;
    if (list == NULL || list->is_complete) {
        return false;
    }
    if (!window_list_work(list, deadline_ms, fault) || !list->is_complete) {
        return fault->kind == FAULT_NONE;
    }
    if (list == window->next) {
        window_list_free(window->list);
        window->list = list;
        window->next = NULL;
    }
    return false;
}

bool window_work(struct window *window, int budget_ms, struct fault *fault) {
    int64_t deadline_ms = clock_monotonic_ms() + budget_ms;
    if (work_on_list(window, deadline_ms, fault)) {
        return true;
    }
    if (fault->kind != FAULT_NONE || !needs_marks(window) || window->marks.is_complete) {
        return false;
    }
    return window_marks_work(&window->marks, marked_order(window), deadline_ms, fault) &&
           !window->marks.is_complete;
}

bool window_refresh(struct window *window, struct fault *fault) {
    window_marks_free(&window->marks);
    window_forget_search(window);
    if (window->filter != NULL) {
        window_filter_forget(window->filter);
    }
    if (window->list != NULL) {
        window_list_free(window->next);
        window->next = make_list(window, fault);
        if (window->next == NULL) {
            return false;
        }
    }
    window_work(window, REFRESH_MS, fault);
    return fault->kind == FAULT_NONE;
}
