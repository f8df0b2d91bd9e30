/* Samples from the walk: drawn from a seed, repeated, their result recorded. */
#include "panes/stage.h"

static struct panes_stage open_walk(void) {
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "5 /");
    terminal_type(stage.terminal, "7.2.a\r");
    terminal_expect_row(stage.terminal, 3, "7.2.a");
    return stage;
}

static void draw_five_of_forty(struct panes_stage *stage) {
    terminal_key(stage->terminal, "r");
    terminal_expect(stage->terminal, "draw at random");
    terminal_key(stage->terminal, "r");
    terminal_expect(stage->terminal, "Drawn from");
    terminal_type(stage->terminal, "40\r");
    terminal_expect(stage->terminal, "How many of 40: 7");
    terminal_type(stage->terminal, "5\r");
    terminal_expect(stage->terminal, "Seed");
    terminal_type(stage->terminal, "4f3a\r");
    terminal_expect(stage->terminal, "The sample");
}

static void a_draw_shows_its_items_and_how_to_repeat_it(void **state) {
    (void)state;
    struct panes_stage stage = open_walk();
    draw_five_of_forty(&stage);
    terminal_expect(stage.terminal, "5 of 40, random, seed 4f3a");
    terminal_expect(stage.terminal, "     37");
    terminal_expect(stage.terminal, "Drawn again from the seed: the same items");
    terminal_expect(stage.terminal, "sha256sum");
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "5 of 40  random  2026-11-21: 4, 6, 19, 21, 37  result open");
    panes_close(&stage);
}

static void the_result_goes_into_the_sample(void **state) {
    (void)state;
    struct panes_stage stage = open_walk();
    draw_five_of_forty(&stage);
    terminal_keys(stage.terminal, "Esc r 1");
    terminal_expect(stage.terminal, "the same items");
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "Items that deviate");
    terminal_type(stage.terminal, "6\r");
    terminal_expect(stage.terminal, "0 to 5 items can deviate");
    terminal_key(stage.terminal, "C-u");
    terminal_type(stage.terminal, "2\r");
    terminal_expect(stage.terminal, "What was seen");
    terminal_type(stage.terminal, "Two without a date\r");
    terminal_expect(stage.terminal, "Stored: 2 of the sample deviate");
    terminal_expect(stage.terminal, "2 deviating");
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "result open");
    panes_close(&stage);
}

static void rows_of_a_register_are_drawn_by_name(void **state) {
    (void)state;
    struct panes_stage stage = open_walk();
    terminal_keys(stage.terminal, "r r");
    terminal_expect(stage.terminal, "Drawn from");
    terminal_type(stage.terminal, "trainin");
    terminal_keys(stage.terminal, "Tab Enter");
    terminal_expect(stage.terminal, "How many of ");
    terminal_type(stage.terminal, "3\r");
    terminal_expect(stage.terminal, "Seed");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "3 of ");
    terminal_expect(stage.terminal, "From the register training, its rows numbered");
    terminal_expect(stage.terminal, "/TRN-");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void a_second_draw_of_the_day_asks_first(void **state) {
    (void)state;
    struct panes_stage stage = open_walk();
    draw_five_of_forty(&stage);
    terminal_keys(stage.terminal, "Esc r j");
    terminal_expect(stage.terminal, "takes its place");
    terminal_key(stage.terminal, "y");
    terminal_expect(stage.terminal, "Drawn from");
    terminal_type(stage.terminal, "12\r");
    terminal_expect(stage.terminal, "Items, such as");
    terminal_type(stage.terminal, "13\r");
    terminal_expect(stage.terminal, "they go from 1 to 12");
    terminal_key(stage.terminal, "C-u");
    terminal_type(stage.terminal, "9, 2\r");
    terminal_expect(stage.terminal, "2 of 12, judgement");
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "2 of 12  judgement  2026-11-21: 2, 9");
    terminal_expect_gone(stage.terminal, "5 of 40");
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draw_shows_its_items_and_how_to_repeat_it),
        cmocka_unit_test(the_result_goes_into_the_sample),
        cmocka_unit_test(rows_of_a_register_are_drawn_by_name),
        cmocka_unit_test(a_second_draw_of_the_day_asks_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
