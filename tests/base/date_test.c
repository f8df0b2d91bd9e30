/* The calendar: every day there and back, months over leap years, what people type. */
#include "clause5/base/date.h"

#include <string.h>

static date_days day_of(const char *text) {
    date_days day = 0;
    assert_true(date_parse(text, &day));
    return day;
}

static void every_day_reads_back_as_written(void **state) {
    (void)state;
    char text[DATE_TEXT_SIZE];
    for (date_days day = day_of("1900-01-01"); day <= day_of("2199-12-31"); day++) {
        date_print(day, text);
        assert_int_equal(day_of(text), day);
    }
    assert_int_equal(day_of("1970-01-01"), 0);
    assert_int_equal(day_of("2000-03-01"), 11017);
}

static void impossible_days_are_refused(void **state) {
    (void)state;
    static const char *const texts[] = {"2026-02-29",  "1900-02-29", "2026-13-01", "2026-00-10",
                                        "2026-04-31",  "1899-12-31", "2200-01-01", "2026-1-01",
                                        "2026-01-01 ", "",           "Continuous"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        date_days day = 0;
        assert_false(date_parse(texts[i], &day));
    }
}

static void months_end_on_the_last_day_that_exists(void **state) {
    (void)state;
    assert_int_equal(date_add_months(day_of("2026-01-31"), 1), day_of("2026-02-28"));
    assert_int_equal(date_add_months(day_of("2028-02-29"), -12), day_of("2027-02-28"));
    assert_int_equal(date_add_months(day_of("2026-11-30"), 3), day_of("2027-02-28"));
    assert_int_equal(date_months_between(day_of("2026-01-15"), day_of("2027-01-15")), 12);
    assert_int_equal(date_months_between(day_of("2026-01-31"), day_of("2026-02-27")), 0);
    assert_int_equal(date_months_between(day_of("2026-02-01"), day_of("2026-01-01")), -1);
}

static void typed_dates_mean_one_day_or_none(void **state) {
    (void)state;
    date_days today = day_of("2026-11-21");
    static const struct {
        const char *typed, *meant;
    } rows[] = {
        {"2026-03-31", "2026-03-31"}, {"31.3.2026", "2026-03-31"},   {"31/3/2026", "2026-03-31"},
        {"3.4.2026", "2026-04-03"},   {"31. 3. 2026", "2026-03-31"}, {"today", "2026-11-21"},
        {"+30d", "2026-12-21"},       {"-1w", "2026-11-14"},         {"+6m", "2027-05-21"},
        {"+1y", "2027-11-21"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        date_days day = 0;
        assert_true(date_parse_typed(rows[i].typed, today, &day));
        assert_int_equal(day, day_of(rows[i].meant));
    }
    static const char *const refused[] = {"3/4/2026",  "+d",        "+1",        "31.2.2026",
                                          "tomorrow",  "+999999y",  "+ 1d",      "1.1.26",
                                          "+1.2.2026", "1.-2.2026", "1/13.2026", "1.2.20260"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        date_days day = 0;
        assert_false(date_parse_typed(refused[i], today, &day));
    }
}

static void weekdays_follow_the_calendar(void **state) {
    (void)state;
    assert_int_equal(date_weekday(day_of("2026-11-21")), 5);
    assert_int_equal(date_weekday(day_of("1970-01-01")), 3);
    assert_int_equal(date_weekday(day_of("1900-01-01")), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_reads_back_as_written),
        cmocka_unit_test(impossible_days_are_refused),
        cmocka_unit_test(months_end_on_the_last_day_that_exists),
        cmocka_unit_test(typed_dates_mean_one_day_or_none),
        cmocka_unit_test(weekdays_follow_the_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
