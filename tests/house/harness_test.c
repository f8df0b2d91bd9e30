/* The harness itself, tried on programs that everybody has. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "support/golden.h"
#include "support/place.h"
#include "support/pty.h"
#include "support/run.h"

static void a_program_gets_input_and_gives_both_outputs(void **state) {
    (void)state;
    struct run_result result = run_program(&(struct run_plan){
        .argv = (const char *const[]){"sh", "-c", "cat; echo no >&2; exit 3", NULL},
        .input = "a\0b",
        .input_bytes = 3});
    run_expect_status(&result, 3);
    assert_int_equal(result.out.len_bytes, 3);
    assert_memory_equal(result.out.bytes, "a\0b", 3);
    assert_string_equal(buffer_text(&result.err), "no\n");
    run_free(&result);
}

static void a_large_input_passes_through_whole(void **state) {
    (void)state;
    enum { LARGE_BYTES = 1 << 20 };
    char *input = test_malloc(LARGE_BYTES);
    memset(input, 'x', LARGE_BYTES);
    struct run_result result = run_program(&(struct run_plan){
        .argv = (const char *const[]){"cat", NULL}, .input = input, .input_bytes = LARGE_BYTES});
    run_expect_status(&result, 0);
    assert_int_equal(result.out.len_bytes, LARGE_BYTES);
    assert_memory_equal(result.out.bytes, input, LARGE_BYTES);
    run_free(&result);
    test_free(input);
}

static void a_program_need_not_read_its_input(void **state) {
    (void)state;
    struct run_result result = run_program(
        &(struct run_plan){.argv = (const char *const[]){"true", NULL}, .input = "unread"});
    run_expect_status(&result, 0);
    run_free(&result);
}

static void a_killed_or_missing_program_has_the_status_of_a_shell(void **state) {
    (void)state;
    struct run_result killed = RUN(NULL, "sh", "-c", "kill -9 $$");
    struct run_result missing = RUN(NULL, "clause5-no-such-program");
    run_expect_status(&killed, 128 + SIGKILL);
    run_expect_status(&missing, 127);
    run_free(&killed);
    run_free(&missing);
}

static void the_environment_is_fixed_and_can_be_changed(void **state) {
    (void)state;
    setenv("CLAUSE5_STRAY", "inherited", 1);
    const char *shown = "echo $TERM $LC_ALL $TZ $CLAUSE5_TODAY $CLAUSE5_STRAY $NO_COLOR";
    struct run_plan plan = {
        .argv = (const char *const[]){"sh", "-c", shown, NULL},
        .env = (const char *const[]){"TERM=linux", "NO_COLOR=1", NULL},
    };
    struct run_result result = run_program(&plan);
    assert_string_equal(buffer_text(&result.out), "linux C.UTF-8 UTC 2026-11-21 1\n");
    run_free(&result);
    unsetenv("CLAUSE5_STRAY");
}

static void a_place_keeps_files_and_leaves_nothing(void **state) {
    (void)state;
    struct place *place = place_new();
    char *folder = strdup(place_path(place, ""));
    place_make_folder(place, "one/two");
    place_write(place, "one/two/file", "text");
    size_t len = 0;
    assert_string_equal(place_read(place, "one/two/file", &len), "text");
    assert_int_equal(len, 4);
    assert_true(place_has(place, "one/two"));
    assert_false(place_has(place, "one/three"));
    assert_int_equal(place_count(place, ""), 1);
    assert_int_equal(chmod(place_path(place, "one/two"), 0500), 0);
    place_free(place);
    struct stat about;
    assert_int_not_equal(stat(folder, &about), 0);
    free(folder);
}

static void check_compared(const char *expected, const char *found, const char *shown) {
    struct buffer out = {0};
    assert_int_equal(golden_compare(&out, expected, found), *shown != '\0');
    assert_string_equal(buffer_text(&out), shown);
    buffer_free(&out);
}

static void golden_differences_are_shown_by_line(void **state) {
    (void)state;
    check_compared("a\nb\n", "a\nb\n", "");
    check_compared("a\nb\nc\n", "a\nx\nc\n", "-2 b\n+2 x\n");
    check_compared("a\nc\n", "a\nb\nc\n", "+2 b\n");
    check_compared("a\nb\nc\n", "a\nc\n", "-2 b\n");
    check_compared("a\n", "a", "-1 a\n+1 a (no newline at the end)\n");
    check_compared("", "a\n", "+1 a\n");
}

static void typed_text_stands_on_the_screen(void **state) {
    (void)state;
    struct terminal *terminal = TERMINAL(NULL, "cat");
    terminal_type(terminal, "Krüger 漢字 e\u0301");
    terminal_key(terminal, "Enter");
    terminal_expect_row(terminal, 1, "Krüger 漢字 e\u0301");
    assert_string_equal(terminal_row(terminal, 1), "Krüger 漢字 e\u0301");
    assert_string_equal(terminal_row(terminal, -1), "");
    int row = -1;
    int col = -1;
    terminal_cursor(terminal, &row, &col);
    assert_int_equal(row, 2);
    assert_int_equal(col, 0);
    assert_true(terminal_find(terminal, "e\u0301", &row, &col));
    assert_int_equal(row, 0);
    assert_int_equal(col, 12);
    terminal_key(terminal, "C-d");
    assert_int_equal(terminal_finish(terminal).status, 0);
}

static void settling_sees_all_that_the_program_says(void **state) {
    (void)state;
    const char *slow = "read word; i=0; while [ $i -lt 2000 ]; do i=$((i+1)); done; "
                       "sh -c 'sleep 0.2; echo child'; echo said $word $i; cat";
    struct terminal *terminal = TERMINAL(NULL, "sh", "-c", slow);
    terminal_type(terminal, "it\n");
    terminal_settle(terminal);
    assert_true(terminal_find(terminal, "child", NULL, NULL));
    assert_true(terminal_find(terminal, "said it 2000", NULL, NULL));
    terminal_key(terminal, "C-c");
    assert_int_equal(terminal_finish(terminal).status, 128 + SIGINT);
}

static void text_that_is_cleared_is_gone(void **state) {
    (void)state;
    struct terminal *terminal =
        TERMINAL(NULL, "sh", "-c", "printf here; read x; printf '\\033[2J'; read x");
    terminal_expect(terminal, "here");
    terminal_type(terminal, "\n");
    terminal_expect_gone(terminal, "here");
    terminal_type(terminal, "\n");
    assert_int_equal(terminal_finish(terminal).status, 0);
}

static void keys_send_what_the_mode_asks(void **state) {
    (void)state;
    const char *show = "stty raw -echo; printf '%b' \"$1\"; printf ready; "
                       "dd bs=1 count=$2 2>/dev/null | od -An -c | tr -d ' \\n'; stty sane; echo .";
    static const struct {
        const char *mode, *keys, *bytes, *shown;
    } cases[] = {
        {"", "Up F1 x", "7", "033[A033OPx."},
        {"\\033[?1h", "Up S-Tab", "6", "033OA033[Z."},
        {"", "PgDn C-r M-j Enter", "8", "033[6~022033j\\r."},
        {"", "Esc Backspace ü F10", "9", "033177303274033[21~."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct terminal *terminal =
            TERMINAL(NULL, "sh", "-c", show, "sh", cases[i].mode, cases[i].bytes);
        terminal_expect(terminal, "ready");
        terminal_keys(terminal, cases[i].keys);
        terminal_expect(terminal, cases[i].shown);
        assert_int_equal(terminal_finish(terminal).status, 0);
    }
}

static void a_resize_reaches_the_program(void **state) {
    (void)state;
    struct terminal *terminal = TERMINAL(
        NULL, "sh", "-c", "trap 'stty size' WINCH; stty size; while :; do read x && exit 0; done");
    terminal_expect(terminal, "24 80");
    terminal_resize(terminal, 17, 60);
    terminal_type(terminal, "\n");
    terminal_expect(terminal, "17 60");
    assert_int_equal(terminal_finish(terminal).status, 0);
}

static void attributes_are_told_by_cell(void **state) {
    (void)state;
    struct terminal *terminal = TERMINAL(
        NULL, "sh", "-c", "printf 'a\\033[1;7mb\\033[0;4;31mc\\033[m\\007\\033]0;t\\007d'");
    terminal_expect(terminal, "abcd");
    assert_false(terminal_has_attribute(terminal, 0, 0, "bold"));
    assert_true(terminal_has_attribute(terminal, 0, 1, "bold|reverse"));
    assert_false(terminal_has_attribute(terminal, 0, 1, "bold|colour"));
    assert_true(terminal_has_attribute(terminal, 0, 2, "underline|colour"));
    assert_int_equal(terminal_bells(terminal), 1);
    assert_true(terminal_has_title(terminal));
    assert_true(terminal_finish(terminal).is_pen_reset);
}

static void how_the_terminal_was_left_is_told(void **state) {
    (void)state;
    struct terminal *clean = TERMINAL(NULL, "sh", "-c",
                                      "printf 'main\\033[?1049h\\033[?25lother'; read x; "
                                      "printf '\\033[?25h\\033[?1049l'; exit 4");
    terminal_expect(clean, "other");
    assert_false(terminal_find(clean, "main", NULL, NULL));
    assert_false(terminal_has_cursor(clean));
    terminal_type(clean, "\n");
    terminal_expect_end(clean);
    assert_true(terminal_find(clean, "main", NULL, NULL));
    assert_non_null(
        memmem(buffer_text(terminal_raw(clean)), terminal_raw(clean)->len_bytes, "\x1b[?1049l", 8));
    struct terminal_end end = terminal_finish(clean);
    assert_int_equal(end.status, 4);
    assert_true(end.is_alternate_used && end.is_alternate_left && end.is_cursor_shown &&
                end.is_mode_restored);
    struct terminal *dirty =
        TERMINAL(NULL, "sh", "-c", "stty raw -echo; printf '\\033[?1049h\\033[?25l\\033[31m'");
    end = terminal_finish(dirty);
    assert_false(end.is_alternate_left || end.is_cursor_shown || end.is_mode_restored ||
                 end.is_pen_reset);
}

static void a_program_stops_and_comes_back(void **state) {
    (void)state;
    struct terminal *terminal = TERMINAL(NULL, "cat");
    terminal_settle(terminal);
    terminal_key(terminal, "C-z");
    terminal_expect_stopped(terminal);
    terminal_signal(terminal, SIGCONT);
    terminal_type(terminal, "back\n");
    terminal_expect_row(terminal, 1, "back");
    terminal_signal(terminal, SIGTERM);
    assert_int_equal(terminal_finish(terminal).status, 128 + SIGTERM);
}

static void a_lost_terminal_hangs_up(void **state) {
    (void)state;
    const char *until_hangup = "trap 'exit 7' HUP; echo up; while :; do read x; done";
    struct terminal *terminal = TERMINAL(NULL, "sh", "-c", until_hangup);
    terminal_expect(terminal, "up");
    terminal_hang_up(terminal);
    assert_int_equal(terminal_finish(terminal).status, 7);
}

static void many_resizes_are_survived(void **state) {
    (void)state;
    struct terminal *terminal =
        TERMINAL(NULL, "sh", "-c", "printf '\\033[?1049h'; while read x; do echo $x; done");
    for (int i = 0; i < 50; i++) {
        terminal_resize(terminal, 2 + (i * 7) % 40, 5 + (i * 13) % 120);
        terminal_type(terminal, "some words that wrap\n");
    }
    terminal_settle(terminal);
    terminal_key(terminal, "C-d");
    assert_int_equal(terminal_finish(terminal).status, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_program_gets_input_and_gives_both_outputs),
        cmocka_unit_test(a_large_input_passes_through_whole),
        cmocka_unit_test(a_program_need_not_read_its_input),
        cmocka_unit_test(a_killed_or_missing_program_has_the_status_of_a_shell),
        cmocka_unit_test(the_environment_is_fixed_and_can_be_changed),
        cmocka_unit_test(a_place_keeps_files_and_leaves_nothing),
        cmocka_unit_test(golden_differences_are_shown_by_line),
        cmocka_unit_test(typed_text_stands_on_the_screen),
        cmocka_unit_test(settling_sees_all_that_the_program_says),
        cmocka_unit_test(text_that_is_cleared_is_gone),
        cmocka_unit_test(keys_send_what_the_mode_asks),
        cmocka_unit_test(a_resize_reaches_the_program),
        cmocka_unit_test(attributes_are_told_by_cell),
        cmocka_unit_test(how_the_terminal_was_left_is_told),
        cmocka_unit_test(a_program_stops_and_comes_back),
        cmocka_unit_test(a_lost_terminal_hangs_up),
        cmocka_unit_test(many_resizes_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
