/* The same sequence in every pane that has a list: open, move, edit, undo, redo, search, filter,
 * resize, quit. What differs is how one gets to the list and to a text that may be edited. */
#include "panes/stage.h"

#include <stdio.h>
#include <string.h>

struct pane_case {
    const char *to_list;  /* keys from the first screen to the list */
    const char *to_text;  /* keys from its first cell to one that may take more text */
    const char *search;   /* something that one of its rows shows */
    const char *filtered; /* what row 3 says while the filter of the same words holds */
};

static const struct pane_case cases[] = {
    {"1 Tab Tab Tab", "", "Harbour", "filter: Harbour"},
    {"2", "Right", "POL-005", "filter: POL-005"},
    {"3 Tab", "Right", "DPO", "filter: DPO"},
    {"4 Tab", "Right", "OBJ-03", "filter: OBJ-03"},
    {"5 Tab Tab", "Right", "EV-010", "filter: EV-010"},
    {"6", "Right", "MR-2026", "filter: MR-2026"},
    {"7 Tab", "Right", "AC-006", "filter: AC-006"},
    {"9", "Right", "COM-07", "filter: COM-07"},
    {"0", "Right", "Anna", "filter: Anna"},
};

static void edit_and_take_back(struct terminal *terminal, const struct pane_case *pane) {
    if (pane->to_text[0] != '\0') {
        terminal_keys(terminal, pane->to_text);
    }
    terminal_key(terminal, "e");
    terminal_expect(terminal, "Edit ");
    terminal_type(terminal, "zz");
    terminal_key(terminal, "C-s");
    terminal_expect(terminal, "Stored: change ");
    terminal_key(terminal, "u");
    terminal_expect(terminal, "Taken back: change ");
    terminal_key(terminal, "C-r");
    terminal_expect(terminal, "Done again: change ");
    terminal_key(terminal, "u");
    terminal_expect(terminal, "Taken back: change ");
}

/* The row that the cursor stands on shows the text. */
static void expect_cursor_row(struct terminal *terminal, const char *text) {
    int row = 0;
    int column = 0;
    terminal_settle(terminal);
    terminal_cursor(terminal, &row, &column);
    assert_non_null(strstr(terminal_row(terminal, row), text));
}

static void search_and_filter(struct terminal *terminal, const struct pane_case *pane) {
    terminal_key(terminal, "/");
    terminal_type(terminal, pane->search);
    terminal_key(terminal, "Enter");
    expect_cursor_row(terminal, pane->search);
    terminal_key(terminal, "f");
    terminal_expect(terminal, "Show rows with");
    terminal_type(terminal, pane->search);
    terminal_key(terminal, "Enter");
    terminal_expect_row(terminal, 2, pane->filtered);
    terminal_key(terminal, "Esc");
    terminal_expect_gone(terminal, pane->filtered);
}

static void every_pane_edits_takes_back_searches_filters_and_resizes(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct panes_stage stage = panes_open("--sample");
        terminal_keys(stage.terminal, cases[i].to_list);
        terminal_expect(stage.terminal, "e edit");
        terminal_keys(stage.terminal, "j k G g");
        edit_and_take_back(stage.terminal, &cases[i]);
        search_and_filter(stage.terminal, &cases[i]);
        terminal_resize(stage.terminal, 40, 150);
        terminal_expect(stage.terminal, "! Gaps");
        terminal_resize(stage.terminal, 17, 60);
        terminal_expect_gone(stage.terminal, "! Gaps");
        terminal_expect(stage.terminal, cases[i].search);
        panes_close(&stage);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pane_edits_takes_back_searches_filters_and_resizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
