/* What a deletion takes along, empties or is refused for, over every reference that is described.
 */
#include <stdlib.h>

#include "clause5/rules/edit.h"
#include "clause5/store/history.h"
#include "world.h"

/* One field that refers to a record. */
struct reference {
    enum register_id holder;
    int field;
    enum register_id target;
};

static const struct field *reference_field(const struct reference *reference) {
    return &register_describe(reference->holder)->fields[reference->field];
}

/* Lets the world's record of that register refer to the second target. */
static int64_t point(struct fixture *fixture, const struct reference *reference) {
    int64_t id = find(fixture, reference->holder, world_key(reference->holder));
    struct fault fault = {0};
    struct record record = {0};
    struct value target =
        value_of_whole(find(fixture, reference->target, world_second_key(reference->target)));
    world_load(fixture, reference->holder, id, &record);
    values_free(&record.values[reference->field], 1);
    record.values[reference->field] = target;
    if (reference->holder == REGISTER_POLICY_VERSION && reference->field == POLICY_VERSION_POLICY) {
        value_free(&record.values[POLICY_VERSION_VERSION]);
        record.values[POLICY_VERSION_VERSION] = value_of_text("7.0");
    }
    begin(fixture);
    assert_no_fault(edit_update(fixture->workbook, reference->holder, id, record.values, &fault),
                    &fault);
    assert_true(try_commit(fixture));
    record_free(&record);
    return id;
}

static void check_reference(const struct reference *reference) {
    void *state = NULL;
    world_open(&state);
    struct fixture *fixture = state;
    struct fault fault = {0};
    struct record record = {0};
    const struct field *field = reference_field(reference);
    const char *key = world_second_key(reference->target);
    int64_t id = point(fixture, reference);
    if (register_is_key_field(reference->holder, reference->field)) {
        drop(fixture, reference->target, key);
        assert_int_equal(record_load(fixture->workbook, reference->holder, id, &record, &fault),
                         LOOKUP_NONE);
    } else if ((field->flags & FIELD_REQUIRED) != 0) {
        refuse_drop(fixture, reference->target, key);
        assert_said(fixture, "change or delete that one first");
        world_load(fixture, reference->holder, id, &record);
        assert_int_not_equal(record.values[reference->field].kind, VALUE_EMPTY);
    } else {
        drop(fixture, reference->target, key);
        world_load(fixture, reference->holder, id, &record);
        assert_int_equal(record.values[reference->field].kind, VALUE_EMPTY);
    }
    record_free(&record);
    fixture_close(&state);
}

static void every_reference_goes_empties_or_refuses(void **state) {
    (void)state;
    int references = 0;
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const struct register_description *description = register_describe((enum register_id)id);
        for (int field = 0; field < description->field_count; field++) {
            struct reference reference = {.holder = (enum register_id)id, .field = field};
            if (description->fields[field].type == FIELD_REFERENCE) {
                reference.target = description->fields[field].target;
            } else if (description->fields[field].type == FIELD_PARTY) {
                reference.target = REGISTER_PERSON;
            } else {
                continue;
            }
            check_reference(&reference);
            references++;
        }
    }
    assert_int_equal(references, 58);
}

static void every_party_lets_go_of_a_role(void **state) {
    (void)state;
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const struct register_description *description = register_describe((enum register_id)id);
        for (int field = 0; field < description->field_count; field++) {
            struct reference reference = {
                .holder = (enum register_id)id, .field = field, .target = REGISTER_ROLE};
            if (description->fields[field].type == FIELD_PARTY &&
                (description->fields[field].flags & FIELD_APPROVAL) == 0) {
                check_reference(&reference);
            }
        }
    }
}

static void links_and_exceptions_go_with_what_they_name(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_EVIDENCE_LINK, "evidence=EV-002|register=assessment|record=2026-IA/X-1");
    put(fixture, REGISTER_EXCEPTION,
        "check=evidence-unused|register=evidence_link|record=EV-001/person/Max Weber|"
        "reason=R|until_on=2027-01-01");
    drop(fixture, REGISTER_REQUIREMENT, "X-1");
    assert_false(exists(fixture, REGISTER_ASSESSMENT, "2026-IA/X-1"));
    assert_false(exists(fixture, REGISTER_SAMPLE, "2026-IA/X-1/2026-11-02"));
    assert_int_equal(count(fixture, REGISTER_EVIDENCE_LINK), 1);
    drop(fixture, REGISTER_POLICY, "POL-002");
    assert_int_equal(count(fixture, REGISTER_EXCEPTION), 1);
}

static void the_source_of_an_action_becomes_empty(void **state) {
    struct fixture *fixture = *state;
    change(fixture, REGISTER_ACTION, "CA-001", "source=finding|source_ref=2026-IA/X-1");
    change(fixture, REGISTER_ACTION, "CA-002", "source=finding|source_ref=Somebody said so");
    drop(fixture, REGISTER_AUDIT, "2026-IA");
    assert_cell(fixture, REGISTER_ACTION, "CA-001", "source_ref", "");
    assert_cell(fixture, REGISTER_ACTION, "CA-002", "source_ref", "Somebody said so");
}

static void a_version_takes_its_acknowledgements_and_is_held_by_a_translation(void **state) {
    struct fixture *fixture = *state;
    refuse_drop(fixture, REGISTER_POLICY_VERSION, "POL-001/1.0");
    assert_said(fixture, "translation POL-001/de needs it as its version");
    drop(fixture, REGISTER_TRANSLATION, "POL-001/de");
    drop(fixture, REGISTER_POLICY_VERSION, "POL-001/1.0");
    assert_int_equal(count(fixture, REGISTER_ACKNOWLEDGEMENT), 0);
}

static void a_policy_goes_with_versions_and_their_translations(void **state) {
    struct fixture *fixture = *state;
    drop(fixture, REGISTER_POLICY, "POL-001");
    assert_int_equal(count(fixture, REGISTER_POLICY_VERSION), 1);
    assert_int_equal(count(fixture, REGISTER_TRANSLATION), 0);
    assert_int_equal(count(fixture, REGISTER_ACKNOWLEDGEMENT), 0);
}

static char *describe(struct fixture *fixture, enum register_id register_id, const char *key) {
    struct buffer out = {0};
    struct fault fault = {0};
    assert_no_fault(edit_describe_delete(fixture->workbook, register_id,
                                         find(fixture, register_id, key), &out, &fault),
                    &fault);
    return buffer_take(&out);
}

static void assert_described(struct fixture *fixture, enum register_id register_id, const char *key,
                             const char *words) {
    char *said = describe(fixture, register_id, key);
    assert_string_equal(said, words);
    free(said);
}

static void what_a_deletion_does_is_said_beforehand(void **state) {
    struct fixture *fixture = *state;
    assert_described(fixture, REGISTER_POLICY, "POL-002", "1 version and 1 exception go with it");
    put(fixture, REGISTER_ACKNOWLEDGEMENT,
        "policy=POL-001|version=1.0|person=Max Weber|acknowledged_on=2026-01-01");
    change(fixture, REGISTER_OBJECTIVE, "OBJ-01", "policy=POL-001");
    change(fixture, REGISTER_OBJECTIVE, "OBJ-02", "policy=POL-001");
    change(fixture, REGISTER_KPI, "KPI-01", "policy=POL-001");
    assert_described(fixture, REGISTER_POLICY, "POL-001",
                     "1 version, 1 translation, 2 acknowledgements and 1 policy obligation go with "
                     "it; 2 objectives lose their policy and 1 KPI loses its policy");
    assert_described(fixture, REGISTER_RESOURCE, "RES-001", "nothing else goes with it");
    assert_described(fixture, REGISTER_OBLIGATION, "OBL-001", "1 policy obligation goes with it");
    assert_int_equal(count(fixture, REGISTER_POLICY), 2);
}

static void a_deletion_that_is_refused_is_described_by_its_reason(void **state) {
    struct fixture *fixture = *state;
    struct buffer out = {0};
    struct fault fault = {0};
    assert_false(edit_describe_delete(fixture->workbook, REGISTER_ROLE,
                                      find(fixture, REGISTER_ROLE, "CEO"), &out, &fault));
    assert_string_equal(fault_text(&fault),
                        "role CEO cannot be deleted, because communication COM-001 needs it as "
                        "its sender: change or delete that one first");
    assert_string_equal(buffer_text(&out), "");
    buffer_free(&out);
    fault_clear(&fault);
}

static void undo_brings_back_all_that_a_deletion_took(void **state) {
    struct fixture *fixture = *state;
    struct fault fault = {0};
    char *label = NULL;
    int64_t before[REGISTER_COUNT];
    change(fixture, REGISTER_OBJECTIVE, "OBJ-01", "policy=POL-001");
    for (int id = 0; id < REGISTER_COUNT; id++) {
        before[id] = count(fixture, (enum register_id)id);
    }
    drop(fixture, REGISTER_POLICY, "POL-001");
    assert_no_fault(history_undo(fixture->workbook, &label, &fault), &fault);
    for (int id = 0; id < REGISTER_COUNT; id++) {
        assert_int_equal(count(fixture, (enum register_id)id), before[id]);
    }
    assert_cell(fixture, REGISTER_OBJECTIVE, "OBJ-01", "policy", "POL-001");
    assert_true(exists(fixture, REGISTER_ACKNOWLEDGEMENT, "POL-001/1.0/Jo Novak"));
    free(label);
}

int main(void) {
#define CLAIM(claim) cmocka_unit_test_setup_teardown(claim, world_open, fixture_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reference_goes_empties_or_refuses),
        cmocka_unit_test(every_party_lets_go_of_a_role),
        CLAIM(links_and_exceptions_go_with_what_they_name),
        CLAIM(the_source_of_an_action_becomes_empty),
        CLAIM(a_version_takes_its_acknowledgements_and_is_held_by_a_translation),
        CLAIM(a_policy_goes_with_versions_and_their_translations),
        CLAIM(what_a_deletion_does_is_said_beforehand),
        CLAIM(undo_brings_back_all_that_a_deletion_took),
        CLAIM(a_deletion_that_is_refused_is_described_by_its_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
