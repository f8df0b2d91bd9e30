/* Owns which rows of a list are marked: by handle, so that they outlive the rows on the screen. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "screen/list_state.h"

/* Returns where ID is, or where it would stand. */
static size_t place_of(const struct list_mark_set *marks, int64_t id) {
    size_t low = 0;
    size_t high = marks->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (marks->ids[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool list_is_marked(const struct list *list, int64_t id) {
    size_t at = place_of(&list->marks, id);
    return at < list->marks.count && list->marks.ids[at] == id;
}

void list_set_mark(struct list *list, int64_t id, bool is_marked) {
    struct list_mark_set *marks = &list->marks;
    if (list_is_marked(list, id) == is_marked) {
        return;
    }
    size_t at = place_of(marks, id);
    if (!is_marked) {
        marks->count--;
        memmove(marks->ids + at, marks->ids + at + 1, (marks->count - at) * sizeof *marks->ids);
        return;
    }
    marks->ids = memory_reserve(marks->ids, &marks->capacity, marks->count + 1, sizeof *marks->ids);
    memmove(marks->ids + at + 1, marks->ids + at, (marks->count - at) * sizeof *marks->ids);
    marks->ids[at] = id;
    marks->count++;
}

size_t list_mark_count(const struct list *list) {
    return list->marks.count;
}

void list_clear_marks(struct list *list) {
    list->marks.count = 0;
}

const int64_t *list_marks(const struct list *list) {
    return list->marks.count > 0 ? list->marks.ids : NULL;
}
