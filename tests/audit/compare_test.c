/* Two rounds side by side: every pair of results, and what became of findings. */
#include "clause5/audit/compare.h"

#include <stdio.h>

#include "checklist.h"

static const struct {
    enum round_verdict before, now; /* ROUND_NO_VERDICT: the line stays open */
    enum compare_change change;
    enum compare_finding finding;
} pairs[] = {
    {ROUND_MAJOR, ROUND_MINOR, COMPARE_BETTER, COMPARE_FINDING_REPEATED},
    {ROUND_MINOR, ROUND_MAJOR, COMPARE_WORSE, COMPARE_FINDING_REPEATED},
    {ROUND_MINOR, ROUND_CONFORMS, COMPARE_BETTER, COMPARE_FINDING_CLOSED},
    {ROUND_MINOR, ROUND_NO_VERDICT, COMPARE_NOT_YET, COMPARE_FINDING_OPEN},
    {ROUND_MINOR, ROUND_NOT_SAMPLED, COMPARE_NOT_YET, COMPARE_FINDING_OPEN},
    {ROUND_CONFORMS, ROUND_MINOR, COMPARE_WORSE, COMPARE_FINDING_NEW},
    {ROUND_CONFORMS, ROUND_OBSERVATION, COMPARE_SAME, COMPARE_NO_FINDING},
    {ROUND_NO_VERDICT, ROUND_CONFORMS, COMPARE_NEW, COMPARE_NO_FINDING},
    {ROUND_NOT_SAMPLED, ROUND_MAJOR, COMPARE_NEW, COMPARE_FINDING_NEW},
};

static void record(struct fixture *fixture, const char *key, enum round_verdict verdict) {
    if (verdict != ROUND_NO_VERDICT) {
        assert_true(checklist_record(fixture, key, verdict, "seen"));
    }
}

static void every_pair_of_results_has_its_word(void **state) {
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        struct fault fault = {0};
        struct comparison comparison;
        char cells[2][128];
        char keys[2][32];
        for (int round = 0; round < 2; round++) {
            snprintf(cells[round], sizeof cells[round],
                     "ref=R%d%zu|title=T|kind=internal|auditor=Eva|starts_on=2026-1%d-01", round, i,
                     round);
            snprintf(keys[round], sizeof keys[round], "R%d%zu/5.1.a", round, i);
        }
        int64_t before = checklist_start(fixture, cells[0]);
        int64_t now = checklist_start(fixture, cells[1]);
        record(fixture, keys[0], pairs[i].before);
        record(fixture, keys[1], pairs[i].now);
        assert_no_fault(comparison_load(fixture->workbook, before, now, &comparison, &fault),
                        &fault);
        assert_int_equal(comparison.count, 4);
        assert_string_equal(comparison.items[0].ref, "5.1.a");
        assert_int_equal(comparison.items[0].change, pairs[i].change);
        assert_int_equal(comparison.items[0].finding, pairs[i].finding);
        assert_int_equal(comparison.changes[COMPARE_NOT_YET],
                         3 + (pairs[i].change == COMPARE_NOT_YET));
        comparison_free(&comparison);
    }
}

/* A self-assessment has the practice 5.1.p1, which an internal audit has not. */
static void a_line_that_the_earlier_round_lacks_is_new(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    struct comparison comparison;
    int64_t before = checklist_start_internal(fixture);
    int64_t now = checklist_start(
        fixture, "ref=SA|title=Self|kind=self-assessment|auditor=Eva|starts_on=2026-11-21");
    assert_true(checklist_record(fixture, "SA/5.1.p1", ROUND_PARTIAL, "half"));
    assert_no_fault(comparison_load(fixture->workbook, before, now, &comparison, &fault), &fault);
    assert_int_equal(comparison.count, 5);
    assert_string_equal(comparison.items[1].ref, "5.1.p1");
    assert_int_equal(comparison.items[1].before, 0);
    assert_int_equal(comparison.items[1].change, COMPARE_NEW);
    comparison_free(&comparison);
}

static void the_earlier_round_is_the_one_carried_over_from_or_the_one_before(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    int64_t first =
        checklist_start(fixture, "ref=A|title=A|kind=internal|auditor=Eva|starts_on=2024-05-01");
    int64_t second =
        checklist_start(fixture, "ref=B|title=B|kind=internal|auditor=Eva|starts_on=2025-05-01");
    int64_t third = checklist_start(
        fixture, "ref=C|title=C|kind=internal|auditor=Eva|starts_on=2026-05-01|previous=A");
    assert_int_equal(comparison_earlier(fixture->workbook, third, &fault), first);
    assert_int_equal(comparison_earlier(fixture->workbook, second, &fault), first);
    assert_int_equal(comparison_earlier(fixture->workbook, first, &fault), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_pair_of_results_has_its_word, checklist_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_line_that_the_earlier_round_lacks_is_new, checklist_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(
            the_earlier_round_is_the_one_carried_over_from_or_the_one_before, checklist_open,
            fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
