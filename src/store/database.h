/* The one place where the files of this room meet SQLite: the handle, prepared statements, faults.
 */
#ifndef CLAUSE5_STORE_DATABASE_H
#define CLAUSE5_STORE_DATABASE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"
#include "clause5/store/workbook.h"

/* Returns the connection; owned by the workbook. */
sqlite3 *database_of(const struct workbook *workbook);

/* Prepares one statement; NULL with the fault. The caller finalises it. */
sqlite3_stmt *database_prepare(struct workbook *workbook, const char *sql, struct fault *fault);

/* Returns a statement prepared once for this text and kept with the workbook, reset and with its
 * bindings cleared; NULL with the fault. The caller resets it when done and never finalises it. Not
 * to be used while it is still stepping. */
sqlite3_stmt *database_statement(struct workbook *workbook, const char *sql, struct fault *fault);

/* Finalises every kept statement, before the connection closes or the schema changes. */
void database_drop_statements(struct workbook *workbook);

/* Runs statements that give no rows. */
bool database_run(struct workbook *workbook, const char *sql, struct fault *fault);

/* Begins a transaction with SQL, after rolling back what an earlier failure left standing. */
bool database_begin(struct workbook *workbook, const char *sql, struct fault *fault);

/* Rolls back where a transaction stands. The statement was prepared when the file was opened, since
 * the reason may be lost memory. What cannot be rolled back now is by the next database_begin; in a
 * file that is closed first, by the next opening. */
bool database_roll_back(struct workbook *workbook);

/* Steps a bound statement that gives no rows to its end and resets it. */
bool database_finish(struct workbook *workbook, sqlite3_stmt *statement, struct fault *fault,
                     const char *while_doing);

/* Reads the first column of the first row; 0 where there is no row or it is NULL. */
bool database_read_whole(struct workbook *workbook, const char *sql, int64_t *whole,
                         struct fault *fault);

/* Fills the fault from SQLite's last error in words for people (disk full, locked, damaged,
 * read-only, stopped ...); WHILE says what was being done ("read policy"). Returns false. */
bool database_fault(const struct workbook *workbook, struct fault *fault, const char *while_doing);

/* The same for a primary result code that was got another way. */
bool database_fault_of(const struct workbook *workbook, int code, struct fault *fault,
                       const char *while_doing);

/* Binds (texts are copied) and reads values at statement positions: parameters count from 1,
 * columns from 0. Like all that needs memory and has no other answer, both die where there is none.
 */
void database_bind(sqlite3_stmt *statement, int parameter, const struct value *value);

/* As database_bind, but texts are not copied: they must live until the statement has been stepped
 * to its end, and the parameter must be bound anew before it is stepped again. */
void database_bind_lent(sqlite3_stmt *statement, int parameter, const struct value *value);
struct value database_column(sqlite3_stmt *statement, int column);

/* Returns a column as text, NULL where it is NULL, valid until the next step. Dies where there is
 * no memory for it: NULL would pass for a field that is empty. */
const char *database_text(sqlite3_stmt *statement, int column);

#endif
