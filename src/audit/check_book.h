/* The checks as read from data/checks, and the words they share. */
#ifndef CLAUSE5_AUDIT_CHECK_BOOK_H
#define CLAUSE5_AUDIT_CHECK_BOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "clause5/audit/check.h"
#include "clause5/base/buffer.h"

/* A word of data/checks/words.sql, or of one family: a query under a name. */
struct check_word {
    char *name;
    char *sql;
    bool is_kept; /* worked out once for the whole query that names it */
};

struct check_book {
    struct check_word *words; /* sorted by name */
    size_t word_count, word_capacity;
    struct check *checks; /* sorted by id */
    size_t check_count, check_capacity;
    int *listed; /* indexes of checks in the order of the files */
};

/* Appends SQL with the words that it names in front, each after those that it needs itself. */
void check_book_splice(const struct check_book *book, const char *sql, struct buffer *out);

/* Reads one file of checks into the book; NAME is for faults. Words and checks are not sorted yet.
 */
bool check_book_read(struct check_book *book, const char *name, const char *text,
                     struct fault *fault);

#endif
