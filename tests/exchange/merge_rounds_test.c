/* Two auditors on one round. */
#include <stdio.h>

#include "clause5/audit/round.h"
#include "clause5/rules/workflow.h"
#include "exchange/copies.h"
#include "support/testing.h"

static const char *const lines[] = {"5.1.a", "5.1.b", "5.2.a", "5.2.b"};

static int set_up(void **state) {
    struct copies *copies = copies_new();
    for (size_t i = 0; i < 4; i++) {
        char cells[96];
        snprintf(cells, sizeof cells, "ref=%s|clause=5.1|kind=requirement|title=Line", lines[i]);
        put_shipped(copies->mia, cells);
    }
    struct value values[REGISTER_FIELDS_MOST] = {0};
    struct fault fault = {0};
    int64_t id = 0;
    cells_read(copies->mia, REGISTER_AUDIT,
               "ref=2026-IA|title=Internal|kind=internal|auditor=Mia|starts_on=2026-11-01", values);
    assert_no_fault(round_start(copies->mia->workbook, values, &id, &fault), &fault);
    values_free(values, REGISTER_FIELDS_MOST);
    copies_split(copies);
    *state = copies;
    return 0;
}

static int tear_down(void **state) {
    copies_free(*state);
    return 0;
}

static void record(struct fixture *fixture, const char *line, enum round_verdict verdict,
                   const char *note) {
    char key[32];
    struct fault fault = {0};
    snprintf(key, sizeof key, "2026-IA/%s", line);
    int64_t id = find(fixture, REGISTER_ASSESSMENT, key);
    const struct round_finding finding = {.verdict = verdict, .note = note};
    assert_no_fault(round_record(fixture->workbook, &id, 1, &finding, &fault), &fault);
}

static void close_round(struct fixture *fixture) {
    struct fault fault = {0};
    assert_no_fault(workflow_close_round(fixture->workbook,
                                         find(fixture, REGISTER_AUDIT, "2026-IA"), "conforms",
                                         &fault),
                    &fault);
}

static void assert_line(struct fixture *fixture, const char *line, const char *field,
                        const char *text) {
    char key[32];
    snprintf(key, sizeof key, "2026-IA/%s", line);
    assert_cell(fixture, REGISTER_ASSESSMENT, key, field, text);
}

static void two_auditors_with_half_the_lines_each_have_no_conflict(void **state) {
    struct copies *copies = *state;
    record(copies->mia, "5.1.a", ROUND_CONFORMS, NULL);
    record(copies->mia, "5.1.b", ROUND_MINOR, "No minutes since May");
    record(copies->bea, "5.2.a", ROUND_CONFORMS, NULL);
    record(copies->bea, "5.2.b", ROUND_OBSERVATION, "Draft only");
    put(copies->mia, REGISTER_EVIDENCE, "ref=EV-001|title=Minutes|kind=record");
    put(copies->mia, REGISTER_EVIDENCE_LINK,
        "evidence=EV-001|register=assessment|record=2026-IA/5.1.b");
    put(copies->bea, REGISTER_EVIDENCE, "ref=EV-001|title=Draft|kind=document");
    put(copies->bea, REGISTER_EVIDENCE_LINK,
        "evidence=EV-001|register=assessment|record=2026-IA/5.2.b");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OPEN), 0);
    assert_line(copies->mia, "5.1.a", "result", "conforms");
    assert_line(copies->mia, "5.1.b", "note", "No minutes since May");
    assert_line(copies->mia, "5.2.a", "assessed_by", "Bea");
    assert_line(copies->mia, "5.2.b", "grade", "observation");
    assert_true(exists(copies->mia, REGISTER_EVIDENCE_LINK, "EV-002/assessment/2026-IA\\/5.2.b"));
    assert_int_equal(copies_merge(copies, BEA, MIA, MERGE_OPEN), 0);
    expect_same(copies, MIA, BEA);
    close_round(copies->mia);
}

static void the_same_result_by_two_auditors_is_no_conflict(void **state) {
    struct copies *copies = *state;
    record(copies->mia, "5.1.a", ROUND_CONFORMS, NULL);
    record(copies->bea, "5.1.a", ROUND_CONFORMS, NULL);
    copies_give(copies, MIA, EVA);
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OPEN), 0);
    assert_int_equal(copies_merge(copies, BEA, EVA, MERGE_OPEN), 0);
    expect_same(copies, MIA, BEA);
}

static void two_results_for_one_line_are_one_conflict(void **state) {
    struct copies *copies = *state;
    record(copies->mia, "5.1.a", ROUND_CONFORMS, NULL);
    record(copies->bea, "5.1.a", ROUND_MAJOR, "Nothing there");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_THEIRS), 1);
    assert_line(copies->mia, "5.1.a", "result", "nonconforming");
    assert_line(copies->mia, "5.1.a", "grade", "major nonconformity");
    assert_line(copies->mia, "5.1.a", "assessed_by", "Bea");
    assert_line(copies->mia, "5.1.a", "note", "Nothing there");
}

/* Mia records all and closes; Bea, not knowing, went on with a line. */
static void close_while_the_other_records(struct copies *copies) {
    for (size_t i = 0; i < 4; i++) {
        record(copies->mia, lines[i], ROUND_CONFORMS, NULL);
    }
    close_round(copies->mia);
    put(copies->bea, REGISTER_SAMPLE,
        "audit=2026-IA|requirement=5.2.a|population=10|size=2|method=judgement"
        "|drawn_on=2026-11-20");
    change(copies->bea, REGISTER_ASSESSMENT, "2026-IA/5.2.a", "interviewed=Otto");
}

static void closing_while_the_other_goes_on_is_a_conflict(void **state) {
    struct copies *copies = *state;
    close_while_the_other_records(copies);
    expect_conflict(
        copies, MIA, BEA,
        "audit 2026-IA closed_on: closed on 2026-11-21 | went on with 2 of its records");
    expect_conflict(
        copies, BEA, MIA,
        "audit 2026-IA closed_on: went on with 2 of its records | closed on 2026-11-21");
}

static void a_round_that_stays_closed_stays_as_it_was_closed(void **state) {
    struct copies *copies = *state;
    close_while_the_other_records(copies);
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OURS), 1);
    assert_cell(copies->mia, REGISTER_AUDIT, "2026-IA", "closed_on", "2026-11-21");
    assert_line(copies->mia, "5.2.a", "interviewed", "");
    assert_int_equal(count(copies->mia, REGISTER_SAMPLE), 0);
}

static void a_round_that_is_gone_on_with_is_open_with_the_work_of_both(void **state) {
    struct copies *copies = *state;
    close_while_the_other_records(copies);
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_THEIRS), 1);
    assert_cell(copies->mia, REGISTER_AUDIT, "2026-IA", "closed_on", "");
    assert_cell(copies->mia, REGISTER_AUDIT, "2026-IA", "closing_head", "");
    assert_line(copies->mia, "5.2.a", "interviewed", "Otto");
    assert_line(copies->mia, "5.2.a", "result", "conforms");
    assert_int_equal(count(copies->mia, REGISTER_SAMPLE), 1);
    close_round(copies->mia);
}

static void a_round_closed_on_one_side_alone_arrives_closed(void **state) {
    struct copies *copies = *state;
    for (size_t i = 0; i < 4; i++) {
        record(copies->mia, lines[i], ROUND_CONFORMS, NULL);
    }
    close_round(copies->mia);
    put(copies->bea, REGISTER_PERSON, "name=Carla Neu");
    assert_int_equal(copies_merge(copies, BEA, MIA, MERGE_OPEN), 0);
    assert_cell(copies->bea, REGISTER_AUDIT, "2026-IA", "closed_on", "2026-11-21");
    assert_line(copies->bea, "5.2.b", "result", "conforms");
}

static void a_round_that_both_closed_alike_is_no_conflict(void **state) {
    struct copies *copies = *state;
    for (size_t i = 0; i < 4; i++) {
        record(copies->mia, lines[i], ROUND_CONFORMS, NULL);
    }
    copies_give(copies, MIA, BEA);
    put(copies->bea, REGISTER_PERSON, "name=Carla Neu");
    close_round(copies->mia);
    close_round(copies->bea);
    copies_give(copies, MIA, EVA);
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OPEN), 0);
    assert_int_equal(copies_merge(copies, BEA, EVA, MERGE_OPEN), 0);
    expect_same(copies, MIA, BEA);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(two_auditors_with_half_the_lines_each_have_no_conflict),
        CASE(the_same_result_by_two_auditors_is_no_conflict),
        CASE(two_results_for_one_line_are_one_conflict),
        CASE(closing_while_the_other_goes_on_is_a_conflict),
        CASE(a_round_that_stays_closed_stays_as_it_was_closed),
        CASE(a_round_that_is_gone_on_with_is_open_with_the_work_of_both),
        CASE(a_round_closed_on_one_side_alone_arrives_closed),
        CASE(a_round_that_both_closed_alike_is_no_conflict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
