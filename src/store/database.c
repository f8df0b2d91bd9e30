/* Owns prepared statements and the words for SQLite's errors; knows nothing of registers. */
#include "store/database.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "store/state.h"

sqlite3 *database_of(const struct workbook *workbook) {
    return workbook->database;
}

/* What a result code means for people. The last row stands for every other code. */
struct result_words {
    int code;
    enum fault_kind kind;
    const char *words;
};

static const struct result_words result_words[] = {
    {SQLITE_FULL, FAULT_FAILED, "no space left on the disk; nothing was changed: make room"},
    {SQLITE_BUSY, FAULT_LOCKED, "another program is using the file; try again when it is done"},
    {SQLITE_LOCKED, FAULT_LOCKED, "another window is using the file; try again when it is done"},
    {SQLITE_CORRUPT, FAULT_DAMAGED, "the file is damaged: restore a backup"},
    {SQLITE_NOTADB, FAULT_DAMAGED, "the file is no workbook, or is damaged: restore a backup"},
    {SQLITE_READONLY, FAULT_FAILED,
     "the file or its folder may not be written to: open it read-only, or copy it to a folder of "
     "your own"},
    {SQLITE_IOERR, FAULT_FAILED, "the disk reports an error; nothing was changed"},
    {SQLITE_CANTOPEN, FAULT_FAILED, "the file, or one that it needs beside it, cannot be opened"},
    {SQLITE_NOMEM, FAULT_FAILED, "memory is out; nothing was changed"},
    {SQLITE_INTERRUPT, FAULT_STOPPED, "stopped; nothing was changed"},
    {SQLITE_TOOBIG, FAULT_REFUSED, "a text is too long to be stored"},
    {SQLITE_CONSTRAINT, FAULT_REFUSED, "the rules of the file forbid it"},
    {SQLITE_OK, FAULT_FAILED, "it did not work"},
};

bool database_fault(const struct workbook *workbook, struct fault *fault, const char *while_doing) {
    return database_fault_of(workbook, sqlite3_errcode(workbook->database) & 0xff, fault,
                             while_doing);
}

bool database_fault_of(const struct workbook *workbook, int code, struct fault *fault,
                       const char *while_doing) {
    size_t i = 0;
    while (result_words[i].code != code && result_words[i].code != SQLITE_OK) {
        i++;
    }
    const struct result_words *words = &result_words[i];
    if (words->kind == FAULT_STOPPED) {
        return fault_set(fault, FAULT_STOPPED, "%s", words->words);
    }
    fault_set(fault, words->kind, "%s: cannot %s: %s", workbook->path, while_doing, words->words);
    if (code == SQLITE_IOERR && sqlite3_system_errno(workbook->database) != 0) {
        buffer_addf(&fault->text, " (%s)", strerror(sqlite3_system_errno(workbook->database)));
    } else if (words->code == SQLITE_OK || code == SQLITE_CONSTRAINT) {
        buffer_addf(&fault->text, " (%s)", sqlite3_errmsg(workbook->database));
    }
    return false;
}

sqlite3_stmt *database_prepare(struct workbook *workbook, const char *sql, struct fault *fault) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(workbook->database, sql, -1, &statement, NULL) != SQLITE_OK) {
        database_fault(workbook, fault, "read it");
        return NULL;
    }
    return statement;
}

/* FNV-1a. */
static uint64_t hash_text(const char *text) {
    uint64_t hash = 14695981039346656037U;
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * 1099511628211U;
    }
    return hash;
}

/* The place of the statement of that text, else the one least used that is not stepping. */
static struct kept_statement *kept_find(struct workbook *workbook, const char *sql, uint64_t hash) {
    struct kept_statement *oldest = NULL;
    for (size_t i = 0; i < STATEMENTS_KEPT; i++) {
        struct kept_statement *kept = &workbook->kept[i];
        if (kept->sql != NULL && kept->hash == hash && strcmp(kept->sql, sql) == 0) {
            return kept;
        }
        bool is_free = kept->statement == NULL || !sqlite3_stmt_busy(kept->statement);
        if (is_free && (oldest == NULL || kept->used < oldest->used)) {
            oldest = kept;
        }
    }
    return oldest;
}

static void kept_drop(struct kept_statement *kept) {
    sqlite3_finalize(kept->statement);
    free(kept->sql);
    *kept = (struct kept_statement){0};
}

sqlite3_stmt *database_statement(struct workbook *workbook, const char *sql, struct fault *fault) {
    uint64_t hash = hash_text(sql);
    struct kept_statement *kept = kept_find(workbook, sql, hash);
    if (kept == NULL) {
        fault_set(fault, FAULT_FAILED, "%s: too much is being read at once", workbook->path);
        return NULL;
    }
    if (kept->sql == NULL || strcmp(kept->sql, sql) != 0) {
        sqlite3_stmt *statement = database_prepare(workbook, sql, fault);
        if (statement == NULL) {
            return NULL;
        }
        kept_drop(kept);
        *kept = (struct kept_statement){
            .sql = memory_copy_text(sql), .hash = hash, .statement = statement};
    }
    kept->used = ++workbook->kept_calls;
    sqlite3_reset(kept->statement);
    sqlite3_clear_bindings(kept->statement);
    return kept->statement;
}

void database_drop_statements(struct workbook *workbook) {
    for (size_t i = 0; i < STATEMENTS_KEPT; i++) {
        kept_drop(&workbook->kept[i]);
    }
    for (int i = 0; i < REGISTER_COUNT; i++) {
        for (int j = 0; j < ROW_STATEMENTS; j++) {
            sqlite3_finalize(workbook->rows[i][j]);
            workbook->rows[i][j] = NULL;
        }
    }
}

bool database_run(struct workbook *workbook, const char *sql, struct fault *fault) {
    int result = sqlite3_exec(workbook->database, sql, NULL, NULL, NULL);
    /* A damaged file is found out by reading, whatever was to be done with it. */
    bool is_reading = workbook->mode == WORKBOOK_READ || (result & 0xff) == SQLITE_CORRUPT ||
                      (result & 0xff) == SQLITE_NOTADB;
    return result == SQLITE_OK ||
           database_fault(workbook, fault, is_reading ? "read it" : "write it");
}

bool database_begin(struct workbook *workbook, const char *sql, struct fault *fault) {
    if (!database_roll_back(workbook)) {
        return database_fault(workbook, fault, "take back what failed before");
    }
    return database_run(workbook, sql, fault);
}

bool database_roll_back(struct workbook *workbook) {
    if (sqlite3_get_autocommit(workbook->database)) {
        return true;
    }
    int result = sqlite3_step(workbook->rolling_back);
    sqlite3_reset(workbook->rolling_back);
    return result == SQLITE_DONE;
}

bool database_finish(struct workbook *workbook, sqlite3_stmt *statement, struct fault *fault,
                     const char *while_doing) {
    int result = sqlite3_step(statement);
    if (result != SQLITE_DONE) {
        database_fault(workbook, fault, while_doing);
    }
    sqlite3_reset(statement);
    return result == SQLITE_DONE;
}

bool database_read_whole(struct workbook *workbook, const char *sql, int64_t *whole,
                         struct fault *fault) {
    sqlite3_stmt *statement = database_statement(workbook, sql, fault);
    if (statement == NULL) {
        return false;
    }
    int result = sqlite3_step(statement);
    *whole = result == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
        database_fault(workbook, fault, "read it");
    }
    sqlite3_reset(statement);
    return result == SQLITE_ROW || result == SQLITE_DONE;
}

void database_bind(sqlite3_stmt *statement, int parameter, const struct value *value) {
    switch (value->kind) {
    case VALUE_EMPTY:
        sqlite3_bind_null(statement, parameter);
        break;
    case VALUE_TEXT:
        /* What cannot be bound would be stored as empty. */
        if (sqlite3_bind_text64(statement, parameter, value->text, value->len_bytes,
                                SQLITE_TRANSIENT, SQLITE_UTF8) == SQLITE_NOMEM) {
            memory_lost();
        }
        break;
    case VALUE_WHOLE:
        sqlite3_bind_int64(statement, parameter, value->whole);
        break;
    case VALUE_NUMBER:
        sqlite3_bind_double(statement, parameter, value->number);
        break;
    }
}

void database_bind_lent(sqlite3_stmt *statement, int parameter, const struct value *value) {
    if (value->kind == VALUE_TEXT) {
        sqlite3_bind_text64(statement, parameter, value->text, value->len_bytes, SQLITE_STATIC,
                            SQLITE_UTF8);
    } else {
        database_bind(statement, parameter, value);
    }
}

const char *database_text(sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    if (text == NULL && sqlite3_column_type(statement, column) != SQLITE_NULL) {
        memory_lost();
    }
    return text;
}

struct value database_column(sqlite3_stmt *statement, int column) {
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        return value_of_whole(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT:
        return value_of_number(sqlite3_column_double(statement, column));
    case SQLITE_TEXT: {
        const char *text = database_text(statement, column);
        return value_of_bytes(text, (size_t)sqlite3_column_bytes(statement, column));
    }
    default:
        return (struct value){0};
    }
}
