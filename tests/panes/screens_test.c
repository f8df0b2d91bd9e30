/* Every view of the sample at 80x24 as somebody read it once: in UTF-8, and in ASCII without
 * colour. What changes from run to run (the head of the history, the time of day) is masked. */
#include "panes/frame/panes.h"

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"
#include "panes/stage.h"
#include "support/golden.h"

struct screen_set {
    const char *name; /* ends the golden files' names */
    const char *const *env;
    bool is_plain; /* ASCII alone, and no colour */
};

static const char *const utf8_env[] = {"LC_ALL=C.UTF-8", NULL};
static const char *const ascii_env[] = {"LC_ALL=C", "NO_COLOR=1", NULL};
static const struct screen_set sets[] = {
    {.name = "utf8", .env = utf8_env},
    {.name = "ascii", .env = ascii_env, .is_plain = true},
};

/* Screens that keys lead to besides the views. */
struct screen_way {
    const char *name;
    const char *keys;
};

static const struct screen_way ways[] = {
    {"a record's page", "2 Enter"},
    {"a form", "2 e"},
    {"a new record's form", "7 Tab a"},
    {"help of this place", "2 ?"},
    {"the next step of a version", "2 w"},
    {"who confirmed a policy", "2 p"},
    {"a question before deleting", "2 d"},
    {"what a clause lacks", "1 j Enter"},
    {"the command line", ":"},
    {"the filter", "2 f"},
    {"a measurement", "4 m"},
    {"a person's page", "0 Enter"},
    {"the file to take in", "I"},
};

static bool is_pair(const char *at, char before) {
    return at[0] == before && isdigit((unsigned char)at[1]) && isdigit((unsigned char)at[2]);
}

/* Blots out times of day, with seconds where they have any, and the head at the end of row 1. */
static void mask(char *screen) {
    for (char *at = screen; *at != '\0'; at++) {
        if (is_pair(at, ' ') && is_pair(at + 3, ':')) {
            memcpy(at + 1, "hh:mm", 5);
            if (is_pair(at + 6, ':')) {
                memcpy(at + 7, "ss", 2);
            }
        }
    }
    char *end = strchr(screen, '\n');
    if (end != NULL && end - screen > 5 && end[-5] == '#') {
        memcpy(end - 4, "head", 4);
    }
}

static void expect_plain(struct terminal *terminal) {
    for (int row = 0; row < 24; row++) {
        for (const char *c = terminal_row(terminal, row); *c != '\0'; c++) {
            assert_true((unsigned char)*c < 0x80);
        }
        for (int col = 0; col < 80; col++) {
            assert_false(terminal_has_attribute(terminal, row, col, "colour"));
        }
    }
}

static void add_screen(struct buffer *out, struct terminal *terminal, const struct screen_set *set,
                       const char *name) {
    terminal_settle(terminal);
    terminal_expect_gone(terminal, "\xe2\x80\xa6 of"); /* figures that are still being found */
    if (set->is_plain) {
        expect_plain(terminal);
    }
    char *screen = strdup(terminal_screen(terminal));
    mask(screen);
    buffer_addf(out, "==== %s\n%s", name, screen);
    free(screen);
}

static void expect_golden(struct buffer *screens, const char *name, const struct screen_set *set) {
    char file[64];
    snprintf(file, sizeof file, "%s.%s.txt", name, set->name);
    golden_expect("panes", file, buffer_text(screens));
    buffer_free(screens);
}

static void every_view_of_the_sample_looks_as_it_was_read(void **state) {
    const struct screen_set *set = *state;
    struct panes_stage stage = panes_open_in("--sample", set->env);
    for (size_t pane = 0; pane < PANES; pane++) {
        struct buffer screens = {0};
        const char key[] = {panes[pane].tab[0], '\0'};
        terminal_key(stage.terminal, key);
        for (size_t view = 0; view < panes[pane].view_count; view++) {
            if (view > 0) {
                terminal_key(stage.terminal, "Tab");
            }
            add_screen(&screens, stage.terminal, set, panes[pane].views[view].place.label);
        }
        expect_golden(&screens, panes[pane].name, set);
    }
    panes_close(&stage);
}

static void every_dialog_looks_as_it_was_read(void **state) {
    const struct screen_set *set = *state;
    struct buffer screens = {0};
    for (size_t i = 0; i < COUNT(ways); i++) {
        struct panes_stage stage = panes_open_in("--sample", set->env);
        terminal_keys(stage.terminal, ways[i].keys);
        add_screen(&screens, stage.terminal, set, ways[i].name);
        terminal_signal(stage.terminal, SIGTERM);
        terminal_finish(stage.terminal);
        place_free(stage.place);
    }
    expect_golden(&screens, "dialogs", set);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(every_view_of_the_sample_looks_as_it_was_read, (void *)&sets[0]),
        cmocka_unit_test_prestate(every_view_of_the_sample_looks_as_it_was_read, (void *)&sets[1]),
        cmocka_unit_test_prestate(every_dialog_looks_as_it_was_read, (void *)&sets[0]),
        cmocka_unit_test_prestate(every_dialog_looks_as_it_was_read, (void *)&sets[1]),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
