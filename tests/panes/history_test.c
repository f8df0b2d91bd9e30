/* The history on the screen: looking back, taking one batch back, backing up, verifying. */
#include "panes/stage.h"

#include <stdio.h>
#include <string.h>

#include "support/run.h"

static void command(struct panes_stage *stage, const char *words) {
    terminal_key(stage->terminal, ":");
    terminal_type(stage->terminal, words);
    terminal_key(stage->terminal, "Enter");
}

static void retitle(struct panes_stage *stage, const char *title) {
    terminal_key(stage->terminal, "e");
    terminal_expect(stage->terminal, "Edit policy POL-001");
    terminal_key(stage->terminal, "C-u");
    terminal_type(stage->terminal, title);
    terminal_key(stage->terminal, "C-s");
    terminal_expect(stage->terminal, "Stored: change policy POL-001");
}

/* Changes the title of POL-001 two days after the sample was made, outside the program. */
static void change_later(struct panes_stage *stage) {
    struct run_result result =
        RUN(place_path(stage->place, ""), "sh", "-c",
            "printf 'ref,title\\nPOL-001,A later title\\n' >p.csv;"
            "CLAUSE5_TODAY=2026-11-23 " BINARY_DIR "/clause5 import t.c5 policy p.csv");
    run_expect_status(&result, 0);
    run_free(&result);
}

static void as_of_shows_the_past_marked_and_read_only(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    panes_leave(&stage);
    change_later(&stage);
    panes_reopen(&stage);
    terminal_keys(stage.terminal, "2");
    terminal_expect(stage.terminal, "A later title");
    command(&stage, "as-of 2026-11-22");
    terminal_expect(stage.terminal, "AS OF Sun 22 Nov 2026, read-only");
    terminal_expect_gone(stage.terminal, "A later title");
    terminal_keys(stage.terminal, "Home e");
    terminal_expect(stage.terminal, "This is the past and cannot be changed");
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "This is the past and cannot be changed");
    terminal_keys(stage.terminal, "1 Tab Tab 3 4 5 6 7 8 9 0 H ! 2");
    terminal_expect(stage.terminal, "AS OF Sun 22 Nov 2026, read-only");
    command(&stage, "as-of today");
    terminal_expect(stage.terminal, "This is the present again");
    terminal_expect_gone(stage.terminal, "AS OF");
    terminal_expect(stage.terminal, "A later title");
    panes_close(&stage);
}

static void days_that_cannot_be_shown_are_refused(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    command(&stage, "as-of 2020-01-01");
    terminal_expect(stage.terminal, "there is nothing to see as of 2020-01-01");
    command(&stage, "as-of soon");
    terminal_expect(stage.terminal, "\"soon\" is not a date");
    command(&stage, "as-of");
    terminal_expect(stage.terminal, ":as-of 2026-03-30 shows");
    panes_close(&stage);
}

static void one_batch_is_taken_back_unless_something_stands_on_it(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "2 Right");
    retitle(&stage, "First title");
    retitle(&stage, "Second title");
    terminal_keys(stage.terminal, "H Home j U");
    terminal_expect(stage.terminal, "Take batch");
    terminal_key(stage.terminal, "y");
    terminal_expect(stage.terminal, "came later and stands on the same policy");
    terminal_keys(stage.terminal, "Esc Home U y");
    terminal_expect(stage.terminal, "is taken back");
    terminal_key(stage.terminal, "2");
    terminal_expect(stage.terminal, "First title");
    panes_close(&stage);
}

static void a_backup_is_made_and_named(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--starter");
    command(&stage, "backup");
    terminal_expect(stage.terminal, "Backed up and verified");
    assert_int_equal(place_count(stage.place, "t.c5.backups"), 1);
    panes_close(&stage);
}

static void verifying_shows_that_all_fits_and_the_head(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    command(&stage, "verify");
    terminal_expect(stage.terminal, "Sound: pages, references, rules");
    terminal_expect(stage.terminal, "Head: ");
    terminal_expect(stage.terminal, "Not proven");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void evidence_is_sealed_and_a_change_is_seen(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    panes_leave(&stage);
    struct run_result result = RUN(
        place_path(stage.place, ""), "sh", "-c",
        "printf kept >e.txt; printf 'ref,title,kind,location\\nEV-1,A,document,e.txt\\n' >e.csv;" BINARY_DIR
        "/clause5 import t.c5 evidence e.csv");
    run_expect_status(&result, 0);
    run_free(&result);
    panes_reopen(&stage);
    terminal_keys(stage.terminal, "5 Tab Tab");
    terminal_expect(stage.terminal, "EV-1");
    terminal_key(stage.terminal, "V");
    terminal_expect(stage.terminal, "not sealed: seal it first");
    terminal_key(stage.terminal, "S");
    terminal_expect(stage.terminal, "Stored: seal EV-1 (u takes it back)");
    terminal_key(stage.terminal, "V");
    terminal_expect(stage.terminal, "EV-1: e.txt is unchanged");
    place_write(stage.place, "e.txt", "kepT");
    terminal_key(stage.terminal, "V");
    terminal_expect(stage.terminal, "EV-1: e.txt is changed");
    panes_close(&stage);
}

static void the_history_is_narrowed_by_person_register_date_and_words(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    panes_leave(&stage);
    change_later(&stage);
    panes_reopen(&stage);
    terminal_keys(stage.terminal, "2 Right");
    retitle(&stage, "A third title");
    terminal_keys(stage.terminal, "H f");
    terminal_expect(stage.terminal, "by NAME, in REGISTER");
    terminal_type(stage.terminal, "in policy by novak");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "filter: in policy by novak  1 row");
    terminal_keys(stage.terminal, "f C-u");
    terminal_type(stage.terminal, "since:2026-11-23");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "1 row");
    terminal_expect(stage.terminal, "import p.csv into policy");
    terminal_expect_gone(stage.terminal, "begin with the sample");
    terminal_keys(stage.terminal, "f C-u");
    terminal_type(stage.terminal, "in acknowledgement -sample");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "No change fits the filter");
    terminal_keys(stage.terminal, "f C-u");
    terminal_type(stage.terminal, "in nowhere");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "\"nowhere\" is no register");
    terminal_keys(stage.terminal, "Esc Esc");
    terminal_expect(stage.terminal, "begin with the sample");
    terminal_expect_gone(stage.terminal, "filter:");
    panes_close(&stage);
}

static void a_record_tells_its_own_history_with_old_and_new(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "2 Right");
    retitle(&stage, "A first title");
    terminal_keys(stage.terminal, "Enter H");
    terminal_expect(stage.terminal, "History of policy POL-001");
    terminal_expect(stage.terminal, "A first title");
    terminal_expect(stage.terminal, "added");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Batch 2");
    terminal_keys(stage.terminal, "U y");
    terminal_expect(stage.terminal, "Batch 2 is taken back");
    terminal_keys(stage.terminal, "Esc Esc Esc");
    panes_close(&stage);
}

static void a_name_that_cannot_stand_in_the_history_is_refused_when_given(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    command(&stage, "actor A\xe2\x80\xae"
                    "B");
    terminal_expect(stage.terminal, "a character that does not show");
    command(&stage, "actor");
    terminal_expect(stage.terminal, "Changes are recorded as made by");
    command(&stage, "actor Eva Berg");
    terminal_expect(stage.terminal, "made by Eva Berg from now on");
    assert_string_equal(place_read(stage.place, "state/clause5/actor", NULL), "Eva Berg\n");
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_of_shows_the_past_marked_and_read_only),
        cmocka_unit_test(days_that_cannot_be_shown_are_refused),
        cmocka_unit_test(one_batch_is_taken_back_unless_something_stands_on_it),
        cmocka_unit_test(a_backup_is_made_and_named),
        cmocka_unit_test(evidence_is_sealed_and_a_change_is_seen),
        cmocka_unit_test(verifying_shows_that_all_fits_and_the_head),
        cmocka_unit_test(the_history_is_narrowed_by_person_register_date_and_words),
        cmocka_unit_test(a_record_tells_its_own_history_with_old_and_new),
        cmocka_unit_test(a_name_that_cannot_stand_in_the_history_is_refused_when_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
