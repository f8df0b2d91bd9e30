/* Actions as their owner sees them: a board with a column a status, and one key a step. */
#include "panes/stage.h"

#include <string.h>

static struct panes_stage open_board(void) {
    struct panes_stage stage = panes_open("--sample");
    terminal_key(stage.terminal, "7");
    terminal_expect_row(stage.terminal, 2, "Board  List");
    return stage;
}

static void the_columns_of_the_statuses_stand_side_by_side(void **state) {
    (void)state;
    struct panes_stage stage = open_board();
    terminal_expect_row(stage.terminal, 3, "Open 4");
    terminal_expect_row(stage.terminal, 3, "In progress");
    terminal_expect_row(stage.terminal, 3, "Done");
    terminal_expect_row(stage.terminal, 3, "Verified");
    terminal_expect_row(stage.terminal, 3, "Closed");
    terminal_expect_row(stage.terminal, 4, "AC-012   ✘ late");
    terminal_expect(stage.terminal, "60 days late");
    terminal_keys(stage.terminal, "l l l l l");
    terminal_expect_row(stage.terminal, 3, "Cancelled 1");
    panes_close(&stage);
}

static void an_action_goes_from_open_to_closed_with_one_key_a_step(void **state) {
    (void)state;
    struct panes_stage stage = open_board();
    terminal_key(stage.terminal, "w");
    terminal_expect(stage.terminal, "Stored: start AC-012");
    terminal_key(stage.terminal, "w");
    terminal_expect(stage.terminal, "What was put right:");
    terminal_type(stage.terminal, "Paper forms lie in the vans");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Done on: 2026-11-21");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Stored: finish AC-012");
    terminal_key(stage.terminal, "w");
    terminal_expect(stage.terminal, "has it worked?");
    terminal_key(stage.terminal, "y");
    terminal_type(stage.terminal, "All drivers signed");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Verified by:");
    terminal_type(stage.terminal, "Anna Weber");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Verified on: 2026-11-21");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Stored: verify AC-012");
    terminal_key(stage.terminal, "w");
    terminal_expect(stage.terminal, "Stored: close AC-012");
    terminal_key(stage.terminal, "w");
    terminal_expect(stage.terminal, "AC-012 is closed: < takes it up again");
    panes_close(&stage);
}

static void a_finding_is_not_done_without_its_cause(void **state) {
    (void)state;
    struct panes_stage stage = open_board();
    terminal_keys(stage.terminal, "/");
    terminal_type(stage.terminal, "AC-015");
    terminal_key(stage.terminal, "Enter");
    terminal_keys(stage.terminal, "w w");
    terminal_expect(stage.terminal, "What was put right:");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "How was the cause found?");
    terminal_keys(stage.terminal, "5 Enter");
    terminal_expect(stage.terminal, "Done on:");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "It answers a nonconformity");
    terminal_expect(stage.terminal, "In progress 4");
    panes_close(&stage);
}

static void what_has_not_worked_is_in_progress_again(void **state) {
    (void)state;
    struct panes_stage stage = open_board();
    terminal_keys(stage.terminal, "l l w");
    terminal_expect(stage.terminal, "has it worked?");
    terminal_key(stage.terminal, "n");
    terminal_expect(stage.terminal, "What shows that it has not:");
    terminal_type(stage.terminal, "It failed again");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Stored: take up again");
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "Taken back: take up again");
    panes_close(&stage);
}

static void the_list_takes_the_same_steps(void **state) {
    (void)state;
    struct panes_stage stage = open_board();
    terminal_keys(stage.terminal, "Tab /");
    terminal_type(stage.terminal, "AC-014");
    terminal_keys(stage.terminal, "Enter W");
    terminal_expect(stage.terminal, "Why it is given up:");
    terminal_type(stage.terminal, "merged with another");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Stored: cancel AC-014");
    panes_close(&stage);
}

static void esc_comes_back_to_the_same_card(void **state) {
    (void)state;
    struct panes_stage stage = open_board();
    int row = 0;
    int col = 0;
    terminal_keys(stage.terminal, "l l Enter");
    terminal_expect(stage.terminal, "Status");
    terminal_keys(stage.terminal, "Esc");
    terminal_expect_row(stage.terminal, 3, "Open 4");
    terminal_cursor(stage.terminal, &row, &col);
    assert_int_equal(row, 4);
    assert_int_equal(col, 32);
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_columns_of_the_statuses_stand_side_by_side),
        cmocka_unit_test(an_action_goes_from_open_to_closed_with_one_key_a_step),
        cmocka_unit_test(a_finding_is_not_done_without_its_cause),
        cmocka_unit_test(what_has_not_worked_is_in_progress_again),
        cmocka_unit_test(the_list_takes_the_same_steps),
        cmocka_unit_test(esc_comes_back_to_the_same_card),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
