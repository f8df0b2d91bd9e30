/* Owns the answer to lost memory: the program ends cleanly, so that nobody writes half a thing. */
#include "clause5/base/memory.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/die.h"

void memory_lost(void) {
    die("out of memory; nothing unsaved was lost, start again");
}

void *memory_zero(size_t count, size_t size) {
    void *items = calloc(count > 0 ? count : 1, size);
    if (items == NULL) {
        memory_lost();
    }
    return items;
}

void *memory_resize(void *items, size_t count, size_t size) {
    void *resized = reallocarray(items, count > 0 ? count : 1, size);
    if (resized == NULL) {
        memory_lost();
    }
    return resized;
}

void *memory_reserve(void *items, size_t *capacity, size_t needed, size_t size) {
    if (needed <= *capacity) {
        return items;
    }
    size_t grown = *capacity + *capacity / 2 + 8;
    *capacity = grown > needed ? grown : needed;
    return memory_resize(items, *capacity, size);
}

char *memory_copy_text(const char *text) {
    return text == NULL ? NULL : memory_copy_bytes(text, strlen(text));
}

char *memory_copy_bytes(const char *bytes, size_t len_bytes) {
    char *copy = memory_resize(NULL, len_bytes + 1, 1);
    if (len_bytes > 0) {
        memcpy(copy, bytes, len_bytes);
    }
    copy[len_bytes] = '\0';
    return copy;
}
