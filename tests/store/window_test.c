/* Windows show what a plain SELECT of everything would, whichever way they are read. */
#include "clause5/store/window.h"

#include <locale.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "store/database.h"
#include "store/shelf.h"
#include "store/window_inside.h"

enum { PAGE_ROWS = 7, BIG = 2, SHELVES = 3 };

static struct workbook *shelves[SHELVES]; /* 20, 1,000 and 100,000 acknowledgements */

#define ACK_FROM                                                                                   \
    " FROM acknowledgement AS a JOIN policy AS q ON q.id = a.policy"                               \
    " JOIN person AS p ON p.id = a.person "
#define NATURAL " a.policy, a.version COLLATE NOCASE, a.person"

static const struct window_plan natural_plan = {
    .register_id = REGISTER_ACKNOWLEDGEMENT, .sort_field = WINDOW_NATURAL_ORDER, .owner_field = -1};

static struct window *opened(struct workbook *workbook, const struct window_plan *plan) {
    struct fault fault = {0};
    struct window *window = window_open(workbook, plan, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_non_null(window);
    return window;
}

static void work_to_the_end(struct window *window) {
    struct fault fault = {0};
    while (window_work(window, 50, &fault)) {
    }
    assert_string_equal(fault_text(&fault), "");
}

static struct window *worked(struct workbook *workbook, const struct window_plan *plan) {
    struct window *window = opened(workbook, plan);
    work_to_the_end(window);
    return window;
}

/* Reads the ids of one page, closed by 0; returns how many. */
static int page(struct window *window, enum window_from from, int64_t id, int64_t *ids) {
    struct record rows[PAGE_ROWS];
    struct fault fault = {0};
    struct window_read read = {.from = from, .id = id, .count = PAGE_ROWS};
    int count = window_read(window, &read, rows, &fault);
    assert_string_equal(fault_text(&fault), "");
    for (int i = 0; i < count; i++) {
        ids[i] = rows[i].id;
        record_free(&rows[i]);
    }
    return count;
}

static size_t length(const int64_t *ids) {
    size_t count = 0;
    while (ids[count] != 0) {
        count++;
    }
    return count;
}

static void check_page(struct window *window, enum window_from from, int64_t id,
                       const int64_t *expected, size_t expected_count) {
    int64_t ids[PAGE_ROWS];
    assert_int_equal(page(window, from, id, ids), expected_count);
    assert_memory_equal(ids, expected, expected_count * sizeof *ids);
}

static size_t at_most_a_page(size_t count) {
    return count < PAGE_ROWS ? count : PAGE_ROWS;
}

/* Checks the pages around row number AT of ORDER. */
static void check_around(struct window *window, const int64_t *order, size_t count, size_t at) {
    size_t before = at_most_a_page(at);
    check_page(window, WINDOW_AT, order[at], &order[at], at_most_a_page(count - at));
    check_page(window, WINDOW_AFTER, order[at], &order[at + 1], at_most_a_page(count - at - 1));
    check_page(window, WINDOW_BEFORE, order[at], &order[at - before], before);
    assert_int_equal(window_position(window, order[at]), at);
}

/* Checks that the window shows exactly the rows of the SELECT, in its order, from everywhere. */
static void check_shows(struct window *window, const char *sql) {
    int64_t *order = shelf_ids(window->workbook, sql);
    size_t count = length(order);
    assert_int_equal(window_count(window), count);
    size_t last = at_most_a_page(count);
    check_page(window, WINDOW_FIRST, 0, order, last);
    check_page(window, WINDOW_LAST, 0, &order[count - last], last);
    size_t step = count > 2000 ? count / 97 : count > 100 ? 13 : 1;
    for (size_t at = 0; at < count; at += step) {
        check_around(window, order, count, at);
    }
    if (count > 0) {
        check_around(window, order, count, count - 1);
    }
    free(order);
}

static void natural_order_equals_a_plain_select(void **state) {
    (void)state;
    for (int i = 0; i < SHELVES; i++) {
        struct window_plan plan = natural_plan;
        struct window *window = worked(shelves[i], &plan);
        check_shows(window, "SELECT a.id" ACK_FROM "ORDER BY" NATURAL);
        window_close(window);
        plan.is_descending = true;
        window = worked(shelves[i], &plan);
        check_shows(window, "SELECT a.id" ACK_FROM
                            "ORDER BY a.policy DESC, a.version COLLATE NOCASE DESC, a.person DESC");
        window_close(window);
    }
}

static void a_text_key_is_the_order_of_its_register(void **state) {
    (void)state;
    struct window_plan plan = natural_plan;
    plan.register_id = REGISTER_POLICY;
    struct window *window = worked(shelves[1], &plan);
    check_shows(window, "SELECT id FROM policy ORDER BY ref COLLATE NOCASE");
    window_close(window);
}

/* What each field is sorted by; empties last. */
static const char *const sort_keys[] = {
    [ACKNOWLEDGEMENT_POLICY] = "lower(q.ref)",
    [ACKNOWLEDGEMENT_VERSION] = "lower(a.version)",
    [ACKNOWLEDGEMENT_PERSON] = "replace(lower(p.name), 'Ü', 'ü')",
    [ACKNOWLEDGEMENT_ACKNOWLEDGED_ON] = "a.acknowledged_on",
    [ACKNOWLEDGEMENT_CHANNEL] = "instr('portal email paper briefing training', a.channel)",
    [ACKNOWLEDGEMENT_NOTE] = "lower(a.note)",
};

static void every_field_sorts_as_a_plain_select_does(void **state) {
    (void)state;
    for (int field = 0; field < ACKNOWLEDGEMENT_FIELDS; field++) {
        for (int descending = 0; descending < 2; descending++) {
            struct window_plan plan = natural_plan;
            plan.sort_field = field;
            plan.is_descending = descending == 1;
            struct buffer sql = {0};
            buffer_addf(&sql, "SELECT a.id%s ORDER BY %s IS NULL, %s %s, %s", ACK_FROM,
                        sort_keys[field], sort_keys[field], descending ? "DESC" : "ASC", NATURAL);
            for (int i = 0; i < BIG; i++) {
                struct window *window = worked(shelves[i], &plan);
                check_shows(window, buffer_text(&sql));
                window_close(window);
            }
            buffer_free(&sql);
        }
    }
}

static void a_hundred_thousand_rows_sort_by_a_name(void **state) {
    (void)state;
    struct window_plan plan = natural_plan;
    plan.sort_field = ACKNOWLEDGEMENT_PERSON;
    plan.is_descending = true;
    struct window *window = worked(shelves[BIG], &plan);
    check_shows(window,
                "SELECT a.id" ACK_FROM "ORDER BY replace(lower(p.name), 'Ü', 'ü') DESC," NATURAL);
    window_close(window);
}

static const struct {
    const char *filter;
    const char *condition;
} filters[] = {
    {"ANNA", "p.name LIKE '%anna%'"},
    {"berta 1.0", "p.name LIKE '%berta%' AND a.version LIKE '%1.0%'"},
    {"\"berta weber\"", "p.name LIKE '%berta weber%'"},
    {"ÜBUNG", "p.name LIKE '%Übung%' OR a.note LIKE '%übung%'"},
    {"-übung", "NOT (p.name LIKE '%Übung%' OR coalesce(a.note, '') LIKE '%übung%')"},
    {"version=1.0", "a.version = '1.0'"},
    {"version=1", "0"},
    {"-version=1.0", "a.version <> '1.0'"},
    {"channel=paper", "a.channel = 'paper'"},
    {"note=", "a.note IS NULL"},
    {"-note= channel:a", "a.note IS NOT NULL AND a.channel LIKE '%a%'"},
    {"policy=pol-003", "q.ref LIKE 'pol-003'"},
    {"policy:\"topic 7\"", "q.title LIKE '%topic 7%'"},
    {"2026-03 -policy:pol-01", "a.acknowledged_on LIKE '%2026-03%' AND q.ref NOT LIKE '%pol-01%'"},
    {"  ", "1"},
};

/* Channel labels are those of the description, so that only values not in a label tell apart. */
static void check_filter(struct workbook *workbook, size_t index, int sort_field) {
    struct window_plan plan = natural_plan;
    plan.filter = filters[index].filter;
    plan.sort_field = sort_field;
    struct window *window = worked(workbook, &plan);
    struct buffer sql = {0};
    buffer_addf(&sql, "SELECT a.id%sWHERE %s ORDER BY %s%s", ACK_FROM, filters[index].condition,
                sort_field >= 0 ? "a.acknowledged_on," : "", NATURAL);
    check_shows(window, buffer_text(&sql));
    buffer_free(&sql);
    window_close(window);
}

static void filters_show_what_a_plain_select_finds(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(filters); i++) {
        check_filter(shelves[0], i, WINDOW_NATURAL_ORDER);
        check_filter(shelves[1], i, WINDOW_NATURAL_ORDER);
        check_filter(shelves[1], i, ACKNOWLEDGEMENT_ACKNOWLEDGED_ON);
    }
    check_filter(shelves[BIG], 1, WINDOW_NATURAL_ORDER);
}

static void a_filter_naming_no_field_is_refused_with_the_way_out(void **state) {
    (void)state;
    struct window_plan plan = natural_plan;
    struct fault fault = {0};
    plan.filter = "colour:red";
    assert_null(window_open(shelves[1], &plan, &fault));
    assert_int_equal(fault.kind, FAULT_REFUSED);
    assert_non_null(strstr(fault_text(&fault), "\"colour\""));
    fault_clear(&fault);
    plan.filter = "\"colour:red\"";
    struct window *window = worked(shelves[1], &plan);
    assert_int_equal(window_count(window), 0);
    window_close(window);
}

static void one_record_restricts_the_window_to_its_rows(void **state) {
    (void)state;
    struct window_plan plan = natural_plan;
    plan.owner_field = ACKNOWLEDGEMENT_POLICY;
    plan.owner_id = 990;
    struct window *window = worked(shelves[1], &plan);
    check_shows(window, "SELECT a.id" ACK_FROM "WHERE a.policy = 990 ORDER BY" NATURAL);
    window_close(window);
    plan.filter = "anna";
    window = worked(shelves[1], &plan);
    check_shows(window, "SELECT a.id" ACK_FROM
                        "WHERE a.policy = 990 AND p.name LIKE '%anna%' ORDER BY" NATURAL);
    window_close(window);
    plan = natural_plan;
    plan.owner_field = ACKNOWLEDGEMENT_PERSON;
    plan.owner_id = 1000000 + 3 * 7919;
    window = worked(shelves[1], &plan);
    check_shows(window, "SELECT a.id" ACK_FROM "WHERE a.person = 1023757 ORDER BY" NATURAL);
    window_close(window);
}

/* ---- searching ---- */

static int64_t found(struct window *window, struct window_search *search) {
    struct fault fault = {0};
    int64_t id = 0;
    enum window_hit hit = WINDOW_HIT_NOT_YET;
    while (hit == WINDOW_HIT_NOT_YET) {
        hit = window_find(window, search, &id, &fault);
    }
    assert_string_equal(fault_text(&fault), "");
    return hit == WINDOW_HIT_FOUND ? id : 0;
}

/* Goes from hit to hit and compares with the ids of the SELECT. */
static void check_hits(struct window *window, const char *words, bool is_backward, int budget_ms,
                       const char *sql) {
    int64_t *expected = shelf_ids(window->workbook, sql);
    struct window_search search = {
        .words = words, .is_backward = is_backward, .budget_ms = budget_ms};
    size_t i = 0;
    do {
        search.from_id = found(window, &search);
        assert_int_equal(search.from_id, expected[i]);
    } while (expected[i++] != 0);
    free(expected);
}

static void search_goes_from_hit_to_hit_both_ways(void **state) {
    (void)state;
    struct window_plan plan = natural_plan;
    struct window *window = opened(shelves[1], &plan);
    check_hits(window, "weber 0003", false, 5,
               "SELECT a.id" ACK_FROM "WHERE p.name LIKE '%weber%' AND p.name LIKE '%0003%'"
               " ORDER BY" NATURAL);
    check_hits(window, "-x", false, 5, "SELECT id FROM acknowledgement WHERE 0");
    check_hits(window, "anna paper", true, 0,
               "SELECT a.id" ACK_FROM "WHERE p.name LIKE '%anna%' AND a.channel = 'paper'"
               " ORDER BY a.policy DESC, a.version COLLATE NOCASE DESC, a.person DESC");
    window_close(window);
    plan.sort_field = ACKNOWLEDGEMENT_ACKNOWLEDGED_ON;
    window = worked(shelves[1], &plan);
    check_hits(window, "sheets anna", false, 1,
               "SELECT a.id" ACK_FROM "WHERE p.name LIKE '%anna%' AND a.note LIKE '%sheets%'"
               " ORDER BY a.acknowledged_on," NATURAL);
    window_close(window);
}

static void a_search_without_time_goes_on_where_it_left_off(void **state) {
    (void)state;
    struct fault fault = {0};
    int64_t id = 0;
    int calls = 1;
    struct window *window = opened(shelves[BIG], &natural_plan);
    const struct window_search search = {.words = "nowhere at all"};
    while (window_find(window, &search, &id, &fault) == WINDOW_HIT_NOT_YET) {
        calls++;
    }
    assert_string_equal(fault_text(&fault), "");
    assert_in_range(calls, 1000, 100000);
    window_close(window);
}

/* ---- a register that changes under the window ---- */

static void check_neighbours_of_a_deleted_row(const struct window_plan *plan, const char *order) {
    struct workbook *workbook = shelf_new(20);
    struct window *window = worked(workbook, plan);
    int64_t *rows = shelf_ids(workbook, order);
    int64_t ids[PAGE_ROWS];
    page(window, WINDOW_FIRST, 0, ids);
    struct buffer sql = {0};
    buffer_addf(&sql, "DELETE FROM acknowledgement WHERE id = %lld", (long long)rows[3]);
    shelf_run(workbook, buffer_text(&sql));
    for (int round = 0; round < 2; round++) {
        check_page(window, WINDOW_AT, rows[3], &rows[4], PAGE_ROWS);
        check_page(window, WINDOW_AFTER, rows[3], &rows[4], PAGE_ROWS);
        check_page(window, WINDOW_BEFORE, rows[3], rows, 3);
        struct fault fault = {0};
        assert_true(window_refresh(window, &fault));
        work_to_the_end(window);
    }
    assert_int_equal(window_count(window), 19);
    assert_int_equal(window_position(window, rows[3]), -1);
    assert_int_equal(window_position(window, rows[4]), 3);
    buffer_free(&sql);
    free(rows);
    window_close(window);
    workbook_close(workbook);
}

static void a_row_deleted_under_the_window_leaves_its_neighbours(void **state) {
    (void)state;
    struct window_plan plan = natural_plan;
    check_neighbours_of_a_deleted_row(&plan, "SELECT a.id" ACK_FROM "ORDER BY" NATURAL);
    plan.filter = "weber";
    check_neighbours_of_a_deleted_row(&plan, "SELECT a.id" ACK_FROM "ORDER BY" NATURAL);
    plan.sort_field = ACKNOWLEDGEMENT_CHANNEL;
    check_neighbours_of_a_deleted_row(
        &plan,
        "SELECT a.id" ACK_FROM
        "ORDER BY a.channel IS NULL, instr('portal email paper briefing training', a.channel)," NATURAL);
}

static void refresh_shows_what_came_and_what_moved(void **state) {
    (void)state;
    struct workbook *workbook = shelf_new(1000);
    struct window_plan plan = natural_plan;
    struct fault fault = {0};
    plan.sort_field = ACKNOWLEDGEMENT_ACKNOWLEDGED_ON;
    plan.filter = "anna";
    struct window *window = worked(workbook, &plan);
    shelf_run(workbook, "UPDATE person SET name = 'Anna B' || id WHERE name LIKE 'Berta%'");
    shelf_run(workbook,
              "UPDATE acknowledgement SET acknowledged_on = '2027-01-01' WHERE id % 3 = 0");
    assert_true(window_refresh(window, &fault));
    work_to_the_end(window);
    check_shows(window, "SELECT a.id" ACK_FROM "WHERE p.name LIKE '%anna%'"
                        " ORDER BY a.acknowledged_on," NATURAL);
    window_close(window);
    workbook_close(workbook);
}

static void a_long_list_stays_readable_while_it_is_made_anew(void **state) {
    (void)state;
    struct window_plan plan = natural_plan;
    struct fault fault = {0};
    int64_t before[PAGE_ROWS];
    int64_t after[PAGE_ROWS];
    plan.sort_field = ACKNOWLEDGEMENT_PERSON;
    struct window *window = worked(shelves[BIG], &plan);
    page(window, WINDOW_LAST, 0, before);
    assert_true(window_refresh(window, &fault));
    assert_int_equal(window_count(window), -1);
    assert_int_equal(page(window, WINDOW_LAST, 0, after), PAGE_ROWS);
    assert_memory_equal(before, after, sizeof before);
    work_to_the_end(window);
    assert_int_equal(window_count(window), 100000);
    window_close(window);
}

/* ---- what it costs ---- */

static void rows_can_be_read_before_the_filter_is_done(void **state) {
    (void)state;
    struct window_plan plan = natural_plan;
    struct fault fault = {0};
    int64_t ids[PAGE_ROWS] = {0};
    plan.filter = "anna";
    struct window *window = opened(shelves[BIG], &plan);
    assert_int_equal(page(window, WINDOW_FIRST, 0, ids), 0);
    while (window_progress(window).found < PAGE_ROWS) {
        assert_true(window_work(window, 0, &fault));
    }
    assert_int_equal(page(window, WINDOW_FIRST, 0, ids), PAGE_ROWS);
    assert_false(window_progress(window).is_complete);
    assert_in_range(window_progress(window).looked_at, PAGE_ROWS, 5000);
    assert_int_equal(window_count(window), -1);
    assert_int_equal(window_position(window, ids[0]), -1);
    window_close(window);
}

/* Fails where the plan of a statement sorts or reads a whole table. */
static void check_plan(struct workbook *workbook, sqlite3_stmt *statement, bool is_whole) {
    struct buffer sql = {0};
    sqlite3_stmt *plan = NULL;
    buffer_addf(&sql, "EXPLAIN QUERY PLAN %s", sqlite3_sql(statement));
    assert_int_equal(sqlite3_prepare_v2(database_of(workbook), buffer_text(&sql), -1, &plan, NULL),
                     SQLITE_OK);
    int lines = 0;
    for (; sqlite3_step(plan) == SQLITE_ROW; lines++) {
        const char *line = (const char *)sqlite3_column_text(plan, 3);
        if (strstr(line, "TEMP B-TREE") != NULL || strstr(line, "INDEX") == NULL ||
            strncmp(line, is_whole ? "SCAN" : "SEARCH", 4) != 0) {
            fail_msg("%s\n%s", line, sqlite3_sql(statement));
        }
    }
    assert_true(lines > 0);
    sqlite3_finalize(plan);
    buffer_free(&sql);
}

static void check_order_is_served_by_an_index(struct workbook *workbook, struct order *order) {
    int checked = 0;
    for (int direction = 0; direction < 2; direction++) {
        for (int stage = 0; stage < ORDER_PARTS_MOST + 2; stage++) {
            if (order->statements[direction][stage] != NULL) {
                bool is_whole = stage == ORDER_PARTS_MOST + 1 && order->fixed == NULL;
                check_plan(workbook, order->statements[direction][stage], is_whole);
                checked++;
            }
        }
    }
    assert_true(checked >= 2 * order->part_count);
}

static void no_page_of_any_register_sorts_or_reads_all(void **state) {
    (void)state;
    for (enum register_id id = 0; id < REGISTER_COUNT; id++) {
        struct window_plan plan = natural_plan;
        plan.register_id = id;
        if (register_describe(id)->key_count == 0) {
            continue;
        }
        struct window *window = opened(shelves[1], &plan);
        for (int backward = 0; backward < 2; backward++) {
            struct fault fault = {0};
            struct place place = {0};
            for (int i = 0; i < window->natural.part_count; i++) {
                place.parts[i] = value_of_whole(1);
            }
            struct walk from_start = window_walk_from(&window->natural, NULL, backward == 1, false);
            while (window_walk_step(&from_start, &fault) == 1) {
            }
            struct walk from_row = window_walk_from(&window->natural, &place, backward == 1, true);
            while (window_walk_step(&from_row, &fault) == 1) {
            }
            assert_string_equal(fault_text(&fault), "");
        }
        check_order_is_served_by_an_index(shelves[1], &window->natural);
        window_close(window);
    }
}

static void counting_reads_the_index_alone(void **state) {
    (void)state;
    struct window *window = worked(shelves[1], &natural_plan);
    const char *sql = sqlite3_sql(window->counting.statements[0][ORDER_PARTS_MOST + 1]);
    struct buffer explain = {0};
    sqlite3_stmt *plan = NULL;
    buffer_addf(&explain, "EXPLAIN QUERY PLAN %s", sql);
    sqlite3_prepare_v2(database_of(shelves[1]), buffer_text(&explain), -1, &plan, NULL);
    assert_int_equal(sqlite3_step(plan), SQLITE_ROW);
    assert_non_null(strstr((const char *)sqlite3_column_text(plan, 3), "COVERING INDEX"));
    sqlite3_finalize(plan);
    buffer_free(&explain);
    window_close(window);
}

static int make_shelves(void **state) {
    (void)state;
    shelves[0] = shelf_new(20);
    shelves[1] = shelf_new(1000);
    shelves[BIG] = shelf_new(100000);
    return 0;
}

static int clear_shelves(void **state) {
    (void)state;
    for (int i = 0; i < SHELVES; i++) {
        workbook_close(shelves[i]);
    }
    return 0;
}

int main(void) {
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(natural_order_equals_a_plain_select),
        cmocka_unit_test(a_text_key_is_the_order_of_its_register),
        cmocka_unit_test(every_field_sorts_as_a_plain_select_does),
        cmocka_unit_test(a_hundred_thousand_rows_sort_by_a_name),
        cmocka_unit_test(filters_show_what_a_plain_select_finds),
        cmocka_unit_test(a_filter_naming_no_field_is_refused_with_the_way_out),
        cmocka_unit_test(one_record_restricts_the_window_to_its_rows),
        cmocka_unit_test(search_goes_from_hit_to_hit_both_ways),
        cmocka_unit_test(a_search_without_time_goes_on_where_it_left_off),
        cmocka_unit_test(a_row_deleted_under_the_window_leaves_its_neighbours),
        cmocka_unit_test(refresh_shows_what_came_and_what_moved),
        cmocka_unit_test(a_long_list_stays_readable_while_it_is_made_anew),
        cmocka_unit_test(rows_can_be_read_before_the_filter_is_done),
        cmocka_unit_test(no_page_of_any_register_sorts_or_reads_all),
        cmocka_unit_test(counting_reads_the_index_alone),
    };
    return cmocka_run_group_tests(tests, make_shelves, clear_shelves);
}
