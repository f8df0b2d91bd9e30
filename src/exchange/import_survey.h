/* What the rows of a file say about how its dates and numbers are to be read. */
#ifndef EXCHANGE_IMPORT_SURVEY_H
#define EXCHANGE_IMPORT_SURVEY_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/exchange/import.h"
#include "clause5/exchange/import_found.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"

/* What the cells of a column can be read as, counted. Cells that say nothing of the others, such as
 * 2026-03-31 and 1200, are in CELLS alone. */
struct import_tally {
    int64_t cells; /* that are not empty */
    int64_t day_first, month_first, either_first;
    int64_t serials;
    int64_t point, comma, either_sign;
    int64_t fractions; /* as 1.234: plain, unless commas stand before fractions */
    int64_t percents;
};

struct import_ways {
    bool takes_dates, takes_numbers, may_bear_percent;
    struct import_tally tally;
    enum import_dates dates;
    enum import_basis dates_basis;
    enum import_decimal decimal;
    enum import_basis decimal_basis;
    bool is_serial;    /* all cells are numbers of days */
    bool is_percent;   /* all cells bear a percent sign */
    bool doubts_point; /* 1.234 is not taken for a fraction, since commas stand before fractions */
    char *example;     /* owned */
};

struct import_survey {
    bool is_done, is_whole;
    bool wants_whole;     /* a row has shown what the first rows did not */
    int64_t header_line;  /* IMPORT_HEADER_FOUND until it is found */
    int64_t passed_lines; /* records with text above it, the first and the last in these lines */
    int64_t passed_first, passed_last;
    int64_t rows_seen;
    int width; /* without a header: cells of the first row */
    struct import_ways *columns;
    int column_count;
};

struct import_job;
struct import_file;

/* import_top.c: finds the line of the header, and says which lines above it are passed over. The
 * reader is at the beginning afterwards. False with job->fault. */
bool import_find_top(struct import_job *job, struct import_file *file);

/* Says which lines above the header are passed over. */
void import_tell_passed(struct import_job *job, const struct import_file *file);

/* import_survey.c: reads the rows behind the header, the first ones, or all where those leave a
 * doubt, and decides for each column. The reader is somewhere afterwards. False with job->fault. */
bool import_survey_rows(struct import_job *job, struct import_file *file);
void import_survey_free(struct import_survey *survey);

/* Tells the plan what was found out. */
void import_tell_found(struct import_job *job, const struct import_file *file);

/* import_figure.c: reads a cell with a date or a number as its column is written. False with the
 * fault; FAULT_FAILED with job->needs_survey where the whole column is to be seen first. */
struct import_figure {
    const struct field *field;
    const struct import_ways *ways;
    bool is_whole; /* the whole column was seen */
};
bool import_read_figure(const struct import_figure *figure, const char *text, struct value *value,
                        bool *needs_survey, struct fault *fault);

/* Appends the day that a cell would be in another order than the one that is told, where only one
 * other order makes it a date. */
void import_offer_day(const struct import_ways *ways, const char *text, struct buffer *out);

#endif
