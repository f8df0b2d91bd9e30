/* Owns the quick way for many new records of one register: its indexes are dropped and built again
 * by a sort, which for a million rows in any order costs less than keeping them up row by row, and
 * each record that is referred to is looked for once. Knows nothing of history and digests, which
 * go on as for every insert.
 *
 * Both ends stand in the batch's transaction: where it does not commit, the indexes are as they
 * were. SQLite refuses to drop an index while any statement reads, so the standing read ends before
 * and begins again after; the lock of the transaction covers the moment between. */
#include "store/bulk.h"

#include <malloc.h>

#include "clause5/store/batch.h"
#include "store/database.h"
#include "store/schema.h"
#include "store/state.h"

enum {
    PAGES_KIB = 4096,      /* as connection.c sets it */
    PAGES_BULK_KIB = 1536, /* and as much again for the sort of an index */
    PAGES_SPARED_KIB = 256,
};

/* Turns SQLite's own look at references off and on; prepared statements follow by themselves. */
static bool check_references(struct workbook *workbook, bool is_on, struct fault *fault) {
    if (sqlite3_db_config(workbook->database, SQLITE_DBCONFIG_ENABLE_FKEY, is_on ? 1 : 0, NULL) !=
        SQLITE_OK) {
        return database_fault(workbook, fault, "write many rows");
    }
    workbook->batch.bulk.is_unchecked = !is_on;
    return true;
}

/* Where this fails, the memory stays as it is, and nothing else. What SQLite lets go of is given
 * back to the system at once: it is wanted for something else. */
static void set_page_memory(struct workbook *workbook, int kib) {
    struct buffer sql = {0};
    buffer_addf(&sql, "PRAGMA cache_size = -%d", kib);
    sqlite3_exec(workbook->database, sql.bytes, NULL, NULL, NULL);
    buffer_free(&sql);
    if (kib < PAGES_KIB) {
        sqlite3_db_release_memory(workbook->database);
        malloc_trim(0);
    }
    workbook->batch.bulk.is_sparing = kib < PAGES_KIB;
}

void batch_spare_memory(struct workbook *workbook, bool is_sparing) {
    if (workbook->batch.bulk.is_sparing != is_sparing) {
        set_page_memory(workbook, is_sparing ? PAGES_SPARED_KIB : PAGES_KIB);
    }
}

static bool is_any_reading(const struct workbook *workbook) {
    sqlite3_stmt *statement = NULL;
    while ((statement = sqlite3_next_stmt(workbook->database, statement)) != NULL) {
        if (sqlite3_stmt_busy(statement)) {
            return true;
        }
    }
    return false;
}

bool batch_begin_bulk(struct workbook *workbook, enum register_id register_id,
                      struct fault *fault) {
    struct bulk *bulk = &workbook->batch.bulk;
    if (!workbook->batch.is_open || workbook->batch.is_broken || bulk->is_open ||
        workbook->batch.point_count > 0 || register_id == REGISTER_ROLE ||
        register_id == REGISTER_PERSON || register_describe(register_id)->key_count == 0) {
        return false;
    }
    sqlite3_reset(workbook->standing);
    bool may_drop = !is_any_reading(workbook);
    bool good = !may_drop || (schema_drop_indexes(workbook, register_id, fault) &&
                              check_references(workbook, false, fault));
    if (sqlite3_step(workbook->standing) != SQLITE_ROW) {
        good = database_fault(workbook, fault, "keep it open");
    }
    if (!good) {
        workbook->batch.is_broken = true;
        return false;
    }
    if (may_drop) {
        set_page_memory(workbook, PAGES_BULK_KIB);
    }
    bulk->is_open = may_drop;
    bulk->register_id = register_id;
    bulk->rows = may_drop ? row_block_new(register_id) : NULL;
    return may_drop;
}

bool bulk_insert(struct workbook *workbook, int64_t id, const struct value *values,
                 struct fault *fault) {
    return row_block_add(workbook, workbook->batch.bulk.rows, id, values, fault);
}

/* Gives back what only the coming in of rows needs. */
static void forget_rows(struct bulk *bulk) {
    row_block_free(bulk->rows);
    bulk->rows = NULL;
    for (int field = 0; field < REGISTER_FIELDS_MOST; field++) {
        whole_set_free(&bulk->known[field]);
    }
}

enum bulk_end batch_end_bulk(struct workbook *workbook, struct fault *fault) {
    struct bulk *bulk = &workbook->batch.bulk;
    if (!bulk->is_open) {
        return BULK_DONE;
    }
    bool is_written = row_block_write(workbook, bulk->rows, fault);
    enum bulk_end end = is_written ? BULK_DONE : BULK_FAULT;
    forget_rows(bulk);
    if (is_written && !schema_make_indexes(workbook, bulk->register_id, fault)) {
        bool is_repeated = sqlite3_extended_errcode(workbook->database) == SQLITE_CONSTRAINT_UNIQUE;
        end = is_repeated ? BULK_REPEATED : BULK_FAULT;
    }
    if (end == BULK_REPEATED) {
        fault_clear(fault);
    } else if (end == BULK_DONE && !check_references(workbook, true, fault)) {
        end = BULK_FAULT;
    }
    batch_spare_memory(workbook, false);
    workbook->batch.is_broken = workbook->batch.is_broken || end != BULK_DONE;
    bulk->is_open = false;
    return end;
}

bool batch_is_bulk(const struct workbook *workbook) {
    return workbook->batch.is_open && workbook->batch.bulk.is_open;
}

void bulk_forget(struct workbook *workbook) {
    struct bulk *bulk = &workbook->batch.bulk;
    struct fault ignored = {0};
    if (bulk->is_unchecked) {
        check_references(workbook, true, &ignored); /* setting a flag fails for a bad flag only */
    }
    fault_clear(&ignored);
    batch_spare_memory(workbook, false);
    forget_rows(bulk);
    bulk->is_open = false;
}

/* Looks for the record that a field refers to; a party in the table of both kinds. */
static enum lookup find_target(struct workbook *workbook, const struct field *field, int64_t id,
                               struct fault *fault) {
    const char *name =
        field->type == FIELD_PARTY ? "party" : register_describe(field->target)->name;
    struct buffer sql = {0};
    buffer_addf(&sql, "SELECT 1 FROM main.\"%s\" WHERE \"id\" = ?1", name);
    sqlite3_stmt *statement = database_statement(workbook, sql.bytes, fault);
    buffer_free(&sql);
    if (statement == NULL) {
        return LOOKUP_FAULT;
    }
    sqlite3_bind_int64(statement, 1, id);
    int result = sqlite3_step(statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
        database_fault(workbook, fault, "look for a reference");
    }
    sqlite3_reset(statement);
    return result == SQLITE_ROW ? LOOKUP_FOUND : result == SQLITE_DONE ? LOOKUP_NONE : LOOKUP_FAULT;
}

static bool check_reference(struct workbook *workbook, enum register_id register_id, int field,
                            int64_t id, struct fault *fault) {
    const struct field *described = &register_describe(register_id)->fields[field];
    struct whole_set *known = &workbook->batch.bulk.known[field];
    if (whole_set_has(known, id)) {
        return true;
    }
    enum lookup lookup = find_target(workbook, described, id, fault);
    if (lookup == LOOKUP_NONE) {
        fault_refuse_field(fault, field, "%s leads to a record that is not there",
                           described->label);
    }
    return lookup == LOOKUP_FOUND && whole_set_add(known, id);
}

bool bulk_allows_insert(struct workbook *workbook, enum register_id register_id,
                        const struct value *values, struct fault *fault) {
    if (!workbook->batch.bulk.is_open) {
        return true;
    }
    if (workbook->batch.bulk.register_id != register_id) {
        return fault_set(fault, FAULT_FAILED, "a change was tried between the records of a bulk");
    }
    const struct register_description *description = register_describe(register_id);
    for (int i = 0; i < description->field_count; i++) {
        bool is_relation = description->fields[i].type == FIELD_REFERENCE ||
                           description->fields[i].type == FIELD_PARTY;
        if (is_relation && values[i].kind == VALUE_WHOLE &&
            !check_reference(workbook, register_id, i, values[i].whole, fault)) {
            return false;
        }
    }
    return true;
}
