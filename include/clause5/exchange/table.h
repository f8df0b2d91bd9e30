/* A CSV text of our own, well-formed and in UTF-8, as rows of cells: the embedded tables of data/.
 * Files of other people are read by csv_read.h. */
#ifndef CLAUSE5_EXCHANGE_TABLE_H
#define CLAUSE5_EXCHANGE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "clause5/base/fault.h"

/* A zeroed struct table is empty and ready. */
struct table {
    char **cells; /* row by row, the header first */
    size_t cell_count;
    size_t capacity;
    int column_count;
    int row_count; /* without the header */
    int columns_so_far;
    bool is_ragged;
};

/* Reads a CSV text whose first line names the columns, and whose lines all have as many cells.
 * False with FAULT_FAILED, and the table empty, where it is anything else. The caller releases the
 * table with table_free. */
bool table_read(struct table *table, const char *bytes, size_t len_bytes, struct fault *fault);

/* As table_read, of the embedded file at PATH below data/. */
bool table_read_embedded(struct table *table, const char *path, struct fault *fault);

/* Returns the names of the columns, as many as column_count. */
const char *const *table_names(const struct table *table);

/* Returns the cells of a row, counted from 0 after the header. */
const char *const *table_row(const struct table *table, int row);

/* Returns the index of the column of that exact name, or -1. */
int table_find_column(const struct table *table, const char *name);

/* Releases the cells and leaves the table empty and ready. */
void table_free(struct table *table);

#endif
