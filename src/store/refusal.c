/* Owns the words for rows that SQLite refuses: repeated keys and references that would lead
 * nowhere. */
#include <stdlib.h>

#include "clause5/store/record.h"
#include "store/batching.h"
#include "store/database.h"
#include "store/state.h"

/* Finds another record with the same text in a unique field. */
static enum lookup find_same(struct workbook *workbook, const struct register_description *of,
                             int field, const struct record *row, struct fault *fault) {
    struct buffer sql = {0};
    buffer_addf(&sql, "SELECT id FROM main.\"%s\" WHERE \"%s\" = ?1 COLLATE NOCASE AND id <> ?2",
                of->name, of->fields[field].name);
    sqlite3_stmt *statement = database_statement(workbook, sql.bytes, fault);
    buffer_free(&sql);
    if (statement == NULL) {
        return LOOKUP_FAULT;
    }
    database_bind(statement, 1, &row->values[field]);
    sqlite3_bind_int64(statement, 2, row->id);
    int result = sqlite3_step(statement);
    sqlite3_reset(statement);
    return result == SQLITE_ROW ? LOOKUP_FOUND : LOOKUP_NONE;
}

bool refuse_repeated(struct workbook *workbook, enum register_id register_id, int64_t id,
                     const struct value *values, struct fault *fault) {
    const struct register_description *of = register_describe(register_id);
    struct record row = {.register_id = register_id, .id = id};
    struct buffer key = {0};
    for (int i = 0; i < of->field_count; i++) {
        row.values[i] = values[i]; /* borrowed */
    }
    for (int i = 0; i < of->field_count; i++) {
        if (of->fields[i].flags & FIELD_UNIQUE && values[i].kind == VALUE_TEXT &&
            find_same(workbook, of, i, &row, fault) == LOOKUP_FOUND) {
            return fault_refuse_field(fault, i, "there is already a %s with the %s \"%s\"",
                                      of->singular, of->fields[i].label, values[i].text);
        }
    }
    if (record_print_key(workbook, &row, &key, fault)) {
        fault_refuse_field(fault, of->key_count > 0 ? of->key[of->key_count - 1] : 0,
                           "there is already a %s %s", of->singular, buffer_text(&key));
    }
    buffer_free(&key);
    return false;
}

bool refuse_dangling(struct workbook *workbook, struct fault *fault) {
    sqlite3_stmt *statement = database_prepare(workbook, "PRAGMA foreign_key_check", fault);
    struct buffer key = {0};
    if (statement == NULL) {
        return false;
    }
    if (sqlite3_step(statement) == SQLITE_ROW) {
        enum register_id from = register_find(database_text(statement, 0));
        enum register_id to = register_find(database_text(statement, 2));
        struct fault unread = {0};
        if (from != REGISTER_NONE) {
            record_print_key_of(workbook, from, sqlite3_column_int64(statement, 1), &key, &unread);
        }
        fault_set(fault, FAULT_REFUSED,
                  "%s %s would refer to a %s that is not there; nothing was changed: change that "
                  "reference first",
                  from == REGISTER_NONE ? "a record" : register_describe(from)->singular,
                  buffer_text(&key),
                  to == REGISTER_NONE ? "role or person" : register_describe(to)->singular);
        fault_clear(&unread);
    } else {
        fault_set(fault, FAULT_REFUSED, "a reference would lead nowhere; nothing was changed");
    }
    sqlite3_finalize(statement);
    buffer_free(&key);
    return false;
}
