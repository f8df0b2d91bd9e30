/* Entering what was measured: two keys and the number. */
#ifndef CLAUSE5_PANES_MEASURE_H
#define CLAUSE5_PANES_MEASURE_H

#include "panes/frame/app.h"

/* Asks for the value of a KPI, `4.2` for today or `4.2 @ DATE` for another day, and stores it in
 * one batch; a value of the same day is replaced. A computed KPI says that nothing is entered.
 * Returns outcome flags. */
unsigned measure_kpi(struct app *app, int64_t kpi);

/* The same for a KPI of the objective: its only one that is measured, else the one chosen. */
unsigned measure_objective(struct app *app, int64_t objective);

#endif
