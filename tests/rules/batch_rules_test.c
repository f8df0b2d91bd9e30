/* Each rule between rows, from both sides: it holds at the batch's end, not before. */
#include "clause5/rules/edit.h"
#include "support/fixture.h"

static void put_policy(struct fixture *fixture) {
    put(fixture, REGISTER_PERSON, "name=Jo Novak");
    put(fixture, REGISTER_POLICY, "ref=POL-001|title=Access|kind=topic policy");
}

static void a_policy_has_one_approved_version(void **state) {
    struct fixture *fixture = *state;
    put_policy(fixture);
    put(fixture, REGISTER_POLICY_VERSION,
        "policy=POL-001|version=1.0|status=approved|approved_by=Jo Novak|approved_on=2026-01-02");
    refuse_put(fixture, REGISTER_POLICY_VERSION,
               "policy=POL-001|version=2.0|status=approved|approved_by=Jo Novak|"
               "approved_on=2026-02-02");
    assert_said(fixture, "so is version 1.0 of the same policy");
    put(fixture, REGISTER_POLICY, "ref=POL-002|title=Other|kind=topic policy");
    put(fixture, REGISTER_POLICY_VERSION,
        "policy=POL-002|version=2.0|status=approved|approved_by=Jo Novak|approved_on=2026-02-02");
}

static void a_policy_has_one_version_in_work(void **state) {
    struct fixture *fixture = *state;
    put_policy(fixture);
    put(fixture, REGISTER_POLICY_VERSION, "policy=POL-001|version=1.0|status=draft");
    refuse_put(fixture, REGISTER_POLICY_VERSION, "policy=POL-001|version=1.1|status=in review");
    put(fixture, REGISTER_POLICY_VERSION, "policy=POL-001|version=0.9|status=withdrawn");
    refuse_change(fixture, REGISTER_POLICY_VERSION, "POL-001/0.9", "status=draft");
}

static void two_versions_may_change_places_within_a_batch(void **state) {
    struct fixture *fixture = *state;
    put_policy(fixture);
    put(fixture, REGISTER_POLICY_VERSION, "policy=POL-001|version=1.0|status=draft");
    begin(fixture);
    assert_true(
        try_insert(fixture, REGISTER_POLICY_VERSION, "policy=POL-001|version=1.1|status=draft"));
    assert_true(try_change(fixture, REGISTER_POLICY_VERSION, "POL-001/1.0", "status=withdrawn"));
    assert_true(try_commit(fixture));
}

static void a_policy_does_not_derive_from_itself(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_POLICY, "ref=A|title=A|kind=other");
    put(fixture, REGISTER_POLICY, "ref=B|title=B|kind=other|parent=A");
    put(fixture, REGISTER_POLICY, "ref=C|title=C|kind=other|parent=B");
    refuse_change(fixture, REGISTER_POLICY, "A", "parent=A");
    refuse_change(fixture, REGISTER_POLICY, "A", "parent=C");
    assert_int_equal(fixture->field, POLICY_PARENT);
    change(fixture, REGISTER_POLICY, "C", "parent=A");
    change(fixture, REGISTER_POLICY, "B", "parent=C");
}

static void a_role_does_not_report_to_itself(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_ROLE, "ref=A|title=Role A|kind=isms");
    put(fixture, REGISTER_ROLE, "ref=B|title=Role B|kind=isms|reports_to=A");
    refuse_change(fixture, REGISTER_ROLE, "A", "reports_to=B");
    assert_int_equal(fixture->field, ROLE_REPORTS_TO);
    change(fixture, REGISTER_ROLE, "A", "escalates_to=B");
}

static void a_translation_and_an_acknowledgement_name_a_version_that_there_is(void **state) {
    struct fixture *fixture = *state;
    put_policy(fixture);
    refuse_put(fixture, REGISTER_TRANSLATION, "policy=POL-001|language=de|version=1.0");
    refuse_put(fixture, REGISTER_ACKNOWLEDGEMENT,
               "policy=POL-001|version=1.0|person=Jo Novak|acknowledged_on=2026-01-01");
    assert_said(fixture, "names version 1.0");
    begin(fixture);
    assert_true(try_insert(fixture, REGISTER_ACKNOWLEDGEMENT,
                           "policy=POL-001|version=1.0|person=Jo Novak|"
                           "acknowledged_on=2026-01-01"));
    assert_true(
        try_insert(fixture, REGISTER_TRANSLATION, "policy=POL-001|language=de|version=1.0"));
    assert_true(
        try_insert(fixture, REGISTER_POLICY_VERSION, "policy=POL-001|version=1.0|status=draft"));
    assert_true(try_commit(fixture));
}

static void a_link_names_a_record_that_there_is(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_EVIDENCE, "ref=EV-001|title=Minutes|kind=record");
    refuse_put(fixture, REGISTER_EVIDENCE_LINK, "evidence=EV-001|register=policy|record=POL-001");
    assert_int_equal(fixture->field, EVIDENCE_LINK_RECORD);
    begin(fixture);
    assert_true(try_insert(fixture, REGISTER_EVIDENCE_LINK,
                           "evidence=EV-001|register=policy|record=POL-001"));
    assert_true(try_insert(fixture, REGISTER_POLICY, "ref=POL-001|title=Access|kind=other"));
    assert_true(try_commit(fixture));
}

static void an_exception_names_a_record_that_there_is(void **state) {
    struct fixture *fixture = *state;
    refuse_put(fixture, REGISTER_EXCEPTION,
               "check=policy-unowned|register=policy|record=POL-001|reason=R|"
               "until_on=2027-01-01");
    put_policy(fixture);
    put(fixture, REGISTER_EXCEPTION,
        "check=policy-unowned|register=policy|record=POL-001|reason=R|until_on=2027-01-01");
}

static void put_round(struct fixture *fixture) {
    put(fixture, REGISTER_REQUIREMENT, "ref=X-1|clause=5.1|kind=requirement|title=One");
    put(fixture, REGISTER_REQUIREMENT, "ref=X-2|clause=5.1|kind=requirement|title=Two");
    put(fixture, REGISTER_AUDIT,
        "ref=2026-IA|title=Internal|kind=internal|auditor=Eva|starts_on=2026-11-01");
    put(fixture, REGISTER_ASSESSMENT,
        "audit=2026-IA|requirement=X-1|state=to do|result=not assessed");
}

static void an_assessment_keeps_the_table_of_results(void **state) {
    struct fixture *fixture = *state;
    put_round(fixture);
    refuse_change(fixture, REGISTER_ASSESSMENT, "2026-IA/X-1",
                  "state=done|result=partial|note=Half");
    assert_said(fixture, "assessment 2026-IA/X-1 cannot stand so: partial");
    refuse_change(fixture, REGISTER_ASSESSMENT, "2026-IA/X-1", "state=done|result=not applicable");
    assert_int_equal(fixture->field, ASSESSMENT_NOTE);
    change(fixture, REGISTER_ASSESSMENT, "2026-IA/X-1",
           "state=done|result=not applicable|note=No suppliers");
}

static void a_practice_belongs_in_self_assessments(void **state) {
    struct fixture *fixture = *state;
    put_round(fixture);
    put(fixture, REGISTER_REQUIREMENT, "ref=X-P|clause=5.1|kind=practice|title=Good");
    refuse_put(fixture, REGISTER_ASSESSMENT,
               "audit=2026-IA|requirement=X-P|state=to do|result=not assessed");
    put(fixture, REGISTER_AUDIT,
        "ref=2026-SA|title=Self|kind=self-assessment|auditor=Eva|starts_on=2026-11-01");
    put(fixture, REGISTER_ASSESSMENT,
        "audit=2026-SA|requirement=X-P|state=to do|result=not assessed");
    refuse_change(fixture, REGISTER_AUDIT, "2026-SA", "kind=internal");
    assert_said(fixture, "2026-SA/X-P");
    change(fixture, REGISTER_REQUIREMENT, "X-2", "kind=practice");
    refuse_change(fixture, REGISTER_REQUIREMENT, "X-1", "kind=practice");
    assert_int_equal(fixture->field, REQUIREMENT_KIND);
}

static void closing_a_round_needs_no_open_line_and_a_conclusion(void **state) {
    struct fixture *fixture = *state;
    put_round(fixture);
    refuse_change(fixture, REGISTER_AUDIT, "2026-IA", "closed_on=2026-11-20|conclusion=conforms");
    assert_said(fixture, "1 open line:");
    change(fixture, REGISTER_ASSESSMENT, "2026-IA/X-1", "state=done|result=conforms");
    refuse_change(fixture, REGISTER_AUDIT, "2026-IA", "closed_on=2026-11-20");
    assert_int_equal(fixture->field, AUDIT_CONCLUSION);
    change(fixture, REGISTER_AUDIT, "2026-IA", "closed_on=2026-11-20|conclusion=conforms");
}

static void close_round(struct fixture *fixture) {
    put_round(fixture);
    put(fixture, REGISTER_SAMPLE,
        "audit=2026-IA|requirement=X-1|population=9|size=3|method=random|drawn_on=2026-11-02");
    change(fixture, REGISTER_ASSESSMENT, "2026-IA/X-1", "state=done|result=conforms");
    change(fixture, REGISTER_AUDIT, "2026-IA", "closed_on=2026-11-20|conclusion=conforms");
}

static void a_closed_round_takes_no_change(void **state) {
    struct fixture *fixture = *state;
    close_round(fixture);
    refuse_change(fixture, REGISTER_AUDIT, "2026-IA", "title=Other");
    assert_said(fixture, "reopen it first, with a reason");
    refuse_change(fixture, REGISTER_AUDIT, "2026-IA", "closed_on=");
    refuse_change(fixture, REGISTER_ASSESSMENT, "2026-IA/X-1", "note=Late");
    refuse_put(fixture, REGISTER_ASSESSMENT,
               "audit=2026-IA|requirement=X-2|state=done|result=conforms");
    refuse_put(fixture, REGISTER_SAMPLE,
               "audit=2026-IA|requirement=X-2|population=9|size=3|method=all|drawn_on=2026-11-02");
    refuse_change(fixture, REGISTER_SAMPLE, "2026-IA/X-1/2026-11-02", "note=Late");
    refuse_drop(fixture, REGISTER_ASSESSMENT, "2026-IA/X-1");
    refuse_drop(fixture, REGISTER_SAMPLE, "2026-IA/X-1/2026-11-02");
    refuse_drop(fixture, REGISTER_AUDIT, "2026-IA");
    refuse_drop(fixture, REGISTER_REQUIREMENT, "X-1");
    assert_said(fixture, "the round 2026-IA is closed");
    drop(fixture, REGISTER_REQUIREMENT, "X-2");
}

static void a_closed_round_is_not_reached_around_another(void **state) {
    struct fixture *fixture = *state;
    close_round(fixture);
    put(fixture, REGISTER_AUDIT,
        "ref=2026-SA|title=Self|kind=self-assessment|auditor=Eva|starts_on=2026-11-01");
    begin(fixture);
    assert_true(try_change(fixture, REGISTER_AUDIT, "2026-SA", "title=Touched"));
    assert_true(try_change(fixture, REGISTER_ASSESSMENT, "2026-IA/X-1", "note=Late"));
    assert_false(try_commit(fixture));
    assert_said(fixture, "belongs to a closed round");
    begin(fixture);
    assert_true(try_change(fixture, REGISTER_AUDIT, "2026-SA", "title=Touched"));
    assert_false(try_change(fixture, REGISTER_ASSESSMENT, "2026-IA/X-1", "audit=2026-SA"));
    edit_abandon(fixture->workbook);
}

static void a_round_may_come_in_closed_with_its_lines(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_REQUIREMENT, "ref=X-1|clause=5.1|kind=requirement|title=One");
    begin(fixture);
    assert_true(try_insert(fixture, REGISTER_AUDIT,
                           "ref=2025-IA|title=Old|kind=internal|auditor=Eva|"
                           "starts_on=2025-11-01|closed_on=2025-11-20"));
    assert_true(try_insert(fixture, REGISTER_ASSESSMENT,
                           "audit=2025-IA|requirement=X-1|state=done|result=conforms"));
    assert_true(try_change(fixture, REGISTER_AUDIT, "2025-IA", "summary=All well"));
    assert_true(try_commit(fixture));
    begin(fixture);
    assert_true(try_insert(fixture, REGISTER_AUDIT,
                           "ref=2024-IA|title=Older|kind=internal|auditor=Eva|"
                           "starts_on=2024-11-01|closed_on=2024-11-20"));
    assert_true(try_insert(fixture, REGISTER_ASSESSMENT,
                           "audit=2024-IA|requirement=X-1|state=to do|result=not assessed"));
    assert_false(try_commit(fixture));
}

static void an_unchanged_row_of_a_closed_round_is_no_change(void **state) {
    struct fixture *fixture = *state;
    close_round(fixture);
    change(fixture, REGISTER_ASSESSMENT, "2026-IA/X-1", "state=done");
    change(fixture, REGISTER_AUDIT, "2026-IA", "kind=internal");
}

struct heard {
    int count;
    int64_t ids[4];
};

static void hear_breach(void *context, enum register_id register_id, int64_t id,
                        const struct fault *breach) {
    struct heard *heard = context;
    assert_int_equal(register_id, REGISTER_TRANSLATION);
    assert_int_equal(breach->kind, FAULT_REFUSED);
    heard->ids[heard->count++] = id;
}

static void each_breach_is_told_with_its_record(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    struct heard heard = {0};
    const struct breach_visitor visitor = {.visit = hear_breach, .context = &heard};
    put_policy(fixture);
    put(fixture, REGISTER_POLICY_VERSION, "policy=POL-001|version=1.0|status=draft");
    begin(fixture);
    assert_true(
        try_insert(fixture, REGISTER_TRANSLATION, "policy=POL-001|language=de|version=2.0"));
    assert_true(
        try_insert(fixture, REGISTER_TRANSLATION, "policy=POL-001|language=fr|version=1.0"));
    assert_true(
        try_insert(fixture, REGISTER_TRANSLATION, "policy=POL-001|language=it|version=3.0"));
    assert_int_equal(edit_check(fixture->workbook, &visitor, &fault), 2);
    assert_int_equal(heard.count, 2);
    int64_t german = find(fixture, REGISTER_TRANSLATION, "POL-001/de");
    assert_true(heard.ids[0] == german || heard.ids[1] == german);
    assert_false(try_commit(fixture));
    assert_int_equal(count(fixture, REGISTER_TRANSLATION), 0);
}

int main(void) {
#define CLAIM(claim) cmocka_unit_test_setup_teardown(claim, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        CLAIM(a_policy_has_one_approved_version),
        CLAIM(a_policy_has_one_version_in_work),
        CLAIM(two_versions_may_change_places_within_a_batch),
        CLAIM(a_policy_does_not_derive_from_itself),
        CLAIM(a_role_does_not_report_to_itself),
        CLAIM(a_translation_and_an_acknowledgement_name_a_version_that_there_is),
        CLAIM(a_link_names_a_record_that_there_is),
        CLAIM(an_exception_names_a_record_that_there_is),
        CLAIM(an_assessment_keeps_the_table_of_results),
        CLAIM(a_practice_belongs_in_self_assessments),
        CLAIM(closing_a_round_needs_no_open_line_and_a_conclusion),
        CLAIM(a_closed_round_takes_no_change),
        CLAIM(a_closed_round_is_not_reached_around_another),
        CLAIM(a_round_may_come_in_closed_with_its_lines),
        CLAIM(an_unchanged_row_of_a_closed_round_is_no_change),
        CLAIM(each_breach_is_told_with_its_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
