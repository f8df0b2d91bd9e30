/* Owns putting a backup in the place of the workbook, and what is kept of the file that stood
 * there. Knows nothing of how people choose. */
#include "clause5/store/restore.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "store/backup_shelf.h"
#include "store/connection.h"
#include "store/lock.h"
#include "store/migration.h"

/* The files of one restoring, by their whole names. */
struct swap {
    char *file;    /* the workbook */
    char *part;    /* the copy of the backup, until it takes its place */
    char *aside;   /* where the file goes */
    char *journal; /* of a save that was cut off */
};

static bool cannot(const char *path, const char *what, struct fault *fault) {
    return fault_set(fault, FAULT_FAILED, "%s: %s: %s; nothing was changed", path, what,
                     strerror(errno));
}

/* The first free of NAME-YYYY-MM-DD-replaced.c5, then with -2 and so on. */
static char *name_aside(const char *file, date_days day) {
    struct buffer name = {0};
    struct stat status;
    for (int i = 1; i == 1 || lstat(buffer_text(&name), &status) == 0; i++) {
        buffer_clear(&name);
        backup_shelf_name_replaced(file, day, i, &name);
    }
    return buffer_take(&name);
}

static char *add_suffix(const char *file, const char *suffix) {
    struct buffer name = {0};
    buffer_addf(&name, "%s%s", file, suffix);
    return buffer_take(&name);
}

/* Copies the backup beside the workbook once it is proven. */
static bool take_copy(const struct restore_plan *plan, const struct swap *swap,
                      struct fault *fault) {
    struct workbook *backup = workbook_open(plan->backup, WORKBOOK_READ, plan->clock, fault);
    if (backup != NULL) {
        workbook_watch(backup, plan->should_stop, plan->context);
    }
    bool good = backup != NULL && backup_shelf_check(backup, fault) &&
                migration_copy_aside(backup, swap->part, fault);
    workbook_close(backup);
    if (!good && fault->kind != FAULT_STOPPED) {
        fault->kind = FAULT_FAILED;
        fault_prefix(fault, "%s is no sound backup, so nothing was changed: choose another",
                     plan->backup);
    }
    return good;
}

/* Has SQLite play back what a cut-off save left, where it still can; else it goes aside with the
 * file, so that it is never played into another. */
static void settle_journal(const struct swap *swap) {
    sqlite3 *database = NULL;
    if (access(swap->journal, F_OK) == 0 &&
        sqlite3_open_v2(swap->file, &database, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK) {
        /* Whether it could is seen by the journal being gone. */
        sqlite3_exec(database, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    }
    sqlite3_close(database);
}

static bool move_journal(const struct swap *swap, struct fault *fault) {
    if (access(swap->journal, F_OK) != 0) {
        return true;
    }
    char *to = add_suffix(swap->aside, "-journal");
    bool good =
        rename(swap->journal, to) == 0 || cannot(swap->journal, "cannot be moved aside", fault);
    free(to);
    return good;
}

/* Gives the copy the workbook's name. The file has its second name by then, so that at PATH there
 * is always one of the two; a file system without hard links has a moment of neither. */
static bool exchange_files(const struct swap *swap, struct fault *fault) {
    bool is_linked = link(swap->file, swap->aside) == 0;
    if (!is_linked && rename(swap->file, swap->aside) != 0) {
        return cannot(swap->file, "cannot be kept aside", fault);
    }
    if (move_journal(swap, fault) &&
        (rename(swap->part, swap->file) == 0 || cannot(swap->file, "cannot be replaced", fault))) {
        return (connection_sync_folder(swap->file) && connection_sync_folder(swap->aside)) ||
               fault_set(fault, FAULT_FAILED,
                         "%s: the backup is in its place, but may be lost in a power cut: %s",
                         swap->file, strerror(errno));
    }
    /* Best effort: where even this fails the file stays under its other name, which was said. */
    if (is_linked) {
        unlink(swap->aside);
    } else if (rename(swap->aside, swap->file) != 0) {
        fault_prefix(fault, "the workbook now lies at %s", swap->aside);
    }
    return false;
}

static bool restore_to(const struct restore_plan *plan, struct swap *swap, struct fault *fault) {
    if (!take_copy(plan, swap, fault)) {
        return false;
    }
    settle_journal(swap);
    if (backup_shelf_make(swap->file, fault) && exchange_files(swap, fault)) {
        return true;
    }
    unlink(swap->part);
    return false;
}

bool backup_restore(const struct restore_plan *plan, struct buffer *aside, struct fault *fault) {
    struct lock lock = {0};
    struct swap swap = {.file = realpath(plan->path, NULL)};
    if (swap.file == NULL) {
        return cannot(plan->path, "cannot be found", fault);
    }
    struct buffer suffix = {0};
    buffer_addf(&suffix, ".part-%ld", (long)getpid());
    swap.part = add_suffix(swap.file, buffer_text(&suffix));
    swap.journal = add_suffix(swap.file, "-journal");
    swap.aside = name_aside(swap.file, plan->clock->today);
    bool good = connection_check_place(plan->path, swap.file, fault) &&
                lock_take(&lock, swap.file, fault) && restore_to(plan, &swap, fault);
    if (good) {
        buffer_add(aside, swap.aside);
    }
    lock_release(&lock);
    buffer_free(&suffix);
    free(swap.file);
    free(swap.part);
    free(swap.journal);
    free(swap.aside);
    return good;
}
