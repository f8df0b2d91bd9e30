/* Owns the life of a workbook: made, published, opened, closed. Knows nothing of what is in it.
 *
 * A new workbook is written under the hidden name `.NAME.new` beside its final one, guarded by
 * NAME.lock, and renamed without replacing anything when it is whole. */
#include "clause5/store/workbook.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "clause5/store/batch.h"
#include "store/connection.h"
#include "store/database.h"
#include "store/migration.h"
#include "store/schema.h"
#include "store/state.h"

static char *login_name(void) {
    const struct passwd *user = getpwuid(geteuid());
    struct buffer name = {0};
    if (user != NULL && user->pw_name[0] != '\0') {
        return memory_copy_text(user->pw_name);
    }
    buffer_addf(&name, "user %ld", (long)geteuid());
    return buffer_take(&name);
}

static struct workbook *workbook_new(const char *path, enum workbook_mode mode,
                                     const struct clock *clock) {
    struct workbook *workbook = memory_zero(1, sizeof *workbook);
    workbook->path = memory_copy_text(path);
    workbook->mode = mode;
    workbook->clock = *clock;
    workbook->actor = login_name();
    return workbook;
}

/* Where PATH will lie: its folder resolved, so that two ways to it meet at the same lock. NULL with
 * the fault where the folder is not there. */
static char *resolve_new(const char *path, struct fault *fault) {
    char *folder = connection_folder(path);
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    char *resolved = realpath(folder, NULL);
    struct buffer file = {0};
    if (path[0] == '\0') {
        fault_set(fault, FAULT_USAGE, "the name of the workbook is empty (name a file)");
    } else if (resolved == NULL) {
        fault_set(fault, FAULT_FAILED, "%s: the folder %s: %s", path, folder, strerror(errno));
    } else if (name[0] == '\0') {
        fault_set(fault, FAULT_FAILED, "%s is a folder: name a file in it", path);
    } else {
        buffer_addf(&file, "%s/%s", strcmp(resolved, "/") == 0 ? "" : resolved, name);
    }
    free(resolved);
    free(folder);
    return file.bytes;
}

/* Appends a name beside FILE: PREFIX, the file's own name, SUFFIX. */
static char *name_beside(const char *file, const char *prefix, const char *suffix) {
    const char *slash = strrchr(file, '/');
    struct buffer name = {0};
    buffer_append(&name, file, (size_t)(slash - file) + 1);
    buffer_addf(&name, "%s%s%s", prefix, slash + 1, suffix);
    return buffer_take(&name);
}

/* Refuses where a file is, or a journal that SQLite would play into the new one. */
static bool check_free(const char *path, const char *file, struct fault *fault) {
    static const char *const suffixes[] = {"-journal", "-wal", "-shm"};
    struct stat status;
    if (lstat(file, &status) == 0) {
        return fault_set(fault, FAULT_FAILED,
                         "%s is already there; nothing was changed: choose another name", path);
    }
    for (size_t i = 0; i < COUNT(suffixes); i++) {
        char *leftover = name_beside(file, "", suffixes[i]);
        bool is_there = lstat(leftover, &status) == 0;
        free(leftover);
        if (is_there) {
            return fault_set(fault, FAULT_FAILED,
                             "%s%s is left over from another workbook of that name: move it away, "
                             "or choose another name",
                             path, suffixes[i]);
        }
    }
    return true;
}

static void remove_new(const struct workbook *workbook) {
    char *journal = name_beside(workbook->file, "", "-journal");
    unlink(workbook->file);
    unlink(journal);
    free(journal);
}

/* Makes the empty file under the hidden name; one left by a process that died is removed: nobody
 * else can be at it while the lock is held. */
static bool make_file(struct workbook *workbook, const char *file, struct fault *fault) {
    workbook->file = name_beside(file, ".", ".new");
    remove_new(workbook);
    int descriptor = open(workbook->file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0 || close(descriptor) != 0) {
        return fault_set(fault, FAULT_FAILED, "%s: cannot be made: %s", workbook->path,
                         strerror(errno));
    }
    workbook->is_new = true;
    return true;
}

static bool fill_file(struct workbook *workbook, struct fault *fault) {
    struct buffer marks = {0};
    buffer_addf(&marks, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                SCHEMA_APPLICATION_ID, SCHEMA_VERSION);
    bool good =
        database_run(workbook, "PRAGMA page_size = 4096; PRAGMA journal_mode = DELETE", fault) &&
        database_run(workbook, "BEGIN IMMEDIATE", fault) &&
        database_run(workbook, marks.bytes, fault) && schema_create(workbook, fault) &&
        database_run(workbook, "COMMIT", fault);
    buffer_free(&marks);
    return good;
}

struct workbook *workbook_create(const char *path, const struct clock *clock, struct fault *fault) {
    struct workbook *workbook = workbook_new(path, WORKBOOK_WRITE, clock);
    char *file = resolve_new(path, fault);
    bool good = file != NULL && check_free(path, file, fault) &&
                lock_take(&workbook->lock, file, fault) && make_file(workbook, file, fault) &&
                connection_open(workbook, fault) && fill_file(workbook, fault) &&
                schema_create_temporary(workbook, fault) && connection_stand(workbook, fault);
    free(file);
    if (!good) {
        workbook_close(workbook);
        return NULL;
    }
    return workbook;
}

/* Renames without ever replacing, also where the file system knows no such renaming. */
static bool rename_new(const char *from, const char *to) {
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) {
        return true;
    }
    return errno != EEXIST && link(from, to) == 0 && unlink(from) == 0;
}

bool workbook_publish(struct workbook *workbook, struct fault *fault) {
    char *file =
        memory_copy_bytes(workbook->lock.path, strlen(workbook->lock.path) - strlen(".lock"));
    bool good = check_free(workbook->path, file, fault);
    batch_abandon(workbook);
    connection_close(workbook);
    if (good && !rename_new(workbook->file, file)) {
        good = fault_set(fault, FAULT_FAILED, "%s: cannot be given its name: %s", workbook->path,
                         strerror(errno));
    } else if (good) {
        workbook->is_new = false;
        if (!connection_sync_folder(file)) {
            good = fault_set(fault, FAULT_FAILED,
                             "%s: it is there, but may be lost in a power cut: %s", workbook->path,
                             strerror(errno));
        }
    }
    free(file);
    workbook_close(workbook);
    return good;
}

static bool open_checked(struct workbook *workbook, struct fault *fault) {
    return connection_check_place(workbook->path, workbook->file, fault) &&
           (workbook->mode == WORKBOOK_READ || lock_take(&workbook->lock, workbook->file, fault)) &&
           connection_open(workbook, fault) &&
           migration_run(workbook, migration_steps, SCHEMA_VERSION, fault) &&
           schema_compare(workbook, fault) && schema_create_temporary(workbook, fault) &&
           (workbook->mode == WORKBOOK_READ || connection_stand(workbook, fault));
}

struct workbook *workbook_open(const char *path, enum workbook_mode mode, const struct clock *clock,
                               struct fault *fault) {
    struct workbook *workbook = workbook_new(path, mode, clock);
    workbook->file = realpath(path, NULL);
    if (workbook->file == NULL) {
        fault_set(fault, FAULT_FAILED, "%s: %s", path,
                  errno == ENOENT ? "there is no such file: clause5 new FILE makes one"
                                  : strerror(errno));
    } else if (open_checked(workbook, fault)) {
        return workbook;
    }
    workbook_close(workbook);
    return NULL;
}

void workbook_close(struct workbook *workbook) {
    if (workbook == NULL) {
        return;
    }
    batch_abandon(workbook);
    free(workbook->batch.points);
    connection_close(workbook);
    if (workbook->is_new) {
        remove_new(workbook);
    }
    lock_release(&workbook->lock);
    buffer_free(&workbook->scratch);
    free(workbook->actor);
    free(workbook->file);
    free(workbook->path);
    free(workbook);
}

const char *workbook_path(const struct workbook *workbook) {
    return workbook->path;
}

bool workbook_is_writable(const struct workbook *workbook) {
    return workbook->mode == WORKBOOK_WRITE && !workbook->past.is_shown;
}

const struct clock *workbook_clock(const struct workbook *workbook) {
    return &workbook->clock;
}

date_days workbook_today(const struct workbook *workbook) {
    return workbook->clock.today;
}

void workbook_print_today(const struct workbook *workbook, char day[static DATE_TEXT_SIZE]) {
    date_print(workbook->clock.today, day);
}

void workbook_set_actor(struct workbook *workbook, const char *actor) {
    char *copy = actor == NULL || actor[0] == '\0' ? login_name() : memory_copy_text(actor);
    free(workbook->actor);
    workbook->actor = copy;
}

const char *workbook_actor(const struct workbook *workbook) {
    return workbook->actor;
}

uint64_t workbook_revision(const struct workbook *workbook) {
    return workbook->revision;
}

void workbook_watch(struct workbook *workbook, bool (*should_stop)(void *context), void *context) {
    workbook->should_stop = should_stop;
    workbook->stop_context = context;
}
