/* The chain of batches: the hash that each one holds over the one before and itself. */
#ifndef CLAUSE5_STORE_CHAIN_H
#define CLAUSE5_STORE_CHAIN_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/store/batch.h"
#include "clause5/store/history.h"
#include "store/digest.h"

/* One row of c5_batch. The texts belong to whoever filled it. */
struct chain_link {
    int64_t number;
    enum batch_kind kind;
    int64_t undoes; /* 0: none */
    const char *time, *actor, *label;
    const char *clock_set; /* NULL: none */
    struct digest parent;
    bool has_merged;
    struct digest merged; /* the second parent of a merge */
    struct digest hash;
    struct content content; /* after the batch */
};

/* The columns that chain_take reads, in its order, for a SELECT from c5_batch. */
#define CHAIN_COLUMNS                                                                              \
    "number, kind, undoes, time, actor, label, clock_set, parent, merged, hash, digest, row_count"
enum { CHAIN_COLUMN_COUNT = 12 };

/* Reads the link that STATEMENT stands on, selected with CHAIN_COLUMNS; its texts live until the
 * statement moves. False where a column cannot be what a batch has. */
bool chain_take(sqlite3_stmt *statement, struct chain_link *link);

/* Reads hash and content of the newest link, and its number; all zero in a workbook without
 * history. */
bool chain_read_newest(struct workbook *workbook, struct chain_link *link, struct fault *fault);

/* Where a link stands: in c5_batch; in c5_other_batch, as one of a copy that was merged; or nowhere
 * yet, with what it does to the other copy, where it is a merge, in the TEMP table c5_second. */
enum chain_place { CHAIN_OWN, CHAIN_OTHER, CHAIN_OPEN };

/* Works the hash of a link out from its own fields and the rows of its changes. */
bool chain_hash(struct workbook *workbook, const struct chain_link *link, enum chain_place place,
                struct digest *hash, struct fault *fault);

/* Appends the link as a row of c5_batch. */
bool chain_append(struct workbook *workbook, const struct chain_link *link, struct fault *fault);

/* Begins to read the rows of c5_change of a batch, by register and first id: register, first_id,
 * last_id, touch, before, after. NULL with the fault; the caller finalizes. */
sqlite3_stmt *chain_open_changes(struct workbook *workbook, int64_t batch, struct fault *fault);

/* The same with a statement that is kept, so that walking over many batches costs no preparing: the
 * caller resets it, and walks only one batch at a time. */
sqlite3_stmt *chain_keep_changes(struct workbook *workbook, int64_t batch, struct fault *fault);

/* The same for a batch of another copy, and for what a merge of either did to the other copy, by
 * the hash of the batch. */
sqlite3_stmt *chain_open_other_changes(struct workbook *workbook, const struct digest *batch,
                                       struct fault *fault);
sqlite3_stmt *chain_open_merge_changes(struct workbook *workbook, const struct digest *batch,
                                       struct fault *fault);

/* Steps to the next of them: 1 a row, 0 the end, -1 with the fault. */
int chain_step_changes(struct workbook *workbook, sqlite3_stmt *changes, struct fault *fault);

/* The word of c5_change.touch. */
const char *chain_touch_word(enum touch touch);

/* Find the enum of a word; false where it is none of them. */
bool chain_find_kind(const char *word, enum batch_kind *kind);
bool chain_find_touch(const char *word, enum touch *touch);

#endif
