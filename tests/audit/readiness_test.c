/* Readiness to the letter of product.md: results first, then what the checks say, and never more
 * than is known. */
#include "clause5/audit/readiness.h"

#include <string.h>

#include "check_stage.h"
#include "clause5/base/memory.h"
#include "support/testing.h"

/* Fails unless the requirement stands so and its reason holds the words. */
static void check_standing(struct check_stage *stage, const char *ref, enum standing standing,
                           const char *words) {
    struct fault fault = {0};
    struct readiness readiness;
    bool is_found = false;
    struct check_run *run = check_stage_run(stage);
    assert_no_fault(readiness_assess(run, &readiness, &fault), &fault);
    for (size_t i = 0; i < readiness.requirement_count; i++) {
        const struct requirement_standing *found = &readiness.requirements[i];
        if (strcmp(found->ref, ref) == 0) {
            is_found = true;
            if (found->standing != standing || strstr(found->reason, words) == NULL) {
                fail_msg("%s is %s: %s", ref, standing_word(found->standing), found->reason);
            }
        }
    }
    assert_true(is_found);
    readiness_free(&readiness);
    check_run_free(run);
}

/* A workbook with one requirement, and a round of each kind that matters. */
static struct check_stage open_with(const char *ref) {
    struct check_stage stage;
    struct buffer cells = {0};
    check_stage_open(&stage);
    buffer_addf(&cells, "add requirement ref=%s|clause=%.3s|kind=requirement|title=Line", ref, ref);
    check_stage_do(&stage, buffer_text(&cells));
    buffer_free(&cells);
    check_stage_do(&stage, "add audit ref=IA|title=Audit|kind=internal|auditor=Eva|"
                           "starts_on=2026-01-01|ends_on=2026-01-02");
    check_stage_do(&stage, "add audit ref=SA|title=Self|kind=self-assessment|auditor=Eva|"
                           "starts_on=2026-06-01|ends_on=2026-06-02");
    check_stage_do(&stage, "add audit ref=SUP|title=Supplier|kind=supplier|auditor=Eva|"
                           "starts_on=2026-10-01|ends_on=2026-10-02");
    return stage;
}

static void a_conforming_result_meets_its_requirement(void **state) {
    (void)state;
    struct check_stage stage = open_with("7.2.d");
    check_standing(&stage, "7.2.d", STANDING_NOT_KNOWN, "nothing to look at");
    check_stage_do(&stage,
                   "add assessment audit=IA|requirement=7.2.d|state=in progress|result=conforms");
    check_standing(&stage, "7.2.d", STANDING_NOT_KNOWN, "no result");
    check_stage_do(&stage, "set assessment IA/7.2.d -> state=done");
    check_standing(&stage, "7.2.d", STANDING_MET, "conforms in IA");
    check_stage_close(&stage);
}

static void the_newest_result_counts_and_not_sampled_keeps_the_older(void **state) {
    (void)state;
    struct check_stage stage = open_with("7.2.d");
    check_stage_do(&stage, "add assessment audit=IA|requirement=7.2.d|state=done|result=conforms");
    check_stage_do(&stage, "add assessment audit=SA|requirement=7.2.d|state=done|result=partial");
    check_standing(&stage, "7.2.d", STANDING_HALF, "partial in SA");
    check_stage_do(&stage, "set assessment SA/7.2.d -> result=not sampled");
    check_standing(&stage, "7.2.d", STANDING_MET, "conforms in IA");
    check_stage_do(&stage, "set assessment SA/7.2.d -> "
                           "result=nonconforming|grade=minor nonconformity");
    check_standing(&stage, "7.2.d", STANDING_NOT_MET, "nonconforming in SA (minor nonconformity)");
    check_stage_close(&stage);
}

static void a_supplier_audit_does_not_count(void **state) {
    (void)state;
    struct check_stage stage = open_with("7.2.d");
    check_stage_do(&stage, "add assessment audit=SUP|requirement=7.2.d|state=done|result=conforms");
    check_standing(&stage, "7.2.d", STANDING_NOT_KNOWN, "no result");
    check_stage_close(&stage);
}

static void a_result_counts_for_36_months(void **state) {
    (void)state;
    struct check_stage stage = open_with("7.2.d");
    check_stage_do(&stage, "add assessment audit=IA|requirement=7.2.d|state=done|result=conforms|"
                           "assessed_on=2026-01-31");
    check_stage_on_day(&stage, "2029-01-31");
    check_standing(&stage, "7.2.d", STANDING_MET, "");
    check_stage_on_day(&stage, "2029-02-01");
    check_standing(&stage, "7.2.d", STANDING_NOT_KNOWN, "no result");
    check_stage_close(&stage);
}

static void a_failing_error_takes_a_conforming_result_away(void **state) {
    (void)state;
    struct check_stage stage = open_with("5.3.a");
    check_stage_do(&stage, "add assessment audit=IA|requirement=5.3.a|state=done|result=conforms");
    check_standing(&stage, "5.3.a", STANDING_NOT_MET, "No held role ensures");
    check_stage_do(&stage, "set assessment IA/5.3.a -> result=partial");
    check_standing(&stage, "5.3.a", STANDING_HALF, "partial");
    check_stage_do(&stage, "set assessment IA/5.3.a -> result=conforms");
    check_stage_do(&stage, "add exception check=role-conformity-missing|register=role|record=-|"
                           "reason=Soon|until_on=2026-11-21");
    check_standing(&stage, "5.3.a", STANDING_MET, "conforms");
    check_stage_on_day(&stage, "2026-11-22");
    check_standing(&stage, "5.3.a", STANDING_NOT_MET, "No held role ensures");
    check_stage_close(&stage);
}

static void without_a_result_the_checks_speak(void **state) {
    (void)state;
    struct check_stage stage = open_with("7.4.b");
    check_standing(&stage, "7.4.b", STANDING_NOT_KNOWN, "nothing to look at");
    check_stage_do(&stage, "add person name=Ann");
    check_stage_do(&stage, "add communication ref=COM-1|title=Day|kind=other|sender=Ann|"
                           "channel=email|audience=department|planned_on=2026-11-21");
    check_standing(&stage, "7.4.b", STANDING_MET, "no result");
    check_stage_on_day(&stage, "2026-11-22");
    check_standing(&stage, "7.4.b", STANDING_HALF, "no result; 0 of 1 planned");
    check_stage_close(&stage);
}

static void absence_alone_is_not_half(void **state) {
    (void)state;
    struct check_stage stage = open_with("5.1.c");
    check_standing(&stage, "5.1.c", STANDING_NOT_KNOWN, "nothing to look at; No resource line");
    check_stage_close(&stage);
}

static void a_failing_error_without_a_result_is_not_known(void **state) {
    (void)state;
    struct check_stage stage = open_with("6.2.b");
    check_stage_do(&stage, "add kpi ref=KPI-1|title=Rate|direction=up|frequency=monthly|"
                           "source=measured");
    check_standing(&stage, "6.2.b", STANDING_NOT_KNOWN, "no result; 0 of 1 KPIs");
    check_stage_do(&stage, "set kpi KPI-1 -> target=1");
    check_standing(&stage, "6.2.b", STANDING_MET, "");
    check_stage_close(&stage);
}

static void clauses_are_counted_in_their_order(void **state) {
    (void)state;
    struct fault fault = {0};
    struct readiness readiness;
    struct check_stage stage = open_with("7.2.d");
    check_stage_do(&stage, "add requirement ref=10.2.e|clause=10.2|kind=requirement|title=Line");
    check_stage_do(&stage, "add requirement ref=7.2.c|clause=7.2|kind=requirement|title=Line");
    check_stage_do(&stage, "add requirement ref=7.2.p1|clause=7.2|kind=practice|title=Line");
    check_stage_do(&stage, "add requirement ref=X-1|clause=7.2|kind=requirement|title=Ours");
    check_stage_do(&stage, "add assessment audit=IA|requirement=7.2.c|state=done|result=partial");
    check_stage_do(&stage, "add assessment audit=IA|requirement=7.2.d|state=done|result=conforms");
    check_stage_do(&stage, "add assessment audit=IA|requirement=X-1|state=done|"
                           "result=not applicable");
    struct check_run *run = check_stage_run(&stage);
    assert_no_fault(readiness_assess(run, &readiness, &fault), &fault);
    assert_int_equal(readiness.clause_count, 2);
    assert_string_equal(readiness.clauses[0].clause, "7.2");
    assert_string_equal(readiness.clauses[1].clause, "10.2");
    assert_int_equal(readiness.clauses[0].total, 2);
    assert_int_equal(readiness.clauses[0].standings[STANDING_MET], 1);
    assert_int_equal(readiness.clauses[0].standings[STANDING_HALF], 1);
    assert_int_equal(readiness_percent(&readiness.clauses[0]), 75);
    assert_int_equal(readiness_percent(&readiness.clauses[1]), 0);
    assert_int_equal(readiness.clauses[1].standings[STANDING_NOT_KNOWN], 1);
    assert_int_equal(readiness.whole.total, 3);
    assert_int_equal(readiness_percent(&readiness.whole), 50);
    assert_string_equal(readiness.requirements[0].ref, "7.2.c");
    readiness_free(&readiness);
    check_run_free(run);
    check_stage_close(&stage);
}

static void a_share_is_rounded_to_the_nearest_and_full_only_where_all_is_met(void **state) {
    (void)state;
    static const struct {
        int met, half, total, percent;
    } cases[] = {{5, 1, 8, 69},  {6, 1, 7, 93}, {1, 0, 13, 8},     {0, 0, 5, 0},
                 {7, 0, 7, 100}, {0, 0, 0, 0},  {999, 0, 1000, 99}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct readiness_count count = {.total = cases[i].total};
        count.standings[STANDING_MET] = cases[i].met;
        count.standings[STANDING_HALF] = cases[i].half;
        assert_int_equal(readiness_percent(&count), cases[i].percent);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_conforming_result_meets_its_requirement),
        cmocka_unit_test(the_newest_result_counts_and_not_sampled_keeps_the_older),
        cmocka_unit_test(a_supplier_audit_does_not_count),
        cmocka_unit_test(a_result_counts_for_36_months),
        cmocka_unit_test(a_failing_error_takes_a_conforming_result_away),
        cmocka_unit_test(without_a_result_the_checks_speak),
        cmocka_unit_test(absence_alone_is_not_half),
        cmocka_unit_test(a_failing_error_without_a_result_is_not_known),
        cmocka_unit_test(clauses_are_counted_in_their_order),
        cmocka_unit_test(a_share_is_rounded_to_the_nearest_and_full_only_where_all_is_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
