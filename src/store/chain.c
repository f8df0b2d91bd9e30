/* Owns the rows of c5_batch and the hash that chains them, as history.c describes it; knows nothing
 * of how batches come about. */
#include "store/chain.h"

#include <nettle/sha2.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "store/database.h"
#include "store/state.h"

static const char *const kind_words[] = {[BATCH_EDIT] = "edit",
                                         [BATCH_UNDO] = "undo",
                                         [BATCH_REDO] = "redo",
                                         [BATCH_MERGE] = "merge",
                                         [BATCH_FOUNDING] = "founding"};
_Static_assert(COUNT(kind_words) == BATCH_FOUNDING + 1, "one word per kind");

static const char *const touch_words[] = {
    [TOUCH_INSERTED] = "inserted", [TOUCH_CHANGED] = "changed", [TOUCH_DELETED] = "deleted"};
_Static_assert(COUNT(touch_words) == TOUCH_DELETED + 1, "one word per touch");

const char *chain_touch_word(enum touch touch) {
    return touch_words[touch];
}

static int find_word(const char *const *words, size_t count, const char *word) {
    for (size_t i = 0; i < count; i++) {
        if (word != NULL && strcmp(words[i], word) == 0) {
            return (int)i;
        }
    }
    return -1;
}

bool chain_find_kind(const char *word, enum batch_kind *kind) {
    int found = find_word(kind_words, COUNT(kind_words), word);
    *kind = found < 0 ? BATCH_EDIT : (enum batch_kind)found;
    return found >= 0;
}

bool chain_find_touch(const char *word, enum touch *touch) {
    int found = find_word(touch_words, COUNT(touch_words), word);
    *touch = found < 0 ? TOUCH_INSERTED : (enum touch)found;
    return found >= 0;
}

static const char *take_text(sqlite3_stmt *statement, int column) {
    return database_text(statement, column);
}

static bool take_digest(sqlite3_stmt *statement, int column, struct digest *digest) {
    const void *bytes = sqlite3_column_blob(statement, column);
    if (bytes == NULL || sqlite3_column_bytes(statement, column) != DIGEST_SIZE) {
        *digest = (struct digest){{0}};
        return false;
    }
    memcpy(digest->bytes, bytes, DIGEST_SIZE);
    return true;
}

bool chain_take(sqlite3_stmt *statement, struct chain_link *link) {
    enum batch_kind kind;
    bool has_kind = chain_find_kind(take_text(statement, 1), &kind);
    *link = (struct chain_link){.number = sqlite3_column_int64(statement, 0),
                                .kind = kind,
                                .undoes = sqlite3_column_int64(statement, 2),
                                .time = take_text(statement, 3),
                                .actor = take_text(statement, 4),
                                .label = take_text(statement, 5),
                                .clock_set = take_text(statement, 6)};
    link->has_merged = sqlite3_column_type(statement, 8) != SQLITE_NULL;
    link->content.row_count = sqlite3_column_int64(statement, 11);
    bool has_digests = take_digest(statement, 7, &link->parent);
    has_digests = take_digest(statement, 9, &link->hash) && has_digests;
    has_digests = take_digest(statement, 10, &link->content.sum) && has_digests;
    has_digests = (!link->has_merged || take_digest(statement, 8, &link->merged)) && has_digests;
    bool has_undoes = sqlite3_column_type(statement, 2) != SQLITE_NULL;
    return has_digests && has_kind && has_undoes == (link->undoes != 0) && link->time != NULL &&
           link->actor != NULL && link->label != NULL;
}

bool chain_read_newest(struct workbook *workbook, struct chain_link *link, struct fault *fault) {
    sqlite3_stmt *statement = database_statement(
        workbook, "SELECT " CHAIN_COLUMNS " FROM main.c5_batch ORDER BY number DESC LIMIT 1",
        fault);
    *link = (struct chain_link){0};
    if (statement == NULL) {
        return false;
    }
    int result = sqlite3_step(statement);
    bool good = result == SQLITE_DONE;
    if (result == SQLITE_ROW) {
        good = chain_take(statement, link) ||
               fault_set(fault, FAULT_FAILED,
                         "%s: the newest entry of its history cannot be read: restore a backup",
                         workbook->path);
    } else if (!good) {
        database_fault(workbook, fault, "read its history");
    }
    sqlite3_reset(statement);
    link->time = link->actor = link->label = link->clock_set = NULL;
    return good;
}

/* Everything of variable length says whether it is there, and how long it is. */
static void hash_bytes(struct sha256_ctx *sha, const void *bytes, size_t len_bytes) {
    uint8_t head[5] = {bytes != NULL, (uint8_t)(len_bytes >> 24), (uint8_t)(len_bytes >> 16),
                       (uint8_t)(len_bytes >> 8), (uint8_t)len_bytes};
    sha256_update(sha, sizeof head, head);
    if (len_bytes > 0) {
        sha256_update(sha, len_bytes, bytes);
    }
}

static void hash_text(struct sha256_ctx *sha, const char *text) {
    hash_bytes(sha, text, text == NULL ? 0 : strlen(text));
}

static void hash_i64(struct sha256_ctx *sha, int64_t number) {
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)((uint64_t)number >> (56 - 8 * i));
    }
    sha256_update(sha, sizeof bytes, bytes);
}

static void hash_digest(struct sha256_ctx *sha, const struct digest *digest) {
    sha256_update(sha, DIGEST_SIZE, digest->bytes);
}

/* A blob of length 0 has no address in SQLite; it is told from NULL by its type. */
static void hash_blob(struct sha256_ctx *sha, sqlite3_stmt *statement, int column) {
    const void *bytes = sqlite3_column_blob(statement, column);
    if (bytes == NULL && sqlite3_column_type(statement, column) != SQLITE_NULL) {
        bytes = "";
    }
    hash_bytes(sha, bytes, (size_t)sqlite3_column_bytes(statement, column));
}

static void hash_header(struct sha256_ctx *sha, const struct chain_link *link) {
    hash_text(sha, "clause5 batch");
    hash_digest(sha, &link->parent);
    hash_i64(sha, link->number);
    hash_text(sha, kind_words[link->kind]);
    hash_i64(sha, link->undoes);
    hash_text(sha, link->time);
    hash_text(sha, link->actor);
    hash_text(sha, link->label);
    hash_text(sha, link->clock_set);
    hash_bytes(sha, link->has_merged ? link->merged.bytes : NULL,
               link->has_merged ? DIGEST_SIZE : 0);
}

static void hash_change(struct sha256_ctx *sha, sqlite3_stmt *statement) {
    hash_text(sha, take_text(statement, 0));
    hash_i64(sha, sqlite3_column_int64(statement, 1));
    hash_i64(sha, sqlite3_column_int64(statement, 2));
    hash_text(sha, take_text(statement, 3));
    hash_blob(sha, statement, 4);
    hash_blob(sha, statement, 5);
}

#define CHANGES_OF(table)                                                                          \
    "SELECT register, first_id, last_id, touch, before, after\n"                                   \
    "  FROM main." table " WHERE batch = ?1 ORDER BY register, first_id"

static const char own_changes[] = CHANGES_OF("c5_change");
static const char other_changes[] = CHANGES_OF("c5_other_change");
static const char merge_changes[] = CHANGES_OF("c5_merge_change");
static const char open_changes[] = "SELECT register, first_id, last_id, touch, before, after\n"
                                   "  FROM temp.c5_second ORDER BY register, first_id";

sqlite3_stmt *chain_open_changes(struct workbook *workbook, int64_t batch, struct fault *fault) {
    sqlite3_stmt *changes = database_prepare(workbook, own_changes, fault);
    if (changes != NULL) {
        sqlite3_bind_int64(changes, 1, batch);
    }
    return changes;
}

sqlite3_stmt *chain_keep_changes(struct workbook *workbook, int64_t batch, struct fault *fault) {
    sqlite3_stmt *changes = database_statement(workbook, own_changes, fault);
    if (changes != NULL) {
        sqlite3_bind_int64(changes, 1, batch);
    }
    return changes;
}

static sqlite3_stmt *open_by_hash(struct workbook *workbook, const char *sql,
                                  const struct digest *batch, struct fault *fault) {
    sqlite3_stmt *changes = database_prepare(workbook, sql, fault);
    if (changes != NULL) {
        sqlite3_bind_blob(changes, 1, batch->bytes, DIGEST_SIZE, SQLITE_TRANSIENT);
    }
    return changes;
}

sqlite3_stmt *chain_open_other_changes(struct workbook *workbook, const struct digest *batch,
                                       struct fault *fault) {
    return open_by_hash(workbook, other_changes, batch, fault);
}

sqlite3_stmt *chain_open_merge_changes(struct workbook *workbook, const struct digest *batch,
                                       struct fault *fault) {
    return open_by_hash(workbook, merge_changes, batch, fault);
}

int chain_step_changes(struct workbook *workbook, sqlite3_stmt *changes, struct fault *fault) {
    int result = sqlite3_step(changes);
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
        database_fault(workbook, fault, "read its history");
        return -1;
    }
    return result == SQLITE_ROW ? 1 : 0;
}

/* Hashes the rows of a statement that is bound, and that no register comes after them. */
static bool hash_changes(struct workbook *workbook, struct sha256_ctx *sha, sqlite3_stmt *statement,
                         struct fault *fault) {
    int result;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        hash_change(sha, statement);
    }
    if (result != SQLITE_DONE) {
        database_fault(workbook, fault, "read its history");
    }
    sqlite3_reset(statement);
    hash_text(sha, NULL);
    return result == SQLITE_DONE;
}

static bool hash_own_side(struct workbook *workbook, struct sha256_ctx *sha,
                          const struct chain_link *link, enum chain_place place,
                          struct fault *fault) {
    sqlite3_stmt *statement =
        database_statement(workbook, place == CHAIN_OTHER ? other_changes : own_changes, fault);
    if (statement == NULL) {
        return false;
    }
    if (place == CHAIN_OTHER) {
        sqlite3_bind_blob(statement, 1, link->hash.bytes, DIGEST_SIZE, SQLITE_STATIC);
    } else {
        sqlite3_bind_int64(statement, 1, link->number);
    }
    return hash_changes(workbook, sha, statement, fault);
}

static bool hash_other_side(struct workbook *workbook, struct sha256_ctx *sha,
                            const struct chain_link *link, enum chain_place place,
                            struct fault *fault) {
    sqlite3_stmt *statement =
        database_statement(workbook, place == CHAIN_OPEN ? open_changes : merge_changes, fault);
    if (statement == NULL) {
        return false;
    }
    if (place != CHAIN_OPEN) {
        sqlite3_bind_blob(statement, 1, link->hash.bytes, DIGEST_SIZE, SQLITE_STATIC);
    }
    return hash_changes(workbook, sha, statement, fault);
}

bool chain_hash(struct workbook *workbook, const struct chain_link *link, enum chain_place place,
                struct digest *hash, struct fault *fault) {
    struct sha256_ctx sha;
    sha256_init(&sha);
    hash_header(&sha, link);
    if (!hash_own_side(workbook, &sha, link, place, fault) ||
        (link->has_merged && !hash_other_side(workbook, &sha, link, place, fault))) {
        return false;
    }
    hash_digest(&sha, &link->content.sum);
    hash_i64(&sha, link->content.row_count);
    sha256_digest(&sha, DIGEST_SIZE, hash->bytes);
    return true;
}

bool chain_append(struct workbook *workbook, const struct chain_link *link, struct fault *fault) {
    sqlite3_stmt *statement =
        database_statement(workbook,
                           "INSERT INTO main.c5_batch (" CHAIN_COLUMNS ")\n"
                           "VALUES (?1, ?2, nullif(?3, 0), ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                           fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, link->number);
    sqlite3_bind_text(statement, 2, kind_words[link->kind], -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, link->undoes);
    sqlite3_bind_text(statement, 4, link->time, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 5, link->actor, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 6, link->label, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 7, link->clock_set, -1, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 8, link->parent.bytes, DIGEST_SIZE, SQLITE_STATIC);
    if (link->has_merged) {
        sqlite3_bind_blob(statement, 9, link->merged.bytes, DIGEST_SIZE, SQLITE_STATIC);
    }
    sqlite3_bind_blob(statement, 10, link->hash.bytes, DIGEST_SIZE, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 11, link->content.sum.bytes, DIGEST_SIZE, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 12, link->content.row_count);
    return database_finish(workbook, statement, fault, "write its history");
}
