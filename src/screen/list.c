/* Owns the cursor of a list and which rows its window holds: every move asks the source for the few
 * rows that come into view, by the key of the row beside them. Never draws (list_draw.c). */
#include "clause5/screen/list.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "screen/list_window.h"

enum { UNSEEN_HEIGHT = 20 }; /* rows taken for the screen where a list moves before it is drawn */

static const struct binding bindings[] = {
    {.key = KEYCODE_DOWN, .action = LIST_DOWN, .name = "down", .help = "to the next row"},
    {.key = 'j', .action = LIST_DOWN},
    {.key = KEYCODE_UP, .action = LIST_UP, .name = "up", .help = "to the row before"},
    {.key = 'k', .action = LIST_UP},
    {.key = KEYCODE_LEFT,
     .action = LIST_CELL_LEFT,
     .name = "left",
     .help = "to the cell on the left"},
    {.key = 'h', .action = LIST_CELL_LEFT},
    {.key = KEYCODE_RIGHT,
     .action = LIST_CELL_RIGHT,
     .name = "right",
     .help = "to the cell on the right, scrolling the columns"},
    {.key = 'l', .action = LIST_CELL_RIGHT},
    {.key = KEYCODE_PAGE_DOWN,
     .action = LIST_PAGE_DOWN,
     .name = "page-down",
     .help = "a screen down"},
    {.key = KEYCODE_PAGE_UP, .action = LIST_PAGE_UP, .name = "page-up", .help = "a screen up"},
    {.key = 'g', .action = LIST_TO_FIRST, .name = "first", .help = "to the first row"},
    {.key = KEYCODE_HOME, .action = LIST_TO_FIRST},
    {.key = 'G', .action = LIST_TO_LAST, .name = "last", .help = "to the last row"},
    {.key = KEYCODE_END, .action = LIST_TO_LAST},
    {.key = KEYCODE_SPACE,
     .action = LIST_MARK,
     .name = "mark",
     .help = "mark the row or take the mark away, and go on"},
};

const struct binding_table list_bindings = {
    .title = "Lists", .bindings = bindings, .count = COUNT(bindings)};

struct list *list_new(const struct list_options *options) {
    struct list *list = memory_zero(1, sizeof *list);
    list->options = *options;
    list->window.cell_count = options->column_count;
    list->sort_column = -1;
    return list;
}

void list_free(struct list *list) {
    if (list == NULL) {
        return;
    }
    list_window_free(&list->window);
    free(list->highlight);
    free(list->marks.ids);
    fault_clear(&list->fault);
    free(list);
}

static const struct list_row *row_at(const struct list *list, size_t index) {
    return index < list->window.count ? &list->window.rows[index] : NULL;
}

/* Asks the source for rows beside ANCHOR (NULL for FIRST and LAST) into OUT. */
static bool fetch(struct list *list, enum list_seek seek, const struct list_row *anchor,
                  struct list_window *out) {
    struct list_request request = {.seek = seek,
                                   .id = anchor != NULL ? anchor->id : 0,
                                   .key = anchor != NULL ? anchor->key : "",
                                   .wanted = list->height};
    *out = (struct list_window){.cell_count = list->options.column_count};
    fault_clear(&list->fault);
    if (!list->options.source.fetch(list->options.source.context, &request, out, &list->fault)) {
        list_window_free(out);
        return false;
    }
    if (out->count > list->height) {
        bool is_backward = seek == LIST_LAST || seek == LIST_BEFORE;
        (is_backward ? list_window_drop_first : list_window_drop_last)(out,
                                                                       out->count - list->height);
    }
    return true;
}

/* As fetch, of WANTED rows only. */
static bool fetch_some(struct list *list, enum list_seek seek, const struct list_row *anchor,
                       size_t wanted, struct list_window *out) {
    size_t height = list->height;
    list->height = wanted;
    bool is_good = wanted == 0 || fetch(list, seek, anchor, out);
    list->height = height;
    if (wanted == 0) {
        *out = (struct list_window){.cell_count = list->options.column_count};
    }
    return is_good;
}

static void replace_window(struct list *list, const struct list_window *window) {
    list_window_free(&list->window);
    list->window = *window;
    if (list->cursor >= list->window.count) {
        list->cursor = list->window.count > 0 ? list->window.count - 1 : 0;
    }
}

/* Puts up to WANTED rows before the window; those that do not fit fall off its end. Returns how
 * many came, or -1 with the fault set. */
static ptrdiff_t grow_before(struct list *list, size_t wanted) {
    struct list_window before = {0};
    if (list->window.count == 0) {
        return 0;
    }
    if (!fetch_some(list, LIST_BEFORE, row_at(list, 0), wanted, &before)) {
        return -1;
    }
    size_t came = before.count;
    list_window_join(&before, &list->window);
    list->window = before;
    if (list->window.count > list->height) {
        list_window_drop_last(&list->window, list->window.count - list->height);
    }
    return (ptrdiff_t)came;
}

/* Puts up to WANTED rows behind the window; those that do not fit fall off its start. */
static ptrdiff_t grow_after(struct list *list, size_t wanted) {
    struct list_window after = {0};
    if (list->window.count == 0) {
        return 0;
    }
    if (!fetch_some(list, LIST_AFTER, row_at(list, list->window.count - 1), wanted, &after)) {
        return -1;
    }
    size_t came = after.count;
    list_window_join(&list->window, &after);
    if (list->window.count > list->height) {
        list_window_drop_first(&list->window, list->window.count - list->height);
    }
    return (ptrdiff_t)came;
}

/* Fills a window that is short at its end with rows before it. */
static bool fill_up(struct list *list) {
    size_t missing = list->height - list->window.count;
    if (list->window.count == 0 || missing == 0) {
        return true;
    }
    ptrdiff_t came = grow_before(list, missing);
    list->cursor += came > 0 ? (size_t)came : 0;
    return came >= 0;
}

static unsigned flags_of(bool is_good) {
    return OUTCOME_HANDLED | OUTCOME_REDRAW | (is_good ? OUTCOME_MOVED : OUTCOME_FAULT);
}

static unsigned load_end(struct list *list, enum list_seek seek) {
    struct list_window window = {0};
    if (list->height == 0) {
        list->height = UNSEEN_HEIGHT;
    }
    bool is_good = fetch(list, seek, NULL, &window);
    if (is_good) {
        list->is_loaded = true;
        list->cursor = seek == LIST_LAST && window.count > 0 ? window.count - 1 : 0;
        replace_window(list, &window);
    }
    return flags_of(is_good);
}

static unsigned go_down(struct list *list, size_t steps) {
    size_t ahead = list->window.count > 0 ? list->window.count - 1 - list->cursor : 0;
    if (steps > ahead) {
        if (grow_after(list, steps - ahead) < 0) {
            return flags_of(false);
        }
        list->cursor = list->window.count > 0 ? list->window.count - 1 : 0;
        return flags_of(true);
    }
    list->cursor += steps;
    return flags_of(true);
}

static unsigned go_up(struct list *list, size_t steps) {
    if (steps > list->cursor) {
        if (grow_before(list, steps - list->cursor) < 0) {
            return flags_of(false);
        }
        list->cursor = 0;
        return flags_of(true);
    }
    list->cursor -= steps;
    return flags_of(true);
}

/* A screen down: the rows slide and the cursor keeps its height; at the end it goes to the end. */
static unsigned page_down(struct list *list) {
    ptrdiff_t came = grow_after(list, list->height);
    if (came < 0) {
        return flags_of(false);
    }
    size_t missing = list->height - (size_t)came;
    return go_down(list, missing);
}

static unsigned page_up(struct list *list) {
    ptrdiff_t came = grow_before(list, list->height);
    if (came < 0) {
        return flags_of(false);
    }
    size_t missing = list->height - (size_t)came;
    list->cursor -= missing < list->cursor ? missing : list->cursor;
    return flags_of(true);
}

static unsigned move_cell(struct list *list, int action) {
    if (action == LIST_CELL_LEFT && list->chosen_column > 0) {
        list->chosen_column--;
    } else if (action == LIST_CELL_RIGHT && list->chosen_column + 1 < list->options.column_count) {
        list->chosen_column++;
    }
    return flags_of(true);
}

static unsigned mark_and_go_on(struct list *list) {
    const struct list_row *row = row_at(list, list->cursor);
    if (row == NULL) {
        return OUTCOME_HANDLED;
    }
    list_set_mark(list, row->id, !list_is_marked(list, row->id));
    return go_down(list, 1) | OUTCOME_CHANGED;
}

static unsigned move_rows(struct list *list, int action) {
    switch (action) {
    case LIST_UP:
        return go_up(list, 1);
    case LIST_DOWN:
        return go_down(list, 1);
    case LIST_PAGE_UP:
        return page_up(list);
    case LIST_PAGE_DOWN:
        return page_down(list);
    case LIST_TO_FIRST:
        return load_end(list, LIST_FIRST);
    case LIST_TO_LAST:
        return load_end(list, LIST_LAST);
    case LIST_MARK:
        return mark_and_go_on(list);
    default:
        return move_cell(list, action);
    }
}

unsigned list_act(struct list *list, int action) {
    if (action < BINDINGS_WIDGETS || action >= LIST_ACTIONS_END) {
        return OUTCOME_NONE;
    }
    if (!list->is_loaded) {
        unsigned flags = load_end(list, LIST_FIRST);
        if ((flags & OUTCOME_FAULT) != 0) {
            return flags;
        }
    }
    return move_rows(list, action);
}

unsigned list_click(struct list *list, int row) {
    if (row < list->top_row || (size_t)(row - list->top_row) >= list->window.count) {
        return OUTCOME_NONE;
    }
    list->cursor = (size_t)(row - list->top_row);
    return flags_of(true);
}

unsigned list_fit_height(struct list *list, size_t height) {
    if (height == 0 || (list->is_loaded && height == list->height)) {
        return OUTCOME_NONE;
    }
    list->height = height;
    if (!list->is_loaded) {
        return load_end(list, LIST_FIRST);
    }
    if (list->window.count > height) {
        size_t surplus = list->window.count - height;
        size_t above = list->cursor >= height ? list->cursor - height + 1 : 0;
        list_window_drop_first(&list->window, above);
        list_window_drop_last(&list->window, surplus - above);
        list->cursor -= above;
        return OUTCOME_REDRAW;
    }
    bool is_good = grow_after(list, height - list->window.count) >= 0 && fill_up(list);
    return OUTCOME_REDRAW | (is_good ? OUTCOME_NONE : OUTCOME_FAULT);
}

static bool find_in_window(struct list *list, int64_t id) {
    for (size_t i = 0; i < list->window.count; i++) {
        if (list->window.rows[i].id == id) {
            list->cursor = i;
            return true;
        }
    }
    return false;
}

/* Loads the rows from ANCHOR on, with some before it where it would stand at an end. */
static bool load_at(struct list *list, const struct list_row *anchor, size_t rows_before) {
    struct list_window window = {0};
    if (!fetch(list, LIST_AT, anchor, &window)) {
        return false;
    }
    list->cursor = 0;
    if (window.count == 0) {
        return (load_end(list, LIST_LAST) & OUTCOME_FAULT) == 0;
    }
    replace_window(list, &window);
    ptrdiff_t came = grow_before(list, rows_before);
    list->cursor += came > 0 ? (size_t)came : 0;
    return came >= 0 && fill_up(list);
}

unsigned list_go_to(struct list *list, int64_t id, const char *key) {
    if (list->height == 0) {
        list->height = UNSEEN_HEIGHT;
    }
    list->is_loaded = true;
    if (find_in_window(list, id)) {
        return flags_of(true);
    }
    char *copy = memory_copy_text(key != NULL ? key : "");
    struct list_row anchor = {.id = id, .key = copy};
    bool is_good = load_at(list, &anchor, list->height / 3);
    free(copy);
    return flags_of(is_good);
}

void list_load(struct list *list) {
    if (!list->is_loaded) {
        load_end(list, LIST_FIRST);
    }
}

unsigned list_reload(struct list *list) {
    const struct list_row *current = row_at(list, list->cursor);
    if (!list->is_loaded || current == NULL) {
        return list->is_loaded || list->height > 0 ? load_end(list, LIST_FIRST) : OUTCOME_REDRAW;
    }
    struct list_row kept = {.id = current->id, .key = memory_copy_text(current->key)};
    struct list_row top = {.id = list->window.rows[0].id,
                           .key = memory_copy_text(list->window.rows[0].key)};
    size_t height_of_cursor = list->cursor;
    bool is_good = load_at(list, &top, 0);
    if (is_good && !find_in_window(list, kept.id)) {
        /* It is gone, or stands elsewhere: from its key on, at the height where it was. */
        is_good = load_at(list, &kept, height_of_cursor);
    }
    free(kept.key);
    free(top.key);
    return flags_of(is_good);
}

unsigned list_restart(struct list *list) {
    return list->height > 0 ? load_end(list, LIST_FIRST) : OUTCOME_REDRAW;
}

void list_set_columns(struct list *list, const struct list_column *columns, size_t count,
                      size_t frozen) {
    list_window_free(&list->window);
    list->options.columns = columns;
    list->options.column_count = count;
    list->options.frozen = frozen;
    list->window.cell_count = count;
    list->chosen_column = 0;
    list->first_column = 0;
    list->cursor = 0;
    list->sort_column = -1;
    list->is_loaded = false;
}

void list_set_empty(struct list *list, const char *empty) {
    list->options.empty = empty;
}

void list_set_sort(struct list *list, int column, bool is_descending) {
    list->sort_column = column;
    list->is_descending = is_descending;
}

void list_set_highlight(struct list *list, const char *needle) {
    free(list->highlight);
    list->highlight = needle != NULL && needle[0] != '\0' ? memory_copy_text(needle) : NULL;
}

bool list_current(const struct list *list, int64_t *id) {
    const struct list_row *row = row_at(list, list->cursor);
    *id = row != NULL ? row->id : 0;
    return row != NULL;
}

size_t list_current_column(const struct list *list) {
    return list->chosen_column;
}

void list_choose_column(struct list *list, size_t column) {
    list->chosen_column = column < list->options.column_count ? column : 0;
}

const char *list_current_cell(const struct list *list, size_t column) {
    const struct list_row *row = row_at(list, list->cursor);
    bool has_text = row != NULL && column < row->cell_count && row->cells[column].text != NULL;
    return has_text ? row->cells[column].text : "";
}

bool list_has_rows(const struct list *list) {
    return list->window.count > 0;
}

void list_print_count(const struct list *list, struct buffer *out) {
    const struct list_source *source = &list->options.source;
    int64_t count = source->count != NULL ? source->count(source->context) : -1;
    if (count < 0) {
        buffer_add(out, text_locale_is_utf8() ? "…" : "...");
    } else {
        buffer_addf(out, "%" PRId64 "%s", count, count == 1 ? " row" : " rows");
    }
    if (list->marks.count > 0) {
        buffer_addf(out, ", %zu marked", list->marks.count);
    }
}

const struct fault *list_fault(const struct list *list) {
    return &list->fault;
}
