/* Many new records of one register at once: what a bulk refuses, and what is left when it fails. */
#include <stdlib.h>
#include <string.h>

#include "clause5/store/batch.h"
#include "clause5/store/history.h"
#include "clause5/store/query.h"
#include "support/workbook.h"

struct bench {
    struct place *place;
    struct workbook *workbook;
    struct fault fault;
};

static int set_up(void **state) {
    struct bench *bench = calloc(1, sizeof *bench);
    bench->place = place_new();
    bench->workbook = support_workbook_new(bench->place);
    *state = bench;
    return 0;
}

static int tear_down(void **state) {
    struct bench *bench = *state;
    workbook_close(bench->workbook);
    fault_clear(&bench->fault);
    place_free(bench->place);
    free(bench);
    return 0;
}

/* Puts a policy into the open batch; OWNER 0: none. */
static bool add_policy(struct bench *bench, const char *ref, int64_t owner, int64_t *id) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    *id = 0;
    values[POLICY_REF] = value_of_text(ref);
    values[POLICY_TITLE] = value_of_text("Title");
    values[POLICY_KIND] = value_of_text("other");
    if (owner != 0) {
        values[POLICY_OWNER] = value_of_whole(owner);
    }
    bool is_added = batch_insert(bench->workbook, REGISTER_POLICY, values, id, &bench->fault);
    values_free(values, REGISTER_FIELDS_MOST);
    return is_added;
}

static void begin(struct bench *bench) {
    assert_true(batch_begin(bench->workbook, "bulk", &bench->fault));
    assert_true(batch_begin_bulk(bench->workbook, REGISTER_POLICY, &bench->fault));
    assert_true(batch_is_bulk(bench->workbook));
}

static int64_t count_indexes(struct bench *bench) {
    struct query *query = query_open(bench->workbook,
                                     "SELECT count(*) FROM sqlite_schema"
                                     " WHERE type = 'index' AND tbl_name = 'policy'",
                                     &bench->fault);
    assert_int_equal(query_step(query, &bench->fault), 1);
    int64_t count = query_whole(query, 0);
    query_close(query);
    return count;
}

static void a_bulk_goes_without_indexes_and_ends_with_them(void **state) {
    struct bench *bench = *state;
    int64_t id, indexes = count_indexes(bench);
    assert_true(indexes > 1);
    begin(bench);
    assert_int_equal(count_indexes(bench), 0);
    assert_true(add_policy(bench, "POL-002", 0, &id));
    assert_true(add_policy(bench, "POL-001", 0, &id));
    assert_int_equal(batch_end_bulk(bench->workbook, &bench->fault), BULK_DONE);
    assert_int_equal(count_indexes(bench), indexes);
    assert_true(batch_commit(bench->workbook, &bench->fault));
    assert_int_equal(record_count(bench->workbook, REGISTER_POLICY, &bench->fault), 2);
    assert_true(history_verify(bench->workbook, &bench->fault));
}

static void a_key_that_differs_only_in_case_shows_at_the_end_of_a_bulk(void **state) {
    struct bench *bench = *state;
    int64_t id, indexes = count_indexes(bench);
    begin(bench);
    assert_true(add_policy(bench, "POL-001", 0, &id));
    assert_true(add_policy(bench, "pol-001", 0, &id));
    assert_int_equal(batch_end_bulk(bench->workbook, &bench->fault), BULK_REPEATED);
    assert_int_equal(bench->fault.kind, FAULT_NONE);
    assert_false(batch_commit(bench->workbook, &bench->fault));
    assert_int_equal(record_count(bench->workbook, REGISTER_POLICY, &bench->fault), 0);
    assert_int_equal(count_indexes(bench), indexes);
}

static void a_reference_that_leads_nowhere_is_refused_within_a_bulk(void **state) {
    struct bench *bench = *state;
    int64_t id;
    begin(bench);
    assert_false(add_policy(bench, "POL-001", 4711, &id));
    assert_int_equal(bench->fault.kind, FAULT_REFUSED);
    assert_int_equal(fault_field(&bench->fault), POLICY_OWNER);
    assert_true(add_policy(bench, "POL-002", 0, &id));
    assert_int_equal(batch_end_bulk(bench->workbook, &bench->fault), BULK_DONE);
    assert_true(batch_commit(bench->workbook, &bench->fault));
}

static void nothing_else_is_written_within_a_bulk(void **state) {
    struct bench *bench = *state;
    int64_t id;
    begin(bench);
    assert_true(add_policy(bench, "POL-001", 0, &id));
    assert_false(batch_delete(bench->workbook, REGISTER_POLICY, id, &bench->fault));
    assert_int_equal(bench->fault.kind, FAULT_FAILED);
    assert_false(batch_set_point(bench->workbook, &bench->fault));
    assert_false(batch_begin_bulk(bench->workbook, REGISTER_POLICY, &bench->fault));
    assert_false(batch_commit(bench->workbook, &bench->fault));
    assert_int_equal(record_count(bench->workbook, REGISTER_POLICY, &bench->fault), 0);
}

/* SQLite looks after references again: the flag is the connection's, not the transaction's. */
static void references_are_looked_after_once_a_bulk_was_abandoned(void **state) {
    struct bench *bench = *state;
    int64_t id;
    begin(bench);
    assert_true(add_policy(bench, "POL-001", 0, &id));
    batch_abandon(bench->workbook);
    assert_true(batch_begin(bench->workbook, "after", &bench->fault));
    assert_true(add_policy(bench, "POL-001", 4711, &id));
    assert_false(batch_commit(bench->workbook, &bench->fault));
    assert_int_equal(bench->fault.kind, FAULT_REFUSED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_bulk_goes_without_indexes_and_ends_with_them),
        TEST(a_key_that_differs_only_in_case_shows_at_the_end_of_a_bulk),
        TEST(a_reference_that_leads_nowhere_is_refused_within_a_bulk),
        TEST(nothing_else_is_written_within_a_bulk),
        TEST(references_are_looked_after_once_a_bulk_was_abandoned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
