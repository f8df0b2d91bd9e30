/* Stamps: the moments that the history carries, as text. */
#include "clause5/base/clock.h"

static void stamps_read_back_as_written(void **state) {
    (void)state;
    static const int64_t moments[] = {0, 1, 86399999, 1795305600123, -1};
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
        char text[CLOCK_STAMP_SIZE];
        int64_t ms = 7;
        clock_print_stamp(moments[i], text);
        assert_true(clock_parse_stamp(text, &ms));
        assert_int_equal(ms, moments[i]);
    }
}

static void only_whole_stamps_are_read(void **state) {
    (void)state;
    static const char *const refused[] = {
        "2026-11-21T08:30:00.000",  "2026-11-21 08:30:00.000Z", "2026-11-21T24:00:00.000Z",
        "2026-11-21T08:60:00.000Z", "2026-11-21T-8:30:00.000Z", "2026-11-21T08:30:00.0000",
        "2026-02-30T08:30:00.000Z", "2026-11-21T 8:30:00.000Z", "",
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        int64_t ms;
        assert_false(clock_parse_stamp(refused[i], &ms));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stamps_read_back_as_written),
        cmocka_unit_test(only_whole_stamps_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
