/* Owns reading records and finding what refers to them; knows nothing of writing. Keys and names
 * are in key.c and reference.c, new refs in next_ref.c. */
#include "clause5/store/record.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "store/database.h"
#include "store/row.h"

enum lookup record_load(struct workbook *workbook, enum register_id register_id, int64_t id,
                        struct record *record, struct fault *fault) {
    *record = (struct record){.register_id = register_id, .id = id};
    return row_read(workbook, register_id, id, record->values, fault);
}

void record_free(struct record *record) {
    values_free(record->values, register_describe(record->register_id)->field_count);
}

enum register_id party_register(struct workbook *workbook, int64_t id) {
    static const struct {
        enum register_id register_id;
        const char *sql;
    } parties[] = {{REGISTER_ROLE, "SELECT id FROM role WHERE id = ?1"},
                   {REGISTER_PERSON, "SELECT id FROM person WHERE id = ?1"}};
    struct fault fault = {0};
    enum register_id found = REGISTER_NONE;
    for (size_t i = 0; i < COUNT(parties) && found == REGISTER_NONE; i++) {
        sqlite3_stmt *statement = database_statement(workbook, parties[i].sql, &fault);
        if (statement != NULL) {
            sqlite3_bind_int64(statement, 1, id);
            found = sqlite3_step(statement) == SQLITE_ROW ? parties[i].register_id : found;
            sqlite3_reset(statement);
        }
    }
    fault_clear(&fault);
    return found;
}

/* Calls the visitor for the records of OF that hold ID in the field. *IS_STOPPED where it wants no
 * more. */
static bool visit_field(struct workbook *workbook, enum register_id of, int field, int64_t id,
                        const struct reference_visitor *visitor, bool *is_stopped,
                        struct fault *fault) {
    const struct register_description *description = register_describe(of);
    struct buffer sql = {0};
    int result = SQLITE_ERROR;
    buffer_addf(&sql, "SELECT id FROM \"%s\" WHERE \"%s\" = ?1", description->name,
                description->fields[field].name);
    sqlite3_stmt *statement = database_prepare(workbook, sql.bytes, fault);
    buffer_free(&sql);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, id);
    while (!*is_stopped && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        *is_stopped =
            !visitor->visit(visitor->context, of, sqlite3_column_int64(statement, 0), field);
    }
    bool good = *is_stopped || result == SQLITE_DONE;
    if (!good) {
        database_fault(workbook, fault, "look for references");
    }
    sqlite3_finalize(statement);
    return good;
}

static bool may_refer(const struct field *field, enum register_id register_id) {
    return (field->type == FIELD_REFERENCE && field->target == register_id) ||
           (field->type == FIELD_PARTY &&
            (register_id == REGISTER_ROLE || register_id == REGISTER_PERSON));
}

bool record_visit_referrers(struct workbook *workbook, enum register_id register_id, int64_t id,
                            const struct reference_visitor *visitor, struct fault *fault) {
    bool is_stopped = false;
    for (int of = 0; of < REGISTER_COUNT && !is_stopped; of++) {
        const struct register_description *description = register_describe((enum register_id)of);
        for (int field = 0; field < description->field_count && !is_stopped; field++) {
            if (may_refer(&description->fields[field], register_id) &&
                !visit_field(workbook, (enum register_id)of, field, id, visitor, &is_stopped,
                             fault)) {
                return false;
            }
        }
    }
    return true;
}

int64_t record_count(struct workbook *workbook, enum register_id register_id, struct fault *fault) {
    struct buffer sql = {0};
    int64_t count = 0;
    buffer_addf(&sql, "SELECT count(*) FROM \"%s\"", register_describe(register_id)->name);
    bool good = database_read_whole(workbook, sql.bytes, &count, fault);
    buffer_free(&sql);
    return good ? count : -1;
}
