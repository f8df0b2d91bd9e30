/* A line chart: braille dots, or * where the terminal shows ASCII only. */
#ifndef CLAUSE5_SCREEN_CHART_H
#define CLAUSE5_SCREEN_CHART_H

#include <stddef.h>

#include "clause5/base/buffer.h"
#include "clause5/screen/area.h"

struct chart_point {
    double x, y;
};

/* A level line, such as a target or a limit, counted into the scale. */
struct chart_level {
    double y;
    const char *label; /* at its right end; NULL: none */
};

/* What to draw. Points are in ascending order of x; those that are no number are left out. */
struct chart {
    const struct chart_point *points;
    size_t count;
    const struct chart_level *levels;
    size_t level_count;
    void *context;

    /* Append the label of a value; NULL: as a plain number. Kept short, cut at 8 and 12 cells. */
    void (*label_x)(void *context, double x, struct buffer *out);
    void (*label_y)(void *context, double y, struct buffer *out);
};

/* Draws the chart over the area: labels of y at the left, of x in the last row. An area under 4
 * rows or 16 columns, or no points, is said in words. */
void chart_draw(const struct chart *chart, const struct area *area);

#endif
