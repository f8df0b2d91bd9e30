/* new, import and export as a shell sees them: exit statuses, streams, files that are not there. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "support/shell.h"

static void new_makes_a_private_file_and_replaces_nothing(void **state) {
    struct place *place = *state;
    struct stat status;
    expect_script(place, "umask 000; $C new a.c5 --empty >/dev/null", 0, "");
    assert_int_equal(stat(place_path(place, "a.c5"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    expect_fault(place, "$C new a.c5", 3, "a.c5");
    expect_fault(place, "$C new b.c5 --sample --empty", 2, "choose one of");
    expect_fault(place, "$C new nowhere/b.c5", 3, "nowhere/b.c5");
    assert_false(place_has(place, "b.c5"));
    assert_int_equal(place_count(place, ""), 1);
}

static void new_fills_the_two_roles_that_are_named(void **state) {
    struct place *place = *state;
    expect_script(place,
                  "$C new a.c5 --leader 'Ada Chief' --security 'Sam Safe' >/dev/null;"
                  "$C export a.c5 role | cut -d, -f1,5 | grep -E '^(CEO|ISO|IT),'",
                  0, "CEO,Ada Chief\nISO,Sam Safe\nIT,\n");
    expect_script(place,
                  "$C new b.c5 >/dev/null; $C export b.c5 role | cut -d, -f1,5 | grep CEO,;"
                  "$C export b.c5 workbook | tail -1 | cut -c1-2",
                  0, "CEO,\nb,\n");
}

static void a_rejected_row_gives_one_and_the_counts_come_last(void **state) {
    struct place *place = *state;
    expect_script(place, "$C new a.c5 --empty >/dev/null", 0, "");
    expect_script(place,
                  "$C import a.c5 policy $D/document-control-register.csv --create-missing"
                  " 2>/dev/null",
                  1, "0 new, 0 changed, 0 unchanged, 1 rejected\n");
    expect_script(place,
                  "$C import a.c5 policy $D/document-control-register.csv --create-missing"
                  " --rejects bad.csv 2>/dev/null",
                  1, "25 new, 0 changed, 0 unchanged, 1 rejected\n");
    expect_script(place,
                  "$C import --create-missing --dry-run a.c5 raci $D/raci-matrix.csv 2>/dev/null",
                  1, "19 new, 0 changed, 0 unchanged, 1 rejected\n");
    expect_script(place,
                  "grep -v Legend $D/raci-matrix.csv | $C import a.c5 raci - --create-missing"
                  " 2>/dev/null",
                  0, "19 new, 0 changed, 0 unchanged, 0 rejected\n");
    assert_int_equal(place_count(place, ""), 2);
}

static void everything_goes_out_and_comes_back(void **state) {
    struct place *place = *state;
    expect_script(place,
                  "$C new a.c5 --sample >/dev/null && $C export a.c5 all -o x &&"
                  " $C new b.c5 --empty >/dev/null && $C import b.c5 all x | grep -c ' new, ' &&"
                  " $C export b.c5 all -o y && diff -r x y && ls x | wc -l | tr -d ' '",
                  0, "32\n31\n");
    expect_script(place, "$C import b.c5 all x | tail -n 1 | sed 's/[0-9]* unchanged/N unchanged/'",
                  0, "0 new, 0 changed, N unchanged, 0 rejected\n");
}

static void wrong_words_give_two(void **state) {
    struct place *place = *state;
    expect_script(place, "$C new a.c5 --empty >/dev/null", 0, "");
    expect_fault(place, "$C export a.c5 all", 2, "-o DIR");
    expect_fault(place, "$C export a.c5 unicorn", 2, "unicorn");
    expect_fault(place, "$C import a.c5 unicorn x.csv", 2, "unicorn");
    expect_fault(place, "$C import a.c5 person", 2, "Usage");
    expect_fault(place, "$C import a.c5 person x.csv --delimiter xx", 2, "xx");
    expect_fault(place, "$C import a.c5 person x.csv --map name", 2, "COLUMN=FIELD");
    expect_fault(place, "$C import a.c5 all x --map a=b", 2, "neither");
    expect_fault(place, "echo name > x.csv; $C import a.c5 person x.csv --encoding klingon", 2,
                 "klingon");
}

static void what_cannot_be_read_or_written_gives_three(void **state) {
    struct place *place = *state;
    expect_script(place, "$C new a.c5 --starter >/dev/null", 0, "");
    expect_fault(place, "$C import a.c5 person nowhere.csv", 3, "nowhere.csv");
    expect_fault(place, "$C import a.c5 person .", 3, "folder");
    expect_fault(place, "$C import a.c5 all nowhere", 3, "nowhere");
    expect_fault(place, "$C import nowhere.c5 person x.csv", 3, "nowhere.c5");
    expect_fault(place, "$C export a.c5 role > /dev/full", 3, "No space left");
    expect_fault(place, "$C export a.c5 role -o nowhere/role.csv", 3, "nowhere/role.csv");
    expect_fault(place, "$C export a.c5 all -o nowhere/x", 3, "nowhere/x");
    expect_fault(place, "mkdir d && $C export a.c5 role -o d", 3, "d is a folder");
    expect_fault(place, ": > empty.csv; $C import a.c5 person empty.csv", 1, "is empty");
    assert_int_equal(place_count(place, "d"), 0);
}

static void a_folder_of_rejects_keeps_the_bad_rows_of_each_register(void **state) {
    struct place *place = *state;
    expect_script(place,
                  "$C new a.c5 --empty >/dev/null; mkdir d;"
                  "printf 'name,joined_on\\nAnna,\\nJo,soon\\n' > d/person.csv;"
                  "printf 'policy,obligation\\nP-1,O-1\\n' > d/policy_obligation.csv;"
                  "$C import a.c5 all d --rejects r 2>/dev/null; cat r/*.csv",
                  0,
                  "person: 1 new, 0 changed, 0 unchanged, 1 rejected\n"
                  "policy_obligation: 0 new, 0 changed, 0 unchanged, 1 rejected\n"
                  "1 new, 0 changed, 0 unchanged, 2 rejected\n"
                  "name,joined_on,line,reason\r\n"
                  "Jo,soon,3,\"joined_on: \"\"soon\"\" is not a date (use YYYY-MM-DD)\"\r\n"
                  "policy,obligation,line,reason\r\n"
                  "P-1,O-1,2,\"policy: \"\"P-1\"\" is no policy of this workbook (add it first); "
                  "obligation: \"\"O-1\"\" is no obligation of this workbook (add it first, or use "
                  "--create-missing)\"\r\n");
    expect_fault(place, "$C import a.c5 all d --rejects r", 3, "exists already");
    expect_fault(place, "$C import a.c5 all d --rejects s --dry-run; ls s", 2, "No such file");
}

static void a_rejected_row_names_all_its_bad_columns_in_the_rejects(void **state) {
    struct place *place = *state;
    expect_script(place,
                  "$C new a.c5 --empty >/dev/null;"
                  "printf 'name,joined_on,left_on\\nJo,soon,later\\n' > p.csv;"
                  "$C import a.c5 person p.csv --rejects r.csv 2>&1; cat r.csv",
                  0,
                  "p.csv:2: joined_on: \"soon\" is not a date (use YYYY-MM-DD)\n"
                  "0 new, 0 changed, 0 unchanged, 1 rejected\n"
                  "name,joined_on,left_on,line,reason\r\n"
                  "Jo,soon,later,2,\"joined_on: \"\"soon\"\" is not a date (use YYYY-MM-DD); "
                  "left_on: \"\"later\"\" is not a date (use YYYY-MM-DD)\"\r\n");
}

static void a_field_that_the_file_lacks_is_given_for_all_rows(void **state) {
    struct place *place = *state;
    expect_script(place,
                  "$C new a.c5 --empty >/dev/null;"
                  "printf 'ref,title,kind\\nO-1,One,\\nO-2,Two,voluntary\\n' > o.csv;"
                  "$C import a.c5 obligation o.csv --set kind=legal --set source='GDPR, BDSG';"
                  "$C import a.c5 obligation o.csv --set kind=legal --set source='GDPR, BDSG';"
                  "$C export a.c5 obligation | cut -d, -f1-4",
                  0,
                  "2 new, 0 changed, 0 unchanged, 0 rejected\n"
                  "0 new, 0 changed, 2 unchanged, 0 rejected\n"
                  "ref,title,kind,source\n"
                  "O-1,One,legal,\"GDPR\n"
                  "O-2,Two,voluntary,\"GDPR\n");
    expect_fault(place,
                 "printf 'value,date\\n1,2026-01-01\\n' > m.csv;"
                 "$C import a.c5 measurement m.csv --set kpi=K-1 --map date=measured_on",
                 1, "m.csv:2: kpi: \"K-1\" is no KPI of this workbook");
    expect_fault(place,
                 "printf 'ref,title\\nO-3,Three\\n' > p.csv; $C import a.c5 obligation p.csv", 1,
                 "(--set kind=VALUE gives it to all rows)");
}

static void a_value_that_cannot_be_given_is_wrong_usage(void **state) {
    struct place *place = *state;
    place_write(place, "o.csv", "ref,title\nO-1,One\n");
    expect_script(place, "$C new a.c5 --empty >/dev/null", 0, "");
    expect_fault(place, "$C import a.c5 obligation o.csv --set kind=poem", 2, "--set kind=poem: ");
    expect_fault(place, "$C import a.c5 obligation o.csv --set sort=legal", 2,
                 "\"sort\" is no field");
    expect_fault(place, "$C import a.c5 obligation o.csv --set kind=", 2, "FIELD=VALUE");
    expect_fault(place, "$C import a.c5 obligation o.csv --set kind=legal --set KIND=legal", 2,
                 "two values");
    expect_fault(place, "$C import a.c5 raci o.csv --set kind=legal", 2, "a matrix takes no --set");
    expect_fault(place, "$C import a.c5 all . --set kind=legal", 2, "import the register alone");
}

static void an_export_replaces_its_file_whole_and_knows_delimiters(void **state) {
    struct place *place = *state;
    expect_script(place,
                  "$C new a.c5 --empty >/dev/null; echo old > out.csv;"
                  "printf 'name\\n=1+1\\n' | $C import a.c5 person - >/dev/null;"
                  "$C export a.c5 person -o out.csv --delimiter ';' --bom && cut -c1-8 out.csv;"
                  "$C export a.c5 person --delimiter TAB --exact -o - | tail -1 | cut -f1",
                  0, "\xEF\xBB\xBFname;\n'=1+1;;;\n=1+1\n");
    assert_int_equal(place_count(place, ""), 2);
}

static void messages_never_carry_control_characters(void **state) {
    struct place *place = *state;
    expect_script(place,
                  "$C new a.c5 --empty >/dev/null; printf 'name,joined_on\\nA,\\033[31mred\\n' |"
                  " $C import a.c5 person - 2>&1 >/dev/null | grep -c \"$(printf '\\033')\"",
                  1, "0\n");
}

static void a_signal_leaves_all_or_nothing(void **state) {
    struct place *place = *state;
    struct buffer text = {0};
    buffer_add(&text, "name\n");
    for (int i = 0; i < 20000; i++) {
        buffer_addf(&text, "Person %d\n", i);
    }
    place_write(place, "p.csv", buffer_text(&text));
    buffer_free(&text);
    static const char *const delays[] = {"0.05", "0.1", "0.2", "0.4", "0.8"};
    for (size_t i = 0; i < COUNT(delays); i++) {
        struct buffer script = {0};
        buffer_addf(&script,
                    "rm -f a.c5; $C new a.c5 --empty >/dev/null;"
                    "timeout --foreground -s INT %s $C import a.c5 person p.csv >/dev/null 2>&1;"
                    "$C export a.c5 person | tail -n +2 | wc -l | tr -d ' '",
                    delays[i]);
        struct run_result result = run_script(place, buffer_text(&script));
        const char *out = buffer_text(&result.out);
        assert_true(strcmp(out, "0\n") == 0 || strcmp(out, "20000\n") == 0);
        assert_int_equal(place_count(place, ""), 2);
        run_free(&result);
        buffer_free(&script);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, shell_setup, shell_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(new_makes_a_private_file_and_replaces_nothing),
        TEST(new_fills_the_two_roles_that_are_named),
        TEST(a_rejected_row_gives_one_and_the_counts_come_last),
        TEST(everything_goes_out_and_comes_back),
        TEST(wrong_words_give_two),
        TEST(what_cannot_be_read_or_written_gives_three),
        TEST(a_rejected_row_names_all_its_bad_columns_in_the_rejects),
        TEST(a_field_that_the_file_lacks_is_given_for_all_rows),
        TEST(a_value_that_cannot_be_given_is_wrong_usage),
        TEST(a_folder_of_rejects_keeps_the_bad_rows_of_each_register),
        TEST(an_export_replaces_its_file_whole_and_knows_delimiters),
        TEST(a_signal_leaves_all_or_nothing),
        TEST(messages_never_carry_control_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
