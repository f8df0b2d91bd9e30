/* Opening the SQLite file as one that may have come from anybody. */
#ifndef CLAUSE5_STORE_CONNECTION_H
#define CLAUSE5_STORE_CONNECTION_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

/* Refuses what is no regular file, without opening it. */
bool connection_check_place(const char *path, const char *file, struct fault *fault);

/* Opens workbook->file, which must exist, with every limit and pragma of architecture.md. */
bool connection_open(struct workbook *workbook, struct fault *fault);

/* Looks at the header's bytes before any SQL runs: a SQLite file, a workbook, not in write-ahead
 * mode, of no newer version. */
bool connection_check_header(struct workbook *workbook, struct fault *fault);

/* Sees that the file may be written to, and takes the standing read transaction, so that no other
 * program commits to it until it is closed. */
bool connection_stand(struct workbook *workbook, struct fault *fault);

/* Lets large sorts go beside the workbook's file again, after another one was opened. */
void connection_use_folder(const struct workbook *workbook);

/* Closes it, with every statement. */
void connection_close(struct workbook *workbook);

/* Makes names that were created, renamed or removed in the folder of FILE durable. */
bool connection_sync_folder(const char *file);

/* Returns the folder of FILE, to be freed with free. */
char *connection_folder(const char *file);

#endif
