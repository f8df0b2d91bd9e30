/* The steps of an action, and what each refuses. */
#include "clause5/rules/action.h"

#include <stdlib.h>

#include "clause5/store/batch.h"
#include "support/fixture.h"

static int actions_open(void **state) {
    fixture_open(state);
    struct fixture *fixture = *state;
    put(fixture, REGISTER_PERSON, "name=Jo Novak");
    put(fixture, REGISTER_PERSON, "name=Mia Sato");
    put(fixture, REGISTER_ROLE, "ref=CEO|title=Director|kind=top management|holder=Mia Sato");
    put(fixture, REGISTER_ACTION,
        "ref=AC-1|title=Lock the door|source=finding|raised_on=2026-10-01|status=open");
    put(fixture, REGISTER_ACTION,
        "ref=AC-2|title=Buy a safe|source=plan|raised_on=2026-10-01|owner=Jo Novak|"
        "status=in progress");
    return 0;
}

static bool step(struct fixture *fixture, const char *key, enum action_step step,
                 const struct action_details *details) {
    struct fault fault = {0};
    bool is_taken = action_take_step(fixture->workbook, find(fixture, REGISTER_ACTION, key), step,
                                     details, &fault);
    free(fixture->said);
    fixture->said = buffer_take(&fault.text);
    fixture->field = fault_field(&fault);
    assert_int_equal(is_taken, fault.kind == FAULT_NONE);
    assert_false(batch_is_open(fixture->workbook));
    return is_taken;
}

static date_days day_of(const char *text) {
    date_days day = 0;
    assert_true(date_parse(text, &day));
    return day;
}

static void an_action_nobody_has_cannot_start(void **state) {
    struct fixture *fixture = *state;
    struct action_details details = {0};
    assert_false(step(fixture, "AC-1", ACTION_STEP_START, &details));
    assert_int_equal(fixture->field, ACTION_OWNER);
    details.owner = find(fixture, REGISTER_PERSON, "Jo Novak");
    assert_true(step(fixture, "AC-1", ACTION_STEP_START, &details));
    assert_cell(fixture, REGISTER_ACTION, "AC-1", "status", "in progress");
    assert_cell(fixture, REGISTER_ACTION, "AC-1", "owner", "Jo Novak");
}

static void a_nonconformity_is_not_done_without_its_cause(void **state) {
    struct fixture *fixture = *state;
    struct action_details details = {.correction = "Door locked"};
    assert_false(step(fixture, "AC-1", ACTION_STEP_FINISH, &details));
    assert_int_equal(fixture->field, ACTION_ROOT_CAUSE);
    assert_cell(fixture, REGISTER_ACTION, "AC-1", "correction", "");
    details.root_cause = "The key was lost";
    details.cause_method = "5 whys";
    assert_true(step(fixture, "AC-1", ACTION_STEP_FINISH, &details));
    assert_cell(fixture, REGISTER_ACTION, "AC-1", "correction", "Door locked");
    assert_cell(fixture, REGISTER_ACTION, "AC-1", "done_on", "2026-11-21");
    assert_cell(fixture, REGISTER_ACTION, "AC-1", "verify_due_on", "2027-02-19");
}

static void a_plan_step_is_done_without_a_cause_but_not_tomorrow(void **state) {
    struct fixture *fixture = *state;
    struct action_details details = {.has_day = true, .on = day_of("2026-11-22")};
    assert_false(step(fixture, "AC-2", ACTION_STEP_FINISH, &details));
    assert_int_equal(fixture->field, ACTION_DONE_ON);
    details.on = day_of("2026-11-20");
    assert_true(step(fixture, "AC-2", ACTION_STEP_FINISH, &details));
    assert_cell(fixture, REGISTER_ACTION, "AC-2", "done_on", "2026-11-20");
}

static void verifying_wants_who_when_and_how_it_was_judged(void **state) {
    struct fixture *fixture = *state;
    struct action_details details = {0};
    assert_false(step(fixture, "AC-2", ACTION_STEP_VERIFY, &details));
    assert_said(fixture, "in progress");
    assert_true(step(fixture, "AC-2", ACTION_STEP_FINISH, &details));
    assert_false(step(fixture, "AC-2", ACTION_STEP_VERIFY, &details));
    assert_int_equal(fixture->field, ACTION_EFFECTIVENESS);
    details.effectiveness = "Nothing was taken since";
    assert_false(step(fixture, "AC-2", ACTION_STEP_VERIFY, &details));
    assert_int_equal(fixture->field, ACTION_VERIFIED_BY);
    details.verified_by = find(fixture, REGISTER_ROLE, "CEO");
    details.has_day = true;
    details.on = day_of("2026-11-20");
    assert_false(step(fixture, "AC-2", ACTION_STEP_VERIFY, &details));
    assert_said(fixture, "done only on 2026-11-21");
    details.on = day_of("2026-11-21");
    assert_true(step(fixture, "AC-2", ACTION_STEP_VERIFY, &details));
    assert_cell(fixture, REGISTER_ACTION, "AC-2", "verified_by", "Mia Sato");
    assert_true(step(fixture, "AC-2", ACTION_STEP_CLOSE, &details));
    assert_cell(fixture, REGISTER_ACTION, "AC-2", "status", "closed");
}

static void what_did_not_work_is_taken_up_again(void **state) {
    struct fixture *fixture = *state;
    struct action_details details = {.effectiveness = "Two more were taken"};
    assert_true(step(fixture, "AC-2", ACTION_STEP_FINISH, &details));
    assert_true(step(fixture, "AC-2", ACTION_STEP_REOPEN, &details));
    assert_cell(fixture, REGISTER_ACTION, "AC-2", "status", "in progress");
    assert_cell(fixture, REGISTER_ACTION, "AC-2", "done_on", "");
    assert_cell(fixture, REGISTER_ACTION, "AC-2", "verify_due_on", "");
    assert_cell(fixture, REGISTER_ACTION, "AC-2", "effectiveness", "Two more were taken");
}

static void giving_up_wants_a_reason_and_ends_it(void **state) {
    struct fixture *fixture = *state;
    struct action_details details = {0};
    assert_false(step(fixture, "AC-2", ACTION_STEP_CANCEL, &details));
    details.reason = "too dear";
    assert_true(step(fixture, "AC-2", ACTION_STEP_CANCEL, &details));
    struct value status = value_of_text("cancelled");
    assert_int_equal(action_next_step(&status), ACTION_NO_STEP);
    value_free(&status);
    assert_false(step(fixture, "AC-2", ACTION_STEP_FINISH, &details));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_action_nobody_has_cannot_start, actions_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_nonconformity_is_not_done_without_its_cause, actions_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_plan_step_is_done_without_a_cause_but_not_tomorrow,
                                        actions_open, fixture_close),
        cmocka_unit_test_setup_teardown(verifying_wants_who_when_and_how_it_was_judged,
                                        actions_open, fixture_close),
        cmocka_unit_test_setup_teardown(what_did_not_work_is_taken_up_again, actions_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(giving_up_wants_a_reason_and_ends_it, actions_open,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
