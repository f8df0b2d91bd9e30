/* Owns searching in a window, row by row in the order shown, within a budget of time. Must not know
 * how rows came to be in that order. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/clock.h"
#include "clause5/base/memory.h"
#include "store/window_inside.h"

enum { ROWS_BETWEEN_LOOKS = 16 };

void window_forget_search(struct window *window) {
    struct search *search = &window->search;
    free(search->words);
    window_filter_free(search->filter);
    window_place_free(&search->reached);
    *search = (struct search){0};
}

static bool is_same_search(const struct search *search, const struct window_search *wanted) {
    return search->words != NULL && strcmp(search->words, wanted->words) == 0 &&
           search->from_id == wanted->from_id && search->is_backward == wanted->is_backward;
}

static bool begin_search(struct window *window, const struct window_search *wanted,
                         struct fault *fault) {
    window_forget_search(window);
    struct search *search = &window->search;
    search->filter = window_filter_parse(window->workbook, window->register_id, wanted->words,
                                         FILTER_WORDS, fault);
    if (search->filter == NULL) {
        return false;
    }
    search->words = memory_copy_text(wanted->words);
    search->from_id = wanted->from_id;
    search->is_backward = wanted->is_backward;
    bool is_there = false;
    enum lookup found = LOOKUP_NONE;
    if (wanted->from_id != 0) {
        found = window_find_place(window, wanted->from_id, &search->reached, &is_there, fault);
    }
    search->has_reached = found == LOOKUP_FOUND;
    return found != LOOKUP_FAULT;
}

/* Looks at the row that the walk stands on: 1 a hit, 0 none, -1 with the fault. */
static int look_at(struct window *window, const struct walk *walk, int64_t *id,
                   struct fault *fault) {
    sqlite3_stmt *row;
    int result = window_take_row(window, walk, &row, fault);
    if (result != 1) {
        return result;
    }
    if (!window_filter_passes(window->search.filter, row)) {
        return 0;
    }
    *id = sqlite3_column_int64(row, 0);
    return 1;
}

/* Keeps the place that the walk stands on for the next call. */
static void reach(struct window *window, struct walk *walk) {
    struct place reached = window_order_place(walk->order, walk->statement);
    window_walk_stop(walk);
    window_place_free(&window->search.reached);
    window->search.reached = reached;
    window->search.has_reached = true;
}

static enum window_hit go_on(struct window *window, int64_t deadline_ms, int64_t *id,
                             struct fault *fault) {
    struct search *search = &window->search;
    struct walk walk =
        window_walk_from(window_order(window), search->has_reached ? &search->reached : NULL,
                         search->is_backward, false);
    enum window_hit hit = WINDOW_HIT_NONE;
    int result = 0;
    for (int rows = 1; (result = window_walk_step(&walk, fault)) == 1; rows++) {
        result = look_at(window, &walk, id, fault);
        if (result != 0) {
            hit = WINDOW_HIT_FOUND;
            break;
        }
        if (rows % ROWS_BETWEEN_LOOKS == 0 && clock_monotonic_ms() >= deadline_ms) {
            reach(window, &walk);
            hit = WINDOW_HIT_NOT_YET;
            break;
        }
    }
    window_walk_stop(&walk);
    sqlite3_reset(window->fetch);
    return result < 0 ? WINDOW_HIT_FAULT : hit;
}

enum window_hit window_find(struct window *window, const struct window_search *search, int64_t *id,
                            struct fault *fault) {
    int64_t deadline_ms = clock_monotonic_ms() + search->budget_ms;
    if (search->words[strspn(search->words, " \t")] == '\0') {
        return WINDOW_HIT_NONE;
    }
    if (!is_same_search(&window->search, search) && !begin_search(window, search, fault)) {
        window_forget_search(window);
        return WINDOW_HIT_FAULT;
    }
    enum window_hit hit = go_on(window, deadline_ms, id, fault);
    if (hit == WINDOW_HIT_NONE && window->list != NULL && !window->list->is_complete) {
        return WINDOW_HIT_NOT_YET; /* the list itself is still growing */
    }
    if (hit != WINDOW_HIT_NOT_YET) {
        window_forget_search(window);
    }
    return hit;
}
