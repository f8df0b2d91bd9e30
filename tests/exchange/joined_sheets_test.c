/* The sheets that join registers, with files as people write them. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "exchange/sheets.h"
#include "support/golden.h"

#define expect_import(sheets, sheet, text, counts)                                                 \
    assert_string_equal(sheets_import(sheets, sheet, text), counts)
#define expect_answer(sheets, sql, answer) assert_string_equal(sheets_ask(sheets, sql), answer)

/* Imports a file of tests/data/real, and appends what is said of it, with the file's bare name. */
static void import_real(struct sheets *sheets, const char *sheet, const char *name,
                        struct buffer *out) {
    struct buffer from = {0};
    buffer_addf(&from, "%s/data/real/%s", TESTS_DIR, name);
    char *text = place_read_path(buffer_text(&from), NULL);
    assert_non_null(text);
    const char *path = place_write(sheets->place, name, text);
    const char *counts = sheets_import_path(sheets, sheet, path);
    const char *folder = place_path(sheets->place, "");
    for (const char *at = buffer_text(&sheets->said); *at != '\0';) {
        size_t len = strlen(folder);
        if (strncmp(at, folder, len) == 0) {
            at += len + (at[len] == '/');
            continue;
        }
        buffer_add_byte(out, *at++);
    }
    buffer_addf(out, "%s\n", counts);
    free(text);
    buffer_free(&from);
}

static void the_real_policy_register_comes_in_but_for_one_row(void **state) {
    struct sheets *sheets = *state;
    struct buffer out = {0};
    sheets->plan.creates_missing = true;
    sheets->plan.rejects_path = place_path(sheets->place, "bad.csv");
    import_real(sheets, "policy", "document-control-register.csv", &out);
    buffer_add(&out, place_read(sheets->place, "bad.csv", NULL));
    buffer_add(&out, sheets_export(sheets, "policy"));
    buffer_add(&out, sheets_export(sheets, "role"));
    golden_expect("exchange", "document-control-register.txt", buffer_text(&out));
    buffer_clear(&out);
    sheets->plan.rejects_path = place_path(sheets->place, "bad2.csv");
    import_real(sheets, "policy", "document-control-register.csv", &out);
    assert_non_null(strstr(buffer_text(&out), "0 new, 0 changed, 25 unchanged, 1 rejected"));
    buffer_free(&out);
}

static void without_a_rejects_file_the_real_register_stays_out(void **state) {
    struct sheets *sheets = *state;
    struct buffer out = {0};
    sheets->plan.creates_missing = true;
    import_real(sheets, "policy", "document-control-register.csv", &out);
    assert_non_null(strstr(buffer_text(&out), "0 new, 0 changed, 0 unchanged, 1 rejected"));
    expect_answer(sheets, "SELECT (SELECT count(*) FROM policy) + (SELECT count(*) FROM role)",
                  "0");
    buffer_free(&out);
}

static void the_real_matrix_comes_in_but_for_its_legend(void **state) {
    struct sheets *sheets = *state;
    struct buffer out = {0};
    sheets->plan.creates_missing = true;
    sheets->plan.rejects_path = place_path(sheets->place, "bad.csv");
    import_real(sheets, "raci", "raci-matrix.csv", &out);
    buffer_add(&out, place_read(sheets->place, "bad.csv", NULL));
    buffer_add(&out, sheets_export(sheets, "raci"));
    buffer_add(&out, sheets_ask(sheets, "SELECT group_concat(ref || ' ' || clause, '; ') FROM "
                                        "(SELECT * FROM activity ORDER BY ref) "
                                        "WHERE clause IS NOT NULL"));
    buffer_add(&out, "\n");
    golden_expect("exchange", "raci-matrix.txt", buffer_text(&out));
    expect_answer(sheets, "SELECT count(*) FROM role", "7");
    expect_answer(sheets, "SELECT count(*) FROM responsibility WHERE code = 'A/R'", "4");
    buffer_free(&out);
}

static void what_the_matrix_gives_it_takes_back(void **state) {
    struct sheets *sheets = *state;
    struct buffer out = {0};
    sheets->plan.creates_missing = true;
    sheets->plan.rejects_path = place_path(sheets->place, "bad.csv");
    import_real(sheets, "raci", "raci-matrix.csv", &out);
    buffer_clear(&out);
    buffer_add(&out, sheets_export(sheets, "raci"));
    sheets->plan.rejects_path = NULL;
    expect_import(sheets, "raci", buffer_text(&out), "0 new, 0 changed, 19 unchanged, 0 rejected");
    sheets_begin_another(sheets, SEED_EMPTY);
    expect_import(sheets, "raci", buffer_text(&out), "19 new, 0 changed, 0 unchanged, 0 rejected");
    assert_string_equal(sheets_export(sheets, "raci"), buffer_text(&out));
    buffer_free(&out);
}

static void a_matrix_of_unknown_roles_is_refused_cell_by_cell(void **state) {
    struct sheets *sheets = *state;
    sheets_import(sheets, "activity", "ref,title\nACT-001,Audit\n");
    sheets_import(sheets, "role", "ref,title,kind\nISO,Officer,isms\n");
    expect_import(sheets, "raci", "Activity,Officer (ISO),CEO\nAudit,R,\n",
                  "0 new, 1 changed, 0 unchanged, 0 rejected");
    expect_import(sheets, "raci", "Activity,ISO,CEO\nAudit,X,\nACT-001,R,A\nNone,R,\n",
                  "0 new, 0 changed, 0 unchanged, 3 rejected");
    const char *said = buffer_text(&sheets->said);
    assert_non_null(strstr(said, "! in.csv:2: ISO: \"X\" is not one of the choices"));
    assert_non_null(strstr(said, "! in.csv:3: CEO: the column's role is not in this workbook"));
    assert_non_null(strstr(said, "! in.csv:4: Activity: \"None\" is no activity of this workbook"));
}

static void an_approved_version_supersedes_the_one_before(void **state) {
    struct sheets *sheets = *state;
    sheets->plan.creates_missing = true;
    sheets_import(sheets, "policy",
                  "ref,title,kind,version,status,approved_by,approved_on,effective_on\n"
                  "P-1,One,Policy,1.0,Published,Jo Novak,2026-01-10,2026-02-01\n");
    expect_answer(sheets, "SELECT next_review_on FROM policy", "2027-02-01");
    expect_import(sheets, "policy",
                  "ref,version,status,approved_by,approved_on\nP-1,2.0,Live,Jo Novak,2026-06-01\n",
                  "0 new, 1 changed, 0 unchanged, 0 rejected");
    expect_answer(sheets,
                  "SELECT group_concat(version || ' ' || status, ', ') FROM "
                  "(SELECT * FROM policy_version ORDER BY version)",
                  "1.0 superseded, 2.0 approved");
    expect_answer(sheets, "SELECT next_review_on FROM policy", "2027-06-01");
}

static void empty_cells_of_the_version_leave_it_alone(void **state) {
    struct sheets *sheets = *state;
    sheets->plan.creates_missing = true;
    const char *text = "ref,title,kind,version,status,approved_by,approved_on,next_review_on\n"
                       "P-1,One,procedure,1.0,approved,Jo Novak,2026-01-10,\n";
    sheets_import(sheets, "policy", text);
    expect_import(sheets, "policy", text, "0 new, 0 changed, 1 unchanged, 0 rejected");
    expect_import(sheets, "policy", "ref,version,status,approved_by,approved_on\nP-1,,,,\n",
                  "0 new, 0 changed, 1 unchanged, 0 rejected");
    expect_import(sheets, "policy", "ref,reviewed_on\nP-1,2026-05-05\n",
                  "0 new, 1 changed, 0 unchanged, 0 rejected");
    expect_answer(sheets,
                  "SELECT version || status || approved_on || reviewed_on FROM policy_version",
                  "1.0approved2026-01-102026-05-05");
    expect_answer(sheets, "SELECT next_review_on FROM policy", "2027-05-05");
}

static void kinds_that_are_no_choice_are_other_and_cycles_are_derived(void **state) {
    struct sheets *sheets = *state;
    sheets_import(sheets, "policy",
                  "ref,title,kind,version,status,reviewed_on,next_review_on\n"
                  "P-1,Information Security Policy,Policy,1,draft,2026-01-31,2027-07-31\n"
                  "P-2,Access,Policy,1,draft,,\nP-3,Risks,Record,1,draft,,\n"
                  "P-4,Odd,Scroll,1,draft,,\nP-5,How,Procedure,,,,\n");
    expect_answer(sheets,
                  "SELECT group_concat(kind, ', ') FROM (SELECT * FROM policy ORDER BY ref)",
                  "information security policy, topic policy, other, other, procedure");
    expect_answer(sheets, "SELECT group_concat(review_months) FROM policy", "18");
}

static void a_row_of_a_joined_sheet_goes_in_whole_or_not_at_all(void **state) {
    struct sheets *sheets = *state;
    sheets->plan.creates_missing = true;
    sheets->plan.rejects_path = place_path(sheets->place, "bad.csv");
    expect_import(sheets, "policy",
                  "ref,title,kind,owner,version,status\n"
                  "P-1,One,procedure,HR Lead,1.0,approved\nP-2,Two,procedure,HR Lead,1.0,draft\n",
                  "1 new, 0 changed, 0 unchanged, 1 rejected");
    expect_answer(sheets,
                  "SELECT (SELECT group_concat(ref) FROM policy) || ' ' ||"
                  " (SELECT group_concat(ref) FROM role)",
                  "P-2 HL");
}

static void an_objective_brings_its_kpi_and_its_measurement(void **state) {
    struct sheets *sheets = *state;
    const char *text = "ref,title,status,kpi,unit,baseline,target,frequency,value,measured_on\n"
                       "O-1,Fewer clicks,on track,Click rate,%,5.8,5,quarterly,4.2,2026-03-31\n"
                       "O-2,Plain,not started,,,,,,,\n";
    expect_import(sheets, "objective", text, "2 new, 0 changed, 0 unchanged, 0 rejected");
    expect_import(sheets, "objective", text, "0 new, 0 changed, 2 unchanged, 0 rejected");
    expect_answer(sheets, "SELECT title || ' ' || direction FROM kpi", "Click rate down");
    expect_import(sheets, "objective", "ref,value,measured_on\nO-1,3.9,2026-06-30\n",
                  "0 new, 1 changed, 0 unchanged, 0 rejected");
    const char *exported = sheets_export(sheets, "objective");
    assert_non_null(strstr(exported, ",%,down,5.8,5,quarterly,3.9,2026-06-30\r\n"));
    expect_import(sheets, "objective", exported, "0 new, 0 changed, 2 unchanged, 0 rejected");
    expect_import(sheets, "objective", "ref,value,measured_on\nO-2,1,2026-06-30\nO-1,2,\n",
                  "0 new, 0 changed, 0 unchanged, 2 rejected");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sheets_setup, sheets_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_real_policy_register_comes_in_but_for_one_row),
        TEST(without_a_rejects_file_the_real_register_stays_out),
        TEST(the_real_matrix_comes_in_but_for_its_legend),
        TEST(what_the_matrix_gives_it_takes_back),
        TEST(a_matrix_of_unknown_roles_is_refused_cell_by_cell),
        TEST(an_approved_version_supersedes_the_one_before),
        TEST(empty_cells_of_the_version_leave_it_alone),
        TEST(kinds_that_are_no_choice_are_other_and_cycles_are_derived),
        TEST(a_row_of_a_joined_sheet_goes_in_whole_or_not_at_all),
        TEST(an_objective_brings_its_kpi_and_its_measurement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
