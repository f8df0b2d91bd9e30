/* Owns how a backup comes about: copied, verified, then given its name. Knows nothing of which
 * backups stay (backup_shelf.c). */
#include "clause5/store/backup.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/store/batch.h"
#include "clause5/store/history.h"
#include "clause5/store/verify.h"
#include "store/backup_shelf.h"
#include "store/connection.h"
#include "store/migration.h"
#include "store/state.h"

/* Keeps the first finding as the fault. */
static void keep_finding(void *context, const char *finding) {
    struct fault *fault = context;
    if (fault->kind == FAULT_NONE) {
        fault_set(fault, FAULT_FAILED, "%s", finding);
    }
}

bool backup_shelf_check(struct workbook *workbook, struct fault *fault) {
    const struct verify_visitor visitor = {.visit = keep_finding, .context = fault};
    return verify_pages(workbook, &visitor, fault) == 0 &&
           verify_references(workbook, &visitor, fault) == 0 && history_verify(workbook, fault);
}

/* Sees that the copy is a sound workbook with that head. */
static bool check_copy(const struct workbook *workbook, const char *copy, const char *head,
                       struct fault *fault) {
    char copied[HISTORY_HEAD_SIZE] = "";
    struct workbook *opened = workbook_open(copy, WORKBOOK_READ, &workbook->clock, fault);
    if (opened != NULL) {
        workbook_watch(opened, workbook->should_stop, workbook->stop_context);
    }
    bool good =
        opened != NULL && backup_shelf_check(opened, fault) && history_head(opened, copied, fault);
    workbook_close(opened);
    if (good && strcmp(copied, head) != 0) {
        good = fault_set(fault, FAULT_FAILED, "it was changed while it was copied; try again");
    }
    if (!good && fault->kind != FAULT_STOPPED) {
        fault->kind = FAULT_FAILED;
        fault_prefix(fault, "%s: no backup was made, and those that are there stay as they are",
                     workbook->path);
    }
    return good;
}

/* Copies beside the final name, checks the copy and renames it. */
static bool copy_to(struct workbook *workbook, const char *path, const char *head,
                    struct fault *fault) {
    struct buffer part = {0};
    buffer_addf(&part, "%s.part-%ld", path, (long)getpid());
    bool good = migration_copy_aside(workbook, buffer_text(&part), fault);
    if (good) {
        good = check_copy(workbook, buffer_text(&part), head, fault);
        if (good && rename(buffer_text(&part), path) != 0) {
            good = fault_set(fault, FAULT_FAILED, "%s: cannot be given its name: %s", path,
                             strerror(errno));
        }
        if (!good) {
            migration_drop_copy(buffer_text(&part));
        }
    }
    buffer_free(&part);
    return good &&
           (connection_sync_folder(path) ||
            fault_set(fault, FAULT_FAILED, "%s: it is there, but may be lost in a power cut: %s",
                      path, strerror(errno)));
}

/* Refuses what a backup must not replace: the workbook, and what is no plain file. */
static bool check_place(const struct workbook *workbook, const char *out, struct fault *fault) {
    struct stat own;
    struct stat status;
    if (stat(out, &status) != 0) {
        return true; /* nothing there, or the copy will say why not */
    }
    if (stat(workbook->file, &own) == 0 && own.st_dev == status.st_dev &&
        own.st_ino == status.st_ino) {
        return fault_set(fault, FAULT_USAGE,
                         "%s is the workbook itself (name another file for its backup)", out);
    }
    return S_ISREG(status.st_mode) ||
           fault_set(fault, FAULT_FAILED, "%s is %s: name a file for the backup", out,
                     S_ISDIR(status.st_mode) ? "a folder" : "no plain file");
}

bool backup_shelf_make(const char *file, struct fault *fault) {
    struct buffer folder = {0};
    backup_shelf_folder(file, &folder);
    bool good = mkdir(buffer_text(&folder), 0700) == 0 || errno == EEXIST;
    if (!good) {
        fault_set(fault, FAULT_FAILED, "%s: the folder for backups cannot be made: %s",
                  buffer_text(&folder), strerror(errno));
    }
    good = good && (connection_sync_folder(buffer_text(&folder)) ||
                    fault_set(fault, FAULT_FAILED, "%s: cannot be made durable: %s",
                              buffer_text(&folder), strerror(errno)));
    buffer_free(&folder);
    return good;
}

bool backup_make(struct workbook *workbook, const char *out, struct buffer *path,
                 struct fault *fault) {
    char head[HISTORY_HEAD_SIZE];
    struct buffer name = {0};
    if (batch_is_open(workbook)) {
        return fault_set(fault, FAULT_FAILED, "\"%s\" is not finished yet", workbook->batch.label);
    }
    bool good = history_head(workbook, head, fault) &&
                (out == NULL ? backup_shelf_make(workbook->file, fault)
                             : check_place(workbook, out, fault));
    if (good && out == NULL) {
        backup_shelf_name(workbook->file, workbook->clock.today, head, &name);
    } else if (good) {
        buffer_add(&name, out);
    }
    good = good && copy_to(workbook, buffer_text(&name), head, fault) &&
           (out != NULL || backup_shelf_thin(workbook->file, fault));
    if (good) {
        buffer_add(path, buffer_text(&name));
    }
    buffer_free(&name);
    return good;
}

/* What is known of the newest batch. */
struct newest {
    date_days day;
    bool is_known;
};

static bool note_newest(void *context, const struct history_batch *batch) {
    struct newest *newest = context;
    newest->is_known = history_batch_day(batch, &newest->day);
    return false;
}

bool backup_before_writing(struct workbook *workbook, struct buffer *path, struct fault *fault) {
    struct newest newest = {0};
    const struct history_visitor visitor = {.visit = note_newest, .context = &newest};
    if (!history_visit(workbook, 0, &visitor, fault)) {
        return false;
    }
    if (!newest.is_known || newest.day == workbook->clock.today) {
        return true;
    }
    bool is_made = backup_make(workbook, NULL, path, fault);
    malloc_trim(0); /* copying and checking took pages that the writing wants for other things */
    return is_made;
}
