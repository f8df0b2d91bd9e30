/* Sealing files and looking at seals. */
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/seal.h"
#include "clause5/store/history.h"
#include "support/fixture.h"
#include "support/workbook.h"

/* A workbook in a place of its own; the fixture comes first, so that its helpers take both. */
struct desk {
    struct fixture fixture;
    struct place *place;
};

static int set_up(void **state) {
    struct desk *desk = calloc(1, sizeof *desk);
    assert_non_null(desk);
    desk->place = place_new();
    desk->fixture.workbook = support_workbook_new(desk->place);
    *state = desk;
    return 0;
}

static int tear_down(void **state) {
    struct desk *desk = *state;
    workbook_close(desk->fixture.workbook);
    place_free(desk->place);
    free(desk->fixture.said);
    free(desk);
    return 0;
}

/* Writes a file beside the workbook. */
static void write_file(struct fixture *fixture, const char *name, const char *text) {
    place_write(((struct desk *)fixture)->place, name, text);
}

static void seal(struct fixture *fixture, enum register_id register_id, const char *key) {
    struct fault fault = {0};
    assert_no_fault(
        seal_record(fixture->workbook, register_id, find(fixture, register_id, key), &fault),
        &fault);
}

static void refuse_seal(struct fixture *fixture, const char *key, const char *words) {
    struct fault fault = {0};
    assert_false(seal_record(fixture->workbook, REGISTER_EVIDENCE,
                             find(fixture, REGISTER_EVIDENCE, key), &fault));
    assert_int_equal(fault.kind, FAULT_REFUSED);
    if (strstr(fault_text(&fault), words) == NULL) {
        fail_msg("\"%s\" is not said in: %s", words, fault_text(&fault));
    }
    fault_clear(&fault);
}

static void a_seal_keeps_digest_and_size_and_is_one_undo(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    char *label = NULL;
    write_file(fixture, "e.txt", "abc");
    put(fixture, REGISTER_EVIDENCE, "ref=EV-1|title=A|kind=document|location=e.txt");
    seal(fixture, REGISTER_EVIDENCE, "EV-1");
    assert_cell(fixture, REGISTER_EVIDENCE, "EV-1", "sha256",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_cell(fixture, REGISTER_EVIDENCE, "EV-1", "size_bytes", "3");
    assert_cell(fixture, REGISTER_EVIDENCE, "EV-1", "verified_on", "2026-11-21");
    assert_cell(fixture, REGISTER_EVIDENCE, "EV-1", "verified_state", "unchanged");
    assert_no_fault(history_undo(fixture->workbook, &label, &fault), &fault);
    assert_string_equal(label, "seal EV-1");
    assert_cell(fixture, REGISTER_EVIDENCE, "EV-1", "sha256", "");
    free(label);
}

static void a_version_of_a_policy_is_sealed_as_well(void **state) {
    struct fixture *fixture = *state;
    write_file(fixture, "p.pdf", "");
    put(fixture, REGISTER_POLICY, "ref=POL-001|title=P|kind=topic policy");
    put(fixture, REGISTER_POLICY_VERSION, "policy=POL-001|version=1.0|status=draft|location=p.pdf");
    seal(fixture, REGISTER_POLICY_VERSION, "POL-001/1.0");
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/1.0", "sha256",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_cell(fixture, REGISTER_POLICY_VERSION, "POL-001/1.0", "size_bytes", "0");
}

static void what_cannot_be_sealed_is_refused_with_the_reason(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_EVIDENCE, "ref=EV-1|title=A|kind=document");
    put(fixture, REGISTER_EVIDENCE, "ref=EV-2|title=B|kind=document|location=https://a.example/x");
    put(fixture, REGISTER_EVIDENCE, "ref=EV-3|title=C|kind=document|location=gone.txt");
    put(fixture, REGISTER_EVIDENCE, "ref=EV-4|title=D|kind=document|location=/");
    put(fixture, REGISTER_EVIDENCE, "ref=EV-5|title=E|kind=document|location=/dev/null");
    refuse_seal(fixture, "EV-1", "no location");
    refuse_seal(fixture, "EV-2", "web address");
    refuse_seal(fixture, "EV-3", "gone.txt is not there");
    refuse_seal(fixture, "EV-4", "is a folder");
    refuse_seal(fixture, "EV-5", "a device");
}

static void the_workbook_keeps_its_locks_when_it_is_named_as_evidence(void **state) {
    struct fixture *fixture = *state;
    struct buffer cells = {0};
    buffer_addf(&cells, "ref=EV-1|title=A|kind=document|location=%s",
                workbook_path(fixture->workbook));
    put(fixture, REGISTER_EVIDENCE, buffer_text(&cells));
    refuse_seal(fixture, "EV-1", "the workbook itself");
    buffer_free(&cells);
}

/* What was seen of the last record, and of how many. */
struct seen {
    enum seal_state state;
    bool is_expired;
    int count;
};

static bool see(void *context, const struct seal_look *look) {
    struct seen *seen = context;
    seen->state = look->state;
    seen->is_expired = look->is_expired;
    seen->count++;
    return true;
}

static void expect_look(struct fixture *fixture, enum seal_state state, const char *stored) {
    struct seen seen = {0};
    struct fault fault = {0};
    int count = seal_verify_all(fixture->workbook,
                                &(struct seal_visitor){.visit = see, .context = &seen}, &fault);
    assert_no_fault(count >= 0, &fault);
    assert_int_equal(count, 1);
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.state, state);
    assert_cell(fixture, REGISTER_EVIDENCE, "EV-1", "verified_state", stored);
}

static void a_look_tells_unchanged_changed_missing_and_expired(void **state) {
    struct fixture *fixture = *state;
    struct seen seen = {0};
    struct fault fault = {0};
    write_file(fixture, "e.txt", "abc");
    put(fixture, REGISTER_EVIDENCE,
        "ref=EV-1|title=A|kind=document|location=e.txt|expires_on=2026-11-20");
    put(fixture, REGISTER_EVIDENCE, "ref=EV-2|title=B|kind=document|location=unsealed.txt");
    seal(fixture, REGISTER_EVIDENCE, "EV-1");
    expect_look(fixture, SEAL_UNCHANGED, "unchanged");
    write_file(fixture, "e.txt", "abd");
    expect_look(fixture, SEAL_CHANGED, "changed");
    write_file(fixture, "e.txt", "abc");
    expect_look(fixture, SEAL_UNCHANGED, "unchanged");
    change(fixture, REGISTER_EVIDENCE, "EV-1", "location=other.txt");
    expect_look(fixture, SEAL_MISSING, "missing");
    change(fixture, REGISTER_EVIDENCE, "EV-1", "location=/");
    expect_look(fixture, SEAL_UNREADABLE, "missing");
    int64_t id = find(fixture, REGISTER_EVIDENCE, "EV-1");
    assert_int_equal(seal_verify_record(fixture->workbook, REGISTER_EVIDENCE, id,
                                        &(struct seal_visitor){.visit = see, .context = &seen},
                                        &fault),
                     1);
    assert_true(seen.is_expired);
}

static bool always(void *context) {
    (void)context;
    return true;
}

static void a_look_can_be_stopped_and_leaves_no_trace(void **state) {
    struct fixture *fixture = *state;
    struct seen seen = {0};
    struct fault fault = {0};
    write_file(fixture, "e.txt", "abc");
    put(fixture, REGISTER_EVIDENCE, "ref=EV-1|title=A|kind=document|location=e.txt");
    seal(fixture, REGISTER_EVIDENCE, "EV-1");
    write_file(fixture, "e.txt", "abd");
    workbook_watch(fixture->workbook, always, NULL);
    assert_int_equal(seal_verify_all(fixture->workbook,
                                     &(struct seal_visitor){.visit = see, .context = &seen},
                                     &fault),
                     -1);
    assert_int_equal(fault.kind, FAULT_STOPPED);
    fault_clear(&fault);
    workbook_watch(fixture->workbook, NULL, NULL);
    assert_cell(fixture, REGISTER_EVIDENCE, "EV-1", "verified_state", "unchanged");
}

#define SEAL_TEST(claim) cmocka_unit_test_setup_teardown(claim, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        SEAL_TEST(a_seal_keeps_digest_and_size_and_is_one_undo),
        SEAL_TEST(a_version_of_a_policy_is_sealed_as_well),
        SEAL_TEST(what_cannot_be_sealed_is_refused_with_the_reason),
        SEAL_TEST(the_workbook_keeps_its_locks_when_it_is_named_as_evidence),
        SEAL_TEST(a_look_tells_unchanged_changed_missing_and_expired),
        SEAL_TEST(a_look_can_be_stopped_and_leaves_no_trace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
