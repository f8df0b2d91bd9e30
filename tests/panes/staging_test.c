/* I: an import as it is looked at, mended and decided before anything is stored. */
#include "panes/stage.h"
#include "support/run.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"

/* Opens the import of TEXT into the register that the first proposal names. */
static void open_import(struct panes_stage *stage, const char *text, const char *sheet) {
    struct buffer title = {0};
    place_write(stage->place, "in.csv", text);
    terminal_key(stage->terminal, "I");
    terminal_expect(stage->terminal, "Import the CSV file or folder:");
    terminal_type(stage->terminal, "in.csv\r");
    terminal_expect(stage->terminal, "Import into");
    terminal_key(stage->terminal, "Enter");
    buffer_addf(&title, "Import %s from in.csv", sheet);
    terminal_expect(stage->terminal, buffer_text(&title));
    buffer_free(&title);
}

static struct panes_stage open_people(const char *text) {
    struct panes_stage stage = panes_open("--empty");
    terminal_key(stage.terminal, "0");
    open_import(&stage, text, "person");
    return stage;
}

/* Runs the program beside, after it was left. */
static char *export_sheet(const struct panes_stage *stage, const char *sheet) {
    const char *const argv[] = {CLAUSE5_BINARY, "export", "t.c5", sheet, NULL};
    struct run_result result =
        run_program(&(struct run_plan){.argv = argv, .folder = place_path(stage->place, "")});
    run_expect_status(&result, 0);
    char *out = strdup(buffer_text(&result.out));
    run_free(&result);
    return out;
}

static const char people[] = "name,joined_on,shoe\nAnna,2026-01-01,38\nBo,soon,\n";

static void every_row_is_shown_with_what_becomes_of_it(void **state) {
    (void)state;
    struct panes_stage stage = open_people(people);
    terminal_expect(stage.terminal, "UTF-8, comma");
    terminal_expect(stage.terminal, "Not imported: shoe");
    terminal_expect(stage.terminal, "2 rows: 1 new, 0 changed, 0 unchanged, 1 rejected");
    terminal_expect(stage.terminal, "joined_on: \"soon\" is not a date");
    terminal_keys(stage.terminal, "Enter Enter");
    terminal_expect(stage.terminal, "Stored: import into person: 1 new, 0 changed, 1 left out");
    open_import(&stage, "name,joined_on\nAnna,2026-02-02\n", "person");
    terminal_expect(stage.terminal, "joined_on 2026-01-01 → 2026-02-02");
    terminal_keys(stage.terminal, "Esc u");
    terminal_expect(stage.terminal, "Taken back: import in.csv into person");
    terminal_expect_gone(stage.terminal, "Anna");
    panes_close(&stage);
}

static void the_filter_goes_through_what_there_is(void **state) {
    (void)state;
    struct panes_stage stage = open_people(people);
    terminal_key(stage.terminal, "f");
    terminal_expect(stage.terminal, "only rejected");
    terminal_expect_gone(stage.terminal, "Anna");
    terminal_key(stage.terminal, "f");
    terminal_expect(stage.terminal, "only new");
    terminal_expect(stage.terminal, "Anna");
    terminal_key(stage.terminal, "Esc");
    terminal_expect_gone(stage.terminal, "only new");
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "Nothing was imported: the workbook is as it was");
    panes_close(&stage);
}

static void a_corrected_cell_makes_its_row_good(void **state) {
    (void)state;
    struct panes_stage stage = open_people(people);
    terminal_key(stage.terminal, "f");
    terminal_expect(stage.terminal, "only rejected");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Cells of line 3");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "joined_on: soon");
    terminal_key(stage.terminal, "C-u");
    terminal_type(stage.terminal, "later\r");
    terminal_expect(stage.terminal, "\"later\" is not a date");
    terminal_key(stage.terminal, "Enter");
    terminal_key(stage.terminal, "C-u");
    terminal_type(stage.terminal, "2026-05-05\r");
    terminal_expect(stage.terminal, "The row is good now: new");
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "2 rows: 2 new, 0 changed, 0 unchanged, 0 rejected");
    terminal_key(stage.terminal, "a");
    terminal_expect(stage.terminal, "Stored: import into person: 2 new");
    assert_string_equal(place_read(stage.place, "in.csv", NULL), people);
    panes_leave(&stage);
    char *exported = export_sheet(&stage, "person");
    assert_non_null(strstr(exported, "\r\nBo,,,,,,,2026-05-05,\r\n"));
    free(exported);
    place_free(stage.place);
}

static void a_corrected_choice_is_completed(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    terminal_key(stage.terminal, "2");
    open_import(&stage, "ref,title,kind\nPOL-1,One,standard\n", "policy");
    terminal_keys(stage.terminal, "e Down Down Enter");
    terminal_expect(stage.terminal, "kind: standard");
    terminal_key(stage.terminal, "C-u");
    terminal_type(stage.terminal, "proc\t\r");
    terminal_expect(stage.terminal, "The row is good now: new");
    terminal_expect(stage.terminal, "procedure");
    terminal_keys(stage.terminal, "Esc a");
    terminal_expect(stage.terminal, "Stored: import into policy: 1 new");
    panes_close(&stage);
}

static void leaving_asks_where_cells_were_corrected(void **state) {
    (void)state;
    struct panes_stage stage = open_people(people);
    terminal_keys(stage.terminal, "e Enter");
    terminal_expect(stage.terminal, "name: Anna");
    terminal_key(stage.terminal, "C-u");
    terminal_type(stage.terminal, "Anne\r");
    terminal_expect(stage.terminal, "The row is good now");
    terminal_key(stage.terminal, "2");
    terminal_expect(stage.terminal, "What was decided by hand is not stored yet.");
    terminal_keys(stage.terminal, "Esc Esc");
    terminal_expect(stage.terminal, "1 by hand");
    terminal_keys(stage.terminal, "u");
    terminal_expect_gone(stage.terminal, "1 by hand");
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "Nothing was imported");
    panes_close(&stage);
}

static void a_column_goes_where_the_user_says(void **state) {
    (void)state;
    struct panes_stage stage = open_people("name,place\nAnna,IT\n");
    terminal_expect(stage.terminal, "Not imported: place");
    terminal_keys(stage.terminal, "m Down Enter");
    terminal_expect(stage.terminal, "place goes to");
    terminal_key(stage.terminal, "d");
    terminal_expect_gone(stage.terminal, "(not imported)");
    terminal_expect(stage.terminal, "department");
    terminal_keys(stage.terminal, "Esc a");
    terminal_expect(stage.terminal, "Stored: import into person: 1 new");
    panes_leave(&stage);
    char *exported = export_sheet(&stage, "person");
    assert_non_null(strstr(exported, "\r\nAnna,,,IT,"));
    free(exported);
    place_free(stage.place);
}

static void a_file_without_its_key_can_be_mapped(void **state) {
    (void)state;
    struct panes_stage stage = open_people("who is it,department\nAnna,IT\n");
    terminal_expect(stage.terminal, "no column for name");
    terminal_keys(stage.terminal, "m Enter");
    terminal_expect(stage.terminal, "who is it goes to");
    terminal_key(stage.terminal, "n");
    terminal_keys(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "1 row: 1 new");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void rejected_rows_go_to_a_file(void **state) {
    (void)state;
    struct panes_stage stage = open_people(people);
    terminal_key(stage.terminal, "r");
    terminal_expect(stage.terminal, "in.csv.rejects.csv");
    terminal_type(stage.terminal, "no/such/folder.csv\r");
    terminal_expect(stage.terminal, "no/such");
    terminal_key(stage.terminal, "r");
    terminal_type(stage.terminal, "bad.csv\r");
    terminal_expect(stage.terminal, "1 rejected row is written to bad.csv");
    assert_non_null(strstr(place_read(stage.place, "bad.csv", NULL), "\r\nBo,soon,,3,"));
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void leaving_changes_no_byte(void **state) {
    (void)state;
    struct panes_stage stage = open_people(people);
    size_t before_bytes = 0, after_bytes = 0;
    const char *before = place_read(stage.place, "t.c5", &before_bytes);
    terminal_keys(stage.terminal, "c t d E w D f Esc");
    terminal_expect(stage.terminal, "Nothing was imported");
    const char *after = place_read(stage.place, "t.c5", &after_bytes);
    assert_int_equal(before_bytes, after_bytes);
    assert_memory_equal(before, after, before_bytes);
    panes_close(&stage);
}

static void how_the_file_is_read_can_be_changed(void **state) {
    (void)state;
    struct panes_stage stage = open_people("name,joined_on\nJos\xE9,3/4/2026\n");
    terminal_expect(stage.terminal, "WINDOWS-1252, comma");
    terminal_expect(stage.terminal, "1 rejected");
    terminal_key(stage.terminal, "t");
    terminal_expect(stage.terminal, "Dates are written as");
    terminal_key(stage.terminal, "m");
    terminal_expect(stage.terminal, "dates: 3/31/2026");
    terminal_expect(stage.terminal, "1 row: 1 new");
    terminal_key(stage.terminal, "E");
    terminal_expect(stage.terminal, "Read the file as");
    terminal_key(stage.terminal, "d");
    terminal_expect(stage.terminal, "CP850, comma");
    terminal_key(stage.terminal, "D");
    terminal_expect(stage.terminal, "Between cells stands a");
    terminal_key(stage.terminal, ";");
    terminal_expect(stage.terminal, "CP850, semicolon");
    terminal_expect(stage.terminal, "no column for name");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void an_approved_version_is_overwritten_only_when_let_through(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    terminal_key(stage.terminal, "2");
    open_import(&stage,
                "ref,title,kind,version,status,approved_by,approved_on\n"
                "POL-1,One,procedure,1.0,approved,Anna,2026-01-01\n",
                "policy");
    terminal_key(stage.terminal, "c");
    terminal_expect(stage.terminal, "1 row: 1 new");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Stored: import into policy: 1 new");
    open_import(&stage, "ref,title,version,approved_on\nPOL-1,One,1.0,2026-02-02\n", "policy");
    terminal_expect(stage.terminal, "1 held back: p");
    terminal_key(stage.terminal, "a");
    terminal_expect(stage.terminal, "there is nothing to store");
    terminal_key(stage.terminal, "p");
    terminal_expect(stage.terminal, "Let through?");
    terminal_key(stage.terminal, "y");
    terminal_expect(stage.terminal, "approved_on 2026-01-01 → 2026-02-02");
    terminal_key(stage.terminal, "a");
    terminal_expect(stage.terminal, "Stored: import into policy: 0 new, 1 changed");
    panes_close(&stage);
}

static void a_folder_is_imported_as_a_whole(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    place_make_folder(stage.place, "out");
    place_write(stage.place, "out/person.csv", "name\nAnna\nBo\n");
    place_write(stage.place, "out/role.csv", "ref,title,kind\nIT,Systems,operational\n");
    terminal_key(stage.terminal, "I");
    terminal_type(stage.terminal, "out\r");
    terminal_expect(stage.terminal, "Import everything from out");
    terminal_expect(stage.terminal, "person 2");
    terminal_expect(stage.terminal, "role  Systems");
    terminal_expect(stage.terminal, "3 rows: 3 new");
    terminal_key(stage.terminal, "a");
    terminal_expect(stage.terminal, "Stored: import into all: 3 new");
    panes_close(&stage);
}

static void the_register_is_proposed_from_the_header(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    open_import(&stage, "Task,CEO,CISO\nApprove policy,A,R\nRun audits,A,R/A\n", "raci");
    terminal_expect(stage.terminal, "2 rejected");
    terminal_key(stage.terminal, "c");
    terminal_expect(stage.terminal, "2 rows: 2 new");
    terminal_keys(stage.terminal, "Esc");
    open_import(&stage, "Name,E-mail,Department\nAnna,a@x.example,IT\n", "person");
    terminal_keys(stage.terminal, "Esc");
    panes_close(&stage);
}

static void a_mapping_is_remembered_for_the_same_header(void **state) {
    (void)state;
    struct panes_stage stage = open_people("name,place,since\nAnna,IT,3/4/2026\n");
    terminal_keys(stage.terminal, "m Down Enter");
    terminal_expect(stage.terminal, "place goes to");
    terminal_key(stage.terminal, "d");
    terminal_expect(stage.terminal, "department");
    terminal_keys(stage.terminal, "Down Enter");
    terminal_expect(stage.terminal, "since goes to");
    terminal_type(stage.terminal, "k\x1b");
    terminal_expect_gone(stage.terminal, "since goes to");
    terminal_keys(stage.terminal, "Esc t d");
    terminal_expect(stage.terminal, "dates: 31.3.2026");
    terminal_key(stage.terminal, "a");
    terminal_expect(stage.terminal, "Stored: import into person: 1 new");
    terminal_key(stage.terminal, "2");
    open_import(&stage, "name,place,since\nBo,HR,3/4/2026\n", "person");
    terminal_expect(stage.terminal, "mapping as last time");
    terminal_expect(stage.terminal, "place → department");
    terminal_expect(stage.terminal, "dates: 31.3.2026");
    terminal_keys(stage.terminal, "Esc");
    panes_leave(&stage);
    const char *const argv[] = {CLAUSE5_BINARY, "verify", "t.c5", NULL};
    struct run_result result =
        run_program(&(struct run_plan){.argv = argv, .folder = place_path(stage.place, "")});
    run_expect_status(&result, 0);
    run_free(&result);
    place_free(stage.place);
}

static void a_file_that_says_nothing_is_proposed_for_the_pane(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    terminal_key(stage.terminal, "4");
    open_import(&stage, "a,b\n1,2\n", "objective");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

/* Takes a real file through the screen, creating what it names, and leaves its rejected row out. */
static void take_real_file(struct panes_stage *stage, const char *name, const char *sheet,
                           const char *counts) {
    struct buffer text = {0};
    buffer_addf(&text, "%s/tests/data/real/%s\r", SOURCE_DIR, name);
    terminal_key(stage->terminal, "I");
    terminal_expect(stage->terminal, "Import the CSV file or folder:");
    terminal_type(stage->terminal, buffer_text(&text));
    terminal_expect(stage->terminal, "Import into");
    terminal_key(stage->terminal, "Enter");
    buffer_clear(&text);
    buffer_addf(&text, "Import %s from %s", sheet, name);
    terminal_expect(stage->terminal, buffer_text(&text));
    terminal_key(stage->terminal, "c");
    terminal_expect(stage->terminal, counts);
    terminal_key(stage->terminal, "a");
    terminal_expect(stage->terminal, "1 rejected row stays out");
    terminal_key(stage->terminal, "Enter");
    terminal_expect(stage->terminal, "1 left out");
    buffer_free(&text);
}

static void the_real_registers_go_through_the_screen(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    take_real_file(&stage, "document-control-register.csv", "policy",
                   "26 rows: 25 new, 0 changed, 0 unchanged, 1 rejected");
    take_real_file(&stage, "raci-matrix.csv", "raci",
                   "20 rows: 19 new, 0 changed, 0 unchanged, 1 rejected");
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "Taken back: import raci-matrix.csv into raci");
    panes_close(&stage);
}

static void an_offered_value_is_taken_with_one_key(void **state) {
    (void)state;
    struct panes_stage stage =
        open_people("name,joined_on\nAnna,13.05.23\nBo,2026-05-05 approx\nCy,2026-01-01 or so\n");
    terminal_expect(stage.terminal, "3 rejected");
    terminal_expect(stage.terminal, "2023-05-13 could be meant");
    terminal_key(stage.terminal, "v");
    terminal_expect(stage.terminal, "Line 2 is read as \"2023-05-13\".");
    terminal_key(stage.terminal, "y");
    terminal_expect(stage.terminal, "1 new, 0 changed, 0 unchanged, 2 rejected");
    terminal_keys(stage.terminal, "j v a");
    terminal_expect(stage.terminal, "3 rows: 3 new, 0 changed, 0 unchanged, 0 rejected");
    terminal_key(stage.terminal, "a");
    terminal_expect(stage.terminal, "Stored: import into person: 3 new");
    panes_leave(&stage);
    char *exported = export_sheet(&stage, "person");
    assert_non_null(strstr(exported, "\r\nAnna,,,,,,,2023-05-13,\r\n"));
    assert_non_null(strstr(exported, "\r\nBo,,,,,,,2026-05-05,\r\n"));
    free(exported);
    place_free(stage.place);
}

static void all_offers_are_taken_whatever_a_row_is_refused_for_next(void **state) {
    (void)state;
    struct panes_stage stage =
        open_people("name,joined_on,left_on\nAnna,2026-01-01 or so,2026-02-02 (planned)\n"
                    "Bo,2026-01-01 approx,\n");
    terminal_expect(stage.terminal, "2 rejected");
    terminal_keys(stage.terminal, "v a");
    terminal_expect(stage.terminal, "2 rows: 2 new, 0 changed, 0 unchanged, 0 rejected");
    terminal_expect(stage.terminal, "3 by hand");
    terminal_keys(stage.terminal, "Esc y");
    panes_close(&stage);
}

static void the_header_is_found_below_titles_or_said(void **state) {
    (void)state;
    struct panes_stage stage = open_people("Staff of 2026\n\nName,E-mail\r\nAnna,a@x.example\r\n");
    terminal_expect(stage.terminal, "UTF-8, comma, mixed line ends");
    terminal_expect(stage.terminal, "header in line 3");
    terminal_expect(stage.terminal, "1 row: 1 new");
    terminal_key(stage.terminal, "L");
    terminal_expect(stage.terminal, "The header is in line");
    terminal_type(stage.terminal, "4\r");
    terminal_expect(stage.terminal, "Not imported: Anna, a@x.example");
    terminal_expect(stage.terminal, "no column for name");
    terminal_expect(stage.terminal, "header in line 4");
    terminal_key(stage.terminal, "L");
    terminal_type(stage.terminal, "\r");
    terminal_expect(stage.terminal, "1 row: 1 new");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void a_date_that_can_be_two_days_is_one_question_for_its_column(void **state) {
    (void)state;
    struct panes_stage stage = open_people("name,joined_on\nAnna,01.02.2024\nBo,03.04.2024\n");
    terminal_expect(stage.terminal, "joined_on: day or month first? (t)");
    terminal_expect(stage.terminal, "2 rejected");
    terminal_keys(stage.terminal, "t d");
    terminal_expect(stage.terminal, "2 rows: 2 new");
    terminal_expect_gone(stage.terminal, "day or month first?");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void a_file_that_changes_meanwhile_is_not_stored_unseen(void **state) {
    (void)state;
    struct panes_stage stage = open_people("name\nAnna\n");
    terminal_expect(stage.terminal, "1 row: 1 new");
    place_write(stage.place, "in.csv", "name\nSomebody else\nBo\n");
    terminal_key(stage.terminal, "a");
    terminal_expect(stage.terminal, "was changed meanwhile");
    terminal_expect(stage.terminal, "2 rows: 2 new");
    terminal_key(stage.terminal, "a");
    terminal_expect(stage.terminal, "Stored: import into person: 2 new");
    panes_close(&stage);
}

static void it_works_in_ascii_without_colour_and_on_a_wide_screen(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    panes_leave(&stage);
    place_write(stage.place, "in.csv", people);
    static const char *const argv[] = {CLAUSE5_BINARY, "t.c5", NULL};
    struct buffer state_folder = {0};
    buffer_addf(&state_folder, "XDG_STATE_HOME=%s", place_path(stage.place, "state"));
    const char *const env[] = {"LC_ALL=C", "NO_COLOR=1", buffer_text(&state_folder), NULL};
    struct terminal *terminal = terminal_start(&(struct terminal_plan){
        .argv = argv, .env = env, .rows = 50, .cols = 160, .folder = place_path(stage.place, "")});
    terminal_expect(terminal, "Overview");
    terminal_keys(terminal, "0 I");
    terminal_expect(terminal, "Import the CSV file or folder:");
    terminal_type(terminal, "in.csv\r");
    terminal_expect(terminal, "Import into");
    terminal_key(terminal, "Enter");
    terminal_expect(terminal, "+      2");
    terminal_expect(terminal, "x      3  Bo");
    terminal_keys(terminal, "Esc q");
    terminal_finish(terminal);
    buffer_free(&state_folder);
    place_free(stage.place);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_that_says_nothing_is_proposed_for_the_pane),
        cmocka_unit_test(every_row_is_shown_with_what_becomes_of_it),
        cmocka_unit_test(the_filter_goes_through_what_there_is),
        cmocka_unit_test(a_corrected_cell_makes_its_row_good),
        cmocka_unit_test(a_corrected_choice_is_completed),
        cmocka_unit_test(leaving_asks_where_cells_were_corrected),
        cmocka_unit_test(a_column_goes_where_the_user_says),
        cmocka_unit_test(a_file_without_its_key_can_be_mapped),
        cmocka_unit_test(rejected_rows_go_to_a_file),
        cmocka_unit_test(leaving_changes_no_byte),
        cmocka_unit_test(how_the_file_is_read_can_be_changed),
        cmocka_unit_test(an_approved_version_is_overwritten_only_when_let_through),
        cmocka_unit_test(a_folder_is_imported_as_a_whole),
        cmocka_unit_test(the_register_is_proposed_from_the_header),
        cmocka_unit_test(a_mapping_is_remembered_for_the_same_header),
        cmocka_unit_test(the_real_registers_go_through_the_screen),
        cmocka_unit_test(an_offered_value_is_taken_with_one_key),
        cmocka_unit_test(all_offers_are_taken_whatever_a_row_is_refused_for_next),
        cmocka_unit_test(the_header_is_found_below_titles_or_said),
        cmocka_unit_test(a_date_that_can_be_two_days_is_one_question_for_its_column),
        cmocka_unit_test(a_file_that_changes_meanwhile_is_not_stored_unseen),
        cmocka_unit_test(it_works_in_ascii_without_colour_and_on_a_wide_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
