/* The bytes of a CSV file as UTF-8, a physical line at a time; knows nothing of cells. */
#ifndef EXCHANGE_CSV_INPUT_H
#define EXCHANGE_CSV_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "clause5/base/fault.h"
#include "clause5/exchange/csv_read.h"

enum {
    CSV_PREVIEW_BYTES = 256 * 1024, /* looked at to find out the encoding and the delimiter */
    CSV_RECORD_BYTES_MOST = 16 * 1024 * 1024, /* a longer record is a quote that is never closed */
    CSV_INVALID_BYTE = 0xFF, /* stands for what the encoding does not have: never a part of UTF-8 */
};

struct csv_input;

/* As csv_open and csv_open_bytes; the encoding is not yet chosen. */
struct csv_input *csv_input_open(const struct csv_source *source, struct fault *fault);
struct csv_input *csv_input_open_bytes(const void *bytes, size_t len_bytes);
void csv_input_close(struct csv_input *input);

/* Returns the first bytes of the file, at most CSV_PREVIEW_BYTES, undecoded. */
const unsigned char *csv_input_preview(const struct csv_input *input, size_t *len_bytes);

/* Chooses the encoding and begins at the first line, behind a mark of the byte order. False where
 * iconv does not know the encoding. */
bool csv_input_decode(struct csv_input *input, const char *encoding, struct fault *fault);

/* Begins again at the first line. */
bool csv_input_restart(struct csv_input *input, struct fault *fault);

/* Reads the next line with its end, LF, CR or CRLF. 1 a line, 0 the end, -1 with the fault. The
 * bytes are valid until the next call. */
struct csv_line {
    const char *bytes;
    size_t len_bytes;
};
int csv_input_line(struct csv_input *input, struct csv_line *line, struct fault *fault);

/* Marks the coming line as the one that csv_input_return goes back to, and lets the lines before it
 * go. */
void csv_input_mark(struct csv_input *input);
void csv_input_return(struct csv_input *input);

/* Returns how many bytes were read since the mark. */
size_t csv_input_since_mark(const struct csv_input *input);

#endif
