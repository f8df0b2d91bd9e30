/* What is remembered of a workbook between two openings, and where it lies. */
#include "panes/stage.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clause5/base/buffer.h"

/* Returns the path of the only file of places; the test frees. */
static char *find_kept(const struct panes_stage *stage) {
    struct buffer path = {0};
    DIR *folder = opendir(place_path(stage->place, "state/clause5/places"));
    assert_non_null(folder);
    int count = 0;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (entry->d_name[0] != '.') {
            buffer_addf(&path, "state/clause5/places/%s", entry->d_name);
            count++;
        }
    }
    closedir(folder);
    assert_int_equal(count, 1);
    return buffer_take(&path);
}

static void a_workbook_opens_where_it_was_left(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    int row = 0;
    int again = 0;
    int col = 0;
    terminal_keys(stage.terminal, "7 l l j 9 Tab s d");
    terminal_keys(stage.terminal, "0 j j j 0 2 j j 3 Tab j j");
    terminal_expect_row(stage.terminal, 2, "Matrix  Roles");
    terminal_settle(stage.terminal);
    terminal_cursor(stage.terminal, &row, &col);
    panes_leave(&stage);
    panes_reopen(&stage);
    terminal_expect_row(stage.terminal, 2, "rows");
    terminal_settle(stage.terminal);
    terminal_cursor(stage.terminal, &again, &col);
    assert_int_equal(row, again);
    assert_true(row > 4);
    terminal_key(stage.terminal, "7");
    terminal_expect(stage.terminal, "AC-005 Say why things went wrong");
    panes_close(&stage);
}

static void the_order_of_a_list_is_remembered(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_keys(stage.terminal, "7 Tab l s Enter s Enter");
    terminal_expect(stage.terminal, "▼");
    panes_leave(&stage);
    panes_reopen(&stage);
    terminal_expect_row(stage.terminal, 2, "Board  List");
    terminal_expect_row(stage.terminal, 3, "▼");
    panes_close(&stage);
}

static void what_is_remembered_is_nobody_elses(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    struct stat facts;
    terminal_key(stage.terminal, "2");
    panes_leave(&stage);
    char *kept = find_kept(&stage);
    assert_int_equal(stat(place_path(stage.place, kept), &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    free(kept);
    place_free(stage.place);
}

static void what_no_longer_fits_is_left_out(void **state) {
    (void)state;
    struct panes_stage stage = panes_open("--sample");
    terminal_key(stage.terminal, "2");
    panes_leave(&stage);
    char *kept = find_kept(&stage);
    place_write(stage.place, kept,
                "pane\tkitchen\npolicies\tTeapots\tx\tref\tdown\t7\n"
                "policies\tRegister\tx\tno_such_field\tdown\t12345\nactions\tList\n\t\t\t\t\t\t\n");
    free(kept);
    panes_reopen(&stage);
    terminal_expect_row(stage.terminal, 2, "Readiness  Gaps");
    terminal_key(stage.terminal, "2");
    terminal_expect_row(stage.terminal, 4, "POL-001");
    panes_close(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_workbook_opens_where_it_was_left),
        cmocka_unit_test(the_order_of_a_list_is_remembered),
        cmocka_unit_test(what_is_remembered_is_nobody_elses),
        cmocka_unit_test(what_no_longer_fits_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
