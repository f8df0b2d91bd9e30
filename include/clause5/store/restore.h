/* Going back to a backup, from the folder that clause5/store/backup.h fills. */
#ifndef CLAUSE5_STORE_RESTORE_H
#define CLAUSE5_STORE_RESTORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/base/clock.h"
#include "clause5/base/date.h"
#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

/* One backup that lies there. The texts are owned by the list. */
struct backup_entry {
    char *path;
    date_days day; /* as its name says */
    int64_t size_bytes;
    bool is_readable; /* it opens; whether it is sound shows when it is restored */
    char *time;       /* of its newest change, UTC; NULL where it cannot be read */
    char *label;      /* of that change */
    int64_t lost;     /* how many changes came after it; -1: not known, or another history */
};

/* The newest first. A zeroed struct is empty. */
struct backup_list {
    struct backup_entry *items;
    size_t count, capacity;
    char *newest_time; /* of the newest change that going back may lose; NULL: not known */
};

/* Lists the backups of a workbook that is open. The caller frees with backup_list_free, also after
 * a fault. */
bool backup_list_read(struct workbook *workbook, struct backup_list *list, struct fault *fault);

/* The same for the workbook at PATH that cannot be opened, and that this process has not open:
 * what would be lost is known where its history can still be read. */
bool backup_list_read_damaged(const char *path, const struct clock *clock, struct backup_list *list,
                              struct fault *fault);

void backup_list_free(struct backup_list *list);

/* Puts the backup in the place of the workbook at PATH, which this process must not have open. The
 * backup is proven first, as backup_make does (FAULT_FAILED where it is not sound, and nothing is
 * changed); the file that stood there is kept beside the backups under a dated name, which is
 * appended to ASIDE, with what a cut-off save left beside it. At every moment one of the two stands
 * at PATH. The backup stays where it is. */
struct restore_plan {
    const char *path;
    const char *backup;
    const struct clock *clock;
    bool (*should_stop)(void *context); /* as workbook_watch; NULL: never */
    void *context;
};
bool backup_restore(const struct restore_plan *plan, struct buffer *aside, struct fault *fault);

/* Appends to ADVICE, for the damaged workbook at PATH that this process has not open, which backup
 * is the newest sound one and what to do, as one sentence that begins small. */
void backup_advise(const char *path, const struct clock *clock, struct buffer *advice);

#endif
