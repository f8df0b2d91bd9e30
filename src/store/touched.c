/* Owns the TEMP table c5_touched; knows nothing of the history's own tables.
 *
 * A TEMP table and not memory: it may grow with the batch, SQLite spills it to an unlinked file,
 * and it goes back with the savepoints of the batch by itself. Only the newest range of inserted
 * ids of each register is held in memory, so that an insert costs a comparison. */
#include "store/touched.h"

#include <stdlib.h>
#include <string.h>

#include "store/database.h"
#include "store/state.h"

static bool put(struct workbook *workbook, const struct touched *touched, struct fault *fault) {
    sqlite3_stmt *statement = database_statement(
        workbook,
        "INSERT OR REPLACE INTO temp.c5_touched (register, first_id, last_id, touch, before) "
        "VALUES (?1, ?2, ?3, ?4, ?5)",
        fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int(statement, 1, (int)touched->register_id);
    sqlite3_bind_int64(statement, 2, touched->first_id);
    sqlite3_bind_int64(statement, 3, touched->last_id);
    sqlite3_bind_int(statement, 4, (int)touched->touch);
    if (touched->touch != TOUCH_INSERTED) {
        sqlite3_bind_blob64(statement, 5, touched->len_bytes > 0 ? touched->before : "",
                            touched->len_bytes, SQLITE_STATIC);
    }
    return database_finish(workbook, statement, fault, "note the change");
}

static bool put_range(struct workbook *workbook, enum register_id register_id,
                      struct id_range range, struct fault *fault) {
    const struct touched touched = {.register_id = register_id,
                                    .first_id = range.first,
                                    .last_id = range.last,
                                    .touch = TOUCH_INSERTED};
    return range.first > range.last || put(workbook, &touched, fault);
}

static bool drop(struct workbook *workbook, enum register_id register_id, int64_t first_id,
                 struct fault *fault) {
    sqlite3_stmt *statement = database_statement(
        workbook, "DELETE FROM temp.c5_touched WHERE register = ?1 AND first_id = ?2", fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int(statement, 1, (int)register_id);
    sqlite3_bind_int64(statement, 2, first_id);
    return database_finish(workbook, statement, fault, "note the change");
}

static bool flush_register(struct workbook *workbook, enum register_id register_id,
                           struct fault *fault) {
    struct id_range *newest = &workbook->batch.progress.newest[register_id];
    if (newest->first == 0) {
        return true;
    }
    bool good = put_range(workbook, register_id, *newest, fault);
    *newest = (struct id_range){0};
    return good;
}

bool touched_flush(struct workbook *workbook, struct fault *fault) {
    for (int i = 0; i < REGISTER_COUNT; i++) {
        if (!flush_register(workbook, (enum register_id)i, fault)) {
            return false;
        }
    }
    return true;
}

/* Reads the entry that the statement stands on; its bytes live until the statement moves. */
static struct touched entry_of(sqlite3_stmt *statement) {
    return (struct touched){.register_id = (enum register_id)sqlite3_column_int(statement, 0),
                            .first_id = sqlite3_column_int64(statement, 1),
                            .last_id = sqlite3_column_int64(statement, 2),
                            .touch = (enum touch)sqlite3_column_int(statement, 3),
                            .before = sqlite3_column_blob(statement, 4),
                            .len_bytes = (size_t)sqlite3_column_bytes(statement, 4)};
}

/* Finds what the batch did to the record. Where found, the bytes live until *STATEMENT is reset,
 * which the caller does. */
static enum lookup find(struct workbook *workbook, enum register_id register_id, int64_t id,
                        struct touched *touched, sqlite3_stmt **statement, struct fault *fault) {
    const struct batch_progress *progress = &workbook->batch.progress;
    const struct id_range *newest = &progress->newest[register_id];
    *statement = NULL;
    if (!progress->has_touched[register_id]) {
        return LOOKUP_NONE;
    }
    if (newest->first != 0 && newest->first <= id && id <= newest->last) {
        *touched = (struct touched){.register_id = register_id,
                                    .first_id = newest->first,
                                    .last_id = newest->last,
                                    .touch = TOUCH_INSERTED};
        return LOOKUP_FOUND;
    }
    *statement = database_statement(
        workbook,
        "SELECT register, first_id, last_id, touch, before FROM temp.c5_touched\n"
        " WHERE register = ?1 AND first_id <= ?2 ORDER BY first_id DESC LIMIT 1",
        fault);
    if (*statement == NULL) {
        return LOOKUP_FAULT;
    }
    sqlite3_bind_int(*statement, 1, (int)register_id);
    sqlite3_bind_int64(*statement, 2, id);
    int result = sqlite3_step(*statement);
    if (result == SQLITE_ROW) {
        *touched = entry_of(*statement);
        return touched->last_id >= id ? LOOKUP_FOUND : LOOKUP_NONE;
    }
    if (result != SQLITE_DONE) {
        database_fault(workbook, fault, "look for the change");
        return LOOKUP_FAULT;
    }
    return LOOKUP_NONE;
}

/* A record that comes back after it was deleted in the same batch has changed in every field that
 * differs; which those are shows at the commit. */
static bool revive(struct workbook *workbook, const struct touched *deleted, struct fault *fault) {
    const int count = register_describe(deleted->register_id)->field_count;
    const field_set all = (field_set)(((uint64_t)1 << count) - 1);
    struct value values[REGISTER_FIELDS_MOST] = {0};
    struct buffer image = {0};
    field_set set;
    bool good =
        image_read(deleted->register_id, deleted->before, deleted->len_bytes, values, &set, fault);
    if (good) {
        struct touched changed = *deleted;
        image_add_set(&image, deleted->register_id, values, all);
        changed.touch = TOUCH_CHANGED;
        changed.before = image.bytes;
        changed.len_bytes = image.len_bytes;
        good = put(workbook, &changed, fault);
    }
    values_free(values, count);
    buffer_free(&image);
    return good;
}

static bool extend_range(struct workbook *workbook, enum register_id register_id, int64_t id,
                         struct fault *fault) {
    struct id_range *newest = &workbook->batch.progress.newest[register_id];
    if (newest->first != 0 && newest->last + 1 == id) {
        newest->last = id;
        return true;
    }
    if (!flush_register(workbook, register_id, fault)) {
        return false;
    }
    *newest = (struct id_range){.first = id, .last = id};
    workbook->batch.progress.has_touched[register_id] = true;
    return true;
}

bool touched_insert(struct workbook *workbook, enum register_id register_id, int64_t id,
                    struct fault *fault) {
    const struct id_range *newest = &workbook->batch.progress.newest[register_id];
    struct touched touched;
    sqlite3_stmt *statement = NULL;
    enum lookup lookup = newest->first != 0 && newest->last + 1 == id &&
                                 workbook->batch.progress.next_id[register_id] == id + 1
                             ? LOOKUP_NONE
                             : find(workbook, register_id, id, &touched, &statement, fault);
    bool good = lookup != LOOKUP_FAULT;
    if (lookup == LOOKUP_FOUND && touched.touch == TOUCH_DELETED) {
        good = revive(workbook, &touched, fault);
    } else if (good) {
        good = extend_range(workbook, register_id, id, fault);
    }
    sqlite3_reset(statement);
    return good;
}

/* Writes the entry of a record that stood in the file before the batch: EARLIER, where not NULL, is
 * what the batch noted of it before, and knows the older values. */
static bool put_image(struct workbook *workbook, const struct record *before,
                      const struct touched *earlier, field_set changed, enum touch touch,
                      struct fault *fault) {
    const int count = register_describe(before->register_id)->field_count;
    struct value values[REGISTER_FIELDS_MOST];
    struct buffer image = {0};
    field_set noted = 0;
    values_copy(values, before->values, count);
    bool good = earlier == NULL || image_read(before->register_id, earlier->before,
                                              earlier->len_bytes, values, &noted, fault);
    if (good && touch == TOUCH_DELETED) {
        image_add_filled(&image, before->register_id, values);
    } else if (good) {
        image_add_set(&image, before->register_id, values, noted | changed);
    }
    if (good && (earlier == NULL || touch == TOUCH_DELETED || (changed & ~noted) != 0)) {
        good = put(workbook,
                   &(struct touched){.register_id = before->register_id,
                                     .first_id = before->id,
                                     .last_id = before->id,
                                     .touch = touch,
                                     .before = image.bytes,
                                     .len_bytes = image.len_bytes},
                   fault);
    }
    workbook->batch.progress.has_touched[before->register_id] = true;
    values_free(values, count);
    buffer_free(&image);
    return good;
}

bool touched_update(struct workbook *workbook, const struct record *before, field_set changed,
                    struct fault *fault) {
    struct touched earlier;
    sqlite3_stmt *statement;
    enum lookup lookup =
        find(workbook, before->register_id, before->id, &earlier, &statement, fault);
    bool good = lookup != LOOKUP_FAULT;
    if (good && !(lookup == LOOKUP_FOUND && earlier.touch == TOUCH_INSERTED)) {
        good = put_image(workbook, before, lookup == LOOKUP_FOUND ? &earlier : NULL, changed,
                         TOUCH_CHANGED, fault);
    }
    sqlite3_reset(statement);
    return good;
}

/* Takes one id out of the range of inserted ones that holds it. */
static bool cut_range(struct workbook *workbook, const struct touched *range, int64_t id,
                      struct fault *fault) {
    const enum register_id register_id = range->register_id;
    const struct id_range below = {.first = range->first_id, .last = id - 1};
    const struct id_range above = {.first = id + 1, .last = range->last_id};
    struct id_range *newest = &workbook->batch.progress.newest[register_id];
    if (newest->first == range->first_id) {
        *newest = (struct id_range){0};
    }
    return drop(workbook, register_id, below.first, fault) &&
           put_range(workbook, register_id, below, fault) &&
           put_range(workbook, register_id, above, fault);
}

bool touched_delete(struct workbook *workbook, const struct record *before, struct fault *fault) {
    struct touched earlier;
    sqlite3_stmt *statement;
    enum lookup lookup =
        find(workbook, before->register_id, before->id, &earlier, &statement, fault);
    bool good = lookup != LOOKUP_FAULT;
    if (lookup == LOOKUP_FOUND && earlier.touch == TOUCH_INSERTED) {
        sqlite3_reset(statement);
        return cut_range(workbook, &earlier, before->id, fault);
    }
    if (good) {
        good = put_image(workbook, before, lookup == LOOKUP_FOUND ? &earlier : NULL, 0,
                         TOUCH_DELETED, fault);
    }
    sqlite3_reset(statement);
    return good;
}

/* The entry behind (REGISTER_ID, ID), with a copy of its bytes in IMAGE. */
static enum lookup next_entry(struct workbook *workbook, enum register_id register_id, int64_t id,
                              struct touched *touched, struct buffer *image, struct fault *fault) {
    sqlite3_stmt *statement = database_statement(
        workbook,
        "SELECT register, first_id, last_id, touch, before FROM temp.c5_touched\n"
        " WHERE (register, first_id) > (?1, ?2) ORDER BY register, first_id LIMIT 1",
        fault);
    if (statement == NULL) {
        return LOOKUP_FAULT;
    }
    sqlite3_bind_int(statement, 1, (int)register_id);
    sqlite3_bind_int64(statement, 2, id);
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        *touched = entry_of(statement);
        buffer_clear(image);
        buffer_append(image, touched->before == NULL ? "" : touched->before, touched->len_bytes);
        touched->before = touched->touch == TOUCH_INSERTED ? NULL : image->bytes;
    } else if (result != SQLITE_DONE) {
        database_fault(workbook, fault, "read the changes");
    }
    sqlite3_reset(statement);
    return result == SQLITE_ROW ? LOOKUP_FOUND : result == SQLITE_DONE ? LOOKUP_NONE : LOOKUP_FAULT;
}

/* Widens RANGE by the ranges that follow it without a gap. */
static enum lookup join_ranges(struct workbook *workbook, struct touched *range,
                               struct touched *next, struct buffer *image, struct fault *fault) {
    enum lookup lookup;
    while ((lookup = next_entry(workbook, range->register_id, range->last_id, next, image,
                                fault)) == LOOKUP_FOUND &&
           next->touch == TOUCH_INSERTED && next->register_id == range->register_id &&
           next->first_id == range->last_id + 1) {
        range->last_id = next->last_id;
    }
    return lookup;
}

bool touched_visit(struct workbook *workbook, const struct touched_visitor *visitor,
                   struct fault *fault) {
    struct touched touched;
    struct touched next;
    struct buffer image = {0};
    struct buffer next_image = {0};
    enum lookup lookup = LOOKUP_FAULT;
    if (touched_flush(workbook, fault)) {
        lookup = next_entry(workbook, REGISTER_NONE, 0, &touched, &image, fault);
    }
    while (lookup == LOOKUP_FOUND) {
        if (touched.touch == TOUCH_INSERTED &&
            join_ranges(workbook, &touched, &next, &next_image, fault) == LOOKUP_FAULT) {
            lookup = LOOKUP_FAULT;
            break;
        }
        if (!visitor->visit(visitor->context, &touched, fault)) {
            lookup = fault->kind == FAULT_NONE ? LOOKUP_NONE : LOOKUP_FAULT;
            break;
        }
        lookup =
            next_entry(workbook, touched.register_id, touched.last_id, &touched, &image, fault);
    }
    buffer_free(&image);
    buffer_free(&next_image);
    return lookup != LOOKUP_FAULT;
}

bool touched_clear(struct workbook *workbook, struct fault *fault) {
    return database_run(workbook, "DELETE FROM temp.c5_touched", fault);
}
