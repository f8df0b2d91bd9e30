/* A merge on the screen: a line per conflict, chosen by key, Enter, undo. */
#include "panes/stage.h"

#include <string.h>

#include "support/run.h"

static void command(struct panes_stage *stage, const char *words) {
    terminal_key(stage->terminal, ":");
    terminal_type(stage->terminal, words);
    terminal_key(stage->terminal, "Enter");
}

/* Runs a script in the place with $C as the program. */
static void run_script(struct panes_stage *stage, const char *script) {
    struct buffer whole = {0};
    buffer_addf(&whole, "C=%s/clause5; %s", BINARY_DIR, script);
    struct run_result result = RUN(place_path(stage->place, ""), "sh", "-c", buffer_text(&whole));
    run_expect_status(&result, 0);
    run_free(&result);
    buffer_free(&whole);
}

/* Opens t.c5, of which b.c5 is a copy: both gave POL-001 and POL-003 a title and made a POL-050. */
static struct panes_stage open_apart(int rows, int cols) {
    struct panes_stage stage = panes_open_sized("--sample", rows, cols);
    panes_leave(&stage);
    run_script(&stage,
               "cp t.c5 b.c5;"
               "printf 'ref,title,kind\\nPOL-001,First ours,topic policy\\n"
               "POL-003,Third ours,topic policy\\nPOL-050,New ours,topic policy\\n' >o.csv;"
               "printf 'ref,title,kind\\nPOL-001,First theirs,topic policy\\n"
               "POL-003,Third theirs,topic policy\\nPOL-050,New theirs,topic policy\\n' >t.csv;"
               "$C import t.c5 policy o.csv && $C import b.c5 policy t.csv");
    panes_reopen(&stage);
    return stage;
}

static void conflicts_are_chosen_by_key_and_merged_with_enter(void **state) {
    (void)state;
    struct panes_stage stage = open_apart(24, 80);
    command(&stage, "merge");
    terminal_expect(stage.terminal, "Merge the copy:");
    terminal_type(stage.terminal, "b.c");
    terminal_keys(stage.terminal, "Tab Enter");
    terminal_expect(stage.terminal, "2 conflicts, 2 open");
    terminal_expect(stage.terminal, "Ours: First ours (");
    terminal_expect(stage.terminal, "Theirs: First theirs (");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "2 conflicts are not decided");
    terminal_key(stage.terminal, "t");
    terminal_expect(stage.terminal, "1 open");
    terminal_expect(stage.terminal, "Ours: Third ours (");
    terminal_key(stage.terminal, "o");
    terminal_expect(stage.terminal, "0 open");
    terminal_key(stage.terminal, "Enter");
    terminal_expect(stage.terminal, "POL-050 of theirs is POL-051");
    terminal_key(stage.terminal, "Esc");
    terminal_expect(stage.terminal, "Stored: merge b.c5");
    terminal_keys(stage.terminal, "2");
    terminal_expect(stage.terminal, "First theirs");
    terminal_expect(stage.terminal, "Third ours");
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "Taken back: merge b.c5");
    terminal_expect(stage.terminal, "First ours");
    panes_leave(&stage);
    run_script(&stage, "$C verify t.c5");
    panes_reopen(&stage);
    panes_close(&stage);
}

static void all_are_decided_one_way_with_one_key(void **state) {
    (void)state;
    struct panes_stage stage = open_apart(50, 160);
    command(&stage, "merge b.c5");
    terminal_expect(stage.terminal, "2 conflicts, 2 open");
    terminal_key(stage.terminal, "O");
    terminal_expect(stage.terminal, "0 open");
    terminal_key(stage.terminal, "T");
    terminal_expect(stage.terminal, "From theirs: 1 new, 2 changed; 1 renumbered");
    terminal_keys(stage.terminal, "Enter Esc 2");
    terminal_expect(stage.terminal, "Third theirs");
    panes_close(&stage);
}

static void esc_leaves_everything_as_it_was(void **state) {
    (void)state;
    struct panes_stage stage = open_apart(24, 80);
    run_script(&stage, "cp t.c5 kept");
    command(&stage, "merge b.c5");
    terminal_expect(stage.terminal, "2 conflicts, 2 open");
    terminal_keys(stage.terminal, "T 3");
    terminal_expect(stage.terminal, "Finish the merge first");
    terminal_key(stage.terminal, "Esc");
    terminal_expect_gone(stage.terminal, "0 open");
    run_script(&stage, "cmp t.c5 kept");
    panes_close(&stage);
}

static void what_cannot_be_merged_is_said(void **state) {
    (void)state;
    struct panes_stage stage = open_apart(24, 80);
    run_script(&stage, "$C new s.c5");
    command(&stage, "merge t.c5");
    terminal_expect(stage.terminal, "are the same file");
    command(&stage, "merge s.c5");
    terminal_expect(stage.terminal, "share no past");
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conflicts_are_chosen_by_key_and_merged_with_enter),
        cmocka_unit_test(all_are_decided_one_way_with_one_key),
        cmocka_unit_test(esc_leaves_everything_as_it_was),
        cmocka_unit_test(what_cannot_be_merged_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
