/* Owns what a batch did, field by field with old and new, as people read it; knows nothing of
 * writing. The new value of a field is rebuilt: from the row as it is, rolled back through every
 * later batch. */
#include <stdlib.h>

#include "clause5/store/history.h"
#include "clause5/store/record.h"
#include "store/chain.h"
#include "store/database.h"
#include "store/image.h"
#include "store/row.h"
#include "store/state.h"

/* The change that is being told, and to whom. */
struct telling {
    struct workbook *workbook;
    int64_t batch;
    const struct change_visitor *visitor;
    bool wants_more;
};

static bool unreadable(const struct workbook *workbook, struct fault *fault) {
    return fault_set(fault, FAULT_FAILED, "%s: its history cannot be read: restore a backup",
                     workbook->path);
}

/* Turns VALUES, as they are now, into what they were after BATCH. */
static bool roll_back(struct workbook *workbook, struct record *record, int64_t batch,
                      struct fault *fault) {
    int result = SQLITE_ERROR;
    bool good = true;
    sqlite3_stmt *statement = database_prepare(
        workbook,
        "SELECT touch, before FROM main.c5_change\n"
        " WHERE register = ?1 AND first_id = ?2 AND batch > ?3 AND touch <> 'inserted'\n"
        " ORDER BY batch DESC",
        fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_text(statement, 1, register_describe(record->register_id)->name, -1,
                      SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, record->id);
    sqlite3_bind_int64(statement, 3, batch);
    while (good && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        enum touch touch;
        field_set set;
        good = chain_find_touch(database_text(statement, 0), &touch) || unreadable(workbook, fault);
        if (touch == TOUCH_DELETED) {
            values_free(record->values, register_describe(record->register_id)->field_count);
        }
        good = good &&
               image_read(record->register_id, sqlite3_column_blob(statement, 1),
                          (size_t)sqlite3_column_bytes(statement, 1), record->values, &set, fault);
    }
    if (good && result != SQLITE_DONE) {
        good = database_fault(workbook, fault, "read its history");
    }
    sqlite3_finalize(statement);
    return good;
}

/* Fills RECORD with the newest values that the history knows of a deleted record. */
static enum lookup load_deleted(struct workbook *workbook, enum register_id register_id, int64_t id,
                                struct record *record, struct fault *fault) {
    field_set set;
    enum lookup lookup = LOOKUP_NONE;
    sqlite3_stmt *statement =
        database_statement(workbook,
                           "SELECT before FROM main.c5_change\n"
                           " WHERE register = ?1 AND first_id = ?2 AND touch = 'deleted'\n"
                           " ORDER BY batch DESC LIMIT 1",
                           fault);
    *record = (struct record){.register_id = register_id, .id = id};
    if (statement == NULL) {
        return LOOKUP_FAULT;
    }
    sqlite3_bind_text(statement, 1, register_describe(register_id)->name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, id);
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        lookup = image_read(register_id, sqlite3_column_blob(statement, 0),
                            (size_t)sqlite3_column_bytes(statement, 0), record->values, &set, fault)
                     ? LOOKUP_FOUND
                     : LOOKUP_FAULT;
    } else if (result != SQLITE_DONE) {
        database_fault(workbook, fault, "read its history");
        lookup = LOOKUP_FAULT;
    }
    sqlite3_reset(statement);
    return lookup;
}

static enum lookup load_known(struct workbook *workbook, enum register_id register_id, int64_t id,
                              struct record *record, struct fault *fault) {
    enum lookup lookup = record_load(workbook, register_id, id, record, fault);
    return lookup == LOOKUP_NONE ? load_deleted(workbook, register_id, id, record, fault) : lookup;
}

/* Appends the plain text of a record's single key: what a reference to it shows when it is gone. */
static bool print_gone(struct workbook *workbook, enum register_id register_id, int64_t id,
                       struct buffer *out, struct fault *fault) {
    struct record record;
    enum lookup lookup = load_deleted(workbook, register_id, id, &record, fault);
    if (lookup == LOOKUP_FOUND) {
        buffer_add(out, value_text(&record.values[register_describe(register_id)->key[0]]));
    }
    record_free(&record);
    return lookup != LOOKUP_FAULT;
}

static bool print_value(struct workbook *workbook, const struct field *field,
                        const struct value *value, struct buffer *out, struct fault *fault) {
    if (!record_print_value(workbook, field, value, out, fault)) {
        return false;
    }
    if (out->len_bytes > 0 || value->kind != VALUE_WHOLE) {
        return true;
    }
    if (field->type == FIELD_REFERENCE) {
        return print_gone(workbook, field->target, value->whole, out, fault);
    }
    return field->type != FIELD_PARTY ||
           (print_gone(workbook, REGISTER_ROLE, value->whole, out, fault) &&
            (out->len_bytes > 0 ||
             print_gone(workbook, REGISTER_PERSON, value->whole, out, fault)));
}

static bool print_known_key(struct workbook *workbook, enum register_id register_id, int64_t id,
                            struct buffer *out, struct fault *fault) {
    const struct register_description *description = register_describe(register_id);
    struct record record;
    enum lookup lookup = load_known(workbook, register_id, id, &record, fault);
    bool good = lookup != LOOKUP_FAULT;
    for (int i = 0; lookup == LOOKUP_FOUND && good && i < description->key_count; i++) {
        int field = description->key[i];
        struct buffer part = {0};
        good =
            print_value(workbook, &description->fields[field], &record.values[field], &part, fault);
        buffer_addf(out, "%s%s", i > 0 ? "/" : "", buffer_text(&part));
        buffer_free(&part);
    }
    record_free(&record);
    return good;
}

/* Tells one field of a record. */
static bool tell_field(struct telling *telling, const struct history_change *change,
                       const struct value *old_value, const struct value *new_value,
                       struct fault *fault) {
    const struct field *field = &register_describe(change->register_id)->fields[change->field];
    struct history_change told = *change;
    struct buffer old_text = {0};
    struct buffer new_text = {0};
    bool good = print_value(telling->workbook, field, old_value, &old_text, fault) &&
                print_value(telling->workbook, field, new_value, &new_text, fault);
    told.old_text = buffer_text(&old_text);
    told.new_text = buffer_text(&new_text);
    if (good) {
        telling->wants_more = telling->visitor->visit(telling->visitor->context, &told);
    }
    buffer_free(&old_text);
    buffer_free(&new_text);
    return good;
}

/* Tells the fields of SET, whose old values are in BEFORE and whose new ones in AFTER. */
static bool tell_fields(struct telling *telling, struct history_change *change, field_set set,
                        const struct value *before, const struct value *after,
                        struct fault *fault) {
    const int count = register_describe(change->register_id)->field_count;
    for (int field = 0; field < count && telling->wants_more; field++) {
        change->field = field;
        if ((set & (field_set)1 << field) != 0 &&
            !tell_field(telling, change, &before[field], &after[field], fault)) {
            return false;
        }
    }
    return true;
}

static bool tell_record(struct telling *telling, struct history_change *change, bool is_deleted,
                        sqlite3_stmt *statement, struct fault *fault) {
    struct value before[REGISTER_FIELDS_MOST] = {0};
    struct record after = {.register_id = change->register_id, .id = change->id};
    struct buffer key = {0};
    field_set set = 0;
    bool good = image_read(change->register_id, sqlite3_column_blob(statement, 4),
                           (size_t)sqlite3_column_bytes(statement, 4), before, &set, fault) &&
                print_known_key(telling->workbook, change->register_id, change->id, &key, fault);
    if (good && !is_deleted) {
        good = record_load(telling->workbook, change->register_id, change->id, &after, fault) !=
                   LOOKUP_FAULT &&
               roll_back(telling->workbook, &after, telling->batch, fault);
    }
    change->record = buffer_text(&key);
    good = good && tell_fields(telling, change, set, before, after.values, fault);
    values_free(before, REGISTER_FIELDS_MOST);
    record_free(&after);
    buffer_free(&key);
    return good;
}

static bool tell_range(struct telling *telling, struct history_change *change, int64_t last_id,
                       struct fault *fault) {
    struct buffer key = {0};
    struct buffer count = {0};
    change->field = -1;
    change->inserted_count = last_id - change->id + 1;
    bool good = change->inserted_count != 1 ||
                print_known_key(telling->workbook, change->register_id, change->id, &key, fault);
    buffer_addf(&count, "%lld", (long long)change->inserted_count);
    change->record = buffer_text(&key);
    change->old_text = "";
    change->new_text = count.bytes;
    if (good) {
        telling->wants_more = telling->visitor->visit(telling->visitor->context, change);
    }
    buffer_free(&key);
    buffer_free(&count);
    return good;
}

/* Tells the change that STATEMENT stands on; of added rows only that of ONLY_ID, unless it is 0. */
static bool tell_row(struct telling *telling, sqlite3_stmt *statement, int64_t only_id,
                     struct fault *fault) {
    const char *name = database_text(statement, 0);
    struct history_change change = {.register_id =
                                        name == NULL ? REGISTER_NONE : register_find(name),
                                    .id = sqlite3_column_int64(statement, 1),
                                    .batch = telling->batch};
    enum touch touch;
    if (change.register_id == REGISTER_NONE ||
        !chain_find_touch(database_text(statement, 3), &touch)) {
        return unreadable(telling->workbook, fault);
    }
    if (touch != TOUCH_INSERTED) {
        return tell_record(telling, &change, touch == TOUCH_DELETED, statement, fault);
    }
    change.id = only_id == 0 ? change.id : only_id;
    return tell_range(telling, &change, only_id == 0 ? sqlite3_column_int64(statement, 2) : only_id,
                      fault);
}

bool history_visit_changes(struct workbook *workbook, int64_t batch,
                           const struct change_visitor *visitor, struct fault *fault) {
    struct telling telling = {
        .workbook = workbook, .batch = batch, .visitor = visitor, .wants_more = true};
    sqlite3_stmt *changes = chain_open_changes(workbook, batch, fault);
    bool good = changes != NULL;
    int step = 0;
    while (good && telling.wants_more &&
           (step = chain_step_changes(workbook, changes, fault)) == 1) {
        good = tell_row(&telling, changes, 0, fault);
    }
    sqlite3_finalize(changes);
    return good && step >= 0;
}

bool history_visit_record(struct workbook *workbook, enum register_id register_id, int64_t id,
                          const struct change_visitor *visitor, struct fault *fault) {
    struct telling telling = {.workbook = workbook, .visitor = visitor, .wants_more = true};
    int result = SQLITE_ERROR;
    bool good = true;
    sqlite3_stmt *changes = database_prepare(
        workbook,
        "SELECT register, first_id, last_id, touch, before, after, batch FROM main.c5_change\n"
        " WHERE register = ?1 AND first_id <= ?2 AND last_id >= ?2 AND (?3 = 0 OR batch <= ?3)\n"
        " ORDER BY batch DESC",
        fault);
    if (changes == NULL) {
        return false;
    }
    sqlite3_bind_text(changes, 1, register_describe(register_id)->name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(changes, 2, id);
    sqlite3_bind_int64(changes, 3, workbook->past.batch);
    while (good && telling.wants_more && (result = sqlite3_step(changes)) == SQLITE_ROW) {
        telling.batch = sqlite3_column_int64(changes, 6);
        good = tell_row(&telling, changes, id, fault);
    }
    if (good && telling.wants_more && result != SQLITE_DONE) {
        good = database_fault(workbook, fault, "read its history");
    }
    sqlite3_finalize(changes);
    return good;
}

bool history_batch_touches(struct workbook *workbook, int64_t batch, enum register_id register_id,
                           bool *touches, struct fault *fault) {
    sqlite3_stmt *statement = database_statement(
        workbook, "SELECT 1 FROM main.c5_change WHERE batch = ?1 AND register = ?2 LIMIT 1", fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, batch);
    sqlite3_bind_text(statement, 2, register_describe(register_id)->name, -1, SQLITE_STATIC);
    int result = sqlite3_step(statement);
    *touches = result == SQLITE_ROW;
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
        database_fault(workbook, fault, "read its history");
    }
    sqlite3_reset(statement);
    return result == SQLITE_ROW || result == SQLITE_DONE;
}
