/* Owns a table of a fixed size from names to ids; knows nothing of how a name is looked up. Names
 * lie in their slots, and the tags apart, where all of them are near the processor: finding a name
 * then waits for memory once. */
#include "exchange/known_names.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"

enum {
    SLOTS = 1 << 16,  /* 50,000 people are known in 2.1 MiB */
    NEAR_SLOTS = 8,   /* how many slots a name may stand in */
    FIELDS_MOST = 32, /* of which names are known; those of others are not kept */
    NAME_BYTES = 21,  /* a name that is not longer lies in its slot */
};

struct known_name {
    int64_t id;
    uint16_t field; /* its place in FIELDS */
    bool is_long;   /* TEXT holds a pointer to the name, which is owned */
    char text[NAME_BYTES];
};

_Static_assert(sizeof(struct known_name) == 32, "two names fill a line of the processor's cache");

struct known_names {
    const struct field *fields[FIELDS_MOST];
    int field_count;
    uint16_t tags[SLOTS]; /* some bits of the hash, never 0; 0: the slot is free */
    struct known_name slots[SLOTS];
};

/* What is looked for. */
struct sought {
    int field;
    const char *text;
    size_t len_bytes;
    size_t first; /* the first slot that it may stand in */
    uint16_t tag;
};

/* Returns the field's number: the next one where it has none, FIELDS_MOST where none is left. */
static int number_of(const struct known_names *names, const struct field *field) {
    int number = 0;
    while (number < names->field_count && names->fields[number] != field) {
        number++;
    }
    return number;
}

/* FNV-1a. */
static struct sought seek(const struct known_names *names, const struct field *field,
                          const char *text) {
    struct sought sought = {
        .field = number_of(names, field), .text = text, .len_bytes = strlen(text)};
    uint64_t hash = UINT64_C(14695981039346656037) ^ (uint64_t)sought.field;
    for (size_t i = 0; i < sought.len_bytes; i++) {
        hash = (hash ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
    }
    hash ^= hash >> 32;
    sought.first = (size_t)hash & (SLOTS - NEAR_SLOTS);
    sought.tag = (uint16_t)(hash >> 48 | 1);
    return sought;
}

static char *long_text(const struct known_name *name) {
    char *text;
    memcpy(&text, name->text, sizeof text);
    return text;
}

static bool is_called(const struct known_name *name, const struct sought *sought) {
    if (name->is_long) {
        return strcmp(long_text(name), sought->text) == 0;
    }
    return sought->len_bytes <= NAME_BYTES &&
           memcmp(name->text, sought->text, sought->len_bytes) == 0 &&
           (sought->len_bytes == NAME_BYTES || name->text[sought->len_bytes] == '\0');
}

bool known_names_find(const struct known_names *names, const struct field *field, const char *text,
                      int64_t *id) {
    if (names == NULL) {
        return false;
    }
    struct sought sought = seek(names, field, text);
    for (size_t at = sought.first; at < sought.first + NEAR_SLOTS; at++) {
        const struct known_name *name = &names->slots[at];
        if (names->tags[at] == sought.tag && name->field == sought.field &&
            is_called(name, &sought)) {
            *id = name->id;
            return true;
        }
    }
    return false;
}

/* Returns a free slot, else that of a name that has to go. */
static size_t choose_slot(const struct known_names *names, const struct sought *sought) {
    for (size_t at = sought->first; at < sought->first + NEAR_SLOTS; at++) {
        if (names->tags[at] == 0) {
            return at;
        }
    }
    return sought->first + (sought->tag >> 1) % NEAR_SLOTS;
}

static void forget(struct known_name *name) {
    if (name->is_long) {
        free(long_text(name));
    }
    *name = (struct known_name){0};
}

void known_names_add(struct known_names **names_at, const struct field *field, const char *text,
                     int64_t id) {
    if (*names_at == NULL) {
        *names_at = memory_zero(1, sizeof **names_at);
    }
    struct known_names *names = *names_at;
    struct sought sought = seek(names, field, text);
    if (sought.field == FIELDS_MOST) {
        return;
    }
    if (sought.field == names->field_count) {
        names->fields[names->field_count++] = field;
    }
    size_t at = choose_slot(names, &sought);
    struct known_name *name = &names->slots[at];
    forget(name);
    name->id = id;
    name->field = (uint16_t)sought.field;
    name->is_long = sought.len_bytes > NAME_BYTES;
    if (name->is_long) {
        char *copy = memory_copy_text(text);
        memcpy(name->text, &copy, sizeof copy);
    } else {
        memcpy(name->text, text, sought.len_bytes);
    }
    names->tags[at] = sought.tag;
}

void known_names_free(struct known_names *names) {
    for (size_t i = 0; names != NULL && i < SLOTS; i++) {
        forget(&names->slots[i]);
    }
    free(names);
}
