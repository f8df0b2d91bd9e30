/* UTF-8, cell widths, and the one function that shows foreign text. */
#ifndef CLAUSE5_BASE_TEXT_H
#define CLAUSE5_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/buffer.h"

enum {
    TEXT_MARKS_PER_CELL = 2
}; /* architecture.md, The screen: at most two combining marks a cell */

/* Decodes the character at BYTES, LEFT bytes before the end, into *CODE. Returns its length in
 * bytes, or 0 where the bytes are not UTF-8: cut short, overlong, a surrogate or beyond U+10FFFF.
 */
size_t text_decode(const char *bytes, size_t left, uint32_t *code);

/* Appends the UTF-8 of CODE, a scalar value. */
void text_encode(struct buffer *buffer, uint32_t code);

/* Returns the offset of the first byte that is no UTF-8 or a NUL, or LEN_BYTES where all is well.
 */
size_t text_find_invalid(const char *bytes, size_t len_bytes);

/* True where a character must not reach a terminal or a report as itself: controls, bidirectional
 * overrides and isolates, zero-width characters, tags, private use, unassigned. */
bool text_is_foreign(uint32_t code);

/* Returns the cells that a character takes on the terminal of the current locale: 0 for a combining
 * mark, 1 or 2; 1 for what the locale cannot show, which is shown as a mark. */
int text_code_width(uint32_t code);

/* Returns the cells that TEXT takes once shown by text_show without a limit. */
int text_width_cells(const char *text);

/* Appends TEXT as it may be shown, at most WIDTH_CELLS cells wide (0 or less: no limit): line ends
 * and tabs become spaces, foreign characters U+FFFD (? where the locale is not UTF-8), invalid
 * bytes likewise; more than TEXT_MARKS_PER_CELL marks on a cell are dropped; a text that does not
 * fit ends in … (~ in ASCII). Returns the cells used. What is stored stays as it came: only the
 * showing changes. */
int text_show(struct buffer *out, const char *text, int width_cells);

/* As text_show, padded with spaces to exactly WIDTH_CELLS. */
void text_show_padded(struct buffer *out, const char *text, int width_cells);

/* True where the locale's character set is UTF-8, so that marks and boxes may be drawn with it. */
bool text_locale_is_utf8(void);

/* Compares without regard to ASCII case, as contract.md, Values has it; <0, 0, >0 as strcmp. */
int text_compare_ascii_case(const char *a, const char *b);

/* Takes the decimal digits at *TEXT, at most MOST of them (9 fit an int), into *NUMBER and moves
 * *TEXT behind them. False, with nothing moved, where there is none: neither a sign nor a blank is
 * part of a number here. */
bool text_take_number(const char **text, int most, int *number);

/* Returns TEXT without the ASCII blanks at both ends; the caller frees with free. */
char *text_trim(const char *text);

#endif
