/* Owns a hash table of numbers with open addressing; knows nothing of what they mean. */
#include "exchange/id_map.h"

#include <stdlib.h>

#include "clause5/base/memory.h"

enum { FIRST_CAPACITY = 256 }; /* capacities are powers of two */

/* Returns the entry that holds KEY or the free one where it belongs. */
static struct id_map_entry *find_place(const struct id_map *map, int64_t key) {
    uint64_t mixed = (uint64_t)key * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(mixed ^ mixed >> 32) & (map->capacity - 1);
    while (map->entries[at].key != 0 && map->entries[at].key != key) {
        at = (at + 1) & (map->capacity - 1);
    }
    return &map->entries[at];
}

static void grow(struct id_map *map) {
    struct id_map larger = {.capacity = map->capacity == 0 ? FIRST_CAPACITY : map->capacity * 2,
                            .count = map->count};
    larger.entries = memory_zero(larger.capacity, sizeof *larger.entries);
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->entries[i].key != 0) {
            *find_place(&larger, map->entries[i].key) = map->entries[i];
        }
    }
    free(map->entries);
    *map = larger;
}

bool id_map_add(struct id_map *map, int64_t key, int64_t value) {
    if (map->count + 1 > map->capacity / 4 * 3) {
        grow(map);
    }
    struct id_map_entry *entry = find_place(map, key);
    if (entry->key == key) {
        return false;
    }
    *entry = (struct id_map_entry){.key = key, .value = value};
    map->count++;
    return true;
}

bool id_map_find(const struct id_map *map, int64_t key, int64_t *value) {
    if (map->capacity == 0) {
        return false;
    }
    const struct id_map_entry *entry = find_place(map, key);
    *value = entry->value;
    return entry->key == key;
}

void id_map_free(struct id_map *map) {
    free(map->entries);
    *map = (struct id_map){0};
}
