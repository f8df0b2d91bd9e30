/* Rows with named columns, written as CSV or as JSON with the same names: what describe, check,
 * history and portfolio print (contract.md, Streams and exit status). */
#ifndef CLAUSE5_EXCHANGE_ROWS_H
#define CLAUSE5_EXCHANGE_ROWS_H

#include <stdbool.h>

#include "clause5/base/buffer.h"
#include "clause5/exchange/csv_write.h"

struct rows_writer {
    struct buffer *out;
    const char *const *names;
    int count; /* of names, and of the cells of each row */
    bool is_json;
    bool has_rows; /* set by rows_add */
    struct csv_writer csv;
};

/* Returns a writer that appends to OUT, and appends the CSV header or the opening bracket. NAMES
 * must outlive it. */
struct rows_writer rows_begin(struct buffer *out, bool is_json, const char *const *names,
                              int count);

/* Appends a row of as many cells as there are names. In JSON every value is a string. */
void rows_add(struct rows_writer *writer, const char *const *cells);

/* Appends what closes the rows. */
void rows_end(struct rows_writer *writer);

#endif
