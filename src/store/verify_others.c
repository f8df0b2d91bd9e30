/* Owns the proof of the pasts that merges took over: each batch against its hash, and each hash
 * against a batch that names it. As a merge's own hash holds that of the other copy's newest batch,
 * the chain of the workbook proves them all. Knows nothing of the content now. */
#include "store/verify_others.h"

#include <string.h>

#include "clause5/base/memory.h"
#include "store/chain.h"
#include "store/database.h"
#include "store/state.h"

static bool misfit(const struct chain_link *link, struct fault *fault, const char *why) {
    return fault_set(fault, FAULT_REFUSED,
                     "batch %lld of a merged copy (\"%s\", %s, %s) does not fit: %s; restore a "
                     "backup from before it was altered",
                     (long long)link->number, link->label == NULL ? "" : link->label,
                     link->actor == NULL ? "" : link->actor, link->time == NULL ? "" : link->time,
                     why);
}

/* The number of the batch of that hash, own or of another copy; 0 where there is none. */
static bool find_number(struct workbook *workbook, const struct digest *hash, int64_t *number,
                        struct fault *fault) {
    sqlite3_stmt *statement =
        database_statement(workbook,
                           "SELECT number FROM main.c5_other_batch WHERE hash = ?1\n"
                           "UNION ALL SELECT number FROM main.c5_batch WHERE hash = ?1 LIMIT 1",
                           fault);
    *number = 0;
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_blob(statement, 1, hash->bytes, DIGEST_SIZE, SQLITE_STATIC);
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        *number = sqlite3_column_int64(statement, 0);
    } else if (result != SQLITE_DONE) {
        database_fault(workbook, fault, "read its history");
    }
    sqlite3_reset(statement);
    return result == SQLITE_ROW || result == SQLITE_DONE;
}

static bool check_link(struct workbook *workbook, const struct chain_link *link,
                       struct fault *fault) {
    struct digest hash;
    int64_t parent = 0;
    int64_t merged = 0;
    if (!chain_hash(workbook, link, CHAIN_OTHER, &hash, fault)) {
        return false;
    }
    if (!digest_equals(&hash, &link->hash)) {
        return misfit(link, fault, "its entry in the history was altered");
    }
    if (!find_number(workbook, &link->parent, &parent, fault) ||
        (link->has_merged && !find_number(workbook, &link->merged, &merged, fault))) {
        return false;
    }
    if (parent == 0 || parent + 1 != link->number || (link->has_merged && merged == 0)) {
        return misfit(link, fault, "a batch before it is missing");
    }
    return (link->undoes >= 0 && link->undoes < link->number) ||
           misfit(link, fault, "it takes a batch back that did not come before it");
}

static bool check_links(struct workbook *workbook, struct fault *fault) {
    struct chain_link link;
    int result = SQLITE_ERROR;
    bool good = true;
    sqlite3_stmt *statement =
        database_prepare(workbook, "SELECT " CHAIN_COLUMNS " FROM main.c5_other_batch", fault);
    while (good && statement != NULL && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        good = (chain_take(statement, &link) ||
                misfit(&link, fault, "its entry in the history was altered")) &&
               check_link(workbook, &link, fault);
    }
    if (good && statement != NULL && result != SQLITE_DONE) {
        database_fault(workbook, fault, "read its history");
    }
    sqlite3_finalize(statement);
    return good && result == SQLITE_DONE;
}

/* What must not be found, and what is said where it is. */
static const struct {
    const char *sql, *refusal;
} strays[] = {
    {"SELECT 1 FROM main.c5_batch AS m WHERE merged IS NOT NULL\n"
     "   AND NOT EXISTS (SELECT 1 FROM main.c5_other_batch AS o WHERE o.hash = m.merged)\n"
     " LIMIT 1",
     "the past of a copy that was merged is missing: it was altered; restore a backup from before"},
    {"SELECT 1 FROM main.c5_batch AS m WHERE (merged IS NOT NULL) <> (kind = 'merge')\n"
     " LIMIT 1",
     "a merge in the history is not as the program makes it: it was altered; restore a backup from "
     "before"},
    {"SELECT 1 FROM main.c5_other_batch WHERE hash NOT IN (\n"
     "    SELECT parent FROM main.c5_other_batch\n"
     "    UNION SELECT merged FROM main.c5_other_batch WHERE merged IS NOT NULL\n"
     "    UNION SELECT merged FROM main.c5_batch WHERE merged IS NOT NULL)\n"
     " LIMIT 1",
     "the history holds a batch of another copy that no merge brought: it was altered; restore a "
     "backup from before"},
    {"SELECT 1 FROM main.c5_other_change\n"
     " WHERE batch NOT IN (SELECT hash FROM main.c5_other_batch) LIMIT 1",
     "the history holds changes of a merged copy without their batch: it was altered; restore a "
     "backup from before"},
    {"SELECT 1 FROM main.c5_merge_change\n"
     " WHERE batch NOT IN (SELECT hash FROM main.c5_other_batch WHERE merged IS NOT NULL\n"
     "                     UNION SELECT hash FROM main.c5_batch WHERE merged IS NOT NULL)\n"
     " LIMIT 1",
     "the history holds changes of a merge that is missing: it was altered; restore a backup from "
     "before"},
};

static bool check_strays(struct workbook *workbook, struct fault *fault) {
    for (size_t i = 0; i < COUNT(strays); i++) {
        int64_t found = 0;
        if (!database_read_whole(workbook, strays[i].sql, &found, fault)) {
            return false;
        }
        if (found != 0) {
            return fault_set(fault, FAULT_REFUSED, "%s", strays[i].refusal);
        }
    }
    return true;
}

bool verify_others(struct workbook *workbook, struct fault *fault) {
    return check_strays(workbook, fault) && check_links(workbook, fault);
}

bool verify_read_other(struct workbook *workbook, const struct digest *hash,
                       struct content *content, struct fault *fault) {
    sqlite3_stmt *statement = database_statement(
        workbook, "SELECT digest, row_count FROM main.c5_other_batch WHERE hash = ?1", fault);
    *content = (struct content){0};
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_blob(statement, 1, hash->bytes, DIGEST_SIZE, SQLITE_STATIC);
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW && sqlite3_column_bytes(statement, 0) == DIGEST_SIZE) {
        memcpy(content->sum.bytes, sqlite3_column_blob(statement, 0), DIGEST_SIZE);
        content->row_count = sqlite3_column_int64(statement, 1);
    } else if (result != SQLITE_ROW && result != SQLITE_DONE) {
        database_fault(workbook, fault, "read its history");
    }
    sqlite3_reset(statement);
    return result == SQLITE_ROW || result == SQLITE_DONE;
}
