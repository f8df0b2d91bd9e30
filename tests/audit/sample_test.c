/* Draws: repeatable by anybody, as the header of the room promises. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/sample.h"
#include "support/run.h"

static void expect_draw(const char *seed, int population, int size, const char *numbers) {
    struct fault fault = {0};
    struct sample_items items;
    struct buffer text = {0};
    assert_true(sample_draw(seed, population, size, &items, &fault));
    sample_print_items(&items, &text);
    assert_string_equal(buffer_text(&text), numbers);
    buffer_free(&text);
    sample_items_free(&items);
}

/* The numbers were worked out by another program from the description alone. */
static void the_draw_is_the_one_that_the_header_describes(void **state) {
    (void)state;
    expect_draw("4f3a", 40, 5, "4, 6, 19, 21, 37");
    expect_draw("4f3a", 40, 12, "4, 6, 9, 14, 19, 21, 23, 27, 28, 29, 30, 37");
    expect_draw("B\303\244ckerei 7", 1000, 8, "22, 206, 334, 525, 596, 641, 665, 859");
    expect_draw("x", 1, 1, "1");
    expect_draw("x", 3, 3, "1, 2, 3");
}

static void the_shell_of_the_header_draws_the_same(void **state) {
    (void)state;
    struct run_result result =
        RUN(NULL, "sh", "-c",
            "for i in $(seq 40); do printf '%s %s\\n' \"$(printf '4f3a:%s' $i | sha256sum)\" $i; "
            "done | sort | head -5 | sed 's/.* //' | sort -n | tr '\\n' ' '");
    assert_string_equal(buffer_text(&result.out), "4 6 19 21 37 ");
    run_free(&result);
}

/* Of 20 items 5 are drawn from each of 4,000 seeds: every item about 1,000 times. The bounds are
 * six standard deviations wide, and the seeds are fixed. */
static void every_item_is_drawn_equally_often(void **state) {
    (void)state;
    int times[21] = {0};
    for (int seed = 0; seed < 4000; seed++) {
        struct fault fault = {0};
        struct sample_items items;
        char text[16];
        snprintf(text, sizeof text, "%d", seed);
        assert_true(sample_draw(text, 20, 5, &items, &fault));
        for (size_t i = 0; i < items.count; i++) {
            times[items.numbers[i]]++;
        }
        sample_items_free(&items);
    }
    for (int item = 1; item <= 20; item++) {
        assert_in_range(times[item], 1000 - 165, 1000 + 165);
    }
}

static void a_million_items_are_drawn_from(void **state) {
    (void)state;
    struct fault fault = {0};
    struct sample_items items;
    assert_true(sample_draw("big", SAMPLE_POPULATION_MOST, 3, &items, &fault));
    assert_int_equal(items.count, 3);
    sample_items_free(&items);
    assert_false(sample_draw("big", SAMPLE_POPULATION_MOST + 1, 3, &items, &fault));
    assert_non_null(strstr(fault_text(&fault), "1000000"));
    fault_clear(&fault);
}

static void what_cannot_be_drawn_is_refused(void **state) {
    (void)state;
    struct fault fault = {0};
    struct sample_items items;
    assert_false(sample_draw("", 10, 3, &items, &fault));
    fault_clear(&fault);
    assert_false(sample_draw("s", 10, 11, &items, &fault));
    assert_non_null(strstr(fault_text(&fault), "1 to 10"));
    fault_clear(&fault);
    assert_false(sample_draw("s", 0, 1, &items, &fault));
    fault_clear(&fault);
}

static void chosen_items_are_read_in_any_order_and_once(void **state) {
    (void)state;
    struct fault fault = {0};
    struct sample_items items;
    struct buffer text = {0};
    assert_true(sample_read_items("12, 3 7", 12, &items, &fault));
    sample_print_items(&items, &text);
    assert_string_equal(buffer_text(&text), "3, 7, 12");
    sample_items_free(&items);
    static const char *const wrong[] = {"3, 3", "13", "0", "", "three", "-1"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(sample_read_items(wrong[i], 12, &items, &fault));
        sample_items_free(&items);
        fault_clear(&fault);
    }
    buffer_free(&text);
}

static void the_proposed_size_is_the_root_and_fits(void **state) {
    (void)state;
    assert_int_equal(sample_propose_size(1), 1);
    assert_int_equal(sample_propose_size(5), 3);
    assert_int_equal(sample_propose_size(100), 10);
    assert_int_equal(sample_propose_size(101), 11);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_draw_is_the_one_that_the_header_describes),
        cmocka_unit_test(the_shell_of_the_header_draws_the_same),
        cmocka_unit_test(every_item_is_drawn_equally_often),
        cmocka_unit_test(a_million_items_are_drawn_from),
        cmocka_unit_test(what_cannot_be_drawn_is_refused),
        cmocka_unit_test(chosen_items_are_read_in_any_order_and_once),
        cmocka_unit_test(the_proposed_size_is_the_root_and_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
