/* Owns taking batches back and doing them again: a new batch that restores the values before. Knows
 * nothing of how batches are written.
 *
 * A batch is turned round in three passes, so that rows never stand in each other's way: first the
 * inserted rows go, and rows whose key or unique fields change are lifted out of their tables; then
 * deleted rows come back under their old ids and other fields are restored; at last the lifted rows
 * are put back. Their values after wait in the TEMP table c5_lifted. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/history.h"
#include "store/batching.h"
#include "store/chain.h"
#include "store/database.h"
#include "store/row.h"
#include "store/standing.h"
#include "store/state.h"

/* One row of c5_change, and the workbook that it is turned round in. */
struct change {
    struct workbook *workbook;
    enum register_id register_id;
    int64_t first_id, last_id;
    enum touch touch;
    const void *before;
    size_t len_bytes;
};

static bool take_change(sqlite3_stmt *statement, struct workbook *workbook, struct change *change,
                        struct fault *fault) {
    const char *name = database_text(statement, 0);
    *change = (struct change){.workbook = workbook,
                              .register_id = name == NULL ? REGISTER_NONE : register_find(name),
                              .first_id = sqlite3_column_int64(statement, 1),
                              .last_id = sqlite3_column_int64(statement, 2),
                              .before = sqlite3_column_blob(statement, 4),
                              .len_bytes = (size_t)sqlite3_column_bytes(statement, 4)};
    if (change->register_id == REGISTER_NONE ||
        !chain_find_touch(database_text(statement, 3), &change->touch)) {
        return fault_set(fault, FAULT_FAILED, "%s: its history cannot be read: restore a backup",
                         workbook->path);
    }
    return true;
}

/* The fields that a unique index watches. */
static field_set indexed_fields(enum register_id register_id) {
    const struct register_description *description = register_describe(register_id);
    field_set set = 0;
    for (int i = 0; i < description->field_count; i++) {
        if (description->fields[i].flags & FIELD_UNIQUE || register_is_key_field(register_id, i)) {
            set |= (field_set)1 << i;
        }
    }
    return set;
}

/* Loads the changed record into NOW, and into THEN as it was before. Both are freed by the caller,
 * also after a fault. */
static bool load_both(const struct change *change, struct record *now, struct record *then,
                      field_set *changed, struct fault *fault) {
    *then = (struct record){.register_id = change->register_id, .id = change->first_id};
    enum lookup lookup =
        record_load(change->workbook, change->register_id, change->first_id, now, fault);
    if (lookup != LOOKUP_FOUND) {
        return lookup == LOOKUP_NONE &&
               fault_set(fault, FAULT_REFUSED, "a record of %s that it changed is gone",
                         register_describe(change->register_id)->label);
    }
    values_copy(then->values, now->values, register_describe(change->register_id)->field_count);
    return image_read(change->register_id, change->before, change->len_bytes, then->values, changed,
                      fault);
}

static bool keep_lifted(const struct record *then, struct workbook *workbook, struct fault *fault) {
    struct buffer image = {0};
    sqlite3_stmt *statement = database_statement(
        workbook, "INSERT INTO temp.c5_lifted (register, id, image) VALUES (?1, ?2, ?3)", fault);
    if (statement == NULL) {
        return false;
    }
    image_add_filled(&image, then->register_id, then->values);
    sqlite3_bind_int(statement, 1, (int)then->register_id);
    sqlite3_bind_int64(statement, 2, then->id);
    sqlite3_bind_blob64(statement, 3, image.bytes, image.len_bytes, SQLITE_STATIC);
    bool good = database_finish(workbook, statement, fault, "take it back");
    buffer_free(&image);
    return good;
}

/* First pass: makes room. */
static bool clear_change(const struct change *change, struct fault *fault) {
    struct record now;
    struct record then;
    field_set changed = 0;
    if (change->touch == TOUCH_INSERTED) {
        bool good = true;
        for (int64_t id = change->first_id; id <= change->last_id && good; id++) {
            good = batch_delete(change->workbook, change->register_id, id, fault);
        }
        return good;
    }
    if (change->touch == TOUCH_DELETED) {
        return true;
    }
    bool good = load_both(change, &now, &then, &changed, fault);
    if (good && (changed & indexed_fields(change->register_id)) != 0) {
        good = batch_lift(change->workbook, &now, changed, fault) &&
               keep_lifted(&then, change->workbook, fault);
    }
    record_free(&now);
    record_free(&then);
    return good;
}

static bool restore_deleted(const struct change *change, struct fault *fault) {
    struct record then = {.register_id = change->register_id, .id = change->first_id};
    field_set filled;
    bool good = image_read(change->register_id, change->before, change->len_bytes, then.values,
                           &filled, fault) &&
                batch_insert(change->workbook, change->register_id, then.values, &then.id, fault);
    record_free(&then);
    return good;
}

/* True where the change concerns a field that a unique index watches: the row was lifted. */
static bool is_lifted(const struct change *change, bool *lifted, struct fault *fault) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    field_set changed = 0;
    bool good =
        image_read(change->register_id, change->before, change->len_bytes, values, &changed, fault);
    values_free(values, REGISTER_FIELDS_MOST);
    *lifted = (changed & indexed_fields(change->register_id)) != 0;
    return good;
}

/* Second pass: restores what does not have to pass anything. */
static bool restore_change(const struct change *change, struct fault *fault) {
    struct record now;
    struct record then;
    field_set changed;
    bool lifted = false;
    if (change->touch == TOUCH_DELETED) {
        return restore_deleted(change, fault);
    }
    if (change->touch == TOUCH_INSERTED || !is_lifted(change, &lifted, fault)) {
        return change->touch == TOUCH_INSERTED;
    }
    if (lifted) {
        return true;
    }
    bool good =
        load_both(change, &now, &then, &changed, fault) &&
        batch_update(change->workbook, change->register_id, change->first_id, then.values, fault);
    record_free(&now);
    record_free(&then);
    return good;
}

/* Runs one pass over the changes of a batch. */
static bool run_pass(struct workbook *workbook, int64_t batch,
                     bool (*pass)(const struct change *change, struct fault *fault),
                     struct fault *fault) {
    struct change change;
    sqlite3_stmt *changes = chain_open_changes(workbook, batch, fault);
    bool good = changes != NULL;
    int step = 0;
    while (good && (step = chain_step_changes(workbook, changes, fault)) == 1) {
        good = take_change(changes, workbook, &change, fault) && pass(&change, fault);
    }
    sqlite3_finalize(changes);
    return good && step == 0;
}

/* Third pass: puts the lifted rows back. */
static bool put_lifted_back(struct workbook *workbook, struct fault *fault) {
    int result = SQLITE_ERROR;
    bool good = true;
    sqlite3_stmt *statement = database_prepare(
        workbook, "SELECT register, id, image FROM temp.c5_lifted ORDER BY register, id", fault);
    while (good && statement != NULL && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        struct record then = {.register_id = (enum register_id)sqlite3_column_int(statement, 0),
                              .id = sqlite3_column_int64(statement, 1)};
        field_set filled;
        good =
            image_read(then.register_id, sqlite3_column_blob(statement, 2),
                       (size_t)sqlite3_column_bytes(statement, 2), then.values, &filled, fault) &&
            batch_put_back(workbook, &then, fault);
        record_free(&then);
    }
    if (good && statement != NULL && result != SQLITE_DONE) {
        database_fault(workbook, fault, "take it back");
    }
    sqlite3_finalize(statement);
    return good && result == SQLITE_DONE &&
           database_run(workbook, "DELETE FROM temp.c5_lifted", fault);
}

/* A batch to be taken back, or an undo to be taken back by a redo. */
struct candidate {
    int64_t number; /* 0: none */
    enum batch_kind kind;
    bool is_undone;
    char *label; /* owned; of the batch that people made, also for an undo */
};

static bool take_back(struct workbook *workbook, const struct candidate *candidate,
                      struct fault *fault) {
    const bool is_redo = candidate->kind == BATCH_UNDO;
    struct buffer label = {0};
    buffer_addf(&label, "%s: %s", is_redo ? "redo" : "undo", candidate->label);
    bool good = batch_begin_as(workbook, is_redo ? BATCH_REDO : BATCH_UNDO, candidate->number,
                               label.bytes, fault);
    if (good) {
        workbook->batch.keeps_empty = true; /* what is taken back may be a merge without a change */
    }
    good = good && run_pass(workbook, candidate->number, clear_change, fault) &&
           run_pass(workbook, candidate->number, restore_change, fault) &&
           put_lifted_back(workbook, fault) && batch_commit(workbook, fault);
    if (!good) {
        batch_abandon(workbook);
    }
    buffer_free(&label);
    return good || fault_prefix(fault, "\"%s\" cannot be %s", candidate->label,
                                is_redo ? "done again" : "taken back");
}

/* Reads the candidate that the SQL selects: number, kind word, is undone, label. */
static bool find_candidate(struct workbook *workbook, const char *sql, int64_t parameter,
                           struct candidate *candidate, struct fault *fault) {
    sqlite3_stmt *statement = database_statement(workbook, sql, fault);
    *candidate = (struct candidate){0};
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, parameter);
    int result = sqlite3_step(statement);
    bool good = result == SQLITE_DONE;
    if (result == SQLITE_ROW) {
        const char *label = database_text(statement, 3);
        candidate->number = sqlite3_column_int64(statement, 0);
        candidate->is_undone = sqlite3_column_int(statement, 2) != 0;
        candidate->label = memory_copy_text(label == NULL ? "" : label);
        good = chain_find_kind(database_text(statement, 1), &candidate->kind) ||
               fault_set(fault, FAULT_FAILED, "%s: its history cannot be read: restore a backup",
                         workbook->path);
    } else if (!good) {
        database_fault(workbook, fault, "read its history");
    }
    sqlite3_reset(statement);
    return good;
}

static bool step_history(struct workbook *workbook, const char *sql, char **label,
                         struct fault *fault) {
    struct candidate candidate;
    *label = NULL;
    bool good = find_candidate(workbook, sql, 0, &candidate, fault) &&
                (candidate.number == 0 || take_back(workbook, &candidate, fault));
    if (good) {
        *label = candidate.label;
    } else {
        free(candidate.label);
    }
    return good;
}

bool history_undo(struct workbook *workbook, char **label, struct fault *fault) {
    return step_history(workbook,
                        "SELECT number, kind, 0, label FROM main.c5_batch AS b\n"
                        " WHERE kind IN ('edit', 'merge') AND NOT " STANDING_IS_UNDONE "\n"
                        " ORDER BY number DESC LIMIT 1",
                        label, fault);
}

bool history_redo(struct workbook *workbook, char **label, struct fault *fault) {
    /* Any new edit ends what can be done again. */
    return step_history(workbook,
                        "SELECT number, kind, 0,\n"
                        "       (SELECT label FROM main.c5_batch AS o WHERE o.number = b.undoes)\n"
                        "  FROM main.c5_batch AS b\n"
                        " WHERE kind = 'undo' AND NOT " STANDING_IS_UNDONE "\n"
                        "   AND number > coalesce((SELECT max(number) FROM main.c5_batch\n"
                        "                           WHERE kind NOT IN ('undo', 'redo')), 0)\n"
                        " ORDER BY number DESC LIMIT 1",
                        label, fault);
}

/* True where both only changed the record, and no field of it is the same. */
static bool are_apart(const struct change *a, const struct change *b) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    struct fault unread = {0};
    field_set of_a = 0;
    field_set of_b = 0;
    bool apart = a->touch == TOUCH_CHANGED && b->touch == TOUCH_CHANGED &&
                 image_read(a->register_id, a->before, a->len_bytes, values, &of_a, &unread) &&
                 image_read(b->register_id, b->before, b->len_bytes, values, &of_b, &unread) &&
                 (of_a & of_b) == 0;
    values_free(values, REGISTER_FIELDS_MOST);
    fault_clear(&unread);
    return apart;
}

static bool refuse_overlap(const struct change *change, const char *later_label, int64_t later,
                           struct fault *fault) {
    struct buffer key = {0};
    struct fault unread = {0};
    record_print_key_of(change->workbook, change->register_id, change->first_id, &key, &unread);
    fault_clear(&unread);
    fault_set(fault, FAULT_REFUSED,
              "\"%s\" (batch %lld) came later and stands on the same %s %s; take that back first",
              later_label, (long long)later, register_describe(change->register_id)->singular,
              buffer_text(&key));
    buffer_free(&key);
    return false;
}

/* Compares one later change with the one of the batch that it could lie on: the ranges of a batch
 * do not meet, so it is the last that begins before its end. */
static bool check_overlap(struct workbook *workbook, int64_t batch, sqlite3_stmt *later_row,
                          struct fault *fault) {
    struct change later;
    struct change earlier;
    sqlite3_stmt *statement =
        database_statement(workbook,
                           "SELECT register, first_id, last_id, touch, before FROM main.c5_change\n"
                           " WHERE batch = ?1 AND register = ?2 AND first_id <= ?3\n"
                           " ORDER BY first_id DESC LIMIT 1",
                           fault);
    if (statement == NULL || !take_change(later_row, workbook, &later, fault)) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, batch);
    sqlite3_bind_text(statement, 2, register_describe(later.register_id)->name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, later.last_id);
    int result = sqlite3_step(statement);
    bool good = result == SQLITE_DONE;
    if (result == SQLITE_ROW) {
        good = take_change(statement, workbook, &earlier, fault) &&
               (earlier.last_id < later.first_id || are_apart(&earlier, &later) ||
                refuse_overlap(&later, database_text(later_row, 5),
                               sqlite3_column_int64(later_row, 6), fault));
    } else if (!good) {
        database_fault(workbook, fault, "read its history");
    }
    sqlite3_reset(statement);
    return good;
}

/* Sees that no later batch that stands lies on what the batch did. Undos and redos cancel each
 * other and what they turn round, so they do not count. */
static bool check_nothing_on_top(struct workbook *workbook, int64_t batch, struct fault *fault) {
    int result = SQLITE_ERROR;
    bool good = true;
    sqlite3_stmt *statement = database_prepare(
        workbook,
        "SELECT c.register, c.first_id, c.last_id, c.touch, c.before, b.label, b.number\n"
        "  FROM main.c5_batch AS b JOIN main.c5_change AS c ON c.batch = b.number\n"
        " WHERE b.number > ?1 AND b.kind NOT IN ('undo', 'redo')\n"
        "   AND NOT " STANDING_IS_UNDONE "\n"
        " ORDER BY b.number DESC",
        fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, batch);
    while (good && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        good = check_overlap(workbook, batch, statement, fault);
    }
    if (good && result != SQLITE_DONE) {
        good = database_fault(workbook, fault, "read its history");
    }
    sqlite3_finalize(statement);
    return good;
}

/* Refuses a batch that touched lines of a round that was closed since: closing stands on them all.
 * A batch that wrote the closed round itself takes it back with them. */
static bool check_rounds(struct workbook *workbook, int64_t batch, struct fault *fault) {
    sqlite3_stmt *statement =
        database_statement(workbook,
                           "SELECT a.ref FROM main.c5_change AS c\n"
                           "  JOIN main.assessment AS s ON s.id BETWEEN c.first_id AND c.last_id\n"
                           "  JOIN main.audit AS a ON a.id = s.audit AND a.closed_on IS NOT NULL\n"
                           " WHERE c.batch = ?1 AND c.register = 'assessment'\n"
                           "   AND NOT EXISTS (SELECT 1 FROM main.c5_change AS own\n"
                           "                    WHERE own.batch = ?1 AND own.register = 'audit'\n"
                           "                      AND a.id BETWEEN own.first_id AND own.last_id)\n"
                           " LIMIT 1",
                           fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, batch);
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        fault_set(
            fault, FAULT_REFUSED,
            "it changed the round %s, which was closed since: reopen that first, with a reason",
            (const char *)sqlite3_column_text(statement, 0));
    } else if (result != SQLITE_DONE) {
        database_fault(workbook, fault, "read its rounds");
    }
    sqlite3_reset(statement);
    return result == SQLITE_DONE;
}

/* Refuses what cannot be taken back whatever stands on it. */
static bool check_kind(const struct candidate *candidate, int64_t batch, struct fault *fault) {
    if (candidate->number == 0) {
        return fault_set(fault, FAULT_REFUSED, "there is no batch %lld", (long long)batch);
    }
    if (candidate->is_undone) {
        return fault_set(fault, FAULT_REFUSED, "\"%s\" is taken back already", candidate->label);
    }
    if (candidate->kind == BATCH_FOUNDING) {
        return fault_set(fault, FAULT_REFUSED, "\"%s\" made the workbook and cannot be taken back",
                         candidate->label);
    }
    if (candidate->kind == BATCH_REDO) {
        return fault_set(fault, FAULT_REFUSED,
                         "\"%s\" did a batch again: take that batch itself back", candidate->label);
    }
    return true;
}

bool history_undo_batch(struct workbook *workbook, int64_t batch, struct fault *fault) {
    struct candidate candidate;
    bool good = find_candidate(workbook,
                               "SELECT number, kind, " STANDING_IS_UNDONE ",\n"
                               "       coalesce((SELECT label FROM main.c5_batch AS o\n"
                               "                  WHERE o.number = b.undoes), label)\n"
                               "  FROM main.c5_batch AS b WHERE number = ?1",
                               batch, &candidate, fault) &&
                check_kind(&candidate, batch, fault) &&
                check_nothing_on_top(workbook, batch, fault) &&
                check_rounds(workbook, batch, fault) && take_back(workbook, &candidate, fault);
    free(candidate.label);
    return good;
}
