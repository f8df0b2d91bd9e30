/* Owns the stage for checks; knows no check. */
#include "check_stage.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/date.h"
#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/batch.h"
#include "support/testing.h"

static struct clock clock_on(const char *day) {
    struct clock clock = {.is_set = true};
    assert_true(date_parse(day, &clock.today));
    return clock;
}

void check_stage_on_day(struct check_stage *stage, const char *day) {
    struct clock clock = clock_on(day);
    struct fault fault = {0};
    if (strcmp(stage->day, day) == 0) {
        return;
    }
    workbook_close(stage->fixture.workbook);
    stage->fixture.workbook =
        workbook_open(place_path(stage->place, "test.c5"), WORKBOOK_WRITE, &clock, &fault);
    assert_no_fault(stage->fixture.workbook != NULL, &fault);
    memcpy(stage->day, day, sizeof stage->day);
}

void check_stage_open(struct check_stage *stage) {
    struct clock clock = clock_on("2026-11-21");
    struct fault fault = {0};
    *stage = (struct check_stage){.place = place_new(), .book = check_book_load(&fault)};
    assert_no_fault(stage->book != NULL, &fault);
    struct workbook *workbook =
        workbook_create(place_path(stage->place, "test.c5"), &clock, &fault);
    assert_no_fault(workbook != NULL, &fault);
    assert_no_fault(workbook_publish(workbook, &fault), &fault);
    check_stage_on_day(stage, "2026-11-21");
    check_stage_do(stage, "add workbook organisation=Acme|scope=All of it");
}

void check_stage_close(struct check_stage *stage) {
    workbook_close(stage->fixture.workbook);
    check_book_free(stage->book);
    place_free(stage->place);
}

static void add(struct check_stage *stage, enum register_id register_id, const char *cells) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    struct fault fault = {0};
    int64_t id = 0;
    cells_read(&stage->fixture, register_id, cells, values);
    assert_no_fault(batch_begin(stage->fixture.workbook, "add", &fault), &fault);
    assert_no_fault(batch_insert(stage->fixture.workbook, register_id, values, &id, &fault),
                    &fault);
    assert_no_fault(batch_commit(stage->fixture.workbook, &fault), &fault);
    values_free(values, REGISTER_FIELDS_MOST);
}

/* Changes the record whose key stands before " -> ". */
static void set(struct check_stage *stage, enum register_id register_id, const char *rest) {
    struct workbook *workbook = stage->fixture.workbook;
    const char *arrow = strstr(rest, " -> ");
    struct record record;
    struct fault fault = {0};
    assert_non_null(arrow);
    char *key = memory_copy_bytes(rest, (size_t)(arrow - rest));
    int64_t id = find(&stage->fixture, register_id, key);
    assert_no_fault(record_load(workbook, register_id, id, &record, &fault) == LOOKUP_FOUND,
                    &fault);
    cells_read(&stage->fixture, register_id, arrow + 4, record.values);
    assert_no_fault(batch_begin(workbook, "set", &fault), &fault);
    assert_no_fault(batch_update(workbook, register_id, id, record.values, &fault), &fault);
    assert_no_fault(batch_commit(workbook, &fault), &fault);
    record_free(&record);
    free(key);
}

static void cut(struct check_stage *stage, enum register_id register_id, const char *key) {
    struct workbook *workbook = stage->fixture.workbook;
    struct fault fault = {0};
    int64_t id = find(&stage->fixture, register_id, key);
    assert_no_fault(edit_begin(workbook, "cut", &fault), &fault);
    assert_no_fault(edit_delete(workbook, register_id, id, &fault), &fault);
    assert_no_fault(edit_commit(workbook, &fault), &fault);
}

void check_stage_do(struct check_stage *stage, const char *step) {
    static const struct {
        const char *word;
        void (*act)(struct check_stage *stage, enum register_id register_id, const char *rest);
    } acts[] = {{"add ", add}, {"set ", set}, {"cut ", cut}};
    for (size_t i = 0; i < COUNT(acts); i++) {
        if (strncmp(step, acts[i].word, strlen(acts[i].word)) == 0) {
            const char *name = step + strlen(acts[i].word);
            size_t len = strcspn(name, " ");
            char *register_name = memory_copy_bytes(name, len);
            enum register_id register_id = register_find(register_name);
            assert_int_not_equal(register_id, REGISTER_NONE);
            free(register_name);
            acts[i].act(stage, register_id, name + len + 1);
            return;
        }
    }
    fail_msg("\"%s\" is no step", step);
}

struct check_run *check_stage_run(struct check_stage *stage) {
    struct fault fault = {0};
    struct check_run *run = check_run_begin(stage->fixture.workbook, stage->book, &fault);
    assert_no_fault(run != NULL, &fault);
    assert_no_fault(check_run_all(run, &fault), &fault);
    return run;
}

const struct finding *check_stage_find(struct check_run *run, const char *check,
                                       const char *record) {
    const struct findings *findings = check_run_findings(run);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (strcmp(finding->check->id, check) == 0 && strcmp(finding->record, record) == 0) {
            return finding;
        }
    }
    return NULL;
}
