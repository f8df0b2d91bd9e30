/* Owns the numbers that new records get; knows nothing of what else a record holds. */
#include "clause5/store/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"
#include "store/database.h"

/* Prefixes whose registers grow long enough for three digits; all others begin with two. */
static const char *const long_prefixes[] = {"POL-", "ACT-"};

enum { DIGITS_LONG = 3, DIGITS_SHORT = 2, DIGITS_MOST = 15 };

static int first_width(const char *prefix) {
    for (size_t i = 0; i < COUNT(long_prefixes); i++) {
        if (strcmp(prefix, long_prefixes[i]) == 0) {
            return DIGITS_LONG;
        }
    }
    return DIGITS_SHORT;
}

static const char *ref_column(const struct register_description *description) {
    return description->fields[description->key[0]].name;
}

/* Returns the highest number behind the prefix as it is written; the caller frees. NULL: none. */
static char *highest_digits(struct workbook *workbook,
                            const struct register_description *description, const char *prefix) {
    const char *column = ref_column(description);
    struct fault fault = {0};
    struct buffer sql = {0};
    char *digits = NULL;
    buffer_addf(&sql,
                "SELECT substr(\"%s\", ?2) FROM \"%s\"\n"
                " WHERE \"%s\" >= ?1 COLLATE NOCASE AND \"%s\" < ?1 || ':' COLLATE NOCASE\n"
                "   AND substr(\"%s\", ?2) NOT GLOB '*[^0-9]*'\n"
                "   AND length(\"%s\") BETWEEN ?2 AND ?2 + %d\n"
                " ORDER BY CAST(substr(\"%s\", ?2) AS INTEGER) DESC LIMIT 1",
                column, description->name, column, column, column, column, DIGITS_MOST - 1, column);
    sqlite3_stmt *statement = database_statement(workbook, sql.bytes, &fault);
    buffer_free(&sql);
    if (statement != NULL) {
        sqlite3_bind_text(statement, 1, prefix, -1, SQLITE_STATIC);
        sqlite3_bind_int(statement, 2, (int)strlen(prefix) + 1);
        if (sqlite3_step(statement) == SQLITE_ROW) {
            digits = memory_copy_text(database_text(statement, 0));
        }
        sqlite3_reset(statement);
    }
    fault_clear(&fault);
    return digits;
}

/* Returns what stands before the number of the newest record that has letters, a sign at most, and
 * a number for its ref ("AC-" of AC-017); the caller frees. NULL: there is none. */
static char *newest_prefix(struct workbook *workbook,
                           const struct register_description *description) {
    const char *column = ref_column(description);
    struct fault fault = {0};
    struct buffer sql = {0};
    char *prefix = NULL;
    buffer_addf(&sql,
                "SELECT rtrim(\"%s\", '0123456789') FROM \"%s\"\n"
                " WHERE \"%s\" GLOB '[A-Za-z]*[0-9]'\n"
                "   AND rtrim(\"%s\", '0123456789') NOT GLOB '*[^A-Za-z_-]*'\n"
                " ORDER BY id DESC LIMIT 1",
                column, description->name, column, column);
    sqlite3_stmt *statement = database_statement(workbook, sql.bytes, &fault);
    buffer_free(&sql);
    if (statement != NULL) {
        if (sqlite3_step(statement) == SQLITE_ROW) {
            prefix = memory_copy_text(database_text(statement, 0));
        }
        sqlite3_reset(statement);
    }
    fault_clear(&fault);
    return prefix;
}

static char *next_behind(const char *prefix, const char *digits) {
    struct buffer ref = {0};
    buffer_addf(&ref, "%s%0*lld", prefix, (int)strlen(digits), strtoll(digits, NULL, 10) + 1);
    return ref.bytes;
}

char *record_next_ref(struct workbook *workbook, enum register_id register_id) {
    const struct register_description *description = register_describe(register_id);
    const char *prefix = description->ref_prefix;
    if (prefix == NULL) {
        return NULL;
    }
    char *digits = highest_digits(workbook, description, prefix);
    char zeros[DIGITS_LONG + 1];
    snprintf(zeros, sizeof zeros, "%0*d", first_width(prefix), 0);
    char *ref = next_behind(prefix, digits != NULL ? digits : zeros);
    free(digits);
    return ref;
}

char *record_propose_ref(struct workbook *workbook, enum register_id register_id) {
    const struct register_description *description = register_describe(register_id);
    if (description->ref_prefix == NULL) {
        return NULL;
    }
    char *own = highest_digits(workbook, description, description->ref_prefix);
    char *prefix = own == NULL ? newest_prefix(workbook, description) : NULL;
    char *digits = prefix != NULL ? highest_digits(workbook, description, prefix) : NULL;
    char *ref =
        digits != NULL ? next_behind(prefix, digits) : record_next_ref(workbook, register_id);
    free(own);
    free(prefix);
    free(digits);
    return ref;
}
