/* Evidence of a line: what a typed text names, and the link as one batch. */
#include "clause5/audit/evidence.h"

#include <stdlib.h>
#include <string.h>

#include "checklist.h"

static int open_desk(void **state) {
    int result = checklist_open(state);
    struct fixture *fixture = *state;
    checklist_start_internal(fixture);
    put(fixture, REGISTER_EVIDENCE, "ref=EV-001|title=Minutes of May|kind=record");
    put(fixture, REGISTER_EVIDENCE,
        "ref=EV-002|title=Minutes of June|kind=record|location=june.pdf");
    return result;
}

static void expect_known(struct fixture *fixture, const char *text, const char *ref) {
    struct fault fault = {0};
    struct evidence_named named;
    assert_no_fault(evidence_find(fixture->workbook, text, &named, &fault), &fault);
    assert_int_equal(named.kind, EVIDENCE_KNOWN);
    assert_int_equal(named.id, find(fixture, REGISTER_EVIDENCE, ref));
    evidence_named_free(&named);
}

static void expect_refused(struct fixture *fixture, const char *text, const char *words) {
    struct fault fault = {0};
    struct evidence_named named;
    assert_false(evidence_find(fixture->workbook, text, &named, &fault));
    assert_non_null(strstr(fault_text(&fault), words));
    fault_clear(&fault);
    evidence_named_free(&named);
}

static void a_text_names_by_ref_title_location_or_words_of_one(void **state) {
    struct fixture *fixture = *state;
    expect_known(fixture, "ev-001", "EV-001");
    expect_known(fixture, " Minutes of June ", "EV-002");
    expect_known(fixture, "june.pdf", "EV-002");
    expect_known(fixture, "may", "EV-001");
    expect_refused(fixture, "minutes", "2 pieces of evidence");
    expect_refused(fixture, "nothing.pdf", "no evidence here and no file");
    expect_refused(fixture, " ", "type a ref");
}

static void an_address_is_kept_and_a_folder_is_no_evidence(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    struct evidence_named named;
    assert_no_fault(evidence_find(fixture->workbook, "https://example.org/p", &named, &fault),
                    &fault);
    assert_int_equal(named.kind, EVIDENCE_WEB);
    assert_string_equal(named.location, "https://example.org/p");
    evidence_named_free(&named);
    expect_refused(fixture, "/tmp", "no evidence here and no file");
}

static void expect_title(const char *location, const char *wanted) {
    char *title = evidence_propose_title(location);
    assert_string_equal(title, wanted);
    free(title);
}

static void titles_are_proposed_from_names_of_files(void **state) {
    (void)state;
    expect_title("papers/budget_2026-final.pdf", "Budget 2026 final");
    expect_title("a-list-of-2026-05-01.txt", "A list of 2026-05-01");
    expect_title(".hidden", ".hidden");
    expect_title("https://example.org/", "https://example.org/");
}

static void a_link_is_one_batch_and_is_made_once(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    int64_t id = 0;
    const struct evidence_plan plan = {.assessment =
                                           find(fixture, REGISTER_ASSESSMENT, "2026-IA/5.1.a"),
                                       .id = find(fixture, REGISTER_EVIDENCE, "EV-001")};
    assert_no_fault(evidence_link(fixture->workbook, &plan, &id, &fault), &fault);
    assert_int_equal(id, plan.id);
    assert_int_equal(count(fixture, REGISTER_EVIDENCE_LINK), 1);
    assert_false(evidence_link(fixture->workbook, &plan, &id, &fault));
    assert_string_equal(fault_text(&fault), "EV-001 is linked to 2026-IA/5.1.a already");
    fault_clear(&fault);
    assert_no_fault(evidence_unlink(fixture->workbook, plan.assessment, plan.id, &fault), &fault);
    assert_int_equal(count(fixture, REGISTER_EVIDENCE_LINK), 0);
    assert_true(exists(fixture, REGISTER_EVIDENCE, "EV-001"));
}

static void a_file_that_cannot_be_sealed_leaves_no_record(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    int64_t id = 0;
    const struct evidence_plan plan = {.assessment =
                                           find(fixture, REGISTER_ASSESSMENT, "2026-IA/5.1.a"),
                                       .location = "gone.pdf",
                                       .title = "Gone"};
    assert_false(evidence_link(fixture->workbook, &plan, &id, &fault));
    assert_non_null(strstr(fault_text(&fault), "gone.pdf"));
    fault_clear(&fault);
    assert_int_equal(count(fixture, REGISTER_EVIDENCE), 2);
    assert_int_equal(count(fixture, REGISTER_EVIDENCE_LINK), 0);
}

#define ON_DESK(test) cmocka_unit_test_setup_teardown(test, open_desk, fixture_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        ON_DESK(a_text_names_by_ref_title_location_or_words_of_one),
        ON_DESK(an_address_is_kept_and_a_folder_is_no_evidence),
        ON_DESK(titles_are_proposed_from_names_of_files),
        ON_DESK(a_link_is_one_batch_and_is_made_once),
        ON_DESK(a_file_that_cannot_be_sealed_leaves_no_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
