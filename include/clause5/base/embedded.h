/* The plain files of data/, carried inside the binary. */
#ifndef CLAUSE5_BASE_EMBEDDED_H
#define CLAUSE5_BASE_EMBEDDED_H

#include <stddef.h>

/* One file of data/. The bytes are followed by a NUL that len_bytes does not count, so that a text
 * file can be read as a C string. */
struct embedded_file {
    const char *path; /* below data/, with /, such as "catalogue.csv" */
    const unsigned char *bytes;
    size_t len_bytes;
};

/* Every file of data/, closed by a row whose path is NULL. Written at build by tools/embed.cmake.
 */
extern const struct embedded_file embedded_files[];

/* Returns the file at PATH below data/, or NULL where the build has none. Never freed. */
const struct embedded_file *embedded_find(const char *path);

#endif
