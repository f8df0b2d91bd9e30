/* Views and pages that add the workbook up: the year's money, who holds which course, and all that
 * one person stands for. */
#include "panes/stage.h"

static void the_year_shows_bars_and_the_year_before_beside_it(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_key(stage.terminal, "8");
    terminal_expect_row(stage.terminal, 3, "Year before");
    terminal_expect_row(stage.terminal, 4,
                        "2026  all                60,800     50,700     41,550  █████████··");
    terminal_expect_row(stage.terminal, 4, "34,240");
    terminal_expect(stage.terminal, "!     technology");
    terminal_expect(stage.terminal, "2025  all");
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
        cmocka_unit_test(the_year_shows_bars_and_the_year_before_beside_it),
        cmocka_unit_test(coverage_counts_top_management_and_each_department),
        cmocka_unit_test(a_person_is_shown_with_all_they_hold_approved_read_and_learned),
        cmocka_unit_test(the_page_of_a_person_leads_to_what_it_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
