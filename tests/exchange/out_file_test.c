/* Where files go that are named with -o: what is never replaced, and what is written through. */
#include "support/shell.h"

static const char make[] = "$C new s.c5 --sample >/dev/null && cp s.c5 before && ";

static void expect_spared(struct place *place, const char *command, const char *err) {
    struct buffer script = {0};
    buffer_addf(&script, "%s%s; s=$?; cmp s.c5 before && test ! -e s.c5.lock && exit $s", make,
                command);
    expect_fault(place, buffer_text(&script), 2, err);
    buffer_free(&script);
    expect_script(place, "rm -rf ./*", 0, "");
}

static void the_workbook_is_never_replaced_by_what_is_made_of_it(void **state) {
    struct place *place = *state;
    expect_spared(place, "$C export s.c5 person -o s.c5", "s.c5 is the workbook itself");
    expect_spared(place, "$C export s.c5 raci -o ./s.c5", "./s.c5 is the workbook itself");
    expect_spared(place, "ln s.c5 hard && $C export s.c5 person -o hard",
                  "hard is the workbook itself");
    expect_spared(place, "ln -s s.c5 soft && $C export s.c5 person -o soft",
                  "soft is the workbook itself");
    expect_spared(place, "$C report s.c5 -o s.c5", "s.c5 is a workbook");
    expect_spared(place, "$C draft s.c5 role-profile -o s.c5", "s.c5 is a workbook");
    expect_spared(place, "$C backup s.c5 -o s.c5", "s.c5 is the workbook itself");
}

static void another_workbook_is_replaced_by_a_backup_alone(void **state) {
    struct place *place = *state;
    expect_spared(place, "cp s.c5 t.c5 && $C export s.c5 person -o t.c5", "t.c5 is a workbook");
    expect_spared(place, "cp s.c5 t.c5 && $C report s.c5 -o t.c5", "t.c5 is a workbook");
    expect_spared(place, "mkdir d && cp s.c5 d/person.csv && $C export s.c5 all -o d",
                  "d/person.csv is a workbook");
    expect_script(place,
                  "$C new a.c5 --empty >/dev/null; $C new b.c5 --sample >/dev/null;"
                  "$C backup a.c5 -o b.c5 >/dev/null && $C export b.c5 person | wc -l | tr -d ' '",
                  0, "1\n");
}

static void devices_and_pipes_are_written_through(void **state) {
    struct place *place = *state;
    expect_script(place,
                  "$C new s.c5 --empty >/dev/null; mkfifo p; cat p > got & "
                  "$C export s.c5 person -o p; wait; cut -c1-4 got; test -p p && echo still a pipe",
                  0, "name\nstill a pipe\n");
}

/* The devices are named by links of the place's own: a program that replaces what it is to write
 * through must not find the real ones. */
static void standard_output_by_its_name_is_standard_output(void **state) {
    struct place *place = *state;
    expect_script(place,
                  "$C new s.c5 --empty >/dev/null; echo before > f; ln -s /dev/stdout out;"
                  "$C export s.c5 person -o out >> f; $C export s.c5 person -o out"
                  " | cut -c1-4 >> f; cut -c1-6 f | tr -d '\\r'; test -L out",
                  0, "before\nname,e\nname\n");
}

static void a_full_device_is_a_failure_and_stays_a_device(void **state) {
    struct place *place = *state;
    expect_fault(place,
                 "$C new s.c5 --sample >/dev/null; ln -s /dev/full full;"
                 "$C export s.c5 person -o full; s=$?; test -L full && test -c full && exit $s",
                 3, "full cannot be written: No space left on device");
}

static void a_link_stays_and_what_it_leads_to_is_replaced(void **state) {
    struct place *place = *state;
    expect_script(
        place,
        "$C new s.c5 --empty >/dev/null; mkdir d; echo old > d/f; ln -s d/f one; ln -s one two;"
        "$C export s.c5 person -o two; test -L one && test -L two && cut -c1-4 d/f;"
        "ln -s d/new three; $C report s.c5 -o three; test -L three && test -s d/new && ls d;"
        "$C backup s.c5 -o four.c5 >/dev/null; ln -s four.c5 five;"
        "$C backup s.c5 -o five >/dev/null; test -L five",
        0, "name\nf\nnew\n");
    expect_fault(place, "ln -s x y; ln -s y x; $C export s.c5 person -o x", 3,
                 "x cannot be written");
}

static void a_reader_that_leaves_an_export_is_no_failure(void **state) {
    struct place *place = *state;
    struct run_result result =
        run_script(place, "$C new s.c5 --sample >/dev/null; { $C export s.c5 requirement;"
                          " echo $? >&2; } | true");
    assert_string_equal(buffer_text(&result.err), "0\n");
    run_free(&result);
}

static void a_failing_standard_output_is_told_once(void **state) {
    struct place *place = *state;
    struct run_result result =
        run_script(place, "$C new s.c5 --sample >/dev/null; $C export s.c5 person >/dev/full");
    run_expect_status(&result, 3);
    assert_string_equal(buffer_text(&result.err),
                        "clause5: standard output cannot be written: No space left on device\n");
    run_free(&result);
    result = run_script(place, "$C export s.c5 person >&-");
    run_expect_status(&result, 3);
    assert_string_equal(buffer_text(&result.err),
                        "clause5: standard output cannot be written: Bad file descriptor\n");
    run_free(&result);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, shell_setup, shell_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_workbook_is_never_replaced_by_what_is_made_of_it),
        TEST(another_workbook_is_replaced_by_a_backup_alone),
        TEST(devices_and_pipes_are_written_through),
        TEST(standard_output_by_its_name_is_standard_output),
        TEST(a_full_device_is_a_failure_and_stays_a_device),
        TEST(a_link_stays_and_what_it_leads_to_is_replaced),
        TEST(a_reader_that_leaves_an_export_is_no_failure),
        TEST(a_failing_standard_output_is_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
