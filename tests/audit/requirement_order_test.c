/* The order of the checklist. */
#include "clause5/audit/requirement_order.h"

#include "clause5/base/memory.h"

static void refs_stand_as_people_count_them(void **state) {
    (void)state;
    static const char *const ordered[] = {
        "4.3",     "5.1",     "5.1.a",   "5.1.h",  "5.1.p1",   "5.1.p2",   "5.1.p10",
        "5.2.a",   "5.3-1",   "5.3-2",   "5.3.a",  "6.2.a",    "7.1",      "7.1.p1",
        "7.5.2",   "9.2.1.b", "9.2.2-1", "9.3.1",  "9.3.2.d1", "9.3.2.d4", "9.3.2.e",
        "9.3.3-1", "9.3.p1",  "10.1",    "10.2.a", "X-1",      "X-2",      "X-10",
    };
    for (size_t left = 0; left < COUNT(ordered); left++) {
        for (size_t right = 0; right < COUNT(ordered); right++) {
            int order = requirement_compare_refs(ordered[left], ordered[right]);
            int expected = left < right ? -1 : left > right;
            if ((order > 0) - (order < 0) != expected) {
                fail_msg("%s against %s gives %d", ordered[left], ordered[right], order);
            }
        }
    }
}

static void a_line_of_ones_own_stands_last_in_its_clause(void **state) {
    (void)state;
    const struct requirement_place own = {.clause = "5.1", .ref = "X-1"};
    const struct requirement_place last = {.clause = "5.1", .ref = "5.1.p9"};
    const struct requirement_place next = {.clause = "5.2", .ref = "5.2.a"};
    assert_true(requirement_compare_places(&own, &last) > 0);
    assert_true(requirement_compare_places(&own, &next) < 0);
    assert_int_equal(requirement_compare_places(&own, &own), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refs_stand_as_people_count_them),
        cmocka_unit_test(a_line_of_ones_own_stands_last_in_its_clause),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
