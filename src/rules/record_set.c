/* Owns a hashed set of records; knows nothing of why they are in it. */
#include "rules/record_set.h"

#include <stdlib.h>

#include "clause5/base/memory.h"

enum { SLOTS_FIRST = 64 };

/* Returns the slot of the record, or the free one where it belongs. */
static size_t record_set_slot(const struct record_set *set, enum register_id register_id,
                              int64_t id) {
    /* Multiplying by an odd constant near the golden ratio of 2^64 spreads ids that lie close. */
    uint64_t hash = ((uint64_t)id * 32 + (uint64_t)register_id) * UINT64_C(0x9E3779B97F4A7C15);
    size_t slot = (size_t)(hash >> 32) & (set->slot_count - 1);
    while (set->slots[slot] != 0) {
        const struct record_name *item = &set->items[set->slots[slot] - 1];
        if (item->register_id == register_id && item->id == id) {
            return slot;
        }
        slot = (slot + 1) & (set->slot_count - 1);
    }
    return slot;
}

static void record_set_grow(struct record_set *set) {
    free(set->slots);
    set->slot_count = set->slot_count == 0 ? SLOTS_FIRST : set->slot_count * 2;
    set->slots = memory_zero(set->slot_count, sizeof *set->slots);
    for (size_t i = 0; i < set->count; i++) {
        set->slots[record_set_slot(set, set->items[i].register_id, set->items[i].id)] = i + 1;
    }
}

bool record_set_add(struct record_set *set, enum register_id register_id, int64_t id) {
    if (record_set_has(set, register_id, id)) {
        return false;
    }
    if ((set->count + 1) * 2 > set->slot_count) {
        record_set_grow(set);
    }
    set->items = memory_reserve(set->items, &set->capacity, set->count + 1, sizeof *set->items);
    set->items[set->count++] = (struct record_name){.register_id = register_id, .id = id};
    set->slots[record_set_slot(set, register_id, id)] = set->count;
    return true;
}

bool record_set_has(const struct record_set *set, enum register_id register_id, int64_t id) {
    return set->slot_count > 0 && set->slots[record_set_slot(set, register_id, id)] != 0;
}

void record_set_free(struct record_set *set) {
    free(set->items);
    free(set->slots);
    *set = (struct record_set){0};
}
