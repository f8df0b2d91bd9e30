/* What follows a renaming, over every part of every key that is described. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/rules/edit.h"
#include "clause5/store/history.h"
#include "world.h"

/* The link, the exception and the action that name the world's record of a register. */
struct names {
    int64_t target;
    int64_t link;
    int64_t exception;
    int64_t action;
};

static char *print_key(struct fixture *fixture, enum register_id register_id, int64_t id) {
    struct buffer key = {0};
    struct fault fault = {0};
    assert_no_fault(record_print_key_of(fixture->workbook, register_id, id, &key, &fault) ==
                        LOOKUP_FOUND,
                    &fault);
    return buffer_take(&key);
}

static int64_t put_naming(struct fixture *fixture, enum register_id holder, const char *cells,
                          int field, const char *key) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    struct fault fault = {0};
    int64_t id = 0;
    cells_read(fixture, holder, cells, values);
    values[field] = value_of_text(key);
    begin(fixture);
    assert_no_fault(edit_insert(fixture->workbook, holder, values, &id, &fault), &fault);
    assert_true(try_commit(fixture));
    values_free(values, REGISTER_FIELDS_MOST);
    return id;
}

static struct names name_record(struct fixture *fixture, enum register_id register_id) {
    char cells[160];
    struct names names = {.target = find(fixture, register_id, world_key(register_id))};
    char *key = print_key(fixture, register_id, names.target);
    const char *name = register_describe(register_id)->name;
    snprintf(cells, sizeof cells, "evidence=EV-002|register=%s", name);
    names.link = put_naming(fixture, REGISTER_EVIDENCE_LINK, cells, EVIDENCE_LINK_RECORD, key);
    snprintf(cells, sizeof cells, "check=policy-unowned|register=%s|reason=R|until_on=2027-01-01",
             name);
    names.exception = put_naming(fixture, REGISTER_EXCEPTION, cells, EXCEPTION_RECORD, key);
    snprintf(cells, sizeof cells, "ref=A-%s|title=T|source=other|raised_on=2026-01-01|status=open",
             name);
    names.action = put_naming(fixture, REGISTER_ACTION, cells, ACTION_SOURCE_REF, key);
    free(key);
    return names;
}

static void assert_names(struct fixture *fixture, enum register_id holder, int64_t id, int field,
                         const char *key) {
    struct record record = {0};
    world_load(fixture, holder, id, &record);
    assert_string_equal(value_text(&record.values[field]), key);
    record_free(&record);
}

static void assert_all_named(struct fixture *fixture, const struct names *names) {
    for (int id = REGISTER_WORKBOOK + 1; id < REGISTER_COUNT; id++) {
        char *key = print_key(fixture, (enum register_id)id, names[id].target);
        assert_names(fixture, REGISTER_EVIDENCE_LINK, names[id].link, EVIDENCE_LINK_RECORD, key);
        assert_names(fixture, REGISTER_EXCEPTION, names[id].exception, EXCEPTION_RECORD, key);
        assert_names(fixture, REGISTER_ACTION, names[id].action, ACTION_SOURCE_REF, key);
        free(key);
    }
}

/* Another value for a part of a key; empty where the part is bound to other rows. */
static struct value other_value(struct fixture *fixture, enum register_id register_id, int part) {
    const struct field *field = &register_describe(register_id)->fields[part];
    const char *ref = register_id == REGISTER_REQUIREMENT ? "X-Renamed" : "Renamed / \\ 2";
    switch (field->type) {
    case FIELD_TEXT:
        return value_of_text(ref);
    case FIELD_LANGUAGE:
        return value_of_text("pt-BR");
    case FIELD_DATE:
        return value_of_text("2026-03-03");
    case FIELD_CHOICE:
        return value_of_text(field->choices[0].value);
    case FIELD_CHECK:
        return value_of_text("policy-missing");
    case FIELD_REFERENCE:
        /* A version moves only together with its text, which the claim below sees to. */
        if (register_id == REGISTER_POLICY_VERSION) {
            return (struct value){0};
        }
        return value_of_whole(find(fixture, field->target, world_second_key(field->target)));
    default:
        return (struct value){0};
    }
}

/* A fresh world for each part: the record, all that names it, and all that holds its key. */
static bool check_part(enum register_id register_id, int part) {
    void *state = NULL;
    world_open(&state);
    struct fixture *fixture = state;
    struct names names[REGISTER_COUNT] = {{0}};
    struct fault fault = {0};
    struct value value = other_value(fixture, register_id, part);
    bool is_changed = value.kind != VALUE_EMPTY;
    for (int id = REGISTER_WORKBOOK + 1; is_changed && id < REGISTER_COUNT; id++) {
        names[id] = name_record(fixture, (enum register_id)id);
    }
    if (is_changed) {
        const struct record record = {.register_id = register_id, .id = names[register_id].target};
        char *before = print_key(fixture, register_id, record.id);
        begin(fixture);
        assert_no_fault(edit_set(fixture->workbook, &record, part, &value, &fault), &fault);
        assert_true(try_commit(fixture));
        char *after = print_key(fixture, register_id, record.id);
        assert_string_not_equal(before, after);
        assert_all_named(fixture, names);
        free(before);
        free(after);
    }
    value_free(&value);
    fixture_close(&state);
    return is_changed;
}

static void every_part_of_every_key_takes_along_what_names_it(void **state) {
    (void)state;
    int parts = 0;
    for (int id = REGISTER_WORKBOOK + 1; id < REGISTER_COUNT; id++) {
        const struct register_description *description = register_describe((enum register_id)id);
        for (int part = 0; part < description->key_count; part++) {
            parts += check_part((enum register_id)id, description->key[part]);
        }
    }
    assert_in_range(parts, 40, 60);
}

static void a_renamed_version_is_followed_by_its_acknowledgements_and_translations(void **state) {
    struct fixture *fixture = *state;
    change(fixture, REGISTER_POLICY_VERSION, "POL-001/1.0", "version=1.1");
    assert_true(exists(fixture, REGISTER_ACKNOWLEDGEMENT, "POL-001/1.1/Jo Novak"));
    assert_cell(fixture, REGISTER_TRANSLATION, "POL-001/de", "version", "1.1");
    change(fixture, REGISTER_POLICY_VERSION, "POL-001/1.1", "policy=POL-002|version=3.0");
    assert_true(exists(fixture, REGISTER_ACKNOWLEDGEMENT, "POL-002/3.0/Jo Novak"));
    assert_cell(fixture, REGISTER_TRANSLATION, "POL-002/de", "version", "3.0");
}

static void a_source_that_goes_on_behind_a_key_follows_it(void **state) {
    struct fixture *fixture = *state;
    change(fixture, REGISTER_ACTION, "CA-001", "source=management review|source_ref=MR-01/D1");
    change(fixture, REGISTER_ACTION, "CA-002", "source=other|source_ref=MR-0123");
    change(fixture, REGISTER_REVIEW, "MR-01", "ref=MR-2026");
    assert_cell(fixture, REGISTER_ACTION, "CA-001", "source_ref", "MR-2026/D1");
    assert_cell(fixture, REGISTER_ACTION, "CA-002", "source_ref", "MR-0123");
}

static void the_source_decides_which_of_two_records_is_meant(void **state) {
    struct fixture *fixture = *state;
    change(fixture, REGISTER_KPI, "KPI-01", "ref=SAME");
    change(fixture, REGISTER_EVIDENCE, "EV-001", "ref=SAME");
    change(fixture, REGISTER_COURSE, "TRN-001", "ref=SAME");
    change(fixture, REGISTER_ACTION, "CA-001", "source=kpi|source_ref=SAME");
    change(fixture, REGISTER_COURSE, "SAME", "ref=OTHER");
    assert_cell(fixture, REGISTER_ACTION, "CA-001", "source_ref", "SAME");
    change(fixture, REGISTER_KPI, "SAME", "ref=KPI-09");
    assert_cell(fixture, REGISTER_ACTION, "CA-001", "source_ref", "KPI-09");
}

static void links_of_links_follow_as_well(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_EXCEPTION,
        "check=evidence-unused|register=evidence_link|record=EV-001/person/Max Weber|reason=R|"
        "until_on=2027-01-01");
    change(fixture, REGISTER_PERSON, "Max Weber", "name=Max Huber");
    assert_true(exists(fixture, REGISTER_EVIDENCE_LINK, "EV-001/person/Max Huber"));
    assert_cell(fixture, REGISTER_EXCEPTION,
                "evidence-unused/evidence_link/EV-001\\/person\\/Max Huber", "record",
                "EV-001/person/Max Huber");
}

static void undo_takes_a_renaming_and_its_followers_back(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    char *label = NULL;
    change(fixture, REGISTER_PERSON, "Max Weber", "name=Max Huber");
    assert_no_fault(history_undo(fixture->workbook, &label, &fault), &fault);
    assert_true(exists(fixture, REGISTER_PERSON, "Max Weber"));
    assert_true(exists(fixture, REGISTER_EVIDENCE_LINK, "EV-001/person/Max Weber"));
    free(label);
}

int main(void) {
#define CLAIM(claim) cmocka_unit_test_setup_teardown(claim, world_open, fixture_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_part_of_every_key_takes_along_what_names_it),
        CLAIM(a_renamed_version_is_followed_by_its_acknowledgements_and_translations),
        CLAIM(a_source_that_goes_on_behind_a_key_follows_it),
        CLAIM(the_source_decides_which_of_two_records_is_meant),
        CLAIM(undo_takes_a_renaming_and_its_followers_back),
        CLAIM(links_of_links_follow_as_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
