/* A file that is written beside its final name and renamed when it is whole. */
#ifndef EXCHANGE_OUT_FILE_H
#define EXCHANGE_OUT_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "clause5/base/fault.h"

struct out_file;

/* Opens the file for PATH; "-" or NULL is standard output. Where something is at PATH and REPLACES
 * is false, that is a fault. NULL with the fault; the caller ends with out_file_publish or
 * out_file_abandon. */
struct out_file *out_file_open(const char *path, bool replaces, struct fault *fault);

/* Adds bytes. A failure is kept and told by out_file_publish. */
void out_file_write(struct out_file *file, const char *bytes, size_t len_bytes);

/* Empties what was written so far, to begin again; not for standard output. */
bool out_file_restart(struct out_file *file, struct fault *fault);

/* Gives the whole file its name, and releases it either way. False with the fault where any byte
 * could not be written; nothing is then at the name that was not there before. */
bool out_file_publish(struct out_file *file, struct fault *fault);

/* Removes what was written and releases. NULL is allowed. */
void out_file_abandon(struct out_file *file);

#endif
