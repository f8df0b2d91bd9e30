/* A round from its start to its last line. */
#include "clause5/audit/round.h"

#include <stdlib.h>
#include <string.h>

#include "checklist.h"
#include "clause5/base/memory.h"

static void assert_refs(const struct round_lines *lines, const char *refs) {
    struct buffer found = {0};
    for (size_t i = 0; i < lines->count; i++) {
        buffer_addf(&found, "%s%s", i > 0 ? " " : "", lines->items[i].ref);
    }
    assert_string_equal(buffer_text(&found), refs);
    buffer_free(&found);
}

static void a_round_has_every_requirement_in_the_order_of_the_walk(void **state) {
    struct fixture *fixture = *state;
    struct round_lines lines = checklist_load(fixture, checklist_start_internal(fixture));
    assert_refs(&lines, "5.1.a X-1 9.3.1 10.1");
    assert_int_equal(lines.items[0].state, ASSESSMENT_TO_DO);
    assert_int_equal(lines.items[0].verdict, ROUND_NO_VERDICT);
    assert_string_equal(lines.items[0].title, "Policy and objectives");
    round_lines_free(&lines);
}

static void a_self_assessment_adds_the_practices(void **state) {
    struct fixture *fixture = *state;
    int64_t audit = checklist_start(
        fixture, "ref=SA|title=Self|kind=self-assessment|auditor=Eva|starts_on=2026-11-21");
    struct round_lines lines = checklist_load(fixture, audit);
    assert_refs(&lines, "5.1.a 5.1.p1 X-1 9.3.1 10.1");
    assert_true(lines.items[1].is_practice);
    round_lines_free(&lines);
}

static void a_round_carries_notes_and_evidence_over_but_no_results(void **state) {
    struct fixture *fixture = *state;
    checklist_start_internal(fixture);
    put(fixture, REGISTER_EVIDENCE, "ref=EV-001|title=Minutes|kind=record");
    put(fixture, REGISTER_EVIDENCE, "ref=EV-002|title=Photo|kind=screenshot");
    put(fixture, REGISTER_EVIDENCE_LINK,
        "evidence=EV-001|register=assessment|record=2026-IA/5.1.a");
    put(fixture, REGISTER_EVIDENCE_LINK,
        "evidence=EV-002|register=assessment|record=2026-IA/5.1.a");
    assert_true(checklist_record(fixture, "2026-IA/5.1.a", ROUND_MINOR, "No policy"));
    checklist_start(fixture, "ref=2027-S1|title=Stage 1|kind=stage 1|auditor=Max|"
                             "starts_on=2026-11-21|previous=2026-IA");
    assert_cell(fixture, REGISTER_ASSESSMENT, "2027-S1/5.1.a", "carried_note", "No policy");
    assert_cell(fixture, REGISTER_ASSESSMENT, "2027-S1/5.1.a", "state", "to do");
    assert_cell(fixture, REGISTER_ASSESSMENT, "2027-S1/5.1.a", "result", "not assessed");
    assert_cell(fixture, REGISTER_ASSESSMENT, "2027-S1/5.1.a", "grade", "");
    assert_cell(fixture, REGISTER_ASSESSMENT, "2027-S1/5.1.a", "note", "");
    assert_cell(fixture, REGISTER_ASSESSMENT, "2027-S1/10.1", "carried_note", "");
    assert_true(exists(fixture, REGISTER_EVIDENCE_LINK, "EV-001/assessment/2027-S1\\/5.1.a"));
    assert_int_equal(count(fixture, REGISTER_EVIDENCE_LINK), 4);
}

static void a_round_of_the_same_name_leaves_nothing_behind(void **state) {
    struct fixture *fixture = *state;
    struct value values[REGISTER_FIELDS_MOST] = {0};
    struct fault fault = {0};
    int64_t id = 0;
    checklist_start_internal(fixture);
    cells_read(fixture, REGISTER_AUDIT,
               "ref=2026-ia|title=Again|kind=internal|auditor=Eva|starts_on=2026-11-21", values);
    assert_false(round_start(fixture->workbook, values, &id, &fault));
    assert_int_equal(count(fixture, REGISTER_ASSESSMENT), 4);
    values_free(values, REGISTER_FIELDS_MOST);
    fault_clear(&fault);
}

static void a_line_that_joins_the_checklist_later_joins_the_open_round(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    int added = -1;
    int64_t audit = checklist_start_internal(fixture);
    assert_true(checklist_record(fixture, "2026-IA/5.1.a", ROUND_CONFORMS, NULL));
    assert_no_fault(round_complete(fixture->workbook, audit, &added, &fault), &fault);
    assert_int_equal(added, 0);
    put(fixture, REGISTER_REQUIREMENT, "ref=X-2|clause=9.3|kind=requirement|title=New");
    put(fixture, REGISTER_REQUIREMENT, "ref=X-3|clause=9.3|kind=practice|title=Nice");
    assert_no_fault(round_complete(fixture->workbook, audit, &added, &fault), &fault);
    assert_int_equal(added, 1);
    struct round_lines lines = checklist_load(fixture, audit);
    assert_refs(&lines, "5.1.a X-1 9.3.1 X-2 10.1");
    assert_int_equal(lines.items[0].verdict, ROUND_CONFORMS);
    round_lines_free(&lines);
}

static void a_closed_round_is_not_completed(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    int added = 0;
    int64_t audit = put(fixture, REGISTER_AUDIT,
                        "ref=2025-IA|title=Old|kind=internal|auditor=Eva|starts_on=2025-11-01|"
                        "closed_on=2025-11-20|conclusion=conforms");
    assert_false(round_complete(fixture->workbook, audit, &added, &fault));
    assert_non_null(strstr(fault_text(&fault), "closed round"));
    assert_int_equal(count(fixture, REGISTER_ASSESSMENT), 0);
    fault_clear(&fault);
}

/* product.md, The checklist, once more: what each verdict stores on a line of one's own in a
 * self-assessment, where all but areas of concern are possible. */
static const struct {
    enum round_verdict verdict;
    const char *result;
    const char *grade;
    bool needs_note;
} expected[] = {
    {ROUND_CONFORMS, "conforms", "", false},
    {ROUND_PARTIAL, "partial", "", true},
    {ROUND_MINOR, "nonconforming", "minor nonconformity", true},
    {ROUND_MAJOR, "nonconforming", "major nonconformity", true},
    {ROUND_OBSERVATION, "conforms", "observation", true},
    {ROUND_OPPORTUNITY, "conforms", "opportunity", true},
    {ROUND_GOOD_PRACTICE, "conforms", "good practice", true},
    {ROUND_NOT_APPLICABLE, "not applicable", "", true},
    {ROUND_NOT_SAMPLED, "not sampled", "", false},
};

static void each_verdict_stores_its_result_and_grade(void **state) {
    struct fixture *fixture = *state;
    int64_t audit = checklist_start(
        fixture, "ref=SA|title=Self|kind=self-assessment|auditor=Eva|starts_on=2026-11-21");
    for (size_t i = 0; i < COUNT(expected); i++) {
        change(fixture, REGISTER_ASSESSMENT, "SA/X-1",
               "state=to do|result=not assessed|grade=|note=|assessed_on=|assessed_by=");
        assert_true(checklist_record(fixture, "SA/X-1", expected[i].verdict, "Seen"));
        assert_cell(fixture, REGISTER_ASSESSMENT, "SA/X-1", "state", "done");
        assert_cell(fixture, REGISTER_ASSESSMENT, "SA/X-1", "result", expected[i].result);
        assert_cell(fixture, REGISTER_ASSESSMENT, "SA/X-1", "grade", expected[i].grade);
        assert_cell(fixture, REGISTER_ASSESSMENT, "SA/X-1", "assessed_on", "2026-11-21");
        assert_cell(fixture, REGISTER_ASSESSMENT, "SA/X-1", "assessed_by", "Eva Auditor");
        struct round_lines lines = checklist_load(fixture, audit);
        int place = round_find_line(&lines, find(fixture, REGISTER_ASSESSMENT, "SA/X-1"));
        assert_int_equal(lines.items[place].verdict, expected[i].verdict);
        round_lines_free(&lines);
    }
}

static void a_verdict_that_needs_a_note_is_not_recorded_without_one(void **state) {
    struct fixture *fixture = *state;
    checklist_start(fixture,
                    "ref=SA|title=Self|kind=self-assessment|auditor=Eva|starts_on=2026-11-21");
    for (size_t i = 0; i < COUNT(expected); i++) {
        change(fixture, REGISTER_ASSESSMENT, "SA/X-1",
               "state=to do|result=not assessed|grade=|note=");
        bool is_stored = checklist_record(fixture, "SA/X-1", expected[i].verdict, NULL);
        assert_int_equal(is_stored, !expected[i].needs_note);
        assert_int_equal(round_verdict_needs_note(expected[i].verdict), expected[i].needs_note);
        assert_true(is_stored || fixture->field == ASSESSMENT_NOTE);
    }
}

static void a_finding_keeps_the_note_that_is_there(void **state) {
    struct fixture *fixture = *state;
    checklist_start_internal(fixture);
    assert_true(checklist_record(fixture, "2026-IA/5.1.a", ROUND_MINOR, "No policy"));
    assert_true(checklist_record(fixture, "2026-IA/5.1.a", ROUND_MAJOR, NULL));
    assert_cell(fixture, REGISTER_ASSESSMENT, "2026-IA/5.1.a", "note", "No policy");
    assert_true(checklist_record(fixture, "2026-IA/5.1.a", ROUND_CONFORMS, NULL));
    assert_cell(fixture, REGISTER_ASSESSMENT, "2026-IA/5.1.a", "grade", "");
}

static void stage_1_records_areas_of_concern(void **state) {
    struct fixture *fixture = *state;
    int64_t audit = checklist_start(
        fixture, "ref=S1|title=Stage 1|kind=stage 1|auditor=Eva|starts_on=2026-11-21");
    assert_true(checklist_record(fixture, "S1/5.1.a", ROUND_MINOR, "Thin"));
    assert_true(checklist_record(fixture, "S1/9.3.1", ROUND_MAJOR, "None held"));
    assert_cell(fixture, REGISTER_ASSESSMENT, "S1/5.1.a", "grade", "area of concern");
    assert_cell(fixture, REGISTER_ASSESSMENT, "S1/9.3.1", "grade", "area of concern");
    struct round_lines lines = checklist_load(fixture, audit);
    assert_int_equal(lines.items[0].verdict, ROUND_CONCERN);
    round_lines_free(&lines);
    checklist_start_internal(fixture);
    assert_false(checklist_record(fixture, "2026-IA/5.1.a", ROUND_CONCERN, "Thin"));
}

static void what_is_impossible_is_refused_before_a_note_is_asked(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    checklist_start_internal(fixture);
    int64_t line = find(fixture, REGISTER_ASSESSMENT, "2026-IA/5.1.a");
    assert_false(round_may_record(fixture->workbook, line, ROUND_NOT_APPLICABLE, &fault));
    assert_non_null(strstr(fault_text(&fault), "clauses 4 to 10 cannot be excluded"));
    assert_false(round_may_record(fixture->workbook, line, ROUND_PARTIAL, &fault));
    fault_clear(&fault);
    assert_no_fault(round_may_record(fixture->workbook, line, ROUND_MAJOR, &fault), &fault);
    int64_t own = find(fixture, REGISTER_ASSESSMENT, "2026-IA/X-1");
    assert_no_fault(round_may_record(fixture->workbook, own, ROUND_NOT_APPLICABLE, &fault), &fault);
    assert_false(checklist_record(fixture, "2026-IA/5.1.a", ROUND_PARTIAL, "Half"));
    assert_cell(fixture, REGISTER_ASSESSMENT, "2026-IA/5.1.a", "state", "to do");
}

static void marked_lines_take_one_result_together_or_not_at_all(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    const struct round_finding conforms = {.verdict = ROUND_CONFORMS};
    const struct round_finding excluded = {.verdict = ROUND_NOT_APPLICABLE, .note = "No"};
    checklist_start_internal(fixture);
    int64_t marked[] = {find(fixture, REGISTER_ASSESSMENT, "2026-IA/X-1"),
                        find(fixture, REGISTER_ASSESSMENT, "2026-IA/5.1.a")};
    assert_false(round_record(fixture->workbook, marked, COUNT(marked), &excluded, &fault));
    assert_non_null(strstr(fault_text(&fault), "2026-IA/5.1.a"));
    fault_clear(&fault);
    assert_cell(fixture, REGISTER_ASSESSMENT, "2026-IA/X-1", "state", "to do");
    assert_no_fault(round_record(fixture->workbook, marked, COUNT(marked), &conforms, &fault),
                    &fault);
    assert_cell(fixture, REGISTER_ASSESSMENT, "2026-IA/X-1", "result", "conforms");
    assert_cell(fixture, REGISTER_ASSESSMENT, "2026-IA/5.1.a", "result", "conforms");
    assert_no_fault(round_record(fixture->workbook, NULL, 0, &conforms, &fault), &fault);
}

static void the_next_open_line_is_found_around_the_end(void **state) {
    struct fixture *fixture = *state;
    int64_t audit = checklist_start_internal(fixture);
    assert_true(checklist_record(fixture, "2026-IA/X-1", ROUND_CONFORMS, NULL));
    struct round_lines lines = checklist_load(fixture, audit);
    assert_int_equal(round_next_open(&lines, -1), 0);
    assert_int_equal(round_next_open(&lines, 0), 2);
    assert_int_equal(round_next_open(&lines, 3), 0);
    for (size_t i = 1; i < lines.count; i++) {
        lines.items[i].state = ASSESSMENT_DONE;
    }
    assert_int_equal(round_next_open(&lines, 0), 0);
    lines.items[0].state = ASSESSMENT_DONE;
    assert_int_equal(round_next_open(&lines, 0), -1);
    round_lines_free(&lines);
}

static void progress_counts_lines_by_verdict_and_clause(void **state) {
    struct fixture *fixture = *state;
    int64_t audit = checklist_start_internal(fixture);
    assert_true(checklist_record(fixture, "2026-IA/X-1", ROUND_CONFORMS, NULL));
    assert_true(checklist_record(fixture, "2026-IA/10.1", ROUND_MINOR, "None"));
    struct round_lines lines = checklist_load(fixture, audit);
    struct round_progress all = round_count(&lines, NULL);
    assert_int_equal(all.lines, 4);
    assert_int_equal(all.done, 2);
    assert_int_equal(all.open, 2);
    assert_int_equal(all.verdicts[ROUND_CONFORMS], 1);
    assert_int_equal(all.verdicts[ROUND_MINOR], 1);
    struct round_progress leadership = round_count(&lines, "5.1");
    assert_int_equal(leadership.lines, 2);
    assert_int_equal(leadership.open, 1);
    assert_int_equal(leadership.verdicts[ROUND_MINOR], 0);
    round_lines_free(&lines);
}

int main(void) {
#define CLAIM(claim) cmocka_unit_test_setup_teardown(claim, checklist_open, fixture_close)
    const struct CMUnitTest tests[] = {
        CLAIM(a_round_has_every_requirement_in_the_order_of_the_walk),
        CLAIM(a_self_assessment_adds_the_practices),
        CLAIM(a_round_carries_notes_and_evidence_over_but_no_results),
        CLAIM(a_round_of_the_same_name_leaves_nothing_behind),
        CLAIM(a_line_that_joins_the_checklist_later_joins_the_open_round),
        CLAIM(a_closed_round_is_not_completed),
        CLAIM(each_verdict_stores_its_result_and_grade),
        CLAIM(a_verdict_that_needs_a_note_is_not_recorded_without_one),
        CLAIM(a_finding_keeps_the_note_that_is_there),
        CLAIM(stage_1_records_areas_of_concern),
        CLAIM(what_is_impossible_is_refused_before_a_note_is_asked),
        CLAIM(marked_lines_take_one_result_together_or_not_at_all),
        CLAIM(the_next_open_line_is_found_around_the_end),
        CLAIM(progress_counts_lines_by_verdict_and_clause),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
