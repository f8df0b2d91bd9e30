/* What batch.c gives to the other files of this room. */
#ifndef CLAUSE5_STORE_BATCHING_H
#define CLAUSE5_STORE_BATCHING_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/store/batch.h"
#include "clause5/store/history.h"
#include "store/image.h"

/* Begins the batch that takes UNDOES back (BATCH_UNDO) or does again what it took back
 * (BATCH_REDO). */
bool batch_begin_as(struct workbook *workbook, enum batch_kind kind, int64_t undoes,
                    const char *label, struct fault *fault);

/* Takes the row out of its table with history and digests as for an update of CHANGED fields, but
 * without writing the new one: batch_put_back does, under the same id. Between the two, rows can
 * pass each other under a unique index. */
bool batch_lift(struct workbook *workbook, const struct record *before, field_set changed,
                struct fault *fault);
bool batch_put_back(struct workbook *workbook, const struct record *after, struct fault *fault);

/* Fills the refusal of a row that another one stands in the way of: the key or the unique field
 * that is repeated. */
bool refuse_repeated(struct workbook *workbook, enum register_id register_id, int64_t id,
                     const struct value *values, struct fault *fault);

/* Fills the refusal of a commit that would leave a reference leading nowhere. */
bool refuse_dangling(struct workbook *workbook, struct fault *fault);

/* Writes c5_change and c5_batch for what was touched; *IS_EMPTY where nothing was in the end. */
bool commit_write_history(struct workbook *workbook, bool *is_empty, struct fault *fault);

#endif
