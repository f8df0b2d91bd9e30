/* `clause5 check` as a program: the letter of the contract, the sample and the starter set. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/exchange/table.h"
#include "support/golden.h"
#include "support/place.h"
#include "support/run.h"

enum { STARTER_ERRORS_MOST = 20 }; /* checks.md, Starter */

static const char program[] = BINARY_DIR "/clause5";

/* Makes the workbook test.c5 in a place of its own. */
static struct place *make(const char *set) {
    struct place *place = place_new();
    bool is_starter = strcmp(set, "--starter") == 0;
    struct run_result result =
        is_starter
            ? RUN(place_path(place, ""), program, "new", "test.c5", "--organisation", "Acme",
                  "--leader", "Lea Lead", "--security", "Sam Sec")
            : RUN(place_path(place, ""), program, "new", "test.c5", set, "--organisation", "Acme");
    run_expect_status(&result, 0);
    run_free(&result);
    return place;
}

static int check_severity(const char *word) {
    return strcmp(word, "error") == 0     ? 0
           : strcmp(word, "warning") == 0 ? 1
           : strcmp(word, "info") == 0    ? 2
                                          : 9;
}

static void rows_have_the_header_and_the_order_of_the_contract(void **state) {
    (void)state;
    static const char header[] = "check,severity,requirement,register,record,message\r\n";
    struct fault fault = {0};
    struct table table = {0};
    struct place *place = make("--sample");
    struct run_result result =
        RUN(place_path(place, ""), program, "check", "test.c5", "--format", "csv");
    run_expect_status(&result, 1);
    assert_memory_equal(buffer_text(&result.out), header, sizeof header - 1);
    assert_true(table_read(&table, result.out.bytes, result.out.len_bytes, &fault));
    assert_true(table.row_count > 20);
    for (int row = 1; row < table.row_count; row++) {
        const char *const *left = table_row(&table, row - 1);
        const char *const *right = table_row(&table, row);
        int order = check_severity(left[1]) - check_severity(right[1]);
        order = order != 0 ? order : strcmp(left[0], right[0]);
        order = order != 0 ? order : strcmp(left[4], right[4]);
        assert_true(order < 0);
    }
    table_free(&table);
    run_free(&result);
    place_free(place);
}

static void what_the_sample_shows_was_read_once(void **state) {
    (void)state;
    struct place *place = make("--sample");
    struct run_result result = RUN(place_path(place, ""), program, "check", "test.c5");
    run_expect_status(&result, 1);
    golden_expect("command", "check_sample.txt", buffer_text(&result.out));
    run_free(&result);
    place_free(place);
}

static void a_fresh_starter_reads_like_a_plan(void **state) {
    (void)state;
    struct place *place = make("--starter");
    struct run_result result = RUN(place_path(place, ""), program, "check", "test.c5");
    run_expect_status(&result, 1);
    golden_expect("command", "check_starter.txt", buffer_text(&result.out));
    run_free(&result);
    place_free(place);
}

static int count_lines(const char *text) {
    int lines = 0;
    for (; *text != '\0'; text++) {
        lines += *text == '\n';
    }
    return lines;
}

static void a_fresh_starter_has_at_most_twenty_errors(void **state) {
    (void)state;
    struct place *place = make("--starter");
    struct run_result result = RUN(place_path(place, ""), program, "check", "test.c5", "--format",
                                   "csv", "--severity", "error");
    run_expect_status(&result, 1);
    assert_in_range(count_lines(buffer_text(&result.out)) - 1, 1, STARTER_ERRORS_MOST);
    assert_null(strstr(buffer_text(&result.out), ",warning,"));
    run_free(&result);
    place_free(place);
}

static void json_has_the_names_of_the_csv(void **state) {
    (void)state;
    struct place *place = make("--empty");
    struct run_result result =
        RUN(place_path(place, ""), program, "check", "test.c5", "--format", "json");
    run_expect_status(&result, 1);
    assert_non_null(strstr(buffer_text(&result.out),
                           "{\"check\": \"policy-missing\", \"severity\": \"error\", "
                           "\"requirement\": \"5.2.a\", \"register\": \"policy\", \"record\": "
                           "\"-\", \"message\": \"There is no information security policy\"}"));
    run_free(&result);
    place_free(place);
}

static void an_absence_bears_a_bare_hyphen(void **state) {
    (void)state;
    struct place *place = make("--empty");
    struct run_result result =
        RUN(place_path(place, ""), program, "check", "test.c5", "--format", "csv");
    assert_non_null(strstr(buffer_text(&result.out),
                           "\r\nresource-none,warning,5.1.c 7.1,resource,-,There is no resource "
                           "line for 2026\r\n"));
    run_free(&result);
    place_free(place);
}

/* Everything that is found on an empty workbook and weighs as an error, set aside. */
static const char exceptions[] = "check,register,record,reason,until_on\n"
                                 "audit-none,audit,-,New,2027-01-01\n"
                                 "leader-not-accountable,responsibility,-,New,2027-01-01\n"
                                 "message-none,communication,-,New,2027-01-01\n"
                                 "objective-none,objective,-,New,2027-01-01\n"
                                 "policy-missing,policy,-,New,2027-01-01\n"
                                 "review-none,review,-,New,2027-01-01\n"
                                 "role-conformity-missing,role,-,New,2027-01-01\n"
                                 "role-reporting-missing,role,-,New,2027-01-01\n"
                                 "top-management-missing,person,-,New,2027-01-01\n";

static void the_exit_status_is_0_where_no_row_is_printed(void **state) {
    (void)state;
    struct place *place = place_new();
    place_write(place, "exceptions.csv", exceptions);
    struct run_result result =
        RUN(place_path(place, ""), program, "new", "test.c5", "--empty", "--organisation", "Acme");
    run_expect_status(&result, 0);
    run_free(&result);
    result =
        RUN(place_path(place, ""), program, "import", "test.c5", "exception", "exceptions.csv");
    run_expect_status(&result, 0);
    run_free(&result);
    result = RUN(place_path(place, ""), program, "check", "test.c5", "--severity", "error",
                 "--format", "csv");
    run_expect_status(&result, 0);
    assert_string_equal(buffer_text(&result.out),
                        "check,severity,requirement,register,record,message\r\n");
    run_free(&result);
    result = RUN(place_path(place, ""), program, "check", "test.c5", "--severity", "error");
    run_expect_status(&result, 0);
    assert_non_null(strstr(buffer_text(&result.out), "set aside until 2027-01-01: audit-none"));
    assert_non_null(strstr(buffer_text(&result.out), "errors: 0"));
    run_free(&result);
    place_free(place);
}

static void a_wrong_word_is_usage_and_no_file_a_failure(void **state) {
    (void)state;
    struct place *place = place_new();
    struct run_result result =
        RUN(place_path(place, ""), program, "check", "test.c5", "--severity", "loud");
    run_expect_status(&result, 2);
    run_free(&result);
    result = RUN(place_path(place, ""), program, "check", "test.c5");
    run_expect_status(&result, 3);
    assert_string_equal(buffer_text(&result.out), "");
    run_free(&result);
    place_free(place);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_have_the_header_and_the_order_of_the_contract),
        cmocka_unit_test(what_the_sample_shows_was_read_once),
        cmocka_unit_test(a_fresh_starter_reads_like_a_plan),
        cmocka_unit_test(a_fresh_starter_has_at_most_twenty_errors),
        cmocka_unit_test(json_has_the_names_of_the_csv),
        cmocka_unit_test(an_absence_bears_a_bare_hyphen),
        cmocka_unit_test(the_exit_status_is_0_where_no_row_is_printed),
        cmocka_unit_test(a_wrong_word_is_usage_and_no_file_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
