/* What new and import say of names, codes, titles and dates that are easily got wrong. */
#include <string.h>

#include "clause5/base/memory.h"
#include "support/shell.h"

static void texts_that_are_no_utf8_make_no_workbook(void **state) {
    struct place *place = *state;
    expect_fault(place, "$C new a.c5 --organisation \"$(printf '\\377\\376')\"", 2,
                 "the name of the organisation is not valid UTF-8");
    expect_fault(place, "$C new a.c5 --leader \"$(printf 'A\\377')\"", 2,
                 "the name of the leader is not valid UTF-8");
    expect_fault(place, "$C new a.c5 --security \"$(printf 'A\\377')\"", 2,
                 "the name of who runs security is not valid UTF-8");
    assert_int_equal(place_count(place, ""), 0);
}

static void a_name_that_is_a_roles_ref_is_said_to_be_one(void **state) {
    struct place *place = *state;
    expect_fault(place, "$C new a.c5 --leader CEO", 2, "\"CEO\" is the ref of a role");
    expect_fault(place, "$C new a.c5 --security ' it lead '", 2,
                 "\"it lead\" is the title of a role");
    assert_int_equal(place_count(place, ""), 0);
}

static void names_for_roles_go_with_the_starter_set_alone(void **state) {
    struct place *place = *state;
    expect_fault(place, "$C new a.c5 --empty --leader Ada", 2, "do not go with --empty");
    expect_fault(place, "$C new a.c5 --sample --security Ada", 2, "do not go with --sample");
    expect_script(place,
                  "$C new a.c5 --leader Ada --security Ada >/dev/null;"
                  "$C export a.c5 role | cut -d, -f1,5 | grep Ada; $C export a.c5 person | wc -l",
                  0, "CEO,Ada\nISO,Ada\n2\n");
}

static void a_workbook_without_a_name_is_told_so(void **state) {
    struct place *place = *state;
    expect_fault(place, "$C new ''", 2, "the name of the workbook is empty");
}

static void a_quoted_empty_cell_clears_a_required_field_and_is_rejected(void **state) {
    struct place *place = *state;
    expect_script(place, "$C new a.c5 --empty >/dev/null", 0, "");
    expect_fault(place, "printf 'organisation\\n\"\"\\n' | $C import a.c5 workbook -", 1,
                 "standard input:2: organisation: ");
    expect_script(place, "printf 'ref,title\\n,\\n\\n\"\"\\n' | $C import a.c5 activity -", 0,
                  "0 new, 0 changed, 0 unchanged, 0 rejected\n");
}

static void faults_of_values_do_not_repeat_the_usage(void **state) {
    struct place *place = *state;
    struct run_result result =
        run_script(place, "$C new a.c5 --empty >/dev/null; CLAUSE5_TODAY=x $C check a.c5");
    run_expect_status(&result, 2);
    assert_null(strstr(buffer_text(&result.err), "Usage:"));
    run_free(&result);
    expect_fault(place, "$C export a.c5 role -o a -o b", 2, "-o is given twice");
    expect_fault(place, "$C export a.c5 role --output a --output b", 2, "--output is given twice");
}

static void a_map_says_which_of_its_cases_is_wrong(void **state) {
    struct place *place = *state;
    expect_script(place, "$C new a.c5 --empty >/dev/null; printf 'a;b\\n1;2\\n' > m.csv", 0, "");
    expect_fault(place, "$C import a.c5 person m.csv --map a=title", 2,
                 "\"title\" is no field of person (");
    expect_fault(place, "$C import a.c5 person m.csv --map a=name --map b=name", 2,
                 "the field name has another column already");
    expect_fault(place, "$C import a.c5 person m.csv --map c=name", 2, "has no column \"c\"");
}

static void a_damaged_workbook_that_is_read_is_not_said_to_be_written(void **state) {
    struct place *place = *state;
    expect_fault(place,
                 "$C new a.c5 --sample >/dev/null; head -c 50000 a.c5 > t.c5;"
                 "$C export t.c5 policy",
                 3, "t.c5: cannot read it");
}

static void a_title_that_changes_under_its_key_is_told(void **state) {
    struct place *place = *state;
    struct run_result result = run_script(
        place, "$C new a.c5 --empty >/dev/null;"
               "head='ref,title,clause\\n'; for t in Old New; do printf \"$head\" > $t.csv;"
               "for i in 1 2 3 4 5 6 7; do echo \"ACT-00$i,$t title,5.2\" >> $t.csv; done; done;"
               "$C import a.c5 activity Old.csv >/dev/null;"
               "$C import a.c5 activity Old.csv >/dev/null; $C import a.c5 activity New.csv");
    const char *said = buffer_text(&result.err);
    run_expect_status(&result, 0);
    assert_non_null(
        strstr(said, "warning: New.csv:2: ACT-001 was \"Old title\" and is now \"New title\"\n"));
    assert_non_null(strstr(said, "ACT-005"));
    assert_null(strstr(said, "ACT-006"));
    assert_non_null(strstr(said, "warning: and 2 changed titles more\n"));
    assert_null(strstr(said, "Old.csv"));
    run_free(&result);
}

static void a_title_belongs_to_the_role_made_from_its_bare_code(void **state) {
    struct place *place = *state;
    expect_script(
        place,
        "$C new a.c5 --empty >/dev/null;"
        "printf 'ref,title,kind\\nDPO,DPO,operational\\nIT,Internal Tools,operational\\n' |"
        " $C import a.c5 role - >/dev/null;"
        "printf 'activity,Data Protection Officer,Information Technology\\nTrain all,R,A\\n'"
        " | $C import a.c5 raci - --create-missing 2>err >/dev/null;"
        "grep -o 'role \"DPO\" is taken for \"Data Protection Officer\"' err;"
        "$C export a.c5 role | cut -d, -f1,2 | tail -n +2",
        0,
        "role \"DPO\" is taken for \"Data Protection Officer\"\n"
        "DPO,Data Protection Officer\nIT,Internal Tools\nIT2,Information Technology\n");
}

static void dates_say_what_is_wrong_with_them(void **state) {
    struct place *place = *state;
    static const char *const dates[][2] = {{"1899-12-31", "(the years 1900 to 2199 are known)"},
                                           {"3/4/2026", "say with --dates dmy or --dates mdy"},
                                           {"2026-02-30", "is not a date (use YYYY-MM-DD)"},
                                           {"soon", "is not a date (use YYYY-MM-DD)"}};
    expect_script(place, "$C new a.c5 --empty >/dev/null", 0, "");
    for (size_t i = 0; i < COUNT(dates); i++) {
        struct buffer script = {0};
        buffer_addf(&script, "printf 'name,joined_on\\nAda,%s\\n' | $C import a.c5 person -",
                    dates[i][0]);
        expect_fault(place, buffer_text(&script), 1, dates[i][1]);
        buffer_free(&script);
    }
    expect_fault(place, "printf 'name,joined_on\\nAda\\n' | $C import a.c5 person -", 1,
                 "the row has 1 cell, the header 2");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, shell_setup, shell_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(texts_that_are_no_utf8_make_no_workbook),
        TEST(a_name_that_is_a_roles_ref_is_said_to_be_one),
        TEST(names_for_roles_go_with_the_starter_set_alone),
        TEST(a_workbook_without_a_name_is_told_so),
        TEST(a_quoted_empty_cell_clears_a_required_field_and_is_rejected),
        TEST(faults_of_values_do_not_repeat_the_usage),
        TEST(a_map_says_which_of_its_cases_is_wrong),
        TEST(a_damaged_workbook_that_is_read_is_not_said_to_be_written),
        TEST(a_title_that_changes_under_its_key_is_told),
        TEST(a_title_belongs_to_the_role_made_from_its_bare_code),
        TEST(dates_say_what_is_wrong_with_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
