/* Sets of numbers: what was added is in, what was not is out, whatever lies between. */
#include "clause5/base/whole_set.h"

static void a_number_is_in_once_it_was_added(void **state) {
    (void)state;
    static const int64_t numbers[] = {0, 1, 63, 64, -1, -64, -65, INT64_MAX, INT64_MIN};
    struct whole_set set = {0};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        assert_false(whole_set_has(&set, numbers[i]));
        assert_true(whole_set_add(&set, numbers[i]));
        assert_false(whole_set_add(&set, numbers[i]));
        assert_true(whole_set_has(&set, numbers[i]));
    }
    assert_false(whole_set_has(&set, 2));
    assert_false(whole_set_has(&set, -2));
    whole_set_free(&set);
    assert_false(whole_set_has(&set, 0));
}

static void every_third_of_many_numbers_is_in_and_the_others_are_not(void **state) {
    (void)state;
    enum { MANY = 100000 };
    struct whole_set set = {0};
    for (int64_t number = -MANY; number < MANY; number += 3) {
        assert_true(whole_set_add(&set, number * 1000003));
        assert_true(whole_set_add(&set, INT64_C(1) << 40 | (number + MANY)));
    }
    for (int64_t number = -MANY; number < MANY; number++) {
        bool is_third = (number + MANY) % 3 == 0;
        assert_int_equal(whole_set_has(&set, number * 1000003), is_third);
        assert_int_equal(whole_set_has(&set, INT64_C(1) << 40 | (number + MANY)), is_third);
    }
    whole_set_free(&set);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_in_once_it_was_added),
        cmocka_unit_test(every_third_of_many_numbers_is_in_and_the_others_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
