/* Dates and sums as sentences have them. */
#include "report/words.h"

#include "support/testing.h"

static void check(void (*add)(struct buffer *, const char *), const char *text,
                  const char *expected) {
    struct buffer out = {0};
    add(&out, text);
    assert_string_equal(buffer_text(&out), expected);
    buffer_free(&out);
}

static void a_date_is_written_with_the_name_of_its_month(void **state) {
    (void)state;
    check(words_add_date, "2026-03-01", "1 March 2026");
    check(words_add_date, "1999-12-31", "31 December 1999");
}

static void what_is_no_date_stays_as_it_was_written(void **state) {
    (void)state;
    check(words_add_date, "next *spring*", "next \\*spring\\*");
}

static void sums_have_commas_and_cents_only_where_there_are_any(void **state) {
    (void)state;
    check(words_add_amount, "0", "0");
    check(words_add_amount, "999.0", "999");
    check(words_add_amount, "1000", "1,000");
    check(words_add_amount, "1234567.5", "1,234,567.50");
    check(words_add_amount, "-12500", "-12,500");
    check(words_add_amount, "0.004", "0");
    check(words_add_amount, "lots", "lots");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_is_written_with_the_name_of_its_month),
        cmocka_unit_test(what_is_no_date_stays_as_it_was_written),
        cmocka_unit_test(sums_have_commas_and_cents_only_where_there_are_any),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
