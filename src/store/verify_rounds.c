/* Owns whether closed rounds are as they were when they were closed; knows nothing of closing them.
 *
 * Closing writes the head of that moment into the round (contract.md), so that the batch that did
 * it must follow from that head. After it no batch may touch the round or its lines, and each of
 * them must have the digest that its newest change left. A round that came in closed, by import or
 * by merge, has no such batch, and only its digests are compared. */
#include "clause5/store/verify.h"

#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/store/record.h"
#include "store/database.h"
#include "store/digest.h"
#include "store/row.h"
#include "store/state.h"

/* The check of one round. */
struct round_check {
    struct workbook *workbook;
    const struct verify_visitor *visitor;
    int64_t audit;
    const char *ref;
    int64_t closing; /* the batch that closed it; 0: none here did */
    int findings;
};

/* What belongs to a round: the round itself, and the registers that name it in their field audit.
 */
static const enum register_id members[] = {REGISTER_ASSESSMENT, REGISTER_SAMPLE};

static void tell(struct round_check *check, const char *what) {
    struct buffer finding = {0};
    buffer_addf(&finding, "the closed round %s: %s", check->ref, what);
    check->findings++;
    if (check->findings <= VERIFY_FINDINGS_MOST) {
        check->visitor->visit(check->visitor->context, buffer_text(&finding));
    }
    buffer_free(&finding);
}

static void name_record(struct round_check *check, enum register_id register_id, int64_t id,
                        struct buffer *out) {
    struct fault unread = {0};
    buffer_addf(out, "%s ", register_describe(register_id)->singular);
    if (record_print_key_of(check->workbook, register_id, id, out, &unread) != LOOKUP_FOUND) {
        buffer_addf(out, "with the id %lld", (long long)id);
    }
    fault_clear(&unread);
}

/* Sets *IS_AS_LEFT to whether the row has the digest that its newest change left. */
static bool compare_digest(struct round_check *check, enum register_id register_id, int64_t id,
                           sqlite3_stmt *change, bool *is_as_left, struct fault *fault) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    enum lookup found = row_read(check->workbook, register_id, id, values, fault);
    if (found == LOOKUP_FOUND) {
        struct digest digest = digest_of_row(register_id, id, values, &check->workbook->scratch);
        *is_as_left = sqlite3_column_bytes(change, 1) == DIGEST_SIZE &&
                      memcmp(sqlite3_column_blob(change, 1), digest.bytes, DIGEST_SIZE) == 0;
    }
    values_free(values, register_describe(register_id)->field_count);
    return found != LOOKUP_FAULT;
}

/* Looks at the newest change of one record of the round. */
static bool check_record(struct round_check *check, enum register_id register_id, int64_t id,
                         struct fault *fault) {
    sqlite3_stmt *change =
        database_statement(check->workbook,
                           "SELECT c.batch, c.after, b.label, b.kind FROM main.c5_change AS c\n"
                           "  JOIN main.c5_batch AS b ON b.number = c.batch\n"
                           " WHERE c.register = ?1 AND c.first_id = ?2 AND c.touch = 'changed'\n"
                           " ORDER BY c.batch DESC LIMIT 1",
                           fault);
    struct buffer what = {0};
    bool is_as_left = true;
    if (change == NULL) {
        return false;
    }
    sqlite3_bind_text(change, 1, register_describe(register_id)->name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(change, 2, id);
    int result = sqlite3_step(change);
    bool good = result == SQLITE_ROW || result == SQLITE_DONE ||
                database_fault(check->workbook, fault, "read its history");
    if (result == SQLITE_ROW) {
        const int64_t batch = sqlite3_column_int64(change, 0);
        const char *kind = (const char *)sqlite3_column_text(change, 3);
        good = compare_digest(check, register_id, id, change, &is_as_left, fault);
        name_record(check, register_id, id, &what);
        if (good && !is_as_left) {
            buffer_add(&what, " was changed outside the program");
            tell(check, buffer_text(&what));
        } else if (good && check->closing > 0 && batch > check->closing &&
                   strcmp(kind == NULL ? "" : kind, "edit") == 0) {
            buffer_addf(&what, " was changed after the closing, by batch %lld (\"%s\")",
                        (long long)batch, (const char *)sqlite3_column_text(change, 2));
            tell(check, buffer_text(&what));
        }
    }
    sqlite3_reset(change);
    buffer_free(&what);
    return good;
}

static bool check_members(struct round_check *check, enum register_id register_id,
                          struct fault *fault) {
    struct buffer sql = {0};
    int result = SQLITE_ERROR;
    bool good = true;
    buffer_addf(&sql, "SELECT id FROM main.\"%s\" WHERE audit = ?1 ORDER BY id",
                register_describe(register_id)->name);
    sqlite3_stmt *rows = database_prepare(check->workbook, buffer_text(&sql), fault);
    buffer_free(&sql);
    if (rows == NULL) {
        return false;
    }
    sqlite3_bind_int64(rows, 1, check->audit);
    while (good && (result = sqlite3_step(rows)) == SQLITE_ROW) {
        good = check_record(check, register_id, sqlite3_column_int64(rows, 0), fault);
    }
    if (good && result != SQLITE_DONE) {
        good = database_fault(check->workbook, fault, "read its rounds");
    }
    sqlite3_finalize(rows);
    return good;
}

/* Compares the head that the round bears with the one that its closing followed. */
static bool check_head(struct round_check *check, const char *head, struct fault *fault) {
    sqlite3_stmt *statement =
        database_statement(check->workbook,
                           "SELECT lower(hex(parent)), label LIKE 'close %' AND kind = 'edit'\n"
                           "  FROM main.c5_batch WHERE number = ?1",
                           fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, check->closing);
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW && sqlite3_column_int(statement, 1) != 0 &&
        strcmp((const char *)sqlite3_column_text(statement, 0), head) != 0) {
        tell(check, "the head that it bears is not the one that it was closed at: it was changed "
                    "outside the program");
    }
    sqlite3_reset(statement);
    return result == SQLITE_ROW || result == SQLITE_DONE ||
           database_fault(check->workbook, fault, "read its history");
}

static bool check_round(struct round_check *check, const char *head, struct fault *fault) {
    bool good = (check->closing == 0 || head == NULL || check_head(check, head, fault)) &&
                check_record(check, REGISTER_AUDIT, check->audit, fault);
    for (size_t i = 0; i < sizeof members / sizeof *members && good; i++) {
        good = check_members(check, members[i], fault);
    }
    return good;
}

int verify_rounds(struct workbook *workbook, const struct verify_visitor *visitor,
                  struct fault *fault) {
    struct round_check check = {.workbook = workbook, .visitor = visitor};
    int result = SQLITE_ERROR;
    bool good = true;
    sqlite3_stmt *rounds =
        database_prepare(workbook,
                         "SELECT a.id, a.ref, a.closing_head,\n"
                         "       coalesce((SELECT max(c.batch) FROM main.c5_change AS c\n"
                         "                  WHERE c.register = 'audit' AND c.first_id = a.id\n"
                         "                    AND c.touch = 'changed'), 0)\n"
                         "  FROM main.audit AS a WHERE a.closed_on IS NOT NULL ORDER BY a.ref",
                         fault);
    if (rounds == NULL) {
        return -1;
    }
    while (good && (result = sqlite3_step(rounds)) == SQLITE_ROW) {
        check.audit = sqlite3_column_int64(rounds, 0);
        check.ref = (const char *)sqlite3_column_text(rounds, 1);
        check.closing = sqlite3_column_int64(rounds, 3);
        good = check_round(&check, (const char *)sqlite3_column_text(rounds, 2), fault);
    }
    if (good && result != SQLITE_DONE) {
        good = database_fault(workbook, fault, "read its rounds");
    }
    sqlite3_finalize(rounds);
    return good ? check.findings : -1;
}
