/* The terminal: keys, pastes, sizes and signals arrive whole, and it is given back clean. */
#include "clause5/screen/terminal.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stage.h"

static const struct stage_size normal = {24, 80};

static void expect_key(struct screen_stage *stage, const char *typed, uint32_t key) {
    stage_type(stage, typed);
    struct terminal_event event = stage_event(stage);
    assert_int_equal(event.kind, TERMINAL_KEY);
    assert_int_equal(event.key, key);
}

static void keys_arrive_by_name(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", normal);
    static const struct {
        const char *typed;
        uint32_t key;
    } keys[] = {
        {"a", 'a'},
        {"é", 0xE9},
        {"漢", 0x6F22},
        {"\033OA", KEYCODE_UP},
        {"\033[6~", KEYCODE_PAGE_DOWN},
        {"\033OH", KEYCODE_HOME},
        {"\033[3~", KEYCODE_DELETE},
        {"\r", KEYCODE_ENTER},
        {"\n", KEYCODE_ENTER},
        {"\t", KEYCODE_TAB},
        {"\033[Z", KEYCODE_SHIFT_TAB},
        {"\033", KEYCODE_ESC},
        {"\003", KEYCODE_ESC},
        {"\177", KEYCODE_BACKSPACE},
        {"\b", KEYCODE_BACKSPACE},
        {"\022", KEYCODE_CTRL('R')},
        {"\005", KEYCODE_CTRL('E')},
        {"\023", KEYCODE_CTRL('S')},
        {"\033OP", KEYCODE_F(1)},
        {"\033[21~", KEYCODE_F(10)},
        {"\033[1;5D", KEYCODE_WORD_LEFT},
        {" ", KEYCODE_SPACE},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        expect_key(stage, keys[i].typed, keys[i].key);
    }
    assert_int_equal(terminal_wait(stage_terminal(stage), 0).kind, TERMINAL_IDLE);
    stage_close(stage);
}

static void a_character_in_two_pieces_arrives_as_one(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", normal);
    stage_type(stage, "\xE6\xBC");
    assert_int_equal(terminal_wait(stage_terminal(stage), 50).kind, TERMINAL_IDLE);
    expect_key(stage, "\xA2", 0x6F22);
    expect_key(stage,
               "\xE6"
               "b",
               'b');
    stage_close(stage);
}

static void utf8_is_taken_from_the_keyboard_of_an_ascii_locale(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C", "vt100", normal);
    expect_key(stage, "é", 0xE9);
    stage_close(stage);
}

static void unknown_sequences_are_no_keys(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", normal);
    expect_key(stage, "\033[27;5;9~\033[?1;2c\033[Ia", 'a');
    expect_key(stage, "\033j", KEYCODE_ESC);
    assert_int_equal(stage_event(stage).key, 'j');
    stage_close(stage);
}

static void a_redraw_is_asked_for_with_ctrl_l(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", normal);
    for (int i = 0; i < 2; i++) {
        struct area screen = stage_begin(stage);
        area_put(&screen, (struct spot){0}, MEANING_TEXT, "kept");
        stage_end(stage);
        stage_type(stage, "\f");
        assert_int_equal(stage_event(stage).kind, TERMINAL_RESUMED);
    }
    size_t len = 0;
    const char *bytes = stage_bytes(stage, &len);
    const char *first = memmem(bytes, len, "kept", 4);
    assert_non_null(first);
    assert_non_null(memmem(first + 4, len - (size_t)(first + 4 - bytes), "kept", 4));
    stage_close(stage);
}

static void a_paste_arrives_as_one_text(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", normal);
    stage_type(stage, "\033[200~two\rlines\033OAé\003\033[201~x");
    struct terminal_event event = stage_event(stage);
    assert_int_equal(event.kind, TERMINAL_PASTE);
    assert_string_equal(event.text, "two\nlinesé");
    assert_int_equal(stage_event(stage).key, 'x');
    stage_close(stage);
}

static void a_resize_is_told_before_keys_and_never_lost(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", normal);
    for (int i = 0; i < 200; i++) {
        struct stage_size size = {18 + i % 20, 61 + i % 50};
        stage_type(stage, "j");
        stage_resize(stage, size);
        assert_int_equal(stage_event(stage).kind, TERMINAL_RESIZED);
        assert_int_equal(terminal_height(stage_terminal(stage)), size.rows);
        assert_int_equal(terminal_width(stage_terminal(stage)), size.columns);
        assert_int_equal(stage_event(stage).key, 'j');
    }
    stage_close(stage);
}

static void a_resized_frame_equals_a_fresh_one(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", normal);
    struct area screen = stage_begin(stage);
    area_put_right(&screen, (struct spot){0}, MEANING_TEXT, "right");
    stage_end(stage);
    stage_resize(stage, (struct stage_size){20, 62});
    stage_event(stage);
    screen = stage_begin(stage);
    assert_int_equal(screen.width, 62);
    area_put_right(&screen, (struct spot){0}, MEANING_TEXT, "right");
    area_put(&screen, (struct spot){.row = 19}, MEANING_TEXT, "bottom");
    stage_end(stage);
    stage_expect(stage, 0, "                                                         right");
    stage_expect(stage, 19, "bottom");
    stage_close(stage);
}

static void the_real_size_counts_whatever_the_environment_says(void **state) {
    (void)state;
    setenv("LINES", "99", 1);
    setenv("COLUMNS", "999", 1);
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", normal);
    unsetenv("LINES");
    unsetenv("COLUMNS");
    assert_int_equal(terminal_height(stage_terminal(stage)), 24);
    assert_int_equal(terminal_width(stage_terminal(stage)), 80);
    stage_close(stage);
}

static void an_end_signal_is_told_again_and_again(void **state) {
    (void)state;
    static const int signals[] = {SIGTERM, SIGHUP, SIGINT};
    for (size_t i = 0; i < 3; i++) {
        struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", normal);
        assert_false(terminal_was_stopped(stage_terminal(stage)));
        kill(getpid(), signals[i]);
        assert_int_equal(stage_event(stage).kind, TERMINAL_ENDING);
        assert_int_equal(stage_event(stage).kind, TERMINAL_ENDING);
        assert_true(terminal_was_stopped(stage_terminal(stage)));
        stage_close(stage);
    }
}

static void the_alternate_screen_and_pastes_are_given_back(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", normal);
    stage_begin(stage);
    stage_end(stage);
    terminal_lend(stage_terminal(stage));
    size_t len = 0;
    const char *bytes = stage_bytes(stage, &len);
    assert_non_null(memmem(bytes, len, "\033[?1049h", 8));
    assert_non_null(memmem(bytes, len, "\033[?2004l", 8));
    assert_non_null(memmem(bytes, len, "\033[?1049l", 8));
    terminal_return(stage_terminal(stage));
    struct area screen = stage_begin(stage);
    area_put(&screen, (struct spot){0}, MEANING_TEXT, "back");
    stage_end(stage);
    stage_expect(stage, 0, "back");
    expect_key(stage, "a", 'a');
    stage_close(stage);
}

static void an_unknown_terminal_is_refused_with_the_reason(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", normal);
    struct fault fault = {0};
    struct terminal_options nowhere = {.term = "xterm", .input_fd = 999};
    assert_null(terminal_open(&nowhere, &fault));
    assert_int_equal(fault.kind, FAULT_USAGE);
    fault_clear(&fault);
    stage_close(stage);
}

static void esc_stops_work_and_other_keys_do_not(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", normal);
    expect_key(stage, "a", 'a');
    stage_type(stage, "jj\033");
    bool is_stopped = false;
    while (!is_stopped) {
        is_stopped = terminal_was_stopped(stage_terminal(stage));
    }
    assert_int_equal(terminal_wait(stage_terminal(stage), 0).kind, TERMINAL_IDLE);
    stage_close(stage);
}

static void the_mouse_speaks_only_once_it_is_on(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", normal);
    stage_begin(stage);
    stage_end(stage);
    size_t len = 0;
    const char *bytes = stage_bytes(stage, &len);
    assert_null(memmem(bytes, len, "\033[?1000h", 8));
    terminal_set_mouse(stage_terminal(stage), true);
    stage_type(stage, "\033[<0;11;6M");
    struct terminal_event event = stage_event(stage);
    assert_int_equal(event.kind, TERMINAL_CLICKED);
    assert_int_equal(event.row, 5);
    assert_int_equal(event.column, 10);
    stage_type(stage, "\033[<65;11;6M");
    assert_int_equal(stage_event(stage).key, KEYCODE_DOWN);
    stage_close(stage);
}

static void an_unchanged_frame_sends_next_to_nothing(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", normal);
    size_t before = 0;
    size_t after = 0;
    for (int i = 0; i < 2; i++) {
        struct area screen = stage_begin(stage);
        for (int row = 0; row < 24; row++) {
            area_print(&screen, (struct spot){.row = row}, MEANING_TEXT, "row %d of many", row);
        }
        stage_bytes(stage, &before);
        stage_end(stage);
        stage_bytes(stage, &after);
    }
    assert_true(after - before < 64);
    stage_close(stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_arrive_by_name),
        cmocka_unit_test(a_character_in_two_pieces_arrives_as_one),
        cmocka_unit_test(utf8_is_taken_from_the_keyboard_of_an_ascii_locale),
        cmocka_unit_test(unknown_sequences_are_no_keys),
        cmocka_unit_test(a_redraw_is_asked_for_with_ctrl_l),
        cmocka_unit_test(a_paste_arrives_as_one_text),
        cmocka_unit_test(a_resize_is_told_before_keys_and_never_lost),
        cmocka_unit_test(a_resized_frame_equals_a_fresh_one),
        cmocka_unit_test(the_real_size_counts_whatever_the_environment_says),
        cmocka_unit_test(an_end_signal_is_told_again_and_again),
        cmocka_unit_test(the_alternate_screen_and_pastes_are_given_back),
        cmocka_unit_test(an_unknown_terminal_is_refused_with_the_reason),
        cmocka_unit_test(esc_stops_work_and_other_keys_do_not),
        cmocka_unit_test(the_mouse_speaks_only_once_it_is_on),
        cmocka_unit_test(an_unchanged_frame_sends_next_to_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
