/* Owns the reading of a date or a number as the column it stands in is written: what can be read in
 * two ways is refused with what would decide it, never guessed. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/register/reading.h"
#include "clause5/register/type.h"
#include "exchange/import_job.h"
#include "exchange/import_survey.h"

enum { SHOWN_CELLS = 40 };

static bool refuse(struct fault *fault, const char *text, const char *reason) {
    struct buffer shown = {0};
    text_show(&shown, text, SHOWN_CELLS);
    fault_clear(fault);
    fault_set(fault, FAULT_REFUSED, "\"%s\" %s", buffer_text(&shown), reason);
    buffer_free(&shown);
    return false;
}

static bool take_day(date_days day, struct value *value) {
    char iso[DATE_TEXT_SIZE];
    date_print(day, iso);
    *value = value_of_text(iso);
    return true;
}

static const enum date_way way_of[] = {[IMPORT_DATES_ISO] = DATE_WAY_PLAIN,
                                       [IMPORT_DATES_DMY] = DATE_WAY_DMY,
                                       [IMPORT_DATES_MDY] = DATE_WAY_MDY,
                                       [IMPORT_DATES_YMD] = DATE_WAY_YMD};

static const struct {
    enum date_way way;
    const char *order;
} others[] = {{DATE_WAY_DMY, "dmy"}, {DATE_WAY_MDY, "mdy"}, {DATE_WAY_YMD, "ymd"}};

void import_offer_day(const struct import_ways *ways, const char *text, struct buffer *out) {
    struct date_reading reading;
    size_t count = 0, only = 0;
    char *trimmed = text_trim(text);
    if (ways->dates_basis == IMPORT_TOLD && date_read(trimmed, &reading)) {
        for (size_t i = 0; i < COUNT(others); i++) {
            only = reading.can[others[i].way] ? i : only;
            count += reading.can[others[i].way];
        }
    }
    if (count == 1) {
        char iso[DATE_TEXT_SIZE];
        date_print(reading.day[others[only].way], iso);
        buffer_add(out, iso);
    }
    free(trimmed);
}

/* A day of two-digit year is taken where the plan tells the order: whoever does has looked. */
static bool read_short_year(const struct import_ways *ways, const struct date_reading *reading,
                            const char *text, struct value *value, struct fault *fault) {
    enum date_way way = reading->can[DATE_WAY_PLAIN] ? DATE_WAY_PLAIN : way_of[ways->dates];
    if (ways->dates_basis != IMPORT_TOLD) {
        return refuse(fault, text,
                      "has a year of two digits (write all four, or say with --dates dmy, mdy or "
                      "ymd what stands first)");
    }
    return reading->can[way]
               ? take_day(reading->day[way], value)
               : refuse(fault, text, "is no date in the order of --dates (use YYYY-MM-DD)");
}

static bool read_ordered(const struct import_ways *ways, const struct date_reading *reading,
                         const char *text, struct value *value, struct fault *fault) {
    bool is_dmy = reading->can[DATE_WAY_DMY], is_mdy = reading->can[DATE_WAY_MDY];
    enum date_way way = way_of[ways->dates];
    if (ways->dates_basis == IMPORT_TOLD && !reading->can[way]) {
        return refuse(fault, text, "is no date in the order of --dates (use YYYY-MM-DD)");
    }
    if (ways->dates != IMPORT_DATES_ISO && reading->can[way]) {
        return take_day(reading->day[way], value);
    }
    if (is_dmy != is_mdy || reading->day[DATE_WAY_DMY] == reading->day[DATE_WAY_MDY]) {
        return take_day(reading->day[is_dmy ? DATE_WAY_DMY : DATE_WAY_MDY], value);
    }
    return refuse(fault, text,
                  "can be two days (say with --dates dmy or --dates mdy what stands first, or "
                  "write YYYY-MM-DD)");
}

static bool read_date(const struct import_figure *figure, const char *text, struct value *value,
                      struct fault *fault) {
    const struct import_ways *ways = figure->ways;
    struct date_reading reading;
    if (!date_read(text, &reading)) {
        return field_parse(figure->field, text, value, fault);
    }
    if (reading.can[DATE_WAY_SERIAL]) {
        return ways->is_serial
                   ? take_day(reading.day[DATE_WAY_SERIAL], value)
                   : refuse(fault, text,
                            "is a spreadsheet's number of a day, or none at all: other cells of "
                            "the column are dates (use YYYY-MM-DD)");
    }
    if (reading.has_short_year) {
        return read_short_year(ways, &reading, text, value, fault);
    }
    if (reading.can[DATE_WAY_PLAIN]) {
        return take_day(reading.day[DATE_WAY_PLAIN], value);
    }
    return read_ordered(ways, &reading, text, value, fault);
}

/* A whole number may come with an empty fraction, as in 12.0. */
static void drop_empty_fraction(const struct field *field, struct buffer *plain) {
    char *point = plain->bytes == NULL ? NULL : strchr(plain->bytes, '.');
    if (field->type == FIELD_WHOLE && point != NULL && point[1 + strspn(point + 1, "0")] == '\0') {
        *point = '\0';
        plain->len_bytes = (size_t)(point - plain->bytes);
    }
}

static bool parse_plain(const struct field *field, struct buffer *plain, struct value *value,
                        struct fault *fault) {
    drop_empty_fraction(field, plain);
    return field_parse(field, buffer_text(plain), value, fault);
}

/* The two readings of a number, and what the column makes of them. */
static bool choose_number(const struct import_figure *figure, const char *text, struct value *value,
                          struct fault *fault) {
    const struct import_ways *ways = figure->ways;
    struct buffer point = {0}, comma = {0};
    bool is_point = number_read(text, '.', &point), is_comma = number_read(text, ',', &comma);
    bool is_same = strcmp(buffer_text(&point), buffer_text(&comma)) == 0;
    bool is_told = ways->decimal_basis == IMPORT_TOLD && !is_same;
    bool wants_comma = ways->decimal == IMPORT_DECIMAL_COMMA;
    bool is_plain = is_point && number_is_plain(text) && !ways->doubts_point;
    bool is_read = false;
    if (!is_point && !is_comma) {
        is_read = field_parse(figure->field, text, value, fault);
    } else if (is_told && !(wants_comma ? is_comma : is_point)) {
        refuse(fault, text,
               wants_comma ? "is no number with a comma before its fraction (--decimal comma)"
                           : "is no number with a point before its fraction (--decimal point)");
    } else if (is_point != is_comma || is_same) {
        is_read = parse_plain(figure->field, is_point ? &point : &comma, value, fault);
    } else if (ways->decimal != IMPORT_DECIMAL_FOUND || is_plain) {
        is_read = parse_plain(figure->field, wants_comma ? &comma : &point, value, fault);
    } else {
        struct buffer reason = {0};
        buffer_addf(&reason,
                    "can be two numbers, %s or %s (say with --decimal point or --decimal comma "
                    "what stands before the fraction)",
                    buffer_text(&point), buffer_text(&comma));
        refuse(fault, text, buffer_text(&reason));
        buffer_free(&reason);
    }
    buffer_free(&point);
    buffer_free(&comma);
    return is_read;
}

static bool read_number(const struct import_figure *figure, const char *text, struct value *value,
                        struct fault *fault) {
    size_t len = strlen(text);
    if (!figure->ways->is_percent || len == 0 || text[len - 1] != '%') {
        return choose_number(figure, text, value, fault);
    }
    char *bare = memory_copy_bytes(text, len - 1);
    char *number = text_trim(bare);
    bool is_read = choose_number(figure, number, value, fault);
    free(bare);
    free(number);
    return is_read;
}

/* Takes the blanks off both ends, also those that break no line; the caller frees. */
static char *trim_wide(const char *text) {
    static const char wide[] = "\xC2\xA0";
    char *trimmed = text_trim(text);
    for (size_t len = strlen(trimmed); len >= 2; len = strlen(trimmed)) {
        bool begins = memcmp(trimmed, wide, 2) == 0;
        if (!begins && memcmp(trimmed + len - 2, wide, 2) != 0) {
            break;
        }
        char *rest = memory_copy_bytes(begins ? trimmed + 2 : trimmed, len - 2);
        free(trimmed);
        trimmed = text_trim(rest);
        free(rest);
    }
    return trimmed;
}

/* True where the cell is read by what the other cells of its column are. */
static bool depends_on_column(bool is_date, const char *text) {
    if (is_date) {
        struct date_reading reading;
        return date_read(text, &reading) &&
               (!reading.can[DATE_WAY_PLAIN] || reading.has_short_year);
    }
    struct buffer ignored = {0};
    size_t len = strlen(text);
    bool is_number = number_read(text, '.', &ignored) || number_read(text, ',', &ignored);
    buffer_free(&ignored);
    return is_number || (len > 0 && text[len - 1] == '%');
}

bool import_read_figure(const struct import_figure *figure, const char *text, struct value *value,
                        bool *needs_survey, struct fault *fault) {
    bool is_date = figure->field->type == FIELD_DATE;
    bool may_differ =
        !is_date && (figure->ways->decimal == IMPORT_DECIMAL_COMMA || figure->ways->doubts_point);
    if (!may_differ && field_parse(figure->field, text, value, fault)) {
        return true;
    }
    fault_clear(fault);
    char *trimmed = trim_wide(text);
    bool is_read;
    if (!figure->is_whole && depends_on_column(is_date, trimmed)) {
        *needs_survey = true;
        is_read = fault_set(fault, FAULT_FAILED, "the whole column is to be seen first");
    } else if (*trimmed == '\0') {
        is_read = field_parse(figure->field, "", value, fault);
    } else {
        is_read = (is_date ? read_date : read_number)(figure, trimmed, value, fault);
    }
    free(trimmed);
    return is_read;
}
