/* Owns the part on objectives and their figures; the drawing is in kpi_chart.c. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/register/type.h"
#include "report/html.h"
#include "report/html_table.h"
#include "report/kpi_chart.h"
#include "report/sections.h"

/* The columns of the query kpis. */
enum kpi_column {
    KPI_COLUMN_ID,
    KPI_COLUMN_REF,
    KPI_COLUMN_TITLE,
    KPI_COLUMN_UNIT,
    KPI_COLUMN_BASELINE,
    KPI_COLUMN_TARGET,
    KPI_COLUMN_LOWER,
    KPI_COLUMN_UPPER,
    KPI_COLUMN_SOURCE,
    KPI_COLUMN_OBJECTIVE,
    KPI_COLUMN_WAY_FROM,
    KPI_COLUMN_WAY_TO,
    KPI_COLUMN_VALUE,
    KPI_COLUMN_COLOUR,
};

/* The values of all KPIs in the order of the query measurements, and how far they are used. */
struct values {
    struct value_row {
        int64_t kpi;
        struct kpi_point point;
    } * rows;
    size_t count, capacity;
};

static bool read_values(struct frame *frame, struct values *values) {
    struct query *query = frame_open_query(frame, "measurements");
    int step = query == NULL ? -1 : query_step(query, frame->fault);
    for (; step == 1; step = query_step(query, frame->fault)) {
        date_days day = 0;
        if (query_is_empty(query, 2) || !date_parse(query_text(query, 1), &day)) {
            continue;
        }
        values->rows = memory_reserve(values->rows, &values->capacity, values->count + 1,
                                      sizeof *values->rows);
        values->rows[values->count++] = (struct value_row){
            .kpi = query_whole(query, 0), .point = {.day = day, .value = query_number(query, 2)}};
    }
    query_close(query);
    return step == 0;
}

/* Gathers the values of one KPI; the caller frees them. */
static struct kpi_point *gather_points(const struct values *values, int64_t kpi, size_t *count) {
    struct kpi_point *points = memory_zero(values->count + 1, sizeof *points);
    *count = 0;
    for (size_t i = 0; i < values->count; i++) {
        if (values->rows[i].kpi == kpi) {
            points[(*count)++] = values->rows[i].point;
        }
    }
    return points;
}

static struct kpi_level read_level(struct query *query, int column) {
    return (struct kpi_level){.is_set = !query_is_empty(query, column),
                              .value = query_number(query, column)};
}

static void add_chart(struct frame *frame, struct query *query, const struct kpi_point *points,
                      size_t count) {
    struct buffer name = {0};
    buffer_addf(&name, "%s %s", query_text(query, KPI_COLUMN_REF),
                query_text(query, KPI_COLUMN_TITLE));
    struct kpi_chart chart = {
        .name = buffer_text(&name),
        .points = points,
        .count = count,
        .target = read_level(query, KPI_COLUMN_TARGET),
        .lower = read_level(query, KPI_COLUMN_LOWER),
        .upper = read_level(query, KPI_COLUMN_UPPER),
        .way = {{.value = query_number(query, KPI_COLUMN_BASELINE)},
                {.value = query_number(query, KPI_COLUMN_TARGET)}},
    };
    date_parse(frame->today, &chart.today);
    chart.has_way = date_parse(query_text(query, KPI_COLUMN_WAY_FROM), &chart.way[0].day) &&
                    date_parse(query_text(query, KPI_COLUMN_WAY_TO), &chart.way[1].day) &&
                    chart.way[0].day < chart.way[1].day;
    kpi_chart_add(frame->out, &chart);
    buffer_free(&name);
}

/* What stands below the drawing: which KPI, how it is, and what it is held against. */
static void add_caption(struct frame *frame, struct query *query) {
    struct buffer *out = frame->out;
    const char *colour = query_text(query, KPI_COLUMN_COLOUR);
    buffer_add(out, "<figcaption><strong>");
    html_add_text(out, query_text(query, KPI_COLUMN_REF));
    buffer_add(out, " ");
    html_add_text(out, query_text(query, KPI_COLUMN_TITLE));
    buffer_add(out, "</strong>");
    if (!query_is_empty(query, KPI_COLUMN_UNIT)) {
        buffer_add(out, ", ");
        html_add_text(out, query_text(query, KPI_COLUMN_UNIT));
    }
    buffer_add(out, "<br>");
    html_add_state(out, html_mark_of(*colour != '\0' ? colour : "no value"),
                   *colour != '\0' ? colour : "no value");
    if (!query_is_empty(query, KPI_COLUMN_VALUE)) {
        buffer_add(out, ", newest value ");
        number_print(round(query_number(query, KPI_COLUMN_VALUE) * 100) / 100, out);
    }
    if (!query_is_empty(query, KPI_COLUMN_OBJECTIVE)) {
        buffer_add(out, "; objective ");
        html_add_text(out, query_text(query, KPI_COLUMN_OBJECTIVE));
    }
    if (strcmp(query_text(query, KPI_COLUMN_SOURCE), "measured") != 0) {
        buffer_add(out, "; worked out by the workbook from its ");
        html_add_text(out, query_text(query, KPI_COLUMN_SOURCE));
    }
    buffer_add(out, "</figcaption>");
}

static bool add_figures(struct frame *frame, const struct values *values) {
    struct query *query = frame_open_known(frame, "kpis");
    int step = query == NULL ? -1 : query_step(query, frame->fault);
    if (step == 0) {
        buffer_add(frame->out, "<p>No KPI is kept.</p>\n");
    }
    buffer_add(frame->out, step == 1 ? "<div class=\"charts\">\n" : "");
    bool has_any = step == 1;
    for (; step == 1; step = query_step(query, frame->fault)) {
        size_t count = 0;
        struct kpi_point *points = gather_points(values, query_whole(query, KPI_COLUMN_ID), &count);
        buffer_add(frame->out, "<figure>");
        if (count > 0) {
            add_chart(frame, query, points, count);
        }
        add_caption(frame, query);
        buffer_add(frame->out, "</figure>\n");
        free(points);
    }
    buffer_add(frame->out, has_any ? "</div>\n" : "");
    query_close(query);
    return step == 0;
}

bool section_objectives(struct frame *frame) {
    static const struct html_table objectives = {
        .query = "objectives",
        .caption = "Information security objectives",
        .empty = "No objective is set.",
    };
    struct values values = {0};
    bool is_good = html_table_add(frame, &objectives) && read_values(frame, &values);
    if (is_good) {
        buffer_add(frame->out,
                   "<h3>Figures</h3>\n<p>Two years of values. Dashed: the target or the limits. "
                   "Dotted: the straight way from the baseline to the target, where the value is "
                   "judged by it.</p>\n");
        is_good = add_figures(frame, &values);
    }
    free(values.rows);
    return is_good;
}
