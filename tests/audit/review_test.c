/* Management reviews: what they are filled with, and how they end. */
#include "clause5/audit/review.h"

#include <stdlib.h>
#include <string.h>

#include "support/fixture.h"

static int64_t start(struct fixture *fixture, const char *ref) {
    struct fault fault = {0};
    int64_t id = 0;
    date_days day = 0;
    assert_true(date_parse("2026-11-21", &day));
    const struct review_plan plan = {.ref = ref, .title = "Review", .planned_on = day};
    if (!review_start(fixture->workbook, &plan, &id, &fault)) {
        fail_msg("%s", fault_text(&fault));
    }
    return id;
}

static void a_review_of_an_empty_workbook_says_what_there_is_not(void **state) {
    struct fixture *fixture = *state;
    start(fixture, "MR");
    assert_int_equal(count(fixture, REGISTER_REVIEW_INPUT), REVIEW_INPUTS);
    assert_int_equal(count(fixture, REGISTER_ATTENDANCE), 0);
    assert_cell(fixture, REGISTER_REVIEW_INPUT, "MR/d1 nonconformities", "summary",
                "No nonconformity is open.");
    assert_cell(fixture, REGISTER_REVIEW_INPUT, "MR/b issues", "summary",
                "No change of duties, roles, people or policies is on record, and no incident.");
}

static void inputs_name_decisions_figures_and_feedback(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_PERSON, "name=Eva|top_management=yes");
    put(fixture, REGISTER_REVIEW,
        "ref=MR-1|title=First|kind=management review|held_on=2026-06-01|chair=Eva");
    put(fixture, REGISTER_ACTION,
        "ref=A1|title=Do it|source=management review|raised_on=2026-06-01|status=open|"
        "due_on=2026-10-01");
    put(fixture, REGISTER_DECISION,
        "ref=D1|review=MR-1|title=Do it|category=improvement|action=A1");
    put(fixture, REGISTER_ACTION,
        "ref=A2|title=Louder bell|source=feedback|raised_by=Max|"
        "raised_on=2026-07-01|status=open");
    put(fixture, REGISTER_KPI,
        "ref=K|title=Clicks|unit=%|direction=down|target=5|"
        "frequency=monthly|source=measured");
    put(fixture, REGISTER_MEASUREMENT, "kpi=K|measured_on=2026-11-01|value=9");
    start(fixture, "MR-2");
    assert_cell(fixture, REGISTER_REVIEW_INPUT, "MR-2/a previous actions", "summary",
                "D1 Do it: A1 open, due 2026-10-01");
    assert_cell(fixture, REGISTER_REVIEW_INPUT, "MR-2/d2 measurements", "summary",
                "K Clicks: 9 % on 2026-11-01, red (target 5)");
    assert_cell(fixture, REGISTER_REVIEW_INPUT, "MR-2/e feedback", "summary",
                "A2 Louder bell, from Max: open");
    assert_cell(fixture, REGISTER_REVIEW, "MR-2", "chair", "Eva");
    assert_cell(fixture, REGISTER_ATTENDANCE, "MR-2/Eva", "attended", "no");
}

static void refilling_spares_what_was_written_and_what_was_dealt_with(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    int filled = 0;
    int64_t review = start(fixture, "MR");
    change(fixture, REGISTER_REVIEW_INPUT, "MR/e feedback", "summary=Bell too soft");
    change(fixture, REGISTER_REVIEW_INPUT, "MR/f risks", "summary=Old|state=discussed");
    assert_true(review_fill(fixture->workbook, review, true, &filled, &fault));
    assert_int_equal(filled, 0);
    assert_true(review_fill(fixture->workbook, review, false, &filled, &fault));
    assert_int_equal(filled, 1);
    assert_cell(fixture, REGISTER_REVIEW_INPUT, "MR/e feedback", "summary",
                "No feedback is recorded since the last review.");
    assert_cell(fixture, REGISTER_REVIEW_INPUT, "MR/f risks", "summary", "Old");
}

static void holding_ends_the_inputs_and_plans_the_next(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    struct review_holding holding = {.suitable = "yes",
                                     .adequate = "partly",
                                     .effective = "no",
                                     .open_inputs_end = "not covered",
                                     .next_ref = "MR-3"};
    int64_t review = start(fixture, "MR");
    change(fixture, REGISTER_REVIEW_INPUT, "MR/b issues", "state=no change");
    assert_true(date_parse("2026-11-21", &holding.on));
    assert_true(date_parse("2027-11-21", &holding.next_on));
    assert_true(review_hold(fixture->workbook, review, &holding, &fault));
    assert_cell(fixture, REGISTER_REVIEW, "MR", "held_on", "2026-11-21");
    assert_cell(fixture, REGISTER_REVIEW, "MR", "adequate", "partly");
    assert_cell(fixture, REGISTER_REVIEW_INPUT, "MR/b issues", "state", "no change");
    assert_cell(fixture, REGISTER_REVIEW_INPUT, "MR/f risks", "state", "not covered");
    assert_cell(fixture, REGISTER_REVIEW, "MR-3", "planned_on", "2027-11-21");
    assert_false(review_hold(fixture->workbook, review, &holding, &fault));
    assert_non_null(strstr(fault_text(&fault), "was held already"));
    fault_clear(&fault);
}

static void a_ref_that_is_taken_gets_a_number(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    char *first = review_propose_ref(fixture->workbook, 2026, &fault);
    assert_string_equal(first, "MR-2026");
    start(fixture, first);
    char *second = review_propose_ref(fixture->workbook, 2026, &fault);
    assert_string_equal(second, "MR-2026-2");
    free(first);
    free(second);
}

#define CLAIM(claim) cmocka_unit_test_setup_teardown(claim, fixture_open, fixture_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        CLAIM(a_review_of_an_empty_workbook_says_what_there_is_not),
        CLAIM(inputs_name_decisions_figures_and_feedback),
        CLAIM(refilling_spares_what_was_written_and_what_was_dealt_with),
        CLAIM(holding_ends_the_inputs_and_plans_the_next),
        CLAIM(a_ref_that_is_taken_gets_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
