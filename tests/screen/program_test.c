/* A whole program on this room, driven from outside: sizes, signals, and how it leaves. The test is
 * its own demo: started with "demo" it is the program. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "demo.h"
#include "support/pty.h"

static struct terminal *start_with(const char *count, const char *const *env) {
    static const char self[] = "/proc/self/exe";
    static char path[4096];
    assert_non_null(realpath(self, path));
    const char *const argv[] = {path, "demo", count, NULL};
    return terminal_start(&(struct terminal_plan){.argv = argv, .env = env});
}

static void expect_clean(struct terminal *terminal, int status) {
    struct terminal_end end = terminal_finish(terminal);
    assert_int_equal(end.status, status);
    assert_true(end.is_alternate_used);
    assert_true(end.is_alternate_left);
    assert_true(end.is_cursor_shown);
    assert_true(end.is_pen_reset);
    assert_true(end.is_mode_restored);
}

static void it_opens_moves_and_leaves_clean(void **state) {
    (void)state;
    struct terminal *t = start_with("1000000", NULL);
    terminal_expect(t, "row 1 ");
    terminal_expect_row(t, 23, " e edit  d delete  : command  q quit");
    terminal_keys(t, "G");
    terminal_expect(t, "row 1000000");
    terminal_keys(t, "g j j");
    terminal_expect(t, ">row 3 ");
    assert_true(terminal_has_cursor(t));
    terminal_keys(t, "q");
    expect_clean(t, 0);
}

static void every_way_out_gives_the_terminal_back(void **state) {
    (void)state;
    static const struct {
        const char *key;
        int signal, status;
    } ways[] = {{"D", 0, 3}, {"X", 0, 7}, {NULL, SIGTERM, 0}, {NULL, SIGHUP, 0}, {NULL, SIGINT, 0}};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        struct terminal *t = start_with("20", NULL);
        terminal_expect(t, "row 18 ");
        if (ways[i].key != NULL) {
            terminal_keys(t, ways[i].key);
        } else {
            terminal_signal(t, ways[i].signal);
        }
        terminal_expect_end(t);
        assert_true(ways[i].status != 3 || terminal_find(t, "an invariant is broken", NULL, NULL));
        expect_clean(t, ways[i].status);
    }
}

static void a_signal_ends_it_inside_a_form_too(void **state) {
    (void)state;
    struct terminal *t = start_with("20", NULL);
    terminal_expect(t, "row 18 ");
    terminal_keys(t, "e");
    terminal_expect(t, "A form");
    terminal_signal(t, SIGTERM);
    expect_clean(t, 0);
}

/* The signal may come before or after the program has found out by itself. */
static void a_lost_terminal_ends_it_in_order(void **state) {
    (void)state;
    for (int i = 0; i < 20; i++) {
        struct terminal *t = start_with("20", NULL);
        terminal_expect(t, "row 18 ");
        terminal_hang_up(t);
        assert_int_equal(terminal_finish(t).status, 0);
    }
}

static void it_stops_and_comes_back_with_its_screen(void **state) {
    (void)state;
    struct terminal *t = start_with("20", NULL);
    terminal_expect(t, "row 18 ");
    terminal_keys(t, "j C-z");
    terminal_expect_stopped(t);
    assert_false(terminal_find(t, "row 1 ", NULL, NULL));
    terminal_signal(t, SIGCONT);
    terminal_expect(t, ">row 2 ");
    terminal_keys(t, "j");
    terminal_expect(t, ">row 3 ");
    terminal_signal(t, SIGTSTP);
    terminal_expect_stopped(t);
    terminal_resize(t, 20, 70);
    terminal_signal(t, SIGCONT);
    terminal_expect(t, "70x20");
    terminal_expect(t, ">row 3 ");
    terminal_keys(t, "q");
    expect_clean(t, 0);
}

static void it_goes_on_where_nobody_could_wake_it(void **state) {
    (void)state;
    static char path[4096];
    assert_non_null(realpath("/proc/self/exe", path));
    const char *const argv[] = {"sh", "-c", "trap '' TSTP; exec \"$0\" demo 20", path, NULL};
    struct terminal *t = terminal_start(&(struct terminal_plan){.argv = argv});
    terminal_expect(t, "row 18 ");
    terminal_keys(t, "C-z j");
    terminal_expect(t, ">row 2 ");
    terminal_keys(t, "q");
    expect_clean(t, 0);
}

static void resizes_among_keys_end_in_a_fresh_drawing(void **state) {
    (void)state;
    struct terminal *t = start_with("1000", NULL);
    unsigned random = 5001;
    int rows = 24;
    int cols = 80;
    terminal_expect(t, "row 1 ");
    for (int i = 0; i < 200; i++) {
        random = random * 1103515245U + 12345U;
        rows = 10 + (int)(random >> 16 & 31);
        cols = 50 + (int)(random >> 21 & 63);
        terminal_type(t, i % 3 == 0 ? "k" : "j");
        terminal_resize(t, rows, cols);
    }
    terminal_resize(t, 24, 80);
    terminal_expect(t, "80x24");
    terminal_settle(t);
    struct buffer resized = {0};
    buffer_add(&resized, terminal_screen(t));
    terminal_signal(t, SIGCONT); /* makes it draw everything anew */
    terminal_settle(t);
    assert_string_equal(terminal_screen(t), buffer_text(&resized));
    assert_true(terminal_find(t, ">row ", NULL, NULL));
    buffer_free(&resized);
    terminal_keys(t, "q");
    expect_clean(t, 0);
}

static void a_terminal_too_small_is_told_and_recovers(void **state) {
    (void)state;
    struct terminal *t = start_with("20", NULL);
    terminal_expect(t, "row 1 ");
    terminal_resize(t, 16, 60);
    terminal_expect(t, "clause5 needs at least 60 columns and 17 rows; this");
    terminal_resize(t, 17, 60);
    terminal_expect(t, ">row 1 ");
    terminal_keys(t, "q");
    expect_clean(t, 0);
}

static void a_form_keeps_its_text_through_a_resize(void **state) {
    (void)state;
    struct terminal *t = start_with("20", NULL);
    terminal_expect(t, "row 1 ");
    terminal_keys(t, "e");
    terminal_expect(t, "Any text");
    terminal_type(t, "Café");
    terminal_resize(t, 17, 60);
    terminal_expect(t, "Name   Café");
    terminal_type(t, "\x13");
    terminal_expect(t, "stored Café");
    terminal_keys(t, "d x y");
    terminal_expect(t, "deleted");
    terminal_keys(t, "q");
    expect_clean(t, 0);
}

static void it_works_without_colour_and_without_utf8(void **state) {
    (void)state;
    static const char *const plain[] = {"NO_COLOR=1", NULL};
    static const char *const ascii[] = {"LC_ALL=C", "TERM=vt100", NULL};
    struct terminal *t = start_with("20", plain);
    terminal_expect(t, "row 1 ");
    const struct buffer *raw = terminal_raw(t);
    assert_null(memmem(raw->bytes, raw->len_bytes, "38;5;", 5));
    assert_true(terminal_has_attribute(t, 4, 1, "reverse"));
    terminal_keys(t, "q");
    expect_clean(t, 0);
    t = start_with("20", ascii);
    terminal_expect(t, "row 1 ");
    raw = terminal_raw(t);
    for (size_t i = 0; i < raw->len_bytes; i++) {
        assert_true((unsigned char)raw->bytes[i] < 0x80);
    }
    terminal_keys(t, "q");
    assert_int_equal(terminal_finish(t).status, 0);
}

static void an_unknown_terminal_is_refused_in_words(void **state) {
    (void)state;
    static const char *const unknown[] = {"TERM=no-such-terminal", NULL};
    static const char *const dumb[] = {"TERM=dumb", NULL};
    struct terminal *t = start_with("20", unknown);
    terminal_expect(t, "\"no-such-terminal\" is not known here");
    assert_int_equal(terminal_finish(t).status, 2);
    t = start_with("20", dumb);
    terminal_expect(t, "\"dumb\" is not known here, or cannot show a full");
    assert_int_equal(terminal_finish(t).status, 2);
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "demo") == 0) {
        return demo_run(argc - 2, argv + 2);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_opens_moves_and_leaves_clean),
        cmocka_unit_test(every_way_out_gives_the_terminal_back),
        cmocka_unit_test(a_signal_ends_it_inside_a_form_too),
        cmocka_unit_test(a_lost_terminal_ends_it_in_order),
        cmocka_unit_test(it_stops_and_comes_back_with_its_screen),
        cmocka_unit_test(it_goes_on_where_nobody_could_wake_it),
        cmocka_unit_test(resizes_among_keys_end_in_a_fresh_drawing),
        cmocka_unit_test(a_terminal_too_small_is_told_and_recovers),
        cmocka_unit_test(a_form_keeps_its_text_through_a_resize),
        cmocka_unit_test(it_works_without_colour_and_without_utf8),
        cmocka_unit_test(an_unknown_terminal_is_refused_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
