/* Owns the copying of a wreck as it is, with its history, where nothing of it is lost: an index, a
 * free page or the header was all that was damaged. */
#include "clause5/store/wreck.h"

#include "clause5/store/history.h"
#include "clause5/store/verify.h"
#include "store/database.h"
#include "store/wreck_inside.h"

/* The copying of one table: its quoted columns with commas between, and as many parameters. */
struct table_copy {
    const struct wreck *wreck;
    struct workbook *target;
    const char *name, *columns, *marks;
};

/* Steps FROM to its end, and puts every row in with TO. */
static bool copy_rows(const struct table_copy *copy, sqlite3_stmt *from, sqlite3_stmt *to,
                      struct fault *fault) {
    int result;
    while ((result = sqlite3_step(from)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(from); i++) {
            sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i));
        }
        if (!database_finish(copy->target, to, fault, "copy a row")) {
            return false;
        }
    }
    return result == SQLITE_DONE || wreck_fault(copy->wreck, fault);
}

static bool copy_table(const struct table_copy *copy, struct fault *fault) {
    struct buffer sql = {0};
    sqlite3_stmt *from = NULL;
    buffer_addf(&sql, "SELECT %s FROM main.\"%s\" NOT INDEXED", copy->columns, copy->name);
    bool good =
        sqlite3_prepare_v2(copy->wreck->database, sql.bytes, -1, &from, NULL) == SQLITE_OK ||
        wreck_fault(copy->wreck, fault);
    buffer_clear(&sql);
    buffer_addf(&sql, "INSERT INTO main.\"%s\" (%s) VALUES (%s)", copy->name, copy->columns,
                copy->marks);
    sqlite3_stmt *to = good ? database_prepare(copy->target, sql.bytes, fault) : NULL;
    good = to != NULL && copy_rows(copy, from, to, fault);
    sqlite3_finalize(from);
    sqlite3_finalize(to);
    buffer_free(&sql);
    return good;
}

/* Copies all tables, party before those that refer to it. */
static bool copy_tables(const struct wreck *wreck, struct workbook *target, struct fault *fault) {
    sqlite3_stmt *tables = database_prepare(
        target,
        "SELECT s.name, group_concat('\"' || c.name || '\"', ', '), group_concat('?', ', ')\n"
        "  FROM main.sqlite_schema AS s JOIN pragma_table_info(s.name) AS c\n"
        " WHERE s.type = 'table' GROUP BY s.name ORDER BY s.name <> 'party', s.name",
        fault);
    bool good = tables != NULL;
    int result = SQLITE_DONE;
    while (good && (result = sqlite3_step(tables)) == SQLITE_ROW) {
        const struct table_copy copy = {.wreck = wreck,
                                        .target = target,
                                        .name = (const char *)sqlite3_column_text(tables, 0),
                                        .columns = (const char *)sqlite3_column_text(tables, 1),
                                        .marks = (const char *)sqlite3_column_text(tables, 2)};
        good = copy_table(&copy, fault);
    }
    if (good && result != SQLITE_DONE) {
        good = database_fault(target, fault, "look at its tables");
    }
    sqlite3_finalize(tables);
    return good;
}

static void keep_finding(void *context, const char *finding) {
    fault_set(context, FAULT_FAILED, "%s", finding);
}

bool wreck_copy_whole(struct wreck *wreck, struct workbook *target, struct fault *fault) {
    const struct verify_visitor visitor = {.visit = keep_finding, .context = fault};
    if (!database_run(target, "BEGIN IMMEDIATE", fault)) {
        return false;
    }
    if (!copy_tables(wreck, target, fault) || !database_run(target, "COMMIT", fault)) {
        sqlite3_exec(database_of(target), "ROLLBACK", NULL, NULL, NULL);
        return false;
    }
    return verify_pages(target, &visitor, fault) == 0 &&
           verify_references(target, &visitor, fault) == 0 && history_verify(target, fault);
}
