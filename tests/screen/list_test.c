/* The list: a window onto rows that are never all held. */
#include "clause5/screen/list.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stage.h"

/* Rows 1 to count with the gaps of what was deleted; counts what it is asked for. */
struct numbers {
    int64_t count;
    int64_t deleted; /* this row is gone */
    size_t asked, most_wanted;
    bool fails;
};

static void add_number(struct list_window *window, int64_t number) {
    char text[64];
    snprintf(text, sizeof text, "%" PRId64, number);
    struct list_row *row = list_add_row(window, number, text);
    snprintf(text, sizeof text, "row %" PRId64, number);
    list_set_cell(row, 0, text);
    list_set_cell(row, 1, number % 2 == 0 ? "even" : "odd");
    list_set_cell_look(row, 1, MEANING_TEXT, number % 2 == 0 ? MARK_GOOD : MARK_BAD);
    list_set_cell(row, 2, "a longer remark");
}

static bool fetch_numbers(void *context, const struct list_request *request,
                          struct list_window *window, struct fault *fault) {
    struct numbers *numbers = context;
    int64_t anchor = atoll(request->key);
    const struct {
        int64_t from, step;
    } starts[] = {
        [LIST_FIRST] = {1, 1},          [LIST_LAST] = {numbers->count, -1},
        [LIST_AFTER] = {anchor + 1, 1}, [LIST_BEFORE] = {anchor - 1, -1},
        [LIST_AT] = {anchor, 1},
    };
    numbers->asked++;
    numbers->most_wanted =
        request->wanted > numbers->most_wanted ? request->wanted : numbers->most_wanted;
    if (numbers->fails) {
        return fault_set(fault, FAULT_FAILED, "the disk is gone");
    }
    int64_t number = starts[request->seek].from;
    for (size_t added = 0; added < request->wanted && number >= 1 && number <= numbers->count;
         number += starts[request->seek].step) {
        if (number != numbers->deleted) {
            add_number(window, number);
            added++;
        }
    }
    if (starts[request->seek].step < 0) {
        list_reverse(window);
    }
    return true;
}

static int64_t count_numbers(void *context) {
    return ((struct numbers *)context)->count;
}

static const struct list_column columns[] = {
    {.title = "Number", .width = 12, .least_width = 8, .grow = 1},
    {.title = "Parity", .width = 8},
    {.title = "Remark", .width = 16, .priority = 2},
};

struct fixture {
    struct numbers numbers;
    struct screen_stage *stage;
    struct list *list;
};

static void start(struct fixture *fixture, int64_t count, struct stage_size size) {
    *fixture = (struct fixture){.numbers = {.count = count}};
    fixture->stage = stage_open("C.UTF-8", "xterm-256color", size);
    fixture->list =
        list_new(&(struct list_options){.columns = columns,
                                        .column_count = 3,
                                        .frozen = 1,
                                        .source = {&fixture->numbers, fetch_numbers, count_numbers},
                                        .empty = "No number is here: a adds one"});
}

static void finish(struct fixture *fixture) {
    list_free(fixture->list);
    stage_close(fixture->stage);
}

static void draw(struct fixture *fixture) {
    struct area screen = stage_begin(fixture->stage);
    list_draw(fixture->list, &screen);
    stage_end(fixture->stage);
}

static unsigned handle_key(struct list *list, uint32_t key) {
    struct keymap map = {0};
    keymap_add(&map, &list_bindings);
    const struct binding *binding = keymap_find_key(&map, key);
    assert_non_null(binding);
    return list_act(list, binding->action);
}

static void press(struct fixture *fixture, const char *keys) {
    for (; *keys != '\0'; keys++) {
        uint32_t key = *keys == '>'   ? (uint32_t)KEYCODE_PAGE_DOWN
                       : *keys == '<' ? (uint32_t)KEYCODE_PAGE_UP
                                      : (uint32_t)*keys;
        assert_true((handle_key(fixture->list, key) & OUTCOME_HANDLED) != 0);
    }
    draw(fixture);
}

static void expect_at(struct fixture *fixture, int64_t id, int row) {
    int64_t current = 0;
    assert_true(list_current(fixture->list, &current));
    assert_int_equal(current, id);
    char text[64];
    snprintf(text, sizeof text, "row %" PRId64, id);
    assert_non_null(strstr(stage_row(fixture->stage, row), text));
    stage_expect_cursor(fixture->stage, row, 1);
}

static const struct stage_size ten_rows = {11, 60};

static void a_list_shows_titles_rows_and_the_chosen_row(void **state) {
    (void)state;
    struct fixture f;
    start(&f, 3, ten_rows);
    list_set_sort(f.list, 0, true);
    draw(&f);
    stage_expect(f.stage, 0, " ▼ Number                         Parity    Remark");
    stage_expect(f.stage, 1, ">row 1                            ✘ odd     a longer remark");
    stage_expect(f.stage, 2, " row 2                            ✔ even    a longer remark");
    stage_expect(f.stage, 4, "");
    assert_true(stage_look(f.stage, 1, 50).is_reversed);
    assert_true(stage_look(f.stage, 1, 34).has_colour);
    assert_false(stage_look(f.stage, 2, 50).is_reversed);
    expect_at(&f, 1, 1);
    finish(&f);
}

static void check_moves(int64_t count) {
    struct fixture f;
    start(&f, count, ten_rows);
    draw(&f);
    press(&f, "jjj");
    expect_at(&f, 4, 4);
    press(&f, "jjjjjjj");
    expect_at(&f, 11, 10);
    press(&f, "kkkkkkkkkk");
    expect_at(&f, 1, 1);
    press(&f, "k");
    expect_at(&f, 1, 1);
    press(&f, "jj>");
    expect_at(&f, 13, 3);
    press(&f, "<");
    expect_at(&f, 3, 3);
    press(&f, "<");
    expect_at(&f, 1, 1);
    press(&f, "G");
    expect_at(&f, count, 10);
    press(&f, "j>");
    expect_at(&f, count, 10);
    press(&f, "kk<");
    expect_at(&f, count - 12, 8);
    press(&f, ">>");
    expect_at(&f, count, 10);
    press(&f, "g");
    expect_at(&f, 1, 1);
    assert_true(f.numbers.most_wanted <= 10);
    finish(&f);
}

static void moving_is_the_same_for_25_rows_and_a_million(void **state) {
    (void)state;
    check_moves(25);
    check_moves(1000000);
}

static void a_step_costs_at_most_one_question(void **state) {
    (void)state;
    struct fixture f;
    start(&f, 1000000, ten_rows);
    draw(&f);
    press(&f, "G");
    size_t before = f.numbers.asked;
    for (int i = 0; i < 100; i++) {
        press(&f, "k");
    }
    assert_true(f.numbers.asked - before <= 100);
    expect_at(&f, 1000000 - 100, 1);
    finish(&f);
}

static void a_resize_keeps_the_chosen_row(void **state) {
    (void)state;
    struct fixture f;
    start(&f, 100, ten_rows);
    draw(&f);
    press(&f, ">>jjjjj");
    expect_at(&f, 26, 6);
    stage_resize(f.stage, (struct stage_size){5, 60});
    stage_event(f.stage);
    draw(&f);
    expect_at(&f, 26, 4);
    stage_resize(f.stage, (struct stage_size){21, 60});
    stage_event(f.stage);
    draw(&f);
    expect_at(&f, 26, 4);
    press(&f, "G");
    stage_resize(f.stage, (struct stage_size){31, 60});
    stage_event(f.stage);
    draw(&f);
    expect_at(&f, 100, 30);
    finish(&f);
}

static void reloading_keeps_the_row_or_takes_the_next(void **state) {
    (void)state;
    struct fixture f;
    start(&f, 100, ten_rows);
    draw(&f);
    press(&f, ">jjj");
    expect_at(&f, 14, 4);
    list_reload(f.list);
    draw(&f);
    expect_at(&f, 14, 4);
    f.numbers.deleted = 14;
    list_reload(f.list);
    draw(&f);
    expect_at(&f, 15, 4);
    f.numbers.deleted = 11;
    list_reload(f.list);
    draw(&f);
    expect_at(&f, 15, 4);
    f.numbers.count = 5;
    list_reload(f.list);
    draw(&f);
    expect_at(&f, 5, 5);
    finish(&f);
}

static void going_to_a_far_row_shows_what_stands_before_it(void **state) {
    (void)state;
    struct fixture f;
    start(&f, 100, ten_rows);
    draw(&f);
    list_go_to(f.list, 50, "50");
    draw(&f);
    expect_at(&f, 50, 4);
    list_go_to(f.list, 99, "99");
    draw(&f);
    expect_at(&f, 99, 9);
    list_go_to(f.list, 95, "95");
    draw(&f);
    expect_at(&f, 95, 5);
    finish(&f);
}

static void marks_stay_with_their_rows(void **state) {
    (void)state;
    struct fixture f;
    start(&f, 100, ten_rows);
    draw(&f);
    press(&f, " j ");
    assert_int_equal(list_mark_count(f.list), 2);
    assert_int_equal(list_marks(f.list)[0], 1);
    assert_int_equal(list_marks(f.list)[1], 3);
    stage_expect(f.stage, 1, "●row 1                            ✘ odd     a longer remark");
    press(&f, "G");
    list_restart(f.list);
    draw(&f);
    stage_expect(f.stage, 3, "●row 3                            ✘ odd     a longer remark");
    struct buffer count = {0};
    list_print_count(f.list, &count);
    assert_string_equal(buffer_text(&count), "100 rows, 2 marked");
    buffer_free(&count);
    press(&f, " ");
    assert_false(list_is_marked(f.list, 1));
    list_clear_marks(f.list);
    assert_int_equal(list_mark_count(f.list), 0);
    finish(&f);
}

static void a_narrow_list_drops_columns_by_priority_and_scrolls_to_them(void **state) {
    (void)state;
    struct fixture f;
    start(&f, 3, (struct stage_size){6, 24});
    draw(&f);
    stage_expect(f.stage, 0, " Number         Parity ›");
    press(&f, "ll");
    assert_int_equal(list_current_column(f.list), 2);
    stage_expect(f.stage, 0, "‹Number    Remark");
    stage_expect(f.stage, 1, ">row 1     a longer rem…");
    assert_string_equal(list_current_cell(f.list, 2), "a longer remark");
    press(&f, "h");
    stage_expect(f.stage, 0, " Number         Parity ›");
    finish(&f);
}

static void hits_are_highlighted_without_regard_to_case(void **state) {
    (void)state;
    struct fixture f;
    start(&f, 3, ten_rows);
    list_set_highlight(f.list, "ROW 2");
    draw(&f);
    assert_true(stage_look(f.stage, 2, 1).is_underlined);
    assert_true(stage_look(f.stage, 2, 5).is_underlined);
    assert_false(stage_look(f.stage, 2, 6).is_underlined);
    assert_false(stage_look(f.stage, 3, 1).is_underlined);
    finish(&f);
}

static void an_empty_list_says_what_belongs_there(void **state) {
    (void)state;
    struct fixture f;
    start(&f, 0, ten_rows);
    draw(&f);
    stage_expect(f.stage, 2, "  No number is here: a adds one");
    press(&f, "jkG> <g");
    assert_false(list_has_rows(f.list));
    finish(&f);
}

static void a_failing_source_leaves_the_rows_and_the_reason(void **state) {
    (void)state;
    struct fixture f;
    start(&f, 100, ten_rows);
    draw(&f);
    f.numbers.fails = true;
    assert_true((list_act(f.list, LIST_PAGE_DOWN) & OUTCOME_FAULT) != 0);
    assert_string_equal(fault_text(list_fault(f.list)), "the disk is gone");
    draw(&f);
    expect_at(&f, 1, 1);
    finish(&f);
}

/* Whatever is pressed, resized and reloaded, the chosen row is one that is there and in sight. */
static void random_moves_keep_the_chosen_row_in_sight(void **state) {
    (void)state;
    struct fixture f;
    unsigned random = 27001;
    start(&f, 60, ten_rows);
    for (int i = 0; i < 1500; i++) {
        random = random * 1103515245U + 12345U;
        unsigned choice = random >> 16;
        f.numbers.deleted = (int64_t)(choice % 61);
        if (choice % 7 == 0) {
            stage_resize(f.stage, (struct stage_size){2 + (int)(choice / 7 % 30), 40});
            while (terminal_wait(stage_terminal(f.stage), 0).kind != TERMINAL_IDLE) {
            }
        } else if (choice % 7 == 1) {
            list_reload(f.list);
        } else if (choice % 7 == 2) {
            int64_t target = 1 + (int64_t)(choice / 7 % 60);
            char key[32];
            snprintf(key, sizeof key, "%" PRId64, target);
            list_go_to(f.list, target, key);
        } else {
            list_act(f.list, LIST_UP + (int)(choice / 7 % (LIST_ACTIONS_END - LIST_UP)));
        }
        draw(&f);
        int64_t id = 0;
        assert_true(list_current(f.list, &id));
        assert_in_range(id, 1, 60);
        char row[32];
        snprintf(row, sizeof row, "row %" PRId64 " ", id);
        assert_true(stage_shows(f.stage, row));
    }
    finish(&f);
}

static void a_grid_shows_its_chosen_cell_only(void **state) {
    (void)state;
    struct fixture f;
    start(&f, 3, ten_rows);
    list_free(f.list);
    f.list = list_new(&(struct list_options){.columns = columns,
                                             .column_count = 3,
                                             .source = {&f.numbers, fetch_numbers, NULL},
                                             .has_cell_cursor = true});
    press(&f, "lj");
    assert_true(stage_look(f.stage, 2, 34).is_reversed);
    assert_false(stage_look(f.stage, 2, 1).is_reversed);
    stage_expect_cursor(f.stage, 2, 34);
    assert_true((list_click(f.list, 3) & OUTCOME_MOVED) != 0);
    draw(&f);
    stage_expect_cursor(f.stage, 3, 34);
    finish(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_shows_titles_rows_and_the_chosen_row),
        cmocka_unit_test(moving_is_the_same_for_25_rows_and_a_million),
        cmocka_unit_test(a_step_costs_at_most_one_question),
        cmocka_unit_test(a_resize_keeps_the_chosen_row),
        cmocka_unit_test(reloading_keeps_the_row_or_takes_the_next),
        cmocka_unit_test(going_to_a_far_row_shows_what_stands_before_it),
        cmocka_unit_test(marks_stay_with_their_rows),
        cmocka_unit_test(a_narrow_list_drops_columns_by_priority_and_scrolls_to_them),
        cmocka_unit_test(hits_are_highlighted_without_regard_to_case),
        cmocka_unit_test(an_empty_list_says_what_belongs_there),
        cmocka_unit_test(a_failing_source_leaves_the_rows_and_the_reason),
        cmocka_unit_test(random_moves_keep_the_chosen_row_in_sight),
        cmocka_unit_test(a_grid_shows_its_chosen_cell_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
