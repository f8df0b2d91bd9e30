/* history as a shell sees it: who changed what when. */
#include <stdio.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "support/shell.h"

/* A workbook of two policies, one renamed two days later. */
static int set_up(void **state) {
    struct place *place = place_new();
    *state = place;
    expect_script(
        place,
        "export CLAUSE5_TODAY=2026-01-10; $C new a.c5 --empty --organisation Acme >/dev/null;"
        "printf 'ref,title,kind\\nPOL-001,Old,topic policy\\nPOL-002,Other,topic policy\\n' >p.csv;"
        "$C import a.c5 policy p.csv; export CLAUSE5_TODAY=2026-01-12;"
        "printf 'ref,title\\nPOL-001,\"New, and \"\"better\"\"\"\\n' >q.csv;"
        "$C import a.c5 policy q.csv",
        0,
        "2 new, 0 changed, 0 unchanged, 0 rejected\n0 new, 1 changed, 0 unchanged, 0 rejected\n");
    return 0;
}

static int tear_down(void **state) {
    place_free(*state);
    return 0;
}

static void csv_has_the_fields_with_old_and_new(void **state) {
    expect_script(*state,
                  "$C history a.c5 --format csv | head -1;"
                  "$C history a.c5 --format csv --since 2026-01-12 | tail -n +2 | cut -d, -f1,5-",
                  0,
                  "batch,time,actor,label,register,record,field,old,new\r\n"
                  "3,policy,POL-001,title,Old,\"New, and \"\"better\"\"\"\r\n");
}

static void inserted_rows_are_one_line_with_their_count(void **state) {
    expect_script(*state,
                  "$C history a.c5 --format csv --register policy --since 2026-01-10 |"
                  " grep ^2, | cut -d, -f5-",
                  0, "policy,,,,2\r\n");
}

static void the_shipped_checklist_is_one_line(void **state) {
    expect_script(
        *state,
        "$C history a.c5 --format csv --register requirement | cut -d, -f1,5-8 | tail -n +2;"
        "$C history a.c5 --register requirement | grep -c 'records added';"
        "$C history a.c5 --register workbook | grep -c 'workbook added'",
        0, "1,requirement,,,\n1\n1\n");
}

static void since_and_register_leave_the_rest_out(void **state) {
    expect_script(*state, "$C history a.c5 --since 2026-01-13 --format csv | wc -l", 0, "1\n");
    expect_script(*state, "$C history a.c5 --register person --format json", 0, "[]\n");
    expect_script(*state, "$C history a.c5 --register workbook --format csv | wc -l", 0, "2\n");
    expect_script(*state, "$C history a.c5 --since yesterday 2>/dev/null", 2, "");
    expect_script(*state, "$C history a.c5 --register nothing 2>/dev/null", 2, "");
    expect_script(*state, "$C history b.c5 2>/dev/null", 3, "");
}

static void text_tells_the_newest_batch_first_and_that_the_clock_was_set(void **state) {
    struct run_result result = run_script(*state, "$C history a.c5");
    const char *text = buffer_text(&result.out);
    const char *change = strstr(text, "title: Old -> New, and \"better\"");
    const char *added = strstr(text, "policy: 2 records added");
    run_expect_status(&result, 0);
    assert_non_null(change);
    assert_non_null(added);
    assert_true(change < added);
    assert_non_null(strstr(text, "2026-01-12)"));
    assert_non_null(strstr(text, "workbook added"));
    run_free(&result);
}

static void the_name_kept_for_the_user_counts_before_the_assessor(void **state) {
    expect_script(*state,
                  "printf 'organisation,assessor\\nAcme,Ada Assessor\\n' >w.csv;"
                  "$C import a.c5 workbook w.csv >/dev/null;"
                  "printf 'ref,title\\nPOL-002,Third\\n' >r.csv; $C import a.c5 policy r.csv;"
                  "mkdir -p s/clause5; echo 'Kim Kept' >s/clause5/actor;"
                  "printf 'ref,title\\nPOL-002,Fourth\\n' >r.csv;"
                  "XDG_STATE_HOME=$PWD/s $C import a.c5 policy r.csv;"
                  "$C history a.c5 --format csv | head -3 | cut -d, -f3,9",
                  0,
                  "0 new, 1 changed, 0 unchanged, 0 rejected\n"
                  "0 new, 1 changed, 0 unchanged, 0 rejected\n"
                  "actor,new\r\nKim Kept,Fourth\r\nAda Assessor,Third\r\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_name_kept_for_the_user_counts_before_the_assessor,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(csv_has_the_fields_with_old_and_new, set_up, tear_down),
        cmocka_unit_test_setup_teardown(inserted_rows_are_one_line_with_their_count, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_shipped_checklist_is_one_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(since_and_register_leave_the_rest_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            text_tells_the_newest_batch_first_and_that_the_clock_was_set, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
