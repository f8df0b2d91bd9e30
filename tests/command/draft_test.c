/* The command draft: to standard output or to a file, and never over the workbook. */
#include <string.h>
#include <sys/stat.h>

#include "support/place.h"
#include "support/run.h"

static const char program[] = BINARY_DIR "/clause5";

static struct place *place;

static int set_up(void **state) {
    (void)state;
    place = place_new();
    struct run_result result =
        RUN(place_path(place, ""), program, "new", "a.c5", "--organisation", "Acme Ltd");
    run_expect_status(&result, 0);
    run_free(&result);
    return 0;
}

static int take_down(void **state) {
    (void)state;
    place_free(place);
    return 0;
}

static void a_draft_goes_to_standard_output(void **state) {
    (void)state;
    struct run_result result =
        RUN(place_path(place, ""), program, "draft", "a.c5", "leadership-statement");
    run_expect_status(&result, 0);
    assert_non_null(strstr(buffer_text(&result.out), "**Acme Ltd**"));
    assert_string_equal(buffer_text(&result.err), "");
    run_free(&result);
}

static void a_named_file_is_replaced_and_private(void **state) {
    (void)state;
    struct stat status;
    place_write(place, "out.md", "old");
    size_t before = place_count(place, "");
    struct run_result result =
        RUN(place_path(place, ""), program, "draft", "-o", "out.md", "a.c5", "role-profile");
    run_expect_status(&result, 0);
    assert_string_equal(buffer_text(&result.out), "");
    assert_non_null(strstr(place_read(place, "out.md", NULL), "# Role profiles"));
    assert_int_equal(stat(place_path(place, "out.md"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(place_count(place, ""), before);
    run_free(&result);
}

static void the_workbook_itself_is_never_replaced(void **state) {
    (void)state;
    struct run_result result =
        RUN(place_path(place, ""), program, "draft", "a.c5", "role-profile", "-o", "./a.c5");
    run_expect_status(&result, 2);
    run_free(&result);
    result = RUN(place_path(place, ""), program, "draft", "a.c5", "role-profile");
    run_expect_status(&result, 0);
    run_free(&result);
}

static void a_place_that_cannot_be_written_is_a_failure_that_leaves_nothing(void **state) {
    (void)state;
    place_make_folder(place, "folder");
    size_t before = place_count(place, "");
    struct run_result result =
        RUN(place_path(place, ""), program, "draft", "a.c5", "audit-plan", "-o", "folder");
    run_expect_status(&result, 3);
    run_free(&result);
    result = RUN(place_path(place, ""), program, "draft", "a.c5", "audit-plan", "-o", "no/where");
    run_expect_status(&result, 3);
    assert_non_null(strstr(buffer_text(&result.err), "no/where cannot be written"));
    assert_int_equal(place_count(place, ""), before);
    run_free(&result);
}

static void an_unknown_template_is_wrong_usage_that_names_the_known(void **state) {
    (void)state;
    struct run_result result = RUN(place_path(place, ""), program, "draft", "a.c5", "letter");
    run_expect_status(&result, 2);
    assert_non_null(strstr(buffer_text(&result.err), "communication-plan"));
    run_free(&result);
}

static void a_workbook_that_is_not_there_is_a_failure(void **state) {
    (void)state;
    struct run_result result = RUN(place_path(place, ""), program, "draft", "b.c5", "audit-plan");
    run_expect_status(&result, 3);
    assert_string_equal(buffer_text(&result.out), "");
    assert_false(place_has(place, "b.c5"));
    run_free(&result);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draft_goes_to_standard_output),
        cmocka_unit_test(a_named_file_is_replaced_and_private),
        cmocka_unit_test(the_workbook_itself_is_never_replaced),
        cmocka_unit_test(a_place_that_cannot_be_written_is_a_failure_that_leaves_nothing),
        cmocka_unit_test(an_unknown_template_is_wrong_usage_that_names_the_known),
        cmocka_unit_test(a_workbook_that_is_not_there_is_a_failure),
    };
    return cmocka_run_group_tests(tests, set_up, take_down);
}
