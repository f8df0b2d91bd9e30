/* backup as a shell sees it. */
#include <string.h>

#include "clause5/base/buffer.h"
#include "support/shell.h"

static int set_up(void **state) {
    *state = place_new();
    expect_words(*state, "$C new a.c5", 0, "made");
    return 0;
}

static int tear_down(void **state) {
    place_free(*state);
    return 0;
}

static void a_backup_verifies_with_the_head_of_its_name(void **state) {
    expect_words(*state, "f=$($C backup a.c5 | head -1); h=${f##*-}; $C verify $f --head ${h%.c5}",
                 0, "is the newest");
}

static void an_output_replaces_what_is_there_but_never_the_workbook(void **state) {
    expect_words(*state, "echo x >b.c5; $C backup a.c5 -o b.c5 && $C verify b.c5", 0, "sound");
    expect_words(*state, "$C backup a.c5 -o a.c5 2>/dev/null", 2, "");
    expect_words(*state, "$C backup a.c5 -o - 2>/dev/null", 2, "");
    expect_words(*state, "$C backup a.c5 -o nowhere/b.c5 2>/dev/null", 3, "");
    expect_words(*state, "$C backup none.c5 2>/dev/null", 3, "");
    expect_words(*state, "$C verify a.c5; ls", 0, "\na.c5\nb.c5\n");
}

static void the_first_import_of_a_day_makes_a_backup_and_a_dry_run_none(void **state) {
    static const char import[] = "printf 'name\\nNew Person\\n' >p.csv;"
                                 "export CLAUSE5_TODAY=2026-11-25; $C import a.c5 person p.csv";
    struct buffer script = {0};
    buffer_addf(&script, "%s --dry-run; test ! -e a.c5.backups && %s && ls a.c5.backups", import,
                import);
    expect_words(*state, buffer_text(&script), 0, "a-2026-11-25-");
    buffer_free(&script);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_backup_verifies_with_the_head_of_its_name, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_output_replaces_what_is_there_but_never_the_workbook,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_first_import_of_a_day_makes_a_backup_and_a_dry_run_none,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
