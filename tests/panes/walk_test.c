/* The walk, key by key: what one key records, what it asks for, what it refuses and why. */
#include "panes/stage.h"

static struct panes_stage open_round(const char *down) {
    struct panes_stage stage = panes_open("--empty");
    terminal_keys(stage.terminal, "5 A");
    terminal_expect(stage.terminal, "What kind of round");
    terminal_keys(stage.terminal, down);
    terminal_expect(stage.terminal, "Ref of the round");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Stored: start");
    terminal_expect_row(stage.terminal, 2, "0 of ");
    return stage;
}

static void one_key_records_a_conforming_line_and_goes_on(void **state) {
    (void)state;
    struct panes_stage stage = open_round("Down Enter");
    terminal_expect_row(stage.terminal, 3, "4.3");
    terminal_key(stage.terminal, "c");
    terminal_expect(stage.terminal, "Stored: 2026-IA/4.3 conforms");
    terminal_expect_row(stage.terminal, 3, "5.1.a");
    terminal_expect_row(stage.terminal, 2, "1 of 74 done");
    panes_close(&stage);
}

static void a_finding_asks_for_its_note_at_once(void **state) {
    (void)state;
    struct panes_stage stage = open_round("Down Enter");
    terminal_key(stage.terminal, "m");
    terminal_expect(stage.terminal, "Note:");
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "Nothing was recorded: this result needs a note");
    terminal_key(stage.terminal, "M");
    terminal_expect(stage.terminal, "Note:");
    terminal_type(stage.terminal, "No scope is written down\r");
    terminal_expect(stage.terminal, "Stored: 2026-IA/4.3 major nonconformity");
    terminal_key(stage.terminal, "k");
    terminal_expect(stage.terminal, "No scope is written down");
    panes_close(&stage);
}

static void the_keys_of_the_walk_stand_in_two_rows(void **state) {
    (void)state;
    struct panes_stage stage = open_round("Down Enter");
    terminal_expect_row(stage.terminal, 22, " c conforms  p partial  m minor  M major");
    terminal_expect_row(stage.terminal, 22, "z not sampled");
    terminal_expect_row(stage.terminal, 23,
                        " e note  v evidence  r sample  t action  n next open  . same  Space skip"
                        "  ? help");
    panes_close(&stage);
}

static void a_refusal_is_read_to_its_remedy(void **state) {
    (void)state;
    struct panes_stage stage = open_round("Down Enter");
    terminal_key(stage.terminal, "p");
    terminal_expect(stage.terminal, "observation, or nonconforming");
    panes_close(&stage);
}

static void a_note_is_continued_and_not_replaced(void **state) {
    (void)state;
    struct panes_stage stage = open_round("Down Enter");
    terminal_key(stage.terminal, "m");
    terminal_expect(stage.terminal, "Note:");
    terminal_type(stage.terminal, "No scope\r");
    terminal_expect(stage.terminal, "Stored:");
    terminal_keys(stage.terminal, "k e");
    terminal_expect(stage.terminal, "Note: No scope");
    terminal_type(stage.terminal, " at all\r");
    terminal_expect(stage.terminal, "No scope at all");
    panes_close(&stage);
}

static void what_is_impossible_is_refused_with_the_reason(void **state) {
    (void)state;
    struct panes_stage stage = open_round("Down Enter");
    terminal_key(stage.terminal, "p");
    terminal_expect(stage.terminal, "self-assessment");
    terminal_expect_row(stage.terminal, 3, "4.3");
    terminal_key(stage.terminal, "x");
    terminal_expect(stage.terminal, "cannot be excluded");
    terminal_expect_row(stage.terminal, 2, "0 of 74 done");
    terminal_key(stage.terminal, "C");
    terminal_expect(stage.terminal, "Not closed: 74 lines are still open, Enter goes there");
    terminal_keys(stage.terminal, "Down Enter");
    terminal_expect_row(stage.terminal, 3, "5.1.a");
    terminal_expect_row(stage.terminal, 2, "0 of 74 done");
    panes_close(&stage);
}

static void a_stage_1_round_records_areas_of_concern(void **state) {
    (void)state;
    struct panes_stage stage = open_round("Down Down Enter");
    terminal_key(stage.terminal, "m");
    terminal_expect(stage.terminal, "Note:");
    terminal_type(stage.terminal, "The scope names no boundary\r");
    terminal_expect(stage.terminal, "Stored: 2026-S1/4.3");
    terminal_key(stage.terminal, "k");
    terminal_expect(stage.terminal, "area of concern");
    panes_close(&stage);
}

static void the_last_result_is_repeated_and_lines_are_skipped(void **state) {
    (void)state;
    struct panes_stage stage = open_round("Down Enter");
    terminal_keys(stage.terminal, "z .");
    terminal_expect_row(stage.terminal, 2, "2 of 74 done");
    terminal_expect_row(stage.terminal, 3, "5.1.b");
    terminal_key(stage.terminal, "Space");
    terminal_expect_row(stage.terminal, 3, "5.1.c");
    terminal_keys(stage.terminal, "Home n");
    terminal_expect_row(stage.terminal, 3, "5.1.b");
    terminal_key(stage.terminal, "End");
    terminal_expect_row(stage.terminal, 3, "10.2.g");
    panes_close(&stage);
}

static void a_finding_becomes_an_action_and_shows_it(void **state) {
    (void)state;
    struct panes_stage stage = open_round("Down Enter");
    terminal_key(stage.terminal, "m");
    terminal_expect(stage.terminal, "Note:");
    terminal_type(stage.terminal, "No scope is written down\r");
    terminal_expect_row(stage.terminal, 3, "5.1.a");
    terminal_key(stage.terminal, "k");
    /* Issue 6: at most six keys and the text. The note is the title; five keys, no text. */
    terminal_keys(stage.terminal, "t Enter");
    terminal_expect(stage.terminal, "Owner:");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Due: 2026-12-21");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Stored: add action CA-01 from 2026-IA/4.3");
    terminal_expect(stage.terminal, "CA-01  No scope is written down  open  due 2026-12-21");
    panes_close(&stage);
}

static void marked_lines_of_the_list_take_one_result_together(void **state) {
    (void)state;
    struct panes_stage stage = open_round("Down Enter");
    terminal_key(stage.terminal, "Tab");
    terminal_expect(stage.terminal, "5.1   0 of 8 done");
    terminal_key(stage.terminal, "/");
    terminal_type(stage.terminal, "5.1.a\r");
    terminal_keys(stage.terminal, "Space j Space");
    terminal_expect_row(stage.terminal, 2, "2 marked");
    terminal_keys(stage.terminal, "= z");
    terminal_expect(stage.terminal, "Stored: not sampled on 2 lines");
    terminal_expect(stage.terminal, "5.1   2 of 8 done");
    terminal_key(stage.terminal, "f");
    terminal_type(stage.terminal, "not sampled\r");
    terminal_expect_gone(stage.terminal, "5.1.h");
    terminal_key(stage.terminal, "Esc");
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "5.1   0 of 8 done");
    panes_close(&stage);
}

static void undo_comes_back_to_the_line_it_changed(void **state) {
    (void)state;
    struct panes_stage stage = open_round("Down Enter");
    terminal_keys(stage.terminal, "c c");
    terminal_expect_row(stage.terminal, 3, "5.1.b");
    terminal_key(stage.terminal, "u");
    terminal_expect_row(stage.terminal, 3, "5.1.a");
    terminal_expect(stage.terminal, "not assessed yet");
    panes_close(&stage);
}

static void a_self_assessment_holds_the_practices_too(void **state) {
    (void)state;
    struct panes_stage stage = open_round("Enter");
    terminal_expect_row(stage.terminal, 2, "0 of 110 done");
    terminal_key(stage.terminal, "p");
    terminal_expect(stage.terminal, "Note:");
    terminal_type(stage.terminal, "Half of it\r");
    terminal_expect(stage.terminal, "Stored: 2026-SA/4.3 partial");
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_key_records_a_conforming_line_and_goes_on),
        cmocka_unit_test(a_finding_asks_for_its_note_at_once),
        cmocka_unit_test(the_keys_of_the_walk_stand_in_two_rows),
        cmocka_unit_test(a_refusal_is_read_to_its_remedy),
        cmocka_unit_test(a_note_is_continued_and_not_replaced),
        cmocka_unit_test(what_is_impossible_is_refused_with_the_reason),
        cmocka_unit_test(a_stage_1_round_records_areas_of_concern),
        cmocka_unit_test(the_last_result_is_repeated_and_lines_are_skipped),
        cmocka_unit_test(a_finding_becomes_an_action_and_shows_it),
        cmocka_unit_test(marked_lines_of_the_list_take_one_result_together),
        cmocka_unit_test(undo_comes_back_to_the_line_it_changed),
        cmocka_unit_test(a_self_assessment_holds_the_practices_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
