/* Characters and cells: what is shown of hostile text, and how wide it is. */
#include "clause5/base/text.h"

#include <locale.h>
#include <string.h>

static void check_shown(const char *text, int width, const char *expected, int cells) {
    struct buffer out = {0};
    assert_int_equal(text_show(&out, text, width), cells);
    assert_string_equal(buffer_text(&out), expected);
    buffer_free(&out);
}

static void foreign_characters_are_shown_as_marks(void **state) {
    (void)state;
    setlocale(LC_ALL, "C.UTF-8");
    check_shown("a\x1b[31mb", 0, "a\uFFFD[31mb", 7);
    check_shown("a\u202Eb", 0, "a\uFFFDb", 3);
    check_shown("a\u200Bb\uE000", 0, "a\uFFFDb\uFFFD", 4);
    check_shown("a\xFF\x62", 0, "a\uFFFDb", 3);
    check_shown("two\nlines\tand", 0, "two lines and", 13);
}

static void text_is_cut_at_characters_by_width(void **state) {
    (void)state;
    setlocale(LC_ALL, "C.UTF-8");
    check_shown("abcdef", 6, "abcdef", 6);
    check_shown("abcdefg", 6, "abcde…", 6);
    check_shown("漢字漢字", 5, "漢字…", 5);
    check_shown("漢字漢字", 4, "漢…", 3);
    check_shown("x", 1, "x", 1);
    check_shown("xy", 1, "…", 1);
}

static void combining_floods_keep_two_marks_a_cell(void **state) {
    (void)state;
    setlocale(LC_ALL, "C.UTF-8");
    check_shown("e\u0301\u0301\u0301\u0301x", 0, "e\u0301\u0301x", 2);
    check_shown("\u0301x", 0, "x", 1);
}

static void an_ascii_locale_gets_ascii(void **state) {
    (void)state;
    setlocale(LC_ALL, "C");
    check_shown("Kr\u00FCger", 0, "Kr?ger", 6);
    check_shown("abcdefg", 6, "abcde~", 6);
    setlocale(LC_ALL, "C.UTF-8");
}

static void broken_encodings_are_found(void **state) {
    (void)state;
    static const char *const broken[] = {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82",
                                         "\x80"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        assert_int_equal(text_find_invalid(broken[i], strlen(broken[i])), 0);
    }
    assert_int_equal(text_find_invalid("ab\0c", 4), 2);
    assert_int_equal(text_find_invalid("Krüger", 7), 7);
}

static void numbers_are_digits_and_nothing_else(void **state) {
    (void)state;
    const char *text = "2026-7";
    int number = -1;
    assert_true(text_take_number(&text, 2, &number));
    assert_int_equal(number, 20);
    assert_true(text_take_number(&text, 9, &number));
    assert_int_equal(number, 26);
    static const char *const refused[] = {"-7", "+7", " 7", "x7", ""};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        text = refused[i];
        assert_false(text_take_number(&text, 9, &number));
        assert_ptr_equal(text, refused[i]);
        assert_int_equal(number, 26);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(foreign_characters_are_shown_as_marks),
        cmocka_unit_test(text_is_cut_at_characters_by_width),
        cmocka_unit_test(combining_floods_keep_two_marks_a_cell),
        cmocka_unit_test(an_ascii_locale_gets_ascii),
        cmocka_unit_test(broken_encodings_are_found),
        cmocka_unit_test(numbers_are_digits_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
