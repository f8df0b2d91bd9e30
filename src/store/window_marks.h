/* How many rows an order has, and which number a row is: found by walking it once, with a mark at
 * every so many rows. */
#ifndef CLAUSE5_STORE_WINDOW_MARKS_H
#define CLAUSE5_STORE_WINDOW_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "store/window_order.h"

/* A zeroed one has counted nothing yet. */
struct marks {
    struct place *places; /* of the rows 0, MARKS_EVERY, 2 * MARKS_EVERY ... */
    size_t count, capacity;
    struct place reached; /* the last row counted */
    int64_t rows;         /* counted so far */
    bool is_complete;
};

/* Goes on counting ORDER until DEADLINE_MS of clock_monotonic_ms. False with the fault. */
bool window_marks_work(struct marks *marks, struct order *order, int64_t deadline_ms,
                       struct fault *fault);

/* Returns how many rows stand before PLACE; -1 while that is not counted yet. */
int64_t window_marks_position(const struct marks *marks, struct order *order,
                              const struct place *place);

void window_marks_free(struct marks *marks);

#endif
