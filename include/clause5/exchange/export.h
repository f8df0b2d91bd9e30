/* Giving registers as CSV: RFC 4180, UTF-8, CRLF, references as keys, rows in the order of their
 * keys (product.md, Command line). */
#ifndef CLAUSE5_EXCHANGE_EXPORT_H
#define CLAUSE5_EXCHANGE_EXPORT_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

struct export_plan {
    const char *sheet; /* a register's name, or "raci"; not looked at by export_folder */
    const char *path;  /* the file; NULL or "-": standard output. For export_folder the
                          folder, which is made where it is missing */
    char delimiter;    /* 0: comma */
    bool has_byte_order_mark;
    bool is_exact; /* cells that look like formulas stay bare */
};

/* Writes one sheet. policy and objective have their joined columns at the end, raci is the matrix.
 * A file is written beside its final name and renamed. False with the fault. */
bool export_sheet(struct workbook *workbook, const struct export_plan *plan, struct fault *fault);

/* Writes every register as REGISTER.csv, empty ones with their header, the columns exactly those of
 * registers.tsv. */
bool export_folder(struct workbook *workbook, const struct export_plan *plan, struct fault *fault);

#endif
