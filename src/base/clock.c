/* Owns the day and the time; the only file that asks the system for either. */
#include "clause5/base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clause5/base/text.h"

enum { MS_PER_SECOND = 1000, MS_PER_DAY = 86400000 };

bool clock_read(struct clock *clock, struct fault *fault) {
    const char *set = getenv("CLAUSE5_TODAY");
    if (set != NULL && set[0] != '\0') {
        clock->is_set = true;
        return date_parse(set, &clock->today) ||
               fault_set(fault, FAULT_USAGE,
                         "CLAUSE5_TODAY: \"%s\" is not a date (use YYYY-MM-DD, 1900 to 2199)", set);
    }
    time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    clock->is_set = false;
    clock->today = date_from_parts((struct date_parts){
        .year = local.tm_year + 1900, .month = local.tm_mon + 1, .day = local.tm_mday});
    return true;
}

static int64_t read_ms(clockid_t id) {
    struct timespec now;
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000;
}

int64_t clock_now_ms(const struct clock *clock) {
    int64_t now = read_ms(CLOCK_REALTIME);
    return clock->is_set ? (int64_t)clock->today * MS_PER_DAY + now % MS_PER_DAY : now;
}

void clock_print_stamp(int64_t ms, char text[static CLOCK_STAMP_SIZE]) {
    int64_t day = ms / MS_PER_DAY - (ms % MS_PER_DAY < 0 ? 1 : 0);
    unsigned of_day = (unsigned)(ms - day * MS_PER_DAY);
    char date[DATE_TEXT_SIZE];
    date_print((date_days)day, date);
    snprintf(text, CLOCK_STAMP_SIZE, "%sT%02u:%02u:%02u.%03uZ", date, of_day / 3600000 % 24,
             of_day / 60000 % 60, of_day / 1000 % 60, of_day % 1000);
}

/* Reads the milliseconds of the day from "T08:30:00.000Z"; the caller looks whether they print back
 * as the same text. */
static bool read_time(const char *text, int64_t *ms) {
    static const struct {
        char before;
        int digits, unit_ms;
    } parts[] = {{'T', 2, 3600000}, {':', 2, 60000}, {':', 2, MS_PER_SECOND}, {'.', 3, 1}};
    *ms = 0;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        int number;
        if (*text++ != parts[i].before || !text_take_number(&text, parts[i].digits, &number)) {
            return false;
        }
        *ms += (int64_t)number * parts[i].unit_ms;
    }
    return true;
}

bool clock_parse_stamp(const char *text, int64_t *ms) {
    char date[DATE_TEXT_SIZE] = "";
    char again[CLOCK_STAMP_SIZE];
    date_days day;
    int64_t of_day;
    if (strlen(text) != CLOCK_STAMP_SIZE - 1 || !read_time(text + DATE_TEXT_SIZE - 1, &of_day)) {
        return false;
    }
    memcpy(date, text, DATE_TEXT_SIZE - 1);
    if (!date_parse(date, &day)) {
        return false;
    }
    *ms = (int64_t)day * MS_PER_DAY + of_day;
    clock_print_stamp(*ms, again);
    return strcmp(again, text) == 0;
}

date_days clock_local_day(int64_t ms) {
    time_t moment = (time_t)(ms / MS_PER_SECOND);
    struct tm local;
    localtime_r(&moment, &local);
    return date_from_parts((struct date_parts){
        .year = local.tm_year + 1900, .month = local.tm_mon + 1, .day = local.tm_mday});
}

int64_t clock_monotonic_ms(void) {
    return read_ms(CLOCK_MONOTONIC);
}
