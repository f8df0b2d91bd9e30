/* Owns the drawing of a line chart: scale, dots, target and labels. Knows nothing of what is
 * measured. */
#include "clause5/screen/chart.h"

#include <math.h>
#include <stdlib.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"

enum {
    LEAST_ROWS = 4,
    LEAST_COLUMNS = 16,
    LABEL_Y_MOST = 8,
    LABEL_X_MOST = 12,
    BRAILLE = 0x2800,
};

struct range {
    double least, most;
};

/* Dots within cells: two by four in braille, one in ASCII. */
struct canvas {
    unsigned char *cells; /* a bit per dot, row after row */
    int rows, columns;
    int dots_down, dots_across;
};

static bool is_drawn(const struct chart_point *point) {
    return isfinite(point->x) && isfinite(point->y);
}

static void widen(struct range *range, double value) {
    range->least = fmin(range->least, value);
    range->most = fmax(range->most, value);
}

/* Where VALUE stands between 0 and 1; halves keep the span of the largest doubles finite. */
static double share_of(const struct range *range, double value) {
    double span = range->most / 2 - range->least / 2;
    return span > 0 ? (value / 2 - range->least / 2) / span : 0.5;
}

static double value_at(const struct range *range, double share) {
    return range->least * (1 - share) + range->most * share;
}

/* Finds what the axes span. False where there is nothing to draw. */
static bool find_ranges(const struct chart *chart, struct range *x, struct range *y) {
    *x = *y = (struct range){INFINITY, -INFINITY};
    bool is_any = false;
    for (size_t i = 0; i < chart->count; i++) {
        if (is_drawn(&chart->points[i])) {
            widen(x, chart->points[i].x);
            widen(y, chart->points[i].y);
            is_any = true;
        }
    }
    for (size_t i = 0; is_any && i < chart->level_count; i++) {
        if (isfinite(chart->levels[i].y)) {
            widen(y, chart->levels[i].y);
        }
    }
    if (is_any && y->least == y->most) {
        double margin = fabs(y->least) > 1 ? fabs(y->least) / 10 : 1;
        y->least -= margin;
        y->most += margin;
    }
    return is_any;
}

static void set_dot(struct canvas *canvas, int across, int down) {
    static const unsigned char bits[4][2] = {
        {0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    int column = across / canvas->dots_across;
    int row = down / canvas->dots_down;
    canvas->cells[row * canvas->columns + column] |=
        bits[down % canvas->dots_down][across % canvas->dots_across];
}

struct dot {
    int across, down;
};

/* Joins two dots, a step at a time along the longer way. */
static void draw_line(struct canvas *canvas, struct dot from, struct dot to) {
    int across = to.across - from.across;
    int down = to.down - from.down;
    int steps = abs(across) > abs(down) ? abs(across) : abs(down);
    for (int i = 0; i <= steps; i++) {
        double share = steps > 0 ? (double)i / steps : 0;
        set_dot(canvas, from.across + (int)lround(share * across),
                from.down + (int)lround(share * down));
    }
}

static void draw_points(struct canvas *canvas, const struct chart *chart, const struct range *x,
                        const struct range *y) {
    int right = canvas->columns * canvas->dots_across - 1;
    int bottom = canvas->rows * canvas->dots_down - 1;
    struct dot last = {-1, -1};
    for (size_t i = 0; i < chart->count; i++) {
        if (!is_drawn(&chart->points[i])) {
            continue;
        }
        struct dot dot = {(int)lround(share_of(x, chart->points[i].x) * right),
                          (int)lround((1 - share_of(y, chart->points[i].y)) * bottom)};
        draw_line(canvas, last.across >= 0 ? last : dot, dot);
        last = dot;
    }
}

static void put_cell(const struct area *plot, struct spot spot, unsigned char dots) {
    if (!terminal_is_unicode(plot->terminal)) {
        area_put(plot, spot, MEANING_CHART, "*");
        return;
    }
    struct buffer sign = {0};
    text_encode(&sign, BRAILLE | (uint32_t)dots);
    area_put(plot, spot, MEANING_CHART, buffer_text(&sign));
    buffer_free(&sign);
}

static void put_dots(const struct area *plot, const struct canvas *canvas) {
    for (int row = 0; row < canvas->rows; row++) {
        for (int column = 0; column < canvas->columns; column++) {
            unsigned char dots = canvas->cells[row * canvas->columns + column];
            if (dots != 0) {
                put_cell(plot, (struct spot){row, column, 1}, dots);
            }
        }
    }
}

/* Draws the level lines where no dot stands, each with its label. */
static void put_levels(const struct chart *chart, const struct range *y, const struct area *plot,
                       const struct canvas *canvas) {
    const char *sign = terminal_is_unicode(plot->terminal) ? "┄" : "-";
    for (size_t i = 0; i < chart->level_count; i++) {
        const struct chart_level *level = &chart->levels[i];
        if (!isfinite(level->y)) {
            continue;
        }
        int row = (int)lround((1 - share_of(y, level->y)) * (canvas->rows - 1));
        for (int column = 0; column < canvas->columns; column++) {
            if (canvas->cells[row * canvas->columns + column] == 0) {
                area_put(plot, (struct spot){row, column, 1}, MEANING_TARGET, sign);
            }
        }
        if (level->label != NULL) {
            area_put_right(plot, (struct spot){.row = row, .column = plot->width / 2},
                           MEANING_TARGET, level->label);
        }
    }
}

static void add_label(const struct chart *chart, bool is_x, double value, struct buffer *out) {
    void (*label)(void *, double, struct buffer *) = is_x ? chart->label_x : chart->label_y;
    if (label != NULL) {
        label(chart->context, value, out);
    } else {
        buffer_addf(out, "%.4g", value);
    }
}

/* Draws the labels of y at the top, the middle and the bottom; with AREA NULL only measures.
 * Returns the widest, at most LABEL_Y_MOST. */
static int label_y(const struct chart *chart, const struct range *y, const struct area *area,
                   int rows) {
    static const double shares[] = {1, 0.5, 0};
    int width = 1;
    for (size_t i = 0; i < COUNT(shares); i++) {
        struct buffer text = {0};
        add_label(chart, false, value_at(y, shares[i]), &text);
        int cells = text_width_cells(buffer_text(&text));
        width = cells > width ? cells : width;
        if (area != NULL) {
            int row = (int)lround((1 - shares[i]) * (rows - 1));
            area_put_right(area, (struct spot){.row = row}, MEANING_DIM, buffer_text(&text));
        }
        buffer_free(&text);
    }
    return width > LABEL_Y_MOST ? LABEL_Y_MOST : width;
}

/* Labels the first, the last and, where there is room, the middle of x. */
static void label_x(const struct chart *chart, const struct range *x, const struct area *line) {
    static const struct {
        double share;
        int least_width; /* of the line, for the label to be drawn */
    } labels[] = {{0, 0}, {1, 2 * LABEL_X_MOST + 2}, {0.5, 4 * LABEL_X_MOST}};
    for (size_t i = 0; i < COUNT(labels); i++) {
        if (line->width < labels[i].least_width || (i > 0 && x->least == x->most)) {
            continue;
        }
        struct buffer text = {0};
        add_label(chart, true, value_at(x, labels[i].share), &text);
        int cells = text_width_cells(buffer_text(&text));
        cells = cells > LABEL_X_MOST ? LABEL_X_MOST : cells;
        int column = (int)lround(labels[i].share * (line->width - cells));
        area_put(line, (struct spot){0, column, cells}, MEANING_DIM, buffer_text(&text));
        buffer_free(&text);
    }
}

void chart_draw(const struct chart *chart, const struct area *area) {
    struct range x;
    struct range y;
    bool is_any = find_ranges(chart, &x, &y);
    if (!is_any || area->height < LEAST_ROWS || area->width < LEAST_COLUMNS) {
        area_put(area, (struct spot){0}, MEANING_DIM,
                 is_any ? "too small for a chart" : "nothing measured yet");
        return;
    }
    int labels = label_y(chart, &y, NULL, 0);
    struct area left = area_columns(area_rows(*area, 0, area->height - 1), 0, labels);
    struct area right = area_columns(*area, labels + 1, -1);
    struct area plot = area_rows(right, 0, right.height - 1);
    struct area line = area_rows(right, right.height - 1, 1);
    bool is_fine = terminal_is_unicode(area->terminal);
    struct canvas canvas = {.rows = plot.height,
                            .columns = plot.width,
                            .dots_down = is_fine ? 4 : 1,
                            .dots_across = is_fine ? 2 : 1};
    canvas.cells = memory_zero((size_t)canvas.rows * (size_t)canvas.columns, 1);
    draw_points(&canvas, chart, &x, &y);
    put_dots(&plot, &canvas);
    put_levels(chart, &y, &plot, &canvas);
    label_y(chart, &y, &left, plot.height);
    label_x(chart, &x, &line);
    free(canvas.cells);
}
