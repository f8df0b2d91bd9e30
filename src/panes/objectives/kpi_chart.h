/* One KPI, or one objective, drawn in a box: chart and words. */
#ifndef CLAUSE5_PANES_KPI_CHART_H
#define CLAUSE5_PANES_KPI_CHART_H

#include "clause5/audit/kpi.h"
#include "clause5/screen/area.h"

/* Draws the measurements of the KPI with its target or limits, and below them what its newest value
 * is held against. */
void kpi_chart_draw(const struct kpi_standing *kpi, const struct area *area);

/* Draws what 6.2 a to l finds of the objective, what speaks against its status, and its plan. */
void objective_draw(const struct objective_standing *objective, const struct area *area);

#endif
