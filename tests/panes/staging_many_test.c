/* I: what is decided about many rows of an import at once, and its end by Esc, which leaves the
 * workbook as it was. */
#include "panes/stage.h"
#include "support/run.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"

enum { MANY = 40000 };

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

static void a_field_without_a_column_is_given_for_all_rows(void **state) {
    (void)state;
    static const char text[] = "ref,title,kind\nP-1,One,\nP-2,Two,other\n";
    struct panes_stage stage = panes_open("--empty");
    open_import(&stage, text, "policy");
    terminal_expect(stage.terminal, "1 rejected");
    terminal_key(stage.terminal, "m");
    terminal_expect(stage.terminal, "Columns of the import");
    terminal_keys(stage.terminal, "j j a");
    terminal_expect(stage.terminal, "One value where the file has none, for");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "kind where the file has none");
    terminal_type(stage.terminal, "procedure\r");
    terminal_expect(stage.terminal, "2 new, 0 changed, 0 unchanged, 0 rejected");
    terminal_expect(stage.terminal, "(where it is empty)");
    terminal_keys(stage.terminal, "Esc a");
    terminal_expect(stage.terminal, "Stored: import into policy: 2 new");
    place_write(stage.place, "in.csv", "ref,title,kind\nP-3,Three,\n");
    terminal_key(stage.terminal, "I");
    terminal_type(stage.terminal, "in.csv\r");
    terminal_expect(stage.terminal, "Import into");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "1 row: 1 new");
    terminal_key(stage.terminal, "Esc");
    panes_close(&stage);
}

static void a_needed_field_that_no_column_has_is_named_with_the_columns(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    open_import(&stage, "ref,title,review months\nP-1,One,12\nP-2,Two,6\n", "policy");
    terminal_expect(stage.terminal, "2 rejected");
    terminal_keys(stage.terminal, "m G");
    terminal_expect(stage.terminal, "needed: Enter gives it");
    terminal_key(stage.terminal, "Enter");
    terminal_type(stage.terminal, "procedure\r");
    terminal_expect(stage.terminal, "2 new, 0 changed, 0 unchanged, 0 rejected");
    terminal_keys(stage.terminal, "Esc Esc");
    panes_close(&stage);
}

static void the_same_text_is_corrected_in_all_rows(void **state) {
    (void)state;
    struct panes_stage stage =
        open_people("name,joined_on\nAnna,soon\nBo,soon\nCy,later\nDi,soon\n");
    terminal_expect(stage.terminal, "4 rejected");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "Cells of line 2");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "joined_on: soon");
    terminal_key(stage.terminal, "C-u");
    terminal_type(stage.terminal, "2026-05-01\r");
    terminal_expect(stage.terminal, "2 other rows have the same text in this column.");
    terminal_key(stage.terminal, "y");
    terminal_expect(stage.terminal, "The row is good now: new");
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "4 rows: 3 new, 0 changed, 0 unchanged, 1 rejected");
    terminal_expect(stage.terminal, "3 by hand");
    terminal_keys(stage.terminal, "Esc y");
    panes_close(&stage);
}

static void rejected_rows_of_a_folder_go_to_a_folder(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    place_make_folder(stage.place, "out");
    place_write(stage.place, "out/person.csv", "name,joined_on\nAnna,\nBo,soon\n");
    terminal_key(stage.terminal, "I");
    terminal_type(stage.terminal, "out\r");
    terminal_expect(stage.terminal, "2 rows: 1 new, 0 changed, 0 unchanged, 1 rejected");
    terminal_key(stage.terminal, "r");
    terminal_expect(stage.terminal, "Write the rejected rows to the folder: out.rejects");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "1 rejected row is written to out.rejects");
    assert_int_equal(place_count(stage.place, "out.rejects"), 1);
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "Nothing was imported");
    panes_close(&stage);
}

/* Enough for a bulk with an index to build, and for more than a moment. */
static char *write_many(void) {
    struct buffer text = {0};
    buffer_add(&text, "ref,title,kind\n");
    for (int i = 0; i < MANY; i++) {
        buffer_addf(&text, "P-%05d,Policy %d,other\n", i, i);
    }
    return buffer_take(&text);
}

static void esc_stops_the_reading_and_leaves_the_workbook(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    char *text = write_many();
    place_write(stage.place, "in.csv", text);
    free(text);
    terminal_key(stage.terminal, "I");
    terminal_expect(stage.terminal, "Import the CSV file or folder:");
    terminal_type(stage.terminal, "in.csv\r");
    terminal_expect(stage.terminal, "Import into");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "(Esc stops)");
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "stopped");
    panes_leave(&stage);
    char *out = export_sheet(&stage, "policy");
    assert_int_equal(strspn(strchr(out, '\n'), "\r\n"), strlen(strchr(out, '\n')));
    free(out);
    panes_reopen(&stage);
    panes_close(&stage);
}

static void esc_stops_the_storing_and_leaves_the_workbook(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--empty");
    char *text = write_many();
    open_import(&stage, text, "policy");
    free(text);
    terminal_expect(stage.terminal, "rows: 40000 new");
    terminal_key(stage.terminal, "a");
    terminal_expect(stage.terminal, "(Esc stops)");
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "stopped");
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "Nothing was imported: the workbook is as it was");
    panes_leave(&stage);
    char *out = export_sheet(&stage, "policy");
    assert_int_equal(strspn(strchr(out, '\n'), "\r\n"), strlen(strchr(out, '\n')));
    free(out);
    panes_reopen(&stage);
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rejected_rows_of_a_folder_go_to_a_folder),
        cmocka_unit_test(esc_stops_the_reading_and_leaves_the_workbook),
        cmocka_unit_test(esc_stops_the_storing_and_leaves_the_workbook),
        cmocka_unit_test(a_field_without_a_column_is_given_for_all_rows),
        cmocka_unit_test(a_needed_field_that_no_column_has_is_named_with_the_columns),
        cmocka_unit_test(the_same_text_is_corrected_in_all_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
