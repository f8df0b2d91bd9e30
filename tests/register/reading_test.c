/* Dates and numbers as spreadsheets have them: every way to read a text, and what can be offered.
 */
#include "clause5/register/reading.h"

#include <string.h>

#include "clause5/base/memory.h"

/* The ways a text can be read, as "dmy=2026-03-31 mdy=...". */
static void print_ways(const char *text, struct buffer *out) {
    static const char *const names[] = {[DATE_WAY_PLAIN] = "plain",
                                        [DATE_WAY_DMY] = "dmy",
                                        [DATE_WAY_MDY] = "mdy",
                                        [DATE_WAY_YMD] = "ymd",
                                        [DATE_WAY_SERIAL] = "serial"};
    struct date_reading reading;
    if (!date_read(text, &reading)) {
        buffer_add(out, "none");
        return;
    }
    for (int way = 0; way < DATE_WAY_COUNT; way++) {
        char iso[DATE_TEXT_SIZE];
        if (reading.can[way]) {
            date_print(reading.day[way], iso);
            buffer_addf(out, "%s%s=%s", out->len_bytes > 0 ? " " : "", names[way], iso);
        }
    }
    buffer_add(out, reading.has_short_year ? " short" : "");
}

static void a_date_is_read_in_every_way_that_it_can_be(void **state) {
    static const char *const cases[][2] = {
        {"2026-03-31", "plain=2026-03-31"},
        {"2026/3/31", "plain=2026-03-31"},
        {"2026.03.31", "plain=2026-03-31"},
        {"20260331", "plain=2026-03-31"},
        {"31.03.2026", "dmy=2026-03-31"},
        {"31. 3. 2026", "dmy=2026-03-31"},
        {"31/03/2026", "dmy=2026-03-31"},
        {"03/31/2026", "mdy=2026-03-31"},
        {"03-04-2026", "dmy=2026-04-03 mdy=2026-03-04"},
        {"31 Mar 2026", "plain=2026-03-31"},
        {"31-Mar-2026", "plain=2026-03-31"},
        {"31st of March 2026", "plain=2026-03-31"},
        {"March 31, 2026", "plain=2026-03-31"},
        {"Tuesday, 31 March 2026", "plain=2026-03-31"},
        {"31. März 2026", "plain=2026-03-31"},
        {"31 mars 2026", "plain=2026-03-31"},
        {"31 de marzo de 2026", "plain=2026-03-31"},
        {"2026-Mar-31", "plain=2026-03-31"},
        {"2026-03-31 14:05", "plain=2026-03-31"},
        {"2026-03-31T14:05:00.000Z", "plain=2026-03-31"},
        {"2026-03-31T14:05:00+02:00", "plain=2026-03-31"},
        {"3/31/2026 2:05 PM", "mdy=2026-03-31"},
        {"31.03.26", "dmy=2026-03-31 ymd=2031-03-26 short"},
        {"31-Mar-99", "plain=1999-03-31 short"},
        {"46112", "serial=2026-03-31"},
        {"46112.75", "serial=2026-03-31"},
        {"\xC2\xA0"
         "2026-03-31\xC2\xA0",
         "plain=2026-03-31"},
        {"29.02.2026", "none"},
        {"2026-02-30", "none"},
        {"31/31/2026", "none"},
        {"2026-03", "none"},
        {"2026", "none"},
        {"Q1 2026", "none"},
        {"Mar 2026", "none"},
        {"Continuous", "none"},
        {"12:30", "none"},
        {"2026-03-31 soon", "none"},
        {"31.03-2026", "none"},
        {"1.2.3", "none"},
        {"2026-03-31 2026-04-01", "none"},
        {"-31.03.2026", "none"},
        {"9999", "none"},
        {"200000", "none"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buffer ways = {0};
        print_ways(cases[i][0], &ways);
        if (strcmp(buffer_text(&ways), cases[i][1]) != 0) {
            fail_msg("\"%s\" is read as %s, not as %s", cases[i][0], buffer_text(&ways),
                     cases[i][1]);
        }
        buffer_free(&ways);
    }
}

static void a_number_is_read_with_either_sign_before_its_fraction(void **state) {
    static const struct {
        const char *text, *point, *comma;
    } cases[] = {
        {"1234", "1234", "1234"},
        {"1.5", "1.5", "none"},
        {"1,5", "none", "1.5"},
        {"1.234,56", "none", "1234.56"},
        {"1,234.56", "1234.56", "none"},
        {"1,234", "1234", "1.234"},
        {"1.234", "1.234", "1234"},
        {"0,123", "none", "0.123"},
        {"1.234.567", "none", "1234567"},
        {"1 234,5", "none", "1234.5"},
        {"1\xC2\xA0"
         "234,5",
         "none", "1234.5"},
        {"1\xE2\x80\xAF"
         "234.5",
         "1234.5", "none"},
        {"1'234.5", "1234.5", "none"},
        {"1\xE2\x80\x99"
         "234'567",
         "none", "none"},
        {"-1.234,5", "none", "-1234.5"},
        {"\xE2\x88\x92"
         "7",
         "-7", "-7"},
        {"12,34,567", "none", "none"},
        {"1,23.4", "none", "none"},
        {"1.", "none", "none"},
        {"", "none", "none"},
        {"1e5", "none", "none"},
        {"4.2%", "none", "none"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buffer point = {0}, comma = {0};
        if (!number_read(cases[i].text, '.', &point)) {
            buffer_add(&point, "none");
        }
        if (!number_read(cases[i].text, ',', &comma)) {
            buffer_add(&comma, "none");
        }
        if (strcmp(buffer_text(&point), cases[i].point) != 0 ||
            strcmp(buffer_text(&comma), cases[i].comma) != 0) {
            fail_msg("\"%s\" is %s and %s, not %s and %s", cases[i].text, buffer_text(&point),
                     buffer_text(&comma), cases[i].point, cases[i].comma);
        }
        buffer_free(&point);
        buffer_free(&comma);
    }
}

static void a_value_is_offered_only_where_it_leaves_no_doubt(void **state) {
    static const struct field number = {.type = FIELD_NUMBER};
    const struct field *status = &register_describe(REGISTER_ACTION)->fields[ACTION_STATUS];
    static const struct field date = {.type = FIELD_DATE};
    const struct {
        const struct field *field;
        const char *text, *offered;
    } cases[] = {
        {&number, "4.2% (2026-Q1)", "4.2"},
        {&number, "<5% by 2026-12-31", "5"},
        {&number, "0 in 2026", "0"},
        {&number, "1.200,50 EUR", "1200.5"},
        {&number, "EUR 12", "12"},
        {&number, "25 days", "25"},
        {&number, "1,234 h", ""},
        {&number, "3-4", ""},
        {&number, "3 to 4", ""},
        {&number, "10k", ""},
        {&number, "2 million", ""},
        {&number, "3/4", ""},
        {&number, "2026-03-31", ""},
        {&number, "2h 45min (2025)", ""},
        {&number, "Pending audit", ""},
        {&date, "31.03.26", "2026-03-31"},
        {&date, "2026-03-31 (planned)", "2026-03-31"},
        {&date, "2026-03-15 re-check passed", "2026-03-15"},
        {&date, "03/04/2026", ""},
        {&date, "2026-03-31 or 2026-04-30", ""},
        {&date, "Continuous", ""},
        {status, "In progress (28/42 completed)", "in progress"},
        {status, "Closed 2026-Q1", "closed"},
        {status, "Maybe (28/42)", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buffer offered = {0};
        field_offer(cases[i].field, cases[i].text, &offered);
        if (strcmp(buffer_text(&offered), cases[i].offered) != 0) {
            fail_msg("\"%s\" is offered as \"%s\"", cases[i].text, buffer_text(&offered));
        }
        buffer_free(&offered);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_is_read_in_every_way_that_it_can_be),
        cmocka_unit_test(a_number_is_read_with_either_sign_before_its_fraction),
        cmocka_unit_test(a_value_is_offered_only_where_it_leaves_no_doubt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
