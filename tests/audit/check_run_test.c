/* Running the checks: order, counts, exceptions, slices, and what is known of a requirement. */
#include <stdlib.h>
#include <string.h>

#include "check_stage.h"
#include "clause5/store/batch.h"
#include "support/testing.h"

static struct check_stage open_stage(void) {
    struct check_stage stage;
    check_stage_open(&stage);
    return stage;
}

static void the_heaviest_come_first_then_ids_then_records(void **state) {
    (void)state;
    struct check_stage stage = open_stage();
    check_stage_do(&stage, "add evidence ref=b|title=List|kind=record");
    check_stage_do(&stage, "add evidence ref=B2|title=List|kind=record");
    check_stage_do(&stage, "add evidence ref=a|title=List|kind=record|expires_on=2026-01-01");
    struct check_run *run = check_stage_run(&stage);
    const struct findings *findings = check_run_findings(run);
    assert_true(findings->count > 5);
    for (size_t i = 1; i < findings->count; i++) {
        const struct finding *left = &findings->items[i - 1];
        const struct finding *right = &findings->items[i];
        int order = (int)left->check->severity - (int)right->check->severity;
        order = order != 0 ? order : strcmp(left->check->id, right->check->id);
        order = order != 0 ? order : strcmp(left->record, right->record);
        assert_true(order < 0);
    }
    assert_int_equal(findings->count, check_run_count(run, SEVERITY_ERROR) +
                                          check_run_count(run, SEVERITY_WARNING) +
                                          check_run_count(run, SEVERITY_INFO));
    check_run_free(run);
    check_stage_close(&stage);
}

/* Fails unless the finding is set aside, or not. */
static void check_set_aside(struct check_stage *stage, const char *check, const char *record,
                            bool is_aside) {
    struct check_run *run = check_stage_run(stage);
    const struct finding *finding = check_stage_find(run, check, record);
    assert_non_null(finding);
    assert_int_equal(finding->set_aside_until != NULL, is_aside);
    assert_int_equal(check_run_count_set_aside(run), is_aside ? 1 : 0);
    if (is_aside) {
        assert_string_equal(finding->set_aside_reason, "Known");
    }
    check_run_free(run);
}

static void an_exception_holds_until_its_day_and_that_day(void **state) {
    (void)state;
    struct check_stage stage = open_stage();
    check_stage_do(&stage, "add evidence ref=EV-1|title=List|kind=record");
    check_set_aside(&stage, "evidence-unused", "EV-1", false);
    check_stage_do(&stage, "add exception check=evidence-unused|register=evidence|record=EV-1|"
                           "reason=Known|until_on=2026-12-24");
    check_set_aside(&stage, "evidence-unused", "EV-1", true);
    check_stage_on_day(&stage, "2026-12-24");
    check_set_aside(&stage, "evidence-unused", "EV-1", true);
    check_stage_on_day(&stage, "2026-12-25");
    check_set_aside(&stage, "evidence-unused", "EV-1", false);
    check_stage_close(&stage);
}

static void an_exception_is_for_one_check_and_one_record(void **state) {
    (void)state;
    struct check_stage stage = open_stage();
    check_stage_do(&stage, "add evidence ref=EV-1|title=List|kind=record|expires_on=2026-01-01");
    check_stage_do(&stage, "add evidence ref=EV-2|title=List|kind=record");
    check_stage_do(&stage, "add exception check=evidence-unused|register=evidence|record=EV-1|"
                           "reason=Known|until_on=2026-12-24");
    struct check_run *run = check_stage_run(&stage);
    assert_null(check_stage_find(run, "evidence-unused", "EV-2")->set_aside_until);
    assert_null(check_stage_find(run, "evidence-expired", "EV-1")->set_aside_until);
    assert_non_null(check_stage_find(run, "evidence-unused", "EV-1")->set_aside_until);
    check_run_free(run);
    check_stage_close(&stage);
}

static void an_absence_can_be_set_aside(void **state) {
    (void)state;
    struct check_stage stage = open_stage();
    check_stage_do(&stage, "add exception check=review-none|register=review|record=-|"
                           "reason=Known|until_on=2026-12-24");
    check_set_aside(&stage, "review-none", "-", true);
    check_stage_close(&stage);
}

static void checks_run_one_at_a_time(void **state) {
    (void)state;
    struct fault fault = {0};
    struct check_stage stage = open_stage();
    struct check_run *run = check_run_begin(stage.fixture.workbook, stage.book, &fault);
    int steps = 0;
    int step;
    size_t found = 0;
    assert_non_null(run);
    while ((step = check_run_next(run, &fault)) > 0) {
        steps++;
        assert_true(check_run_findings(run)->count >= found);
        found = check_run_findings(run)->count;
    }
    assert_int_equal(step, 0);
    assert_int_equal(steps, check_book_count(stage.book));
    struct check_run *whole = check_stage_run(&stage);
    assert_int_equal(check_run_findings(whole)->count, found);
    check_run_free(whole);
    check_run_free(run);
    check_stage_close(&stage);
}

enum { MANY_PEOPLE = 1500 };

/* People who joined long ago and have read nothing, in one batch. */
static void add_many(struct check_stage *stage) {
    struct fault fault = {0};
    struct value values[REGISTER_FIELDS_MOST] = {0};
    assert_no_fault(batch_begin(stage->fixture.workbook, "add many", &fault), &fault);
    for (int i = 0; i < MANY_PEOPLE; i++) {
        struct buffer cells = {0};
        int64_t id = 0;
        buffer_addf(&cells, "name=Person %d|joined_on=2020-01-01", i);
        cells_read(&stage->fixture, REGISTER_PERSON, buffer_text(&cells), values);
        assert_no_fault(batch_insert(stage->fixture.workbook, REGISTER_PERSON, values, &id, &fault),
                        &fault);
        buffer_free(&cells);
    }
    assert_no_fault(batch_commit(stage->fixture.workbook, &fault), &fault);
    values_free(values, REGISTER_FIELDS_MOST);
}

static bool is_set(void *context) {
    return *(bool *)context;
}

static void a_check_that_was_stopped_leaves_nothing_and_runs_again(void **state) {
    (void)state;
    struct fault fault = {0};
    bool should_stop = true;
    struct check_stage stage = open_stage();
    check_stage_do(&stage, "add policy ref=POL-001|title=Policy|kind=topic policy|"
                           "must_acknowledge=everyone");
    check_stage_do(&stage, "add policy_version policy=POL-001|version=2.0|status=approved|"
                           "approved_on=2026-01-01");
    add_many(&stage);
    int index = check_book_find(stage.book, "joiner-unacknowledged");
    struct check_run *run = check_run_begin(stage.fixture.workbook, stage.book, &fault);
    workbook_watch(stage.fixture.workbook, is_set, &should_stop);
    assert_false(check_run_one(run, index, &fault));
    assert_int_equal(fault.kind, FAULT_STOPPED);
    assert_int_equal(check_run_findings(run)->count, 0);
    fault_clear(&fault);
    should_stop = false;
    assert_no_fault(check_run_one(run, index, &fault), &fault);
    assert_int_equal(check_run_findings(run)->count, MANY_PEOPLE);
    workbook_watch(stage.fixture.workbook, NULL, NULL);
    check_run_free(run);
    check_stage_close(&stage);
}

static void one_check_runs_alone(void **state) {
    (void)state;
    struct fault fault = {0};
    struct check_stage stage = open_stage();
    struct check_run *run = check_run_begin(stage.fixture.workbook, stage.book, &fault);
    int index = check_book_find(stage.book, "policy-missing");
    assert_no_fault(check_run_one(run, index, &fault), &fault);
    assert_no_fault(check_run_one(run, index, &fault), &fault);
    assert_int_equal(check_run_findings(run)->count, 1);
    check_run_free(run);
    check_stage_close(&stage);
}

/* Two leaders, one of whom has read the policy. */
static void add_leaders(struct check_stage *stage) {
    check_stage_do(stage, "add person name=Ann Lee|top_management=yes");
    check_stage_do(stage, "add person name=Jo Novak|top_management=yes");
    check_stage_do(stage, "add policy ref=POL-001|title=Policy|kind=information security policy|"
                          "must_acknowledge=everyone|fits_purpose=yes");
    check_stage_do(stage, "add policy_version policy=POL-001|version=2.0|status=approved|"
                          "approved_by=Ann Lee|approved_on=2026-01-01");
    check_stage_do(stage, "add acknowledgement policy=POL-001|version=2.0|person=Ann Lee|"
                          "acknowledged_on=2026-01-02");
}

/* What is known of a requirement, gathered. */
struct known_text {
    struct buffer text;
    int64_t id;
};

static bool gather(void *context, const struct check *check, enum check_state state,
                   const struct basis *basis) {
    static const char *const words[] = {
        [CHECK_NO_DATA] = "no data", [CHECK_PASSED] = "passed", [CHECK_FAILED] = "failed"};
    struct known_text *known = context;
    for (size_t i = 0; i < basis->count; i++) {
        buffer_addf(&known->text, "%s %s: %s\n", words[state], check->id, basis->lines[i].text);
        known->id = basis->lines[i].id != 0 ? basis->lines[i].id : known->id;
    }
    return true;
}

static void check_known(struct check_stage *stage, const char *requirement, const char *expected) {
    struct fault fault = {0};
    struct known_text known = {0};
    const struct known_visitor visitor = {.visit = gather, .context = &known};
    struct check_run *run = check_run_begin(stage->fixture.workbook, stage->book, &fault);
    assert_no_fault(check_run_visit_known(run, requirement, &visitor, &fault), &fault);
    assert_string_equal(buffer_text(&known.text), expected);
    buffer_free(&known.text);
    check_run_free(run);
}

static void a_requirement_shows_what_is_known_with_figures_and_names(void **state) {
    (void)state;
    struct check_stage stage = open_stage();
    add_leaders(&stage);
    check_known(&stage, "7.3.a",
                "failed awareness-none: No campaign or briefing went out since 2025-11-21\n"
                "no data joiner-unacknowledged: Nothing recorded yet\n"
                "failed policy-unacknowledged-by-leaders: 1 of 2 leaders acknowledged POL-001 2.0; "
                "missing: Jo Novak\n"
                "no data training-everyone-low: Nothing recorded yet\n");
    check_stage_close(&stage);
}

static void a_check_fails_only_for_the_requirements_that_its_finding_names(void **state) {
    (void)state;
    struct fault fault = {0};
    enum check_state state_a;
    enum check_state state_b;
    struct check_stage stage = open_stage();
    add_leaders(&stage);
    struct check_run *run = check_stage_run(&stage);
    int index = check_book_find(stage.book, "policy-content-gap");
    assert_true(check_run_state(run, index, "5.2.a", &state_a, &fault));
    assert_true(check_run_state(run, index, "5.2.b", &state_b, &fault));
    assert_int_equal(state_a, CHECK_PASSED);
    assert_int_equal(state_b, CHECK_FAILED);
    check_run_free(run);
    check_stage_close(&stage);
}

static void keys_are_written_as_one_cell_and_lead_to_their_record(void **state) {
    (void)state;
    struct check_stage stage = open_stage();
    check_stage_do(&stage, "add person name=Ann");
    check_stage_do(&stage, "add policy ref=A/B|title=Odd|kind=topic policy|owner=Ann|location=x");
    check_stage_do(&stage, "add policy_version policy=A/B|version=1\\0|status=approved|"
                           "approved_on=2026-01-01");
    check_stage_do(&stage, "add policy_version policy=A/B|version=0.9|status=superseded");
    check_stage_do(&stage, "add translation policy=A/B|language=de|version=0.9");
    struct check_run *run = check_stage_run(&stage);
    const struct finding *finding = check_stage_find(run, "translation-behind", "A\\/B/de");
    assert_non_null(finding);
    assert_int_equal(finding->id, find(&stage.fixture, REGISTER_TRANSLATION, finding->record));
    assert_int_equal(finding->field, TRANSLATION_VERSION);
    check_run_free(run);
    check_stage_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_heaviest_come_first_then_ids_then_records),
        cmocka_unit_test(an_exception_holds_until_its_day_and_that_day),
        cmocka_unit_test(an_exception_is_for_one_check_and_one_record),
        cmocka_unit_test(an_absence_can_be_set_aside),
        cmocka_unit_test(checks_run_one_at_a_time),
        cmocka_unit_test(a_check_that_was_stopped_leaves_nothing_and_runs_again),
        cmocka_unit_test(one_check_runs_alone),
        cmocka_unit_test(a_requirement_shows_what_is_known_with_figures_and_names),
        cmocka_unit_test(a_check_fails_only_for_the_requirements_that_its_finding_names),
        cmocka_unit_test(keys_are_written_as_one_cell_and_lead_to_their_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
