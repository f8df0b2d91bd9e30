/* Completions that a form field or a prompt offers. A zeroed struct is empty and ready. */
#ifndef CLAUSE5_SCREEN_CANDIDATES_H
#define CLAUSE5_SCREEN_CANDIDATES_H

#include <stdbool.h>
#include <stddef.h>

struct candidate {
    char *value;    /* what is put into the field when taken */
    char *detail;   /* said beside it: the person's name, what a command does; may be NULL */
    bool is_create; /* taking it creates the thing first: "create CISO" */
};

struct candidates {
    struct candidate *items;
    size_t count, capacity;
};

/* Adds a completion; the texts are copied, DETAIL may be NULL. */
void candidates_add(struct candidates *candidates, const char *value, const char *detail);

/* As candidates_add, of something that taking it creates. */
void candidates_add_create(struct candidates *candidates, const char *value, const char *detail);

/* Returns the bytes that the values all start with, beyond the first TYPED_BYTES; 0 where there is
 * none. Values are compared without regard to ASCII case. */
size_t candidates_common(const struct candidates *candidates, size_t typed_bytes);

/* Makes it empty and keeps its memory. */
void candidates_clear(struct candidates *candidates);

/* Releases everything and leaves it empty and ready. */
void candidates_free(struct candidates *candidates);

#endif
