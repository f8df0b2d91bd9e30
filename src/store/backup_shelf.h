/* The folder of backups beside a workbook: names, and which of them stay. */
#ifndef CLAUSE5_STORE_BACKUP_SHELF_H
#define CLAUSE5_STORE_BACKUP_SHELF_H

#include <stdbool.h>

#include "clause5/base/buffer.h"
#include "clause5/base/date.h"
#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

enum {
    BACKUP_DAYS_KEPT = 7,
    BACKUP_WEEKS_KEPT = 4,
    BACKUP_HEAD_DIGITS = 16,
};

/* Appends FILE.backups. */
void backup_shelf_folder(const char *file, struct buffer *folder);

/* Appends the path of a backup of FILE on that day with that head. */
void backup_shelf_name(const char *file, date_days day, const char *head, struct buffer *path);

/* Appends the path that FILE is kept under when a backup takes its place on that day: the N-th of
 * it.
 */
void backup_shelf_name_replaced(const char *file, date_days day, int n, struct buffer *path);

/* Makes the folder of backups, for the owner alone, where it is not there. */
bool backup_shelf_make(const char *file, struct fault *fault);

/* Calls VISIT for each backup of FILE, the newest first; false stops. No folder is no backup. */
bool backup_shelf_visit(const char *file,
                        bool (*visit)(void *context, const char *path, date_days day),
                        void *context, struct fault *fault);

/* Proves that the open workbook is sound: pages, references, content and history. The first
 * finding is the fault. */
bool backup_shelf_check(struct workbook *workbook, struct fault *fault);

/* Removes from FILE.backups what neither one of the last 7 days with a backup nor one of the last 4
 * weeks needs; of a day the newest counts, by when it was written. What bears another name than
 * backup_shelf_name gives is left alone. */
bool backup_shelf_thin(const char *file, struct fault *fault);

#endif
