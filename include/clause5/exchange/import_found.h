/* What an import found out about a file, and on what ground: shown by --dry-run and by the staging
 * screen. Every item can be set in the import's plan instead (import.h): the encoding and delimiter
 * by its format, the header by header_line, columns by maps, dates and decimal signs for all
 * columns or by readings for one. */
#ifndef CLAUSE5_EXCHANGE_IMPORT_FOUND_H
#define CLAUSE5_EXCHANGE_IMPORT_FOUND_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/base/fault.h"
#include "clause5/exchange/csv_read.h"
#include "clause5/exchange/import.h"

/* On what ground a column's dates or numbers are read as they are. */
enum import_basis {
    IMPORT_UNNEEDED, /* each cell says by itself what it means */
    IMPORT_DECIDED, /* cells of the column that can be read in one way only decide for the others */
    IMPORT_TOLD,    /* the plan says so */
    IMPORT_ASKED,   /* some cells can be read in two ways, and nothing decides: they are refused */
};

struct import_found_column {
    const char *name;        /* as the header has it; "column 3" where there is none */
    const char *field;       /* a field or joined column; NULL: left out */
    bool is_joined;          /* of another register than the sheet's own */
    const char *example;     /* the first cell that is not empty, or "" */
    bool has_dates;          /* the field takes dates: what stands in the next three holds */
    enum import_dates dates; /* IMPORT_DATES_ISO: no order is needed, or none is known */
    enum import_basis dates_basis;
    bool has_serial_days; /* all cells are a spreadsheet's numbers of days */
    bool has_numbers;     /* the field takes numbers: what stands in the next three holds */
    enum import_decimal decimal;
    enum import_basis decimal_basis;
    bool has_percent; /* all cells bear a percent sign, which is left out */
};

struct import_found {
    const char *path; /* as messages name it */
    const char *sheet;
    const char *encoding;
    char delimiter;
    enum csv_line_ends line_ends;
    int64_t header_line;  /* IMPORT_NO_HEADER where there is none */
    int64_t passed_lines; /* physical lines above the header that hold text */
    int64_t rows_seen;
    bool is_whole; /* all rows were looked at, not only the first */
    const struct import_found_column *columns;
    int column_count;
};

/* Appends what was found, a line each, for people. */
void import_found_print(const struct import_found *found, struct buffer *out);

#endif
