/* Decimal numbers: the shortest text that reads back, whatever the locale. */
#include "clause5/register/type.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"

static void check_printed(double number, const char *expected) {
    struct buffer out = {0};
    number_print(number, &out);
    assert_string_equal(buffer_text(&out), expected);
    buffer_free(&out);
}

static void check_read(const char *text, const char *printed) {
    double number = NAN;
    struct fault fault = {0};
    assert_true(number_parse(text, &number, &fault));
    check_printed(number, printed);
    assert_true(number < 0 || !signbit(number));
}

static void check_refused(const char *text) {
    double number = 7;
    struct fault fault = {0};
    if (number_parse(text, &number, &fault)) {
        fail_msg("%s was read", text);
    }
    assert_non_null(strstr(fault_text(&fault), "(use "));
    fault_clear(&fault);
}

static void numbers_print_as_their_shortest_decimal(void **state) {
    (void)state;
    check_printed(0.1, "0.1");
    check_printed(-0.0, "0");
    check_printed(100, "100");
    check_printed(1e21, "1000000000000000000000");
    check_printed(1.5e-7, "0.00000015");
    check_printed(0.1 + 0.2, "0.30000000000000004");
    check_printed(-12345.678, "-12345.678");
    check_printed(999999999999999, "999999999999999");
}

static void numbers_are_read_in_their_plain_form(void **state) {
    (void)state;
    check_read("0", "0");
    check_read("-0", "0");
    check_read("-0.000", "0");
    check_read(" 12.50 ", "12.5");
    check_read("+5", "5");
    check_read("007", "7");
    check_read("123456789012345", "123456789012345");
    check_read("0.000123456789012345", "0.000123456789012345");
    check_read("1.000000000000000000000", "1");
    check_read("100000000000000000000", "100000000000000000000");
    check_read("10.01", "10.01");
}

static void what_is_no_plain_number_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {
        "1,5", "1e3",   "inf",   "nan", "NaN",   "0x10", "1.", ".5", "-",
        "--1", "1 000", "1.2.3", "abc", "1'000", "5 %",  "+",  "½",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        check_refused(texts[i]);
        assert_false(number_is_plain(texts[i]));
    }
}

static void more_than_fifteen_digits_are_refused(void **state) {
    (void)state;
    check_refused("1234567890123456");
    check_refused("0.1234567890123456");
    check_refused("0.30000000000000004");
    check_refused("1000000000000001");
    assert_true(number_is_plain("-1234567890123456789"));
}

static void numbers_beyond_a_double_are_refused(void **state) {
    (void)state;
    char text[512] = "1";
    memset(text + 1, '0', 400);
    check_refused(text);
    memset(text, '0', sizeof text - 1);
    memcpy(text, "0.", 2);
    text[400] = '1';
    text[401] = '\0';
    check_refused(text);
}

/* xorshift64*, so that every run sees the same numbers. */
static uint64_t next_random(uint64_t *seed) {
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return *seed * UINT64_C(2685821657736338717);
}

/* Writes a decimal of at most 15 digits, up to 15 of them behind the point. */
static void make_decimal(uint64_t *seed, char text[static 64]) {
    unsigned long long digits = next_random(seed) % 1000000000000000;
    int behind = (int)(next_random(seed) % 16);
    char all[32];
    int length = snprintf(all, sizeof all, "%0*llu", behind + 1, digits);
    snprintf(text, 64, "%s%.*s%s%s", digits % 2 == 0 ? "-" : "", length - behind, all,
             behind > 0 ? "." : "", all + length - behind);
}

static void a_hundred_thousand_decimals_survive_the_way_through_a_file(void **state) {
    (void)state;
    uint64_t seed = 20261121;
    struct buffer out = {0};
    for (int i = 0; i < 100000; i++) {
        char text[64];
        double number, again;
        struct fault fault = {0};
        make_decimal(&seed, text);
        assert_true(number_parse(text, &number, &fault));
        assert_true(number == strtod(text, NULL));
        buffer_clear(&out);
        number_print(number, &out);
        assert_true(out.len_bytes <= strlen(text));
        assert_true(number_parse(buffer_text(&out), &again, &fault));
        assert_memory_equal(&number, &again, sizeof number);
    }
    buffer_free(&out);
}

static void a_hundred_thousand_doubles_read_back_from_what_is_printed(void **state) {
    (void)state;
    uint64_t seed = 5;
    struct buffer out = {0};
    for (int i = 0; i < 100000; i++) {
        uint64_t bits = next_random(&seed);
        double number;
        memcpy(&number, &bits, sizeof number);
        if (!isfinite(number)) {
            continue;
        }
        buffer_clear(&out);
        number_print(number, &out);
        assert_null(strpbrk(buffer_text(&out), "eE,"));
        assert_true(strtod(buffer_text(&out), NULL) == number);
    }
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_print_as_their_shortest_decimal),
        cmocka_unit_test(numbers_are_read_in_their_plain_form),
        cmocka_unit_test(what_is_no_plain_number_is_refused),
        cmocka_unit_test(more_than_fifteen_digits_are_refused),
        cmocka_unit_test(numbers_beyond_a_double_are_refused),
        cmocka_unit_test(a_hundred_thousand_decimals_survive_the_way_through_a_file),
        cmocka_unit_test(a_hundred_thousand_doubles_read_back_from_what_is_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
