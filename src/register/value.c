/* Owns single values; knows nothing of fields. */
#include "clause5/register/value.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"

struct value value_of_text(const char *text) {
    return value_of_bytes(text, text == NULL ? 0 : strlen(text));
}

struct value value_of_bytes(const char *bytes, size_t len_bytes) {
    if (len_bytes == 0) {
        return (struct value){0};
    }
    return (struct value){
        .kind = VALUE_TEXT, .text = memory_copy_bytes(bytes, len_bytes), .len_bytes = len_bytes};
}

struct value value_of_whole(int64_t whole) {
    return (struct value){.kind = VALUE_WHOLE, .whole = whole};
}

struct value value_of_id(int64_t id) {
    if (id == 0) {
        return (struct value){0};
    }
    return value_of_whole(id);
}

struct value value_of_number(double number) {
    return (struct value){.kind = VALUE_NUMBER, .number = number};
}

struct value value_copy(const struct value *value) {
    return value->kind == VALUE_TEXT ? value_of_bytes(value->text, value->len_bytes) : *value;
}

const char *value_text(const struct value *value) {
    return value->kind == VALUE_TEXT ? value->text : "";
}

static uint64_t bits_of(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

bool value_equals(const struct value *a, const struct value *b) {
    if (a->kind != b->kind) {
        return false;
    }
    switch (a->kind) {
    case VALUE_TEXT:
        return a->len_bytes == b->len_bytes && memcmp(a->text, b->text, a->len_bytes) == 0;
    case VALUE_WHOLE:
        return a->whole == b->whole;
    case VALUE_NUMBER:
        return bits_of(a->number) == bits_of(b->number);
    case VALUE_EMPTY:
        break;
    }
    return true;
}

void value_free(struct value *value) {
    if (value->kind == VALUE_TEXT) {
        free(value->text);
    }
    *value = (struct value){0};
}

void values_free(struct value *values, int count) {
    for (int i = 0; i < count; i++) {
        value_free(&values[i]);
    }
}

void values_copy(struct value *to, const struct value *from, int count) {
    for (int i = 0; i < count; i++) {
        to[i] = value_copy(&from[i]);
    }
}
