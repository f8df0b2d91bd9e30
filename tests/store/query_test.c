/* Reading by SQL: what is asked is answered, and nothing can be written this way. */
#include "clause5/store/query.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/fault.h"
#include "store/shelf.h"

static struct query *opened(const char *sql) {
    struct fault fault = {0};
    struct query *query = query_open(shelf_workbook(), sql, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_non_null(query);
    return query;
}

static void check_refused(const char *sql, enum fault_kind kind) {
    struct fault fault = {0};
    assert_null(query_open(shelf_workbook(), sql, &fault));
    assert_int_equal(fault.kind, kind);
    fault_clear(&fault);
}

static void a_query_gives_rows_columns_and_names(void **state) {
    (void)state;
    struct fault fault = {0};
    struct query *query =
        opened("-- a comment first\n/* and another */ SELECT 'a' AS word, 7 AS "
               "count, 2.5 AS part, NULL AS empty UNION ALL SELECT 'b', 8, 0.5, 1;");
    assert_int_equal(query_columns(query), 4);
    assert_string_equal(query_column_name(query, 2), "part");
    assert_int_equal(query_step(query, &fault), 1);
    assert_string_equal(query_text(query, 0), "a");
    assert_int_equal(query_whole(query, 1), 7);
    assert_true(query_number(query, 2) == 2.5);
    assert_true(query_is_empty(query, 3));
    assert_string_equal(query_text(query, 3), "");
    assert_int_equal(query_step(query, &fault), 1);
    assert_false(query_is_empty(query, 3));
    assert_int_equal(query_step(query, &fault), 0);
    query_close(query);
}

static void parameters_are_bound_by_name_and_stay_after_a_reset(void **state) {
    (void)state;
    struct fault fault = {0};
    struct query *query = opened("SELECT :today || :count WHERE :count > 2");
    query_bind_text(query, ":today", "2026-11-21");
    query_bind_whole(query, ":count", 3);
    query_bind_whole(query, ":unknown", 3);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(query_step(query, &fault), 1);
        assert_string_equal(query_text(query, 0), "2026-11-213");
        assert_int_equal(query_step(query, &fault), 0);
        query_reset(query);
    }
    query_bind_whole(query, ":count", 1);
    assert_int_equal(query_step(query, &fault), 0);
    query_close(query);
}

static void registers_are_tables_of_their_names(void **state) {
    (void)state;
    struct fault fault = {0};
    struct query *query = opened("SELECT policy.title FROM acknowledgement"
                                 "  JOIN policy ON policy.id = acknowledgement.policy"
                                 " WHERE policy.ref = :ref LIMIT 1");
    query_bind_text(query, ":ref", "POL-001");
    assert_int_equal(query_step(query, &fault), 1);
    assert_string_equal(query_text(query, 0), "Policy on topic 1");
    query_close(query);
}

static void nothing_that_writes_is_a_query(void **state) {
    (void)state;
    check_refused("DELETE FROM policy", FAULT_REFUSED);
    check_refused("INSERT INTO policy (id) VALUES (1) RETURNING id", FAULT_REFUSED);
    check_refused(
        "WITH old AS (SELECT 1 AS id) DELETE FROM policy WHERE id IN (SELECT id FROM old)",
        FAULT_REFUSED);
    check_refused("PRAGMA journal_mode = OFF", FAULT_REFUSED);
    check_refused("BEGIN", FAULT_REFUSED);
    check_refused("ATTACH ':memory:' AS other", FAULT_REFUSED);
    check_refused("SELECT 1; DELETE FROM policy", FAULT_REFUSED);
}

static void what_cannot_be_understood_is_a_fault(void **state) {
    (void)state;
    check_refused("", FAULT_FAILED);
    check_refused("-- only a comment", FAULT_FAILED);
    check_refused("SELECT nothing FROM nowhere", FAULT_FAILED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_query_gives_rows_columns_and_names),
        cmocka_unit_test(parameters_are_bound_by_name_and_stay_after_a_reset),
        cmocka_unit_test(registers_are_tables_of_their_names),
        cmocka_unit_test(nothing_that_writes_is_a_query),
        cmocka_unit_test(what_cannot_be_understood_is_a_fault),
    };
    return cmocka_run_group_tests(tests, shelf_set_up_small, shelf_take_down);
}
