/* Owns what a column's cells together say about how each is to be read: the order of day and month,
 * the sign before a fraction, numbers that stand for days. A file whose first rows hold nothing but
 * plain dates and numbers is not read any further for it. */
#include "exchange/import_survey.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/exchange/csv_write.h"
#include "clause5/register/reading.h"
#include "clause5/register/type.h"
#include "exchange/guess.h"
#include "exchange/import_job.h"

enum { ROWS_FIRST = 1000 };

static bool is_same_day(const struct date_reading *reading) {
    return reading->day[DATE_WAY_DMY] == reading->day[DATE_WAY_MDY];
}

/* True where the cell is not what export would write, so that the column matters to it. */
static bool tally_date(struct import_tally *tally, const char *text) {
    date_days day;
    struct date_reading reading;
    if (date_parse(text, &day) || !date_read(text, &reading)) {
        return false;
    }
    tally->serials += reading.can[DATE_WAY_SERIAL];
    bool has_order = !reading.can[DATE_WAY_PLAIN] && !reading.can[DATE_WAY_SERIAL];
    if (has_order && !reading.has_short_year) {
        bool is_dmy = reading.can[DATE_WAY_DMY], is_mdy = reading.can[DATE_WAY_MDY];
        tally->day_first += is_dmy && !is_mdy;
        tally->month_first += is_mdy && !is_dmy;
        tally->either_first += is_dmy && is_mdy && !is_same_day(&reading);
    }
    return true;
}

static bool tally_number(struct import_tally *tally, const char *text) {
    struct buffer point = {0}, comma = {0};
    size_t len = strlen(text);
    bool has_percent = len > 1 && text[len - 1] == '%';
    char *trimmed = memory_copy_bytes(text, has_percent ? len - 1 : len);
    char *number = text_trim(trimmed);
    bool is_point = number_read(number, '.', &point), is_comma = number_read(number, ',', &comma);
    tally->percents += has_percent && (is_point || is_comma);
    bool is_same = strcmp(buffer_text(&point), buffer_text(&comma)) == 0;
    tally->point += is_point && !is_comma;
    tally->comma += is_comma && !is_point;
    tally->either_sign += is_point && is_comma && !is_same && !number_is_plain(number);
    tally->fractions += is_point && is_comma && !is_same && number_is_plain(number);
    bool is_odd = has_percent || (is_comma && !is_same) || !number_is_plain(number);
    buffer_free(&point);
    buffer_free(&comma);
    free(trimmed);
    free(number);
    return is_odd;
}

/* Takes a row's cells into account; true where one of them is not plain. */
static bool tally_row(struct import_survey *survey, const struct csv_row *row, bool is_exact) {
    bool is_odd = false;
    for (int i = 0; i < survey->column_count && i < row->cell_count; i++) {
        struct import_ways *ways = &survey->columns[i];
        char *text = text_trim(is_exact ? row->cells[i] : csv_unguard(row->cells[i]));
        if (*text != '\0') {
            ways->tally.cells++;
            ways->example = ways->example == NULL ? memory_copy_text(text) : ways->example;
            is_odd |= ways->takes_dates && tally_date(&ways->tally, text);
            is_odd |= ways->takes_numbers && tally_number(&ways->tally, text);
        }
        free(text);
    }
    return is_odd;
}

/* Begins the columns anew, by the fields that they are mapped to. */
static void begin(struct import_survey *survey, const struct import_file *file) {
    import_survey_free(survey);
    survey->column_count = file->name_count + file->given_count;
    survey->columns = memory_zero((size_t)survey->column_count + 1, sizeof *survey->columns);
    survey->rows_seen = 0;
    for (int i = 0; i < survey->column_count && file->sheet->take_header == NULL; i++) {
        struct import_column at = file->columns[i];
        if (at.part == IMPORT_NO_COLUMN) {
            continue;
        }
        enum register_id id = file->sheet->parts[at.part];
        const struct field *field = &register_describe(id)->fields[at.field];
        survey->columns[i].takes_dates = field->type == FIELD_DATE;
        survey->columns[i].takes_numbers =
            field->type == FIELD_NUMBER || field->type == FIELD_WHOLE;
        survey->columns[i].may_bear_percent = (field->flags & FIELD_IN_UNIT) != 0;
    }
}

static void decide_dates(struct import_ways *ways) {
    const struct import_tally *tally = &ways->tally;
    ways->is_serial = tally->cells > 0 && tally->serials == tally->cells;
    if (ways->dates != IMPORT_DATES_ISO) {
        ways->dates_basis = IMPORT_TOLD;
        return;
    }
    bool is_one = (tally->day_first > 0) != (tally->month_first > 0);
    if (is_one) {
        ways->dates = tally->day_first > 0 ? IMPORT_DATES_DMY : IMPORT_DATES_MDY;
    }
    ways->dates_basis = is_one                    ? IMPORT_DECIDED
                        : tally->either_first > 0 ? IMPORT_ASKED
                                                  : IMPORT_UNNEEDED;
}

static void decide_numbers(struct import_ways *ways) {
    const struct import_tally *tally = &ways->tally;
    ways->is_percent =
        ways->may_bear_percent && tally->cells > 0 && tally->percents == tally->cells;
    if (ways->decimal != IMPORT_DECIMAL_FOUND) {
        ways->decimal_basis = IMPORT_TOLD;
        return;
    }
    bool is_one = (tally->point > 0) != (tally->comma > 0);
    ways->doubts_point = tally->comma > 0;
    if (is_one) {
        ways->decimal = tally->point > 0 ? IMPORT_DECIMAL_POINT : IMPORT_DECIMAL_COMMA;
    }
    ways->decimal_basis = is_one                   ? IMPORT_DECIDED
                          : tally->either_sign > 0 ? IMPORT_ASKED
                                                   : IMPORT_UNNEEDED;
}

/* What the plan says of the column at INDEX, or of all. */
static void follow_plan(const struct import_plan *plan, const struct import_file *file, int index) {
    struct import_ways *ways = &((struct import_file *)file)->survey.columns[index];
    ways->dates = plan->dates;
    ways->decimal = plan->decimal;
    for (int i = 0; i < plan->reading_count; i++) {
        const struct import_reading *reading = &plan->readings[i];
        if (import_find_column(file, reading->column) == index) {
            ways->dates = reading->dates != IMPORT_DATES_ISO ? reading->dates : ways->dates;
            ways->decimal =
                reading->decimal != IMPORT_DECIMAL_FOUND ? reading->decimal : ways->decimal;
        }
    }
}

/* Where one column has commas before fractions, 1.234 in another is hardly a fraction. */
static void spread_doubt(struct import_survey *survey) {
    bool has_comma = false;
    for (int i = 0; i < survey->column_count; i++) {
        has_comma = has_comma || survey->columns[i].decimal == IMPORT_DECIMAL_COMMA;
    }
    for (int i = 0; i < survey->column_count && has_comma; i++) {
        struct import_ways *ways = &survey->columns[i];
        ways->doubts_point = ways->doubts_point || ways->decimal == IMPORT_DECIMAL_FOUND;
        bool is_asked = ways->decimal == IMPORT_DECIMAL_FOUND && ways->tally.fractions > 0;
        ways->decimal_basis = is_asked ? IMPORT_ASKED : ways->decimal_basis;
    }
}

static void decide(struct import_job *job, struct import_file *file) {
    struct import_survey *survey = &file->survey;
    for (int i = 0; i < survey->column_count; i++) {
        follow_plan(job->plan, file, i);
        if (survey->columns[i].takes_dates) {
            decide_dates(&survey->columns[i]);
        }
        if (survey->columns[i].takes_numbers) {
            decide_numbers(&survey->columns[i]);
        }
    }
    spread_doubt(survey);
    survey->is_done = true;
}

bool import_survey_rows(struct import_job *job, struct import_file *file) {
    struct import_survey *survey = &file->survey;
    begin(survey, file);
    bool reads_on = survey->wants_whole;
    struct csv_row read;
    int got;
    while ((got = csv_next(file->reader, &read, job->fault)) == 1) {
        const struct csv_row *row = import_correct(job, file, &read);
        if (row->broken == NULL && import_is_even(file, row) && !import_is_legend(file, row)) {
            reads_on = tally_row(survey, row, job->plan->is_exact) || reads_on;
        }
        if (++survey->rows_seen >= ROWS_FIRST && !reads_on) {
            break;
        }
    }
    survey->is_whole = got == 0;
    decide(job, file);
    return got >= 0 || fault_prefix(job->fault, "%s", file->shown);
}

void import_survey_free(struct import_survey *survey) {
    for (int i = 0; i < survey->column_count; i++) {
        free(survey->columns[i].example);
    }
    free(survey->columns);
    survey->columns = NULL;
    survey->column_count = 0;
}
