/* verify as a shell sees it: exit statuses, the head, and what is said of what does not fit. */
#include <stdio.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "support/shell.h"

/* Runs the script, in which H prints the head of a workbook. */
static struct run_result run_with_head(struct place *place, const char *script) {
    struct buffer whole = {0};
    buffer_addf(&whole, "H() { $C verify \"$1\" | sed -n 's/^head //p'; }; %s", script);
    struct run_result result = run_script(place, buffer_text(&whole));
    buffer_free(&whole);
    return result;
}

/* Runs the script; its standard output must hold the words. */
static void expect_printed(struct place *place, const char *script, int status, const char *words) {
    struct run_result result = run_with_head(place, script);
    run_expect_status(&result, status);
    if (strstr(buffer_text(&result.out), words) == NULL) {
        fail_msg("\"%s\" is not said in: %s", words, buffer_text(&result.out));
    }
    run_free(&result);
}

static int set_up(void **state) {
    struct place *place = place_new();
    *state = place;
    expect_printed(place, "$C new a.c5 --sample", 0, "a.c5 is made");
    return 0;
}

static int tear_down(void **state) {
    place_free(*state);
    return 0;
}

static void the_sample_is_sound_and_the_head_has_64_digits(void **state) {
    expect_printed(*state, "$C verify a.c5", 0, "sound");
    expect_printed(*state, "$C verify a.c5 | grep -cE '^head [0-9a-f]{64}$'", 0, "1\n");
    expect_printed(*state, "$C verify a.c5", 0, "not proven");
    expect_printed(*state, "$C new b.c5 --starter >/dev/null; $C verify b.c5", 0, "sound");
}

static void earlier_heads_of_the_same_history_pass(void **state) {
    struct place *place = *state;
    expect_printed(place,
                   "h=$(H a.c5); printf 'name\\nNew Person\\n' >p.csv;"
                   "$C import a.c5 person p.csv >/dev/null; test $h != $(H a.c5) &&"
                   "$C verify a.c5 --head $(echo $h | cut -c1-16)",
                   0, "1 came after it");
    expect_printed(place, "$C verify a.c5 --head $(H a.c5 | tr a-f A-F)", 0, "is the newest");
    expect_printed(place, "$C verify a.c5 --head 00112233445566778899", 1, "none of this history");
    expect_printed(place, "$C new b.c5 >/dev/null; $C verify a.c5 --head $(H b.c5)", 1,
                   "none of this history");
}

static void usage_and_files_that_cannot_be_opened_have_their_status(void **state) {
    expect_printed(*state, "$C verify a.c5 --head 0011223344 2>/dev/null", 2, "");
    expect_printed(*state, "$C verify a.c5 --head 0011223344556677x 2>/dev/null", 2, "");
    expect_printed(*state, "$C verify nothing.c5 2>/dev/null", 3, "");
    expect_printed(*state, "printf x >x.c5; $C verify x.c5 2>/dev/null", 3, "");
    expect_printed(*state, "$C verify 2>/dev/null", 2, "");
}

static void a_change_made_behind_the_program_is_found(void **state) {
    expect_printed(*state,
                   "sqlite3 a.c5 \"UPDATE policy SET title = 'x' WHERE ref = 'POL-001'\";"
                   "$C verify a.c5",
                   1, "rows that it added were altered");
}

static void a_rule_broken_behind_the_program_is_named(void **state) {
    expect_printed(*state,
                   "sqlite3 a.c5 \"UPDATE policy SET parent = id WHERE ref = 'POL-001'\";"
                   "$C verify a.c5",
                   1, "derive from itself");
}

static void a_reference_that_leads_nowhere_is_named(void **state) {
    expect_printed(*state,
                   "sqlite3 a.c5 \"PRAGMA foreign_keys = OFF;"
                   " UPDATE policy SET parent = 5 WHERE ref = 'POL-002'\"; $C verify a.c5",
                   1, "POL-002 refers to a policy");
}

/* Evidence e.txt with its seal, written as an import of our own export would. */
static const char seal_file[] =
    "printf kept >e.txt; printf 'ref,title,kind,location,sha256,size_bytes,expires_on\\n"
    "EV-900,Kept,document,e.txt,%s,4,%s\\n'"
    " $(sha256sum e.txt | cut -d' ' -f1) \"$X\" >e.csv;"
    "$C import a.c5 evidence e.csv >/dev/null;";

static void expect_seal(struct place *place, const char *expiry, const char *script, int status,
                        const char *words) {
    struct buffer whole = {0};
    buffer_addf(&whole, "X=%s; %s %s", expiry, seal_file, script);
    expect_printed(place, buffer_text(&whole), status, words);
    buffer_free(&whole);
}

static void sealed_files_are_compared_and_the_day_is_kept(void **state) {
    struct place *place = *state;
    expect_seal(place, "", "$C verify a.c5 --evidence", 0, "1 sealed file looked at, 0 findings");
    expect_printed(place, "$C export a.c5 evidence | grep EV-900 | grep -c 2026-11-21,unchanged", 0,
                   "1\n");
    expect_printed(place, "$C verify a.c5", 0, "sound");
    expect_printed(place, "printf kepT >e.txt; $C verify a.c5 --evidence", 1, "e.txt is changed");
    expect_printed(place, "$C export a.c5 evidence | grep EV-900 | grep -c 2026-11-21,changed", 0,
                   "1\n");
    expect_printed(place, "rm e.txt; $C verify a.c5 --evidence", 1, "e.txt is missing");
    expect_printed(place, "mkdir e.txt; $C verify a.c5 --evidence", 1, "is a folder");
    expect_printed(place, "rmdir e.txt; mkfifo e.txt; $C verify a.c5 --evidence", 1, "is a pipe");
    expect_printed(place, "rm e.txt; ln -s a.c5 e.txt; $C verify a.c5 --evidence", 1, "itself");
}

static void expired_evidence_is_a_finding(void **state) {
    expect_seal(*state, "2026-11-20", "$C verify a.c5 --evidence", 1, "expired on 2026-11-20");
}

static void a_workbook_that_somebody_has_open_gets_the_report_all_the_same(void **state) {
    expect_seal(*state, "", "flock a.c5.lock $C verify a.c5 --evidence", 0, "not noted");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_sample_is_sound_and_the_head_has_64_digits, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(earlier_heads_of_the_same_history_pass, set_up, tear_down),
        cmocka_unit_test_setup_teardown(usage_and_files_that_cannot_be_opened_have_their_status,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_change_made_behind_the_program_is_found, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_rule_broken_behind_the_program_is_named, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_reference_that_leads_nowhere_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sealed_files_are_compared_and_the_day_is_kept, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(expired_evidence_is_a_finding, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_workbook_that_somebody_has_open_gets_the_report_all_the_same, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
