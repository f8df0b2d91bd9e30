/* The tables, indexes and triggers of a workbook, and whether a file has exactly those. */
#ifndef CLAUSE5_STORE_SCHEMA_H
#define CLAUSE5_STORE_SCHEMA_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/store/workbook.h"

enum {
    SCHEMA_APPLICATION_ID = 0x43357762, /* "C5wb" */
    SCHEMA_VERSION = 1,
};

/* Makes everything in an empty file, inside the caller's transaction. */
bool schema_create(struct workbook *workbook, struct fault *fault);

/* Compares the whole sqlite_schema with what schema_create would make. What is planted, missing or
 * altered is a FAULT_FAILED that names it. */
bool schema_compare(struct workbook *workbook, struct fault *fault);

/* Drops the indexes of a register's table, and makes them again from the same texts. Where two rows
 * have the same key or unique field, making fails with SQLITE_CONSTRAINT_UNIQUE, which is then
 * SQLite's last error. */
bool schema_drop_indexes(struct workbook *workbook, enum register_id register_id,
                         struct fault *fault);
bool schema_make_indexes(struct workbook *workbook, enum register_id register_id,
                         struct fault *fault);

/* Makes the TEMP tables that batches and verification work in; they hold nothing between two. */
bool schema_create_temporary(struct workbook *workbook, struct fault *fault);

#endif
