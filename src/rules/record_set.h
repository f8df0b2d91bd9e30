/* A set of records that keeps the order in which they came. */
#ifndef RULES_RECORD_SET_H
#define RULES_RECORD_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/register/register.h"

struct record_name {
    enum register_id register_id;
    int64_t id;
};

/* Zeroed it is empty and ready. */
struct record_set {
    struct record_name *items; /* in the order they came */
    size_t count;
    size_t capacity;
    size_t *slots; /* places in items, plus one; 0 is free */
    size_t slot_count;
};

/* Adds the record; false where it was there. */
bool record_set_add(struct record_set *set, enum register_id register_id, int64_t id);

bool record_set_has(const struct record_set *set, enum register_id register_id, int64_t id);

void record_set_free(struct record_set *set);

#endif
