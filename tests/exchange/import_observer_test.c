/* What an import tells row by row, cells that are read otherwise than the file has them, and what
 * finished work is kept from being overwritten. */
#include "clause5/exchange/import_observer.h"

#include <string.h>

#include "clause5/base/memory.h"
#include "exchange/sheets.h"

/* Writes down what is told, a line each. */
static void note_begin(void *context) {
    buffer_clear(context);
}

static void note_file(void *context, const struct import_file_seen *file) {
    for (int i = 0; i < file->column_count; i++) {
        const char *field = file->columns[i].field;
        buffer_addf(context, "%s=%s ", file->columns[i].name, field == NULL ? "-" : field);
    }
    buffer_add(context, "\n");
}

static void note(struct buffer *out, const struct import_row_seen *row) {
    static const char marks[] = {'+', '~', '=', 'x', 'h'};
    _Static_assert(COUNT(marks) == IMPORT_VERDICTS, "one mark per verdict");
    buffer_addf(out, "%c%lld %s|%s", marks[row->verdict], (long long)row->line, row->key,
                row->title);
    for (size_t i = 0; i < row->change_count; i++) {
        const struct import_change_seen *change = &row->changes[i];
        buffer_addf(out, "|%s:%s>%s", change->field, change->old_text, change->new_text);
    }
    buffer_addf(out, "%s%s", row->reason[0] == '\0' ? "" : "|", row->reason);
    buffer_addf(out, "%s%s\n", row->offer[0] == '\0' ? "" : "|offers ", row->offer);
}

static bool note_row(void *context, const struct import_row_seen *row) {
    note(context, row);
    return true;
}

static void note_more(void *context, const struct import_row_seen *row) {
    note(context, row);
}

/* Returns what a trial of the import tells; valid until the next one. */
static const char *try_import(struct sheets *sheets, struct buffer *told, const char *sheet,
                              const char *text) {
    const struct import_observer observer = {.context = told,
                                             .begin = note_begin,
                                             .see_file = note_file,
                                             .see_row = note_row,
                                             .see_more = note_more};
    sheets->plan.observer = &observer;
    sheets->plan.is_dry_run = true;
    sheets_import(sheets, sheet, text);
    sheets->plan.observer = NULL;
    sheets->plan.is_dry_run = false;
    return buffer_text(told);
}

static void every_row_is_told_with_old_and_new_values(void **state) {
    struct sheets *sheets = *state;
    struct buffer told = {0};
    sheets_import(sheets, "person", "name,department\nAnna,IT\nBo,HR\n");
    assert_string_equal(
        try_import(sheets, &told, "person",
                   "name,department,joined,shoe\nAnna,Board,,\nBo,HR,,\nCy,,,\nDi,,soon,\n"),
        "name=name department=department joined=joined_on shoe=- \n"
        "~2 Anna||department:IT>Board\n"
        "=3 Bo|\n"
        "+4 Cy|\n"
        "x5 Di||joined: \"soon\" is not a date (use YYYY-MM-DD)\n");
    buffer_free(&told);
}

static void a_reference_that_waits_is_told_when_it_is_known(void **state) {
    struct sheets *sheets = *state;
    struct buffer told = {0};
    sheets_import(sheets, "role", "ref,title,kind\nA,Aa,operational\nB,Bb,operational\n");
    const char *said = try_import(sheets, &told, "role", "ref,reports_to\nA,\nB,A\n");
    assert_non_null(strstr(said, "=2 A|\n=3 B|\n~3 "));
    assert_non_null(strstr(said, "|reports_to:>A\n"));
    buffer_free(&told);
}

static void what_is_new_beside_the_row_is_told_as_its_change(void **state) {
    struct sheets *sheets = *state;
    struct buffer told = {0};
    sheets->plan.creates_missing = true;
    sheets_import(sheets, "policy",
                  "ref,title,kind,version,status,approved_by,approved_on\n"
                  "POL-1,One,procedure,1.0,approved,Jo Novak,2026-01-01\n");
    const char *said =
        try_import(sheets, &told, "policy", "ref,version,status\nPOL-1,1.1,in review\n");
    assert_non_null(strstr(said, "~2 POL-1||version:1.0>1.1|status:approved>in review\n"));
    sheets_import(sheets, "raci", "Activity,CEO\nRun audits,A\n");
    said = try_import(sheets, &told, "raci", "Activity,CEO,ISO\nRun audits,I,R\n");
    assert_non_null(strstr(said, "~2 Run audits||CEO:A>I|ISO:>R\n"));
    buffer_free(&told);
}

static void a_corrected_cell_is_read_in_place_of_the_files(void **state) {
    struct sheets *sheets = *state;
    struct buffer told = {0};
    const struct import_correction corrections[] = {{0, 3, 1, "2026-05-01"}, {0, 4, 0, "Cy"}};
    sheets->plan.corrections = corrections;
    sheets->plan.correction_count = COUNT(corrections);
    const char *text = "name,joined_on\nAnna,2026-01-01\nBo,May Day\nC\n";
    assert_string_equal(try_import(sheets, &told, "person", text),
                        "name=name joined_on=joined_on \n+2 Anna|\n+3 Bo|\n+4 Cy|\n");
    assert_string_equal(sheets_import(sheets, "person", text),
                        "3 new, 0 changed, 0 unchanged, 0 rejected");
    assert_string_equal(sheets_ask(sheets, "SELECT joined_on FROM person WHERE name = 'Bo'"),
                        "2026-05-01");
    buffer_free(&told);
}

static void the_good_rows_go_in_where_the_plan_says_so(void **state) {
    struct sheets *sheets = *state;
    sheets->plan.takes_good_rows = true;
    assert_string_equal(sheets_import(sheets, "person", "name,joined_on\nA,2026-01-01\nB,soon\n"),
                        "1 new, 0 changed, 0 unchanged, 1 rejected");
    assert_string_equal(sheets_ask(sheets, "SELECT count(*) FROM person"), "1");
}

static void a_trial_can_write_the_rejects_alone(void **state) {
    struct sheets *sheets = *state;
    sheets->plan.is_dry_run = true;
    sheets->plan.keeps_rejects = true;
    sheets->plan.rejects_path = place_path(sheets->place, "bad.csv");
    sheets_import(sheets, "person", "name,joined_on\nA,2026-01-01\nB,soon\n");
    assert_non_null(strstr(place_read(sheets->place, "bad.csv", NULL), "\r\nB,soon,3,"));
    assert_string_equal(sheets_ask(sheets, "SELECT count(*) FROM person"), "0");
}

static void prepare_version(struct sheets *sheets) {
    sheets_import(sheets, "person", "name\nAnna\nBo\n");
    sheets_import(sheets, "policy", "ref,title,kind\nPOL-1,One,procedure\n");
    assert_string_equal(sheets_import(sheets, "policy_version",
                                      "policy,version,status,approved_by,approved_on\n"
                                      "POL-1,1.0,approved,Anna,2026-01-01\nPOL-1,1.1,draft,,\n"),
                        "2 new, 0 changed, 0 unchanged, 0 rejected");
    buffer_clear(&sheets->said);
}

static const char changed_versions[] =
    "policy,version,status,approved_by,approved_on,location\n"
    "POL-1,1.0,approved,Bo,2026-02-01,wiki\nPOL-1,1.1,draft,,,wiki\n";

static void an_approved_version_is_held_until_it_is_let_through(void **state) {
    struct sheets *sheets = *state;
    struct buffer told = {0};
    prepare_version(sheets);
    sheets->plan.holds_finished = true;
    const char *said = try_import(sheets, &told, "policy_version", changed_versions);
    assert_non_null(strstr(said, "h2 POL-1/1.0||POL-1/1.0 was approved; the file changes its "
                                 "approved_by\n~3 POL-1/1.1||location:>wiki\n"));
    const struct import_correction lets_through = {0, 2, IMPORT_NOT_IMPORTED, ""};
    sheets->plan.corrections = &lets_through;
    sheets->plan.correction_count = 1;
    said = try_import(sheets, &told, "policy_version", changed_versions);
    assert_non_null(strstr(said, "~2 POL-1/1.0||approved_by:Anna>Bo|approved_on:2026-01-01>"));
    buffer_free(&told);
}

static void without_a_hold_an_approved_version_is_changed_with_a_warning(void **state) {
    struct sheets *sheets = *state;
    prepare_version(sheets);
    assert_string_equal(sheets_import(sheets, "policy_version", changed_versions),
                        "0 new, 2 changed, 0 unchanged, 0 rejected");
    assert_string_equal(buffer_text(&sheets->said),
                        "? in.csv:2: POL-1/1.0 was approved; the file changes its approved_by\n");
}

static void filling_and_confirming_overwrite_nothing(void **state) {
    struct sheets *sheets = *state;
    prepare_version(sheets);
    sheets->plan.holds_finished = true;
    assert_string_equal(
        sheets_import(sheets, "policy_version",
                      "policy,version,location,reviewed_on\nPOL-1,1.0,wiki,2026-03-01\n"),
        "0 new, 1 changed, 0 unchanged, 0 rejected");
    assert_string_equal(sheets_import(sheets, "policy_version",
                                      "policy,version,reviewed_on\nPOL-1,1.0,2026-04-01\n"),
                        "0 new, 1 changed, 0 unchanged, 0 rejected");
}

static void a_finished_assessment_is_held(void **state) {
    struct sheets *sheets = *state;
    struct buffer told = {0};
    sheets_begin_another(sheets, SEED_STARTER);
    sheets_import(sheets, "audit",
                  "ref,title,kind,auditor,starts_on\nA-1,One,internal,Jo,2026-11-01\n");
    buffer_clear(&sheets->said);
    assert_string_equal(
        sheets_import(sheets, "assessment",
                      "audit,requirement,state,result,note,assessed_on,assessed_by\n"
                      "A-1,5.1.a,done,conforms,seen,2026-11-02,Jo\n"),
        "1 new, 0 changed, 0 unchanged, 0 rejected");
    sheets->plan.holds_finished = true;
    const char *said =
        try_import(sheets, &told, "assessment", "audit,requirement,note\nA-1,5.1.a,not seen\n");
    assert_non_null(strstr(said, "h2 A-1/5.1.a||A-1/5.1.a is done; the file changes its "
                                 "note\n"));
    buffer_free(&told);
}

#define with_sheets(test) cmocka_unit_test_setup_teardown(test, sheets_setup, sheets_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        with_sheets(every_row_is_told_with_old_and_new_values),
        with_sheets(a_reference_that_waits_is_told_when_it_is_known),
        with_sheets(what_is_new_beside_the_row_is_told_as_its_change),
        with_sheets(a_corrected_cell_is_read_in_place_of_the_files),
        with_sheets(the_good_rows_go_in_where_the_plan_says_so),
        with_sheets(a_trial_can_write_the_rejects_alone),
        with_sheets(an_approved_version_is_held_until_it_is_let_through),
        with_sheets(without_a_hold_an_approved_version_is_changed_with_a_warning),
        with_sheets(filling_and_confirming_overwrite_nothing),
        with_sheets(a_finished_assessment_is_held),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
