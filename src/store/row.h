/* Rows of registers as they lie in the file: read and written without history. */
#ifndef CLAUSE5_STORE_ROW_H
#define CLAUSE5_STORE_ROW_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/base/fault.h"
#include "clause5/store/record.h"
#include "store/image.h"

/* Appends the names of all fields, quoted, with commas between. */
void row_add_columns(struct buffer *sql, enum register_id register_id);

/* Returns the register's statement of that kind, reset; NULL with the fault. ROW_SELECT reads the
 * fields by id at parameter 1; columns count from 0. */
sqlite3_stmt *row_select(struct workbook *workbook, enum register_id register_id,
                         struct fault *fault);

/* Reads the row of that id into VALUES, to be freed by the caller. */
enum lookup row_read(struct workbook *workbook, enum register_id register_id, int64_t id,
                     struct value *values, struct fault *fault);

/* Reads the fields of the row that STATEMENT stands on, from its column FIRST on. */
void row_take(sqlite3_stmt *statement, int first, enum register_id register_id,
              struct value *values);

/* What became of a write. ROW_ID_TAKEN: the id is in use; ROW_REPEATED: another row has the same
 * key or unique field; neither fills the fault and neither has written anything. */
enum row_result { ROW_FAULT, ROW_WRITTEN, ROW_ID_TAKEN, ROW_REPEATED };

enum row_result row_insert(struct workbook *workbook, enum register_id register_id, int64_t id,
                           const struct value *values, struct fault *fault);
/* Inserts ROWS_TOGETHER rows by one statement: VALUES holds the fields of one after the other.
 * Where a row cannot be written, those before it stay, so that the batch has to be given up. Not
 * for role and person, which are parties. */
enum { ROWS_TOGETHER = 32 };
enum row_result row_insert_together(struct workbook *workbook, enum register_id register_id,
                                    const int64_t *ids, const struct value *values,
                                    struct fault *fault);

enum row_result row_update(struct workbook *workbook, enum register_id register_id, int64_t id,
                           const struct value *values, field_set set, struct fault *fault);
bool row_delete(struct workbook *workbook, enum register_id register_id, int64_t id,
                struct fault *fault);

#endif
