/* Owns the proof that a workbook is what its history says; knows nothing of writing.
 *
 * Three walks, beside the pasts of merged copies (verify_others.c). Up the chain: every link's hash
 * is worked out anew and every parent is the hash before. Over the content: the digest of all rows
 * is that of the newest batch, and party holds the ids of roles and persons. Then back down: what
 * each batch did is taken back from the content, in memory and in the TEMP table c5_state for the
 * rows that it touched, and at every step the digests must be those that the batch before wrote,
 * until nothing is left before the first.
 *
 * Where the content does not fit, walking back says more: a changed record shows against the digest
 * that the newest change of it left, and the batch whose inserted rows were altered is the one that
 * makes the difference vanish when it is taken back. What this cannot show is a history rewritten
 * as a whole, or cut at its end together with the content: a head noted elsewhere does. */
#include <string.h>

#include "clause5/store/history.h"
#include "clause5/store/record.h"
#include "store/chain.h"
#include "store/database.h"
#include "store/image.h"
#include "store/row.h"
#include "store/state.h"
#include "store/verify_others.h"

/* The walk back: the content as of the batch that is looked at. */
struct walk {
    struct workbook *workbook;
    struct content content;
    struct chain_link link;
    enum register_id register_id; /* of the change at hand, with its ids */
    int64_t first_id, last_id;
};

/* Fills the refusal that names a batch. */
static bool misfit(const struct walk *walk, struct fault *fault, const char *why) {
    return fault_set(fault, FAULT_REFUSED,
                     "batch %lld (\"%s\", %s, %s) does not fit: %s; restore a backup from before "
                     "it was altered",
                     (long long)walk->link.number, walk->link.label == NULL ? "" : walk->link.label,
                     walk->link.actor == NULL ? "" : walk->link.actor,
                     walk->link.time == NULL ? "" : walk->link.time, why);
}

/* The same, about the record at hand. */
static bool misfit_record(const struct walk *walk, struct fault *fault, const char *what) {
    struct buffer why = {0};
    struct fault unread = {0};
    buffer_addf(&why, "%s ", register_describe(walk->register_id)->singular);
    if (record_print_key_of(walk->workbook, walk->register_id, walk->first_id, &why, &unread) !=
        LOOKUP_FOUND) {
        buffer_addf(&why, "with the id %lld", (long long)walk->first_id);
    }
    buffer_addf(&why, " %s", what);
    misfit(walk, fault, why.bytes);
    fault_clear(&unread);
    buffer_free(&why);
    return false;
}

static bool check_link(struct walk *walk, const struct digest *parent, int64_t number,
                       struct fault *fault) {
    struct digest hash;
    if (walk->link.number != number) {
        return misfit(walk, fault, "a batch before it is missing");
    }
    if (!digest_equals(&walk->link.parent, parent)) {
        return misfit(walk, fault, "it does not follow from the batch before it");
    }
    if (walk->link.undoes >= number || walk->link.undoes < 0) {
        return misfit(walk, fault, "it takes a batch back that did not come before it");
    }
    return chain_hash(walk->workbook, &walk->link, CHAIN_OWN, &hash, fault) &&
           (digest_equals(&hash, &walk->link.hash) ||
            misfit(walk, fault, "its entry in the history was altered"));
}

/* Walks up the chain. Sets the number of links. */
static bool check_chain(struct walk *walk, int64_t *count, struct fault *fault) {
    struct digest parent = {{0}};
    int result = SQLITE_ERROR;
    bool good = true;
    sqlite3_stmt *statement = database_prepare(
        walk->workbook, "SELECT " CHAIN_COLUMNS " FROM main.c5_batch ORDER BY number", fault);
    *count = 0;
    if (statement == NULL) {
        return false;
    }
    while (good && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        good = chain_take(statement, &walk->link) ||
               misfit(walk, fault, "its entry in the history was altered");
        good = good && check_link(walk, &parent, *count + 1, fault);
        parent = walk->link.hash;
        *count += 1;
    }
    if (good && result != SQLITE_DONE) {
        good = database_fault(walk->workbook, fault, "read its history");
    }
    sqlite3_finalize(statement);
    return good;
}

/* Refuses where the SQL finds anything. */
static bool check_none(struct workbook *workbook, const char *sql, const char *refusal,
                       struct fault *fault) {
    int64_t found = 0;
    return database_read_whole(workbook, sql, &found, fault) &&
           (found == 0 || fault_set(fault, FAULT_REFUSED, "%s", refusal));
}

static bool check_strays(struct workbook *workbook, struct fault *fault) {
    return check_none(workbook,
                      "SELECT count(*) FROM main.c5_change\n"
                      " WHERE batch NOT IN (SELECT number FROM main.c5_batch)",
                      "the history holds changes of a batch that is missing: it was altered; "
                      "restore a backup from before",
                      fault) &&
           check_none(workbook,
                      "SELECT 1 FROM main.party AS p\n"
                      " WHERE NOT EXISTS (SELECT 1 FROM main.role WHERE role.id = p.id)\n"
                      "   AND NOT EXISTS (SELECT 1 FROM main.person WHERE person.id = p.id)\n"
                      " LIMIT 1",
                      "the table party holds an id that is neither a role nor a person: it was "
                      "altered; restore a backup from before",
                      fault) &&
           check_none(workbook,
                      "SELECT 1 FROM (SELECT id FROM main.role UNION ALL SELECT id FROM "
                      "main.person) AS r\n"
                      " WHERE NOT EXISTS (SELECT 1 FROM main.party WHERE party.id = r.id)\n"
                      " LIMIT 1",
                      "a role or person is missing in the table party: it was altered; restore a "
                      "backup from before",
                      fault);
}

/* Adds the rows that STATEMENT gives (id, then the fields) to the content, or takes them away. */
static bool sum_rows(struct walk *walk, enum register_id register_id, sqlite3_stmt *statement,
                     void (*sum)(struct content *content, const struct digest *row),
                     struct fault *fault) {
    const int count = register_describe(register_id)->field_count;
    struct value values[REGISTER_FIELDS_MOST];
    int result;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        row_take(statement, 1, register_id, values);
        struct digest digest = digest_of_row(register_id, sqlite3_column_int64(statement, 0),
                                             values, &walk->workbook->scratch);
        sum(&walk->content, &digest);
        values_free(values, count);
    }
    return result == SQLITE_DONE || database_fault(walk->workbook, fault, "read its rows");
}

static bool sum_register(struct walk *walk, enum register_id register_id, struct fault *fault) {
    struct buffer sql = {0};
    buffer_add(&sql, "SELECT id, ");
    row_add_columns(&sql, register_id);
    buffer_addf(&sql, " FROM main.\"%s\"", register_describe(register_id)->name);
    sqlite3_stmt *statement = database_prepare(walk->workbook, sql.bytes, fault);
    bool good = statement != NULL && sum_rows(walk, register_id, statement, content_add, fault);
    sqlite3_finalize(statement);
    buffer_free(&sql);
    return good;
}

static bool sum_content(struct walk *walk, struct fault *fault) {
    bool good = true;
    for (int i = 0; i < REGISTER_COUNT && good; i++) {
        good = sum_register(walk, (enum register_id)i, fault);
    }
    return good;
}

/* Binds the register and the ids at hand to parameters 1 to 3. */
static void bind_ids(const struct walk *walk, sqlite3_stmt *statement) {
    sqlite3_bind_int(statement, 1, (int)walk->register_id);
    sqlite3_bind_int64(statement, 2, walk->first_id);
    sqlite3_bind_int64(statement, 3, walk->last_id);
}

static bool state_put(struct walk *walk, const struct value *values, struct fault *fault) {
    struct buffer image = {0};
    sqlite3_stmt *statement = database_statement(
        walk->workbook,
        "INSERT OR REPLACE INTO temp.c5_state (register, id, image) VALUES (?1, ?2, ?4)", fault);
    if (statement == NULL) {
        return false;
    }
    image_add_filled(&image, walk->register_id, values);
    sqlite3_bind_int(statement, 1, (int)walk->register_id);
    sqlite3_bind_int64(statement, 2, walk->first_id);
    sqlite3_bind_blob64(statement, 4, image.len_bytes > 0 ? image.bytes : "", image.len_bytes,
                        SQLITE_STATIC);
    bool good = database_finish(walk->workbook, statement, fault, "check its history");
    buffer_free(&image);
    return good;
}

/* Reads the row at hand as of the batch that is looked at. */
static enum lookup state_get(struct walk *walk, struct value *values, struct fault *fault) {
    field_set set;
    sqlite3_stmt *statement = database_statement(
        walk->workbook, "SELECT image FROM temp.c5_state WHERE register = ?1 AND id = ?2", fault);
    if (statement == NULL) {
        return LOOKUP_FAULT;
    }
    sqlite3_bind_int(statement, 1, (int)walk->register_id);
    sqlite3_bind_int64(statement, 2, walk->first_id);
    int result = sqlite3_step(statement);
    enum lookup lookup = LOOKUP_NONE;
    if (result == SQLITE_ROW) {
        lookup = image_read(walk->register_id, sqlite3_column_blob(statement, 0),
                            (size_t)sqlite3_column_bytes(statement, 0), values, &set, fault)
                     ? LOOKUP_FOUND
                     : LOOKUP_FAULT;
    } else if (result != SQLITE_DONE) {
        database_fault(walk->workbook, fault, "check its history");
        lookup = LOOKUP_FAULT;
    }
    sqlite3_reset(statement);
    return lookup == LOOKUP_NONE
               ? row_read(walk->workbook, walk->register_id, walk->first_id, values, fault)
               : lookup;
}

/* Takes the inserted rows away that no later batch touched, which are as they lie in the file. */
static bool take_file_rows(struct walk *walk, struct fault *fault) {
    struct buffer sql = {0};
    buffer_add(&sql, "SELECT id, ");
    row_add_columns(&sql, walk->register_id);
    buffer_addf(&sql,
                " FROM main.\"%s\" AS r WHERE id BETWEEN ?2 AND ?3\n"
                "   AND NOT EXISTS (SELECT 1 FROM temp.c5_state AS s\n"
                "                    WHERE s.register = ?1 AND s.id = r.id)",
                register_describe(walk->register_id)->name);
    sqlite3_stmt *statement = database_prepare(walk->workbook, sql.bytes, fault);
    buffer_free(&sql);
    if (statement == NULL) {
        return false;
    }
    bind_ids(walk, statement);
    bool good = sum_rows(walk, walk->register_id, statement, content_subtract, fault);
    sqlite3_finalize(statement);
    return good;
}

/* Takes the others away: c5_state has them. */
static bool take_state_rows(struct walk *walk, struct fault *fault) {
    int result = SQLITE_ERROR;
    bool good = true;
    sqlite3_stmt *statement = database_statement(
        walk->workbook,
        "SELECT id, image FROM temp.c5_state WHERE register = ?1 AND id BETWEEN ?2 AND ?3", fault);
    if (statement == NULL) {
        return false;
    }
    bind_ids(walk, statement);
    while (good && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        struct value values[REGISTER_FIELDS_MOST] = {0};
        field_set set;
        good = image_read(walk->register_id, sqlite3_column_blob(statement, 1),
                          (size_t)sqlite3_column_bytes(statement, 1), values, &set, fault);
        struct digest digest = digest_of_row(walk->register_id, sqlite3_column_int64(statement, 0),
                                             values, &walk->workbook->scratch);
        content_subtract(&walk->content, &digest);
        values_free(values, REGISTER_FIELDS_MOST);
    }
    if (good && result != SQLITE_DONE) {
        good = database_fault(walk->workbook, fault, "check its history");
    }
    sqlite3_reset(statement);
    return good;
}

static bool forget_state(struct walk *walk, struct fault *fault) {
    sqlite3_stmt *statement = database_statement(
        walk->workbook, "DELETE FROM temp.c5_state WHERE register = ?1 AND id BETWEEN ?2 AND ?3",
        fault);
    if (statement == NULL) {
        return false;
    }
    bind_ids(walk, statement);
    return database_finish(walk->workbook, statement, fault, "check its history");
}

static bool take_back_inserted(struct walk *walk, struct fault *fault) {
    int64_t expected = walk->content.row_count - (walk->last_id - walk->first_id + 1);
    if (!take_file_rows(walk, fault) || !take_state_rows(walk, fault)) {
        return false;
    }
    if (walk->content.row_count != expected) {
        struct buffer why = {0};
        buffer_addf(&why, "%lld of the %s that it added are missing",
                    (long long)(walk->content.row_count - expected),
                    register_describe(walk->register_id)->label);
        misfit(walk, fault, why.bytes);
        buffer_free(&why);
        return false;
    }
    return forget_state(walk, fault);
}

static bool take_back_changed(struct walk *walk, sqlite3_stmt *change, struct fault *fault) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    struct digest after = {{0}};
    field_set set;
    bool good = false;
    if (state_get(walk, values, fault) != LOOKUP_FOUND) {
        return fault->kind == FAULT_NONE &&
               misfit_record(walk, fault, "was deleted outside the program");
    }
    struct digest digest =
        digest_of_row(walk->register_id, walk->first_id, values, &walk->workbook->scratch);
    if (sqlite3_column_bytes(change, 5) == DIGEST_SIZE) {
        memcpy(after.bytes, sqlite3_column_blob(change, 5), DIGEST_SIZE);
    }
    if (!digest_equals(&digest, &after)) {
        misfit_record(walk, fault, "was altered outside the program after it");
    } else if (image_read(walk->register_id, sqlite3_column_blob(change, 4),
                          (size_t)sqlite3_column_bytes(change, 4), values, &set, fault)) {
        content_subtract(&walk->content, &digest);
        digest = digest_of_row(walk->register_id, walk->first_id, values, &walk->workbook->scratch);
        content_add(&walk->content, &digest);
        good = state_put(walk, values, fault);
    }
    values_free(values, REGISTER_FIELDS_MOST);
    return good;
}

static bool take_back_deleted(struct walk *walk, sqlite3_stmt *change, struct fault *fault) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    field_set set;
    bool good = image_read(walk->register_id, sqlite3_column_blob(change, 4),
                           (size_t)sqlite3_column_bytes(change, 4), values, &set, fault);
    if (good) {
        struct digest digest =
            digest_of_row(walk->register_id, walk->first_id, values, &walk->workbook->scratch);
        content_add(&walk->content, &digest);
        good = state_put(walk, values, fault);
    }
    values_free(values, REGISTER_FIELDS_MOST);
    return good;
}

static bool take_back_change(struct walk *walk, sqlite3_stmt *change, struct fault *fault) {
    enum touch touch;
    const char *name = database_text(change, 0);
    walk->register_id = name == NULL ? REGISTER_NONE : register_find(name);
    walk->first_id = sqlite3_column_int64(change, 1);
    walk->last_id = sqlite3_column_int64(change, 2);
    if (walk->register_id == REGISTER_NONE || walk->last_id < walk->first_id ||
        !chain_find_touch(database_text(change, 3), &touch)) {
        return misfit(walk, fault, "its entry in the history was altered");
    }
    switch (touch) {
    case TOUCH_INSERTED:
        return take_back_inserted(walk, fault);
    case TOUCH_CHANGED:
        return take_back_changed(walk, change, fault);
    case TOUCH_DELETED:
        break;
    }
    return take_back_deleted(walk, change, fault);
}

static bool take_back_batch(struct walk *walk, struct fault *fault) {
    sqlite3_stmt *changes = chain_keep_changes(walk->workbook, walk->link.number, fault);
    bool good = changes != NULL;
    int step = 0;
    while (good && (step = chain_step_changes(walk->workbook, changes, fault)) == 1) {
        good = take_back_change(walk, changes, fault);
    }
    sqlite3_reset(changes);
    return good && step == 0;
}

/* Refuses what is left before the first batch: rows that no batch wrote. */
static bool refuse_rest(const struct walk *walk, struct fault *fault) {
    return fault_set(fault, FAULT_REFUSED,
                     "the registers hold %lld rows that no batch wrote: they came from outside the "
                     "program; restore a backup from before",
                     (long long)walk->content.row_count);
}

/* Appends which rows a batch added: the record itself where it was one. */
static void add_inserted(struct walk *walk, struct buffer *out) {
    sqlite3_stmt *statement = NULL;
    struct fault unread = {0};
    statement = database_prepare(walk->workbook,
                                 "SELECT register, first_id, sum(last_id - first_id + 1)\n"
                                 "  FROM main.c5_change WHERE batch = ?1 AND touch = 'inserted'\n"
                                 " GROUP BY register ORDER BY register",
                                 &unread);
    sqlite3_bind_int64(statement, 1, walk->link.number);
    const char *separator = "";
    while (statement != NULL && sqlite3_step(statement) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(statement, 0);
        enum register_id register_id = name == NULL ? REGISTER_NONE : register_find(name);
        const int64_t count = sqlite3_column_int64(statement, 2);
        if (register_id == REGISTER_NONE) {
            continue;
        }
        buffer_addf(out, "%s%s ", separator,
                    count == 1 ? register_describe(register_id)->singular
                               : register_describe(register_id)->label);
        if (count > 1) {
            buffer_addf(out, "(%lld)", (long long)count);
        } else if (record_print_key_of(walk->workbook, register_id,
                                       sqlite3_column_int64(statement, 1), out,
                                       &unread) != LOOKUP_FOUND) {
            buffer_addf(out, "with the id %lld", (long long)sqlite3_column_int64(statement, 1));
        }
        separator = ", ";
    }
    sqlite3_finalize(statement);
    fault_clear(&unread);
}

/* Names the batch whose inserted rows are not what it inserted, and what it inserted. */
static bool refuse_inserted(struct walk *walk, int64_t number, struct fault *fault) {
    sqlite3_stmt *statement = database_statement(
        walk->workbook, "SELECT " CHAIN_COLUMNS " FROM main.c5_batch WHERE number = ?1", fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, number);
    if (sqlite3_step(statement) == SQLITE_ROW && chain_take(statement, &walk->link)) {
        struct buffer why = {0};
        buffer_add(&why, "rows that it added were altered outside the program, among: ");
        add_inserted(walk, &why);
        misfit(walk, fault, buffer_text(&why));
        buffer_free(&why);
    } else {
        database_fault(walk->workbook, fault, "read its history");
    }
    sqlite3_reset(statement);
    return false;
}

/* What a row of c5_merge_change says of one record: its digest as merged, and as the other copy had
 * it, are exchanged in CONTENT. */
static bool exchange_changed(struct walk *walk, sqlite3_stmt *change, struct content *content,
                             struct fault *fault) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    field_set set;
    bool good = state_get(walk, values, fault) == LOOKUP_FOUND ||
                (fault->kind == FAULT_NONE &&
                 misfit_record(walk, fault, "was deleted outside the program"));
    if (good) {
        struct digest digest =
            digest_of_row(walk->register_id, walk->first_id, values, &walk->workbook->scratch);
        content_subtract(content, &digest);
    }
    if (good && image_read(walk->register_id, sqlite3_column_blob(change, 4),
                           (size_t)sqlite3_column_bytes(change, 4), values, &set, fault)) {
        struct digest digest =
            digest_of_row(walk->register_id, walk->first_id, values, &walk->workbook->scratch);
        content_add(content, &digest);
    } else {
        good = false;
    }
    values_free(values, REGISTER_FIELDS_MOST);
    return good;
}

static bool exchange_inserted(struct walk *walk, struct content *content, struct fault *fault) {
    struct content kept = walk->content;
    walk->content = *content;
    bool good = take_file_rows(walk, fault) && take_state_rows(walk, fault);
    *content = walk->content;
    walk->content = kept;
    return good;
}

static bool exchange_deleted(struct walk *walk, sqlite3_stmt *change, struct content *content,
                             struct fault *fault) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    field_set set;
    bool good = image_read(walk->register_id, sqlite3_column_blob(change, 4),
                           (size_t)sqlite3_column_bytes(change, 4), values, &set, fault);
    struct digest digest =
        digest_of_row(walk->register_id, walk->first_id, values, &walk->workbook->scratch);
    content_add(content, &digest);
    values_free(values, REGISTER_FIELDS_MOST);
    return good;
}

static bool exchange_change(struct walk *walk, sqlite3_stmt *change, struct content *content,
                            struct fault *fault) {
    enum touch touch;
    const char *name = (const char *)sqlite3_column_text(change, 0);
    walk->register_id = name == NULL ? REGISTER_NONE : register_find(name);
    walk->first_id = sqlite3_column_int64(change, 1);
    walk->last_id = sqlite3_column_int64(change, 2);
    if (walk->register_id == REGISTER_NONE ||
        !chain_find_touch((const char *)sqlite3_column_text(change, 3), &touch)) {
        return misfit(walk, fault, "its entry in the history was altered");
    }
    switch (touch) {
    case TOUCH_INSERTED:
        return exchange_inserted(walk, content, fault);
    case TOUCH_CHANGED:
        return exchange_changed(walk, change, content, fault);
    case TOUCH_DELETED:
        break;
    }
    return exchange_deleted(walk, change, content, fault);
}

/* Sees that the content of a merge leads back to that of the other copy as well. */
static bool check_other_content(struct walk *walk, struct fault *fault) {
    struct content content = walk->content;
    struct content other;
    sqlite3_stmt *changes = chain_open_merge_changes(walk->workbook, &walk->link.hash, fault);
    bool good = changes != NULL;
    int step = 0;
    while (good && (step = chain_step_changes(walk->workbook, changes, fault)) == 1) {
        good = exchange_change(walk, changes, &content, fault);
    }
    sqlite3_finalize(changes);
    return good && step == 0 &&
           verify_read_other(walk->workbook, &walk->link.merged, &other, fault) &&
           (content_equals(&content, &other) ||
            misfit(walk, fault, "what it took over is not what the other copy had"));
}

/* Takes back the batch that STATEMENT stands on. While the content is off, the batch that was taken
 * back when it begins to fit again is the one whose rows were altered. */
static bool step_back(struct walk *walk, sqlite3_stmt *statement, bool *is_off,
                      struct fault *fault) {
    bool was_off = *is_off;
    if (!chain_take(statement, &walk->link)) {
        return misfit(walk, fault, "its entry in the history was altered");
    }
    *is_off = !content_equals(&walk->content, &walk->link.content);
    if (was_off && !*is_off) {
        return refuse_inserted(walk, walk->link.number + 1, fault);
    }
    if (walk->link.has_merged && !*is_off && !check_other_content(walk, fault)) {
        return false;
    }
    return take_back_batch(walk, fault);
}

static bool walk_back(struct walk *walk, struct fault *fault) {
    const struct content nothing = {0};
    bool is_off = false;
    bool good = true;
    int result = SQLITE_ERROR;
    sqlite3_stmt *statement = database_prepare(
        walk->workbook, "SELECT " CHAIN_COLUMNS " FROM main.c5_batch ORDER BY number DESC", fault);
    if (statement == NULL) {
        return false;
    }
    while (good && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        good = step_back(walk, statement, &is_off, fault);
    }
    if (good && result != SQLITE_DONE) {
        good = database_fault(walk->workbook, fault, "read its history");
    } else if (good && !content_equals(&walk->content, &nothing)) {
        good = refuse_rest(walk, fault);
    } else if (good && is_off) {
        good = refuse_inserted(walk, 1, fault);
    }
    sqlite3_finalize(statement);
    return good;
}

bool history_verify(struct workbook *workbook, struct fault *fault) {
    struct walk walk = {.workbook = workbook};
    int64_t count = 0;
    if (workbook->batch.is_open) {
        return fault_set(fault, FAULT_FAILED, "\"%s\" is not finished yet", workbook->batch.label);
    }
    if (!database_begin(workbook, "BEGIN", fault)) {
        return false;
    }
    bool good = check_chain(&walk, &count, fault) && check_strays(workbook, fault) &&
                verify_others(workbook, fault) && sum_content(&walk, fault) &&
                walk_back(&walk, fault);
    /* Nothing but c5_state was written, which goes with it. */
    return (database_roll_back(workbook) ||
            (good && database_fault(workbook, fault, "end the check"))) &&
           good;
}
