/* Many workbooks at a glance: one line of figures each. */
#ifndef CLAUSE5_REPORT_PORTFOLIO_H
#define CLAUSE5_REPORT_PORTFOLIO_H

#include <stdbool.h>

#include "clause5/base/buffer.h"
#include "clause5/base/clock.h"
#include "clause5/base/date.h"

/* The figures of one workbook. */
struct portfolio_row {
    char *organisation;
    int readiness; /* percent, rounded down */
    int errors, warnings;
    char next_due[DATE_TEXT_SIZE];    /* the nearest day, today included, on which something falls
                                         due; "" where nothing does */
    char last_change[DATE_TEXT_SIZE]; /* the day of the newest batch, in UTC; "" without any */
    char *fault;                      /* why it could not be read; NULL where the rest is filled */
};

/* Looks at the workbook at PATH without taking its lock, so that one which somebody works on shows
 * its figures as well. A workbook that cannot be read has a fault and nothing else; this is no
 * failure. The caller releases with portfolio_row_free. */
void portfolio_row_read(struct portfolio_row *row, const char *path, const struct clock *clock);
void portfolio_row_free(struct portfolio_row *row);

#endif
