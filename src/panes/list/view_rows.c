/* Owns small lists held in memory; knows nothing of what they show. */
#include "panes/list/view_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"

struct view_row *view_rows_add(struct view_rows *rows) {
    rows->items =
        memory_reserve(rows->items, &rows->capacity, rows->count + 1, sizeof *rows->items);
    struct view_row *row = &rows->items[rows->count++];
    *row = (struct view_row){
        .field = -1, .target = {.register_id = REGISTER_NONE, .owner_field = -1, .field = -1}};
    return row;
}

void view_rows_add_heading(struct view_rows *rows, const char *text) {
    struct view_row *row = view_rows_add(rows);
    row->is_heading = true;
    view_rows_set(row, 0, text);
}

void view_rows_set(struct view_row *row, size_t cell, const char *text) {
    free(row->cells[cell]);
    row->cells[cell] = memory_copy_text(text);
}

void view_rows_clear(struct view_rows *rows) {
    for (size_t i = 0; i < rows->count; i++) {
        free(rows->items[i].tag);
        for (size_t cell = 0; cell < ROWS_CELLS_MOST; cell++) {
            free(rows->items[i].cells[cell]);
        }
    }
    rows->count = 0;
}

void view_rows_free(struct view_rows *rows) {
    view_rows_clear(rows);
    free(rows->items);
    *rows = (struct view_rows){0};
}

static int64_t handle_of(const struct view_rows *rows, size_t index) {
    return rows->items[index].handle != 0 ? rows->items[index].handle : (int64_t)index + 1;
}

/* Returns the index of the row of that handle, or the count. */
static size_t index_of(const struct view_rows *rows, int64_t handle) {
    size_t index = 0;
    while (index < rows->count && handle_of(rows, index) != handle) {
        index++;
    }
    return index;
}

static void add_to_list(const struct view_rows *rows, size_t index, struct list_window *window) {
    const struct view_row *row = &rows->items[index];
    char number[24];
    snprintf(number, sizeof number, "%zu", index);
    struct list_row *shown = list_add_row(window, handle_of(rows, index), number);
    if (row->is_heading) {
        list_set_heading(shown);
    }
    for (size_t cell = 0; cell < ROWS_CELLS_MOST; cell++) {
        if (row->cells[cell] != NULL) {
            list_set_cell(shown, cell, row->cells[cell]);
            list_set_cell_look(shown, cell, row->meanings[cell], row->marks[cell]);
        }
    }
}

/* Returns the index of the row asked for; where it is gone, that of the row now in its place, which
 * the key tells. */
static size_t anchor_of(const struct view_rows *rows, const struct list_request *request) {
    size_t index = index_of(rows, request->id);
    if (index == rows->count && request->key != NULL && request->key[0] != '\0') {
        index = (size_t)strtoull(request->key, NULL, 10);
    }
    return index < rows->count ? index : rows->count;
}

/* Returns the index that the rows asked for start at. */
static size_t first_of(const struct view_rows *rows, const struct list_request *request,
                       size_t anchor) {
    switch (request->seek) {
    case LIST_LAST:
        return rows->count > request->wanted ? rows->count - request->wanted : 0;
    case LIST_AFTER:
        return anchor < rows->count ? anchor + 1 : rows->count;
    case LIST_BEFORE:
        return anchor > request->wanted ? anchor - request->wanted : 0;
    case LIST_AT:
        return anchor;
    case LIST_FIRST:
        break;
    }
    return 0;
}

static bool fetch(void *context, const struct list_request *request, struct list_window *window,
                  struct fault *fault) {
    (void)fault;
    const struct view_rows *rows = context;
    size_t anchor = anchor_of(rows, request);
    size_t first = first_of(rows, request, anchor);
    size_t end = request->seek == LIST_BEFORE ? anchor : rows->count;
    for (size_t i = first; i < end && i < rows->count && i - first < request->wanted; i++) {
        add_to_list(rows, i, window);
    }
    return true;
}

static int64_t count_rows(void *context) {
    const struct view_rows *rows = context;
    return (int64_t)rows->count;
}

struct list_source view_rows_source(struct view_rows *rows) {
    return (struct list_source){.context = rows, .fetch = fetch, .count = count_rows};
}

const struct view_row *view_rows_find(const struct view_rows *rows, int64_t handle) {
    size_t index = index_of(rows, handle);
    return index < rows->count ? &rows->items[index] : NULL;
}

static bool row_shows(const struct view_row *row, const char *words) {
    for (size_t cell = 0; cell < ROWS_CELLS_MOST; cell++) {
        if (row->cells[cell] != NULL && strcasestr(row->cells[cell], words) != NULL) {
            return true;
        }
    }
    return false;
}

int64_t view_rows_search(const struct view_rows *rows, int64_t from, const char *words,
                         bool is_backward, bool is_fresh) {
    int64_t count = (int64_t)rows->count;
    int64_t first = is_fresh ? 0 : 1;
    int64_t start = (int64_t)index_of(rows, from);
    start = start < count ? start : 0;
    for (int64_t i = first; i < count + first; i++) {
        int64_t place = (start + (is_backward ? count - i % count : i)) % count;
        if (row_shows(&rows->items[place], words)) {
            return handle_of(rows, (size_t)place);
        }
    }
    return 0;
}
