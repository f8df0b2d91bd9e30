/* Older workbooks become today's, step by step. */
#ifndef CLAUSE5_STORE_MIGRATION_H
#define CLAUSE5_STORE_MIGRATION_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

/* What makes a workbook of version TO - 1 into one of version TO. */
struct migration_step {
    int to;
    const char *sql;
};

/* The steps in ascending order, closed by one whose SQL is NULL. */
extern const struct migration_step migration_steps[];

/* Runs the steps from the file's version up to TARGET, each in a transaction of its own with its
 * user_version, after a copy of the file to FILE.before-TARGET (-2 and so on behind it where that
 * is taken). A fault leaves the last whole step standing and the copy where it is. FAULT_FAILED
 * where there is no way from the file's version. */
bool migration_run(struct workbook *workbook, const struct migration_step *steps, int target,
                   struct fault *fault);

/* Reads user_version. */
bool migration_read_version(struct workbook *workbook, int *version, struct fault *fault);

/* Writes a copy of the open file to COPY, mode 0600, durable before it returns; what is there
 * already is never replaced. */
bool migration_copy_aside(struct workbook *workbook, const char *copy, struct fault *fault);

/* Removes a copy that is of no use, with the journal that a disk that failed left beside it. */
void migration_drop_copy(const char *copy);

#endif
