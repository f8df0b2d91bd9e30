/* A file that is written beside its final name and renamed when it is whole. Workbooks are never
 * replaced by it. */
#ifndef CLAUSE5_EXCHANGE_OUT_FILE_H
#define CLAUSE5_EXCHANGE_OUT_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

struct out_file;

/* Where a file is to be, and what it must spare. */
struct out_target {
    const char *path;                /* NULL or "-": standard output */
    const struct workbook *workbook; /* the one that is open in this process; NULL: none */
    bool replaces;                   /* a plain file that is at PATH */
};

/* Opens the file. Symbolic links are followed: what they lead to is replaced, the link stays.
 * Devices and pipes are written through, and a name of standard output is standard output. Refused
 * are a folder, a workbook with what belongs to it (FAULT_USAGE), and, unless REPLACES, whatever is
 * at PATH. NULL with the fault; the caller ends with out_file_publish or out_file_abandon. */
struct out_file *out_file_open(const struct out_target *target, struct fault *fault);

/* Adds bytes. A failure is kept and told by out_file_publish. */
void out_file_write(struct out_file *file, const char *bytes, size_t len_bytes);

/* Empties what was written so far, to begin again; only where the target is not replaced. */
bool out_file_restart(struct out_file *file, struct fault *fault);

/* Gives the whole file its name, and releases it either way. False with the fault where any byte
 * could not be written; nothing is then at the name that was not there before. A reader of standard
 * output that has left is no failure. */
bool out_file_publish(struct out_file *file, struct fault *fault);

/* Removes what was written and releases. NULL is allowed. */
void out_file_abandon(struct out_file *file);

#endif
