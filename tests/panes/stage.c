/* Owns the setting of the panes' tests: nothing here looks at a pane. */
#include "panes/stage.h"

#include <stdio.h>

#include "clause5/base/memory.h"
#include "support/run.h"

/* XDG_STATE_HOME is the place itself, so that the actor is known across starts. */
static void start_up(struct panes_stage *stage, int rows, int cols, const char *const *more) {
    char state[512];
    snprintf(state, sizeof state, "XDG_STATE_HOME=%s", place_path(stage->place, "state"));
    const char *env[8] = {state};
    for (size_t i = 0; more != NULL && more[i] != NULL; i++) {
        assert_true(i + 2 < COUNT(env));
        env[i + 1] = more[i];
    }
    stage->terminal = terminal_start(&(struct terminal_plan){
        .argv = (const char *const[]){CLAUSE5_BINARY, "t.c5", NULL},
        .rows = rows,
        .cols = cols,
        .env = env,
        .folder = place_path(stage->place, ""),
    });
}

static void start(struct panes_stage *stage, int rows, int cols, const char *const *more) {
    start_up(stage, rows, cols, more);
    terminal_expect(stage->terminal, "? help");
}

static struct panes_stage make_workbook(const char *set) {
    struct panes_stage stage = {.place = place_new()};
    place_make_folder(stage.place, "state/clause5");
    place_write(stage.place, "state/clause5/actor", "Jo Novak\n");
    struct run_result result = RUN(place_path(stage.place, ""), CLAUSE5_BINARY, "new", "t.c5", set,
                                   "--organisation", "Harbour Bakery Ltd");
    run_expect_status(&result, 0);
    run_free(&result);
    return stage;
}

struct panes_stage panes_open_sized(const char *set, int rows, int cols) {
    struct panes_stage stage = make_workbook(set);
    start(&stage, rows, cols, NULL);
    return stage;
}

struct panes_stage panes_open_in(const char *set, const char *const *env) {
    struct panes_stage stage = make_workbook(set);
    start(&stage, 24, 80, env);
    return stage;
}

struct panes_stage panes_open(const char *set) {
    return panes_open_sized(set, 24, 80);
}

void panes_reopen(struct panes_stage *stage) {
    start(stage, 24, 80, NULL);
}

void panes_reopen_to(struct panes_stage *stage, const char *text) {
    start_up(stage, 24, 80, NULL);
    terminal_expect(stage->terminal, text);
}

void panes_leave(struct panes_stage *stage) {
    terminal_key(stage->terminal, "q");
    struct terminal_end end = terminal_finish(stage->terminal);
    assert_int_equal(end.status, 0);
    assert_true(end.is_alternate_left);
    assert_true(end.is_cursor_shown);
    assert_true(end.is_pen_reset);
    assert_true(end.is_mode_restored);
    assert_false(place_has(stage->place, "t.c5.lock"));
    assert_false(place_has(stage->place, "t.c5-journal"));
}

void panes_close(struct panes_stage *stage) {
    panes_leave(stage);
    place_free(stage->place);
}
