/* Owns counting; must not know what is counted. A million rows take 2,000 marks and a walk over the
 * index alone; afterwards the number of a row is one search among the marks and a short walk. */
#include "store/window_marks.h"

#include <stdlib.h>

#include "clause5/base/clock.h"
#include "clause5/base/memory.h"

enum { MARKS_EVERY = 512, ROWS_BETWEEN_LOOKS = 256 };

static void set_mark(struct marks *marks, const struct order *order, sqlite3_stmt *row) {
    marks->places =
        memory_reserve(marks->places, &marks->capacity, marks->count + 1, sizeof *marks->places);
    marks->places[marks->count++] = window_order_place(order, row);
}

bool window_marks_work(struct marks *marks, struct order *order, int64_t deadline_ms,
                       struct fault *fault) {
    struct walk walk =
        window_walk_from(order, marks->rows == 0 ? NULL : &marks->reached, false, false);
    int result = 0;
    int64_t first = marks->rows;
    while (!marks->is_complete && (result = window_walk_step(&walk, fault)) == 1) {
        if (marks->rows % MARKS_EVERY == 0) {
            set_mark(marks, order, walk.statement);
        }
        marks->rows++;
        if ((marks->rows - first) % ROWS_BETWEEN_LOOKS == 0 &&
            clock_monotonic_ms() >= deadline_ms) {
            struct place reached = window_order_place(order, walk.statement);
            window_walk_stop(&walk);
            window_place_free(&marks->reached);
            marks->reached = reached;
            return true;
        }
    }
    window_walk_stop(&walk);
    marks->is_complete = marks->is_complete || result == 0;
    return result >= 0;
}

/* Returns the number of marks that stand at or before the place. */
static size_t marks_before(const struct marks *marks, const struct order *order,
                           const struct place *place) {
    size_t low = 0;
    size_t high = marks->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (window_place_compare(order, &marks->places[middle], place) <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

int64_t window_marks_position(const struct marks *marks, struct order *order,
                              const struct place *place) {
    if (!marks->is_complete) {
        return -1;
    }
    size_t before = marks_before(marks, order, place);
    if (before == 0) {
        return 0;
    }
    int64_t position = (int64_t)(before - 1) * MARKS_EVERY;
    struct fault fault = {0};
    struct walk walk = window_walk_from(order, &marks->places[before - 1], false, true);
    while (window_walk_step(&walk, &fault) == 1) {
        struct place here = window_order_place(order, walk.statement);
        bool is_there = window_place_compare(order, &here, place) >= 0;
        window_place_free(&here);
        if (is_there) {
            break;
        }
        position++;
    }
    window_walk_stop(&walk);
    bool is_known = fault.kind == FAULT_NONE;
    fault_clear(&fault);
    return is_known ? position : -1;
}

void window_marks_free(struct marks *marks) {
    for (size_t i = 0; i < marks->count; i++) {
        window_place_free(&marks->places[i]);
    }
    free(marks->places);
    window_place_free(&marks->reached);
    *marks = (struct marks){0};
}
