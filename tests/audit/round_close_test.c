/* A round as the history knows it: started in one batch, closed with its head, opened again. */
#include <stdlib.h>
#include <string.h>

#include "checklist.h"
#include "clause5/base/memory.h"
#include "clause5/rules/workflow.h"
#include "clause5/store/history.h"
#include "clause5/store/verify.h"
#include "store/database.h"

static void a_round_is_one_batch_to_take_back(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    char *label = NULL;
    checklist_start_internal(fixture);
    assert_no_fault(history_undo(fixture->workbook, &label, &fault), &fault);
    assert_non_null(strstr(label, "start 2026-IA"));
    assert_int_equal(count(fixture, REGISTER_AUDIT), 0);
    assert_int_equal(count(fixture, REGISTER_ASSESSMENT), 0);
    free(label);
}

static void conform_all(struct fixture *fixture) {
    static const char *const keys[] = {"2026-IA/5.1.a", "2026-IA/X-1", "2026-IA/9.3.1",
                                       "2026-IA/10.1"};
    for (size_t i = 0; i < COUNT(keys); i++) {
        assert_true(checklist_record(fixture, keys[i], ROUND_CONFORMS, NULL));
    }
}

static void closing_keeps_the_head_of_the_history_before_it(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    char head[HISTORY_HEAD_SIZE];
    int64_t audit = checklist_start_internal(fixture);
    conform_all(fixture);
    assert_no_fault(history_head(fixture->workbook, head, &fault), &fault);
    assert_no_fault(workflow_close_round(fixture->workbook, audit, "conforms", &fault), &fault);
    assert_cell(fixture, REGISTER_AUDIT, "2026-IA", "closed_on", "2026-11-21");
    assert_cell(fixture, REGISTER_AUDIT, "2026-IA", "conclusion", "conforms");
    assert_cell(fixture, REGISTER_AUDIT, "2026-IA", "closing_head", head);
    assert_false(checklist_record(fixture, "2026-IA/5.1.a", ROUND_NOT_SAMPLED, NULL));
    assert_said(fixture, "closed round");
}

static bool note_closing(void *context, const struct history_batch *batch) {
    int64_t *number = context;
    *number = batch->number;
    return false;
}

/* Returns the number of the newest batch. */
static int64_t newest_batch(struct fixture *fixture) {
    struct fault fault = {0};
    int64_t number = 0;
    const struct history_visitor visitor = {.visit = note_closing, .context = &number};
    assert_no_fault(history_visit(fixture->workbook, 0, &visitor, &fault), &fault);
    return number;
}

static void a_finding_of_a_closed_round_is_not_taken_back(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    int64_t audit = checklist_start_internal(fixture);
    conform_all(fixture);
    int64_t finding = newest_batch(fixture);
    assert_no_fault(workflow_close_round(fixture->workbook, audit, "conforms", &fault), &fault);
    assert_false(history_undo_batch(fixture->workbook, finding, &fault));
    assert_non_null(strstr(fault_text(&fault), "the round 2026-IA, which was closed since"));
    fault_clear(&fault);
    assert_no_fault(workflow_reopen_round(fixture->workbook, audit, "wrong", &fault), &fault);
    assert_no_fault(history_undo_batch(fixture->workbook, finding, &fault), &fault);
}

static void keep_last(void *context, const char *finding) {
    struct buffer *said = context;
    buffer_clear(said);
    buffer_add(said, finding);
}

/* Runs SQL behind the back of the history, and expects one finding that holds the words. */
static void expect_found(struct fixture *fixture, const char *sql, const char *words) {
    struct fault fault = {0};
    struct buffer said = {0};
    const struct verify_visitor visitor = {.visit = keep_last, .context = &said};
    assert_int_equal(verify_rounds(fixture->workbook, &visitor, &fault), 0);
    assert_no_fault(database_run(fixture->workbook, "SAVEPOINT forged", &fault), &fault);
    assert_no_fault(database_run(fixture->workbook, sql, &fault), &fault);
    assert_int_equal(verify_rounds(fixture->workbook, &visitor, &fault), 1);
    if (strstr(buffer_text(&said), words) == NULL) {
        fail_msg("\"%s\" is not said in: %s", words, buffer_text(&said));
    }
    assert_no_fault(database_run(fixture->workbook, "ROLLBACK TO forged; RELEASE forged", &fault),
                    &fault);
    buffer_free(&said);
}

static void a_closed_round_that_was_changed_outside_is_named(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    int64_t audit = checklist_start_internal(fixture);
    conform_all(fixture);
    assert_no_fault(workflow_close_round(fixture->workbook, audit, "conforms", &fault), &fault);
    expect_found(fixture,
                 "UPDATE assessment SET note = 'forged' WHERE result = 'conforms' AND id =\n"
                 " (SELECT min(id) FROM assessment)",
                 "the closed round 2026-IA: assessment 2026-IA/");
    expect_found(fixture, "UPDATE audit SET conclusion = 'does not conform'",
                 "audit 2026-IA was changed outside the program");
}

static void a_round_with_an_open_line_or_no_conclusion_is_not_closed(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    int64_t audit = checklist_start_internal(fixture);
    assert_false(workflow_close_round(fixture->workbook, audit, "conforms", &fault));
    assert_non_null(strstr(fault_text(&fault), "4 open lines"));
    conform_all(fixture);
    assert_false(workflow_close_round(fixture->workbook, audit, NULL, &fault));
    assert_int_equal(fault_field(&fault), AUDIT_CONCLUSION);
    assert_cell(fixture, REGISTER_AUDIT, "2026-IA", "closed_on", "");
    fault_clear(&fault);
}

static bool take_label(void *context, const struct history_batch *batch) {
    char **label = context;
    *label = memory_copy_text(batch->label);
    return false;
}

static int64_t put_closed(struct fixture *fixture) {
    return put(fixture, REGISTER_AUDIT,
               "ref=2025-IA|title=Old|kind=internal|auditor=Eva|starts_on=2025-11-01|"
               "closed_on=2025-11-20|closing_head=00|conclusion=conforms");
}

static void a_closed_round_is_reopened_with_a_reason(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    char *label = NULL;
    const struct history_visitor newest = {.visit = take_label, .context = &label};
    int64_t audit = put_closed(fixture);
    assert_no_fault(workflow_reopen_round(fixture->workbook, audit, "wrong line", &fault), &fault);
    assert_cell(fixture, REGISTER_AUDIT, "2025-IA", "closed_on", "");
    assert_cell(fixture, REGISTER_AUDIT, "2025-IA", "closing_head", "");
    assert_cell(fixture, REGISTER_AUDIT, "2025-IA", "conclusion", "conforms");
    assert_no_fault(history_visit(fixture->workbook, 0, &newest, &fault), &fault);
    assert_string_equal(label, "reopen 2025-IA: wrong line");
    change(fixture, REGISTER_AUDIT, "2025-IA", "title=Changed");
    free(label);
}

static void a_round_is_not_reopened_without_a_reason_or_twice(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    int64_t audit = put_closed(fixture);
    assert_false(workflow_reopen_round(fixture->workbook, audit, "  ", &fault));
    assert_non_null(strstr(fault_text(&fault), "only with a reason"));
    assert_cell(fixture, REGISTER_AUDIT, "2025-IA", "closed_on", "2025-11-20");
    fault_clear(&fault);
    assert_no_fault(workflow_reopen_round(fixture->workbook, audit, "wrong", &fault), &fault);
    assert_false(workflow_reopen_round(fixture->workbook, audit, "again", &fault));
    fault_clear(&fault);
}

int main(void) {
#define CLAIM(claim) cmocka_unit_test_setup_teardown(claim, checklist_open, fixture_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_finding_of_a_closed_round_is_not_taken_back,
                                        checklist_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_closed_round_that_was_changed_outside_is_named,
                                        checklist_open, fixture_close),
        CLAIM(a_round_is_one_batch_to_take_back),
        CLAIM(closing_keeps_the_head_of_the_history_before_it),
        CLAIM(a_round_with_an_open_line_or_no_conclusion_is_not_closed),
        CLAIM(a_closed_round_is_reopened_with_a_reason),
        CLAIM(a_round_is_not_reopened_without_a_reason_or_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
