/* Owns a hash table of blocks of 64 bits; knows nothing of what the numbers mean. */
#include "clause5/base/whole_set.h"

#include <stdlib.h>

#include "clause5/base/memory.h"

enum { FIRST_CAPACITY = 64 }; /* capacities are powers of two */

static const int64_t block_size = 64;

/* Rounded down, so that negative numbers have blocks of their own. */
static int64_t place_of(int64_t number) {
    return (number - (int64_t)((uint64_t)number & 63)) / block_size;
}

static uint64_t bit_of(int64_t number) {
    return UINT64_C(1) << ((uint64_t)number & 63);
}

/* Returns the block of that place or the free entry where it belongs. */
static struct whole_set_block *find_block(const struct whole_set *set, int64_t place) {
    uint64_t mixed = (uint64_t)place * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(mixed ^ mixed >> 32) & (set->capacity - 1);
    while (set->blocks[at].bits != 0 && set->blocks[at].place != place) {
        at = (at + 1) & (set->capacity - 1);
    }
    return &set->blocks[at];
}

static void grow(struct whole_set *set) {
    struct whole_set larger = {.capacity = set->capacity == 0 ? FIRST_CAPACITY : set->capacity * 2,
                               .count = set->count};
    larger.blocks = memory_zero(larger.capacity, sizeof *larger.blocks);
    for (size_t i = 0; i < set->capacity; i++) {
        if (set->blocks[i].bits != 0) {
            *find_block(&larger, set->blocks[i].place) = set->blocks[i];
        }
    }
    free(set->blocks);
    *set = larger;
}

bool whole_set_add(struct whole_set *set, int64_t number) {
    if (set->count + 1 > set->capacity / 4 * 3) {
        grow(set);
    }
    struct whole_set_block *block = find_block(set, place_of(number));
    if (block->bits & bit_of(number)) {
        return false;
    }
    set->count += block->bits == 0;
    block->place = place_of(number);
    block->bits |= bit_of(number);
    return true;
}

bool whole_set_has(const struct whole_set *set, int64_t number) {
    return set->capacity > 0 && (find_block(set, place_of(number))->bits & bit_of(number)) != 0;
}

void whole_set_free(struct whole_set *set) {
    free(set->blocks);
    *set = (struct whole_set){0};
}
