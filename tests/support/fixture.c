/* Owns the workbook that tests of rules write into; knows no rule. */
#include "support/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clause5/base/date.h"
#include "clause5/base/memory.h"
#include "clause5/register/type.h"
#include "clause5/rules/edit.h"
#include "clause5/store/batch.h"
#include "support/testing.h"

enum { PATH_SIZE = 64 };

void assert_no_fault(bool went_well, struct fault *fault) {
    if (!went_well) {
        print_error("%s\n", fault_text(fault));
    }
    assert_true(went_well);
    fault_clear(fault);
}

static void fixture_path(const struct fixture *fixture, char path[PATH_SIZE]) {
    snprintf(path, PATH_SIZE, "%s/test.c5", fixture->folder);
}

int fixture_open(void **state) {
    struct fixture *fixture = memory_zero(1, sizeof *fixture);
    struct fault fault = {0};
    struct clock clock = {.is_set = true};
    char path[PATH_SIZE];
    date_parse("2026-11-21", &clock.today);
    strcpy(fixture->folder, "/tmp/clause5-rules-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    fixture_path(fixture, path);
    fixture->workbook = workbook_create(path, &clock, &fault);
    assert_no_fault(fixture->workbook != NULL, &fault);
    workbook_set_actor(fixture->workbook, "Eva Auditor");
    put(fixture, REGISTER_WORKBOOK, "organisation=Acme");
    *state = fixture;
    return 0;
}

int fixture_close(void **state) {
    struct fixture *fixture = *state;
    workbook_close(fixture->workbook);
    assert_int_equal(rmdir(fixture->folder), 0);
    free(fixture->said);
    free(fixture);
    return 0;
}

static void cell_read(struct fixture *fixture, enum register_id register_id, const char *name,
                      const char *text, struct value *values) {
    int index = register_find_field(register_id, name);
    struct fault fault = {0};
    if (index < 0) {
        fail_msg("%s has no field %s", register_describe(register_id)->name, name);
    }
    const struct field *field = &register_describe(register_id)->fields[index];
    value_free(&values[index]);
    if (text[0] != '\0' && (field->type == FIELD_REFERENCE || field->type == FIELD_PARTY)) {
        int64_t id = 0;
        enum lookup found = reference_find(fixture->workbook, field, text, &id, &fault);
        assert_no_fault(found == LOOKUP_FOUND, &fault);
        values[index] = value_of_whole(id);
    } else {
        assert_no_fault(field_parse(field, text, &values[index], &fault), &fault);
    }
}

void cells_read(struct fixture *fixture, enum register_id register_id, const char *cells,
                struct value *values) {
    char *copy = memory_copy_text(cells);
    char *rest = copy;
    char *cell;
    while ((cell = strsep(&rest, "|")) != NULL) {
        char *equals = strchr(cell, '=');
        assert_non_null(equals);
        *equals = '\0';
        cell_read(fixture, register_id, cell, equals + 1, values);
    }
    free(copy);
}

/* Takes what the fault says, to be looked at by the test. */
static bool hear(struct fixture *fixture, bool went_well, struct fault *fault) {
    if (!went_well) {
        free(fixture->said);
        fixture->said = memory_copy_text(fault_text(fault));
        fixture->field = fault_field(fault);
        assert_int_equal(fault->kind, FAULT_REFUSED);
    }
    fault_clear(fault);
    return went_well;
}

void begin(struct fixture *fixture) {
    struct fault fault = {0};
    assert_no_fault(edit_begin(fixture->workbook, "a test", &fault), &fault);
}

bool try_commit(struct fixture *fixture) {
    struct fault fault = {0};
    return hear(fixture, edit_commit(fixture->workbook, &fault), &fault);
}

static bool insert(struct fixture *fixture, enum register_id register_id, const char *cells,
                   int64_t *id) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    struct fault fault = {0};
    cells_read(fixture, register_id, cells, values);
    bool is_stored = edit_insert(fixture->workbook, register_id, values, id, &fault);
    values_free(values, REGISTER_FIELDS_MOST);
    return hear(fixture, is_stored, &fault);
}

bool try_insert(struct fixture *fixture, enum register_id register_id, const char *cells) {
    int64_t id = 0;
    return insert(fixture, register_id, cells, &id);
}

bool try_change(struct fixture *fixture, enum register_id register_id, const char *key,
                const char *cells) {
    struct record record = {0};
    struct fault fault = {0};
    enum lookup found = record_load(fixture->workbook, register_id, find(fixture, register_id, key),
                                    &record, &fault);
    assert_no_fault(found == LOOKUP_FOUND, &fault);
    cells_read(fixture, register_id, cells, record.values);
    bool is_stored = edit_update(fixture->workbook, register_id, record.id, record.values, &fault);
    record_free(&record);
    return hear(fixture, is_stored, &fault);
}

/* Ends a batch of one row. */
static bool end(struct fixture *fixture, bool went_well) {
    if (!went_well) {
        edit_abandon(fixture->workbook);
    }
    return went_well && try_commit(fixture);
}

static void expect(struct fixture *fixture, bool went_well) {
    if (!went_well) {
        print_error("refused: %s\n", fixture->said);
    }
    assert_true(went_well);
}

int64_t put(struct fixture *fixture, enum register_id register_id, const char *cells) {
    int64_t id = 0;
    begin(fixture);
    expect(fixture, end(fixture, insert(fixture, register_id, cells, &id)));
    return id;
}

int64_t put_shipped(struct fixture *fixture, const char *cells) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    cells_read(fixture, REGISTER_REQUIREMENT, cells, values);
    int64_t id = record_shipped_id(value_text(&values[REQUIREMENT_REF]));
    values_free(values, REGISTER_FIELDS_MOST);
    begin(fixture);
    expect(fixture, end(fixture, insert(fixture, REGISTER_REQUIREMENT, cells, &id)));
    return id;
}

void change(struct fixture *fixture, enum register_id register_id, const char *key,
            const char *cells) {
    begin(fixture);
    expect(fixture, end(fixture, try_change(fixture, register_id, key, cells)));
}

void refuse_put(struct fixture *fixture, enum register_id register_id, const char *cells) {
    begin(fixture);
    assert_false(end(fixture, try_insert(fixture, register_id, cells)));
}

void refuse_change(struct fixture *fixture, enum register_id register_id, const char *key,
                   const char *cells) {
    begin(fixture);
    assert_false(end(fixture, try_change(fixture, register_id, key, cells)));
}

static bool try_drop(struct fixture *fixture, enum register_id register_id, const char *key) {
    struct fault fault = {0};
    begin(fixture);
    bool is_deleted =
        edit_delete(fixture->workbook, register_id, find(fixture, register_id, key), &fault);
    return end(fixture, hear(fixture, is_deleted, &fault));
}

void drop(struct fixture *fixture, enum register_id register_id, const char *key) {
    expect(fixture, try_drop(fixture, register_id, key));
}

void refuse_drop(struct fixture *fixture, enum register_id register_id, const char *key) {
    assert_false(try_drop(fixture, register_id, key));
}

int64_t find(struct fixture *fixture, enum register_id register_id, const char *key) {
    struct fault fault = {0};
    int64_t id = WORKBOOK_ROW_ID;
    if (register_id != REGISTER_WORKBOOK &&
        record_find_key(fixture->workbook, register_id, key, &id, &fault) != LOOKUP_FOUND) {
        fail_msg("%s has no record %s", register_describe(register_id)->name, key);
    }
    return id;
}

bool exists(struct fixture *fixture, enum register_id register_id, const char *key) {
    struct fault fault = {0};
    int64_t id = 0;
    enum lookup found = record_find_key(fixture->workbook, register_id, key, &id, &fault);
    assert_int_not_equal(found, LOOKUP_FAULT);
    return found == LOOKUP_FOUND;
}

int64_t count(struct fixture *fixture, enum register_id register_id) {
    struct fault fault = {0};
    int64_t records = record_count(fixture->workbook, register_id, &fault);
    assert_no_fault(records >= 0, &fault);
    return records;
}

void assert_cell(struct fixture *fixture, enum register_id register_id, const char *key,
                 const char *field, const char *text) {
    struct record record = {0};
    struct fault fault = {0};
    struct buffer shown = {0};
    int index = register_find_field(register_id, field);
    assert_true(index >= 0);
    enum lookup found = record_load(fixture->workbook, register_id, find(fixture, register_id, key),
                                    &record, &fault);
    assert_no_fault(found == LOOKUP_FOUND, &fault);
    assert_no_fault(record_print_value(fixture->workbook,
                                       &register_describe(register_id)->fields[index],
                                       &record.values[index], &shown, &fault),
                    &fault);
    assert_string_equal(buffer_text(&shown), text);
    buffer_free(&shown);
    record_free(&record);
}

void assert_said(struct fixture *fixture, const char *words) {
    assert_non_null(fixture->said);
    if (strstr(fixture->said, words) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", fixture->said, words);
    }
}
