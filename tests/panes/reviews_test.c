/* A management review as its owner holds it: planned with what the workbook knows, gone through
 * input by input, ended with verdicts and decisions that lead somewhere. */
#include "panes/stage.h"

#include <string.h>

/* Plans MR-2026-2 today and leaves the cursor on it. */
static struct panes_stage plan_a_review(void) {
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "6 a m");
    terminal_expect(stage.terminal, "Held or planned on: 2026-11-21");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Ref of the review: MR-2026-2");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Stored: plan MR-2026-2 with its ten inputs");
    return stage;
}

static void a_new_review_comes_with_its_ten_inputs_filled(void **state) {
    (void)state;
    struct panes_stage stage = plan_a_review();
    terminal_keys(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Review inputs           10");
    terminal_expect(stage.terminal, "Attendance              3");
    terminal_keys(stage.terminal, "End Enter");
    terminal_expect(stage.terminal, "MR-2026-2");
    terminal_keys(stage.terminal, "Home Enter");
    terminal_expect(stage.terminal, "MR-2026-D1 Have the ISMS audited");
    terminal_expect(stage.terminal, "no action");
    terminal_keys(stage.terminal, "Esc Esc Esc u");
    terminal_expect(stage.terminal, "Taken back: plan MR-2026-2");
    terminal_expect_row(stage.terminal, 2, "5 rows");
    panes_close(&stage);
}

static void the_input_on_issues_says_what_changed_outside_and_inside(void **state) {
    (void)state;
    struct panes_stage stage = plan_a_review();
    terminal_keys(stage.terminal, "Enter End Enter j Enter");
    terminal_expect(stage.terminal, "Inside: ");
    terminal_expect(stage.terminal, "Outside: ");
    terminal_keys(stage.terminal, "Esc Esc Esc");
    panes_close(&stage);
}

static void a_new_decision_is_numbered_behind_the_others_of_its_review(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "6 Tab Tab a");
    terminal_expect(stage.terminal, "MR-2026-D6");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void one_key_says_how_an_input_ended(void **state) {
    (void)state;
    struct panes_stage stage = plan_a_review();
    terminal_keys(stage.terminal, "Enter End Enter");
    terminal_expect_row(stage.terminal, 2, "10 rows");
    terminal_key(stage.terminal, "c");
    terminal_expect(stage.terminal, "Stored: MR-2026-2/a previous actions: State discussed");
    terminal_keys(stage.terminal, "j =");
    terminal_expect(stage.terminal, "Stored: MR-2026-2/b issues: State no change");
    terminal_keys(stage.terminal, "j Space j Space x");
    terminal_expect(stage.terminal, "Stored: 2 rows of Review inputs: State not covered");
    terminal_keys(stage.terminal, "Esc Esc Esc");
    panes_close(&stage);
}

static void the_text_of_an_input_is_edited_with_e(void **state) {
    (void)state;
    struct panes_stage stage = plan_a_review();
    terminal_keys(stage.terminal, "Enter End Enter j e");
    terminal_expect(stage.terminal, "Edit review input MR-2026-2/b issues");
    terminal_type(stage.terminal, "A third shop opens in spring");
    terminal_key(stage.terminal, "C-s");
    terminal_expect(stage.terminal, "Stored: change review input");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "shop opens in spring");
    terminal_keys(stage.terminal, "Esc Esc Esc");
    panes_close(&stage);
}

static void attendance_takes_one_key_a_person(void **state) {
    (void)state;
    struct panes_stage stage = plan_a_review();
    terminal_keys(stage.terminal, "Enter End k Enter");
    terminal_expect_row(stage.terminal, 2, "3 rows");
    terminal_keys(stage.terminal, "c");
    terminal_expect(stage.terminal, "Mia Sato: Attended yes");
    terminal_keys(stage.terminal, "j z");
    terminal_expect(stage.terminal, "Attended excused");
    terminal_keys(stage.terminal, "Esc Esc");
    panes_close(&stage);
}

static void holding_a_review_asks_for_verdicts_and_plans_the_next(void **state) {
    (void)state;
    struct panes_stage stage = plan_a_review();
    terminal_key(stage.terminal, "w");
    terminal_expect(stage.terminal, "Held on: 2026-11-21");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Is the ISMS suitable?");
    terminal_key(stage.terminal, "y");
    terminal_expect(stage.terminal, "Is it adequate?");
    terminal_key(stage.terminal, "p");
    terminal_expect(stage.terminal, "Is it effective?");
    terminal_key(stage.terminal, "n");
    terminal_expect(stage.terminal, "10 of its inputs are still open.");
    terminal_key(stage.terminal, "n");
    terminal_expect(stage.terminal, "Next management review (empty: none): ");
    terminal_key(stage.terminal, "C-u");
    terminal_type(stage.terminal, "2027-05-21\r");
    terminal_expect(stage.terminal, "Stored: hold MR-2026-2, plan MR-2027-2");
    terminal_key(stage.terminal, "w");
    terminal_expect(stage.terminal, "MR-2026-2 was held on 2026-11-21");
    terminal_key(stage.terminal, "r");
    terminal_expect(stage.terminal, "what it had before it stays as it was");
    terminal_keys(stage.terminal, "u");
    terminal_expect(stage.terminal, "Taken back: hold MR-2026-2");
    terminal_expect_gone(stage.terminal, "MR-2027-2");
    panes_close(&stage);
}

static void holding_a_review_ends_its_inputs_as_discussed_with_one_key(void **state) {
    (void)state;
    struct panes_stage stage = plan_a_review();
    terminal_keys(stage.terminal, "w Enter y y y");
    terminal_expect(stage.terminal, "d all were discussed");
    terminal_keys(stage.terminal, "d");
    terminal_expect(stage.terminal, "Next management review");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Stored: hold MR-2026-2");
    terminal_keys(stage.terminal, "Enter End Enter");
    terminal_expect_row(stage.terminal, 4, "discussed");
    terminal_keys(stage.terminal, "Esc Esc");
    panes_close(&stage);
}

static void a_planned_review_is_filled_on_the_day(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "6 j j r");
    terminal_expect(stage.terminal, "Stored: fill 10 inputs from the workbook");
    terminal_key(stage.terminal, "r");
    terminal_expect(stage.terminal, "10 open inputs have a text.");
    terminal_key(stage.terminal, "k");
    terminal_expect(stage.terminal, "Every input is as the workbook has it today");
    panes_close(&stage);
}

static void a_decision_becomes_an_action_with_three_enters(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "6 Tab Tab /");
    terminal_type(stage.terminal, "MR-2026-D4\r");
    terminal_expect(stage.terminal, "n next, N previous");
    terminal_key(stage.terminal, "t");
    terminal_expect(stage.terminal, "Action: Read the agreement with Quayside IT");
    terminal_keys(stage.terminal, "Enter Enter");
    terminal_expect(stage.terminal, "Due: 2026-12-21");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "from MR-2026-D4");
    terminal_key(stage.terminal, "t");
    terminal_expect(stage.terminal, "management review");
    terminal_expect(stage.terminal, "MR-2026-D4");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void a_decision_becomes_a_resource_line(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "6 Tab Tab /");
    terminal_type(stage.terminal, "MR-2026-D5\r");
    terminal_expect(stage.terminal, "n next, N previous");
    terminal_key(stage.terminal, "$");
    terminal_expect(stage.terminal, "Category of the resource");
    terminal_keys(stage.terminal, "Down Enter");
    terminal_expect(stage.terminal, "Planned amount:");
    terminal_type(stage.terminal, "lots\r");
    terminal_expect(stage.terminal, "is not a number");
    terminal_key(stage.terminal, "C-u");
    terminal_type(stage.terminal, "250\r");
    terminal_expect(stage.terminal, "Stored: add resource RES-");
    terminal_key(stage.terminal, "$");
    terminal_expect(stage.terminal, "Decided as MR-2026-D5.");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_review_comes_with_its_ten_inputs_filled),
        cmocka_unit_test(the_input_on_issues_says_what_changed_outside_and_inside),
        cmocka_unit_test(a_new_decision_is_numbered_behind_the_others_of_its_review),
        cmocka_unit_test(one_key_says_how_an_input_ended),
        cmocka_unit_test(the_text_of_an_input_is_edited_with_e),
        cmocka_unit_test(attendance_takes_one_key_a_person),
        cmocka_unit_test(holding_a_review_asks_for_verdicts_and_plans_the_next),
        cmocka_unit_test(holding_a_review_ends_its_inputs_as_discussed_with_one_key),
        cmocka_unit_test(a_planned_review_is_filled_on_the_day),
        cmocka_unit_test(a_decision_becomes_an_action_with_three_enters),
        cmocka_unit_test(a_decision_becomes_a_resource_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
