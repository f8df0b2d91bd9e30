/* Owns reading by SQL for rooms above; must not know what they ask. */
#include "clause5/store/query.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "clause5/base/memory.h"
#include "store/database.h"

struct query {
    struct workbook *workbook;
    sqlite3_stmt *statement;
};

/* Prepares the first statement of SQL, and says where the text goes on. */
static sqlite3_stmt *prepare_first(struct workbook *workbook, const char *sql, const char **rest,
                                   struct fault *fault) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(database_of(workbook), sql, -1, &statement, rest) != SQLITE_OK) {
        fault_set(fault, FAULT_FAILED, "A query cannot be read: %s",
                  sqlite3_errmsg(database_of(workbook)));
        return NULL;
    }
    if (statement == NULL) {
        fault_set(fault, FAULT_FAILED, "A query is empty; write one SELECT statement");
    }
    return statement;
}

/* Returns what comes behind blanks and comments. */
static const char *skip_comments(const char *sql) {
    for (;;) {
        sql += strspn(sql, " \t\r\n\f");
        if (strncmp(sql, "--", 2) == 0) {
            sql += strcspn(sql, "\n");
        } else if (strncmp(sql, "/*", 2) == 0) {
            const char *end = strstr(sql + 2, "*/");
            sql = end == NULL ? sql + strlen(sql) : end + 2;
        } else {
            return sql;
        }
    }
}

/* SQLite calls BEGIN, ATTACH and some PRAGMA read-only as well, so the first word counts too. */
static bool is_reading(sqlite3_stmt *statement, const char *sql) {
    static const char *const words[] = {"SELECT", "WITH", "VALUES"};
    const char *first = skip_comments(sql);
    for (size_t i = 0; i < COUNT(words); i++) {
        if (strncasecmp(first, words[i], strlen(words[i])) == 0) {
            return sqlite3_stmt_readonly(statement) != 0;
        }
    }
    return false;
}

struct query *query_open(struct workbook *workbook, const char *sql, struct fault *fault) {
    const char *rest = "";
    sqlite3_stmt *statement = prepare_first(workbook, sql, &rest, fault);
    if (statement == NULL) {
        return NULL;
    }
    if (!is_reading(statement, sql) || *skip_comments(rest) != '\0') {
        fault_set(fault, FAULT_REFUSED,
                  "A query may only read, with one statement; this is none: %s", sql);
        sqlite3_finalize(statement);
        return NULL;
    }
    struct query *query = memory_zero(1, sizeof *query);
    query->workbook = workbook;
    query->statement = statement;
    return query;
}

void query_close(struct query *query) {
    if (query == NULL) {
        return;
    }
    sqlite3_finalize(query->statement);
    free(query);
}

void query_bind_text(struct query *query, const char *name, const char *text) {
    int index = sqlite3_bind_parameter_index(query->statement, name);
    if (index > 0) {
        const struct value value = {.kind = text == NULL ? VALUE_EMPTY : VALUE_TEXT,
                                    .text = (char *)(uintptr_t)text,
                                    .len_bytes = text == NULL ? 0 : strlen(text)};
        database_bind(query->statement, index, &value);
    }
}

void query_bind_whole(struct query *query, const char *name, int64_t whole) {
    int index = sqlite3_bind_parameter_index(query->statement, name);
    if (index > 0) {
        sqlite3_bind_int64(query->statement, index, whole);
    }
}

int query_step(struct query *query, struct fault *fault) {
    int result = sqlite3_step(query->statement);
    if (result == SQLITE_ROW) {
        return 1;
    }
    if (result == SQLITE_DONE) {
        return 0;
    }
    database_fault(query->workbook, fault, "read what was asked for");
    return -1;
}

void query_reset(struct query *query) {
    sqlite3_reset(query->statement);
}

int query_columns(const struct query *query) {
    return sqlite3_column_count(query->statement);
}

const char *query_column_name(const struct query *query, int column) {
    return sqlite3_column_name(query->statement, column);
}

const char *query_text(struct query *query, int column) {
    const char *text = database_text(query->statement, column);
    return text == NULL ? "" : text;
}

int64_t query_whole(struct query *query, int column) {
    return sqlite3_column_int64(query->statement, column);
}

double query_number(struct query *query, int column) {
    return sqlite3_column_double(query->statement, column);
}

bool query_is_empty(struct query *query, int column) {
    return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}
