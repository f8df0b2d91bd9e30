/* The steps of a policy version. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/rules/edit.h"
#include "clause5/rules/workflow.h"
#include "clause5/store/batch.h"
#include "support/fixture.h"

static int policy_open(void **state) {
    fixture_open(state);
    struct fixture *fixture = *state;
    put(fixture, REGISTER_PERSON, "name=Jo Novak");
    put(fixture, REGISTER_ROLE, "ref=CEO|title=Director|kind=top management|holder=Jo Novak");
    put(fixture, REGISTER_POLICY, "ref=POL-001|title=Access|kind=topic policy|review_months=6");
    put(fixture, REGISTER_POLICY, "ref=POL-002|title=Backups|kind=topic policy");
    put(fixture, REGISTER_POLICY_VERSION,
        "policy=POL-001|version=1.0|status=approved|approved_by=Jo Novak|approved_on=2025-01-02|"
        "author=CEO|reviewers=Everybody");
    return 0;
}

static bool step_with(struct fixture *fixture, const char *key, enum version_step step,
                      const struct version_details *details) {
    struct fault fault = {0};
    int64_t version = find(fixture, REGISTER_POLICY_VERSION, key);
    bool is_taken = version_take_step(fixture->workbook, version, step, details, &fault);
    free(fixture->said);
    fixture->said = buffer_take(&fault.text);
    fixture->field = fault_field(&fault);
    assert_int_equal(is_taken, fault.kind == FAULT_NONE);
    assert_false(batch_is_open(fixture->workbook));
    return is_taken;
}

static void start_draft(struct fixture *fixture, const char *policy, const char *name) {
    struct fault fault = {0};
    int64_t id = 0;
    assert_no_fault(version_start_draft(fixture->workbook, find(fixture, REGISTER_POLICY, policy),
                                        name, &id, &fault),
                    &fault);
    assert_int_not_equal(id, 0);
}

static date_days day_of(const char *text) {
    date_days day = 0;
    assert_true(date_parse(text, &day));
    return day;
}

static void a_draft_follows_the_approved_version(void **state) {
    struct fixture *fixture = *state;
    start_draft(fixture, "POL-001", NULL);
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/1.1", "status", "draft");
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/1.1", "author", "CEO");
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/1.1", "reviewers", "Everybody");
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/1.1", "drafted_on", "2026-11-21");
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/1.1", "approved_by", "");
    start_draft(fixture, "POL-002", NULL);
    assert_true(exists(fixture, REGISTER_POLICY_VERSION, "POL-002/1.0"));
}

static void a_second_draft_is_refused(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    int64_t id = 0;
    start_draft(fixture, "POL-001", "2.0");
    assert_false(version_start_draft(fixture->workbook, find(fixture, REGISTER_POLICY, "POL-001"),
                                     NULL, &id, &fault));
    assert_non_null(strstr(fault_text(&fault), "so is version 2.0"));
    assert_int_equal(count(fixture, REGISTER_POLICY_VERSION), 2);
    fault_clear(&fault);
}

static void assert_proposed(struct fixture *fixture, const char *newest, const char *next) {
    struct fault fault = {0};
    char cells[80];
    snprintf(cells, sizeof cells, "policy=POL-002|version=%s|status=withdrawn", newest);
    put(fixture, REGISTER_POLICY_VERSION, cells);
    char *name =
        version_propose_name(fixture->workbook, find(fixture, REGISTER_POLICY, "POL-002"), &fault);
    assert_string_equal(name, next);
    free(name);
}

static void a_proposed_name_is_the_number_after_the_highest(void **state) {
    struct fixture *fixture = *state;
    assert_proposed(fixture, "Final (really)", "1.0");
    assert_proposed(fixture, "1", "2");
    assert_proposed(fixture, "1.9", "1.10");
    assert_proposed(fixture, "1.10", "1.11");
    assert_proposed(fixture, "v1.10.3", "1.10.4");
    assert_proposed(fixture, "99999999999999999999", "1.10.4");
}

static void the_steps_lead_from_draft_to_approved(void **state) {
    struct fixture *fixture = *state;
    const struct version_details by_role = {.approved_by = find(fixture, REGISTER_ROLE, "CEO")};
    start_draft(fixture, "POL-001", "2.0");
    assert_true(step_with(fixture, "POL-001/2.0", VERSION_SUBMIT, NULL));
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/2.0", "status", "in review");
    assert_true(step_with(fixture, "POL-001/2.0", VERSION_APPROVE, &by_role));
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/2.0", "status", "approved");
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/2.0", "approved_by", "Jo Novak");
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/2.0", "approved_on", "2026-11-21");
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/1.0", "status", "superseded");
    assert_cell(fixture, REGISTER_POLICY, "POL-001", "next_review_on", "2027-05-21");
}

static void an_approval_counts_the_cycle_from_the_day_it_takes_effect(void **state) {
    struct fixture *fixture = *state;
    const struct version_details details = {.approved_by =
                                                find(fixture, REGISTER_PERSON, "Jo Novak"),
                                            .on = day_of("2026-08-30"),
                                            .has_day = true,
                                            .effective_on = day_of("2026-08-31"),
                                            .has_effective_day = true};
    start_draft(fixture, "POL-001", "2.0");
    assert_true(step_with(fixture, "POL-001/2.0", VERSION_APPROVE, &details));
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/2.0", "effective_on", "2026-08-31");
    assert_cell(fixture, REGISTER_POLICY, "POL-001", "next_review_on", "2027-02-28");
}

static void a_policy_without_a_cycle_is_reviewed_after_a_year(void **state) {
    struct fixture *fixture = *state;
    const struct version_details details = {.approved_by =
                                                find(fixture, REGISTER_PERSON, "Jo Novak"),
                                            .on = day_of("2024-02-29"),
                                            .has_day = true};
    start_draft(fixture, "POL-002", "1.0");
    assert_true(step_with(fixture, "POL-002/1.0", VERSION_APPROVE, &details));
    assert_cell(fixture, REGISTER_POLICY, "POL-002", "next_review_on", "2025-02-28");
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/1.0", "status", "approved");
}

static void an_approval_without_anybody_changes_nothing(void **state) {
    struct fixture *fixture = *state;
    start_draft(fixture, "POL-001", "2.0");
    assert_false(step_with(fixture, "POL-001/2.0", VERSION_APPROVE, NULL));
    assert_int_equal(fixture->field, POLICY_VERSION_APPROVED_BY);
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/1.0", "status", "approved");
    assert_cell(fixture, REGISTER_POLICY, "POL-001", "next_review_on", "");
}

static void a_confirmed_review_sets_the_next_one(void **state) {
    struct fixture *fixture = *state;
    assert_true(step_with(fixture, "POL-001/1.0", VERSION_CONFIRM, NULL));
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/1.0", "reviewed_on", "2026-11-21");
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/1.0", "approved_on", "2025-01-02");
    assert_cell(fixture, REGISTER_POLICY, "POL-001", "next_review_on", "2027-05-21");
}

static void a_plain_edit_sets_no_date_and_supersedes_nothing(void **state) {
    struct fixture *fixture = *state;
    change(fixture, REGISTER_POLICY_VERSION, "POL-001/1.0", "approved_on=2026-01-02");
    assert_cell(fixture, REGISTER_POLICY, "POL-001", "next_review_on", "");
}

static void a_withdrawn_version_takes_no_step(void **state) {
    struct fixture *fixture = *state;
    assert_true(step_with(fixture, "POL-001/1.0", VERSION_WITHDRAW, NULL));
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/1.0", "status", "withdrawn");
    for (int step = 0; step < VERSION_STEPS; step++) {
        assert_false(step_with(fixture, "POL-001/1.0", (enum version_step)step, NULL));
        assert_said(fixture, "begin a new draft");
    }
}

static void each_status_has_its_next_step(void **state) {
    (void)state;
    static const struct {
        const char *status;
        enum version_step next;
        bool may[VERSION_STEPS]; /* submit, approve, confirm, withdraw */
    } expected[] = {
        {"draft", VERSION_SUBMIT, {true, true, false, true}},
        {"in review", VERSION_APPROVE, {false, true, false, true}},
        {"approved", VERSION_CONFIRM, {false, false, true, true}},
        {"superseded", VERSION_NO_STEP, {false, false, false, false}},
        {"withdrawn", VERSION_NO_STEP, {false, false, false, false}},
    };
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        struct value status = value_of_text(expected[i].status);
        assert_int_equal(version_next_step(&status), expected[i].next);
        for (int step = 0; step < VERSION_STEPS; step++) {
            assert_int_equal(version_may_step(&status, (enum version_step)step),
                             expected[i].may[step]);
        }
        value_free(&status);
    }
}

static void a_step_joins_the_open_batch(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    int64_t version = find(fixture, REGISTER_POLICY_VERSION, "POL-001/1.0");
    begin(fixture);
    assert_no_fault(version_take_step(fixture->workbook, version, VERSION_CONFIRM, NULL, &fault),
                    &fault);
    assert_true(batch_is_open(fixture->workbook));
    edit_abandon(fixture->workbook);
    assert_cell(fixture, REGISTER_POLICY, "POL-001", "next_review_on", "");
}

int main(void) {
#define CLAIM(claim) cmocka_unit_test_setup_teardown(claim, policy_open, fixture_close)
    const struct CMUnitTest tests[] = {
        CLAIM(a_draft_follows_the_approved_version),
        CLAIM(a_second_draft_is_refused),
        CLAIM(a_proposed_name_is_the_number_after_the_highest),
        CLAIM(the_steps_lead_from_draft_to_approved),
        CLAIM(an_approval_counts_the_cycle_from_the_day_it_takes_effect),
        CLAIM(a_policy_without_a_cycle_is_reviewed_after_a_year),
        CLAIM(an_approval_without_anybody_changes_nothing),
        CLAIM(a_confirmed_review_sets_the_next_one),
        CLAIM(a_plain_edit_sets_no_date_and_supersedes_nothing),
        CLAIM(a_withdrawn_version_takes_no_step),
        CLAIM(each_status_has_its_next_step),
        CLAIM(a_step_joins_the_open_batch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
