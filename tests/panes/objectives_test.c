/* The objectives as their users work with them: see where they stand, measure, act. */
#include "panes/stage.h"

#include <string.h>

static void expect_cursor_row(struct panes_stage *stage, const char *text) {
    int row = 0;
    int column = 0;
    terminal_settle(stage->terminal);
    terminal_cursor(stage->terminal, &row, &column);
    if (strstr(terminal_row(stage->terminal, row), text) == NULL) {
        fail_msg("the cursor is not on \"%s\"\n%s", text, terminal_screen(stage->terminal));
    }
}

static void the_dashboard_shows_colour_as_a_word_with_value_target_and_trend(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_key(stage.terminal, "4");
    terminal_expect_row(stage.terminal, 2, "6 open, ✘ 4 red, ✘ 1 status");
    terminal_expect_row(stage.terminal, 4, "on track");
    terminal_expect_row(stage.terminal, 5, "▼    6.1  ≤ 5       ✔ green");
    terminal_expect_row(stage.terminal, 6, "▲     31  ≥ 40      ! amber       ▁");
    terminal_expect_row(stage.terminal, 8, "✘ red");
    terminal_expect_row(stage.terminal, 8, "✘ status");
    panes_close(&stage);
}

static void the_box_says_which_letters_of_the_objective_are_missing(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "4 j j j");
    terminal_expect(stage.terminal, "✘ d is watched");
    terminal_expect(stage.terminal, "✔ j has an owner");
    terminal_expect(stage.terminal, "stated as on track, but KPI-03 red, target missed");
    panes_close(&stage);
}

static void a_measurement_takes_two_keys_and_the_number(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "4 j m");
    terminal_expect(stage.terminal, "KPI-01, % (last 6.1):");
    terminal_type(stage.terminal, "4.2\r");
    terminal_expect(stage.terminal, "Stored: measure KPI-01: 4.2 (u takes it back)");
    terminal_expect_row(stage.terminal, 5, "▼    4.2  ≤ 5       ✔ green");
    expect_cursor_row(&stage, "KPI-01");
    terminal_keys(stage.terminal, "m");
    terminal_type(stage.terminal, "30\r");
    terminal_expect(stage.terminal, "Stored: measure KPI-01: 30 ");
    terminal_expect_row(stage.terminal, 5, "▲     30  ≤ 5       ✘ red");
    terminal_keys(stage.terminal, "u u");
    terminal_expect_row(stage.terminal, 5, "▼    6.1");
    panes_close(&stage);
}

static void a_measurement_of_another_day_names_it(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "4 j m");
    terminal_type(stage.terminal, "five\r");
    terminal_expect(stage.terminal, "is not a number");
    terminal_key(stage.terminal, "C-u");
    terminal_type(stage.terminal, "5 @ 2027-01-01\r");
    terminal_expect(stage.terminal, "Nothing is measured before its day");
    terminal_key(stage.terminal, "C-u");
    terminal_type(stage.terminal, "5,5 @ 18.11.2026\r");
    terminal_expect(stage.terminal, "Stored: measure KPI-01: 5.5 on 2026-11-18");
    panes_close(&stage);
}

static void kpis_and_measurements_are_measured_from_their_lists(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "4 Tab Tab");
    terminal_expect(stage.terminal, "KPI-04");
    terminal_keys(stage.terminal, "j m");
    terminal_type(stage.terminal, "33\r");
    terminal_expect(stage.terminal, "Stored: measure KPI-02: 33");
    terminal_keys(stage.terminal, "Tab m");
    terminal_type(stage.terminal, "7\r");
    terminal_expect(stage.terminal, "Stored: measure KPI-01: 7");
    panes_close(&stage);
}

static void a_computed_kpi_takes_no_value(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "4 Tab Tab");
    terminal_expect(stage.terminal, "KPI-05");
    terminal_keys(stage.terminal, "j j j j m");
    terminal_expect(stage.terminal, "KPI-05 is computed from the workbook: nothing is entered");
    panes_close(&stage);
}

static void a_step_of_the_plan_becomes_an_action(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "4 t");
    terminal_expect(stage.terminal, "Action:");
    terminal_type(stage.terminal, "Order the next test mails\r");
    terminal_expect(stage.terminal, "Owner: ISO");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Due: 2027-01-21");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Stored: add action");
    terminal_expect(stage.terminal, "from OBJ-01");
    terminal_expect(stage.terminal, "Actions that carry it out: 0 of 1 done");
    panes_close(&stage);
}

static void a_wide_screen_shows_the_chart_beside_the_list(void **state) {
    (void)state;
    struct panes_stage stage = panes_open_sized("--sample", 50, 160);
    terminal_keys(stage.terminal, "4 j");
    terminal_expect_row(stage.terminal, 3, "KPI-01 Click rate in the monthly test mail, %");
    terminal_expect(stage.terminal, "target");
    terminal_expect(stage.terminal, "13 Nov 2026");
    panes_close(&stage);
}

static void enter_opens_what_the_row_shows_and_escape_comes_back(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "4 j j Enter");
    terminal_expect_row(stage.terminal, 2, "KPI KPI-02");
    terminal_key(stage.terminal, "Esc");
    terminal_expect_row(stage.terminal, 2, "Dashboard");
    expect_cursor_row(&stage, "KPI-02");
    panes_close(&stage);
}

static void an_empty_dashboard_says_which_key_adds(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    terminal_key(stage.terminal, "4");
    terminal_expect(stage.terminal, "a adds an objective");
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_dashboard_shows_colour_as_a_word_with_value_target_and_trend),
        cmocka_unit_test(the_box_says_which_letters_of_the_objective_are_missing),
        cmocka_unit_test(a_measurement_takes_two_keys_and_the_number),
        cmocka_unit_test(a_measurement_of_another_day_names_it),
        cmocka_unit_test(kpis_and_measurements_are_measured_from_their_lists),
        cmocka_unit_test(a_computed_kpi_takes_no_value),
        cmocka_unit_test(a_step_of_the_plan_becomes_an_action),
        cmocka_unit_test(a_wide_screen_shows_the_chart_beside_the_list),
        cmocka_unit_test(enter_opens_what_the_row_shows_and_escape_comes_back),
        cmocka_unit_test(an_empty_dashboard_says_which_key_adds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
