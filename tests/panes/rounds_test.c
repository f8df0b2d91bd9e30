/* Rounds as a whole: begun with what they carry over, narrowed, closed, reopened, compared. */
#include "panes/stage.h"

/* The sample's checklist at the view that N presses of Tab lead to. */
static struct panes_stage open_view(const char *tabs) {
    struct panes_stage stage = panes_open("--sample");
    terminal_key(stage.terminal, "5");
    terminal_keys(stage.terminal, tabs);
    return stage;
}

static void start_round(struct panes_stage *stage, const char *kind, const char *answer) {
    terminal_key(stage->terminal, "A");
    terminal_expect(stage->terminal, "What kind of round");
    terminal_keys(stage->terminal, kind);
    terminal_expect(stage->terminal, "Ref of the round");
    terminal_key(stage->terminal, "Enter");
    terminal_expect(stage->terminal, "Carry over from 2026-IA?");
    terminal_keys(stage->terminal, answer);
}

static void a_new_round_carries_over_where_it_is_wanted(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_key(stage.terminal, "5");
    start_round(&stage, "Down Enter", "Enter");
    terminal_expect(stage.terminal, "Stored: start 2026-IAb");
    terminal_expect_row(stage.terminal, 2, "0 of 74 done");
    terminal_expect(stage.terminal, "Evidence");
    terminal_expect(stage.terminal, "Last round");
    terminal_keys(stage.terminal, "u");
    start_round(&stage, "Down Enter", "n");
    terminal_expect(stage.terminal, "Stored: start 2026-IAb");
    terminal_expect_gone(stage.terminal, "Last round");
    terminal_expect_gone(stage.terminal, "EV-");
    panes_close(&stage);
}

static void a_round_carries_over_from_another_one_that_is_chosen(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_key(stage.terminal, "5");
    start_round(&stage, "Down Enter", "o");
    terminal_expect(stage.terminal, "2025-SA");
    terminal_key(stage.terminal, "b");
    terminal_expect(stage.terminal, "Stored: start 2026-IAb");
    terminal_keys(stage.terminal, "Tab Tab Tab");
    terminal_expect(stage.terminal, "2026-IAb");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "2025-SA");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void the_list_is_narrowed_by_clause_state_result_and_person(void **state) {
    (void)state;
    struct panes_stage stage = open_view("Tab");
    terminal_key(stage.terminal, "f");
    terminal_type(stage.terminal, "clause:5.2\r");
    terminal_expect_row(stage.terminal, 2, "filter: clause:5.2");
    terminal_expect(stage.terminal, "5.2.a");
    terminal_expect_gone(stage.terminal, "5.1.a");
    terminal_keys(stage.terminal, "Esc f");
    terminal_type(stage.terminal, "state:open clause:7\r");
    terminal_expect(stage.terminal, " open");
    terminal_expect_gone(stage.terminal, "conforms");
    terminal_keys(stage.terminal, "Esc f");
    terminal_type(stage.terminal, "findings\r");
    terminal_expect(stage.terminal, "minor");
    terminal_expect_gone(stage.terminal, "conforms");
    terminal_keys(stage.terminal, "Esc f");
    terminal_type(stage.terminal, "result:mi");
    terminal_expect(stage.terminal, "result:minor");
    terminal_keys(stage.terminal, "Tab Enter");
    terminal_expect_row(stage.terminal, 2, "filter: result:minor");
    terminal_expect_gone(stage.terminal, "○ open");
    terminal_keys(stage.terminal, "Esc f");
    terminal_type(stage.terminal, "mine state:open\r");
    terminal_expect(stage.terminal, "No line to show");
    panes_close(&stage);
}

static void the_action_of_a_finding_shows_in_the_list(void **state) {
    (void)state;
    struct panes_stage stage = open_view("Tab f");
    terminal_type(stage.terminal, "findings\r");
    terminal_expect(stage.terminal, "Action");
    terminal_expect(stage.terminal, "AC-0");
    panes_close(&stage);
}

static void a_dot_repeats_the_last_result_on_marked_lines(void **state) {
    (void)state;
    struct panes_stage stage = open_view("Tab f");
    terminal_type(stage.terminal, "state:open\r");
    terminal_keys(stage.terminal, "j .");
    terminal_expect(stage.terminal, "No result was recorded here yet");
    terminal_keys(stage.terminal, "= z");
    terminal_expect(stage.terminal, "Stored: not sampled on 1 line");
    terminal_keys(stage.terminal, "Space Space");
    terminal_expect(stage.terminal, "2 marked");
    terminal_key(stage.terminal, ".");
    terminal_expect(stage.terminal, "Stored: not sampled on 2 lines");
    panes_close(&stage);
}

/* A round without lines to do is closed with its conclusion, and opened again with a reason. */
static void a_round_is_closed_and_opened_again(void **state) {
    (void)state;
    struct panes_stage stage = open_view("Tab f");
    terminal_type(stage.terminal, "state:open\r");
    terminal_key(stage.terminal, "*");
    terminal_expect_row(stage.terminal, 2, "35 marked");
    terminal_key(stage.terminal, "C");
    terminal_expect(stage.terminal, "Not closed: 35 lines are still open");
    terminal_keys(stage.terminal, "Esc = z");
    terminal_expect(stage.terminal, "Stored: not sampled on 35 lines");
    terminal_key(stage.terminal, "C");
    terminal_expect(stage.terminal, "Close the round: its conclusion");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Stored: close the round");
    terminal_key(stage.terminal, "Esc");
    terminal_expect_row(stage.terminal, 2, "closed");
    terminal_keys(stage.terminal, "g j = c");
    terminal_expect(stage.terminal, "closed round");
    terminal_key(stage.terminal, "O");
    terminal_expect(stage.terminal, "Reason for opening");
    terminal_type(stage.terminal, "A page was missing\r");
    terminal_expect(stage.terminal, "Stored: open the round again: A page was missing");
    panes_close(&stage);
}

static void the_programme_tells_how_far_each_round_is(void **state) {
    (void)state;
    struct panes_stage stage = open_view("Tab Tab Tab");
    terminal_expect(stage.terminal, "2026-IA");
    terminal_expect(stage.terminal, "39 of 74");
    terminal_expect(stage.terminal, "110 of 110");
    terminal_key(stage.terminal, "/");
    terminal_type(stage.terminal, "2025-SA\r");
    terminal_key(stage.terminal, "w");
    terminal_expect_row(stage.terminal, 2, "2025-SA  110 of 110 done");
    panes_close(&stage);
}

static void lines_added_later_join_the_round_with_plus(void **state) {
    (void)state;
    struct panes_stage stage = open_view("+");
    terminal_expect(stage.terminal, "has every line of the checklist already");
    terminal_keys(stage.terminal, "Tab Tab Tab Tab Tab a");
    terminal_expect(stage.terminal, "New requirement");
    terminal_key(stage.terminal, "Tab");
    terminal_type(stage.terminal, "5.1");
    terminal_key(stage.terminal, "Tab");
    terminal_type(stage.terminal, "r");
    terminal_key(stage.terminal, "Tab");
    terminal_type(stage.terminal, "Our own promise is kept");
    terminal_key(stage.terminal, "C-s");
    terminal_expect(stage.terminal, "Stored: add");
    terminal_keys(stage.terminal, "5 S-Tab S-Tab S-Tab S-Tab S-Tab +");
    terminal_expect(stage.terminal, "Stored: 1 line added to the round");
    terminal_expect_row(stage.terminal, 2, "39 of 75 done");
    panes_close(&stage);
}

static void two_rounds_are_compared_line_by_line(void **state) {
    (void)state;
    struct panes_stage stage = open_view("Tab Tab Tab Tab");
    terminal_expect(stage.terminal, "Before: 2025-SA self-assessment   Now: 2026-IA internal");
    terminal_expect(stage.terminal, " better, ");
    terminal_expect(stage.terminal, "Findings: ");
    terminal_expect(stage.terminal, "not yet");
    terminal_key(stage.terminal, "f");
    terminal_expect(stage.terminal, "findings repeated");
    terminal_key(stage.terminal, "b");
    terminal_expect_row(stage.terminal, 2, "better");
    terminal_keys(stage.terminal, "Esc f w");
    terminal_expect_row(stage.terminal, 2, "worse");
    terminal_key(stage.terminal, "Esc");
    terminal_key(stage.terminal, "b");
    terminal_expect(stage.terminal, "The earlier round");
    terminal_key(stage.terminal, "Esc");
    terminal_keys(stage.terminal, "R b");
    terminal_expect(stage.terminal, "Two rounds are compared line by line once there are two");
    terminal_keys(stage.terminal, "b a");
    terminal_expect(stage.terminal, "Before: 2026-IA internal   Now: 2025-SA self-assessment");
    panes_close(&stage);
}

static void a_supplier_audit_may_leave_lines_out(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_key(stage.terminal, "5");
    start_round(&stage, "Up Enter", "n");
    terminal_expect(stage.terminal, "Stored: start 2026-SUP");
    terminal_key(stage.terminal, "x");
    terminal_expect(stage.terminal, "Note:");
    terminal_type(stage.terminal, "They have no ISMS of their own\r");
    terminal_expect(stage.terminal, "Stored: 2026-SUP/4.3 not applicable");
    panes_close(&stage);
}

static void wide_screens_show_the_line_beside_the_list(void **state) {
    (void)state;
    struct panes_stage stage = panes_open_sized("--sample", 50, 160);
    terminal_keys(stage.terminal, "5 Tab /");
    terminal_type(stage.terminal, "5.1.c\r");
    terminal_expect(stage.terminal, "Look for");
    terminal_expect(stage.terminal, "Who approved this year's security budget");
    terminal_keys(stage.terminal, "Tab");
    terminal_expect(stage.terminal, "Used");
    terminal_expect(stage.terminal, "Collected");
    terminal_keys(stage.terminal, "Tab Tab /");
    terminal_type(stage.terminal, "5.1.c\r");
    terminal_expect(stage.terminal, "Before  ");
    terminal_expect(stage.terminal, "(2025-SA/5.1.c)");
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_round_carries_over_where_it_is_wanted),
        cmocka_unit_test(a_round_carries_over_from_another_one_that_is_chosen),
        cmocka_unit_test(the_list_is_narrowed_by_clause_state_result_and_person),
        cmocka_unit_test(the_action_of_a_finding_shows_in_the_list),
        cmocka_unit_test(a_dot_repeats_the_last_result_on_marked_lines),
        cmocka_unit_test(a_round_is_closed_and_opened_again),
        cmocka_unit_test(the_programme_tells_how_far_each_round_is),
        cmocka_unit_test(lines_added_later_join_the_round_with_plus),
        cmocka_unit_test(two_rounds_are_compared_line_by_line),
        cmocka_unit_test(a_supplier_audit_may_leave_lines_out),
        cmocka_unit_test(wide_screens_show_the_line_beside_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
