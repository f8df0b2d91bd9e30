/* Owns the short checklist; knows no claim. */
#include "checklist.h"

#include <stdlib.h>

#include "support/testing.h"

int checklist_open(void **state) {
    fixture_open(state);
    struct fixture *fixture = *state;
    put_shipped(fixture, "ref=10.1|clause=10.1|kind=requirement|title=Improve");
    put_shipped(fixture, "ref=5.1.a|clause=5.1|kind=requirement|title=Policy and objectives");
    put_shipped(fixture, "ref=5.1.p1|clause=5.1|kind=practice|title=Walk about");
    put_shipped(fixture, "ref=9.3.1|clause=9.3|kind=requirement|title=Review");
    put(fixture, REGISTER_REQUIREMENT, "ref=X-1|clause=5.1|kind=requirement|title=Ours");
    return 0;
}

int64_t checklist_start(struct fixture *fixture, const char *cells) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    struct fault fault = {0};
    int64_t id = 0;
    cells_read(fixture, REGISTER_AUDIT, cells, values);
    assert_no_fault(round_start(fixture->workbook, values, &id, &fault), &fault);
    values_free(values, REGISTER_FIELDS_MOST);
    return id;
}

int64_t checklist_start_internal(struct fixture *fixture) {
    return checklist_start(
        fixture, "ref=2026-IA|title=Internal|kind=internal|auditor=Eva|starts_on=2026-11-21");
}

bool checklist_record(struct fixture *fixture, const char *key, enum round_verdict verdict,
                      const char *note) {
    struct fault fault = {0};
    const struct round_finding finding = {.verdict = verdict, .note = note};
    int64_t id = find(fixture, REGISTER_ASSESSMENT, key);
    bool is_stored = round_record(fixture->workbook, &id, 1, &finding, &fault);
    free(fixture->said);
    fixture->said = buffer_take(&fault.text);
    fixture->field = fault_field(&fault);
    return is_stored;
}

struct round_lines checklist_load(struct fixture *fixture, int64_t audit) {
    struct round_lines lines;
    struct fault fault = {0};
    assert_no_fault(round_lines_load(fixture->workbook, audit, &lines, &fault), &fault);
    return lines;
}
