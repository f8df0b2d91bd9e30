/* The rows of a register as a tree: each record below the one that its parent field names. */
#ifndef CLAUSE5_PANES_TREE_ORDER_H
#define CLAUSE5_PANES_TREE_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/store/workbook.h"

struct tree_place {
    int64_t id;
    int depth; /* 0: at the top */
};

/* From the top down, what lies below a record right behind it. A zeroed struct is empty. */
struct tree_order {
    struct tree_place *places;
    size_t count, capacity;
};

/* Reads the order anew. Siblings stand in the order of their keys, the first field of which is a
 * text; records whose parents run in a circle come last, at the top. False with the fault. */
bool tree_order_load(struct tree_order *order, struct workbook *workbook,
                     enum register_id register_id, int parent_field, struct fault *fault);

/* Returns where a record stands, or the count where it does not. */
size_t tree_order_find(const struct tree_order *order, int64_t id);

/* Releases the places and leaves the order empty and ready. */
void tree_order_free(struct tree_order *order);

#endif
