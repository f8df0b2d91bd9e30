/* Owns the steps between schema versions and how they run; knows nothing of what the steps do.
 *
 * A step is SQL that turns the schema of one version into the next: the texts that it leaves in
 * sqlite_schema must be those that schema.c makes, since they are compared afterwards. Foreign keys
 * are off while steps run, as rebuilding a table demands, and are checked before each commit. */
#include "store/migration.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clause5/base/buffer.h"
#include "store/connection.h"
#include "store/database.h"
#include "store/schema.h"
#include "store/state.h"

/* Version 1 is the first that was ever released: nothing leads to it. */
const struct migration_step migration_steps[] = {{.to = SCHEMA_VERSION, .sql = NULL}};

bool migration_read_version(struct workbook *workbook, int *version, struct fault *fault) {
    int64_t whole = 0;
    bool good = database_read_whole(workbook, "PRAGMA user_version", &whole, fault);
    *version = (int)whole;
    return good;
}

/* Copies every page into the file that COPY names, which exists and is empty. */
static bool copy_pages(struct workbook *workbook, const char *copy, struct fault *fault) {
    sqlite3 *target = NULL;
    bool good = false;
    if (sqlite3_open_v2(copy, &target, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
        sqlite3_exec(target, "PRAGMA synchronous = EXTRA", NULL, NULL, NULL) == SQLITE_OK) {
        sqlite3_backup *backup = sqlite3_backup_init(target, "main", workbook->database, "main");
        good = backup != NULL && sqlite3_backup_step(backup, -1) == SQLITE_DONE;
        good = sqlite3_backup_finish(backup) == SQLITE_OK && good;
    }
    if (!good) {
        fault_set(fault, FAULT_FAILED, "%s: cannot copy it to %s first: %s; nothing was changed",
                  workbook->path, copy, sqlite3_errmsg(target));
    }
    return sqlite3_close(target) == SQLITE_OK && good;
}

void migration_drop_copy(const char *copy) {
    struct buffer journal = {0};
    buffer_addf(&journal, "%s-journal", copy);
    unlink(copy);
    unlink(buffer_text(&journal));
    buffer_free(&journal);
}

bool migration_copy_aside(struct workbook *workbook, const char *copy, struct fault *fault) {
    int descriptor = open(copy, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return fault_set(fault, FAULT_FAILED,
                         "%s: cannot copy it to %s first: %s; nothing was changed", workbook->path,
                         copy, strerror(errno));
    }
    if (close(descriptor) != 0 || !copy_pages(workbook, copy, fault)) {
        migration_drop_copy(copy);
        return false;
    }
    return connection_sync_folder(copy) ||
           fault_set(fault, FAULT_FAILED, "%s: cannot make the copy %s durable: %s", workbook->path,
                     copy, strerror(errno));
}

static bool foreign_keys_hold(struct workbook *workbook, struct fault *fault) {
    sqlite3_stmt *statement = database_prepare(workbook, "PRAGMA foreign_key_check", fault);
    int result = statement == NULL ? SQLITE_ERROR : sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        fault_set(fault, FAULT_FAILED,
                  "%s: a reference of %s leads nowhere, so it cannot be brought up to date",
                  workbook->path, database_text(statement, 0));
    } else if (statement != NULL && result != SQLITE_DONE) {
        database_fault(workbook, fault, "check its references");
    }
    sqlite3_finalize(statement);
    return result == SQLITE_DONE;
}

static bool run_step(struct workbook *workbook, const struct migration_step *step,
                     struct fault *fault) {
    struct buffer mark = {0};
    buffer_addf(&mark, "PRAGMA user_version = %d", step->to);
    bool good = database_run(workbook, "BEGIN IMMEDIATE", fault) &&
                database_run(workbook, step->sql, fault) && foreign_keys_hold(workbook, fault) &&
                database_run(workbook, mark.bytes, fault) &&
                database_run(workbook, "COMMIT", fault);
    buffer_free(&mark);
    if (!good && !sqlite3_get_autocommit(workbook->database)) {
        sqlite3_exec(workbook->database, "ROLLBACK", NULL, NULL, NULL);
    }
    return good || fault_prefix(fault, "bringing it to schema version %d", step->to);
}

/* What the file has and what it shall have. */
struct migration_span {
    int version, target;
};

static bool run_steps(struct workbook *workbook, const struct migration_step *steps,
                      struct migration_span span, struct fault *fault) {
    int version = span.version;
    bool good = true;
    for (; steps->sql != NULL && good && version < span.target; steps++) {
        if (steps->to == version + 1) {
            good = run_step(workbook, steps, fault);
            version++;
        }
    }
    return good;
}

static bool steps_reach(const struct migration_step *steps, int version, int target) {
    for (; steps->sql != NULL; steps++) {
        if (steps->to == version + 1) {
            version++;
        }
    }
    return version >= target;
}

/* The first free name: a copy of an attempt that failed before stays as it is. */
static void name_copy(const char *file, int target, struct buffer *copy) {
    buffer_addf(copy, "%s.before-%d", file, target);
    for (int i = 2; access(copy->bytes, F_OK) == 0; i++) {
        buffer_clear(copy);
        buffer_addf(copy, "%s.before-%d-%d", file, target, i);
    }
}

bool migration_run(struct workbook *workbook, const struct migration_step *steps, int target,
                   struct fault *fault) {
    struct buffer copy = {0};
    int version;
    if (!migration_read_version(workbook, &version, fault)) {
        return false;
    }
    if (version == target) {
        return true;
    }
    if (version > target || !steps_reach(steps, version, target)) {
        return fault_set(fault, FAULT_FAILED,
                         "%s has schema version %d, from which nothing leads to version %d",
                         workbook->path, version, target);
    }
    if (workbook->mode == WORKBOOK_READ) {
        return fault_set(fault, FAULT_FAILED,
                         "%s has schema version %d: open it for writing once, which brings it to "
                         "version %d",
                         workbook->path, version, target);
    }
    name_copy(workbook->file, target, &copy);
    bool good = migration_copy_aside(workbook, copy.bytes, fault) &&
                database_run(workbook, "PRAGMA foreign_keys = OFF", fault) &&
                run_steps(workbook, steps,
                          (struct migration_span){.version = version, .target = target}, fault);
    buffer_free(&copy);
    return good && database_run(workbook, "PRAGMA foreign_keys = ON", fault);
}
