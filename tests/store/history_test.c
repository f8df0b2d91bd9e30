/* Undo, redo and verification, with random records of every register. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/store/batch.h"
#include "clause5/store/history.h"
#include "clause5/store/record.h"
#include "store/database.h"
#include "store/random_rows.h"
#include "support/workbook.h"

struct bench {
    struct place *place;
    struct workbook *workbook;
    struct fault fault;
    struct dice dice;
};

static int set_up(void **state) {
    struct bench *bench = calloc(1, sizeof *bench);
    bench->place = place_new();
    bench->workbook = support_workbook_new(bench->place);
    bench->dice.state = 20261121;
    *state = bench;
    return 0;
}

static int tear_down(void **state) {
    struct bench *bench = *state;
    workbook_close(bench->workbook);
    fault_clear(&bench->fault);
    assert_int_equal(place_count(bench->place, ""), 1);
    place_free(bench->place);
    free(bench);
    return 0;
}

static void begin(struct bench *bench, const char *label) {
    assert_true(batch_begin(bench->workbook, label, &bench->fault));
}

static void commit(struct bench *bench) {
    bool good = batch_commit(bench->workbook, &bench->fault);
    assert_string_equal(fault_text(&bench->fault), "");
    assert_true(good);
}

static void assert_sound(struct bench *bench) {
    bool sound = history_verify(bench->workbook, &bench->fault);
    assert_string_equal(fault_text(&bench->fault), "");
    assert_true(sound);
}

/* Undoes or redoes, and gives the label; the caller frees. */
static char *undo(struct bench *bench) {
    char *label = NULL;
    bool good = history_undo(bench->workbook, &label, &bench->fault);
    assert_string_equal(fault_text(&bench->fault), "");
    assert_true(good);
    return label;
}

static char *redo(struct bench *bench) {
    char *label = NULL;
    bool good = history_redo(bench->workbook, &label, &bench->fault);
    assert_string_equal(fault_text(&bench->fault), "");
    assert_true(good);
    return label;
}

static void assert_undoes(struct bench *bench, const char *label) {
    char *undone = undo(bench);
    assert_non_null(undone);
    assert_string_equal(undone, label);
    free(undone);
}

static void assert_redoes(struct bench *bench, const char *label) {
    char *redone = redo(bench);
    assert_non_null(redone);
    assert_string_equal(redone, label);
    free(redone);
}

static void assert_registers(struct bench *bench, const char *expected) {
    char *dump = dump_registers(bench->workbook);
    assert_string_equal(dump, expected);
    free(dump);
}

static int64_t insert_policy(struct bench *bench, const char *ref) {
    struct value values[POLICY_FIELDS] = {0};
    int64_t id = 0;
    values[POLICY_REF] = value_of_text(ref);
    values[POLICY_TITLE] = value_of_text("Title");
    values[POLICY_KIND] = value_of_text("other");
    assert_true(batch_insert(bench->workbook, REGISTER_POLICY, values, &id, &bench->fault));
    values_free(values, POLICY_FIELDS);
    return id;
}

static void set_policy(struct bench *bench, int64_t id, int field, const char *text) {
    struct record record;
    assert_int_equal(record_load(bench->workbook, REGISTER_POLICY, id, &record, &bench->fault),
                     LOOKUP_FOUND);
    value_free(&record.values[field]);
    record.values[field] = value_of_text(text);
    assert_true(batch_update(bench->workbook, REGISTER_POLICY, id, record.values, &bench->fault));
    record_free(&record);
}

/* One batch with one change of one field. */
static void edit_policy(struct bench *bench, int64_t id, int field, const char *text) {
    begin(bench, text);
    set_policy(bench, id, field, text);
    commit(bench);
}

/* What each of the three kinds of change does to one register, and back. */
static void turn_round(struct bench *bench, const char *before, const char *label) {
    char *after = dump_registers(bench->workbook);
    assert_string_not_equal(before, after);
    assert_undoes(bench, label);
    assert_registers(bench, before);
    assert_redoes(bench, label);
    assert_registers(bench, after);
    assert_undoes(bench, label);
    assert_registers(bench, before);
    assert_redoes(bench, label);
    free(after);
}

/* A register of references alone can only change where there is something else to refer to. */
static void insert_targets(struct bench *bench, enum register_id register_id) {
    const struct register_description *description = register_describe(register_id);
    for (int i = 0; i < description->field_count; i++) {
        if (description->fields[i].type == FIELD_REFERENCE &&
            description->fields[i].target != register_id) {
            random_insert(&bench->dice, bench->workbook, description->fields[i].target);
        }
    }
}

static void try_register(struct bench *bench, enum register_id register_id) {
    char *before = dump_registers(bench->workbook);
    int64_t id = 0;
    begin(bench, "insert");
    while (id == 0) {
        id = random_insert(&bench->dice, bench->workbook, register_id);
    }
    commit(bench);
    turn_round(bench, before, "insert");
    free(before);

    before = dump_registers(bench->workbook);
    begin(bench, "update");
    for (int tries = 0; tries < 100 && !batch_has_touched(bench->workbook, register_id); tries++) {
        insert_targets(bench, register_id);
        random_update(&bench->dice, bench->workbook, register_id);
    }
    commit(bench);
    turn_round(bench, before, "update");
    free(before);

    before = dump_registers(bench->workbook);
    begin(bench, "delete");
    assert_true(batch_delete(bench->workbook, register_id, id, &bench->fault));
    commit(bench);
    turn_round(bench, before, "delete");
    assert_sound(bench);
    free(before);
}

static void undo_and_redo_turn_every_register_round(void **state) {
    for (int i = REGISTER_PERSON; i < REGISTER_COUNT; i++) {
        try_register(*state, (enum register_id)i);
    }
}

static void the_founding_batch_is_never_undone(void **state) {
    struct bench *bench = *state;
    assert_null(undo(bench));
    assert_null(redo(bench));
    assert_false(history_undo_batch(bench->workbook, 1, &bench->fault));
    assert_int_equal(bench->fault.kind, FAULT_REFUSED);
    assert_int_equal(record_count(bench->workbook, REGISTER_WORKBOOK, &bench->fault), 1);
}

static void undo_goes_on_backwards_and_redo_ends_with_an_edit(void **state) {
    struct bench *bench = *state;
    begin(bench, "one");
    int64_t id = insert_policy(bench, "POL-001");
    commit(bench);
    edit_policy(bench, id, POLICY_TITLE, "two");
    edit_policy(bench, id, POLICY_TITLE, "three");
    assert_undoes(bench, "three");
    assert_undoes(bench, "two");
    assert_redoes(bench, "two");
    edit_policy(bench, id, POLICY_TITLE, "four");
    assert_null(redo(bench));
    assert_undoes(bench, "four");
    assert_undoes(bench, "two");
    assert_undoes(bench, "one");
    assert_null(undo(bench));
    assert_redoes(bench, "one");
    assert_redoes(bench, "two");
    assert_redoes(bench, "four");
    assert_null(redo(bench));
    assert_sound(bench);
}

static void keys_that_changed_places_change_back(void **state) {
    struct bench *bench = *state;
    begin(bench, "one");
    int64_t first = insert_policy(bench, "POL-001");
    int64_t second = insert_policy(bench, "POL-002");
    commit(bench);
    char *before = dump_registers(bench->workbook);
    begin(bench, "swap");
    set_policy(bench, first, POLICY_REF, "POL-003");
    set_policy(bench, second, POLICY_REF, "POL-001");
    set_policy(bench, first, POLICY_REF, "POL-002");
    commit(bench);
    turn_round(bench, before, "swap");
    assert_sound(bench);
    free(before);
}

static void a_batch_that_changes_nothing_leaves_no_trace(void **state) {
    struct bench *bench = *state;
    char before[HISTORY_HEAD_SIZE];
    char after[HISTORY_HEAD_SIZE];
    begin(bench, "one");
    int64_t id = insert_policy(bench, "POL-001");
    commit(bench);
    uint64_t revision = workbook_revision(bench->workbook);
    assert_true(history_head(bench->workbook, before, &bench->fault));
    begin(bench, "there and back");
    set_policy(bench, id, POLICY_TITLE, "Other");
    set_policy(bench, id, POLICY_TITLE, "Title");
    id = insert_policy(bench, "POL-002");
    assert_true(batch_delete(bench->workbook, REGISTER_POLICY, id, &bench->fault));
    commit(bench);
    assert_true(history_head(bench->workbook, after, &bench->fault));
    assert_string_equal(before, after);
    assert_true(revision == workbook_revision(bench->workbook));
}

static void undo_of_an_older_batch_is_refused_where_a_later_one_stands_on_it(void **state) {
    struct bench *bench = *state;
    begin(bench, "one");
    int64_t id = insert_policy(bench, "POL-001");
    commit(bench);
    edit_policy(bench, id, POLICY_TITLE, "two");
    edit_policy(bench, id, POLICY_SCOPE, "three");
    edit_policy(bench, id, POLICY_TITLE, "four");
    assert_false(history_undo_batch(bench->workbook, 3, &bench->fault));
    assert_int_equal(bench->fault.kind, FAULT_REFUSED);
    assert_non_null(strstr(fault_text(&bench->fault), "\"four\""));
    assert_non_null(strstr(fault_text(&bench->fault), "POL-001"));
    fault_clear(&bench->fault);
    assert_false(history_undo_batch(bench->workbook, 2, &bench->fault));
    fault_clear(&bench->fault);
    assert_true(history_undo_batch(bench->workbook, 4, &bench->fault));
    assert_true(history_undo_batch(bench->workbook, 5, &bench->fault));
    assert_true(history_undo_batch(bench->workbook, 3, &bench->fault));
    assert_false(history_undo_batch(bench->workbook, 3, &bench->fault));
    assert_non_null(strstr(fault_text(&bench->fault), "already"));
    fault_clear(&bench->fault);
    assert_sound(bench);
}

static void undo_that_would_leave_a_reference_dangling_is_refused(void **state) {
    struct bench *bench = *state;
    struct value values[POLICY_VERSION_FIELDS] = {0};
    int64_t version = 0;
    begin(bench, "policy");
    int64_t id = insert_policy(bench, "POL-001");
    commit(bench);
    begin(bench, "version");
    values[POLICY_VERSION_POLICY] = value_of_whole(id);
    values[POLICY_VERSION_VERSION] = value_of_text("1.0");
    values[POLICY_VERSION_STATUS] = value_of_text("draft");
    assert_true(
        batch_insert(bench->workbook, REGISTER_POLICY_VERSION, values, &version, &bench->fault));
    commit(bench);
    assert_false(history_undo_batch(bench->workbook, 2, &bench->fault));
    assert_int_equal(bench->fault.kind, FAULT_REFUSED);
    assert_non_null(strstr(fault_text(&bench->fault), "1.0"));
    fault_clear(&bench->fault);
    assert_int_equal(record_count(bench->workbook, REGISTER_POLICY, &bench->fault), 1);
    values_free(values, POLICY_VERSION_FIELDS);
}

/* A copy of the registers for each depth of undo. */
enum { COPIES = 220 };

/* One batch of random changes; false where nothing came of it. */
static bool random_batch(struct bench *bench) {
    uint64_t revision = workbook_revision(bench->workbook);
    begin(bench, "random");
    for (unsigned i = dice_roll(&bench->dice, 5) + 1; i > 0; i--) {
        enum register_id register_id =
            (enum register_id)(1 + dice_roll(&bench->dice, REGISTER_COUNT - 1));
        unsigned kind = dice_roll(&bench->dice, 10);
        int64_t id = random_record(&bench->dice, bench->workbook, register_id);
        if (kind < 4) {
            random_insert(&bench->dice, bench->workbook, register_id);
        } else if (kind < 8) {
            random_update(&bench->dice, bench->workbook, register_id);
        } else if (id != 0) {
            assert_true(batch_delete(bench->workbook, register_id, id, &bench->fault));
        }
    }
    if (!batch_commit(bench->workbook, &bench->fault)) {
        assert_int_equal(bench->fault.kind, FAULT_REFUSED);
        fault_clear(&bench->fault);
    }
    return workbook_revision(bench->workbook) != revision;
}

static void random_sequences_go_back_and_forth(void **state) {
    struct bench *bench = *state;
    char *copies[COPIES] = {0};
    int at = 0;
    int newest = 0;
    copies[0] = dump_registers(bench->workbook);
    for (int step = 0; step < 400 && at < COPIES - 1; step++) {
        unsigned kind = dice_roll(&bench->dice, 10);
        if (kind < 6) {
            if (random_batch(bench)) {
                at++;
                newest = at;
                free(copies[at]);
                copies[at] = dump_registers(bench->workbook);
            }
        } else if (kind < 8) {
            char *label = undo(bench);
            assert_true((label != NULL) == (at > 0));
            at -= label != NULL;
            free(label);
        } else {
            char *label = redo(bench);
            assert_true((label != NULL) == (at < newest));
            at += label != NULL;
            free(label);
        }
        assert_registers(bench, copies[at]);
        if (step % 50 == 49) {
            assert_sound(bench);
            workbook_close(bench->workbook);
            bench->workbook = support_workbook_open(bench->place, WORKBOOK_WRITE);
        }
    }
    while (at > 0) {
        free(undo(bench));
        assert_registers(bench, copies[--at]);
    }
    assert_sound(bench);
    for (int i = 0; i < COPIES; i++) {
        free(copies[i]);
    }
}

static void a_point_takes_back_what_came_after_it(void **state) {
    struct bench *bench = *state;
    begin(bench, "points");
    insert_policy(bench, "POL-001");
    assert_true(batch_set_point(bench->workbook, &bench->fault));
    int64_t id = insert_policy(bench, "POL-002");
    assert_true(batch_set_point(bench->workbook, &bench->fault));
    set_policy(bench, id, POLICY_TITLE, "Other");
    assert_true(batch_forget_point(bench->workbook, &bench->fault));
    assert_true(batch_return_to_point(bench->workbook, &bench->fault));
    insert_policy(bench, "POL-003");
    commit(bench);
    assert_int_equal(record_count(bench->workbook, REGISTER_POLICY, &bench->fault), 2);
    assert_sound(bench);
    assert_undoes(bench, "points");
    assert_int_equal(record_count(bench->workbook, REGISTER_POLICY, &bench->fault), 0);
}

static void inserted_rows_take_one_entry_for_each_register(void **state) {
    struct bench *bench = *state;
    char ref[20];
    int64_t entries = 0;
    begin(bench, "import");
    for (int i = 0; i < 500; i++) {
        snprintf(ref, sizeof ref, "POL-%03d", i);
        insert_policy(bench, ref);
        while (random_insert(&bench->dice, bench->workbook, REGISTER_COURSE) == 0) {
        }
        /* A row that turns out wrong leaves no gap. */
        assert_true(batch_set_point(bench->workbook, &bench->fault));
        insert_policy(bench, "wrong");
        assert_true(batch_return_to_point(bench->workbook, &bench->fault));
    }
    commit(bench);
    assert_true(database_read_whole(bench->workbook,
                                    "SELECT count(*) FROM c5_change WHERE batch = 2", &entries,
                                    &bench->fault));
    assert_int_equal(entries, 2);
    assert_undoes(bench, "import");
    assert_redoes(bench, "import");
    assert_true(database_read_whole(bench->workbook,
                                    "SELECT count(*) FROM c5_change WHERE batch = 4", &entries,
                                    &bench->fault));
    assert_int_equal(entries, 2);
    assert_sound(bench);
}

struct seen {
    bool is_clock_set;
    struct buffer text;
};

static bool note_batch(void *context, const struct history_batch *batch) {
    struct seen *seen = context;
    assert_true((batch->clock_set != NULL) == seen->is_clock_set);
    buffer_addf(&seen->text, "%lld %s %lld%s\n", (long long)batch->number, batch->label,
                (long long)batch->records, batch->is_undone ? " undone" : "");
    return true;
}

static bool note_change(void *context, const struct history_change *change) {
    struct seen *seen = context;
    buffer_addf(&seen->text, "%s %s: %s -> %s\n", change->record,
                change->field < 0
                    ? "*"
                    : register_describe(change->register_id)->fields[change->field].name,
                change->old_text, change->new_text);
    return true;
}

static void the_history_tells_old_and_new(void **state) {
    struct bench *bench = *state;
    struct seen seen = {.is_clock_set = workbook_clock(bench->workbook)->is_set};
    const struct history_visitor batches = {.visit = note_batch, .context = &seen};
    const struct change_visitor changes = {.visit = note_change, .context = &seen};
    begin(bench, "one");
    int64_t id = insert_policy(bench, "POL-001");
    insert_policy(bench, "POL-002");
    commit(bench);
    edit_policy(bench, id, POLICY_TITLE, "two");
    edit_policy(bench, id, POLICY_TITLE, "three");
    begin(bench, "gone");
    assert_true(batch_delete(bench->workbook, REGISTER_POLICY, id, &bench->fault));
    commit(bench);
    free(undo(bench));
    assert_true(history_visit(bench->workbook, 0, &batches, &bench->fault));
    assert_string_equal(seen.text.bytes, "6 undo: gone 1\n5 gone 1 undone\n4 three 1\n3 two 1\n"
                                         "2 one 2\n1 new workbook 1\n");
    buffer_clear(&seen.text);
    for (int64_t batch = 2; batch <= 6; batch++) {
        assert_true(history_visit_changes(bench->workbook, batch, &changes, &bench->fault));
    }
    assert_string_equal(seen.text.bytes, " *:  -> 2\n"
                                         "POL-001 title: Title -> two\n"
                                         "POL-001 title: two -> three\n"
                                         "POL-001 ref: POL-001 -> \n"
                                         "POL-001 title: three -> \n"
                                         "POL-001 kind: other -> \n"
                                         "POL-001 *:  -> 1\n");
    buffer_free(&seen.text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(undo_and_redo_turn_every_register_round),
        TEST(the_founding_batch_is_never_undone),
        TEST(undo_goes_on_backwards_and_redo_ends_with_an_edit),
        TEST(keys_that_changed_places_change_back),
        TEST(a_batch_that_changes_nothing_leaves_no_trace),
        TEST(undo_of_an_older_batch_is_refused_where_a_later_one_stands_on_it),
        TEST(undo_that_would_leave_a_reference_dangling_is_refused),
        TEST(random_sequences_go_back_and_forth),
        TEST(a_point_takes_back_what_came_after_it),
        TEST(inserted_rows_take_one_entry_for_each_register),
        TEST(the_history_tells_old_and_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
