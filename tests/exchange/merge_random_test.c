/* Random pairs of edits against a model of its own: fields by name, without ids, batches or SQL. No
 * edit is lost, every conflict is listed, and it does not matter who merges whom. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/rules/edit.h"
#include "clause5/store/query.h"
#include "exchange/copies.h"
#include "support/testing.h"

enum {
    PAIRS = 500,
    OLD = 6,    /* records that are there before */
    SHARED = 3, /* that both sides may add, under one key */
    OWN = 3,    /* that only one side may add; those of the two sides take the same refs */
    RECORDS = OLD + SHARED + 2 * OWN,
    FIELDS = 4,
    VALUES = 4,
    EDITS_MOST = 8,
};

static const enum register_id kinds[] = {REGISTER_POLICY, REGISTER_PERSON};
static const int fields[2][FIELDS] = {
    {POLICY_SCOPE, POLICY_SUMMARY, POLICY_AUDIENCE, POLICY_LOCATION},
    {PERSON_JOB_TITLE, PERSON_DEPARTMENT, PERSON_ORGANISATION, PERSON_COMPETENCE}};

/* A generator with a seed of its own, so that every run is the same (xorshift64). */
struct dice {
    uint64_t state;
};

static int dice_roll(struct dice *dice, int limit) {
    dice->state ^= dice->state << 13;
    dice->state ^= dice->state >> 7;
    dice->state ^= dice->state << 17;
    return (int)((dice->state >> 33) % (uint64_t)limit);
}

/* One copy, as the model has it: of each record whether it is there, and its fields; 0 is empty. */
struct model {
    struct {
        bool is_there;
        int values[FIELDS];
    } of[2][RECORDS];
};

/* What the model says of a merge. */
struct outcome {
    struct model merged;
    int conflicts;
    char lines[2 * RECORDS * FIELDS][64];
};

static void print_title(int kind, int record, char *title, size_t size) {
    snprintf(title, size, "%s %d", kind == 0 ? "Policy" : "Person", record);
}

/* Records that only one side adds share their refs with those of the other. */
static void print_ref(int record, char *ref, size_t size) {
    snprintf(ref, size, "POL-%03d", record < OLD + SHARED + OWN ? record + 1 : record + 1 - OWN);
}

static void fill(struct value *values, int kind, int record, const int *model) {
    char text[32];
    print_title(kind, record, text, sizeof text);
    if (kind == 0) {
        values[POLICY_TITLE] = value_of_text(text);
        print_ref(record, text, sizeof text);
        values[POLICY_REF] = value_of_text(text);
        values[POLICY_KIND] = value_of_text("topic policy");
    } else {
        values[PERSON_NAME] = value_of_text(text);
    }
    for (int i = 0; i < FIELDS; i++) {
        snprintf(text, sizeof text, "value %d", model[i]);
        values[fields[kind][i]] = model[i] == 0 ? (struct value){0} : value_of_text(text);
    }
}

/* Finds the record by its title: refs may be given anew. 0 where it is not there. */
static int64_t find_record(struct fixture *fixture, int kind, int record) {
    char title[32];
    struct fault fault = {0};
    print_title(kind, record, title, sizeof title);
    struct query *query = query_open(fixture->workbook,
                                     kind == 0 ? "SELECT id FROM policy WHERE title = :title"
                                               : "SELECT id FROM person WHERE name = :title",
                                     &fault);
    assert_no_fault(query != NULL, &fault);
    query_bind_text(query, ":title", title);
    int64_t id = query_step(query, &fault) == 1 ? query_whole(query, 0) : 0;
    query_close(query);
    return id;
}

static void add_record(struct fixture *fixture, struct model *model, int kind, int record) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    struct fault fault = {0};
    int64_t id = 0;
    fill(values, kind, record, model->of[kind][record].values);
    assert_no_fault(edit_insert(fixture->workbook, kinds[kind], values, &id, &fault), &fault);
    values_free(values, REGISTER_FIELDS_MOST);
    model->of[kind][record].is_there = true;
}

static void change_record(struct fixture *fixture, struct model *model, int kind, int record,
                          int field, int to) {
    struct record row = {0};
    struct fault fault = {0};
    struct value value = {0};
    char text[32];
    snprintf(text, sizeof text, "value %d", to);
    value = to == 0 ? value : value_of_text(text);
    assert_int_equal(record_load(fixture->workbook, kinds[kind], find_record(fixture, kind, record),
                                 &row, &fault),
                     LOOKUP_FOUND);
    assert_no_fault(edit_set(fixture->workbook, &row, fields[kind][field], &value, &fault), &fault);
    record_free(&row);
    value_free(&value);
    model->of[kind][record].values[field] = to;
}

/* A record that was there before and is gone does not come back; which records a side may add is
 * said by OWNER, 0 or 1. */
static bool may_add(const struct model *model, int kind, int record, int owner) {
    int first_own = OLD + SHARED + owner * OWN;
    bool is_own = record >= first_own && record < first_own + OWN;
    return !model->of[kind][record].is_there && record >= OLD && (record < OLD + SHARED || is_own);
}

static void edit_once(struct fixture *fixture, struct model *model, struct dice *dice, int owner) {
    struct fault fault = {0};
    int kind = dice_roll(dice, 2);
    int record = dice_roll(dice, RECORDS);
    if (model->of[kind][record].is_there && dice_roll(dice, 5) == 0) {
        assert_no_fault(
            edit_delete(fixture->workbook, kinds[kind], find_record(fixture, kind, record), &fault),
            &fault);
        memset(&model->of[kind][record], 0, sizeof model->of[kind][record]);
    } else if (model->of[kind][record].is_there) {
        change_record(fixture, model, kind, record, dice_roll(dice, FIELDS),
                      dice_roll(dice, VALUES));
    } else if (may_add(model, kind, record, owner)) {
        for (int i = 0; i < FIELDS; i++) {
            model->of[kind][record].values[i] = dice_roll(dice, VALUES);
        }
        add_record(fixture, model, kind, record);
    }
}

static void edit_some(struct fixture *fixture, struct model *model, struct dice *dice, int owner) {
    struct fault fault = {0};
    for (int batches = 1 + dice_roll(dice, 2); batches > 0; batches--) {
        begin(fixture);
        for (int edits = 1 + dice_roll(dice, EDITS_MOST); edits > 0; edits--) {
            edit_once(fixture, model, dice, owner);
        }
        assert_no_fault(edit_commit(fixture->workbook, &fault), &fault);
    }
}

static void add_line(struct outcome *outcome, int kind, int record, int field) {
    char *line = outcome->lines[outcome->conflicts++];
    char title[32];
    if (kind == 0) {
        print_ref(record, title, sizeof title);
    } else {
        print_title(kind, record, title, sizeof title);
    }
    snprintf(line, sizeof outcome->lines[0], "%s %s %s", kind == 0 ? "policy" : "person", title,
             field < 0 ? "" : register_describe(kinds[kind])->fields[fields[kind][field]].name);
}

static bool differ(const int *a, const int *b) {
    return memcmp(a, b, FIELDS * sizeof *a) != 0;
}

/* Merges one record: what one side alone did stands, where both did, PREFERRED decides. */
static void expect_record(struct outcome *outcome, const struct model *base,
                          const struct model *const sides[2], int place[2], int preferred) {
    const int kind = place[0];
    const int record = place[1];
    const bool was = base->of[kind][record].is_there;
    const int *before = base->of[kind][record].values;
    const int *const values[2] = {sides[0]->of[kind][record].values,
                                  sides[1]->of[kind][record].values};
    const bool there[2] = {sides[0]->of[kind][record].is_there,
                           sides[1]->of[kind][record].is_there};
    int *merged = outcome->merged.of[kind][record].values;
    if (there[0] != there[1]) {
        int keeper = there[0] ? 0 : 1;
        bool clash = was && differ(values[keeper], before);
        bool stays = !was || (clash && preferred == keeper);
        if (clash) {
            add_line(outcome, kind, record, -1);
        }
        outcome->merged.of[kind][record].is_there = stays;
        memcpy(merged, stays ? values[keeper] : (int[FIELDS]){0}, FIELDS * sizeof *merged);
        return;
    }
    outcome->merged.of[kind][record].is_there = there[0];
    for (int i = 0; there[0] && i < FIELDS; i++) {
        bool clash =
            values[0][i] != values[1][i] && values[0][i] != before[i] && values[1][i] != before[i];
        if (clash) {
            add_line(outcome, kind, record, i);
        }
        merged[i] = clash                       ? values[preferred][i]
                    : values[0][i] == before[i] ? values[1][i]
                                                : values[0][i];
    }
}

static void expect_all(struct outcome *outcome, const struct model *base,
                       const struct model *const sides[2], int preferred) {
    memset(outcome, 0, sizeof *outcome);
    for (int kind = 0; kind < 2; kind++) {
        for (int record = 0; record < RECORDS; record++) {
            expect_record(outcome, base, sides, (int[2]){kind, record}, preferred);
        }
    }
}

static int compare_lines(const void *a, const void *b) {
    return strcmp(a, b);
}

/* Compares the conflicts with those of the model, whatever their order. */
static void check_conflicts(const struct merge *merge, struct outcome *outcome) {
    char said[2 * RECORDS * FIELDS][64];
    int count = (int)merge_conflict_count(merge);
    assert_int_equal(count, outcome->conflicts);
    for (int i = 0; i < count; i++) {
        const struct merge_conflict *conflict = merge_conflict_at(merge, (size_t)i);
        snprintf(said[i], sizeof said[i], "%s %s %s",
                 register_describe(conflict->register_id)->name, conflict->record, conflict->field);
    }
    qsort(said, (size_t)count, sizeof said[0], compare_lines);
    qsort(outcome->lines, (size_t)count, sizeof outcome->lines[0], compare_lines);
    for (int i = 0; i < count; i++) {
        assert_string_equal(said[i], outcome->lines[i]);
    }
}

static void check_record(struct fixture *fixture, const struct model *model, int kind, int record) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    struct record row = {0};
    struct fault fault = {0};
    int64_t id = find_record(fixture, kind, record);
    assert_int_equal(id != 0, model->of[kind][record].is_there);
    if (id == 0) {
        return;
    }
    fill(values, kind, record, model->of[kind][record].values);
    assert_int_equal(record_load(fixture->workbook, kinds[kind], id, &row, &fault), LOOKUP_FOUND);
    for (int i = 0; i < FIELDS; i++) {
        assert_string_equal(value_text(&row.values[fields[kind][i]]),
                            value_text(&values[fields[kind][i]]));
    }
    record_free(&row);
    values_free(values, REGISTER_FIELDS_MOST);
}

static void check_content(struct fixture *fixture, const struct model *model) {
    int64_t counts[2] = {0};
    for (int kind = 0; kind < 2; kind++) {
        for (int record = 0; record < RECORDS; record++) {
            check_record(fixture, model, kind, record);
            counts[kind] += model->of[kind][record].is_there;
        }
        assert_int_equal(count(fixture, kinds[kind]), counts[kind]);
    }
}

/* Merges theirs into ours and compares all with the model. */
static void check_merge(struct copies *copies, enum copy ours, enum copy theirs,
                        struct outcome *outcome, enum merge_choice choice) {
    struct fault fault = {0};
    struct merge *merge = copies_meet(copies, ours, theirs);
    check_conflicts(merge, outcome);
    merge_choose_all(merge, choice);
    assert_int_equal(merge_store(merge, "merge", &fault), MERGE_STORED);
    assert_int_equal(merge_finding_count(merge), 0);
    copies_leave(copies, merge, theirs);
    check_content(&copies->of[ours], &outcome->merged);
}

/* Both ways, each time into a copy of its own, with the same side preferred. */
static void check_pair(struct copies *copies, const struct model *base, struct dice *dice) {
    struct model mia = *base;
    struct model bea = *base;
    struct outcome outcome;
    int preferred = dice_roll(dice, 2);
    edit_some(copies->mia, &mia, dice, 0);
    edit_some(copies->bea, &bea, dice, 1);
    copies_hand_over(copies, MIA, EVA);
    expect_all(&outcome, base, (const struct model *const[2]){&mia, &bea}, preferred);
    check_merge(copies, EVA, BEA, &outcome, preferred == 0 ? MERGE_OURS : MERGE_THEIRS);
    check_merge(copies, BEA, MIA, &outcome, preferred == 0 ? MERGE_THEIRS : MERGE_OURS);
    expect_sound(copies->bea);
}

static void random_pairs_merge_as_the_model_says(void **state) {
    struct copies *copies = copies_new();
    struct model base = {0};
    struct dice dice = {.state = 20261121};
    (void)state;
    begin(copies->mia);
    for (int kind = 0; kind < 2; kind++) {
        for (int record = 0; record < OLD; record++) {
            add_record(copies->mia, &base, kind, record);
        }
    }
    assert_true(try_commit(copies->mia));
    copies_keep(copies);
    for (int i = 0; i < PAIRS; i++) {
        copies_restart(copies);
        check_pair(copies, &base, &dice);
    }
    copies_free(copies);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_pairs_merge_as_the_model_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
