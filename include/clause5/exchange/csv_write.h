/* CSV out: RFC 4180, lines ended with CRLF, cells that a spreadsheet would run made harmless. */
#ifndef CLAUSE5_EXCHANGE_CSV_WRITE_H
#define CLAUSE5_EXCHANGE_CSV_WRITE_H

#include <stdbool.h>

#include "clause5/base/buffer.h"

/* A row in the making. Zeroed but for OUT it is ready, with commas and the guard. */
struct csv_writer {
    struct buffer *out;
    char delimiter; /* 0: comma */
    bool is_exact;  /* formula cells stay bare (--exact) */
    int cells;      /* of the row so far */
};

/* Appends a cell, quoted where it holds the delimiter, a quote or a line end, or begins or ends
 * with a blank (which readers strip), and guarded where csv_is_formula says so unless IS_EXACT. */
void csv_write_cell(struct csv_writer *writer, const char *text);

/* Ends the row. A row of one empty cell is written as "", since a blank line is no row. */
void csv_end_row(struct csv_writer *writer);

/* Writes COUNT cells and ends the row. */
void csv_write_row(struct csv_writer *writer, const char *const *cells, int count);

/* True where a spreadsheet may run the text as a formula, so that it is written with one apostrophe
 * more: it matches ^'*[=+\-@\t\r] and is no plain number (contract.md, Import and export). */
bool csv_is_formula(const char *text);

/* Returns TEXT without the apostrophe that the guard put before it: the rest of what matches
 * ^'+[=+\-@\t\r], else TEXT itself. With csv_is_formula it is a bijection. */
const char *csv_unguard(const char *text);

#endif
