/* The command portfolio: every workbook has its row, whatever state it is in. */
#include <string.h>

#include "support/place.h"
#include "support/run.h"
#include "support/workbook.h"

static const char program[] = BINARY_DIR "/clause5";
static const char header[] =
    "file,organisation,readiness,errors,warnings,next_due,last_change,fault\r\n";

static struct place *place;

static void make_workbook(const char *name, const char *set) {
    struct run_result result = RUN(place_path(place, ""), program, "new", name, set);
    run_expect_status(&result, 0);
    run_free(&result);
}

static int set_up(void **state) {
    (void)state;
    place = place_new();
    make_workbook("sample.c5", "--sample");
    make_workbook("empty.c5", "--empty");
    place_write(place, "broken.c5", "no workbook at all");
    return 0;
}

static int take_down(void **state) {
    (void)state;
    place_free(place);
    return 0;
}

static void a_workbook_is_a_row_of_figures(void **state) {
    (void)state;
    struct buffer expected = {0};
    struct run_result result =
        RUN(place_path(place, ""), program, "portfolio", "sample.c5", "--format", "csv");
    run_expect_status(&result, 0);
    buffer_addf(&expected, "%ssample.c5,Harbour Bakery Ltd,", header);
    assert_memory_equal(buffer_text(&result.out), buffer_text(&expected), expected.len_bytes);
    /* The nearest day of the sample is that of two actions, ten days ahead; it was made today. */
    assert_non_null(strstr(buffer_text(&result.out), ",2026-12-01,2026-11-21,\r\n"));
    buffer_free(&expected);
    run_free(&result);
}

static void figures_agree_with_the_checks(void **state) {
    (void)state;
    struct run_result checks = RUN(place_path(place, ""), program, "check", "sample.c5",
                                   "--severity", "warning", "--format", "csv");
    struct run_result result =
        RUN(place_path(place, ""), program, "portfolio", "sample.c5", "--format", "csv");
    int counts[2] = {0, 0};
    const char *text = buffer_text(&checks.out);
    for (const char *at = strchr(text, '\n'); at != NULL; at = strchr(at + 1, '\n')) {
        const char *severity = strchr(at, ',');
        counts[0] += severity != NULL && strncmp(severity, ",error,", 7) == 0;
        counts[1] += severity != NULL && strncmp(severity, ",warning,", 9) == 0;
    }
    struct buffer expected = {0};
    buffer_addf(&expected, ",%d,%d,2026-12-01,", counts[0], counts[1]);
    assert_true(counts[0] > 0 && counts[1] > 0);
    assert_non_null(strstr(buffer_text(&result.out), buffer_text(&expected)));
    buffer_free(&expected);
    run_free(&checks);
    run_free(&result);
}

static void a_broken_or_missing_workbook_is_a_row_and_no_end(void **state) {
    (void)state;
    struct run_result result = RUN(place_path(place, ""), program, "portfolio", "broken.c5",
                                   "missing.c5", "empty.c5", "--format", "csv");
    run_expect_status(&result, 1);
    const char *text = buffer_text(&result.out);
    assert_memory_equal(text, header, strlen(header));
    assert_non_null(strstr(text, "\r\nbroken.c5,,,,,,,"));
    assert_non_null(strstr(text, "\r\nmissing.c5,,,,,,,"));
    assert_non_null(strstr(text, "\r\nempty.c5,empty,"));
    assert_string_equal(buffer_text(&result.err), "");
    run_free(&result);
}

static void a_workbook_that_is_worked_on_shows_its_figures(void **state) {
    (void)state;
    struct workbook *workbook = support_workbook_new(place);
    struct run_result result =
        RUN(place_path(place, ""), program, "portfolio", "test.c5", "--format", "csv");
    run_expect_status(&result, 0);
    assert_non_null(strstr(buffer_text(&result.out), "\r\ntest.c5,Test,"));
    run_free(&result);
    workbook_close(workbook);
}

static void json_and_text_say_the_same(void **state) {
    (void)state;
    struct run_result json =
        RUN(place_path(place, ""), program, "portfolio", "sample.c5", "--format", "json");
    struct run_result text = RUN(place_path(place, ""), program, "portfolio", "sample.c5");
    run_expect_status(&json, 0);
    run_expect_status(&text, 0);
    assert_non_null(strstr(buffer_text(&json.out), "\"organisation\": \"Harbour Bakery Ltd\""));
    assert_non_null(strstr(buffer_text(&json.out), "\"next_due\": \"2026-12-01\""));
    assert_non_null(strstr(buffer_text(&text.out), "\nsample.c5  Harbour Bakery Ltd  "));
    assert_non_null(strstr(buffer_text(&text.out), "  2026-12-01  2026-11-21\n"));
    run_free(&json);
    run_free(&text);
}

static void without_a_file_it_is_wrong_usage(void **state) {
    (void)state;
    struct run_result result = RUN(place_path(place, ""), program, "portfolio");
    run_expect_status(&result, 2);
    run_free(&result);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_workbook_is_a_row_of_figures),
        cmocka_unit_test(figures_agree_with_the_checks),
        cmocka_unit_test(a_broken_or_missing_workbook_is_a_row_and_no_end),
        cmocka_unit_test(a_workbook_that_is_worked_on_shows_its_figures),
        cmocka_unit_test(json_and_text_say_the_same),
        cmocka_unit_test(without_a_file_it_is_wrong_usage),
    };
    return cmocka_run_group_tests(tests, set_up, take_down);
}
