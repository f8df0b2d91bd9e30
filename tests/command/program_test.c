/* The frame around the commands: help, version, unknown words, and outputs that fail. */
#include "clause5/command/program.h"

#include <stdio.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "support/run.h"

static const char program[] = BINARY_DIR "/clause5";

static struct run_result run_shell(const char *script) {
    return RUN(NULL, "sh", "-c", script, "sh", program);
}

static void help_lists_the_commands_and_the_exit_statuses(void **state) {
    (void)state;
    struct run_result result = RUN(NULL, program, "--help");
    run_expect_status(&result, 0);
    assert_non_null(strstr(buffer_text(&result.out), "\n  describe  "));
    assert_non_null(strstr(buffer_text(&result.out), "Exit status"));
    run_free(&result);
}

static void a_commands_help_is_its_own_wherever_it_stands(void **state) {
    (void)state;
    static const char *const lines[][2] = {{"describe", "--help"}, {"--help", "describe"}};
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct run_result result = RUN(NULL, program, lines[i][0], lines[i][1]);
        run_expect_status(&result, 0);
        assert_non_null(strstr(buffer_text(&result.out), "Usage: clause5 describe ["));
        run_free(&result);
    }
}

static void the_version_is_one_line(void **state) {
    (void)state;
    struct run_result result = RUN(NULL, program, "--version");
    run_expect_status(&result, 0);
    assert_string_equal(buffer_text(&result.out), "clause5 " CLAUSE5_VERSION "\n");
    run_free(&result);
}

static void options_may_stand_before_the_command(void **state) {
    (void)state;
    struct run_result result = RUN(NULL, program, "--format", "csv", "describe", "policy");
    run_expect_status(&result, 0);
    assert_memory_equal(buffer_text(&result.out), "register,", strlen("register,"));
    run_free(&result);
}

static void wrong_usage_ends_with_two_and_shows_the_usage(void **state) {
    (void)state;
    struct run_result result = RUN(NULL, program, "describe", "--colour");
    run_expect_status(&result, 2);
    assert_string_equal(buffer_text(&result.out), "");
    assert_string_equal(buffer_text(&result.err),
                        "clause5: there is no option --colour\n"
                        "Usage: clause5 describe [REGISTER|checks|requirements] [--format "
                        "text|csv|json]\n");
    run_free(&result);
}

static char opened[32];

static int remember_path(const char *path) {
    snprintf(opened, sizeof opened, "%s", path != NULL ? path : "no file");
    return 7;
}

static int run_words(const char *first, const char *second) {
    static const struct command *const commands[] = {&command_describe, NULL};
    const struct program with_screen = {.commands = commands, .open = remember_path};
    const char *words[] = {"clause5", first, second, NULL};
    opened[0] = '\0';
    return program_run(&with_screen, second != NULL ? 3 : first != NULL ? 2 : 1, (char **)words);
}

static void a_word_that_is_no_command_is_the_workbook_to_open(void **state) {
    (void)state;
    assert_int_equal(run_words("acme.c5", NULL), 7);
    assert_string_equal(opened, "acme.c5");
    assert_int_equal(run_words("--", "describe"), 7);
    assert_string_equal(opened, "describe");
    assert_int_equal(run_words(NULL, NULL), 7);
    assert_string_equal(opened, "no file");
}

static void two_words_or_an_option_open_nothing(void **state) {
    (void)state;
    assert_int_equal(run_words("exprot", "acme.c5"), 2);
    assert_int_equal(run_words("--colour", "acme.c5"), 2);
    assert_int_equal(run_words("describe", "acme.c5"), 2);
    assert_string_equal(opened, "");
}

static void a_full_disk_on_standard_output_is_a_failure(void **state) {
    (void)state;
    static const char *const words[] = {"describe", "--help", "--version"};
    for (size_t i = 0; i < COUNT(words); i++) {
        char script[64];
        snprintf(script, sizeof script, "\"$1\" %s >/dev/full", words[i]);
        struct run_result result = run_shell(script);
        run_expect_status(&result, 3);
        assert_non_null(strstr(buffer_text(&result.err), "No space left"));
        run_free(&result);
    }
}

static void a_closed_standard_output_is_a_failure(void **state) {
    (void)state;
    struct run_result result = run_shell("\"$1\" describe >&-");
    run_expect_status(&result, 3);
    run_free(&result);
}

static void a_reader_that_leaves_is_no_failure(void **state) {
    (void)state;
    struct run_result result =
        run_shell("{ \"$1\" describe; echo \"status $?\" >&2; } | head -n 1 >/dev/null");
    run_expect_status(&result, 0);
    assert_string_equal(buffer_text(&result.err), "status 0\n");
    run_free(&result);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_lists_the_commands_and_the_exit_statuses),
        cmocka_unit_test(a_commands_help_is_its_own_wherever_it_stands),
        cmocka_unit_test(the_version_is_one_line),
        cmocka_unit_test(options_may_stand_before_the_command),
        cmocka_unit_test(wrong_usage_ends_with_two_and_shows_the_usage),
        cmocka_unit_test(a_word_that_is_no_command_is_the_workbook_to_open),
        cmocka_unit_test(two_words_or_an_option_open_nothing),
        cmocka_unit_test(a_full_disk_on_standard_output_is_a_failure),
        cmocka_unit_test(a_closed_standard_output_is_a_failure),
        cmocka_unit_test(a_reader_that_leaves_is_no_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
