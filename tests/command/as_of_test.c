/* --as-of in export, check and report: the workbook as it stood at the end of a day. */
#include <string.h>

#include "clause5/base/buffer.h"
#include "support/shell.h"

/* A policy made on 10 January, renamed on the 12th, beside a second one of the 14th. */
static int set_up(void **state) {
    struct place *place = place_new();
    *state = place;
    expect_script(place,
                  "W() { printf 'ref,title,kind\\n%s,topic policy\\n' \"$2\" >p.csv;"
                  " CLAUSE5_TODAY=$1 $C import a.c5 policy p.csv >/dev/null; };"
                  "CLAUSE5_TODAY=2026-01-10 $C new a.c5 --empty --organisation Acme >/dev/null;"
                  "W 2026-01-10 POL-001,Old; W 2026-01-12 POL-001,New; W 2026-01-14 POL-002,Second",
                  0, "");
    return 0;
}

static int tear_down(void **state) {
    place_free(*state);
    return 0;
}

static void export_shows_the_day_that_is_asked_for(void **state) {
    static const char titles[] = "$C export a.c5 policy --as-of %s | cut -d, -f1,2 | tail -n +2";
    static const struct {
        const char *day, *out;
    } days[] = {
        {"2026-01-10", "POL-001,Old\n"},
        {"2026-01-11", "POL-001,Old\n"},
        {"2026-01-12", "POL-001,New\n"},
        {"2026-01-14", "POL-001,New\nPOL-002,Second\n"},
        {"2026-03-01", "POL-001,New\nPOL-002,Second\n"},
    };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct buffer script = {0};
        buffer_addf(&script, titles, days[i].day);
        expect_script(*state, buffer_text(&script), 0, days[i].out);
        buffer_free(&script);
    }
}

static void a_whole_export_of_a_day_is_what_was_exported_then(void **state) {
    expect_script(*state,
                  "$C export a.c5 all -o now && printf 'ref,title\\nPOL-001,Later\\n' >l.csv &&"
                  "CLAUSE5_TODAY=2026-01-20 $C import a.c5 policy l.csv >/dev/null &&"
                  "$C export a.c5 all --as-of 2026-01-19 -o then && diff -r now then &&"
                  "$C export a.c5 all -o later && ! diff -rq now later >/dev/null",
                  0, "");
}

static void checks_take_the_day_as_today(void **state) {
    expect_script(*state,
                  "$C check a.c5 --as-of 2026-01-11 --format csv >past.csv; test $? = 1 &&"
                  "! grep -q POL-002 past.csv && CLAUSE5_TODAY=2026-01-14 $C check a.c5"
                  " --format csv >now.csv; $C check a.c5 --as-of 2026-01-14 --format csv >then.csv;"
                  "cmp now.csv then.csv && grep -q POL-002 then.csv",
                  0, "");
}

static void the_report_is_of_that_day(void **state) {
    expect_script(*state,
                  "$C report a.c5 --as-of 2026-01-11 >r.html && grep -q Old r.html &&"
                  "! grep -q Second r.html",
                  0, "");
}

static void what_is_no_day_or_too_early_is_refused(void **state) {
    expect_script(*state, "$C export a.c5 policy --as-of yesterday 2>/dev/null", 2, "");
    expect_script(*state, "$C export a.c5 policy --as-of 2026-01-09 2>/dev/null", 2, "");
    expect_script(*state, "$C check a.c5 --as-of 2026-02-30 2>/dev/null", 2, "");
}

#define AS_OF_TEST(claim) cmocka_unit_test_setup_teardown(claim, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        AS_OF_TEST(export_shows_the_day_that_is_asked_for),
        AS_OF_TEST(a_whole_export_of_a_day_is_what_was_exported_then),
        AS_OF_TEST(checks_take_the_day_as_today),
        AS_OF_TEST(the_report_is_of_that_day),
        AS_OF_TEST(what_is_no_day_or_too_early_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
