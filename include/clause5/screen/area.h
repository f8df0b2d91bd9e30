/* Drawing: a rectangle of cells and what may be put into it. Nothing else in the program writes to
 * the screen, and every text goes through text_show, so that no foreign control byte reaches the
 * terminal and wide or combining characters stay inside the rectangle. All counts are in cells. */
#ifndef CLAUSE5_SCREEN_AREA_H
#define CLAUSE5_SCREEN_AREA_H

#include <stdbool.h>
#include <stddef.h>

#include "clause5/base/buffer.h"
#include "clause5/screen/palette.h"
#include "clause5/screen/terminal.h"

/* A rectangle of the screen; height or width may be 0, and then nothing is drawn. Passed by value
 * and pointer freely: it owns nothing. */
struct area {
    struct terminal *terminal;
    int row, column; /* of the upper left cell, from 0 */
    int height, width;
};

/* A place in an area, from its upper left cell; width 0 means up to the area's right edge,
 * and where a width is negative nothing is drawn. */
struct spot {
    int row, column, width;
};

/* The whole screen. */
struct area area_of_terminal(struct terminal *terminal);

/* The HEIGHT rows from row FIRST on, clipped to AREA; a HEIGHT of -1 means all that follow. */
struct area area_rows(struct area area, int first, int height);

/* The WIDTH columns from column FIRST on, clipped likewise. */
struct area area_columns(struct area area, int first, int width);

/* A rectangle of HEIGHT x WIDTH in the middle of AREA, clipped to it. */
struct area area_middle(struct area area, int height, int width);

/* Fills the area with blanks, such as before a box is drawn over something. */
void area_clear(const struct area *area);

/* Puts TEXT, cut with … to the spot. Returns the cells used. */
int area_put(const struct area *area, struct spot spot, enum meaning meaning, const char *text);

/* As area_put, and fills the rest of the spot with blanks of the same meaning. */
void area_put_padded(const struct area *area, struct spot spot, enum meaning meaning,
                     const char *text);

/* As area_put, at the right end of the spot. Returns the cells used. */
int area_put_right(const struct area *area, struct spot spot, enum meaning meaning,
                   const char *text);

/* As area_put, of what printf would print. Returns the cells used. */
int area_print(const struct area *area, struct spot spot, enum meaning meaning, const char *format,
               ...) __attribute__((format(printf, 4, 5)));

/* Puts TEXT wrapped at words within the spot's width, from the spot's row down to the end of the
 * area; line ends in TEXT are kept, and what does not fit the last row ends in …. Returns the rows
 * that the whole text takes, drawn or not. */
int area_put_wrapped(const struct area *area, struct spot spot, enum meaning meaning,
                     const char *text);

/* Puts the sign of MARK in the meaning that goes with it. Returns the cells used, 0 or 1. */
int area_put_mark(const struct area *area, struct spot spot, enum mark mark);

/* Puts the sign of MARK in MEANING. Returns the cells used, 0 or 1. */
int area_put_mark_as(const struct area *area, struct spot spot, enum meaning meaning,
                     enum mark mark);

/* Draws a horizontal rule over the spot. */
void area_rule(const struct area *area, struct spot spot);

/* Draws a box round the area with TITLE (NULL: none) in its upper edge, and returns the area
 * inside: one row less above and below, two columns less at each side. */
struct area area_box(const struct area *area, const char *title);

/* Appends a bar as a text of WIDTH whole cells for a cell of a list, SHARE (0 to 1, clipped) of it
 * filled and the rest with the sign of MARK_DOT. */
void area_print_bar(const struct terminal *terminal, double share, int width, struct buffer *out);

/* Appends VALUES[0..COUNT) as a text of COUNT cells for a cell of a list, from the smallest to the
 * largest as ▁ to █, or 0 to 9 in ASCII; a NAN is a blank. */
void area_print_sparkline(const struct terminal *terminal, const double *values, size_t count,
                          struct buffer *out);

/* Shows what already stands in the spot as MEANING does it (SELECTED, MARKED, HIT), keeping the
 * colours of its cells where the two can be seen together. */
void area_tint(const struct area *area, struct spot spot, enum meaning meaning);

/* Puts the terminal's own cursor there when the frame ends; the last call of a frame wins. */
void area_place_cursor(const struct area *area, int row, int column);

#endif
