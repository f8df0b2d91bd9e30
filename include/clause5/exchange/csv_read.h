/* Reading CSV as people have it: the encoding and the delimiter are found out, rows come one at a
 * time with the physical line they begin on, and what is broken is said instead of guessed. Memory
 * does not grow with the file. */
#ifndef CLAUSE5_EXCHANGE_CSV_READ_H
#define CLAUSE5_EXCHANGE_CSV_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/fault.h"

/* How the file is written; zeroed: both are found out. */
struct csv_format {
    const char *encoding; /* a name that iconv knows, such as "windows-1252"; NULL: found out */
    char delimiter;       /* 0: found out among comma, semicolon, tab and bar */
};

/* How the previewed lines end. */
enum csv_line_ends { CSV_ENDS_LF, CSV_ENDS_CRLF, CSV_ENDS_CR, CSV_ENDS_MIXED };

/* One record. Everything in it is valid until the next call on its reader. */
struct csv_row {
    int64_t line;       /* physical line on which it begins; the first is 1 */
    int cell_count;     /* as many as the record has, whatever the header says */
    char *const *cells; /* UTF-8, NUL-terminated */
    /* NULL, or why the record cannot be read: a quote that is never closed, bytes of another
     * encoding, a NUL. The cells then hold its first line, undivided, in cells[0], and reading goes
     * on with the line after it. */
    const char *broken;
};

struct csv_reader;

/* Opens the file at PATH. What can be read only once, such as a pipe, is kept in an unlinked
 * temporary file in FOLDER until csv_close, so that csv_restart works on it too; "-" is standard
 * input. NULL with the fault where it cannot be read, or the encoding is not known. */
struct csv_source {
    const char *path;
    const char *folder; /* where a pipe is kept; NULL: the current folder */
};
struct csv_reader *csv_open(const struct csv_source *source, const struct csv_format *format,
                            struct fault *fault);

/* Reads from memory, which must stay until csv_close. */
struct csv_reader *csv_open_bytes(const void *bytes, size_t len_bytes,
                                  const struct csv_format *format, struct fault *fault);

/* Reads the next record: 1 a record, 0 the end, -1 with the fault. Blank lines are passed over and
 * counted; so is a first line "sep=;". */
int csv_next(struct csv_reader *reader, struct csv_row *row, struct fault *fault);

/* Begins again at the first record. */
bool csv_restart(struct csv_reader *reader, struct fault *fault);

/* What was found out, or asked for. */
char csv_delimiter(const struct csv_reader *reader);
const char *csv_encoding(const struct csv_reader *reader);
enum csv_line_ends csv_line_ends(const struct csv_reader *reader);

/* Releases the reader and closes the file; NULL is allowed. */
void csv_close(struct csv_reader *reader);

#endif
