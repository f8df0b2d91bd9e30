/* Views and pages that add the workbook up: the year's money, who holds which course, and all that
 * one person stands for. */
#include "panes/stage.h"

static void the_years_stand_side_by_side_with_totals_and_bars(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_key(stage.terminal, "8");
    terminal_expect_row(stage.terminal, 3, "Plan 26  Approved 26   Spent 26  Of approved");
    terminal_expect_row(stage.terminal, 3, "Spent 25");
    terminal_expect_row(stage.terminal, 4, "60,800       50,700     41,550  ████████··");
    terminal_expect_row(stage.terminal, 4, "34,240");
    terminal_expect(stage.terminal, "! technology");
    terminal_keys(stage.terminal, "l Enter");
    terminal_expect_row(stage.terminal, 2, "filter: year:2026");
    terminal_keys(stage.terminal, "Esc j Home");
    terminal_expect_row(stage.terminal, 2, "2 years");
    panes_close(&stage);
}

static void marked_lines_are_approved_in_one_batch(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--starter");
    terminal_keys(stage.terminal, "8 Tab Space j Space j Space w");
    terminal_expect(stage.terminal, "Approved by:");
    terminal_type(stage.terminal, "CEO");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Approved on: 2026-11-21");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Stored: approve 3 of Resources");
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "Taken back: approve 3 of Resources");
    terminal_keys(stage.terminal, "Esc");
    panes_close(&stage);
}

static void a_message_is_set_down_as_sent_with_two_keys(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--starter");
    terminal_keys(stage.terminal, "9 m");
    terminal_expect(stage.terminal, "Sent on: 2026-11-21");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Stored: send COM-01");
    terminal_keys(stage.terminal, "Enter m");
    terminal_expect(stage.terminal, "Sent on: 2026-11-21");
    terminal_keys(stage.terminal, "Esc Esc");
    panes_close(&stage);
}

static void wide_screens_show_all_of_each_year(void **state) {
    (void)state;
    struct panes_stage stage = panes_open_sized("--sample", 50, 160);
    terminal_key(stage.terminal, "8");
    terminal_expect_row(stage.terminal, 3, "Plan 25");
    terminal_expect_row(stage.terminal, 3, "Approved 25");
    panes_close(&stage);
}

static void a_course_says_who_lacks_it_and_takes_completions(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "9 Tab Tab Enter");
    terminal_expect_row(stage.terminal, 2, "Who needs TRN-01");
    terminal_expect_row(stage.terminal, 4, "Lacks it");
    terminal_expect(stage.terminal, "ran out");
    terminal_keys(stage.terminal, "g j Space j Space m");
    terminal_expect(stage.terminal, "Stored: completion of TRN-01");
    terminal_expect(stage.terminal, "by 2 people");
    terminal_key(stage.terminal, "Esc");
    terminal_expect_row(stage.terminal, 2, "Coverage");
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "Taken back: completion of TRN-01");
    panes_close(&stage);
}

static void coverage_counts_top_management_and_each_department(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "9 Tab Tab");
    terminal_expect_row(stage.terminal, 4, "82%");
    terminal_expect_row(stage.terminal, 5, "Top management");
    terminal_expect_row(stage.terminal, 5, "100%  ████████████");
    terminal_expect(stage.terminal, "✘     Logistics");
    terminal_expect(stage.terminal, " 60%  ███████·····");
    panes_close(&stage);
}

static void a_person_is_shown_with_all_they_hold_approved_read_and_learned(void **state) {
    (void)state;
    struct panes_stage stage = panes_open_sized("--sample", 60, 100);
    terminal_keys(stage.terminal, "0 /");
    terminal_type(stage.terminal, "Anna Weber\r");
    terminal_expect(stage.terminal, "n next, N previous");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, " Holds");
    terminal_expect(stage.terminal, "Information Security Officer, accepted on");
    terminal_expect(stage.terminal, " Answers for");
    terminal_expect(stage.terminal, " Acknowledged");
    terminal_expect(stage.terminal, "POL-001 2.0");
    terminal_expect(stage.terminal, " Learned");
    terminal_expect(stage.terminal, "counts until 2027-05-04  Information security for everyone");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void the_page_of_a_person_leads_to_what_it_names(void **state) {
    (void)state;
    struct panes_stage stage = panes_open_sized("--sample", 60, 100);
    terminal_keys(stage.terminal, "0 /");
    terminal_type(stage.terminal, "Anna Weber\r");
    terminal_expect(stage.terminal, "n next, N previous");
    terminal_keys(stage.terminal, "Enter /");
    terminal_type(stage.terminal, "accepted on\r");
    terminal_expect(stage.terminal, "n next, N previous");
    terminal_key(stage.terminal, "Enter");
    terminal_expect_row(stage.terminal, 2, "role ISO");
    terminal_keys(stage.terminal, "Esc Esc");
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_years_stand_side_by_side_with_totals_and_bars),
        cmocka_unit_test(marked_lines_are_approved_in_one_batch),
        cmocka_unit_test(a_message_is_set_down_as_sent_with_two_keys),
        cmocka_unit_test(wide_screens_show_all_of_each_year),
        cmocka_unit_test(a_course_says_who_lacks_it_and_takes_completions),
        cmocka_unit_test(coverage_counts_top_management_and_each_department),
        cmocka_unit_test(a_person_is_shown_with_all_they_hold_approved_read_and_learned),
        cmocka_unit_test(the_page_of_a_person_leads_to_what_it_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
