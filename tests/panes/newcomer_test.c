/* What somebody meets who opens the program for the first time. */
#include "panes/stage.h"

#include "support/testing.h"

static void enter_on_a_plain_field_of_a_record_edits_it(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "2 Enter j Enter");
    terminal_expect_row(stage.terminal, 0, "Edit policy POL-001");
    terminal_keys(stage.terminal, "Esc");
    terminal_expect_row(stage.terminal, 2, "policy POL-001");
    terminal_keys(stage.terminal, "Esc");
    panes_close(&stage);
}

static void a_clause_tells_what_is_missing_in_words(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    terminal_keys(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "no result; ");
    terminal_expect_gone(stage.terminal, "organisation-unnamed");
    terminal_keys(stage.terminal, "Esc");
    panes_close(&stage);
}

static void a_form_that_asks_shows_only_the_keys_of_its_question(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "0 a");
    terminal_type(stage.terminal, "Ann");
    terminal_keys(stage.terminal, "Esc");
    terminal_expect_row(stage.terminal, 22, "Changes are not saved.");
    terminal_expect_row(stage.terminal, 23, "s save  d discard  Esc go on");
    terminal_expect_gone(stage.terminal, "Enter next");
    terminal_keys(stage.terminal, "d");
    terminal_expect_row(stage.terminal, 2, "People");
    panes_close(&stage);
}

static void a_missing_field_is_named_once(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "0 a C-s");
    terminal_expect_row(stage.terminal, 22, "Name: this is needed");
    terminal_keys(stage.terminal, "Esc");
    panes_close(&stage);
}

static void clauses_and_policies_are_named_whole_at_80_columns(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_expect(stage.terminal, "Management review");
    terminal_keys(stage.terminal, "2");
    terminal_expect_row(stage.terminal, 4, "Information Security P");
    panes_close(&stage);
}

static void a_new_action_is_open_and_raised_today_unless_another_day_is_typed(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    terminal_keys(stage.terminal, "7 a");
    terminal_expect_row(stage.terminal, 7, "2026-11-21");
    terminal_expect_row(stage.terminal, 17, "open");
    terminal_type(stage.terminal, "X-1");
    terminal_expect_row(stage.terminal, 1, "X-1");
    terminal_expect_gone(stage.terminal, "CA-01");
    terminal_keys(stage.terminal, "Enter Down Down Down");
    terminal_type(stage.terminal, "2026-11-02");
    terminal_expect(stage.terminal, "  2026-11-02");
    terminal_keys(stage.terminal, "Esc d");
    panes_close(&stage);
}

static void a_new_resource_is_of_this_year(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    terminal_keys(stage.terminal, "8 a");
    terminal_expect_row(stage.terminal, 4, "2026");
    terminal_keys(stage.terminal, "Enter 2 0 2 7");
    terminal_expect_row(stage.terminal, 2, "2027");
    terminal_expect_gone(stage.terminal, "20262027");
    terminal_keys(stage.terminal, "Esc d");
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(enter_on_a_plain_field_of_a_record_edits_it),
        cmocka_unit_test(a_clause_tells_what_is_missing_in_words),
        cmocka_unit_test(a_form_that_asks_shows_only_the_keys_of_its_question),
        cmocka_unit_test(a_missing_field_is_named_once),
        cmocka_unit_test(clauses_and_policies_are_named_whole_at_80_columns),
        cmocka_unit_test(a_new_action_is_open_and_raised_today_unless_another_day_is_typed),
        cmocka_unit_test(a_new_resource_is_of_this_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
