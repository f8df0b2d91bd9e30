/* Calendar days of the Gregorian calendar, counted and written as YYYY-MM-DD. */
#ifndef CLAUSE5_BASE_DATE_H
#define CLAUSE5_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    DATE_FIRST_YEAR = 1900, /* contract.md, Values: dates from 1900 to 2199 */
    DATE_LAST_YEAR = 2199,
    DATE_TEXT_SIZE = 11, /* bytes of YYYY-MM-DD with its NUL */
};

/* A day as the number of days since 1970-01-01; negative before it. */
typedef int32_t date_days;

struct date_parts {
    int year;
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
};

/* True where the parts name a day that exists between DATE_FIRST_YEAR and DATE_LAST_YEAR. */
bool date_exists(struct date_parts parts);

/* Returns the day's number; the parts must exist. */
date_days date_from_parts(struct date_parts parts);
struct date_parts date_to_parts(date_days day);

/* Reads exactly YYYY-MM-DD; false where the text is anything else or the day does not exist. */
bool date_parse(const char *text, date_days *day);

/* Writes YYYY-MM-DD. */
void date_print(date_days day, char text[static DATE_TEXT_SIZE]);

/* Returns the day MONTHS later (earlier where negative); where that day does not exist, the month's
 * last day (checks.md, "Last N months"). */
date_days date_add_months(date_days day, int months);

/* Returns the whole months from FROM to TO, rounded towards zero. */
int date_months_between(date_days from, date_days to);

/* Returns 0 for Monday to 6 for Sunday. */
int date_weekday(date_days day);

/* Reads what a person types into a date field: YYYY-MM-DD, 31.3.2026, 31/3/2026 where it can mean
 * only one day, today, and today plus or minus days, weeks, months, years: +30d, -1w, +6m, +1y.
 * TODAY is the day these count from. False where the text is no such thing. */
bool date_parse_typed(const char *text, date_days today, date_days *day);

#endif
