/* One value of a field, as stored. */
#ifndef CLAUSE5_REGISTER_VALUE_H
#define CLAUSE5_REGISTER_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum value_kind {
    VALUE_EMPTY,  /* unset: NULL in the file, an empty cell in CSV */
    VALUE_TEXT,   /* texts, choices, dates as YYYY-MM-DD, yes and no */
    VALUE_WHOLE,  /* whole numbers, and the ids of references and parties */
    VALUE_NUMBER, /* decimal numbers; never NaN or infinite */
};

/* A zeroed struct value is empty. A text is UTF-8 without NUL, never of length 0. */
struct value {
    enum value_kind kind;
    union {
        struct {
            char *text; /* NUL-terminated, owned */
            size_t len_bytes;
        };
        int64_t whole;
        double number;
    };
};

/* Makes values; the texts are copied. An empty text, or NULL, gives an empty value. */
struct value value_of_text(const char *text);
struct value value_of_bytes(const char *bytes, size_t len_bytes);
struct value value_of_whole(int64_t whole);
struct value value_of_number(double number);

/* Makes the value of a reference or a party; an ID of 0 gives an empty value. */
struct value value_of_id(int64_t id);

/* Returns a copy that owns its text. */
struct value value_copy(const struct value *value);

/* Returns the text, or "" where the value is no text. */
const char *value_text(const struct value *value);

/* True where both are the same, byte by byte. */
bool value_equals(const struct value *a, const struct value *b);

/* Releases a text and leaves the value empty. */
void value_free(struct value *value);

/* The same for COUNT values in a row. */
void values_free(struct value *values, int count);
void values_copy(struct value *to, const struct value *from, int count);

#endif
