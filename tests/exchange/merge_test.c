/* What a merge makes of two copies, sentence by sentence of architecture.md ("Merge"). */
#include "clause5/exchange/merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/rules/workflow.h"
#include "clause5/store/batch.h"
#include "clause5/store/history.h"
#include "clause5/store/record.h"
#include "exchange/copies.h"
#include "support/testing.h"

static const char policy_1[] = "ref=POL-001|title=Access|kind=topic policy";

/* A workbook with a policy, a version of it, somebody who knows it, and a role. */
static int set_up(void **state) {
    struct copies *copies = copies_new();
    struct fixture *mia = copies->mia;
    put(mia, REGISTER_PERSON, "name=Anna Weber|email=anna@x.org");
    put(mia, REGISTER_PERSON, "name=Otto Klein");
    put(mia, REGISTER_ROLE, "ref=ISO|title=Security officer|kind=isms|holder=Anna Weber");
    put(mia, REGISTER_POLICY, policy_1);
    put(mia, REGISTER_POLICY, "ref=POL-002|title=Backup|kind=topic policy|parent=POL-001");
    put(mia, REGISTER_POLICY_VERSION, "policy=POL-001|version=1.0|status=draft");
    put(mia, REGISTER_ACKNOWLEDGEMENT,
        "policy=POL-001|version=1.0|person=Otto Klein|acknowledged_on=2026-01-02");
    copies_split(copies);
    *state = copies;
    return 0;
}

static int tear_down(void **state) {
    copies_free(*state);
    return 0;
}

static void different_fields_of_one_record_both_stay(void **state) {
    struct copies *copies = *state;
    change(copies->mia, REGISTER_POLICY, "POL-001", "title=Access control");
    change(copies->bea, REGISTER_POLICY, "POL-001", "owner=ISO|scope=All sites");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OPEN), 0);
    assert_cell(copies->mia, REGISTER_POLICY, "POL-001", "title", "Access control");
    assert_cell(copies->mia, REGISTER_POLICY, "POL-001", "owner", "ISO");
    assert_cell(copies->mia, REGISTER_POLICY, "POL-001", "scope", "All sites");
}

static void what_only_one_side_added_is_there_with_what_it_refers_to(void **state) {
    struct copies *copies = *state;
    put(copies->bea, REGISTER_PERSON, "name=Carla Neu");
    put(copies->bea, REGISTER_ROLE, "ref=DPO|title=Data protection|kind=isms|holder=Carla Neu");
    put(copies->mia, REGISTER_PERSON, "name=Dora Alt");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OPEN), 0);
    assert_cell(copies->mia, REGISTER_ROLE, "DPO", "holder", "Carla Neu");
    assert_true(exists(copies->mia, REGISTER_PERSON, "Dora Alt"));
}

static void the_same_field_with_two_values_is_a_conflict_with_who_and_when(void **state) {
    struct copies *copies = *state;
    struct fault fault = {0};
    change(copies->mia, REGISTER_POLICY, "POL-001", "title=Access A");
    change(copies->bea, REGISTER_POLICY, "POL-001", "title=Access B");
    struct merge *merge = copies_meet(copies, MIA, BEA);
    assert_int_equal(merge_conflict_count(merge), 1);
    const struct merge_conflict *conflict = merge_conflict_at(merge, 0);
    assert_int_equal(conflict->register_id, REGISTER_POLICY);
    assert_string_equal(conflict->record, "POL-001");
    assert_string_equal(conflict->field, "title");
    assert_string_equal(conflict->ours, "Access A");
    assert_string_equal(conflict->theirs, "Access B");
    assert_string_equal(conflict->our_actor, "Mia");
    assert_string_equal(conflict->their_actor, "Bea");
    assert_memory_equal(conflict->our_time, "2026-11-21T", 11);
    assert_memory_equal(conflict->their_time, "2026-11-21T", 11);
    assert_int_equal(merge_store(merge, "merge", &fault), MERGE_HELD);
    copies_part(copies, merge, BEA);
    assert_cell(copies->mia, REGISTER_POLICY, "POL-001", "title", "Access A");
}

static void a_conflict_goes_the_way_that_is_chosen(void **state) {
    struct copies *copies = *state;
    change(copies->mia, REGISTER_POLICY, "POL-001", "title=Access A");
    change(copies->bea, REGISTER_POLICY, "POL-001", "title=Access B");
    copies_give(copies, MIA, EVA);
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OURS), 1);
    assert_cell(copies->mia, REGISTER_POLICY, "POL-001", "title", "Access A");
    assert_int_equal(copies_merge(copies, EVA, BEA, MERGE_THEIRS), 1);
    assert_cell(copies->eva, REGISTER_POLICY, "POL-001", "title", "Access B");
}

static void the_same_value_on_both_sides_is_no_conflict(void **state) {
    struct copies *copies = *state;
    change(copies->mia, REGISTER_POLICY, "POL-001", "title=Access control");
    change(copies->bea, REGISTER_POLICY, "POL-001", "title=Access control");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OPEN), 0);
}

static void a_value_changed_and_changed_back_is_no_change(void **state) {
    struct copies *copies = *state;
    change(copies->mia, REGISTER_POLICY, "POL-001", "title=Other");
    change(copies->mia, REGISTER_POLICY, "POL-001", "title=Access");
    change(copies->bea, REGISTER_POLICY, "POL-001", "title=Access B");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OPEN), 0);
    assert_cell(copies->mia, REGISTER_POLICY, "POL-001", "title", "Access B");
}

static void what_one_side_deleted_goes_with_what_went_with_it(void **state) {
    struct copies *copies = *state;
    drop(copies->bea, REGISTER_POLICY, "POL-001");
    change(copies->mia, REGISTER_POLICY, "POL-002", "scope=Servers");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OPEN), 0);
    assert_false(exists(copies->mia, REGISTER_POLICY, "POL-001"));
    assert_int_equal(count(copies->mia, REGISTER_POLICY_VERSION), 0);
    assert_int_equal(count(copies->mia, REGISTER_ACKNOWLEDGEMENT), 0);
    assert_cell(copies->mia, REGISTER_POLICY, "POL-002", "parent", "");
    assert_cell(copies->mia, REGISTER_POLICY, "POL-002", "scope", "Servers");
}

static void changed_against_deleted_is_a_conflict(void **state) {
    struct copies *copies = *state;
    drop(copies->bea, REGISTER_POLICY, "POL-001");
    change(copies->mia, REGISTER_POLICY, "POL-001", "title=Access A|scope=All");
    copies_give(copies, MIA, EVA);
    expect_conflict(copies, MIA, BEA, "policy POL-001 : changed: title, scope | deleted");
    assert_int_equal(copies_merge(copies, EVA, BEA, MERGE_THEIRS), 1);
    assert_false(exists(copies->eva, REGISTER_POLICY, "POL-001"));
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OURS), 1);
    assert_cell(copies->mia, REGISTER_POLICY, "POL-001", "title", "Access A");
    assert_cell(copies->mia, REGISTER_POLICY, "POL-002", "parent", "POL-001");
    assert_true(exists(copies->mia, REGISTER_POLICY_VERSION, "POL-001/1.0"));
    assert_int_equal(count(copies->mia, REGISTER_ACKNOWLEDGEMENT), 1);
}

static void a_record_that_ours_deleted_comes_back_whole_where_theirs_is_chosen(void **state) {
    struct copies *copies = *state;
    drop(copies->mia, REGISTER_POLICY, "POL-001");
    change(copies->bea, REGISTER_POLICY_VERSION, "POL-001/1.0", "change_summary=First");
    expect_conflict(copies, MIA, BEA,
                    "policy_version POL-001/1.0 : deleted | changed: change_summary");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_THEIRS), 1);
    assert_cell(copies->mia, REGISTER_POLICY_VERSION, "POL-001/1.0", "change_summary", "First");
    assert_int_equal(count(copies->mia, REGISTER_ACKNOWLEDGEMENT), 1);
    assert_cell(copies->mia, REGISTER_POLICY, "POL-002", "parent", "POL-001");
}

static void an_added_row_on_a_record_that_the_other_deleted_is_a_conflict(void **state) {
    struct copies *copies = *state;
    drop(copies->bea, REGISTER_POLICY, "POL-001");
    put(copies->mia, REGISTER_ACKNOWLEDGEMENT,
        "policy=POL-001|version=1.0|person=Anna Weber|acknowledged_on=2026-02-02");
    copies_give(copies, MIA, EVA);
    expect_conflict(copies, MIA, BEA,
                    "acknowledgement POL-001/1.0/Anna Weber policy: POL-001 | deleted");
    copies_merge(copies, EVA, BEA, MERGE_THEIRS);
    assert_int_equal(count(copies->eva, REGISTER_ACKNOWLEDGEMENT), 0);
    copies_merge(copies, MIA, BEA, MERGE_OURS);
    assert_int_equal(count(copies->mia, REGISTER_ACKNOWLEDGEMENT), 2);
    assert_true(exists(copies->mia, REGISTER_POLICY, "POL-001"));
}

static void a_reference_set_to_a_deleted_record_is_a_conflict(void **state) {
    struct copies *copies = *state;
    put(copies->mia, REGISTER_ACTIVITY, "ref=ACT-001|title=Review|policy=POL-002");
    drop(copies->bea, REGISTER_POLICY, "POL-002");
    expect_conflict(copies, MIA, BEA, "activity ACT-001 policy: POL-002 | deleted");
    copies_merge(copies, MIA, BEA, MERGE_THEIRS);
    assert_cell(copies->mia, REGISTER_ACTIVITY, "ACT-001", "policy", "");
}

static void evidence_for_a_record_that_the_other_deleted_is_a_conflict(void **state) {
    struct copies *copies = *state;
    put(copies->mia, REGISTER_EVIDENCE, "ref=EV-001|title=Mail|kind=record");
    put(copies->mia, REGISTER_EVIDENCE_LINK, "evidence=EV-001|register=policy|record=POL-002");
    drop(copies->bea, REGISTER_POLICY, "POL-002");
    expect_conflict(copies, MIA, BEA,
                    "evidence_link EV-001/policy/POL-002 record: POL-002 | deleted");
    copies_merge(copies, MIA, BEA, MERGE_THEIRS);
    assert_int_equal(count(copies->mia, REGISTER_EVIDENCE_LINK), 0);
    assert_int_equal(count(copies->mia, REGISTER_EVIDENCE), 1);
}

static void a_person_added_on_both_sides_is_one_with_the_fields_of_both(void **state) {
    struct copies *copies = *state;
    put(copies->mia, REGISTER_PERSON, "name=Carla Neu|job_title=Baker");
    put(copies->bea, REGISTER_PERSON, "name=carla neu|department=Oven");
    put(copies->bea, REGISTER_ROLE, "ref=DPO|title=Data protection|kind=isms|holder=Carla Neu");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OURS), 1);
    assert_int_equal(count(copies->mia, REGISTER_PERSON), 3);
    assert_cell(copies->mia, REGISTER_PERSON, "Carla Neu", "department", "Oven");
    assert_cell(copies->mia, REGISTER_PERSON, "Carla Neu", "job_title", "Baker");
    assert_cell(copies->mia, REGISTER_ROLE, "DPO", "holder", "Carla Neu");
}

static void who_has_the_same_e_mail_is_the_same_person(void **state) {
    struct copies *copies = *state;
    put(copies->mia, REGISTER_PERSON, "name=Carla Neu|email=carla@x.org");
    put(copies->bea, REGISTER_PERSON, "name=C. Neu|email=Carla@x.org");
    expect_conflict(copies, MIA, BEA, "person Carla Neu name: Carla Neu | C. Neu");
    copies_merge(copies, MIA, BEA, MERGE_THEIRS);
    assert_int_equal(count(copies->mia, REGISTER_PERSON), 3);
    assert_true(exists(copies->mia, REGISTER_PERSON, "C. Neu"));
}

static void a_cell_of_the_matrix_set_on_both_sides_is_one(void **state) {
    struct copies *copies = *state;
    put(copies->mia, REGISTER_ACTIVITY, "ref=ACT-001|title=Review");
    put(copies->mia, REGISTER_RESPONSIBILITY, "activity=ACT-001|role=ISO|code=R");
    put(copies->bea, REGISTER_ACTIVITY, "ref=ACT-001|title=Review");
    put(copies->bea, REGISTER_RESPONSIBILITY, "activity=ACT-001|role=ISO|code=A");
    expect_conflict(copies, MIA, BEA, "responsibility ACT-001/ISO code: R | A");
    copies_merge(copies, MIA, BEA, MERGE_THEIRS);
    assert_int_equal(count(copies->mia, REGISTER_ACTIVITY), 1);
    assert_cell(copies->mia, REGISTER_RESPONSIBILITY, "ACT-001/ISO", "code", "A");
}

static void a_ref_given_twice_is_renumbered_and_followed(void **state) {
    struct copies *copies = *state;
    struct fault fault = {0};
    put(copies->mia, REGISTER_POLICY, "ref=POL-003|title=Mobile|kind=topic policy");
    put(copies->bea, REGISTER_POLICY, "ref=POL-003|title=Remote|kind=topic policy");
    put(copies->bea, REGISTER_POLICY,
        "ref=POL-004|title=Visitors|kind=topic policy|parent=POL-003");
    put(copies->bea, REGISTER_POLICY_VERSION, "policy=POL-003|version=2.0|status=draft");
    put(copies->bea, REGISTER_EVIDENCE, "ref=EV-001|title=Mail|kind=record");
    put(copies->bea, REGISTER_EVIDENCE_LINK,
        "evidence=EV-001|register=policy_version|record=POL-003/2.0");
    put(copies->bea, REGISTER_ACTION,
        "ref=CA-001|title=Print it|source=other|source_ref=POL-003"
        "|raised_on=2026-01-01|status=open");
    struct merge *merge = copies_meet(copies, MIA, BEA);
    assert_int_equal(merge_store(merge, "merge", &fault), MERGE_STORED);
    assert_int_equal(merge_renumbering_count(merge), 1);
    assert_string_equal(merge_renumbering_at(merge, 0)->from, "POL-003");
    assert_string_equal(merge_renumbering_at(merge, 0)->to, "POL-005");
    copies_part(copies, merge, BEA);
    expect_sound(copies->mia);
    assert_cell(copies->mia, REGISTER_POLICY, "POL-003", "title", "Mobile");
    assert_cell(copies->mia, REGISTER_POLICY, "POL-005", "title", "Remote");
    assert_cell(copies->mia, REGISTER_POLICY, "POL-004", "parent", "POL-005");
    assert_true(exists(copies->mia, REGISTER_EVIDENCE_LINK, "EV-001/policy_version/POL-005\\/2.0"));
    assert_cell(copies->mia, REGISTER_ACTION, "CA-001", "source_ref", "POL-005");
    copies_merge(copies, BEA, MIA, MERGE_OPEN);
    expect_same(copies, MIA, BEA);
}

static void a_ref_that_is_no_number_gets_one(void **state) {
    struct copies *copies = *state;
    put(copies->mia, REGISTER_ROLE, "ref=CISO|title=Chief|kind=isms");
    put(copies->bea, REGISTER_ROLE, "ref=CISO|title=Deputy chief|kind=isms");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OPEN), 0);
    assert_cell(copies->mia, REGISTER_ROLE, "CISO-2", "title", "Deputy chief");
}

static void the_same_ref_and_title_added_on_both_sides_are_one_record(void **state) {
    struct copies *copies = *state;
    put(copies->mia, REGISTER_POLICY, "ref=POL-003|title=Mobile|kind=topic policy|scope=Phones");
    put(copies->bea, REGISTER_POLICY, "ref=POL-003|title=Mobile|kind=topic policy|owner=ISO");
    put(copies->bea, REGISTER_POLICY,
        "ref=POL-004|title=Visitors|kind=topic policy|parent=POL-003");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OPEN), 0);
    assert_int_equal(count(copies->mia, REGISTER_POLICY), 4);
    assert_cell(copies->mia, REGISTER_POLICY, "POL-003", "scope", "Phones");
    assert_cell(copies->mia, REGISTER_POLICY, "POL-003", "owner", "ISO");
    assert_cell(copies->mia, REGISTER_POLICY, "POL-004", "parent", "POL-003");
    change(copies->bea, REGISTER_POLICY, "POL-003", "scope=|summary=New");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OPEN), 0);
    assert_cell(copies->mia, REGISTER_POLICY, "POL-003", "summary", "New");
    assert_int_equal(copies_merge(copies, BEA, MIA, MERGE_OPEN), 0);
    expect_same(copies, MIA, BEA);
}

static void a_new_link_follows_a_record_that_the_other_renamed(void **state) {
    struct copies *copies = *state;
    change(copies->bea, REGISTER_POLICY, "POL-002", "ref=POL-200");
    put(copies->mia, REGISTER_EVIDENCE, "ref=EV-001|title=Mail|kind=record");
    put(copies->mia, REGISTER_EVIDENCE_LINK, "evidence=EV-001|register=policy|record=POL-002");
    change(copies->bea, REGISTER_POLICY_VERSION, "POL-001/1.0", "version=1.1");
    put(copies->mia, REGISTER_ACKNOWLEDGEMENT,
        "policy=POL-001|version=1.0|person=Anna Weber|acknowledged_on=2026-02-02");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OPEN), 0);
    assert_true(exists(copies->mia, REGISTER_EVIDENCE_LINK, "EV-001/policy/POL-200"));
    assert_true(exists(copies->mia, REGISTER_ACKNOWLEDGEMENT, "POL-001/1.1/Anna Weber"));
    assert_true(exists(copies->mia, REGISTER_ACKNOWLEDGEMENT, "POL-001/1.1/Otto Klein"));
}

static void refs_that_were_exchanged_pass_each_other(void **state) {
    struct copies *copies = *state;
    change(copies->bea, REGISTER_POLICY, "POL-001", "ref=POL-009");
    change(copies->bea, REGISTER_POLICY, "POL-002", "ref=POL-001");
    change(copies->bea, REGISTER_POLICY, "POL-009", "ref=POL-002");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OPEN), 0);
    assert_cell(copies->mia, REGISTER_POLICY, "POL-001", "title", "Backup");
    assert_cell(copies->mia, REGISTER_POLICY, "POL-002", "title", "Access");
}

static void merging_again_changes_nothing(void **state) {
    struct copies *copies = *state;
    char before[HISTORY_HEAD_SIZE];
    char after[HISTORY_HEAD_SIZE];
    struct fault fault = {0};
    change(copies->bea, REGISTER_POLICY, "POL-001", "title=Access B");
    change(copies->mia, REGISTER_POLICY, "POL-002", "title=Backup A");
    copies_merge(copies, MIA, BEA, MERGE_OPEN);
    assert_true(history_head(copies->mia->workbook, before, &fault));
    struct merge *merge = copies_meet(copies, MIA, BEA);
    assert_true(merge_is_known(merge));
    copies_part(copies, merge, BEA);
    copies_merge(copies, MIA, BEA, MERGE_OPEN);
    assert_true(history_head(copies->mia->workbook, after, &fault));
    assert_string_equal(before, after);
}

static void copies_that_merge_each_other_by_turns_come_to_rest(void **state) {
    struct copies *copies = *state;
    char before[HISTORY_HEAD_SIZE];
    char after[HISTORY_HEAD_SIZE];
    struct fault fault = {0};
    change(copies->bea, REGISTER_POLICY, "POL-001", "title=Access B");
    change(copies->mia, REGISTER_POLICY, "POL-002", "title=Backup A");
    copies_merge(copies, MIA, BEA, MERGE_OPEN);
    copies_merge(copies, BEA, MIA, MERGE_OPEN);
    expect_same(copies, MIA, BEA);
    assert_true(history_head(copies->mia->workbook, before, &fault));
    copies_merge(copies, MIA, BEA, MERGE_OPEN);
    assert_true(history_head(copies->mia->workbook, after, &fault));
    assert_string_equal(before, after);
}

/* A conflict once decided stays decided, whichever copy goes on. */
static void a_decided_conflict_does_not_come_again(void **state) {
    struct copies *copies = *state;
    change(copies->mia, REGISTER_POLICY, "POL-001", "title=Access A");
    change(copies->bea, REGISTER_POLICY, "POL-001", "title=Access B");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OURS), 1);
    assert_int_equal(copies_merge(copies, BEA, MIA, MERGE_OPEN), 0);
    assert_cell(copies->bea, REGISTER_POLICY, "POL-001", "title", "Access A");
    change(copies->bea, REGISTER_POLICY, "POL-001", "title=Access C");
    change(copies->mia, REGISTER_POLICY, "POL-001", "scope=Sites");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OPEN), 0);
    assert_cell(copies->mia, REGISTER_POLICY, "POL-001", "title", "Access C");
}

/* Two who send each other their files at the same time merge crosswise, week after week. */
static void copies_merged_crosswise_know_what_both_had(void **state) {
    struct copies *copies = *state;
    static const char *const weeks[] = {"1", "2", "3", "4"};
    for (size_t i = 0; i < 4; i++) {
        char cells[64];
        snprintf(cells, sizeof cells, "title=Access %s", weeks[i]);
        change(copies->mia, REGISTER_POLICY, "POL-001", cells);
        snprintf(cells, sizeof cells, "scope=Scope %s", weeks[i]);
        change(copies->bea, REGISTER_POLICY, "POL-001", cells);
        copies_give(copies, MIA, EVA);
        assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OPEN), 0);
        assert_int_equal(copies_merge(copies, BEA, EVA, MERGE_OPEN), 0);
        expect_same(copies, MIA, BEA);
    }
    change(copies->bea, REGISTER_POLICY, "POL-001", "title=Access B");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OPEN), 0);
    assert_cell(copies->mia, REGISTER_POLICY, "POL-001", "title", "Access B");
    assert_cell(copies->mia, REGISTER_POLICY, "POL-001", "scope", "Scope 4");
}

static void a_conflict_decided_differently_on_both_sides_is_one_again(void **state) {
    struct copies *copies = *state;
    change(copies->mia, REGISTER_POLICY, "POL-001", "title=Access A");
    change(copies->bea, REGISTER_POLICY, "POL-001", "title=Access B");
    copies_give(copies, MIA, EVA);
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_OURS), 1);
    assert_int_equal(copies_merge(copies, BEA, EVA, MERGE_OURS), 1);
    expect_conflict(copies, MIA, BEA, "policy POL-001 title: Access A | Access B");
}

static void three_copies_come_together_in_any_order(void **state) {
    struct copies *copies = *state;
    change(copies->mia, REGISTER_POLICY, "POL-001", "title=Access M");
    change(copies->bea, REGISTER_POLICY, "POL-001", "scope=Sites B");
    change(copies->eva, REGISTER_POLICY, "POL-001", "summary=Eva's");
    put(copies->eva, REGISTER_PERSON, "name=Carla Neu");
    copies_merge(copies, MIA, EVA, MERGE_OPEN);
    copies_merge(copies, BEA, EVA, MERGE_OPEN);
    change(copies->bea, REGISTER_POLICY, "POL-001", "summary=Bea's");
    change(copies->mia, REGISTER_PERSON, "Carla Neu", "department=Oven");
    copies_merge(copies, MIA, BEA, MERGE_OPEN);
    assert_cell(copies->mia, REGISTER_POLICY, "POL-001", "title", "Access M");
    assert_cell(copies->mia, REGISTER_POLICY, "POL-001", "scope", "Sites B");
    assert_cell(copies->mia, REGISTER_POLICY, "POL-001", "summary", "Bea's");
    assert_cell(copies->mia, REGISTER_PERSON, "Carla Neu", "department", "Oven");
    copies_merge(copies, BEA, MIA, MERGE_OPEN);
    copies_merge(copies, EVA, BEA, MERGE_OPEN);
    expect_same(copies, MIA, BEA);
    expect_same(copies, MIA, EVA);
}

static void one_undo_takes_a_merge_back_and_redo_does_it_again(void **state) {
    struct copies *copies = *state;
    change(copies->bea, REGISTER_POLICY, "POL-001", "title=Access B");
    put(copies->bea, REGISTER_PERSON, "name=Carla Neu");
    drop(copies->bea, REGISTER_POLICY, "POL-002");
    copies_merge(copies, MIA, BEA, MERGE_OPEN);
    undo(copies->mia);
    expect_same(copies, MIA, EVA);
    redo(copies->mia);
    expect_same(copies, MIA, BEA);
    undo(copies->mia);
    copies_merge(copies, MIA, BEA, MERGE_OPEN);
    expect_same(copies, MIA, BEA);
}

static void a_merge_that_changed_nothing_is_taken_back_as_well(void **state) {
    struct copies *copies = *state;
    change(copies->mia, REGISTER_POLICY, "POL-001", "title=Access A");
    change(copies->bea, REGISTER_POLICY, "POL-001", "title=Access B");
    copies_merge(copies, MIA, BEA, MERGE_OURS);
    undo(copies->mia);
    assert_cell(copies->mia, REGISTER_POLICY, "POL-001", "title", "Access A");
    expect_conflict(copies, MIA, BEA, "policy POL-001 title: Access A | Access B");
    undo(copies->mia);
    assert_cell(copies->mia, REGISTER_POLICY, "POL-001", "title", "Access");
}

static void workbooks_without_a_common_past_are_refused(void **state) {
    struct copies *copies = *state;
    struct copies *strangers = copies_new();
    struct fault fault = {0};
    assert_null(merge_open(copies->mia->workbook, strangers->mia->workbook, &fault));
    assert_int_equal(fault.kind, FAULT_REFUSED);
    assert_non_null(strstr(fault_text(&fault), "import all"));
    fault_clear(&fault);
    copies_free(strangers);
}

/* Tries to merge BEA's copy, as another program left it, and expects those words. */
static void expect_refused(struct copies *copies, const char *words) {
    struct fault fault = {0};
    struct merge *merge = copies_meet(copies, MIA, BEA);
    assert_int_equal(merge_try(merge, &fault), MERGE_FAULT);
    assert_int_equal(fault.kind, FAULT_REFUSED);
    if (strstr(fault_text(&fault), words) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", fault_text(&fault), words);
    }
    fault_clear(&fault);
    copies_part(copies, merge, BEA);
    expect_sound(copies->mia);
}

static void a_copy_without_its_own_page_is_refused(void **state) {
    struct copies *copies = *state;
    struct fault fault = {0};
    assert_true(batch_begin(copies->bea->workbook, "forged", &fault));
    assert_true(batch_delete(copies->bea->workbook, REGISTER_WORKBOOK, WORKBOOK_ROW_ID, &fault));
    assert_true(batch_commit(copies->bea->workbook, &fault));
    expect_refused(copies, "altered by another program");
}

static void a_copy_with_values_that_no_field_takes_is_refused(void **state) {
    static const char *const kinds[] = {"no such kind", "\xff\xfe"};
    struct copies *copies = *state;
    struct fault fault = {0};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct record record;
        copies_give(copies, MIA, BEA);
        struct workbook *workbook = copies->bea->workbook;
        int64_t id = find(copies->bea, REGISTER_POLICY, "POL-001");
        assert_true(batch_begin(workbook, "forged", &fault));
        assert_int_equal(record_load(workbook, REGISTER_POLICY, id, &record, &fault), LOOKUP_FOUND);
        value_free(&record.values[POLICY_KIND]);
        record.values[POLICY_KIND] = value_of_text(kinds[i]);
        assert_true(batch_update(workbook, REGISTER_POLICY, id, record.values, &fault));
        assert_true(batch_commit(workbook, &fault));
        record_free(&record);
        expect_refused(copies, "altered by another program");
    }
}

static void rules_between_rows_that_the_merge_breaks_are_told(void **state) {
    struct copies *copies = *state;
    struct fault fault = {0};
    put(copies->mia, REGISTER_POLICY_VERSION, "policy=POL-002|version=1.0|status=draft");
    put(copies->bea, REGISTER_POLICY_VERSION, "policy=POL-002|version=1.1|status=draft");
    struct merge *merge = copies_meet(copies, MIA, BEA);
    assert_int_equal(merge_store(merge, "merge", &fault), MERGE_STORED);
    assert_int_equal(merge_finding_count(merge), 1);
    assert_non_null(strstr(merge_finding_at(merge, 0), "in work"));
    copies_part(copies, merge, BEA);
}

static void fields_that_cannot_stand_together_are_one_conflict(void **state) {
    struct copies *copies = *state;
    put(copies->mia, REGISTER_KPI,
        "ref=KPI-001|title=Rate|direction=within|lower=1|upper=10"
        "|frequency=yearly|source=measured");
    copies_split(copies);
    change(copies->mia, REGISTER_KPI, "KPI-001", "lower=8");
    change(copies->bea, REGISTER_KPI, "KPI-001", "upper=5");
    expect_conflict(copies, MIA, BEA, "kpi KPI-001 : lower: 8; upper: 10 | lower: 1; upper: 5");
    assert_int_equal(copies_merge(copies, MIA, BEA, MERGE_THEIRS), 1);
    assert_cell(copies->mia, REGISTER_KPI, "KPI-001", "lower", "1");
    assert_cell(copies->mia, REGISTER_KPI, "KPI-001", "upper", "5");
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(different_fields_of_one_record_both_stay),
        CASE(what_only_one_side_added_is_there_with_what_it_refers_to),
        CASE(the_same_field_with_two_values_is_a_conflict_with_who_and_when),
        CASE(a_conflict_goes_the_way_that_is_chosen),
        CASE(the_same_value_on_both_sides_is_no_conflict),
        CASE(a_value_changed_and_changed_back_is_no_change),
        CASE(what_one_side_deleted_goes_with_what_went_with_it),
        CASE(changed_against_deleted_is_a_conflict),
        CASE(a_record_that_ours_deleted_comes_back_whole_where_theirs_is_chosen),
        CASE(an_added_row_on_a_record_that_the_other_deleted_is_a_conflict),
        CASE(a_reference_set_to_a_deleted_record_is_a_conflict),
        CASE(evidence_for_a_record_that_the_other_deleted_is_a_conflict),
        CASE(a_person_added_on_both_sides_is_one_with_the_fields_of_both),
        CASE(who_has_the_same_e_mail_is_the_same_person),
        CASE(a_cell_of_the_matrix_set_on_both_sides_is_one),
        CASE(a_ref_given_twice_is_renumbered_and_followed),
        CASE(a_ref_that_is_no_number_gets_one),
        CASE(the_same_ref_and_title_added_on_both_sides_are_one_record),
        CASE(a_new_link_follows_a_record_that_the_other_renamed),
        CASE(refs_that_were_exchanged_pass_each_other),
        CASE(merging_again_changes_nothing),
        CASE(copies_that_merge_each_other_by_turns_come_to_rest),
        CASE(a_decided_conflict_does_not_come_again),
        CASE(copies_merged_crosswise_know_what_both_had),
        CASE(a_conflict_decided_differently_on_both_sides_is_one_again),
        CASE(three_copies_come_together_in_any_order),
        CASE(one_undo_takes_a_merge_back_and_redo_does_it_again),
        CASE(a_merge_that_changed_nothing_is_taken_back_as_well),
        CASE(workbooks_without_a_common_past_are_refused),
        CASE(a_copy_without_its_own_page_is_refused),
        CASE(a_copy_with_values_that_no_field_takes_is_refused),
        CASE(rules_between_rows_that_the_merge_breaks_are_told),
        CASE(fields_that_cannot_stand_together_are_one_conflict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
