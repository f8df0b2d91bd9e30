/* Imports of plain registers: by key, all or nothing, and what is said of what cannot go in. */
#include "clause5/exchange/import.h"

#include <string.h>

#include "clause5/base/memory.h"
#include "exchange/sheets.h"

#define expect_import(sheets, sheet, text, counts)                                                 \
    assert_string_equal(sheets_import(sheets, sheet, text), counts)
#define expect_said(sheets, text) assert_string_equal(buffer_text(&(sheets)->said), text)

static void rows_are_new_changed_or_unchanged_by_key(void **state) {
    struct sheets *sheets = *state;
    expect_import(sheets, "person", "name,email\nAnna Weber,anna@x.example\nJo Novak,\n",
                  "2 new, 0 changed, 0 unchanged, 0 rejected");
    expect_import(sheets, "person", "name,department\nanna weber,IT\nJo Novak,\nEva Ek,HR\n",
                  "1 new, 1 changed, 1 unchanged, 0 rejected");
    assert_string_equal(sheets_export(sheets, "person"),
                        "name,email,job_title,department,organisation,top_management,competence,"
                        "joined_on,left_on\r\n"
                        "Anna Weber,anna@x.example,,IT,,,,,\r\n"
                        "Eva Ek,,,HR,,,,,\r\n"
                        "Jo Novak,,,,,,,,\r\n");
}

static void an_empty_cell_clears_and_a_missing_column_leaves_alone(void **state) {
    struct sheets *sheets = *state;
    sheets_import(sheets, "person", "name,email,department\nAnna Weber,anna@x.example,IT\n");
    expect_import(sheets, "person", "name,department\nAnna Weber,\n",
                  "0 new, 1 changed, 0 unchanged, 0 rejected");
    assert_string_equal(
        sheets_ask(sheets, "SELECT email || '|' || (department IS NULL) FROM person"),
        "anna@x.example|1");
}

static void importing_the_same_file_again_leaves_no_batch(void **state) {
    struct sheets *sheets = *state;
    const char *text = "ref,title,kind\nPOL-001,One,procedure\n";
    sheets_import(sheets, "policy", text);
    int batches = sheets_count_batches(sheets);
    expect_import(sheets, "policy", text, "0 new, 0 changed, 1 unchanged, 0 rejected");
    assert_int_equal(sheets_count_batches(sheets), batches);
}

static void an_import_is_one_named_batch(void **state) {
    struct sheets *sheets = *state;
    sheets_import(sheets, "person", "name\nA\nB\nC\n");
    assert_string_equal(sheets_ask(sheets, "SELECT label FROM c5_batch ORDER BY number DESC"),
                        "import in.csv into person");
    assert_int_equal(sheets_count_batches(sheets), 2);
}

static void one_rejected_row_means_that_nothing_is_imported(void **state) {
    struct sheets *sheets = *state;
    expect_import(sheets, "person", "name,joined_on\nA,2026-01-01\nB,soon\nC,\n",
                  "0 new, 0 changed, 0 unchanged, 1 rejected");
    expect_said(sheets, "! in.csv:3: joined_on: \"soon\" is not a date (use YYYY-MM-DD)\n");
    assert_string_equal(sheets_ask(sheets, "SELECT count(*) FROM person"), "0");
}

static void with_a_rejects_file_the_good_rows_go_in(void **state) {
    struct sheets *sheets = *state;
    sheets->plan.rejects_path = place_path(sheets->place, "bad.csv");
    expect_import(sheets, "person", "Name;Joined\nA;2026-01-01\nB;\"so;on\"\nC;\nA;\n",
                  "2 new, 0 changed, 0 unchanged, 2 rejected");
    assert_string_equal(place_read(sheets->place, "bad.csv", NULL),
                        "Name;Joined;line;reason\r\n"
                        "B;\"so;on\";3;\"Joined: \"\"so;on\"\" is not a date (use YYYY-MM-DD)\"\r\n"
                        "A;;5;Name: the same person is in line 2 already (each may come once)\r\n");
}

static void a_rejects_file_that_exists_is_not_replaced(void **state) {
    struct sheets *sheets = *state;
    sheets->plan.rejects_path = place_write(sheets->place, "bad.csv", "precious");
    assert_non_null(strstr(sheets_import(sheets, "person", "name\nA\n"), "exists already"));
    assert_string_equal(place_read(sheets->place, "bad.csv", NULL), "precious");
    assert_string_equal(sheets_ask(sheets, "SELECT count(*) FROM person"), "0");
}

static void a_dry_run_plans_and_stores_nothing(void **state) {
    struct sheets *sheets = *state;
    sheets->plan.is_dry_run = true;
    expect_import(sheets, "person", "name,joined_on\nA,\nB,soon\n",
                  "1 new, 0 changed, 0 unchanged, 1 rejected");
    assert_string_equal(sheets_ask(sheets, "SELECT count(*) FROM person"), "0");
}

static void references_may_name_later_rows(void **state) {
    struct sheets *sheets = *state;
    expect_import(sheets, "policy",
                  "ref,title,kind,parent\nP-2,Two,procedure,P-1\nP-1,One,standard,\n",
                  "2 new, 0 changed, 0 unchanged, 0 rejected");
    expect_import(sheets, "role",
                  "ref,title,kind,reports_to\nIT,IT,operational,CEO\nCEO,Chief,top management,\n",
                  "2 new, 0 changed, 0 unchanged, 0 rejected");
    assert_string_equal(sheets_ask(sheets, "SELECT b.ref FROM role a JOIN role b ON b.id = "
                                           "a.reports_to WHERE a.ref = 'IT'"),
                        "CEO");
    expect_import(sheets, "role", "ref,reports_to\nIT,\nCEO,\n",
                  "0 new, 1 changed, 1 unchanged, 0 rejected");
}

static void a_reference_to_nothing_rejects_its_row_and_those_that_need_it(void **state) {
    struct sheets *sheets = *state;
    const char *text = "ref,title,kind,parent\nP-3,Three,procedure,P-2\nP-2,Two,procedure,P-9\n"
                       "P-1,One,procedure,\n";
    expect_import(sheets, "policy", text, "0 new, 0 changed, 0 unchanged, 1 rejected");
    expect_said(sheets,
                "! in.csv:3: parent: \"P-9\" is no policy of this workbook (add it first)\n");
    sheets->plan.rejects_path = place_path(sheets->place, "bad.csv");
    expect_import(sheets, "policy", text, "1 new, 0 changed, 0 unchanged, 2 rejected");
    expect_said(sheets,
                "! in.csv:2: parent: \"P-2\" is no policy of this workbook (add it first)\n"
                "! in.csv:3: parent: \"P-9\" is no policy of this workbook (add it first)\n");
    assert_string_equal(sheets_ask(sheets, "SELECT group_concat(ref) FROM policy"), "P-1");
}

static void a_rule_between_rows_names_the_line(void **state) {
    struct sheets *sheets = *state;
    const char *text = "ref,title,kind,parent\nP-1,One,procedure,P-2\nP-2,Two,procedure,P-1\n"
                       "P-3,Three,procedure,\n";
    sheets_import(sheets, "policy", text);
    assert_int_equal(sheets->outcome.total.added, 0);
    assert_true(sheets->outcome.total.rejected > 0);
    assert_non_null(strstr(buffer_text(&sheets->said), "! in.csv:2: parent: "));
    sheets->plan.rejects_path = place_path(sheets->place, "bad.csv");
    sheets_import(sheets, "policy", text);
    assert_string_equal(sheets_ask(sheets, "SELECT group_concat(ref) FROM policy"), "P-3");
}

static void what_a_row_lacks_is_said_with_its_line(void **state) {
    struct sheets *sheets = *state;
    sheets_import(sheets, "role", "ref,title\nIT,IT\n");
    assert_non_null(strstr(buffer_text(&sheets->said), "! in.csv:2: kind: "));
    sheets_import(sheets, "person", "name,email\nA,a@x.example\nB,A@x.example\n");
    assert_non_null(strstr(buffer_text(&sheets->said), "! in.csv:3: email: "));
}

static void ragged_legend_and_broken_rows_are_rejected_never_shifted(void **state) {
    struct sheets *sheets = *state;
    expect_import(sheets, "person",
                  "name,department\nA,IT,extra\nB\nC,IT,,\nTotal,3\n\"D\"x,IT\n\nE,IT\n,,\n",
                  "0 new, 0 changed, 0 unchanged, 4 rejected");
    expect_said(sheets,
                "! in.csv:2: the row has 3 cells, the header 2 (put text with a delimiter in it "
                "into quotation marks)\n"
                "! in.csv:3: the row has 1 cell, the header 2 (put text with a delimiter in it "
                "into quotation marks)\n"
                "! in.csv:5: a row that begins with \"Total\" explains the table and is no record "
                "(delete it)\n"
                "! in.csv:6: the row cannot be read: a quotation mark stands where none may, or "
                "is never closed (inside a quoted cell write \"\")\n");
}

static void at_most_fifty_rows_are_named_and_the_rest_counted(void **state) {
    struct sheets *sheets = *state;
    struct buffer text = {0};
    buffer_add(&text, "name,joined_on\n");
    for (int i = 0; i < 60; i++) {
        buffer_addf(&text, "P%d,soon\n", i);
    }
    expect_import(sheets, "person", buffer_text(&text),
                  "0 new, 0 changed, 0 unchanged, 60 rejected");
    buffer_free(&text);
    const char *said = buffer_text(&sheets->said);
    int lines = 0;
    for (const char *at = said; (at = strchr(at, '\n')) != NULL; at++) {
        lines++;
    }
    assert_int_equal(lines, 51);
    assert_non_null(strstr(said, "! and 10 rejected rows more\n"));
}

static void at_most_fifty_makings_are_noted_and_the_rest_counted(void **state) {
    struct sheets *sheets = *state;
    struct buffer text = {0};
    sheets->plan.creates_missing = true;
    sheets->plan.rejects_path = place_path(sheets->place, "bad.csv");
    buffer_add(&text, "ref,title,kind,owner,reviewed_on\n");
    for (int i = 0; i < 60; i++) {
        buffer_addf(&text, "OB-%d,Title,legal,Jo Novak %d,%s\n", i, i, i == 7 ? "soon" : "");
    }
    expect_import(sheets, "obligation", buffer_text(&text),
                  "59 new, 0 changed, 0 unchanged, 1 rejected");
    buffer_free(&text);
    assert_string_equal(sheets_ask(sheets, "SELECT count(*) FROM person"), "59");
    assert_null(strstr(buffer_text(&sheets->said), "Jo Novak 7\""));
    assert_non_null(strstr(buffer_text(&sheets->said), ". and 9 notes more\n"));
}

static void headers_are_matched_by_name_label_and_habit(void **state) {
    struct sheets *sheets = *state;
    const struct import_map maps[] = {{"Chef", "job_title"}, {"Junk", ""}};
    sheets->plan.maps = maps;
    sheets->plan.map_count = COUNT(maps);
    expect_import(sheets, "person", "NAME,E-mail,Chef,Junk,Shoe size\nA,a@x.example,Boss,x,42\n",
                  "1 new, 0 changed, 0 unchanged, 0 rejected");
    expect_said(sheets, "? in.csv:1: column \"Shoe size\" is left out: it fits no field (name one "
                        "with --map \"Shoe size=FIELD\")\n");
    assert_string_equal(sheets_ask(sheets, "SELECT email || job_title FROM person"),
                        "a@x.exampleBoss");
    assert_non_null(strstr(sheets_import(sheets, "person", "name\nA\n"), "no column \"Chef\""));
    assert_int_equal(sheets->fault.kind, FAULT_USAGE);
}

static void a_second_column_of_a_field_is_named(void **state) {
    struct sheets *sheets = *state;
    expect_import(sheets, "person", "Name,E-mail,name,E-mail\nX,x@x.example,A,a@x.example\n",
                  "1 new, 0 changed, 0 unchanged, 0 rejected");
    expect_said(sheets, "? in.csv:1: column \"name\" is left out: another column has that field "
                        "(choose with --map)\n"
                        "? in.csv:1: column \"E-mail\" is left out: another column has that field "
                        "(choose with --map)\n");
}

static void a_person_called_total_comes_back_from_an_export(void **state) {
    struct sheets *sheets = *state;
    sheets->plan.creates_missing = true;
    sheets_import(sheets, "policy", "ref,title,kind,owner\nP-1,One,procedure,Total\n");
    const char *exported = sheets_export(sheets, "person");
    assert_non_null(strstr(exported, "Total,"));
    expect_import(sheets, "person", exported, "0 new, 0 changed, 1 unchanged, 0 rejected");
}

static void a_file_without_its_key_is_refused(void **state) {
    struct sheets *sheets = *state;
    assert_non_null(
        strstr(sheets_import(sheets, "person", "department\nIT\n"), "no column for name"));
    assert_int_equal(sheets->fault.kind, FAULT_REFUSED);
}

static void a_header_alone_is_nothing_and_no_bytes_are_a_fault(void **state) {
    struct sheets *sheets = *state;
    expect_import(sheets, "person", "name\n", "0 new, 0 changed, 0 unchanged, 0 rejected");
    assert_non_null(strstr(sheets_import(sheets, "person", ""), "is empty"));
    assert_int_equal(fault_exit_status(&sheets->fault), 1);
}

static void formula_apostrophes_come_off_unless_exact(void **state) {
    struct sheets *sheets = *state;
    sheets_import(sheets, "person", "name,department\n'=A,''-x\n");
    assert_string_equal(sheets_ask(sheets, "SELECT name || ' ' || department FROM person"),
                        "=A '-x");
    sheets->plan.is_exact = true;
    sheets_import(sheets, "person", "name,department\n=A,'+1 x\n");
    assert_string_equal(sheets_ask(sheets, "SELECT department FROM person"), "'+1 x");
}

static void dates_are_read_in_the_order_that_is_said(void **state) {
    struct sheets *sheets = *state;
    sheets->plan.dates = IMPORT_DATES_DMY;
    sheets_import(sheets, "person", "name,joined_on,left_on\nA,3.2.2026,2026-05-06\n");
    assert_string_equal(sheets_ask(sheets, "SELECT joined_on || left_on FROM person"),
                        "2026-02-032026-05-06");
    sheets->plan.dates = IMPORT_DATES_MDY;
    sheets_import(sheets, "person", "name,joined_on\nA,3/2/2026\n");
    assert_string_equal(sheets_ask(sheets, "SELECT joined_on FROM person"), "2026-03-02");
    expect_import(sheets, "person", "name,joined_on\nA,13/13/2026\n",
                  "0 new, 0 changed, 0 unchanged, 1 rejected");
}

static void missing_people_and_roles_are_made_when_asked_for(void **state) {
    struct sheets *sheets = *state;
    const char *text = "ref,title,kind,owner\nOB-1,One,legal,ISO\nOB-2,Two,legal,Jo Novak\n"
                       "OB-3,Three,legal,IT Operations Lead\nOB-4,Four,legal,Iso\n";
    sheets_import(sheets, "obligation", text);
    assert_non_null(strstr(buffer_text(&sheets->said),
                           "! in.csv:2: owner: \"ISO\" is no role or person of this workbook (add "
                           "it first, or use --create-missing)"));
    sheets->plan.creates_missing = true;
    expect_import(sheets, "obligation", text, "4 new, 0 changed, 0 unchanged, 0 rejected");
    assert_string_equal(sheets_ask(sheets, "SELECT group_concat(ref || '=' || kind) FROM "
                                           "(SELECT * FROM role ORDER BY ref)"),
                        "IOL=operational,ISO=operational");
    assert_string_equal(sheets_ask(sheets, "SELECT group_concat(name) FROM person"), "Jo Novak");
}

static void a_training_without_due_date_was_due_when_completed(void **state) {
    struct sheets *sheets = *state;
    sheets->plan.creates_missing = true;
    expect_import(sheets, "training",
                  "person,course,completed_on\nJo Novak,First aid,2026-02-03\n"
                  "Jo Novak,Fire drill,2026-02-03\n",
                  "2 new, 0 changed, 0 unchanged, 0 rejected");
    assert_string_equal(sheets_ask(sheets, "SELECT max(due_on) FROM training"), "2026-02-03");
    expect_import(sheets, "training", "person,course,completed_on\nJo Novak,First aid,2026-02-03\n",
                  "0 new, 0 changed, 1 unchanged, 0 rejected");
}

static void a_version_approved_on_no_day_was_approved_when_it_took_effect(void **state) {
    struct sheets *sheets = *state;
    sheets_import(sheets, "person", "name\nAnna Weber\n");
    sheets_import(sheets, "policy", "ref,title,kind\nP-1,One,procedure\n");
    const char *text = "policy,version,status,approved_by,effective_on\n"
                       "P-1,1.0,superseded,,2025-01-05\nP-1,2.0,approved,Anna Weber,2026-01-05\n";
    expect_import(sheets, "policy_version", text, "2 new, 0 changed, 0 unchanged, 0 rejected");
    expect_said(sheets, ". in.csv: 1 approved version has no approval date: the effective date "
                        "stands in (line 3)\n");
    assert_string_equal(sheets_ask(sheets, "SELECT group_concat(coalesce(approved_on, '-')) FROM "
                                           "(SELECT approved_on FROM policy_version ORDER BY "
                                           "version)"),
                        "-,2026-01-05");
    expect_import(sheets, "policy_version", text, "0 new, 0 changed, 2 unchanged, 0 rejected");
    expect_said(sheets, "");
}

/* contract.md: "Policy" is a topic policy, or the information security policy if so titled. */
static void a_kind_of_policy_that_is_none_of_the_list_is_other(void **state) {
    struct sheets *sheets = *state;
    expect_import(
        sheets, "policy",
        "Doc ID,Title,Type\nA,Access Policy,Policy\nB,Information security policy,Policy\n"
        "C,One,Procedure\nD,Two,Standard\nE,Three,Record\nF,Four,Guideline\n"
        "G,Five,Plan\n",
        "7 new, 0 changed, 0 unchanged, 0 rejected");
    assert_string_equal(sheets_ask(sheets, "SELECT group_concat(kind) FROM (SELECT kind FROM "
                                           "policy ORDER BY ref)"),
                        "topic policy,information security policy,procedure,standard,other,other,"
                        "other");
}

static void a_shipped_requirement_stays_as_shipped(void **state) {
    struct sheets *sheets = *state;
    expect_import(sheets, "requirement", "ref,title\n5.1.a,Mine\n",
                  "0 new, 0 changed, 1 unchanged, 0 rejected");
    expect_said(sheets, "? in.csv:2: 5.1.a is a line of the program's own checklist and stays as "
                        "shipped (own lines begin with X-)\n");
    expect_import(sheets, "requirement", "ref,clause,kind,title\nX-1,5.1,practice,Mine\n",
                  "1 new, 0 changed, 0 unchanged, 0 rejected");
}

static bool stop_at_once(void *context, const struct import_progress *progress) {
    (void)context;
    return progress->rows > 0;
}

static void a_stopped_import_leaves_everything_as_it_was(void **state) {
    struct sheets *sheets = *state;
    struct buffer text = {0};
    buffer_add(&text, "name\n");
    for (int i = 0; i < 2000; i++) {
        buffer_addf(&text, "P%d\n", i);
    }
    sheets->plan.should_stop = stop_at_once;
    assert_non_null(strstr(sheets_import(sheets, "person", buffer_text(&text)), "was stopped"));
    assert_int_equal(sheets->fault.kind, FAULT_STOPPED);
    assert_string_equal(sheets_ask(sheets, "SELECT count(*) FROM person"), "0");
    buffer_free(&text);
}

static void a_table_of_dialects_gives_the_same_rows(void **state) {
    struct sheets *sheets = *state;
    static const struct {
        const char *bytes;
        size_t len_bytes;
    } dialects[] = {
#define DIALECT(text) {text, sizeof text - 1}
        DIALECT("name,department\nJ\xC3\xB6rg,\"a;b\"\n"),
        DIALECT("\xEF\xBB\xBFname;department\r\nJ\xC3\xB6rg;\"a;b\"\r\n"),
        DIALECT("\xEF\xBB\xBF\"name\"\t\"department\"\rJ\xC3\xB6rg\ta;b\r"),
        DIALECT("name|department\nJ\xF6rg|a;b\n"),
        DIALECT("sep=;\nname;department\n\nJ\xF6rg;\"a;b\"\n\n"),
        DIALECT("\xFF\xFEn\0a\0m\0e\0,\0d\0e\0p\0a\0r\0t\0m\0e\0n\0t\0\n\0J\0\xF6\0r\0g\0,\0"
                "a\0;\0b\0"),
    };
    for (size_t i = 0; i < COUNT(dialects); i++) {
        const char *counts =
            sheets_import_bytes(sheets, "person", dialects[i].bytes, dialects[i].len_bytes);
        assert_string_equal(counts, i == 0 ? "1 new, 0 changed, 0 unchanged, 0 rejected"
                                           : "0 new, 0 changed, 1 unchanged, 0 rejected");
    }
    assert_string_equal(sheets_ask(sheets, "SELECT name || department FROM person"), "Jörga;b");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sheets_setup, sheets_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(rows_are_new_changed_or_unchanged_by_key),
        TEST(an_empty_cell_clears_and_a_missing_column_leaves_alone),
        TEST(importing_the_same_file_again_leaves_no_batch),
        TEST(an_import_is_one_named_batch),
        TEST(one_rejected_row_means_that_nothing_is_imported),
        TEST(with_a_rejects_file_the_good_rows_go_in),
        TEST(a_rejects_file_that_exists_is_not_replaced),
        TEST(a_dry_run_plans_and_stores_nothing),
        TEST(references_may_name_later_rows),
        TEST(a_reference_to_nothing_rejects_its_row_and_those_that_need_it),
        TEST(a_rule_between_rows_names_the_line),
        TEST(what_a_row_lacks_is_said_with_its_line),
        TEST(ragged_legend_and_broken_rows_are_rejected_never_shifted),
        TEST(at_most_fifty_rows_are_named_and_the_rest_counted),
        TEST(at_most_fifty_makings_are_noted_and_the_rest_counted),
        TEST(headers_are_matched_by_name_label_and_habit),
        TEST(a_second_column_of_a_field_is_named),
        TEST(a_person_called_total_comes_back_from_an_export),
        TEST(a_file_without_its_key_is_refused),
        TEST(a_header_alone_is_nothing_and_no_bytes_are_a_fault),
        TEST(formula_apostrophes_come_off_unless_exact),
        TEST(dates_are_read_in_the_order_that_is_said),
        TEST(missing_people_and_roles_are_made_when_asked_for),
        TEST(a_training_without_due_date_was_due_when_completed),
        TEST(a_version_approved_on_no_day_was_approved_when_it_took_effect),
        TEST(a_kind_of_policy_that_is_none_of_the_list_is_other),
        TEST(a_shipped_requirement_stays_as_shipped),
        TEST(a_stopped_import_leaves_everything_as_it_was),
        TEST(a_table_of_dialects_gives_the_same_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
