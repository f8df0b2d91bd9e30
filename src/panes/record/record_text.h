/* Records in words: cells, names, columns. */
#ifndef CLAUSE5_PANES_RECORD_TEXT_H
#define CLAUSE5_PANES_RECORD_TEXT_H

#include "clause5/base/buffer.h"
#include "clause5/screen/list.h"
#include "clause5/store/record.h"

/* Appends a field of a record as people read it; what cannot be read is said in its place. */
void record_text_cell(struct workbook *workbook, const struct record *record, int field,
                      struct buffer *out);

/* Appends "policy POL-001". */
void record_text_name(struct workbook *workbook, const struct record *record, struct buffer *out);

/* Appends the key, or "-" for the workbook's own row. */
void record_text_key(struct workbook *workbook, const struct record *record, struct buffer *out);

/* Fills COLUMNS with the fields of a register that a list shows, all but long texts, and FIELDS
 * with their indexes; returns how many. Key parts come first and stay longest on narrow screens. */
size_t record_text_columns(enum register_id register_id,
                           struct list_column columns[REGISTER_FIELDS_MOST],
                           int fields[REGISTER_FIELDS_MOST]);

#endif
