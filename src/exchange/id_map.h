/* Numbers found by number: which line a record came from, which line was refused and why. */
#ifndef EXCHANGE_ID_MAP_H
#define EXCHANGE_ID_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Keys are any numbers but 0. A zeroed map is empty and ready. */
struct id_map {
    struct id_map_entry {
        int64_t key;
        int64_t value;
    } * entries;
    size_t count, capacity;
};

/* Remembers VALUE under KEY; the first value stays where there is one. Returns true where it was
 * new. */
bool id_map_add(struct id_map *map, int64_t key, int64_t value);

/* Returns true and the value where the key is known. */
bool id_map_find(const struct id_map *map, int64_t key, int64_t *value);

/* Releases the memory and leaves the map empty. */
void id_map_free(struct id_map *map);

#endif
