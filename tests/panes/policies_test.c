/* The views of policies: the tree, the steps of their versions, who acknowledged them, the contents
 * of 5.2, translations. */
#include "panes/stage.h"

#include <string.h>

/* Expects the text in the row that the cursor stands on. */
static void expect_current(struct panes_stage *stage, const char *text) {
    int row = 0;
    int column = 0;
    terminal_settle(stage->terminal);
    terminal_cursor(stage->terminal, &row, &column);
    if (strstr(terminal_row(stage->terminal, row), text) == NULL) {
        fail_msg("\"%s\" does not stand in the current row\n%s", text,
                 terminal_screen(stage->terminal));
    }
}

static void the_register_is_a_tree_by_parent(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_key(stage.terminal, "2");
    terminal_expect_row(stage.terminal, 4, ">POL-001");
    terminal_expect_row(stage.terminal, 5, "└ POL-002");
    terminal_expect_row(stage.terminal, 9, " └ POL-010");
    terminal_expect_row(stage.terminal, 16, "POL-013");
    terminal_key(stage.terminal, "f");
    terminal_type(stage.terminal, "POL-010\r");
    terminal_expect_row(stage.terminal, 4, ">POL-010");
    terminal_key(stage.terminal, "Esc");
    terminal_keys(stage.terminal, "G k");
    expect_current(&stage, "POL-012");
    panes_close(&stage);
}

static void a_policy_shows_version_review_and_acknowledgements_in_words(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_key(stage.terminal, "2");
    terminal_expect(stage.terminal, "85%");
    terminal_expect_row(stage.terminal, 4, "2.0 approved");
    terminal_expect_row(stage.terminal, 12, "✘ 33 days late");
    terminal_expect_row(stage.terminal, 13, "! in 18 days");
    terminal_expect_row(stage.terminal, 10, "not due");
    terminal_expect_row(stage.terminal, 16, "withdrawn");
    panes_close(&stage);
}

static void the_version_in_work_is_approved_from_the_policy(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "2 w");
    terminal_expect(stage.terminal, "Approved by: ");
    terminal_keys(stage.terminal, "Enter Enter");
    terminal_expect(stage.terminal, "Stored: approve POL-001/2.1");
    terminal_expect_row(stage.terminal, 4, "2.1 approved");
    terminal_key(stage.terminal, "u");
    terminal_expect_row(stage.terminal, 4, "2.0 approved");
    panes_close(&stage);
}

static void a_review_is_confirmed_without_a_new_version(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_key(stage.terminal, "2");
    terminal_key(stage.terminal, "/");
    terminal_type(stage.terminal, "POL-007\r");
    terminal_expect_row(stage.terminal, 12, ">");
    terminal_key(stage.terminal, "c");
    terminal_expect(stage.terminal, "Confirmed as still right on: ");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Stored: confirm");
    terminal_expect_row(stage.terminal, 12, "2027-11-21");
    terminal_expect_row(stage.terminal, 12, "1.0 approved");
    panes_close(&stage);
}

static void a_draft_is_begun_under_the_proposed_name(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "2 j D");
    terminal_expect(stage.terminal, "Version of the draft: ");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Stored: draft POL-002/");
    terminal_key(stage.terminal, "D");
    terminal_key(stage.terminal, "Enter");
    terminal_expect_gone(stage.terminal, "Stored:");
    panes_close(&stage);
}

static void the_marked_people_are_acknowledged_in_one_batch(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "2 p");
    terminal_expect_row(stage.terminal, 2, "Who acknowledged POL-001 2.0");
    terminal_expect_row(stage.terminal, 2, "34 of 40");
    terminal_expect_row(stage.terminal, 5, "top management");
    terminal_expect_row(stage.terminal, 5, "✘ only 1.1");
    terminal_keys(stage.terminal, "j Space Space");
    terminal_expect_row(stage.terminal, 2, "2 marked");
    terminal_key(stage.terminal, "m");
    terminal_expect(stage.terminal, "Stored: acknowledgement of POL-001 2.0 by 2 people");
    terminal_expect_row(stage.terminal, 2, "36 of 40");
    terminal_expect(stage.terminal, "✔ 2.0 on 2026-11-21");
    terminal_key(stage.terminal, "u");
    terminal_expect_row(stage.terminal, 2, "34 of 40");
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "85%");
    panes_close(&stage);
}

static void a_heading_among_the_people_says_what_to_choose(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "2 p");
    terminal_expect_row(stage.terminal, 2, "Who acknowledged POL-001 2.0");
    terminal_keys(stage.terminal, "g m");
    terminal_expect(stage.terminal, "Choose a person, or mark several with Space");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void a_narrow_screen_keeps_who_has_acknowledged(void **state) {
    (void)state;
    struct panes_stage stage = panes_open_sized("--sample", 17, 60);
    terminal_keys(stage.terminal, "2 p");
    terminal_expect_row(stage.terminal, 5, "✘ only 1.1");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void the_contents_of_the_policy_are_ticked_one_by_one(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "2 t");
    terminal_expect(stage.terminal, "5.2: what POL-001 says");
    terminal_expect(stage.terminal, "not ticked");
    terminal_key(stage.terminal, "d");
    terminal_expect_gone(stage.terminal, "not ticked");
    terminal_key(stage.terminal, "a");
    terminal_expect(stage.terminal, "not ticked");
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "Stored: policy POL-001: 5.2 a is not met");
    terminal_keys(stage.terminal, "u u");
    terminal_expect(stage.terminal, "Taken back: policy POL-001: 5.2 d is met");
    panes_close(&stage);
}

static void a_translation_says_that_it_is_behind(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "2 Tab Tab Tab");
    terminal_expect(stage.terminal, "! behind");
    terminal_expect_row(stage.terminal, 4, "✔ current");
    terminal_expect_row(stage.terminal, 5, "! behind");
    terminal_keys(stage.terminal, "s");
    terminal_expect(stage.terminal, "Sort by");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void a_cell_of_the_coverage_turns_round_with_space_and_the_cursor_stays(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "2 S-Tab");
    terminal_expect_row(stage.terminal, 2, "6 obligations, ! 1 uncovered");
    terminal_key(stage.terminal, "Space");
    terminal_expect(stage.terminal, "Move right to the cell of an obligation first");
    terminal_keys(stage.terminal, "j j Right Right Right Right Right");
    terminal_expect(stage.terminal, "OBL-05  Traceability of ingredients: no policy in force");
    terminal_key(stage.terminal, "Space");
    terminal_expect(stage.terminal, "Stored: POL-003 covers OBL-05");
    terminal_expect_row(stage.terminal, 2, "6 obligations");
    terminal_expect_gone(stage.terminal, "uncovered");
    expect_current(&stage, ">POL-003");
    terminal_key(stage.terminal, "Space");
    terminal_expect(stage.terminal, "Stored: POL-003 no longer covers OBL-05");
    terminal_expect_row(stage.terminal, 2, "! 1 uncovered");
    terminal_keys(stage.terminal, "u u");
    terminal_expect(stage.terminal, "Taken back: POL-003 covers OBL-05");
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_register_is_a_tree_by_parent),
        cmocka_unit_test(a_policy_shows_version_review_and_acknowledgements_in_words),
        cmocka_unit_test(the_version_in_work_is_approved_from_the_policy),
        cmocka_unit_test(a_review_is_confirmed_without_a_new_version),
        cmocka_unit_test(a_draft_is_begun_under_the_proposed_name),
        cmocka_unit_test(the_marked_people_are_acknowledged_in_one_batch),
        cmocka_unit_test(a_heading_among_the_people_says_what_to_choose),
        cmocka_unit_test(a_narrow_screen_keeps_who_has_acknowledged),
        cmocka_unit_test(the_contents_of_the_policy_are_ticked_one_by_one),
        cmocka_unit_test(a_translation_says_that_it_is_behind),
        cmocka_unit_test(a_cell_of_the_coverage_turns_round_with_space_and_the_cursor_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
