/* A set of whole numbers that lie close together, such as the ids of a register: a bit for each of
 * 64 neighbours, so that a million of them take about half a megabyte. */
#ifndef CLAUSE5_BASE_WHOLE_SET_H
#define CLAUSE5_BASE_WHOLE_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Starts as {0}. */
struct whole_set {
    struct whole_set_block {
        int64_t place; /* of the block: number >> 6 */
        uint64_t bits; /* 0: the entry is free */
    } * blocks;        /* open addressing */
    size_t count, capacity;
};

/* Adds the number; false where it is in the set already. */
bool whole_set_add(struct whole_set *set, int64_t number);

bool whole_set_has(const struct whole_set *set, int64_t number);

/* Releases the memory and leaves the set empty. */
void whole_set_free(struct whole_set *set);

#endif
