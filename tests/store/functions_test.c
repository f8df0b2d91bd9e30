/* The SQL functions of the store. */
#include "clause5/store/query.h"

#include "store/shelf.h"

/* Fails unless the expression reads so; NULL is "". */
static void check_sql(const char *expression, const char *text) {
    struct fault fault = {0};
    struct buffer sql = {0};
    buffer_addf(&sql, "SELECT %s", expression);
    struct query *query = query_open(shelf_workbook(), buffer_text(&sql), &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_int_equal(query_step(query, &fault), 1);
    assert_string_equal(query_text(query, 0), text);
    query_close(query);
    buffer_free(&sql);
}

static void months_end_on_the_last_day_of_short_months(void **state) {
    (void)state;
    check_sql("add_months('2024-02-29', -12)", "2023-02-28");
    check_sql("add_months('2026-05-31', -3)", "2026-02-28");
    check_sql("add_months('2027-01-31', -2)", "2026-11-30");
    check_sql("add_months('2027-02-15', -3)", "2026-11-15");
    check_sql("add_months('2023-02-28', 12)", "2024-02-28");
    check_sql("add_months(NULL, 1)", "");
    check_sql("add_months('soon', 1)", "");
    check_sql("add_months('2026-01-01', 9000000000)", "");
}

static void a_part_of_a_key_is_escaped(void **state) {
    (void)state;
    check_sql("key_part('A/B\\C')", "A\\/B\\\\C");
    check_sql("key_part('POL-001')", "POL-001");
    check_sql("key_part(NULL)", "");
}

static void an_id_bears_the_day_on_which_it_was_given(void **state) {
    (void)state;
    check_sql("created_on(0)", "2020-01-01");
    check_sql("created_on((86400000 * 366) << 21)", "2021-01-01");
    check_sql("created_on(NULL)", "");
}

static void a_number_is_printed_plainly(void **state) {
    (void)state;
    check_sql("plain(95.0)", "95");
    check_sql("plain(0.1)", "0.1");
    check_sql("plain(NULL)", "");
}

static void a_few_are_named_and_the_others_counted(void **state) {
    (void)state;
    check_sql("some_of(column1) FROM (VALUES ('a'), (NULL), ('b'))", "a, b");
    check_sql("some_of(column1) FROM (VALUES (1), (2), (3), (4), (5), (6))", "1, 2, 3, 4, 5, 6");
    check_sql("some_of(column1) FROM (VALUES (1), (2), (3), (4), (5), (6), (7))",
              "1, 2, 3, 4, 5 and 2 more");
    check_sql("some_of(DISTINCT column1) FROM (VALUES ('a'), ('a'))", "a");
    check_sql("some_of(column1) FROM (VALUES (NULL))", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_end_on_the_last_day_of_short_months),
        cmocka_unit_test(a_part_of_a_key_is_escaped),
        cmocka_unit_test(an_id_bears_the_day_on_which_it_was_given),
        cmocka_unit_test(a_number_is_printed_plainly),
        cmocka_unit_test(a_few_are_named_and_the_others_counted),
    };
    return cmocka_run_group_tests(tests, shelf_set_up_small, shelf_take_down);
}
