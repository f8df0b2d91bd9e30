/* Editing in place: what is typed, where the caret stands, and what is in sight. */
#include "clause5/screen/editor.h"

#include <string.h>

#include "clause5/base/text.h"
#include "stage.h"

static struct screen_stage *stage;

static int open_stage(void **state) {
    (void)state;
    stage = stage_open("C.UTF-8", "xterm-256color", (struct stage_size){5, 20});
    return 0;
}

static int close_stage(void **state) {
    (void)state;
    stage_close(stage);
    return 0;
}

static unsigned press(struct editor *editor, uint32_t key) {
    struct terminal_event event = stage_key(key);
    return editor_handle(editor, &event);
}

static void type(struct editor *editor, const char *ascii) {
    for (; *ascii != '\0'; ascii++) {
        press(editor, (uint32_t)*ascii);
    }
}

static void draw(struct editor *editor, int height, int width) {
    struct area screen = stage_begin(stage);
    struct area area = area_columns(area_rows(screen, 0, height), 0, width);
    editor_draw(editor, &area);
    stage_end(stage);
}

static void keys_edit_a_line(void **state) {
    (void)state;
    struct editor *editor = editor_new("one two", false);
    press(editor, KEYCODE_CTRL('W'));
    assert_string_equal(editor_text(editor), "one ");
    press(editor, KEYCODE_CTRL('Y'));
    press(editor, KEYCODE_HOME);
    press(editor, KEYCODE_WORD_RIGHT);
    type(editor, "x");
    assert_string_equal(editor_text(editor), "one xtwo");
    press(editor, KEYCODE_DELETE);
    press(editor, KEYCODE_CTRL('K'));
    assert_string_equal(editor_text(editor), "one x");
    press(editor, KEYCODE_LEFT);
    press(editor, KEYCODE_CTRL('U'));
    assert_string_equal(editor_text(editor), "x");
    assert_int_equal(press(editor, KEYCODE_CTRL('R')), OUTCOME_NONE);
    assert_int_equal(press(editor, KEYCODE_UP), OUTCOME_NONE);
    assert_int_equal(press(editor, KEYCODE_CTRL('N')), OUTCOME_NONE);
    assert_true((press(editor, 0xE9) & OUTCOME_CHANGED) != 0);
    assert_string_equal(editor_text(editor), "éx");
    editor_free(editor);
}

static void a_letter_and_its_marks_are_one(void **state) {
    (void)state;
    struct editor *editor = editor_new("ae\u0301\u0323漢", false);
    draw(editor, 1, 20);
    stage_expect_cursor(stage, 0, 4);
    press(editor, KEYCODE_LEFT);
    press(editor, KEYCODE_LEFT);
    draw(editor, 1, 20);
    stage_expect_cursor(stage, 0, 1);
    press(editor, KEYCODE_DELETE);
    assert_string_equal(editor_text(editor), "a漢");
    press(editor, KEYCODE_END);
    assert_int_equal(press(editor, KEYCODE_END), OUTCOME_NONE | OUTCOME_HANDLED | OUTCOME_REDRAW);
    press(editor, KEYCODE_BACKSPACE);
    assert_string_equal(editor_text(editor), "a");
    editor_free(editor);
}

static void a_long_line_scrolls_with_the_caret(void **state) {
    (void)state;
    struct editor *editor = editor_new("abcdefghijklmnop", false);
    draw(editor, 1, 8);
    stage_expect(stage, 0, "‹klmnop");
    stage_expect_cursor(stage, 0, 7);
    press(editor, KEYCODE_HOME);
    draw(editor, 1, 8);
    stage_expect(stage, 0, "abcdefg…");
    stage_expect_cursor(stage, 0, 0);
    press(editor, KEYCODE_END);
    draw(editor, 1, 8);
    press(editor, KEYCODE_CTRL('W'));
    type(editor, "xy");
    draw(editor, 1, 8);
    stage_expect(stage, 0, "xy");
    stage_expect_cursor(stage, 0, 2);
    editor_free(editor);
}

static void a_paste_into_a_line_loses_its_line_ends(void **state) {
    (void)state;
    struct editor *line = editor_new("", false);
    struct editor *text = editor_new("", true);
    struct terminal_event event = {.kind = TERMINAL_PASTE, .text = "a\nb\tc\n"};
    editor_handle(line, &event);
    editor_handle(text, &event);
    assert_string_equal(editor_text(line), "a b c");
    assert_string_equal(editor_text(text), "a\nb\tc\n");
    editor_free(line);
    editor_free(text);
}

static void a_text_wraps_and_the_caret_moves_by_rows(void **state) {
    (void)state;
    struct editor *editor = editor_new("one two three\nfour", true);
    assert_int_equal(editor_rows(editor, 8), 3);
    draw(editor, 4, 8);
    stage_expect(stage, 0, "one two");
    stage_expect(stage, 1, "three");
    stage_expect(stage, 2, "four");
    stage_expect_cursor(stage, 2, 4);
    assert_int_equal(press(editor, KEYCODE_DOWN), OUTCOME_NONE);
    press(editor, KEYCODE_UP);
    draw(editor, 4, 8);
    stage_expect_cursor(stage, 1, 4);
    press(editor, KEYCODE_UP);
    assert_int_equal(press(editor, KEYCODE_UP), OUTCOME_NONE);
    type(editor, "X");
    assert_string_equal(editor_text(editor), "one Xtwo three\nfour");
    press(editor, KEYCODE_CTRL('N'));
    assert_string_equal(editor_text(editor), "one X\ntwo three\nfour");
    editor_free(editor);
}

static void a_text_scrolls_to_its_caret(void **state) {
    (void)state;
    struct editor *editor = editor_new("1\n2\n3\n4\n5\n", true);
    assert_int_equal(editor_rows(editor, 8), 6);
    draw(editor, 3, 8);
    stage_expect(stage, 0, "4");
    stage_expect(stage, 2, "");
    stage_expect_cursor(stage, 2, 0);
    for (int i = 0; i < 5; i++) {
        press(editor, KEYCODE_UP);
    }
    draw(editor, 3, 8);
    stage_expect(stage, 0, "1");
    stage_expect_cursor(stage, 0, 0);
    editor_free(editor);
}

static void blanks_at_the_edge_do_not_spill(void **state) {
    (void)state;
    struct editor *editor = editor_new("abcd    efgh ", true);
    draw(editor, 4, 4);
    stage_expect(stage, 0, "abcd");
    stage_expect(stage, 1, "efgh");
    editor_free(editor);
}

/* Whatever is typed, the text stays UTF-8 and the caret in sight. */
static void random_keys_keep_text_and_caret_whole(void **state) {
    (void)state;
    static const uint32_t keys[] = {'a',
                                    ' ',
                                    0xE9,
                                    0x301,
                                    0x6F22,
                                    0x1F600,
                                    KEYCODE_LEFT,
                                    KEYCODE_RIGHT,
                                    KEYCODE_UP,
                                    KEYCODE_DOWN,
                                    KEYCODE_HOME,
                                    KEYCODE_END,
                                    KEYCODE_BACKSPACE,
                                    KEYCODE_DELETE,
                                    KEYCODE_WORD_LEFT,
                                    KEYCODE_WORD_RIGHT,
                                    KEYCODE_CTRL('N'),
                                    KEYCODE_CTRL('W'),
                                    KEYCODE_CTRL('Y'),
                                    KEYCODE_CTRL('K')};
    unsigned random = 5;
    for (int round = 0; round < 2; round++) {
        struct editor *editor = editor_new("漢字 e\u0301\u0301 words that wrap", round == 1);
        for (int i = 0; i < 3000; i++) {
            random = random * 1103515245U + 12345U;
            unsigned choice = random >> 16;
            press(editor, keys[choice % (sizeof keys / sizeof keys[0])]);
            if (strlen(editor_text(editor)) > 500) {
                editor_set_text(editor, "again");
            }
            const char *text = editor_text(editor);
            assert_int_equal(text_find_invalid(text, strlen(text)), strlen(text));
            if (i % 10 == 0) {
                struct area screen = stage_begin(stage);
                struct area area =
                    area_columns(area_rows(screen, 1, 1 + (int)(choice / 20 % 3)), 2, 9);
                area_place_cursor(&screen, 0, 0);
                editor_draw(editor, &area);
                stage_end(stage);
                stage_expect(stage, 0, "");
                stage_expect(stage, 4, "");
            }
        }
        editor_free(editor);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keys_edit_a_line, open_stage, close_stage),
        cmocka_unit_test_setup_teardown(a_letter_and_its_marks_are_one, open_stage, close_stage),
        cmocka_unit_test_setup_teardown(a_long_line_scrolls_with_the_caret, open_stage,
                                        close_stage),
        cmocka_unit_test_setup_teardown(a_paste_into_a_line_loses_its_line_ends, open_stage,
                                        close_stage),
        cmocka_unit_test_setup_teardown(a_text_wraps_and_the_caret_moves_by_rows, open_stage,
                                        close_stage),
        cmocka_unit_test_setup_teardown(a_text_scrolls_to_its_caret, open_stage, close_stage),
        cmocka_unit_test_setup_teardown(random_keys_keep_text_and_caret_whole, open_stage,
                                        close_stage),
        cmocka_unit_test_setup_teardown(blanks_at_the_edge_do_not_spill, open_stage, close_stage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
