/* Owns the calendar; knows nothing of clocks. */
#include "clause5/base/date.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "clause5/base/text.h"

enum { DAYS_OF_ERA = 146097, YEARS_OF_ERA = 400, DAYS_TO_1970 = 719468 };

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool date_exists(struct date_parts parts) {
    return parts.year >= DATE_FIRST_YEAR && parts.year <= DATE_LAST_YEAR && parts.month >= 1 &&
           parts.month <= 12 && parts.day >= 1 &&
           parts.day <= days_in_month(parts.year, parts.month);
}

/* The two conversions count years from March, so that the leap day ends the year (H. Hinnant,
 * "chrono-compatible low-level date algorithms"). All years here are positive. */
date_days date_from_parts(struct date_parts parts) {
    int year = parts.month <= 2 ? parts.year - 1 : parts.year;
    int era = year / YEARS_OF_ERA;
    int year_of_era = year % YEARS_OF_ERA;
    int month_from_march = (parts.month + 9) % 12;
    int day_of_year = (153 * month_from_march + 2) / 5 + parts.day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_OF_ERA + day_of_era - DAYS_TO_1970;
}

struct date_parts date_to_parts(date_days day) {
    int shifted = day + DAYS_TO_1970;
    int era = shifted / DAYS_OF_ERA;
    int day_of_era = shifted % DAYS_OF_ERA;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (5 * day_of_year + 2) / 153;
    int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return (struct date_parts){
        .year = year_of_era + era * YEARS_OF_ERA + (month <= 2 ? 1 : 0),
        .month = month,
        .day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
    };
}

static bool read_digits(const char *text, int count, int *number) {
    *number = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        *number = *number * 10 + (text[i] - '0');
    }
    return true;
}

bool date_parse(const char *text, date_days *day) {
    struct date_parts parts;
    if (strlen(text) != DATE_TEXT_SIZE - 1 || text[4] != '-' || text[7] != '-' ||
        !read_digits(text, 4, &parts.year) || !read_digits(text + 5, 2, &parts.month) ||
        !read_digits(text + 8, 2, &parts.day) || !date_exists(parts)) {
        return false;
    }
    *day = date_from_parts(parts);
    return true;
}

static void put_digits(char *text, int count, int number) {
    for (int i = count - 1; i >= 0; i--) {
        text[i] = (char)('0' + number % 10);
        number /= 10;
    }
}

void date_print(date_days day, char text[static DATE_TEXT_SIZE]) {
    struct date_parts parts = date_to_parts(day);
    put_digits(text, 4, parts.year);
    text[4] = '-';
    put_digits(text + 5, 2, parts.month);
    text[7] = '-';
    put_digits(text + 8, 2, parts.day);
    text[DATE_TEXT_SIZE - 1] = '\0';
}

date_days date_add_months(date_days day, int months) {
    struct date_parts parts = date_to_parts(day);
    int months_since_zero = parts.year * 12 + parts.month - 1 + months;
    parts.year = months_since_zero / 12;
    parts.month = months_since_zero % 12 + 1;
    int last = days_in_month(parts.year, parts.month);
    parts.day = parts.day < last ? parts.day : last;
    return date_from_parts(parts);
}

int date_months_between(date_days from, date_days to) {
    if (to < from) {
        return -date_months_between(to, from);
    }
    struct date_parts a = date_to_parts(from);
    struct date_parts b = date_to_parts(to);
    int months = (b.year - a.year) * 12 + b.month - a.month;
    return date_add_months(from, months) > to ? months - 1 : months;
}

int date_weekday(date_days day) {
    /* 1970-01-01 was a Thursday. */
    return ((day % 7) + 7 + 3) % 7;
}

/* Reads +30d, -1w, +6m, +1y. */
static bool parse_offset(const char *text, date_days today, date_days *day) {
    if (text[0] != '+' && text[0] != '-') {
        return false;
    }
    char *end = NULL;
    long count = isdigit((unsigned char)text[1]) ? strtol(text + 1, &end, 10) : -1;
    if (count < 0 || count > 100000 || end[0] == '\0' || end[1] != '\0') {
        return false;
    }
    int signed_count = text[0] == '-' ? -(int)count : (int)count;
    int months = 0;
    int days = 0;
    switch (tolower((unsigned char)end[0])) {
    case 'd':
        days = signed_count;
        break;
    case 'w':
        days = 7 * signed_count;
        break;
    case 'm':
        months = signed_count;
        break;
    case 'y':
        months = 12 * signed_count;
        break;
    default:
        return false;
    }
    int year_moved = date_to_parts(today).year + months / 12;
    if (year_moved < DATE_FIRST_YEAR || year_moved > DATE_LAST_YEAR) {
        return false;
    }
    *day = date_add_months(today, months) + days;
    return date_exists(date_to_parts(*day));
}

/* Moves *TEXT past SEPARATOR and the blanks after it, as in 31. 3. 2026. */
static bool skip_separator(const char **text, char separator) {
    if (**text != separator) {
        return false;
    }
    *text += 1 + strspn(*text + 1, " ");
    return true;
}

/* Reads day, month, year in that order; with slashes only where no other order is a day too. */
static bool parse_day_first(const char *text, date_days *day) {
    struct date_parts parts;
    if (!text_take_number(&text, 2, &parts.day)) {
        return false;
    }
    char between = *text;
    if ((between != '.' && between != '/') || !skip_separator(&text, between) ||
        !text_take_number(&text, 2, &parts.month) || !skip_separator(&text, between) ||
        !text_take_number(&text, 4, &parts.year) || *text != '\0') {
        return false;
    }
    struct date_parts swapped = {.year = parts.year, .month = parts.day, .day = parts.month};
    bool is_ambiguous = between == '/' && parts.day != parts.month && date_exists(swapped);
    if (!date_exists(parts) || is_ambiguous) {
        return false;
    }
    *day = date_from_parts(parts);
    return true;
}

bool date_parse_typed(const char *text, date_days today, date_days *day) {
    if (strcasecmp(text, "today") == 0) {
        *day = today;
        return true;
    }
    return date_parse(text, day) || parse_offset(text, today, day) || parse_day_first(text, day);
}
