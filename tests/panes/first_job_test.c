/* The first whole job, as a consultant does it: a new workbook, the client's two real registers, a
 * correction, a walk through 5.2, two steps back, everything out and into an empty workbook again.
 */
#include "panes/stage.h"
#include "support/run.h"

#include <stdio.h>
#include <string.h>

static void run(struct place *place, int status, const char *const *argv) {
    struct run_result result =
        run_program(&(struct run_plan){.argv = argv, .folder = place_path(place, "")});
    run_expect_status(&result, status);
    run_free(&result);
}

#define CLAUSE5(place, status, ...)                                                                \
    run(place, status, (const char *const[]){CLAUSE5_BINARY, __VA_ARGS__, NULL})

static void import_real_files(struct place *place) {
    CLAUSE5(place, 1, "import", "t.c5", "policy",
            SOURCE_DIR "/tests/data/real/document-control-register.csv", "--create-missing",
            "--rejects", "rejects.csv");
    assert_non_null(strstr(place_read(place, "rejects.csv", NULL), "Continuous"));
    CLAUSE5(place, 1, "import", "t.c5", "raci", SOURCE_DIR "/tests/data/real/raci-matrix.csv",
            "--create-missing", "--rejects", "legend.csv");
    assert_non_null(strstr(place_read(place, "legend.csv", NULL), "Legend"));
}

static void correct_a_row(struct terminal *terminal) {
    terminal_key(terminal, "2");
    terminal_expect(terminal, "POL-001");
    terminal_keys(terminal, "Right e");
    terminal_expect(terminal, "Edit policy POL-001");
    terminal_key(terminal, "C-u");
    terminal_type(terminal, "Information security policy");
    terminal_key(terminal, "C-s");
    terminal_expect(terminal, "Stored: change policy POL-001");
}

static void walk_the_policy_clause(struct terminal *terminal) {
    terminal_keys(terminal, "5 A");
    terminal_expect(terminal, "What kind of round");
    terminal_keys(terminal, "Down Enter");
    terminal_expect(terminal, "2026-IA");
    terminal_key(terminal, "Enter");
    terminal_expect(terminal, "Stored: start 2026-IA");
    terminal_key(terminal, "/");
    terminal_type(terminal, "5.2.a\r");
    terminal_expect(terminal, " 5.2.a ");
    terminal_key(terminal, "c");
    terminal_expect(terminal, "Stored: 2026-IA/5.2.a conforms");
    terminal_expect(terminal, " 5.2.b ");
    terminal_key(terminal, "m");
    terminal_expect(terminal, "Note:");
    terminal_type(terminal, "No framework for objectives in POL-001\r");
    terminal_expect(terminal, "Stored: 2026-IA/5.2.b minor nonconformity");
    terminal_key(terminal, "o");
    terminal_expect(terminal, "Note:");
    terminal_type(terminal, "Committed in words only\r");
    terminal_expect(terminal, "Stored: 2026-IA/5.2.c observation");
    terminal_expect(terminal, "3 of ");
}

static void the_first_whole_job_comes_out_equal(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--starter");
    panes_leave(&stage);
    import_real_files(stage.place);
    panes_reopen(&stage);
    correct_a_row(stage.terminal);
    walk_the_policy_clause(stage.terminal);
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "Taken back: ");
    terminal_expect(stage.terminal, "2 of ");
    terminal_key(stage.terminal, "u");
    terminal_expect(stage.terminal, "1 of ");
    panes_leave(&stage);

    CLAUSE5(stage.place, 0, "export", "t.c5", "all", "-o", "out");
    CLAUSE5(stage.place, 0, "new", "empty.c5", "--empty");
    CLAUSE5(stage.place, 0, "import", "empty.c5", "all", "out");
    CLAUSE5(stage.place, 0, "export", "empty.c5", "all", "-o", "back");
    static const char *const registers[] = {
        "workbook",       "person", "policy",     "policy_version", "role",     "activity",
        "responsibility", "audit",  "assessment", "requirement",    "objective"};
    for (size_t i = 0; i < sizeof registers / sizeof registers[0]; i++) {
        char out[64];
        char back[64];
        snprintf(out, sizeof out, "out/%s.csv", registers[i]);
        snprintf(back, sizeof back, "back/%s.csv", registers[i]);
        assert_string_equal(place_read(stage.place, out, NULL),
                            place_read(stage.place, back, NULL));
    }
    assert_int_equal(place_count(stage.place, "out"), 31);
    place_free(stage.place);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_whole_job_comes_out_equal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
