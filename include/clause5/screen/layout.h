/* Characters as cells: where one ends, and where a line breaks. The widths are those of text_show,
 * so that what is measured here is what area.c puts. */
#ifndef CLAUSE5_SCREEN_LAYOUT_H
#define CLAUSE5_SCREEN_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

/* Returns the offset behind the character at AT with its combining marks, and its cells in *WIDTH
 * (may be NULL). At the end of TEXT returns AT. */
size_t layout_next(const char *text, size_t at, int *width);

/* Returns the offset of the character that ends at AT, with its marks; 0 at the start. */
size_t layout_before(const char *text, size_t at);

/* Returns the cells of the LEN_BYTES bytes at TEXT. */
int layout_width(const char *text, size_t len_bytes);

/* True where TEXT takes fewer than WIDTH cells; looks no further than those. */
bool layout_is_narrower(const char *text, int width);

/* Breaks one line of at most WIDTH cells (at least 1) off TEXT from AT on: at a line end, else
 * behind the last blank that fits, else between characters. Returns where the next line starts, and
 * in *LEN_BYTES what of this one is shown: blanks at a break hang over and are not. The last line
 * returns the end of the text. */
size_t layout_break(const char *text, size_t at, int width, size_t *len_bytes);

#endif
