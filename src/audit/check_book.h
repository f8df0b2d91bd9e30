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
    char *columns; /* their names separated by commas; NULL where the query names them */
    char *sql;
    bool is_kept; /* worked out once for the whole query that names it */
    bool is_once; /* worked out once for the whole look at a workbook; has columns and few rows */
};

struct check_book {
    struct check_word *words; /* sorted by name */
    size_t word_count, word_capacity;
    struct check *checks; /* sorted by id */
    size_t check_count, check_capacity;
    int *listed; /* indexes of checks in the order of the files */
};

/* Gives the query of a word that is worked out once: one that reads the rows worked out before.
 * NULL with a fault, which is the giver's to keep. */
struct check_once_giver {
    const char *(*give)(void *context, size_t word);
    void *context;
};

/* Appends SQL with the words that it names in front, each after those that it needs itself. Without
 * a giver (NULL) every word stands as it is written. False where the giver has failed. */
bool check_book_splice(const struct check_book *book, const char *sql,
                       const struct check_once_giver *giver, struct buffer *out);

/* Reads one file of checks into the book; NAME is for faults. Words and checks are not sorted yet.
 */
bool check_book_read(struct check_book *book, const char *name, const char *text,
                     struct fault *fault);

#endif
