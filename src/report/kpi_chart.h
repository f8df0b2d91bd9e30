/* The trend of a KPI as a drawing within the page. */
#ifndef REPORT_KPI_CHART_H
#define REPORT_KPI_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "clause5/base/buffer.h"
#include "clause5/base/date.h"

struct kpi_point {
    date_days day;
    double value;
};

/* A line across the chart that may be absent. */
struct kpi_level {
    bool is_set;
    double value;
};

struct kpi_chart {
    const char *name; /* of the KPI, as read aloud */
    const char *unit;
    const struct kpi_point *points; /* oldest first */
    size_t count;                   /* at least 1 */
    struct kpi_level target, lower, upper;
    struct kpi_point way[2]; /* from the baseline on the first day to the target on the last */
    bool has_way;
    date_days today;
};

/* Appends the drawing, with its content in words as its label. */
void kpi_chart_add(struct buffer *out, const struct kpi_chart *chart);

#endif
