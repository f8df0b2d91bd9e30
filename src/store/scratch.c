/* Owns rows that are kept aside; knows nothing of what they mean nor of any workbook.
 *
 * A table and an index over the kind in a nameless database of a quarter megabyte of pages: a
 * million rows cost no more memory than a thousand, and reading goes by key in either direction. */
#include "clause5/store/scratch.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "clause5/base/memory.h"

/* What is asked of the database, in the order of its statements. */
enum scratch_statement {
    SCRATCH_INSERT,
    SCRATCH_REPLACE,
    SCRATCH_KIND,
    SCRATCH_FORWARD,
    SCRATCH_BACKWARD,
    SCRATCH_FORWARD_KIND,
    SCRATCH_BACKWARD_KIND,
    SCRATCH_STATEMENTS
};

static const char *const statement_texts[] = {
    [SCRATCH_INSERT] = "INSERT INTO kept (number, kind, bytes) VALUES (?1, ?2, ?3)",
    [SCRATCH_REPLACE] = "UPDATE kept SET kind = ?2, bytes = ?3 WHERE number = ?1",
    [SCRATCH_KIND] = "SELECT kind FROM kept WHERE number = ?1",
    [SCRATCH_FORWARD] = "SELECT number, kind, bytes FROM kept WHERE number >= ?1"
                        " ORDER BY number LIMIT ?2",
    [SCRATCH_BACKWARD] = "SELECT number, kind, bytes FROM kept WHERE number <= ?1"
                         " ORDER BY number DESC LIMIT ?2",
    [SCRATCH_FORWARD_KIND] = "SELECT number, kind, bytes FROM kept"
                             " WHERE kind = ?3 AND number >= ?1 ORDER BY number LIMIT ?2",
    [SCRATCH_BACKWARD_KIND] = "SELECT number, kind, bytes FROM kept"
                              " WHERE kind = ?3 AND number <= ?1 ORDER BY number DESC LIMIT ?2",
};
_Static_assert(COUNT(statement_texts) == SCRATCH_STATEMENTS, "one text per statement");

struct scratch {
    sqlite3 *connection;
    sqlite3_stmt *statements[SCRATCH_STATEMENTS];
    int64_t counts[SCRATCH_KINDS_MOST];
    int64_t last; /* number */
};

static bool scratch_fault(const struct scratch *scratch, struct fault *fault) {
    return fault_set(fault, FAULT_FAILED,
                     "Cannot keep rows aside: %s; make room where temporary files lie",
                     sqlite3_errmsg(scratch->connection));
}

static bool prepare(struct scratch *scratch) {
    static const char settings[] = "PRAGMA cache_size = -256;"
                                   "PRAGMA journal_mode = OFF;"
                                   "PRAGMA synchronous = OFF;"
                                   "PRAGMA locking_mode = EXCLUSIVE;"
                                   "CREATE TABLE kept (number INTEGER PRIMARY KEY,"
                                   " kind INTEGER NOT NULL, bytes BLOB) STRICT;"
                                   "CREATE INDEX kept_kind ON kept (kind);"
                                   "BEGIN;";
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    bool is_good = sqlite3_open_v2("", &scratch->connection, flags, NULL) == SQLITE_OK &&
                   sqlite3_exec(scratch->connection, settings, NULL, NULL, NULL) == SQLITE_OK;
    for (size_t i = 0; i < SCRATCH_STATEMENTS && is_good; i++) {
        is_good = sqlite3_prepare_v3(scratch->connection, statement_texts[i], -1,
                                     SQLITE_PREPARE_PERSISTENT, &scratch->statements[i],
                                     NULL) == SQLITE_OK;
    }
    return is_good;
}

struct scratch *scratch_open(struct fault *fault) {
    struct scratch *scratch = memory_zero(1, sizeof *scratch);
    if (!prepare(scratch)) {
        scratch_fault(scratch, fault);
        scratch_close(scratch);
        return NULL;
    }
    return scratch;
}

void scratch_close(struct scratch *scratch) {
    if (scratch == NULL) {
        return;
    }
    for (size_t i = 0; i < SCRATCH_STATEMENTS; i++) {
        sqlite3_finalize(scratch->statements[i]);
    }
    sqlite3_close(scratch->connection);
    free(scratch);
}

bool scratch_clear(struct scratch *scratch, struct fault *fault) {
    if (sqlite3_exec(scratch->connection, "DELETE FROM kept", NULL, NULL, NULL) != SQLITE_OK) {
        return scratch_fault(scratch, fault);
    }
    for (int kind = 0; kind < SCRATCH_KINDS_MOST; kind++) {
        scratch->counts[kind] = 0;
    }
    scratch->last = 0;
    return true;
}

static bool write_row(struct scratch *scratch, enum scratch_statement which, int64_t number,
                      const struct scratch_row *row) {
    sqlite3_stmt *statement = scratch->statements[which];
    sqlite3_bind_int64(statement, 1, number);
    sqlite3_bind_int(statement, 2, row->kind);
    sqlite3_bind_blob64(statement, 3, row->bytes, row->len_bytes, SQLITE_STATIC);
    int result = sqlite3_step(statement);
    sqlite3_reset(statement);
    return result == SQLITE_DONE;
}

int64_t scratch_add(struct scratch *scratch, const struct scratch_row *row, struct fault *fault) {
    if (!write_row(scratch, SCRATCH_INSERT, scratch->last + 1, row)) {
        scratch_fault(scratch, fault);
        return 0;
    }
    scratch->counts[row->kind]++;
    return ++scratch->last;
}

bool scratch_replace(struct scratch *scratch, const struct scratch_row *row, struct fault *fault) {
    sqlite3_stmt *asks = scratch->statements[SCRATCH_KIND];
    sqlite3_bind_int64(asks, 1, row->number);
    bool is_there = sqlite3_step(asks) == SQLITE_ROW;
    int kind = is_there ? sqlite3_column_int(asks, 0) : 0;
    sqlite3_reset(asks);
    if (!is_there || !write_row(scratch, SCRATCH_REPLACE, row->number, row)) {
        return scratch_fault(scratch, fault);
    }
    scratch->counts[kind]--;
    scratch->counts[row->kind]++;
    return true;
}

int64_t scratch_count(const struct scratch *scratch, int kind) {
    int64_t count = 0;
    for (int i = 0; i < SCRATCH_KINDS_MOST; i++) {
        count += kind == SCRATCH_ANY_KIND || kind == i ? scratch->counts[i] : 0;
    }
    return count;
}

static enum scratch_statement choose_statement(const struct scratch_request *request) {
    if (request->kind == SCRATCH_ANY_KIND) {
        return request->is_backward ? SCRATCH_BACKWARD : SCRATCH_FORWARD;
    }
    return request->is_backward ? SCRATCH_BACKWARD_KIND : SCRATCH_FORWARD_KIND;
}

bool scratch_visit(struct scratch *scratch, const struct scratch_request *request,
                   const struct scratch_visitor *visitor, struct fault *fault) {
    sqlite3_stmt *statement = scratch->statements[choose_statement(request)];
    sqlite3_bind_int64(statement, 1, request->from);
    sqlite3_bind_int64(statement, 2, (int64_t)request->wanted);
    if (request->kind != SCRATCH_ANY_KIND) {
        sqlite3_bind_int(statement, 3, request->kind);
    }
    bool goes_on = true;
    while (goes_on && sqlite3_step(statement) == SQLITE_ROW) {
        struct scratch_row row = {.number = sqlite3_column_int64(statement, 0),
                                  .kind = sqlite3_column_int(statement, 1),
                                  .bytes = sqlite3_column_blob(statement, 2),
                                  .len_bytes = (size_t)sqlite3_column_bytes(statement, 2)};
        goes_on = visitor->visit(visitor->context, &row);
    }
    return sqlite3_reset(statement) == SQLITE_OK || scratch_fault(scratch, fault);
}
