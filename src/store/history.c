/* Owns the list of batches as people read it; knows nothing of writing them.
 *
 * The format of the history, which every workbook carries:
 *
 * Each batch is one row of c5_batch: its number (1 is the first, no number is left out), its kind
 * (edit, undo, redo, merge, founding), for an undo or redo the number that it takes back, time
 * (UTC, milliseconds), actor, label, the set day where CLAUSE5_TODAY was in force, and three
 * results:
 *
 *   digest, row_count   the content after the batch: the sum modulo 2^256 of the digests of all
 * rows of all registers, as a big-endian number, and how many rows there are parent hash of the
 * batch before, 32 zero bytes in the first; merged: that of the other copy's newest batch, in a
 * merge only hash                the link of the chain, below
 *
 * What it did stands in c5_change, one row per (batch, register, first_id):
 *
 *   inserted   the rows first_id to last_id, without a gap; no values: the row and later befores
 *              rebuild them
 *   changed    one row: before holds the changed fields as they were, after the digest of the whole
 *              row as it became
 *   deleted    one row: before holds all its fields that were not empty
 *
 * The first touch within a batch decides: inserted and changed is inserted, inserted and deleted is
 * nothing, fields that end as they began are left out, and a batch of which nothing is left is not
 * written. Values before are images (image.c): name of the field, NUL, tag, length, value.
 *
 * The digest of a row is SHA-256 over the register's name, a NUL, the id in 8 bytes and the image
 * of all its fields that are not empty, in their described order.
 *
 * The hash of a batch is SHA-256 over the parts below. Numbers take 8 bytes; everything of variable
 * length is one byte 1, its length in 4 bytes and its bytes, or five bytes 0 where it is NULL; all
 * numbers are big-endian.
 *
 *   "clause5 batch", parent (32 bytes bare), number, kind, undoes (0: none), time, actor, label,
 *   clock_set, merged; for each row of c5_change in order of register and first_id: register,
 *   first_id, last_id, touch, before, after; then NULL; in a merge the same for each row of
 *   c5_merge_change, and NULL; then digest (32 bytes bare) and row_count.
 *
 * A merge has two parents: the batch before it and, in merged, the newest batch of the other copy.
 * Its rows in c5_change lead from the first to its content, those in c5_merge_change, under its
 * hash, from the second. What the other copy did that this one did not know lies in c5_other_batch
 * and c5_other_change, under the hashes of its batches, with what its own merges did in
 * c5_merge_change: so every batch that a merge ever led to can be hashed anew, and walked back to.
 *
 * A batch stands unless a standing undo takes it back; an undo stands unless a redo takes it back.
 * A redo is never taken back itself: the batch that it did again is. */
#include "clause5/store/history.h"

#include <stdio.h>

#include "clause5/base/clock.h"
#include "store/chain.h"
#include "store/database.h"
#include "store/standing.h"
#include "store/state.h"

bool history_head(struct workbook *workbook, char head[HISTORY_HEAD_SIZE], struct fault *fault) {
    struct chain_link newest;
    if (!chain_read_newest(workbook, &newest, fault)) {
        return false;
    }
    for (int i = 0; i < DIGEST_SIZE; i++) {
        snprintf(head + 2 * (size_t)i, 3, "%02x", newest.hash.bytes[i]);
    }
    return true;
}

bool history_batch_day(const struct history_batch *batch, date_days *day) {
    int64_t ms;
    if (batch->clock_set != NULL) {
        return date_parse(batch->clock_set, day);
    }
    if (batch->time == NULL || !clock_parse_stamp(batch->time, &ms)) {
        return false;
    }
    *day = clock_local_day(ms);
    return true;
}

/* Reads the batch that STATEMENT stands on; false where it is none that this program writes. */
static bool take_batch(sqlite3_stmt *statement, struct history_batch *batch) {
    struct chain_link link;
    bool is_good = chain_take(statement, &link);
    *batch = (struct history_batch){.number = link.number,
                                    .kind = link.kind,
                                    .time = link.time,
                                    .actor = link.actor,
                                    .label = link.label,
                                    .clock_set = link.clock_set,
                                    .records = sqlite3_column_int64(statement, CHAIN_COLUMN_COUNT),
                                    .is_undone =
                                        sqlite3_column_int(statement, CHAIN_COLUMN_COUNT + 1) != 0};
    return is_good;
}

/* Steps through batches, selected with CHAIN_COLUMNS, how many records each touched, and whether it
 * is taken back; finalizes the statement. */
static bool visit_all(struct workbook *workbook, sqlite3_stmt *statement,
                      const struct history_visitor *visitor, struct fault *fault) {
    struct history_batch batch;
    int result = SQLITE_ERROR;
    bool wants_more = true;
    while (wants_more && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        if (!take_batch(statement, &batch)) {
            fault_set(fault, FAULT_FAILED,
                      "%s: entry %lld of its history cannot be read: restore a backup",
                      workbook->path, (long long)batch.number);
            break;
        }
        wants_more = visitor->visit(visitor->context, &batch);
    }
    if (wants_more && result != SQLITE_DONE && result != SQLITE_ROW) {
        database_fault(workbook, fault, "read its history");
    }
    sqlite3_finalize(statement);
    return !wants_more || result == SQLITE_DONE;
}

bool history_visit(struct workbook *workbook, int64_t before, const struct history_visitor *visitor,
                   struct fault *fault) {
    sqlite3_stmt *statement = database_prepare(
        workbook,
        "SELECT " CHAIN_COLUMNS ",\n"
        "       (SELECT total(last_id - first_id + 1) FROM main.c5_change\n"
        "         WHERE c5_change.batch = b.number),\n"
        "       " STANDING_IS_UNDONE "\n"
        "  FROM main.c5_batch AS b\n"
        " WHERE (?1 = 0 OR number < ?1) AND (?2 = 0 OR number <= ?2) ORDER BY number DESC",
        fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, before);
    sqlite3_bind_int64(statement, 2, workbook->past.batch);
    return visit_all(workbook, statement, visitor, fault);
}

/* Every batch of another copy that the merges of the given condition led to. */
#define LED_TO(name, condition)                                                                    \
    name "(hash) AS (\n"                                                                           \
         "    SELECT merged FROM main.c5_batch WHERE merged IS NOT NULL AND " condition "\n"       \
         "    UNION\n"                                                                             \
         "    SELECT p.hash FROM " name " AS l\n"                                                  \
         "      JOIN main.c5_other_batch AS o ON o.hash = l.hash\n"                                \
         "      JOIN main.c5_other_batch AS p ON p.hash = o.parent OR p.hash = o.merged)"

bool history_visit_merged(struct workbook *workbook, int64_t batch,
                          const struct history_visitor *visitor, struct fault *fault) {
    sqlite3_stmt *statement = database_prepare(
        workbook,
        "WITH RECURSIVE\n" LED_TO("brought", "number = ?1") ",\n" LED_TO(
            "known",
            "number < ?1") "\n"
                           "SELECT " CHAIN_COLUMNS ",\n"
                           "       (SELECT total(last_id - first_id + 1) FROM main.c5_other_change\n"
                           "         WHERE c5_other_change.batch = b.hash),\n"
                           "       0\n"
                           "  FROM main.c5_other_batch AS b\n"
                           " WHERE hash IN (SELECT hash FROM brought) AND hash NOT IN (SELECT hash FROM known)\n"
                           " ORDER BY time DESC, number DESC",
        fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, batch);
    return visit_all(workbook, statement, visitor, fault);
}
