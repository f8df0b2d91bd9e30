/* The types of fields: what each reads, refuses with which words, prints and orders. */
#include "clause5/register/type.h"

#include <locale.h>
#include <string.h>

#include "clause5/base/memory.h"

static const struct choice grades[] = {
    {.value = "minor", .label = "Minor fault", .synonyms = "small;not so bad"},
    {.value = "major", .label = "Major fault"},
    {.value = "good", .label = "Good"},
    {.value = NULL}};
static const struct field text_field = {.label = "Note", .type = FIELD_TEXT};
static const struct field key_field = {.label = "Ref", .type = FIELD_TEXT, .flags = FIELD_KEY};
static const struct field month_field = {.type = FIELD_WHOLE, .least = 1, .most = 12};
static const struct field count_field = {.type = FIELD_WHOLE};
static const struct field number_field = {.type = FIELD_NUMBER};
static const struct field date_field = {.label = "Due", .type = FIELD_DATE};
static const struct field yesno_field = {.type = FIELD_YESNO};
static const struct field choice_field = {.label = "G", .type = FIELD_CHOICE, .choices = grades};
static const struct field reference_field = {.type = FIELD_REFERENCE, .target = REGISTER_POLICY};
static const struct field email_field = {.type = FIELD_EMAIL};
static const struct field language_field = {.type = FIELD_LANGUAGE};
static const struct field register_field = {.type = FIELD_REGISTER};
static const struct field digest_field = {.type = FIELD_DIGEST};

static void check_read(const struct field *field, const char *text, const char *expected) {
    struct value value;
    struct fault fault = {0};
    struct buffer out = {0};
    if (!field_parse(field, text, &value, &fault)) {
        fail_msg("%s", fault_text(&fault));
    }
    field_print(field, &value, &out);
    assert_string_equal(buffer_text(&out), expected);
    buffer_free(&out);
    value_free(&value);
}

static void check_refused(const struct field *field, const char *text, const char *message) {
    struct value value;
    struct fault fault = {0};
    assert_false(field_parse(field, text, &value, &fault));
    assert_string_equal(fault_text(&fault), message);
    assert_int_equal(fault.kind, FAULT_REFUSED);
    assert_int_equal(value.kind, VALUE_EMPTY);
    fault_clear(&fault);
}

static void check_typed(const struct field *field, const char *text, const char *expected) {
    struct value value;
    struct fault fault = {0};
    date_days today = date_from_parts((struct date_parts){2026, 11, 21});
    bool is_good = field_parse_typed(field, text, today, &value, &fault);
    assert_string_equal(is_good ? value_text(&value) : "refused", expected);
    fault_clear(&fault);
    value_free(&value);
}

static void nothing_reads_as_empty_in_every_type(void **state) {
    (void)state;
    for (int type = 0; type < FIELD_TYPE_COUNT; type++) {
        struct field field = {.type = (enum field_type)type, .choices = grades};
        struct value value;
        struct fault fault = {0};
        assert_true(field_parse(&field, "", &value, &fault));
        assert_int_equal(value.kind, VALUE_EMPTY);
        assert_true(field_parse_typed(&field, "", 0, &value, &fault));
        assert_int_equal(value.kind, VALUE_EMPTY);
    }
}

static void texts_keep_their_blanks_and_keys_lose_them(void **state) {
    (void)state;
    check_read(&text_field, "  two  \n", "  two  \n");
    check_read(&key_field, "  POL-001\t", "POL-001");
    check_read(&reference_field, " POL-001 ", "POL-001");
}

static void a_broken_encoding_is_refused(void **state) {
    (void)state;
    check_refused(&text_field, "ab\xFF", "byte 3 of the text is no UTF-8 (use text in UTF-8)");
    check_refused(&date_field, "\xC0\xAF", "byte 1 of the text is no UTF-8 (use text in UTF-8)");
}

static void whole_numbers_keep_their_range(void **state) {
    (void)state;
    check_read(&month_field, " 1 ", "1");
    check_read(&month_field, "012", "12");
    check_read(&count_field, "0", "0");
    check_read(&count_field, "999999999999999", "999999999999999");
    check_refused(&month_field, "0", "\"0\" is out of range (use a whole number from 1 to 12)");
    check_refused(&month_field, "13", "\"13\" is out of range (use a whole number from 1 to 12)");
    check_refused(&month_field, "1.5",
                  "\"1.5\" is not a whole number (use digits only, from 1 to 12)");
    check_refused(&count_field, "-1",
                  "\"-1\" is out of range (use a whole number from 0 to 999999999999999)");
    check_refused(&count_field, "1000000000000000",
                  "\"1000000000000000\" is out of range (use a whole number from 0 to "
                  "999999999999999)");
    check_refused(&month_field, "99999999999999999999999999",
                  "\"99999999999999999999999999\" is out of range (use a whole number from 1 to "
                  "12)");
}

static void dates_are_read_as_iso_and_refused_with_the_remedy(void **state) {
    (void)state;
    check_read(&date_field, " 2024-02-29 ", "2024-02-29");
    check_read(&date_field, "1900-01-01", "1900-01-01");
    check_read(&date_field, "2199-12-31", "2199-12-31");
    check_refused(&date_field, "Continuous", "\"Continuous\" is not a date (use YYYY-MM-DD)");
    check_refused(&date_field, "2025-02-29", "\"2025-02-29\" is not a date (use YYYY-MM-DD)");
    check_refused(&date_field, "1899-12-31",
                  "\"1899-12-31\" is out of range (the years 1900 to 2199 are known)");
    check_refused(&date_field, "2200-01-01",
                  "\"2200-01-01\" is out of range (the years 1900 to 2199 are known)");
    check_refused(&date_field, "31.3.2026", "\"31.3.2026\" is not a date (use YYYY-MM-DD)");
}

static void long_and_hostile_values_are_cut_and_tamed_in_messages(void **state) {
    (void)state;
    check_refused(&date_field, "a very long text that somebody wrote where a date belongs",
                  "\"a very long text that somebody wrote wh…\" is not a date (use YYYY-MM-DD)");
    check_refused(&date_field, "a\x1b[2Jb", "\"a\uFFFD[2Jb\" is not a date (use YYYY-MM-DD)");
}

static void people_type_dates_and_words_in_short(void **state) {
    (void)state;
    check_typed(&date_field, "today", "2026-11-21");
    check_typed(&date_field, "+30d", "2026-12-21");
    check_typed(&date_field, " 31.3.2026", "2026-03-31");
    check_typed(&date_field, "soon", "refused");
    check_typed(&choice_field, "g", "good");
    check_typed(&choice_field, "m", "refused");
    check_typed(&choice_field, "MA", "major");
    check_typed(&choice_field, "minor f", "minor");
    check_typed(&choice_field, "small", "refused");
    check_typed(&yesno_field, "Y", "yes");
    check_typed(&yesno_field, "no", "no");
    check_typed(&yesno_field, "maybe", "refused");
    check_typed(&date_field, "\xFF", "refused");
    check_typed(&email_field, "a@b", "a@b");
}

static void choices_are_read_by_value_or_label(void **state) {
    (void)state;
    check_read(&choice_field, " MINOR ", "minor");
    check_read(&choice_field, "good", "good");
    check_read(&choice_field, "major FAULT", "major");
    check_refused(&choice_field, "small",
                  "\"small\" is not one of the choices (use minor, major or good)");
    check_read(&yesno_field, "Yes", "yes");
    check_refused(&yesno_field, "true", "\"true\" is neither yes nor no (use yes, no or nothing)");
}

static void synonyms_are_read_from_sheets_only(void **state) {
    (void)state;
    struct value value;
    struct fault fault = {0};
    assert_true(field_parse_sheet(&choice_field, "Not So Bad", &value, &fault));
    assert_string_equal(value_text(&value), "minor");
    value_free(&value);
    assert_true(field_parse_sheet(&date_field, "2026-01-15", &value, &fault));
    assert_string_equal(value_text(&value), "2026-01-15");
    value_free(&value);
    assert_false(field_parse_sheet(&choice_field, "bad", &value, &fault));
    fault_clear(&fault);
    assert_null(field_find_choice(&choice_field, "small"));
    assert_ptr_equal(field_find_choice_synonym(&choice_field, "SMALL"), &grades[0]);
}

static void addresses_need_two_sides_and_no_blanks(void **state) {
    (void)state;
    check_read(&email_field, " anna@example.com ", "anna@example.com");
    check_refused(&email_field, "anna",
                  "\"anna\" is not an e-mail address (use one such as anna@example.com)");
    static const char *const no_addresses[] = {"@b", "a@", "a b@c", "a@b@c", "a@b, c@d"};
    for (size_t i = 0; i < COUNT(no_addresses); i++) {
        struct value value;
        struct fault fault = {0};
        assert_false(field_parse(&email_field, no_addresses[i], &value, &fault));
        fault_clear(&fault);
    }
}

static void languages_registers_and_digests_have_their_shape(void **state) {
    (void)state;
    check_read(&language_field, "pt-BR", "pt-BR");
    check_read(&language_field, "zh-Hant-TW", "zh-Hant-TW");
    check_refused(&language_field, "German.",
                  "\"German.\" is not a language code (use one such as de or pt-BR)");
    check_refused(&language_field, "d",
                  "\"d\" is not a language code (use one such as de or pt-BR)");
    check_refused(&language_field, "de-",
                  "\"de-\" is not a language code (use one such as de or pt-BR)");
    check_read(&register_field, "Policy", "policy");
    check_refused(&register_field, "policies",
                  "\"policies\" is not a register (use a name such as policy or audit)");
    check_read(&digest_field, "ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef0123456789",
               "abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789");
    check_refused(&digest_field, "abc", "\"abc\" is not a SHA-256 digest (use its 64 hex digits)");
}

static int compare_texts(const struct field *field, const char *a, const char *b) {
    struct value left, right;
    struct fault fault = {0};
    assert_true(field_parse(field, a, &left, &fault));
    assert_true(field_parse(field, b, &right, &fault));
    int order = field_compare(field, &left, &right);
    value_free(&left);
    value_free(&right);
    return order < 0 ? -1 : order > 0;
}

static void values_are_ordered_by_what_they_mean(void **state) {
    (void)state;
    assert_int_equal(compare_texts(&choice_field, "minor", "good"), -1);
    assert_int_equal(compare_texts(&choice_field, "good", "major"), 1);
    assert_int_equal(compare_texts(&count_field, "10", "9"), 1);
    assert_int_equal(compare_texts(&number_field, "-1.5", "-1.25"), -1);
    assert_int_equal(compare_texts(&date_field, "2026-01-02", "2026-01-02"), 0);
    assert_int_equal(compare_texts(&text_field, "a", "ab"), -1);
    assert_int_equal(compare_texts(&text_field, "", "a"), -1);
    struct value ids[] = {value_of_whole(7), value_of_whole(9)};
    assert_true(field_compare(&reference_field, &ids[0], &ids[1]) < 0);
    assert_int_equal(compare_texts(&reference_field, "POL-002", "POL-001"), 1);
}

static void headers_match_without_regard_to_case_and_separators(void **state) {
    (void)state;
    static const struct field field = {
        .name = "next_review_on", .label = "Next review on", .synonyms = "Next Review;Review due"};
    assert_true(field_is_called(&field, "NEXT_REVIEW_ON"));
    assert_true(field_is_called(&field, " next-review-on "));
    assert_true(field_is_called(&field, "NextReview"));
    assert_true(field_is_called(&field, "review  due"));
    assert_false(field_is_called(&field, "review"));
    assert_false(field_is_called(&field, ""));
    assert_false(field_is_called(&field, " - "));
}

static void choices_show_their_label_and_print_their_value(void **state) {
    (void)state;
    struct value value = value_of_text("minor");
    struct buffer out = {0};
    field_print_shown(&choice_field, &value, &out);
    buffer_add_byte(&out, '/');
    field_print(&choice_field, &value, &out);
    assert_string_equal(buffer_text(&out), "Minor fault/minor");
    buffer_free(&out);
    value_free(&value);
}

static void a_list_gives_a_field_what_it_needs(void **state) {
    (void)state;
    assert_int_equal(field_width_cells(&(struct field){.label = "X", .width = 5}), 5);
    assert_int_equal(field_width_cells(&date_field), 10);
    assert_int_equal(field_width_cells(&choice_field), 11);
    assert_true(field_type_is_numeric(FIELD_NUMBER));
    assert_false(field_type_is_numeric(FIELD_REFERENCE));
    assert_string_equal(field_type_sql(FIELD_PARTY), "INTEGER");
}

int main(void) {
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_reads_as_empty_in_every_type),
        cmocka_unit_test(texts_keep_their_blanks_and_keys_lose_them),
        cmocka_unit_test(a_broken_encoding_is_refused),
        cmocka_unit_test(whole_numbers_keep_their_range),
        cmocka_unit_test(dates_are_read_as_iso_and_refused_with_the_remedy),
        cmocka_unit_test(long_and_hostile_values_are_cut_and_tamed_in_messages),
        cmocka_unit_test(people_type_dates_and_words_in_short),
        cmocka_unit_test(choices_are_read_by_value_or_label),
        cmocka_unit_test(synonyms_are_read_from_sheets_only),
        cmocka_unit_test(addresses_need_two_sides_and_no_blanks),
        cmocka_unit_test(languages_registers_and_digests_have_their_shape),
        cmocka_unit_test(values_are_ordered_by_what_they_mean),
        cmocka_unit_test(headers_match_without_regard_to_case_and_separators),
        cmocka_unit_test(choices_show_their_label_and_print_their_value),
        cmocka_unit_test(a_list_gives_a_field_what_it_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
