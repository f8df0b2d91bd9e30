/* Evidence of a line: linked, added from a file, sealed, verified, opened, unlinked. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "panes/stage.h"
#include "support/run.h"

/* The sample at the first line of its open round. */
static struct panes_stage open_walk(void) {
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "5 /");
    terminal_type(stage.terminal, "5.1.c\r");
    terminal_expect_row(stage.terminal, 3, "5.1.c");
    return stage;
}

/* v, what only one ref shows (2 digits), Enter: 4 keys. */
static void known_evidence_is_linked_with_four_keys(void **state) {
    (void)state;
    struct panes_stage stage = open_walk();
    terminal_keys(stage.terminal, "v 0 7 Enter");
    terminal_expect(stage.terminal, "Stored: EV-007 linked to 2026-IA/5.1.c");
    terminal_expect(stage.terminal, "Evidence");
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "Taken back: link EV-007 to 2026-IA/5.1.c");
    panes_close(&stage);
}

static void tab_goes_through_what_the_words_show(void **state) {
    (void)state;
    struct panes_stage stage = open_walk();
    terminal_key(stage.terminal, "v");
    terminal_type(stage.terminal, "policy");
    terminal_key(stage.terminal, "Tab");
    terminal_expect(stage.terminal, "(ref, title or file): EV-");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "linked to 2026-IA/5.1.c");
    panes_close(&stage);
}

static void words_that_fit_several_or_none_are_refused_with_the_way_on(void **state) {
    (void)state;
    struct panes_stage stage = open_walk();
    terminal_key(stage.terminal, "v");
    terminal_type(stage.terminal, "EV\r");
    terminal_expect(stage.terminal, "pieces of evidence: Tab goes through them");
    terminal_key(stage.terminal, "C-u");
    terminal_type(stage.terminal, "nowhere.pdf\r");
    terminal_expect(stage.terminal, "is no evidence here and no file");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void a_file_is_completed_added_sealed_and_linked(void **state) {
    (void)state;
    struct panes_stage stage = open_walk();
    place_make_folder(stage.place, "papers");
    place_write(stage.place, "papers/budget_2026-signed.pdf", "48,000 EUR\n");
    terminal_key(stage.terminal, "v");
    terminal_type(stage.terminal, "papers/");
    terminal_key(stage.terminal, "Tab");
    terminal_expect(stage.terminal, "papers/budget_2026-signed.pdf");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "its title: Budget 2026 signed");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "added, sealed and linked to 2026-IA/5.1.c");
    terminal_expect(stage.terminal, "Budget 2026 signed  unchanged");
    terminal_key(stage.terminal, "u");
    terminal_expect_gone(stage.terminal, "Budget 2026 signed");
    panes_close(&stage);
}

/* Links a file of its own to the line. */
static void link_file(struct panes_stage *stage) {
    place_write(stage->place, "minutes.txt", "all agreed\n");
    terminal_key(stage->terminal, "v");
    terminal_type(stage->terminal, "minutes.txt\r");
    terminal_expect(stage->terminal, "its title: Minutes");
    terminal_key(stage->terminal, "Enter");
    terminal_expect(stage->terminal, "Minutes  unchanged");
}

static void verifying_from_the_walk_tells_changed_and_missing(void **state) {
    (void)state;
    struct panes_stage stage = open_walk();
    link_file(&stage);
    place_write(stage.place, "minutes.txt", "not all agreed\n");
    terminal_key(stage.terminal, "V");
    terminal_expect(stage.terminal, "EV-019: minutes.txt is changed");
    terminal_expect(stage.terminal, "Minutes  changed");
    assert_int_equal(remove(place_path(stage.place, "minutes.txt")), 0);
    terminal_key(stage.terminal, "V");
    terminal_expect(stage.terminal, "Minutes  missing");
    panes_close(&stage);
}

static void the_page_of_a_line_seals_again_and_unlinks(void **state) {
    (void)state;
    struct panes_stage stage = open_walk();
    link_file(&stage);
    place_write(stage.place, "minutes.txt", "corrected\n");
    terminal_key(stage.terminal, "E");
    terminal_expect(stage.terminal, "Evidence of 2026-IA/5.1.c");
    terminal_key(stage.terminal, "/");
    terminal_type(stage.terminal, "minutes\r");
    terminal_key(stage.terminal, "V");
    terminal_expect(stage.terminal, "changed");
    terminal_key(stage.terminal, "S");
    terminal_expect(stage.terminal, "Stored: seal EV-");
    terminal_key(stage.terminal, "d");
    terminal_expect(stage.terminal, "unlinked from 2026-IA/5.1.c");
    terminal_expect_gone(stage.terminal, "minutes.txt");
    terminal_key(stage.terminal, "Esc");
    terminal_expect_row(stage.terminal, 3, "5.1.c");
    panes_close(&stage);
}

static void programs_are_not_opened_and_their_path_is_shown(void **state) {
    (void)state;
    struct panes_stage stage = open_walk();
    link_file(&stage);
    assert_int_equal(chmod(place_path(stage.place, "minutes.txt"), 0755), 0);
    terminal_keys(stage.terminal, "E /");
    terminal_type(stage.terminal, "minutes\r");
    terminal_key(stage.terminal, "o");
    terminal_expect(stage.terminal, "is a program or starts one, so it is not");
    terminal_expect(stage.terminal, "minutes.txt");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

/* An xdg-open of the test's own stands first on the PATH and says what it was given. */
static void o_gives_the_file_to_the_desktop(void **state) {
    (void)state;
    char path[1024];
    struct panes_stage stage = open_walk();
    link_file(&stage);
    panes_leave(&stage);
    place_make_folder(stage.place, "bin");
    place_write(stage.place, "bin/xdg-open", "#!/bin/sh\nprintf %s \"$1\" > \"${0%/*}/fifo\"\n");
    assert_int_equal(mkfifo(place_path(stage.place, "bin/fifo"), 0600), 0);
    assert_int_equal(chmod(place_path(stage.place, "bin/xdg-open"), 0755), 0);
    snprintf(path, sizeof path, "%s:%s", place_path(stage.place, "bin"), getenv("PATH"));
    setenv("PATH", path, 1);
    panes_reopen(&stage);
    terminal_keys(stage.terminal, "5 /");
    terminal_type(stage.terminal, "5.1.c\r");
    terminal_keys(stage.terminal, "E /");
    terminal_type(stage.terminal, "minutes\r");
    terminal_key(stage.terminal, "o");
    terminal_expect(stage.terminal, "Opened with the desktop's program");
    assert_non_null(strstr(place_read(stage.place, "bin/fifo", NULL), "/minutes.txt"));
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_evidence_is_linked_with_four_keys),
        cmocka_unit_test(tab_goes_through_what_the_words_show),
        cmocka_unit_test(words_that_fit_several_or_none_are_refused_with_the_way_on),
        cmocka_unit_test(a_file_is_completed_added_sealed_and_linked),
        cmocka_unit_test(verifying_from_the_walk_tells_changed_and_missing),
        cmocka_unit_test(the_page_of_a_line_seals_again_and_unlinks),
        cmocka_unit_test(programs_are_not_opened_and_their_path_is_shown),
        cmocka_unit_test(o_gives_the_file_to_the_desktop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
