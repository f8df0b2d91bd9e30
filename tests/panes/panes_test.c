/* Every pane and view opens on the sample, moves, and is left clean; what belongs to all lists
 * works in one of them. */
#include "panes/stage.h"

#include <stdio.h>
#include <string.h>

static void every_pane_names_its_views_and_opens(void **state) {
    (void)state;
    static const struct {
        const char *key, *views;
    } rows[] = {
        {"1", "Readiness  Gaps  Calendar"},
        {"2", "Register  Versions  Acknowledgements  Translations  Obligations"},
        {"3", "Matrix  Roles  Chart  Succession"},
        {"4", "Dashboard  Objectives  KPIs  Measurements"},
        {"5", "Walk  List  Evidence  Audits  Comparison"},
        {"6", "Reviews  Inputs  Decisions  Attendance"},
        {"7", "Board  List"},
        {"8", "Year  All"},
        {"9", "Communications  Training  Coverage"},
        {"0", "People"},
        {"H", "History"},
        {"!", "Gaps"},
    };
    struct panes_stage stage = panes_open("--sample");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        terminal_key(stage.terminal, rows[i].key);
        terminal_expect_row(stage.terminal, 2, rows[i].views);
    }
    panes_close(&stage);
}

static void every_view_of_every_pane_shows_something_and_moves(void **state) {
    (void)state;
    static const struct {
        const char *key;
        int views;
    } rows[] = {{"1", 5}, {"2", 6}, {"3", 6}, {"4", 4}, {"5", 8}, {"6", 4},
                {"7", 2}, {"8", 2}, {"9", 5}, {"0", 1}, {"H", 1}, {"!", 2}};
    struct panes_stage stage = panes_open("--sample");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        terminal_key(stage.terminal, rows[i].key);
        for (int view = 0; view < rows[i].views; view++) {
            terminal_keys(stage.terminal, "j PgDn k Home End");
            terminal_settle(stage.terminal);
            char where[64];
            snprintf(where, sizeof where, "pane %s view %d: row 5 is empty", rows[i].key, view);
            if (strlen(terminal_row(stage.terminal, 4)) == 0) {
                fail_msg("%s\n%s", where, terminal_screen(stage.terminal));
            }
            assert_false(terminal_find(stage.terminal, "no such", NULL, NULL));
            terminal_key(stage.terminal, "Tab");
        }
    }
    panes_close(&stage);
}

static void an_edit_is_stored_at_once_taken_back_and_done_again(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "2 Right e");
    terminal_expect(stage.terminal, "Edit policy POL-001");
    terminal_key(stage.terminal, "C-u");
    terminal_type(stage.terminal, "The policy with a new title");
    terminal_key(stage.terminal, "C-s");
    terminal_expect(stage.terminal, "Stored: change policy POL-001 (u takes it back)");
    terminal_expect(stage.terminal, "The policy with a");
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "Taken back: change policy POL-001");
    terminal_expect_gone(stage.terminal, "The policy with a");
    terminal_key(stage.terminal, "C-r");
    terminal_expect(stage.terminal, "Done again: change policy POL-001");
    terminal_expect(stage.terminal, "The policy with a");
    panes_leave(&stage);
    panes_reopen(&stage);
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "Taken back: change policy POL-001");
    panes_close(&stage);
}

static void a_deletion_says_what_goes_and_comes_back(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "2 d");
    terminal_expect(stage.terminal, "Delete policy POL-001?");
    terminal_expect(stage.terminal, "acknowledgements");
    terminal_key(stage.terminal, "d");
    terminal_expect(stage.terminal, "Delete policy POL-001?");
    terminal_key(stage.terminal, "y");
    terminal_expect(stage.terminal, "Stored: delete policy POL-001");
    terminal_expect_row(stage.terminal, 2, "12 rows");
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "Taken back: delete policy POL-001");
    terminal_expect_row(stage.terminal, 2, "13 rows");
    panes_close(&stage);
}

static void a_filter_stays_shown_until_escape(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "0 f");
    terminal_type(stage.terminal, "baker\r");
    terminal_expect_row(stage.terminal, 2, "filter: baker");
    terminal_keys(stage.terminal, "2");
    terminal_keys(stage.terminal, "0");
    terminal_expect_row(stage.terminal, 2, "filter: baker");
    terminal_key(stage.terminal, "Esc");
    terminal_expect_gone(stage.terminal, "filter: baker");
    panes_close(&stage);
}

static void a_search_goes_to_its_hits_while_typing(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "2 /");
    terminal_type(stage.terminal, "POL-005");
    terminal_expect(stage.terminal, "/POL-005");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "\"POL-005\": n next, N previous");
    int row = 0;
    int column = 0;
    terminal_settle(stage.terminal);
    terminal_cursor(stage.terminal, &row, &column);
    assert_non_null(strstr(terminal_row(stage.terminal, row), "POL-005"));
    panes_close(&stage);
}

static void a_search_that_stays_on_its_hit_says_what_was_typed_last(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "2 /");
    terminal_type(stage.terminal, "PO");
    terminal_expect(stage.terminal, "/PO");
    terminal_type(stage.terminal, "L-001");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "\"POL-001\": n next, N previous");
    panes_close(&stage);
}

static void enter_opens_the_record_and_escape_comes_back_to_its_row(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "2 j j Enter");
    terminal_expect_row(stage.terminal, 2, "policy POL-003");
    terminal_expect(stage.terminal, "Review cycle");
    terminal_key(stage.terminal, "Esc");
    terminal_expect_row(stage.terminal, 2, "Register");
    int row = 0;
    int column = 0;
    terminal_settle(stage.terminal);
    terminal_cursor(stage.terminal, &row, &column);
    assert_non_null(strstr(terminal_row(stage.terminal, row), "POL-003"));
    panes_close(&stage);
}

static void a_version_takes_its_steps_with_one_key(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--starter");
    terminal_keys(stage.terminal, "2 Tab");
    terminal_expect(stage.terminal, "draft");
    terminal_key(stage.terminal, "w");
    terminal_expect(stage.terminal, "Stored: submit for review POL-001");
    terminal_expect(stage.terminal, "in review");
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "Taken back: ");
    panes_close(&stage);
}

static void the_next_thing_to_do_is_entered_and_esc_comes_back_to_it(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    int before = 0;
    int after = 0;
    int col = 0;
    terminal_expect(stage.terminal, "Next to do");
    terminal_keys(stage.terminal, "j j j j j j j j j j j");
    terminal_settle(stage.terminal);
    terminal_cursor(stage.terminal, &before, &col);
    terminal_key(stage.terminal, "Enter");
    terminal_expect_gone(stage.terminal, "Next to do");
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "Next to do");
    terminal_cursor(stage.terminal, &after, &col);
    assert_int_equal(before, after);
    panes_close(&stage);
}

static void a_clause_shows_what_is_to_be_mended_and_its_page_mends_it(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--starter");
    terminal_expect(stage.terminal, "Next to do");
    terminal_keys(stage.terminal, "g j j Enter");
    terminal_expect_row(stage.terminal, 2, "Clause 5.2");
    terminal_keys(stage.terminal, "/");
    terminal_type(stage.terminal, "has no approved\r");
    terminal_key(stage.terminal, "Enter");
    terminal_expect_row(stage.terminal, 2, "policy POL-001");
    terminal_keys(stage.terminal, "w");
    terminal_expect(stage.terminal, "Stored: submit for review POL-001");
    terminal_key(stage.terminal, "Esc");
    terminal_expect_row(stage.terminal, 2, "Clause 5.2");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void the_overview_counts_and_enter_lists_what_is_missing(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_expect(stage.terminal, "78% ready, 58 of 74, 0 not known");
    terminal_expect(stage.terminal, "Next to do");
    terminal_expect(stage.terminal, "10\u00bd of 14");
    terminal_keys(stage.terminal, "j j j j Enter");
    terminal_expect_row(stage.terminal, 2, "Clause 6.2");
    terminal_expect(stage.terminal, "nonconforming in 2026-IA (minor nonconformity)");
    terminal_key(stage.terminal, "Enter");
    terminal_expect_row(stage.terminal, 2, "assessment 2026-IA/6.2.d");
    terminal_keys(stage.terminal, "Esc Esc");
    terminal_expect_row(stage.terminal, 2, "Readiness");
    panes_close(&stage);
}

static void what_is_shown_is_exported_but_never_over_the_workbook(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "3 X");
    terminal_expect(stage.terminal, "raci.csv");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "The matrix is written to raci.csv");
    assert_non_null(
        strstr(place_read(stage.place, "raci.csv", NULL), "Approve the risk treatment plan"));
    terminal_keys(stage.terminal, "0 f");
    terminal_type(stage.terminal, "Anna Weber\r");
    terminal_expect(stage.terminal, "1 row");
    terminal_key(stage.terminal, "X");
    terminal_expect(stage.terminal, "person.csv");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "1 row written to person.csv");
    terminal_key(stage.terminal, "X");
    terminal_type(stage.terminal, "t.c5\r");
    terminal_expect(stage.terminal, "t.c5 exists already.");
    terminal_key(stage.terminal, "r");
    terminal_expect(stage.terminal, "workbook");
    terminal_keys(stage.terminal, "Esc");
    panes_close(&stage);
}

static void a_gap_leads_to_the_field_to_mend(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_key(stage.terminal, "!");
    terminal_expect(stage.terminal, "No internal audit ended since");
    terminal_key(stage.terminal, "/");
    terminal_type(stage.terminal, "QM has no present holder\r");
    terminal_key(stage.terminal, "Enter");
    terminal_expect_row(stage.terminal, 2, "role QM");
    terminal_expect(stage.terminal, ">Holder");
    terminal_keys(stage.terminal, "Esc");
    terminal_expect_row(stage.terminal, 2, "Gaps");
    panes_close(&stage);
}

static void a_finding_is_set_aside_with_a_reason(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_key(stage.terminal, "!");
    terminal_expect(stage.terminal, "2 set aside");
    terminal_key(stage.terminal, "/");
    terminal_type(stage.terminal, "EV-010 expired\r");
    terminal_key(stage.terminal, "x");
    terminal_expect(stage.terminal, "New exception");
    terminal_type(stage.terminal, "The auditor takes the new one in January");
    terminal_key(stage.terminal, "C-s");
    terminal_expect(stage.terminal, "Stored: add exception evidence-expired/evidence/EV-010");
    terminal_expect(stage.terminal, "3 set aside");
    panes_close(&stage);
}

static void the_walk_tells_what_the_registers_know(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "5 /");
    terminal_type(stage.terminal, "5.2.d\r");
    terminal_expect(stage.terminal, "! Ticked in POL-001: purpose, objectives, requirements");
    terminal_key(stage.terminal, "Enter");
    terminal_expect_row(stage.terminal, 2, "policy POL-001");
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, " 5.2.d ");
    panes_close(&stage);
}

static void commands_have_names_and_complete(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_type(stage.terminal, ":check");
    terminal_key(stage.terminal, "Tab");
    terminal_expect(stage.terminal, ":checklist");
    terminal_key(stage.terminal, "Enter");
    terminal_expect_row(stage.terminal, 2, "Walk");
    terminal_type(stage.terminal, ":register role_course\r");
    terminal_expect_row(stage.terminal, 2, "Courses of roles");
    terminal_key(stage.terminal, "Esc");
    terminal_type(stage.terminal, ":nonsense\r");
    terminal_expect(stage.terminal, "There is no action called \"nonsense\"");
    panes_close(&stage);
}

static void a_click_chooses_a_row_once_the_mouse_is_on(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    int row = 0;
    int column = 0;
    terminal_key(stage.terminal, "0");
    terminal_type(stage.terminal, ":set mouse\r");
    terminal_expect(stage.terminal, "The mouse chooses rows now");
    terminal_type(stage.terminal, "\x1b[<0;5;9M\x1b[<0;5;9m");
    terminal_settle(stage.terminal);
    terminal_cursor(stage.terminal, &row, &column);
    assert_int_equal(row, 8);
    panes_close(&stage);
}

static void help_shows_the_keys_of_the_place(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "5 ?");
    terminal_expect(stage.terminal, "The walk");
    terminal_expect(stage.terminal, "minor nonconformity");
    terminal_keys(stage.terminal, "q 2 F1");
    terminal_expect(stage.terminal, "Records");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void a_small_screen_says_so_and_a_larger_one_shows_all_again(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_key(stage.terminal, "2");
    terminal_expect(stage.terminal, "POL-001");
    terminal_resize(stage.terminal, 16, 59);
    terminal_expect(stage.terminal, "60");
    terminal_expect_gone(stage.terminal, "POL-001");
    terminal_resize(stage.terminal, 17, 60);
    terminal_expect(stage.terminal, "POL-001");
    terminal_resize(stage.terminal, 50, 160);
    terminal_expect(stage.terminal, "policy POL-001");
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pane_names_its_views_and_opens),
        cmocka_unit_test(every_view_of_every_pane_shows_something_and_moves),
        cmocka_unit_test(an_edit_is_stored_at_once_taken_back_and_done_again),
        cmocka_unit_test(a_deletion_says_what_goes_and_comes_back),
        cmocka_unit_test(a_filter_stays_shown_until_escape),
        cmocka_unit_test(a_search_that_stays_on_its_hit_says_what_was_typed_last),
        cmocka_unit_test(a_search_goes_to_its_hits_while_typing),
        cmocka_unit_test(enter_opens_the_record_and_escape_comes_back_to_its_row),
        cmocka_unit_test(a_version_takes_its_steps_with_one_key),
        cmocka_unit_test(the_next_thing_to_do_is_entered_and_esc_comes_back_to_it),
        cmocka_unit_test(a_clause_shows_what_is_to_be_mended_and_its_page_mends_it),
        cmocka_unit_test(the_overview_counts_and_enter_lists_what_is_missing),
        cmocka_unit_test(what_is_shown_is_exported_but_never_over_the_workbook),
        cmocka_unit_test(a_gap_leads_to_the_field_to_mend),
        cmocka_unit_test(a_finding_is_set_aside_with_a_reason),
        cmocka_unit_test(the_walk_tells_what_the_registers_know),
        cmocka_unit_test(commands_have_names_and_complete),
        cmocka_unit_test(a_click_chooses_a_row_once_the_mouse_is_on),
        cmocka_unit_test(help_shows_the_keys_of_the_place),
        cmocka_unit_test(a_small_screen_says_so_and_a_larger_one_shows_all_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
