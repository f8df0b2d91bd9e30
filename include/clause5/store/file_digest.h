/* The digest of a file beside the workbook: what a seal keeps of it; and of bytes in memory. */
#ifndef CLAUSE5_STORE_FILE_DIGEST_H
#define CLAUSE5_STORE_FILE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/store/record.h"
#include "clause5/store/workbook.h"

enum { FILE_DIGEST_HEX_SIZE = 65 }; /* bytes of 64 hex digits with their NUL */

struct file_digest {
    char sha256[FILE_DIGEST_HEX_SIZE];
    int64_t size_bytes;
};

/* Reads the plain file at PATH, which counts from the folder of the workbook unless it begins with
 * a slash. LOOKUP_NONE where nothing is there, without a fault. LOOKUP_FAULT where it is no plain
 * file, cannot be read or is the workbook itself, which this process must not open a second time
 * (its locks would fall). Asks the workbook's watcher between pieces, so that a big file can be
 * stopped with FAULT_STOPPED. */
enum lookup file_digest_read(struct workbook *workbook, const char *path,
                             struct file_digest *digest, struct fault *fault);

/* Returns where PATH lies: from the folder of the workbook unless it begins with a slash. The
 * caller frees with free. */
char *file_digest_place(const struct workbook *workbook, const char *path);

/* Fills DIGEST with the SHA-256 of some bytes in memory. */
enum { BYTES_DIGEST_SIZE = 32 };
void bytes_digest(const void *bytes, size_t len_bytes, uint8_t digest[static BYTES_DIGEST_SIZE]);

#endif
