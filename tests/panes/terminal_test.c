/* The program among other things: other terminals, other openers, signals, hostile text. */
#include "panes/stage.h"
#include "support/run.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static struct terminal *start(struct place *place, const char *const *env) {
    return terminal_start(
        &(struct terminal_plan){.argv = (const char *const[]){CLAUSE5_BINARY, "t.c5", NULL},
                                .env = env,
                                .folder = place_path(place, "")});
}

static void a_second_opener_is_told_who_and_may_look(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    struct terminal *second = start(stage.place, NULL);
    terminal_expect(second, "t.c5 is open by");
    terminal_expect(second, "open read-only");
    terminal_key(second, "r");
    terminal_expect_row(second, 0, "read-only");
    terminal_keys(second, "2 e");
    terminal_expect(second, "The workbook is open read-only");
    assert_non_null(strstr(terminal_row(second, 23), "Enter details"));
    assert_null(strstr(terminal_row(second, 23), "e edit"));
    assert_null(strstr(terminal_row(second, 23), "a add"));
    terminal_keys(stage.terminal, "2 Right e");
    terminal_expect(stage.terminal, "Edit policy POL-001");
    terminal_type(stage.terminal, " of ours");
    terminal_key(stage.terminal, "C-s");
    terminal_expect(stage.terminal, "Stored: change policy POL-001");
    terminal_key(second, "q");
    struct terminal_end end = terminal_finish(second);
    assert_int_equal(end.status, 0);
    panes_close(&stage);
}

static void signals_leave_a_clean_terminal_and_all_that_was_stored(void **state) {
    (void)state;
    static const int signals[] = {SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct panes_stage stage = panes_open("--starter");
        terminal_keys(stage.terminal, "2 Right e");
        terminal_expect(stage.terminal, "Edit policy POL-001");
        terminal_type(stage.terminal, " kept");
        terminal_key(stage.terminal, "C-s");
        terminal_expect(stage.terminal, "Stored:");
        terminal_signal(stage.terminal, signals[i]);
        struct terminal_end end = terminal_finish(stage.terminal);
        assert_true(end.is_alternate_left);
        assert_true(end.is_cursor_shown);
        assert_true(end.is_mode_restored);
        assert_false(place_has(stage.place, "t.c5.lock"));
        struct run_result result =
            RUN(place_path(stage.place, ""), CLAUSE5_BINARY, "export", "t.c5", "policy");
        run_expect_status(&result, 0);
        assert_non_null(strstr(result.out.bytes, " kept"));
        run_free(&result);
        place_free(stage.place);
    }
}

static void suspending_gives_the_shell_its_terminal_and_comes_back(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--starter");
    terminal_key(stage.terminal, "2");
    terminal_expect(stage.terminal, "POL-001");
    terminal_key(stage.terminal, "C-z");
    terminal_expect_stopped(stage.terminal);
    terminal_signal(stage.terminal, SIGCONT);
    terminal_expect(stage.terminal, "POL-001");
    panes_close(&stage);
}

static void without_colour_or_utf8_marks_and_words_remain(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    panes_leave(&stage);
    static const char *const env[] = {"LC_ALL=C", "NO_COLOR=1", "TERM=vt100", NULL};
    struct terminal *terminal = start(stage.place, env);
    terminal_expect(terminal, "Leadership");
    terminal_expect(terminal, "####");
    terminal_key(terminal, "!");
    terminal_expect(terminal, "x No internal audit ended since");
    terminal_key(terminal, "3");
    terminal_expect(terminal, "x no A");
    const struct buffer *raw = terminal_raw(terminal);
    for (size_t i = 0; i < raw->len_bytes; i++) {
        assert_true((unsigned char)raw->bytes[i] < 0x80);
    }
    terminal_key(terminal, "q");
    assert_int_equal(terminal_finish(terminal).status, 0);
    place_free(stage.place);
}

static void hostile_text_never_reaches_the_terminal(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    panes_leave(&stage);
    place_write(
        stage.place, "evil.csv",
        "ref,title,kind\r\nPOL-001,\"a\x1b]0;owned\x07"
        "b\xe2\x80\xae"
        "c\x1b[2J\",topic policy\r\n"
        "POL-002,\"e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81 \xe6\xbc\xa2\xe5\xad\x97\",topic policy\r\n");
    struct run_result result =
        RUN(place_path(stage.place, ""), CLAUSE5_BINARY, "import", "t.c5", "policy", "evil.csv");
    run_expect_status(&result, 0);
    run_free(&result);
    panes_reopen(&stage);
    terminal_key(stage.terminal, "2");
    terminal_expect(stage.terminal, "POL-002");
    terminal_key(stage.terminal, "Enter");
    terminal_expect_row(stage.terminal, 2, "policy POL-001");
    terminal_settle(stage.terminal);
    assert_false(terminal_has_title(stage.terminal));
    assert_null(strstr(terminal_raw(stage.terminal)->bytes, "owned\x07"));
    assert_null(strstr(terminal_raw(stage.terminal)->bytes, "\xe2\x80\xae"));
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void without_a_terminal_it_says_so(void **state) {
    (void)state;
    struct place *place = place_new();
    struct run_result result = RUN(place_path(place, ""), CLAUSE5_BINARY, "t.c5");
    run_expect_status(&result, 2);
    assert_non_null(strstr(result.err.bytes, "terminal"));
    run_free(&result);
    place_free(place);
}

static void a_file_that_is_not_there_is_offered_for_creation(void **state) {
    (void)state;
    struct place *place = place_new();
    struct terminal *terminal = start(place, NULL);
    terminal_expect(terminal, "A new workbook");
    terminal_type(terminal, "Mill Lane Dairy");
    terminal_key(terminal, "C-s");
    terminal_expect_row(terminal, 0, "Mill Lane Dairy");
    assert_true(place_has(place, "t.c5"));
    struct stat status;
    assert_int_equal(stat(place_path(place, "t.c5"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    terminal_key(terminal, "q");
    assert_int_equal(terminal_finish(terminal).status, 0);
    place_free(place);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_opener_is_told_who_and_may_look),
        cmocka_unit_test(signals_leave_a_clean_terminal_and_all_that_was_stored),
        cmocka_unit_test(suspending_gives_the_shell_its_terminal_and_comes_back),
        cmocka_unit_test(without_colour_or_utf8_marks_and_words_remain),
        cmocka_unit_test(hostile_text_never_reaches_the_terminal),
        cmocka_unit_test(without_a_terminal_it_says_so),
        cmocka_unit_test(a_file_that_is_not_there_is_offered_for_creation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
