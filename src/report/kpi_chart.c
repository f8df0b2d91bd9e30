/* Owns the drawing of trends; knows nothing of KPIs but their values and their bars. */
#include "report/kpi_chart.h"

#include <math.h>

#include "clause5/register/type.h"
#include "report/html.h"

enum {
    WIDTH = 360,
    HEIGHT = 170,
    LEFT = 42,
    RIGHT = 348,
    TOP = 14,
    BOTTOM = 146,
    SPAN_LEAST_DAYS = 30,
    TICKS_MOST = 5,
};

/* What the axes reach over. */
struct scale {
    date_days first, last;
    double low, high, step;
};

static double x_of(const struct scale *scale, date_days day) {
    return LEFT + (double)(RIGHT - LEFT) * (day - scale->first) / (scale->last - scale->first);
}

static double y_of(const struct scale *scale, double value) {
    return BOTTOM - (BOTTOM - TOP) * (value - scale->low) / (scale->high - scale->low);
}

static void widen(struct scale *scale, double value) {
    scale->low = fmin(scale->low, value);
    scale->high = fmax(scale->high, value);
}

/* Returns 1, 2 or 5 times a power of ten, so that RANGE has at most TICKS_MOST steps. */
static double round_step(double range) {
    double power = pow(10, floor(log10(range / TICKS_MOST)));
    static const double factors[] = {1, 2, 5};
    for (size_t i = 0; i < sizeof factors / sizeof factors[0]; i++) {
        if (range / (power * factors[i]) <= TICKS_MOST) {
            return power * factors[i];
        }
    }
    return power * 10;
}

static struct scale choose_scale(const struct kpi_chart *chart) {
    const struct kpi_level *levels[] = {&chart->target, &chart->lower, &chart->upper};
    struct scale scale = {.first = chart->points[0].day,
                          .last = chart->points[chart->count - 1].day,
                          .low = chart->points[0].value,
                          .high = chart->points[0].value};
    scale.last = chart->today > scale.last ? chart->today : scale.last;
    if (scale.last - scale.first < SPAN_LEAST_DAYS) {
        scale.first = scale.last - SPAN_LEAST_DAYS;
    }
    for (size_t i = 0; i < chart->count; i++) {
        widen(&scale, chart->points[i].value);
    }
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        if (levels[i]->is_set) {
            widen(&scale, levels[i]->value);
        }
    }
    widen(&scale, 0); /* a trend is not made steeper than it is */
    if (scale.high - scale.low < 1e-9) {
        scale.high = scale.low + 1;
    }
    scale.step = round_step(scale.high - scale.low);
    scale.low = floor(scale.low / scale.step) * scale.step;
    scale.high = ceil(scale.high / scale.step) * scale.step;
    return scale;
}

static void add_number(struct buffer *out, double number) {
    number_print(round(number * 1e9) / 1e9, out);
}

static void add_grid(struct buffer *out, const struct scale *scale) {
    int ticks = (int)lround((scale->high - scale->low) / scale->step);
    for (int i = 0; i <= ticks; i++) {
        double value = scale->low + i * scale->step;
        double y = y_of(scale, value);
        buffer_addf(out,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#c9d1d9\"/>"
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">",
                    LEFT, RIGHT, y, y, LEFT - 5, y + 4);
        add_number(out, value);
        buffer_add(out, "</text>\n");
    }
}

static void add_day(struct buffer *out, date_days day, int x, const char *anchor) {
    char text[DATE_TEXT_SIZE];
    date_print(day, text);
    buffer_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">", x, HEIGHT - 6, anchor);
    html_add_date(out, text);
    buffer_add(out, "</text>\n");
}

static void add_level(struct buffer *out, const struct scale *scale, const struct kpi_level *level,
                      const char *name) {
    if (!level->is_set) {
        return;
    }
    double y = y_of(scale, level->value);
    double label_y = y - 4 < TOP + 6 ? y + 13 : y - 4;
    buffer_addf(out,
                "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#9a4a00\" "
                "stroke-width=\"1.5\" stroke-dasharray=\"6 4\"/>"
                "<text x=\"%d\" y=\"%.1f\" fill=\"#9a4a00\">%s ",
                LEFT, RIGHT, y, y, LEFT + 4, label_y, name);
    add_number(out, level->value);
    buffer_add(out, "</text>\n");
}

/* The value of the line through both ends on a day. */
static double way_at(const struct kpi_point *way, date_days day) {
    return way[0].value +
           (way[1].value - way[0].value) * (day - way[0].day) / (way[1].day - way[0].day);
}

/* The straight way from the baseline to the target, as far as the chart reaches. */
static void add_way(struct buffer *out, const struct scale *scale, const struct kpi_point *way) {
    date_days first = way[0].day > scale->first ? way[0].day : scale->first;
    date_days last = way[1].day < scale->last ? way[1].day : scale->last;
    if (first >= last) {
        return;
    }
    double from = fmin(fmax(way_at(way, first), scale->low), scale->high);
    double to = fmin(fmax(way_at(way, last), scale->low), scale->high);
    buffer_addf(out,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#4a5560\" "
                "stroke-dasharray=\"2 3\"/>\n",
                x_of(scale, first), y_of(scale, from), x_of(scale, last), y_of(scale, to));
}

static void add_points(struct buffer *out, const struct scale *scale,
                       const struct kpi_chart *chart) {
    const struct kpi_point *newest = &chart->points[chart->count - 1];
    buffer_add(out, "<polyline fill=\"none\" stroke=\"#0b4f8a\" stroke-width=\"2\" points=\"");
    for (size_t i = 0; i < chart->count; i++) {
        buffer_addf(out, "%s%.1f,%.1f", i > 0 ? " " : "", x_of(scale, chart->points[i].day),
                    y_of(scale, chart->points[i].value));
    }
    double x = x_of(scale, newest->day);
    double y = y_of(scale, newest->value);
    buffer_addf(out,
                "\"/>\n<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#0b4f8a\"/>"
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\" font-weight=\"bold\">",
                x, y, fmin(x + 4, RIGHT), y - 8 < TOP ? y + 16 : y - 8);
    add_number(out, newest->value);
    buffer_add(out, "</text>\n");
}

static void add_label_level(struct buffer *out, const struct kpi_level *level, const char *name) {
    if (level->is_set) {
        buffer_addf(out, ", %s ", name);
        add_number(out, level->value);
    }
}

static void add_label(struct buffer *out, const struct kpi_chart *chart) {
    char first[DATE_TEXT_SIZE];
    char last[DATE_TEXT_SIZE];
    date_print(chart->points[0].day, first);
    date_print(chart->points[chart->count - 1].day, last);
    html_add_text(out, chart->name);
    buffer_addf(out, ": %zu values, from ", chart->count);
    add_number(out, chart->points[0].value);
    buffer_addf(out, " on %s to ", first);
    add_number(out, chart->points[chart->count - 1].value);
    buffer_addf(out, " on %s", last);
    add_label_level(out, &chart->target, "target");
    add_label_level(out, &chart->lower, "lower limit");
    add_label_level(out, &chart->upper, "upper limit");
}

void kpi_chart_add(struct buffer *out, const struct kpi_chart *chart) {
    struct scale scale = choose_scale(chart);
    buffer_addf(out, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDTH, HEIGHT);
    add_label(out, chart);
    buffer_add(out, "\">\n");
    add_grid(out, &scale);
    if (chart->lower.is_set && chart->upper.is_set) {
        double top = y_of(&scale, chart->upper.value);
        buffer_addf(out,
                    "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" fill=\"#d6e6f5\"/>\n",
                    LEFT, top, RIGHT - LEFT, y_of(&scale, chart->lower.value) - top);
    }
    add_level(out, &scale, &chart->target, "target");
    add_level(out, &scale, &chart->lower, "least");
    add_level(out, &scale, &chart->upper, "most");
    if (chart->has_way) {
        add_way(out, &scale, chart->way);
    }
    add_points(out, &scale, chart);
    add_day(out, scale.first, LEFT, "start");
    add_day(out, scale.last, RIGHT, "end");
    buffer_add(out, "</svg>\n");
}
