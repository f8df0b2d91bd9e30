/* Backups: whole, verified copies of a workbook.
 *
 * Those that the program makes by itself lie in the folder FILE.backups beside the workbook, out of
 * the way of whoever names *.c5, as NAME-YYYY-MM-DD-HEAD.c5: the day, and the first 16 digits of
 * the head, which clause5 verify --head takes. */
#ifndef CLAUSE5_STORE_BACKUP_H
#define CLAUSE5_STORE_BACKUP_H

#include <stdbool.h>

#include "clause5/base/buffer.h"
#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

/* Copies the workbook to OUT, replacing what is there, or where OUT is NULL into FILE.backups. The
 * copy is made beside its final name, verified (pages, references, content, history) and renamed
 * only when it is sound and durable: a damaged workbook is a FAULT_FAILED and never takes the place
 * of a good backup. Among the backups of FILE.backups, the newest of each of the last 7 days that
 * have one and of each of the last 4 weeks stay; older ones are removed. Appends the path of the
 * backup to PATH. Not while a batch is open. */
bool backup_make(struct workbook *workbook, const char *out, struct buffer *path,
                 struct fault *fault);

/* Makes a backup with OUT NULL where no batch was written on the workbook's day yet; otherwise, and
 * in a workbook without history, does nothing and leaves PATH as it is. To be called before the
 * first write. */
bool backup_before_writing(struct workbook *workbook, struct buffer *path, struct fault *fault);

#endif
