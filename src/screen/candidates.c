/* Owns lists of completions. Knows nothing of what they complete. */
#include "clause5/screen/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/screen/layout.h"

static void add(struct candidates *candidates, struct candidate candidate) {
    candidates->items = memory_reserve(candidates->items, &candidates->capacity,
                                       candidates->count + 1, sizeof *candidates->items);
    candidates->items[candidates->count++] = candidate;
}

void candidates_add(struct candidates *candidates, const char *value, const char *detail) {
    add(candidates,
        (struct candidate){.value = memory_copy_text(value), .detail = memory_copy_text(detail)});
}

void candidates_add_create(struct candidates *candidates, const char *value, const char *detail) {
    add(candidates, (struct candidate){.value = memory_copy_text(value),
                                       .detail = memory_copy_text(detail),
                                       .is_create = true});
}

static bool bytes_agree(char a, char b) {
    int x = a >= 'A' && a <= 'Z' ? a + 32 : a;
    int y = b >= 'A' && b <= 'Z' ? b + 32 : b;
    return x == y;
}

size_t candidates_common(const struct candidates *candidates, size_t typed_bytes) {
    if (candidates->count == 0) {
        return 0;
    }
    const char *first = candidates->items[0].value;
    size_t common = strlen(first);
    for (size_t i = 1; i < candidates->count; i++) {
        const char *value = candidates->items[i].value;
        size_t len = 0;
        while (len < common && value[len] != '\0' && bytes_agree(first[len], value[len])) {
            len++;
        }
        common = len;
    }
    /* Never cut inside a character. */
    size_t whole = 0;
    for (size_t next = layout_next(first, 0, NULL); next <= common && next > whole;
         next = layout_next(first, whole, NULL)) {
        whole = next;
    }
    return whole > typed_bytes ? whole - typed_bytes : 0;
}

void candidates_clear(struct candidates *candidates) {
    for (size_t i = 0; i < candidates->count; i++) {
        free(candidates->items[i].value);
        free(candidates->items[i].detail);
    }
    candidates->count = 0;
}

void candidates_free(struct candidates *candidates) {
    candidates_clear(candidates);
    free(candidates->items);
    *candidates = (struct candidates){0};
}
