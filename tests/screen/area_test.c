/* Drawing: nothing leaves its rectangle, and marks, bars and boxes have two faces. */
#include "clause5/screen/area.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stage.h"

static const struct stage_size small = {6, 30};

static void text_is_cut_to_its_area(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", small);
    struct area screen = stage_begin(stage);
    struct area middle = area_columns(area_rows(screen, 1, 2), 5, 10);
    area_put(&middle, (struct spot){0}, MEANING_TEXT, "abcdefghijklmnop");
    area_put(&middle, (struct spot){.row = 1, .column = 7}, MEANING_TEXT, "漢字漢字");
    area_put(&middle, (struct spot){.row = 2}, MEANING_TEXT, "below the area");
    area_put(&middle, (struct spot){.row = -1}, MEANING_TEXT, "above the area");
    area_put_right(&screen, (struct spot){5, 0, 30}, MEANING_TEXT, "right");
    stage_end(stage);
    stage_expect(stage, 0, "");
    stage_expect(stage, 1, "     abcdefghi…");
    stage_expect(stage, 2, "            漢…");
    stage_expect(stage, 3, "");
    stage_expect(stage, 5, "                         right");
    stage_close(stage);
}

static void foreign_controls_do_not_reach_the_terminal(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", small);
    struct area screen = stage_begin(stage);
    area_put(&screen, (struct spot){0}, MEANING_TEXT,
             "a\033]0;owned\007b\u202Ec\xC2\x9B"
             "d");
    stage_end(stage);
    stage_expect(stage, 0, "a\uFFFD]0;owned\uFFFDb\uFFFDc\uFFFDd");
    size_t len = 0;
    const char *bytes = stage_bytes(stage, &len);
    assert_null(memmem(bytes, len, "\033]0", 3));
    assert_null(memmem(bytes, len, "\u202E", 3));
    stage_close(stage);
}

static void combining_marks_stay_on_their_letter(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", small);
    struct area screen = stage_begin(stage);
    area_put(&screen, (struct spot){0}, MEANING_TEXT, "Ze\u0301\u0301\u0301\u0301ro");
    stage_end(stage);
    stage_expect(stage, 0, "Ze\u0301\u0301ro");
    stage_close(stage);
}

static void draw_signs(struct area *screen) {
    static const double values[] = {1, 2, NAN, 4, 8};
    struct buffer signs = {0};
    area_print_bar(screen->terminal, 0.45, 10, &signs);
    area_put(screen, (struct spot){0}, MEANING_CHART, buffer_text(&signs));
    buffer_clear(&signs);
    area_print_sparkline(screen->terminal, values, 5, &signs);
    area_put(screen, (struct spot){.column = 12}, MEANING_CHART, buffer_text(&signs));
    buffer_free(&signs);
    for (int mark = MARK_NONE; mark < MARKS; mark++) {
        area_put_mark(screen, (struct spot){.row = 1, .column = mark}, (enum mark)mark);
    }
    struct area box = area_rows(area_columns(*screen, 0, 12), 2, 3);
    struct area inside = area_box(&box, "Title");
    area_put(&inside, (struct spot){0}, MEANING_TEXT, "inside the box");
    area_rule(screen, (struct spot){5, 0, 4});
}

static void signs_are_drawn_in_utf8(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", small);
    struct area screen = stage_begin(stage);
    draw_signs(&screen);
    stage_end(stage);
    stage_expect(stage, 0, "█████·····  ▁▂ ▄█");
    stage_expect(stage, 1, " ✔✘!○▲▼=·█●>‹›…*→├└");
    stage_expect(stage, 2, "┌ Title ───┐");
    stage_expect(stage, 3, "│ inside … │");
    stage_expect(stage, 4, "└──────────┘");
    stage_expect(stage, 5, "────");
    stage_close(stage);
}

static void check_ascii_signs(const char *locale, const char *term) {
    struct screen_stage *stage = stage_open(locale, term, small);
    struct area screen = stage_begin(stage);
    draw_signs(&screen);
    stage_end(stage);
    stage_expect(stage, 0, "#####.....  01 49");
    stage_expect(stage, 1, " +x!o^v=.#*><>~*>|`");
    stage_expect(stage, 2, "+ Title ---+");
    stage_expect(stage, 4, "+----------+");
    stage_expect(stage, 5, "----");
    stage_close(stage);
}

static void signs_fall_back_to_ascii_in_an_ascii_locale(void **state) {
    (void)state;
    check_ascii_signs("C", "xterm-256color");
}

static void signs_fall_back_to_ascii_on_the_linux_console(void **state) {
    (void)state;
    check_ascii_signs("C.UTF-8", "linux");
}

static void tinting_keeps_text_and_colour(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", small);
    struct area screen = stage_begin(stage);
    area_put(&screen, (struct spot){0}, MEANING_TEXT, "漢e\u0301x");
    area_put(&screen, (struct spot){.column = 6}, MEANING_BAD, "bad");
    area_tint(&screen, (struct spot){0, 0, 20}, MEANING_SELECTED);
    stage_end(stage);
    stage_expect(stage, 0, "漢e\u0301x  bad");
    assert_true(stage_look(stage, 0, 0).is_reversed);
    assert_true(stage_look(stage, 0, 19).is_reversed);
    assert_false(stage_look(stage, 0, 20).is_reversed);
    assert_true(stage_look(stage, 0, 6).is_reversed);
    assert_true(stage_look(stage, 0, 6).has_colour);
    assert_true(stage_look(stage, 0, 6).is_bold);
    stage_close(stage);
}

static void no_color_leaves_bold_and_reverse(void **state) {
    (void)state;
    setenv("NO_COLOR", "1", 1);
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", small);
    unsetenv("NO_COLOR");
    struct area screen = stage_begin(stage);
    area_put(&screen, (struct spot){0}, MEANING_BAD, "bad");
    area_put(&screen, (struct spot){.row = 1}, MEANING_SELECTED, "here");
    stage_end(stage);
    assert_false(stage_look(stage, 0, 0).has_colour);
    assert_true(stage_look(stage, 0, 0).is_bold);
    assert_true(stage_look(stage, 1, 0).is_reversed);
    size_t len = 0;
    const char *bytes = stage_bytes(stage, &len);
    assert_null(memmem(bytes, len, "38;5", 4));
    stage_close(stage);
}

static void a_light_background_gets_darker_colours(void **state) {
    (void)state;
    static const struct {
        const char *colours, *sequence;
    } backgrounds[] = {{"0;15", "38;5;25m"}, {"15;0", "38;5;33m"}, {"nonsense", "38;5;33m"}};
    for (size_t i = 0; i < 3; i++) {
        setenv("COLORFGBG", backgrounds[i].colours, 1);
        struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", small);
        unsetenv("COLORFGBG");
        struct area screen = stage_begin(stage);
        area_put(&screen, (struct spot){0}, MEANING_GOOD, "good");
        stage_end(stage);
        size_t len = 0;
        const char *bytes = stage_bytes(stage, &len);
        assert_non_null(
            memmem(bytes, len, backgrounds[i].sequence, strlen(backgrounds[i].sequence)));
        stage_close(stage);
    }
}

static void wrapped_text_breaks_at_words_counts_all_rows_and_says_where_it_is_cut(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", small);
    struct area screen = stage_begin(stage);
    struct area three = area_rows(screen, 0, 3);
    int rows = area_put_wrapped(&three, (struct spot){0, 2, 10}, MEANING_TEXT,
                                "one two three\n\nlonger-than-one-line");
    stage_end(stage);
    assert_int_equal(rows, 5);
    stage_expect(stage, 0, "  one two");
    stage_expect(stage, 1, "  three");
    stage_expect(stage, 2, "  longer-th…");
    stage_expect(stage, 3, "");
    stage_close(stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_cut_to_its_area),
        cmocka_unit_test(foreign_controls_do_not_reach_the_terminal),
        cmocka_unit_test(combining_marks_stay_on_their_letter),
        cmocka_unit_test(signs_are_drawn_in_utf8),
        cmocka_unit_test(signs_fall_back_to_ascii_in_an_ascii_locale),
        cmocka_unit_test(signs_fall_back_to_ascii_on_the_linux_console),
        cmocka_unit_test(tinting_keeps_text_and_colour),
        cmocka_unit_test(no_color_leaves_bold_and_reverse),
        cmocka_unit_test(a_light_background_gets_darker_colours),
        cmocka_unit_test(wrapped_text_breaks_at_words_counts_all_rows_and_says_where_it_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
