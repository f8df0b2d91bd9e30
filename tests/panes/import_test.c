/* I: where the import starts, and what it says when it cannot go on. */
#include "panes/stage.h"

static struct panes_stage open_import(void) {
    struct panes_stage stage = panes_open("--empty");
    place_write(stage.place, "in.csv",
                "ref,title,kind,owner\r\nPOL-1,First,policy,NOBODY\r\nPOL-2,Second,policy,\r\n");
    terminal_keys(stage.terminal, "2 I");
    terminal_expect(stage.terminal, "Import the CSV file:");
    terminal_type(stage.terminal, "in.csv\r");
    terminal_expect(stage.terminal, "Import into");
    terminal_key(stage.terminal, "Enter");
    return stage;
}

static void an_import_starts_at_the_register_shown(void **state) {
    (void)state;
    struct panes_stage stage = open_import();
    terminal_expect(stage.terminal, "policy: 1 new, 0 changed, 0 unchanged, 1 rejected");
    terminal_key(stage.terminal, "q");
    terminal_expect(stage.terminal, "Nothing was imported");
    panes_close(&stage);
}

static void accepting_rejected_rows_says_what_to_do_first(void **state) {
    (void)state;
    struct panes_stage stage = open_import();
    terminal_expect(stage.terminal, "1 rejected");
    terminal_key(stage.terminal, "a");
    terminal_expect(stage.terminal, "Nothing is stored while rows are rejected: r writes them");
    terminal_key(stage.terminal, "Enter");
    terminal_key(stage.terminal, "l");
    terminal_expect(stage.terminal, "c in the menu");
    terminal_keys(stage.terminal, "q q");
    terminal_expect(stage.terminal, "Nothing was imported");
    panes_close(&stage);
}

static void a_rejects_file_that_cannot_be_written_may_be_named_anew(void **state) {
    (void)state;
    struct panes_stage stage = open_import();
    terminal_expect(stage.terminal, "1 rejected");
    terminal_key(stage.terminal, "r");
    terminal_expect(stage.terminal, "in.csv.rejects.csv");
    terminal_type(stage.terminal, "no/such/folder.csv\r");
    terminal_expect(stage.terminal, "1 rejected");
    terminal_key(stage.terminal, "a");
    terminal_expect(stage.terminal, "go on");
    terminal_key(stage.terminal, "Enter");
    terminal_key(stage.terminal, "r");
    terminal_expect(stage.terminal, "in.csv.rejects.csv");
    terminal_type(stage.terminal, "bad.csv\r");
    terminal_key(stage.terminal, "a");
    terminal_expect(stage.terminal, "Stored: import into policy: 1 new");
    assert_true(place_has(stage.place, "bad.csv"));
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_import_starts_at_the_register_shown),
        cmocka_unit_test(accepting_rejected_rows_says_what_to_do_first),
        cmocka_unit_test(a_rejects_file_that_cannot_be_written_may_be_named_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
