/* The program is killed with no word of warning while it writes: every change whose result stood on
 * the screen is in the file, and nothing is there by half.
 *
 * What a killed process leaves is what lies in its files at that moment. So most moments are looked
 * at without ending it: it is stopped, the files are copied and judged, and it goes on. */
#include "panes/stage.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/history.h"
#include "clause5/store/query.h"
#include "clause5/store/workbook.h"

enum {
    MOMENTS = 300,
    KILLS_EVERY = 30, /* of the moments, one is a real end */
    KEYS_MOST = 4,    /* typed at once */
    LINES_MOST = 60,  /* results recorded before they are taken back */
    SPIN_MOST = 6000000,
};

struct killed {
    struct panes_stage stage;
    unsigned state; /* of the dice */
    bool is_up;     /* results are recorded; else they are taken back */
    int sure;       /* results in the file when the keys at hand were typed */
    int keys;       /* typed since */
    int journals;   /* moments in the middle of a write */
};

static unsigned roll(struct killed *killed, unsigned limit) {
    killed->state = killed->state * 1103515245U + 12345U;
    return (killed->state >> 8) % limit;
}

static void copy(struct place *from, struct place *to, const char *name) {
    size_t len_bytes;
    if (place_has(from, name)) {
        const char *bytes = place_read(from, name, &len_bytes);
        place_write_bytes(to, name, bytes, len_bytes);
    }
}

/* Returns how many results the file holds; fails the test where it is not sound. */
static int count_results(struct place *place) {
    struct fault fault = {0};
    struct clock clock;
    int count = -1;
    assert_true(clock_read(&clock, &fault));
    struct workbook *workbook =
        workbook_open(place_path(place, "t.c5"), WORKBOOK_WRITE, &clock, &fault);
    bool good = workbook != NULL && history_verify(workbook, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_true(good);
    struct query *query =
        query_open(workbook, "SELECT count(*) FROM assessment WHERE result = 'conforms'", &fault);
    assert_non_null(query);
    assert_int_equal(query_step(query, &fault), 1);
    count = (int)query_whole(query, 0);
    query_close(query);
    workbook_close(workbook);
    return count;
}

/* Returns how many results the screen says are recorded. */
static int read_shown(struct terminal *terminal) {
    const char *row = terminal_row(terminal, 2);
    const char *of = strstr(row, " done");
    int shown = -1;
    while (of != NULL && of > row && strchr(" of0123456789", of[-1]) != NULL) {
        of--;
    }
    assert_true(of != NULL && sscanf(of, " %d of", &shown) == 1);
    return shown;
}

/* The file may be ahead of the screen, never behind, and never ahead of the keys. */
static void judge(const struct killed *killed, int shown, int count) {
    int last = killed->is_up ? killed->sure + killed->keys : killed->sure - killed->keys;
    assert_in_range(count, killed->is_up ? shown : last, killed->is_up ? last : shown);
}

static void look_while_stopped(struct killed *killed) {
    struct terminal *terminal = killed->stage.terminal;
    struct place *after = place_new();
    terminal_signal(terminal, SIGSTOP);
    terminal_expect_stopped(terminal);
    int shown = read_shown(terminal);
    copy(killed->stage.place, after, "t.c5");
    copy(killed->stage.place, after, "t.c5-journal");
    killed->journals += place_has(after, "t.c5-journal");
    terminal_signal(terminal, SIGCONT);
    judge(killed, shown, count_results(after));
    place_free(after);
}

static void open_walk(struct killed *killed) {
    terminal_key(killed->stage.terminal, "5");
    terminal_expect_row(killed->stage.terminal, 2, " done");
    terminal_settle(killed->stage.terminal);
}

static void kill_and_reopen(struct killed *killed) {
    struct terminal *terminal = killed->stage.terminal;
    terminal_signal(terminal, SIGKILL);
    terminal_expect_end(terminal);
    int shown = read_shown(terminal);
    assert_int_equal(terminal_finish(terminal).status, 128 + SIGKILL);
    judge(killed, shown, count_results(killed->stage.place));
    panes_reopen(&killed->stage);
    open_walk(killed);
}

static void type_some(struct killed *killed) {
    static const char up[] = "cccc", down[] = "uuuu";
    _Static_assert(sizeof up == KEYS_MOST + 1, "as many as are typed at most");
    terminal_settle(killed->stage.terminal);
    killed->sure = read_shown(killed->stage.terminal);
    if (killed->sure > LINES_MOST || killed->sure < KEYS_MOST) {
        killed->is_up = killed->sure < KEYS_MOST;
    }
    killed->keys = (int)roll(killed, KEYS_MOST) + 1;
    terminal_type(killed->stage.terminal, (killed->is_up ? up : down) + KEYS_MOST - killed->keys);
    for (volatile unsigned spin = roll(killed, SPIN_MOST); spin > 0; spin--) {
    }
}

static void no_accepted_change_is_lost_at_300_moments(void **state) {
    struct killed killed = {.stage = panes_open("--empty"), .state = 20261121};
    (void)state;
    terminal_keys(killed.stage.terminal, "5 A");
    terminal_expect(killed.stage.terminal, "What kind of round");
    terminal_keys(killed.stage.terminal, "Down Enter");
    terminal_expect(killed.stage.terminal, "Ref of the round");
    terminal_key(killed.stage.terminal, "Enter");
    terminal_expect_row(killed.stage.terminal, 2, "0 of ");
    for (int moment = 1; moment <= MOMENTS; moment++) {
        type_some(&killed);
        if (moment % KILLS_EVERY == 0) {
            kill_and_reopen(&killed);
        } else {
            look_while_stopped(&killed);
        }
    }
    assert_true(killed.journals > 0);
    panes_close(&killed.stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_accepted_change_is_lost_at_300_moments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
