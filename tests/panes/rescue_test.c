/* Out of a damaged workbook, and back to a backup, as somebody does who has never done it. */
#include "panes/stage.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "support/run.h"

static void command(struct panes_stage *stage, const char *words) {
    terminal_key(stage->terminal, ":");
    terminal_type(stage->terminal, words);
    terminal_key(stage->terminal, "Enter");
}

static void retitle(struct panes_stage *stage, const char *title) {
    terminal_keys(stage->terminal, "2 Right e");
    terminal_expect(stage->terminal, "Edit policy POL-001");
    terminal_key(stage->terminal, "C-u");
    terminal_type(stage->terminal, title);
    terminal_key(stage->terminal, "C-s");
    terminal_expect(stage->terminal, "Stored: change policy POL-001");
}

/* Writes zeroes over a part of t.c5. */
static void overwrite(struct panes_stage *stage, off_t from, size_t len_bytes) {
    static const char zeroes[65536];
    int file = open(place_path(stage->place, "t.c5"), O_WRONLY);
    assert_true(file >= 0 && len_bytes <= sizeof zeroes);
    assert_int_equal(pwrite(file, zeroes, len_bytes, from), len_bytes);
    assert_int_equal(close(file), 0);
}

static void a_damaged_workbook_offers_its_newest_backup(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    command(&stage, "backup");
    terminal_expect(stage.terminal, "Backed up and verified");
    retitle(&stage, "Lost with the disk");
    panes_leave(&stage);
    overwrite(&stage, 0, 4096);
    panes_reopen_to(&stage, "This workbook is damaged");
    terminal_expect(stage.terminal, "Enter puts the newest backup back");
    terminal_expect(stage.terminal, "2026-11-21  newest change");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "is back; the file before it is kept");
    terminal_expect_gone(stage.terminal, "Lost with the disk");
    assert_true(place_has(stage.place, "t.c5.backups/t-2026-11-21-replaced.c5"));
    panes_close(&stage);
}

static void a_damaged_workbook_is_salvaged_with_its_whole_history(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    retitle(&stage, "Kept title");
    panes_leave(&stage);
    overwrite(&stage, 0, 4096);
    panes_reopen_to(&stage, "There is no backup of it");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Nothing is lost");
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "This is t-salvaged.c5; t.c5 stays as it was");
    terminal_expect(stage.terminal, "Kept title");
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "Taken back: change policy POL-001");
    terminal_key(stage.terminal, "q");
    terminal_expect_end(stage.terminal);
    terminal_finish(stage.terminal);
    assert_true(place_has(stage.place, "t-salvaged.txt"));
    place_free(stage.place);
}

static void leaving_a_damaged_workbook_changes_nothing(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    panes_leave(&stage);
    overwrite(&stage, 0, 100);
    size_t files = place_count(stage.place, "");
    panes_reopen_to(&stage, "This workbook is damaged");
    terminal_key(stage.terminal, "Esc");
    struct terminal_end end = terminal_finish(stage.terminal);
    assert_int_equal(end.status, 3);
    assert_int_equal(place_count(stage.place, ""), files);
    place_free(stage.place);
}

static void a_file_cut_short_cannot_be_read_and_says_so(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    panes_leave(&stage);
    assert_int_equal(truncate(place_path(stage.place, "t.c5"), 60000), 0);
    panes_reopen_to(&stage, "This workbook is damaged");
    terminal_expect(stage.terminal, "cannot read it: the file is damaged");
    terminal_expect(stage.terminal, "What to do now");
    terminal_key(stage.terminal, "Esc");
    assert_int_equal(terminal_finish(stage.terminal).status, 3);
    place_free(stage.place);
}

static void restore_goes_back_in_three_steps_and_keeps_the_present_file(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    command(&stage, "backup");
    terminal_expect(stage.terminal, "Backed up and verified");
    retitle(&stage, "Regretted title");
    command(&stage, "restore");
    terminal_expect(stage.terminal, "loses 1 change");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "1 change made after it");
    terminal_key(stage.terminal, "y");
    terminal_expect(stage.terminal, "is back; the file before it is kept");
    terminal_expect_gone(stage.terminal, "Regretted title");
    struct run_result result = RUN(place_path(stage.place, ""), CLAUSE5_BINARY, "export",
                                   "t.c5.backups/t-2026-11-21-replaced.c5", "policy");
    run_expect_status(&result, 0);
    assert_non_null(strstr(buffer_text(&result.out), "Regretted title"));
    run_free(&result);
    panes_close(&stage);
}

static void records_changed_outside_show_once_nothing_is_typed(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    panes_leave(&stage);
    struct run_result result = RUN(place_path(stage.place, ""), "sqlite3", "t.c5",
                                   "UPDATE policy SET title = 'Forged' WHERE ref = 'POL-002'");
    run_expect_status(&result, 0);
    run_free(&result);
    panes_reopen(&stage);
    terminal_expect(stage.terminal, "The records do not fit their history: :verify says where");
    terminal_expect(stage.terminal, "DOES NOT FIT");
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_damaged_workbook_offers_its_newest_backup),
        cmocka_unit_test(a_damaged_workbook_is_salvaged_with_its_whole_history),
        cmocka_unit_test(leaving_a_damaged_workbook_changes_nothing),
        cmocka_unit_test(a_file_cut_short_cannot_be_read_and_says_so),
        cmocka_unit_test(restore_goes_back_in_three_steps_and_keeps_the_present_file),
        cmocka_unit_test(records_changed_outside_show_once_nothing_is_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
