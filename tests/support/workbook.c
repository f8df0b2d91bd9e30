/* Owns workbooks for tests; knows nothing of what the tests do with them. */
#include "support/testing.h"

#include "support/workbook.h"

#include "clause5/store/batch.h"
#include "clause5/store/history.h"

static void write_founding_row(struct workbook *workbook) {
    struct value values[WORKBOOK_FIELDS] = {0};
    struct fault fault = {0};
    int64_t id = 0;
    values[WORKBOOK_ORGANISATION] = value_of_text("Test");
    assert_true(batch_begin(workbook, "new workbook", &fault));
    history_mark_founding(workbook);
    assert_true(batch_insert(workbook, REGISTER_WORKBOOK, values, &id, &fault));
    assert_true(batch_commit(workbook, &fault));
    values_free(values, WORKBOOK_FIELDS);
}

struct workbook *support_workbook_new(struct place *place) {
    struct clock clock;
    struct fault fault = {0};
    assert_true(clock_read(&clock, &fault));
    struct workbook *workbook = workbook_create(place_path(place, "test.c5"), &clock, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_non_null(workbook);
    write_founding_row(workbook);
    assert_true(workbook_publish(workbook, &fault));
    return support_workbook_open(place, WORKBOOK_WRITE);
}

struct workbook *support_workbook_open(struct place *place, enum workbook_mode mode) {
    struct clock clock;
    struct fault fault = {0};
    assert_true(clock_read(&clock, &fault));
    struct workbook *workbook = workbook_open(place_path(place, "test.c5"), mode, &clock, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_non_null(workbook);
    return workbook;
}

void support_workbook_rename(struct workbook *workbook, const char *name) {
    struct record record;
    struct fault fault = {0};
    assert_true(batch_begin(workbook, name, &fault));
    assert_int_equal(record_load(workbook, REGISTER_WORKBOOK, WORKBOOK_ROW_ID, &record, &fault),
                     LOOKUP_FOUND);
    value_free(&record.values[WORKBOOK_ORGANISATION]);
    record.values[WORKBOOK_ORGANISATION] = value_of_text(name);
    assert_true(batch_update(workbook, REGISTER_WORKBOOK, WORKBOOK_ROW_ID, record.values, &fault));
    record_free(&record);
    assert_true(batch_commit(workbook, &fault));
}
