/* The views of roles: the matrix keeps its place, and what falls without a person is handed over.
 */
#include "panes/stage.h"

#include <string.h>

/* Opens the succession page of a person of the sample. */
static struct panes_stage open_succession(const char *person) {
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "3 Tab Tab Tab /");
    terminal_type(stage.terminal, person);
    terminal_keys(stage.terminal, "Enter Enter");
    terminal_expect_row(stage.terminal, 2, "Without");
    terminal_expect_row(stage.terminal, 2, person);
    return stage;
}

static void a_cell_of_the_matrix_is_set_where_the_cursor_stays(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "3 j j Right");
    terminal_settle(stage.terminal);
    int before = 0;
    int column = 0;
    terminal_cursor(stage.terminal, &before, &column);
    terminal_key(stage.terminal, "i");
    terminal_expect(stage.terminal, "Stored: ");
    int after = 0;
    terminal_settle(stage.terminal);
    terminal_cursor(stage.terminal, &after, &column);
    assert_int_equal(after, before);
    panes_close(&stage);
}

static void faults_stand_at_the_row_ends_as_they_arise(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_key(stage.terminal, "3");
    terminal_expect(stage.terminal, "✘ no A");
    terminal_key(stage.terminal, "G");
    terminal_expect(stage.terminal, "✘ own work");
    terminal_keys(stage.terminal, "g Right c");
    terminal_expect_row(stage.terminal, 4, "✘ no A");
    terminal_key(stage.terminal, "u");
    terminal_expect_gone(stage.terminal, "Stored: ");
    terminal_settle(stage.terminal);
    assert_null(strstr(terminal_row(stage.terminal, 4), "✘"));
    panes_close(&stage);
}

static void the_foot_says_who_holds_the_role_and_what_it_carries(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "3 Right");
    terminal_expect_row(stage.terminal, 21, "CEO Chief Executive: Mia Sato, deputy Zoë Müller.");
    terminal_expect_row(stage.terminal, 21, "A on ");
    panes_close(&stage);
}

static void a_letter_fills_the_marked_rows_over_a_run_of_roles(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "3 Space j Space Right Right v");
    terminal_expect(stage.terminal, "move to the last role");
    terminal_keys(stage.terminal, "Right i");
    terminal_expect(stage.terminal, "Stored: I in 4 cells");
    terminal_keys(stage.terminal, "k k Space j Space v Left x");
    terminal_expect(stage.terminal, "Stored: no part in 4 cells");
    terminal_keys(stage.terminal, "u u u");
    terminal_expect(stage.terminal, "There is nothing to take back");
    panes_close(&stage);
}

static void faults_stay_in_sight_while_the_roles_scroll(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_key(stage.terminal, "3");
    for (int i = 0; i < 12; i++) {
        terminal_key(stage.terminal, "Right");
    }
    terminal_expect(stage.terminal, "✘ no A");
    terminal_expect_row(stage.terminal, 3, "Activity");
    panes_close(&stage);
}

static void enter_on_a_cell_goes_to_its_role_and_esc_comes_back(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "3 j Right Enter");
    terminal_expect_row(stage.terminal, 2, "ole CEO");
    terminal_key(stage.terminal, "Esc");
    terminal_expect_row(stage.terminal, 21, "CEO Chief Executive");
    panes_close(&stage);
}

static void a_role_is_accepted_with_one_key_once_somebody_holds_it(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--starter");
    terminal_keys(stage.terminal, "3 Tab j m Enter");
    terminal_expect(stage.terminal, "Nobody holds this role yet");
    panes_leave(&stage);
    place_free(stage.place);
    stage = panes_open("--sample");
    terminal_keys(stage.terminal, "3 Tab j m");
    terminal_expect(stage.terminal, "Accepted and made known on: 2026-11-21");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Stored: accept and make known CEO");
    panes_close(&stage);
}

static void a_vacant_role_that_is_accountable_is_named(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--starter");
    terminal_key(stage.terminal, "3");
    terminal_expect(stage.terminal, "✘ vacant A");
    panes_close(&stage);
}

static void everything_goes_to_the_deputy_in_one_batch(void **state) {
    (void)state;
    struct panes_stage stage = open_succession("Mia Sato");
    terminal_expect_row(stage.terminal, 5, "CEO");
    terminal_expect_row(stage.terminal, 5, "Zoë Müller");
    terminal_expect(stage.terminal, "with CEO: Zoë Müller");
    terminal_key(stage.terminal, "h");
    terminal_expect(stage.terminal, "From Mia Sato: 1 role to Zoë Müller");
    terminal_key(stage.terminal, "y");
    terminal_expect(stage.terminal, "Stored: hand over from Mia Sato");
    terminal_expect_gone(stage.terminal, "with CEO");
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "Taken back: hand over from Mia Sato");
    terminal_expect(stage.terminal, "with CEO: Zoë Müller");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void a_hand_over_leaves_all_as_it_was_at_escape(void **state) {
    (void)state;
    struct panes_stage stage = open_succession("Mia Sato");
    terminal_key(stage.terminal, "h");
    terminal_expect(stage.terminal, "leave all");
    terminal_key(stage.terminal, "Esc");
    terminal_expect_gone(stage.terminal, "leave all");
    terminal_expect(stage.terminal, "with CEO: Zoë Müller");
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "There is nothing to take back");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void a_role_without_a_deputy_goes_to_whom_one_names(void **state) {
    (void)state;
    struct panes_stage stage = open_succession("Anna Weber");
    terminal_expect_row(stage.terminal, 5, "! nobody yet");
    terminal_expect_row(stage.terminal, 2, "16 to nobody yet");
    terminal_key(stage.terminal, "h");
    terminal_expect(stage.terminal, "Nobody is named to take anything over");
    terminal_keys(stage.terminal, "j e");
    terminal_expect(stage.terminal, "Goes to (empty: nobody):");
    terminal_type(stage.terminal, "Anna Weber\r");
    terminal_expect(stage.terminal, "This is the person who leaves");
    terminal_key(stage.terminal, "e");
    terminal_type(stage.terminal, "CFO\r");
    terminal_expect(stage.terminal, "A role goes to a person");
    terminal_key(stage.terminal, "e");
    terminal_type(stage.terminal, "Lucia Fernández\r");
    terminal_expect_row(stage.terminal, 5, "Lucia Fernández");
    terminal_expect_row(stage.terminal, 7, "with ISO: Lucia Fern");
    terminal_expect_gone(stage.terminal, "nobody yet");
    terminal_key(stage.terminal, "h");
    terminal_expect(stage.terminal, "From Anna Weber: 1 role to Lucia Fernández");
    terminal_key(stage.terminal, "y");
    terminal_expect(stage.terminal, "Stored: hand over from Anna Weber");
    terminal_key(stage.terminal, "Esc");
    terminal_expect_row(stage.terminal, 2, "Succession");
    terminal_expect(stage.terminal, "Lucia Fernández");
    panes_close(&stage);
}

static void a_drill_is_kept_as_evidence_of_the_roles_held(void **state) {
    (void)state;
    struct panes_stage stage = open_succession("Mia Sato");
    terminal_key(stage.terminal, "v");
    terminal_expect(stage.terminal, "Stored: add evidence EV-");
    terminal_keys(stage.terminal, "5 Tab Tab G");
    terminal_expect(stage.terminal, "Succession drill: Mia Sa");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "What falls without Mia Sato, and who takes it over:");
    terminal_expect(stage.terminal, "role CEO, Chief Executive: Zoë Müller");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cell_of_the_matrix_is_set_where_the_cursor_stays),
        cmocka_unit_test(faults_stand_at_the_row_ends_as_they_arise),
        cmocka_unit_test(the_foot_says_who_holds_the_role_and_what_it_carries),
        cmocka_unit_test(a_letter_fills_the_marked_rows_over_a_run_of_roles),
        cmocka_unit_test(faults_stay_in_sight_while_the_roles_scroll),
        cmocka_unit_test(enter_on_a_cell_goes_to_its_role_and_esc_comes_back),
        cmocka_unit_test(a_role_is_accepted_with_one_key_once_somebody_holds_it),
        cmocka_unit_test(a_vacant_role_that_is_accountable_is_named),
        cmocka_unit_test(everything_goes_to_the_deputy_in_one_batch),
        cmocka_unit_test(a_hand_over_leaves_all_as_it_was_at_escape),
        cmocka_unit_test(a_role_without_a_deputy_goes_to_whom_one_names),
        cmocka_unit_test(a_drill_is_kept_as_evidence_of_the_roles_held),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
