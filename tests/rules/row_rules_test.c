/* Each rule about one row, from both sides. */
#include <stdio.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "support/fixture.h"

static void a_required_field_must_be_filled(void **state) {
    struct fixture *fixture = *state;
    refuse_put(fixture, REGISTER_POLICY, "ref=POL-001|title=Access");
    assert_said(fixture, "policy POL-001 needs its field kind: fill it in");
    assert_int_equal(fixture->field, POLICY_KIND);
    put(fixture, REGISTER_POLICY, "ref=POL-001|title=Access|kind=topic policy");
    refuse_change(fixture, REGISTER_POLICY, "POL-001", "title=");
    assert_cell(fixture, REGISTER_POLICY, "POL-001", "title", "Access");
}

static void a_second_key_that_differs_only_in_capitals_is_refused(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_POLICY, "ref=POL-001|title=Access|kind=topic policy");
    refuse_put(fixture, REGISTER_POLICY, "ref=pol-001|title=Other|kind=topic policy");
    assert_said(fixture, "POL-001");
    put(fixture, REGISTER_POLICY, "ref=POL-002|title=Other|kind=topic policy");
    refuse_change(fixture, REGISTER_POLICY, "POL-002", "ref=pol-001");
    assert_int_equal(count(fixture, REGISTER_POLICY), 2);
}

static void a_key_may_change_its_own_capitals(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_POLICY, "ref=pol-001|title=Access|kind=topic policy");
    change(fixture, REGISTER_POLICY, "pol-001", "ref=POL-001");
    assert_cell(fixture, REGISTER_POLICY, "POL-001", "ref", "POL-001");
}

static void an_email_belongs_to_one_person(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_PERSON, "name=Jo Novak|email=jo@example.org");
    refuse_put(fixture, REGISTER_PERSON, "name=Jo Nowak|email=JO@example.org");
    assert_int_equal(fixture->field, PERSON_EMAIL);
    assert_said(fixture, "Jo Novak");
    put(fixture, REGISTER_PERSON, "name=Jo Nowak|email=nowak@example.org");
    change(fixture, REGISTER_PERSON, "Jo Novak", "job_title=Owner|email=jo@example.org");
}

static void a_name_and_anothers_email_differ(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_PERSON, "name=Jo Novak|email=jo@example.org");
    refuse_put(fixture, REGISTER_PERSON, "name=jo@example.org");
    put(fixture, REGISTER_PERSON, "name=it@example.org");
    refuse_change(fixture, REGISTER_PERSON, "Jo Novak", "email=it@example.org");
    change(fixture, REGISTER_PERSON, "it@example.org", "email=it@example.org");
}

static void a_person_is_not_called_like_a_role(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_ROLE, "ref=CEO|title=Managing Director|kind=top management");
    refuse_put(fixture, REGISTER_PERSON, "name=ceo");
    refuse_put(fixture, REGISTER_PERSON, "name=Managing director");
    assert_said(fixture, "write the full name");
    put(fixture, REGISTER_PERSON, "name=Jo Novak");
    refuse_change(fixture, REGISTER_PERSON, "Jo Novak", "name=CEO");
}

static void a_role_is_not_called_like_a_person(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_PERSON, "name=Jo");
    refuse_put(fixture, REGISTER_ROLE, "ref=JO|title=Owner|kind=top management");
    refuse_put(fixture, REGISTER_ROLE, "ref=OWN|title=jo|kind=top management");
    assert_int_equal(fixture->field, ROLE_TITLE);
    put(fixture, REGISTER_ROLE, "ref=OWN|title=Owner|kind=top management|holder=Jo");
}

static void a_group_has_no_single_holder(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_PERSON, "name=Jo Novak");
    refuse_put(fixture, REGISTER_ROLE, "ref=ALL|title=All Staff|kind=group|holder=Jo Novak");
    put(fixture, REGISTER_ROLE, "ref=ALL|title=All Staff|kind=group");
}

static void an_approved_version_says_by_whom_and_when(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_PERSON, "name=Jo Novak");
    put(fixture, REGISTER_POLICY, "ref=POL-001|title=Access|kind=topic policy");
    refuse_put(fixture, REGISTER_POLICY_VERSION,
               "policy=POL-001|version=1.0|status=approved|approved_on=2026-01-02");
    assert_int_equal(fixture->field, POLICY_VERSION_APPROVED_BY);
    refuse_put(fixture, REGISTER_POLICY_VERSION,
               "policy=POL-001|version=1.0|status=approved|approved_by=Jo Novak");
    assert_int_equal(fixture->field, POLICY_VERSION_APPROVED_ON);
    put(fixture, REGISTER_POLICY_VERSION,
        "policy=POL-001|version=1.0|status=approved|approved_by=Jo Novak|approved_on=2026-01-02");
    put(fixture, REGISTER_POLICY_VERSION, "policy=POL-001|version=1.1|status=draft");
}

static void an_approval_by_a_role_stores_its_present_holder(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_PERSON, "name=Jo Novak|joined_on=2026-11-21|left_on=2026-11-21");
    put(fixture, REGISTER_ROLE, "ref=CEO|title=Director|kind=top management|holder=Jo Novak");
    put(fixture, REGISTER_OBJECTIVE,
        "ref=OBJ-01|title=Fewer|status=on track|approved_by=CEO|owner=CEO");
    assert_cell(fixture, REGISTER_OBJECTIVE, "OBJ-01", "approved_by", "Jo Novak");
    assert_cell(fixture, REGISTER_OBJECTIVE, "OBJ-01", "owner", "CEO");
}

static void an_approval_by_a_role_that_nobody_holds_stays_with_the_role(void **state) {
    struct fixture *fixture = *state;
    static const char *const people[] = {"name=Gone Yesterday|left_on=2026-11-20",
                                         "name=Comes Tomorrow|joined_on=2026-11-22"};
    put(fixture, REGISTER_ROLE, "ref=CEO|title=Director|kind=top management");
    put(fixture, REGISTER_RESOURCE,
        "ref=RES-00|year=2026|category=people|title=Hours|approved_by=CEO");
    assert_cell(fixture, REGISTER_RESOURCE, "RES-00", "approved_by", "CEO");
    for (size_t i = 0; i < COUNT(people); i++) {
        char holder[64] = "holder=";
        char row[96];
        put(fixture, REGISTER_PERSON, people[i]);
        strncat(holder, people[i] + strlen("name="), strcspn(people[i], "|") - strlen("name="));
        change(fixture, REGISTER_ROLE, "CEO", holder);
        snprintf(row, sizeof row,
                 "ref=RES-1%zu|year=2026|category=people|title=Hours|approved_by=CEO", i);
        put(fixture, REGISTER_RESOURCE, row);
        assert_cell(fixture, REGISTER_RESOURCE, i == 0 ? "RES-10" : "RES-11", "approved_by", "CEO");
    }
}

static void a_chair_named_by_a_role_is_its_present_holder(void **state) {
    struct fixture *fixture = *state;
    const struct field *chair = &register_describe(REGISTER_REVIEW)->fields[REVIEW_CHAIR];
    struct fault fault = {0};
    int64_t id = 0;
    int64_t person = put(fixture, REGISTER_PERSON, "name=Jo Novak");
    put(fixture, REGISTER_ROLE, "ref=CEO|title=Director|kind=top management");
    assert_int_equal(edit_find_reference(fixture->workbook, chair, "CEO", &id, &fault),
                     LOOKUP_FAULT);
    assert_non_null(strstr(fault_text(&fault), "nobody holds today"));
    change(fixture, REGISTER_ROLE, "CEO", "holder=Jo Novak");
    assert_int_equal(edit_find_reference(fixture->workbook, chair, "Director", &id, &fault),
                     LOOKUP_FOUND);
    assert_int_equal(id, person);
    assert_int_equal(edit_find_reference(fixture->workbook, chair, "Nobody", &id, &fault),
                     LOOKUP_NONE);
    const struct field *holder = &register_describe(REGISTER_ROLE)->fields[ROLE_HOLDER];
    assert_int_equal(edit_find_reference(fixture->workbook, holder, "CEO", &id, &fault),
                     LOOKUP_NONE);
    fault_clear(&fault);
}

/* Every approval field of every register, from the descriptions. */
static void every_approval_field_but_an_owner_resolves_roles(void **state) {
    (void)state;
    int approvals = 0;
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const struct register_description *description = register_describe((enum register_id)id);
        for (int field = 0; field < description->field_count; field++) {
            const char *name = description->fields[field].name;
            bool decides = strcmp(name, "approved_by") == 0 || strcmp(name, "verified_by") == 0 ||
                           strcmp(name, "decided_by") == 0 ||
                           strcmp(name, "authority_granted_by") == 0 || strcmp(name, "chair") == 0;
            assert_int_equal((description->fields[field].flags & FIELD_APPROVAL) != 0, decides);
            approvals += decides;
        }
    }
    assert_int_equal(approvals, 7);
}

static void a_communication_is_planned_or_sent(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_PERSON, "name=Jo Novak");
    refuse_put(fixture, REGISTER_COMMUNICATION,
               "ref=COM-001|title=Hello|kind=briefing|sender=Jo Novak|channel=email|"
               "audience=all staff");
    put(fixture, REGISTER_COMMUNICATION,
        "ref=COM-001|title=Hello|kind=briefing|sender=Jo Novak|channel=email|audience=all staff|"
        "sent_on=2026-01-01");
    change(fixture, REGISTER_COMMUNICATION, "COM-001", "sent_on=|planned_on=2027-01-01");
    refuse_change(fixture, REGISTER_COMMUNICATION, "COM-001", "planned_on=");
}

static void a_kpi_that_goes_up_or_down_needs_a_target(void **state) {
    struct fixture *fixture = *state;
    refuse_put(fixture, REGISTER_KPI,
               "ref=KPI-01|title=Clicks|direction=down|frequency=monthly|source=measured");
    assert_int_equal(fixture->field, KPI_TARGET);
    refuse_put(fixture, REGISTER_KPI,
               "ref=KPI-01|title=Clicks|direction=up|frequency=monthly|source=measured|lower=1");
    put(fixture, REGISTER_KPI,
        "ref=KPI-01|title=Clicks|direction=down|frequency=monthly|source=measured|target=0");
}

static void a_kpi_that_stays_within_needs_both_limits_in_order(void **state) {
    struct fixture *fixture = *state;
    refuse_put(fixture, REGISTER_KPI,
               "ref=KPI-01|title=T|direction=within|frequency=monthly|source=measured|upper=2");
    assert_int_equal(fixture->field, KPI_LOWER);
    refuse_put(fixture, REGISTER_KPI,
               "ref=KPI-01|title=T|direction=within|frequency=monthly|source=measured|lower=2");
    assert_int_equal(fixture->field, KPI_UPPER);
    refuse_put(fixture, REGISTER_KPI,
               "ref=KPI-01|title=T|direction=within|frequency=monthly|source=measured|lower=2|"
               "upper=1");
    put(fixture, REGISTER_KPI,
        "ref=KPI-01|title=T|direction=within|frequency=monthly|source=measured|lower=2|upper=2");
}

static void the_workbook_has_one_page_of_its_own(void **state) {
    struct fixture *fixture = *state;
    refuse_put(fixture, REGISTER_WORKBOOK, "organisation=Another");
    change(fixture, REGISTER_WORKBOOK, "", "organisation=Acme Ltd|currency=EUR");
    refuse_change(fixture, REGISTER_WORKBOOK, "", "currency=Euros");
    refuse_drop(fixture, REGISTER_WORKBOOK, "");
    assert_cell(fixture, REGISTER_WORKBOOK, "", "organisation", "Acme Ltd");
}

static void a_line_of_ones_own_starts_with_x(void **state) {
    struct fixture *fixture = *state;
    refuse_put(fixture, REGISTER_REQUIREMENT, "ref=5.1.z|clause=5.1|kind=requirement|title=Mine");
    assert_said(fixture, "starts with X-");
    put(fixture, REGISTER_REQUIREMENT, "ref=X-1|clause=5.1|kind=requirement|title=Mine");
    refuse_change(fixture, REGISTER_REQUIREMENT, "X-1", "ref=5.1.z");
    change(fixture, REGISTER_REQUIREMENT, "X-1", "ref=X-2|title=Still mine");
    drop(fixture, REGISTER_REQUIREMENT, "X-2");
}

static void a_shipped_line_stays_as_it_is(void **state) {
    struct fixture *fixture = *state;
    put_shipped(fixture, "ref=5.1.zz|clause=5.1|kind=requirement|title=Shipped");
    refuse_change(fixture, REGISTER_REQUIREMENT, "5.1.zz", "title=Mine");
    refuse_change(fixture, REGISTER_REQUIREMENT, "5.1.zz", "ref=X-1");
    refuse_drop(fixture, REGISTER_REQUIREMENT, "5.1.zz");
    assert_said(fixture, "ships with the program");
    /* The same again, as from a file, changes nothing and is no offence. */
    change(fixture, REGISTER_REQUIREMENT, "5.1.zz", "title=Shipped");
}

static void an_exception_names_a_check_that_there_is(void **state) {
    struct fixture *fixture = *state;
    refuse_put(fixture, REGISTER_EXCEPTION,
               "check=policy-lost|register=policy|record=-|reason=R|until_on=2027-01-01");
    assert_int_equal(fixture->field, EXCEPTION_CHECK);
    refuse_put(fixture, REGISTER_EXCEPTION,
               "check=check|register=policy|record=-|reason=R|until_on=2027-01-01");
    put(fixture, REGISTER_EXCEPTION,
        "check=policy-missing|register=policy|record=-|reason=R|until_on=2027-01-01");
    put(fixture, REGISTER_EXCEPTION,
        "check=evidence-unused|register=evidence|record=-|reason=R|until_on=2027-01-01");
}

static void a_record_key_is_stored_as_the_register_writes_it(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_POLICY, "ref=POL-001|title=Access|kind=topic policy");
    put(fixture, REGISTER_EVIDENCE, "ref=EV-001|title=Minutes|kind=record");
    put(fixture, REGISTER_EVIDENCE_LINK, "evidence=EV-001|register=policy|record=pol-001");
    assert_cell(fixture, REGISTER_EVIDENCE_LINK, "EV-001/policy/POL-001", "record", "POL-001");
}

int main(void) {
#define CLAIM(claim) cmocka_unit_test_setup_teardown(claim, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        CLAIM(a_required_field_must_be_filled),
        CLAIM(a_second_key_that_differs_only_in_capitals_is_refused),
        CLAIM(a_key_may_change_its_own_capitals),
        CLAIM(an_email_belongs_to_one_person),
        CLAIM(a_name_and_anothers_email_differ),
        CLAIM(a_person_is_not_called_like_a_role),
        CLAIM(a_role_is_not_called_like_a_person),
        CLAIM(a_group_has_no_single_holder),
        CLAIM(an_approved_version_says_by_whom_and_when),
        CLAIM(an_approval_by_a_role_stores_its_present_holder),
        CLAIM(an_approval_by_a_role_that_nobody_holds_stays_with_the_role),
        CLAIM(a_chair_named_by_a_role_is_its_present_holder),
        CLAIM(every_approval_field_but_an_owner_resolves_roles),
        CLAIM(a_communication_is_planned_or_sent),
        CLAIM(a_kpi_that_goes_up_or_down_needs_a_target),
        CLAIM(a_kpi_that_stays_within_needs_both_limits_in_order),
        CLAIM(the_workbook_has_one_page_of_its_own),
        CLAIM(a_line_of_ones_own_starts_with_x),
        CLAIM(a_shipped_line_stays_as_it_is),
        CLAIM(an_exception_names_a_check_that_there_is),
        CLAIM(a_record_key_is_stored_as_the_register_writes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
