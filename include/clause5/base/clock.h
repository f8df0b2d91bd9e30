/* What day and what time it is. */
#ifndef CLAUSE5_BASE_CLOCK_H
#define CLAUSE5_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/date.h"
#include "clause5/base/fault.h"

enum { CLOCK_STAMP_SIZE = 25 }; /* bytes of 2026-11-21T20:18:00.000Z with its NUL */

/* The day that checks and defaults count from. */
struct clock {
    date_days today;
    bool is_set; /* the day comes from CLAUSE5_TODAY: batches written under it say so */
};

/* Reads CLAUSE5_TODAY, else the local day. False with a FAULT_USAGE where the variable names no
 * day. */
bool clock_read(struct clock *clock, struct fault *fault);

/* Returns milliseconds since 1970-01-01T00:00Z. Under a set clock the date is the set one and the
 * time of day the real one, so that the history bears the day that the checks saw (contract.md,
 * Time). */
int64_t clock_now_ms(const struct clock *clock);

/* Writes a moment as UTC, ISO 8601 with Z and milliseconds. */
void clock_print_stamp(int64_t ms, char text[static CLOCK_STAMP_SIZE]);

/* Reads what clock_print_stamp wrote; false where the text is anything else. */
bool clock_parse_stamp(const char *text, int64_t *ms);

/* Returns the local day on which a moment lies. */
date_days clock_local_day(int64_t ms);

/* Returns milliseconds of a clock that never goes back, for measuring how long things take. */
int64_t clock_monotonic_ms(void);

#endif
