/* Owns the checks of the file that need no history: pages, references, heads. */
#include "clause5/store/verify.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/store/record.h"
#include "store/database.h"
#include "store/digest.h"

/* Steps the statement, telling what TELL makes of each row. Returns the count of findings, -1
 * where the statement failed. */
static int tell_rows(struct workbook *workbook, sqlite3_stmt *statement,
                     const struct verify_visitor *visitor,
                     bool (*tell)(struct workbook *, sqlite3_stmt *, struct buffer *)) {
    struct buffer finding = {0};
    int count = 0;
    int result;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        buffer_clear(&finding);
        if (tell(workbook, statement, &finding)) {
            count++;
            if (count <= VERIFY_FINDINGS_MOST) {
                visitor->visit(visitor->context, buffer_text(&finding));
            }
        }
    }
    buffer_free(&finding);
    return result == SQLITE_DONE ? count : -1;
}

/* The code of what kept SQLite from reading a page, in a row of integrity_check; SQLITE_OK where
 * the row tells of damage. */
static int unread_code(const char *text) {
    static const char mark[] = "error code=";
    const char *code = strstr(text, mark);
    int primary = code == NULL ? SQLITE_OK : (int)strtol(code + strlen(mark), NULL, 10) & 0xff;
    return primary == SQLITE_IOERR || primary == SQLITE_NOMEM ? primary : SQLITE_OK;
}

/* SQLite answers with one row "ok", or a row per fault. */
static bool tell_page(struct workbook *workbook, sqlite3_stmt *statement, struct buffer *finding) {
    const char *text = database_text(statement, 0);
    (void)workbook;
    if (text == NULL || strcmp(text, "ok") == 0) {
        return text == NULL;
    }
    buffer_addf(finding, "the file is damaged: %s", text);
    return true;
}

/* The findings of integrity_check, kept until it is known whether it could look at all. */
struct page_findings {
    struct buffer texts[VERIFY_FINDINGS_MOST];
    int kept;
    int unread; /* what kept it from looking, SQLITE_OK where nothing did */
};

static void keep_page(void *context, const char *finding) {
    struct page_findings *findings = context;
    if (findings->unread == SQLITE_OK) {
        findings->unread = unread_code(finding);
    }
    buffer_add(&findings->texts[findings->kept++], finding);
}

int verify_pages(struct workbook *workbook, const struct verify_visitor *visitor,
                 struct fault *fault) {
    struct page_findings findings = {.unread = SQLITE_OK};
    const struct verify_visitor keeper = {.visit = keep_page, .context = &findings};
    sqlite3_stmt *statement = database_prepare(workbook, "PRAGMA integrity_check(50)", fault);
    int count = statement == NULL ? -1 : tell_rows(workbook, statement, &keeper, tell_page);
    if (statement != NULL && count < 0) {
        database_fault(workbook, fault, "check its pages");
    } else if (findings.unread != SQLITE_OK) {
        /* A disk that cannot be read is no damaged file. */
        database_fault_of(workbook, findings.unread, fault, "check its pages");
        count = -1;
    }
    for (int i = 0; i < findings.kept; i++) {
        if (count > 0) {
            visitor->visit(visitor->context, buffer_text(&findings.texts[i]));
        }
        buffer_free(&findings.texts[i]);
    }
    sqlite3_finalize(statement);
    return count;
}

/* The columns are table, rowid, the table that it refers to, number of the foreign key. */
static bool tell_reference(struct workbook *workbook, sqlite3_stmt *statement,
                           struct buffer *finding) {
    const char *table = database_text(statement, 0);
    const char *target = database_text(statement, 2);
    enum register_id register_id = table == NULL ? REGISTER_NONE : register_find(table);
    struct fault unread = {0};
    int64_t id = sqlite3_column_int64(statement, 1);
    buffer_addf(finding, "%s ", table == NULL ? "a row" : table);
    size_t named = finding->len_bytes;
    if (register_id != REGISTER_NONE) {
        record_print_key_of(workbook, register_id, id, finding, &unread);
    }
    fault_clear(&unread);
    if (finding->len_bytes == named) {
        buffer_addf(finding, "with the id %lld", (long long)id);
    }
    buffer_addf(finding, " refers to a %s that is not there", target == NULL ? "row" : target);
    return true;
}

int verify_references(struct workbook *workbook, const struct verify_visitor *visitor,
                      struct fault *fault) {
    sqlite3_stmt *statement = database_prepare(workbook, "PRAGMA foreign_key_check", fault);
    int count = statement == NULL ? -1 : tell_rows(workbook, statement, visitor, tell_reference);
    if (statement != NULL && count < 0) {
        database_fault(workbook, fault, "check its references");
    }
    sqlite3_finalize(statement);
    return count;
}

bool verify_visit_broken(struct workbook *workbook, const struct broken_visitor *visitor,
                         struct fault *fault) {
    sqlite3_stmt *statement = database_prepare(
        workbook,
        "SELECT c.\"table\", c.rowid, k.\"from\" FROM pragma_foreign_key_check AS c\n"
        "  JOIN pragma_foreign_key_list(c.\"table\") AS k ON k.id = c.fkid",
        fault);
    bool wants_more = statement != NULL;
    int result = SQLITE_ERROR;
    while (wants_more && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *table = (const char *)sqlite3_column_text(statement, 0);
        const char *column = (const char *)sqlite3_column_text(statement, 2);
        enum register_id register_id = table == NULL ? REGISTER_NONE : register_find(table);
        if (register_id != REGISTER_NONE && column != NULL) {
            wants_more =
                visitor->visit(visitor->context, register_id, sqlite3_column_int64(statement, 1),
                               register_find_field(register_id, column));
        }
    }
    if (statement != NULL && wants_more && result != SQLITE_DONE) {
        database_fault(workbook, fault, "check its references");
    }
    sqlite3_finalize(statement);
    return !wants_more ? statement != NULL : result == SQLITE_DONE;
}

bool verify_is_head(const char *digits) {
    size_t length = strspn(digits, "0123456789abcdefABCDEF");
    return digits[length] == '\0' && length >= VERIFY_HEAD_LEAST &&
           length <= (size_t)2 * DIGEST_SIZE;
}

bool verify_find_head(struct workbook *workbook, const char *digits, int64_t *batch,
                      int64_t *newest, struct fault *fault) {
    sqlite3_stmt *statement =
        database_statement(workbook,
                           "SELECT count(*), coalesce(max(number), 0) FROM main.c5_batch\n"
                           " WHERE substr(lower(hex(hash)), 1, length(?1)) = lower(?1)",
                           fault);
    *batch = 0;
    if (statement == NULL ||
        !database_read_whole(workbook, "SELECT max(number) FROM main.c5_batch", newest, fault)) {
        return false;
    }
    sqlite3_bind_text(statement, 1, digits, -1, SQLITE_STATIC);
    int result = sqlite3_step(statement);
    if (result != SQLITE_ROW) {
        database_fault(workbook, fault, "read its history");
    } else if (sqlite3_column_int64(statement, 0) == 1) {
        *batch = sqlite3_column_int64(statement, 1);
    }
    sqlite3_reset(statement);
    return result == SQLITE_ROW;
}
