/* What the first bytes of a CSV file say about how it is written. */
#ifndef EXCHANGE_CSV_DETECT_H
#define EXCHANGE_CSV_DETECT_H

#include <stdbool.h>
#include <stddef.h>

/* Returns the name of the encoding for iconv: by a byte order mark, by where the NULs stand, UTF-8
 * where all of it is, else a code page. HAS_MORE says that the file goes on behind LEN_BYTES, so
 * that a character cut at the end is no sign of anything. */
const char *csv_detect_encoding(const unsigned char *bytes, size_t len_bytes, bool has_more);

/* Returns the code page that bytes which are no UTF-8 are most likely in: Windows-1252, unless
 * another fits clearly better. */
const char *csv_detect_code_page(const unsigned char *bytes, size_t len_bytes);

/* Returns the delimiter among comma, semicolon, tab and bar that divides the most rows, and the
 * most of them into as many cells; comma where none divides any. What stands above a header counts
 * as little as its share of the rows. TEXT is UTF-8. */
char csv_detect_delimiter(const char *text, size_t len_bytes);

/* Returns the delimiter of a line `sep=;`, with its end in LEN_BYTES, or 0 where it is none. */
char csv_detect_sep_line(const char *line, size_t len_bytes);

#endif
