/* Owns the rows of a list that are on the screen, and how a source adds to them. Knows nothing of
 * cursors or drawing. */
#include "screen/list_window.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/die.h"
#include "clause5/base/memory.h"

struct list_row *list_add_row(struct list_window *window, int64_t id, const char *key) {
    window->rows =
        memory_reserve(window->rows, &window->capacity, window->count + 1, sizeof *window->rows);
    struct list_row *row = &window->rows[window->count++];
    *row = (struct list_row){.id = id,
                             .key = memory_copy_text(key != NULL ? key : ""),
                             .cell_count = window->cell_count,
                             .cells = memory_zero(window->cell_count + 1, sizeof *row->cells)};
    return row;
}

static struct list_cell *cell_at(struct list_row *row, size_t column) {
    if (column >= row->cell_count) {
        die("a list row has no column %zu", column);
    }
    return &row->cells[column];
}

void list_set_cell(struct list_row *row, size_t column, const char *text) {
    struct list_cell *cell = cell_at(row, column);
    free(cell->text);
    cell->text = memory_copy_text(text);
}

void list_set_cell_look(struct list_row *row, size_t column, enum meaning meaning, enum mark mark) {
    struct list_cell *cell = cell_at(row, column);
    cell->meaning = meaning;
    cell->mark = mark;
}

void list_set_heading(struct list_row *row) {
    row->is_heading = true;
}

void list_reverse(struct list_window *window) {
    for (size_t i = 0; i < window->count / 2; i++) {
        struct list_row *a = &window->rows[i];
        struct list_row *b = &window->rows[window->count - 1 - i];
        struct list_row swapped = *a;
        *a = *b;
        *b = swapped;
    }
}

static void free_row(struct list_row *row) {
    for (size_t i = 0; i < row->cell_count; i++) {
        free(row->cells[i].text);
    }
    free(row->cells);
    free(row->key);
}

void list_window_drop_first(struct list_window *window, size_t count) {
    count = count > window->count ? window->count : count;
    for (size_t i = 0; i < count; i++) {
        free_row(&window->rows[i]);
    }
    window->count -= count;
    if (count > 0 && window->count > 0) {
        memmove(window->rows, window->rows + count, window->count * sizeof *window->rows);
    }
}

void list_window_drop_last(struct list_window *window, size_t count) {
    for (; count > 0 && window->count > 0; count--) {
        free_row(&window->rows[--window->count]);
    }
}

void list_window_join(struct list_window *window, struct list_window *more) {
    if (more->count > 0) {
        window->rows = memory_reserve(window->rows, &window->capacity, window->count + more->count,
                                      sizeof *window->rows);
        memcpy(window->rows + window->count, more->rows, more->count * sizeof *more->rows);
        window->count += more->count;
    }
    free(more->rows);
    *more = (struct list_window){.cell_count = more->cell_count};
}

void list_window_free(struct list_window *window) {
    list_window_drop_last(window, window->count);
    free(window->rows);
    *window = (struct list_window){.cell_count = window->cell_count};
}
