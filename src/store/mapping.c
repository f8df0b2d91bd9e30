/* Owns the table of remembered mappings; knows nothing of what they say. */
#include "clause5/store/mapping.h"

#include <stdlib.h>

#include "clause5/base/memory.h"
#include "store/database.h"

static char *copy_column(sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return memory_copy_text(text == NULL ? "" : text);
}

enum lookup mapping_load(struct workbook *workbook, const char *header, struct mapping *mapping,
                         struct fault *fault) {
    sqlite3_stmt *statement = database_statement(workbook,
                                                 "SELECT \"sheet\", \"choices\""
                                                 "  FROM main.\"c5_mapping\" WHERE \"header\" = ?1",
                                                 fault);
    *mapping = (struct mapping){0};
    if (statement == NULL) {
        return LOOKUP_FAULT;
    }
    sqlite3_bind_text(statement, 1, header, -1, SQLITE_TRANSIENT);
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        mapping->header = memory_copy_text(header);
        mapping->sheet = copy_column(statement, 0);
        mapping->choices = copy_column(statement, 1);
    }
    sqlite3_reset(statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
        database_fault(workbook, fault, "read a remembered mapping");
        return LOOKUP_FAULT;
    }
    return result == SQLITE_ROW ? LOOKUP_FOUND : LOOKUP_NONE;
}

bool mapping_keep(struct workbook *workbook, const struct mapping *mapping, struct fault *fault) {
    sqlite3_stmt *statement = database_statement(
        workbook,
        "INSERT INTO main.\"c5_mapping\" (\"header\", \"sheet\", \"choices\") VALUES (?1, ?2, ?3)"
        " ON CONFLICT (\"header\") DO UPDATE"
        " SET \"sheet\" = excluded.\"sheet\", \"choices\" = excluded.\"choices\"",
        fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_text(statement, 1, mapping->header, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 2, mapping->sheet, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 3, mapping->choices, -1, SQLITE_TRANSIENT);
    return database_finish(workbook, statement, fault, "remember a mapping");
}

void mapping_free(struct mapping *mapping) {
    free(mapping->header);
    free(mapping->sheet);
    free(mapping->choices);
    *mapping = (struct mapping){0};
}
