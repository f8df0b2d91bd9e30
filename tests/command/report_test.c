/* The command report: one page, to standard output or to a file. */
#include <string.h>

#include "support/place.h"
#include "support/run.h"

static const char program[] = BINARY_DIR "/clause5";

static struct place *place;

static int set_up(void **state) {
    (void)state;
    place = place_new();
    struct run_result result = RUN(place_path(place, ""), program, "new", "a.c5", "--sample");
    run_expect_status(&result, 0);
    run_free(&result);
    return 0;
}

static int take_down(void **state) {
    (void)state;
    place_free(place);
    return 0;
}

static void a_report_goes_to_standard_output(void **state) {
    (void)state;
    static const char start[] = "<!DOCTYPE html>\n";
    static const char end[] = "</html>\n";
    struct run_result result = RUN(place_path(place, ""), program, "report", "a.c5");
    run_expect_status(&result, 0);
    const char *page = buffer_text(&result.out);
    assert_memory_equal(page, start, strlen(start));
    assert_string_equal(page + result.out.len_bytes - strlen(end), end);
    run_free(&result);
}

static void a_report_is_utf_8_in_every_locale(void **state) {
    (void)state;
    static const char *const plain[] = {"LC_ALL=C", NULL};
    struct run_result result = run_program(
        &(struct run_plan){.argv = (const char *const[]){program, "report", "a.c5", NULL},
                           .env = plain,
                           .folder = place_path(place, "")});
    run_expect_status(&result, 0);
    assert_non_null(strstr(buffer_text(&result.out), "Søren Łukasik"));
    run_free(&result);
}

static void a_named_file_holds_what_standard_output_would(void **state) {
    (void)state;
    struct run_result shown = RUN(place_path(place, ""), program, "report", "a.c5");
    struct run_result result =
        RUN(place_path(place, ""), program, "report", "a.c5", "-o", "out.html");
    run_expect_status(&result, 0);
    assert_string_equal(place_read(place, "out.html", NULL), buffer_text(&shown.out));
    run_free(&shown);
    run_free(&result);
}

static void the_head_is_that_of_the_history(void **state) {
    (void)state;
    struct run_result result = RUN(place_path(place, ""), program, "report", "a.c5");
    const char *head =
        strstr(buffer_text(&result.out), "Head of the history</dt><dd class=\"code\">");
    assert_non_null(head);
    head = strchr(strstr(head, "class"), '>') + 1;
    assert_int_equal(strspn(head, "0123456789abcdef"), 64);
    run_free(&result);
}

static void an_unknown_round_is_wrong_usage_and_writes_nothing(void **state) {
    (void)state;
    struct run_result result = RUN(place_path(place, ""), program, "report", "a.c5", "--audit",
                                   "1999-IA", "-o", "none.html");
    run_expect_status(&result, 2);
    assert_non_null(strstr(buffer_text(&result.err), "1999-IA"));
    assert_false(place_has(place, "none.html"));
    run_free(&result);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_goes_to_standard_output),
        cmocka_unit_test(a_report_is_utf_8_in_every_locale),
        cmocka_unit_test(a_named_file_holds_what_standard_output_would),
        cmocka_unit_test(the_head_is_that_of_the_history),
        cmocka_unit_test(an_unknown_round_is_wrong_usage_and_writes_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, take_down);
}
