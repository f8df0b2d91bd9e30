/* What an import finds out about a file, and what it does with it: titles above the table, rows
 * below it, the order of dates, the sign before fractions, names and several values in a cell. */
#include "clause5/exchange/import_found.h"

#include <string.h>

#include "clause5/base/memory.h"
#include "exchange/sheets.h"

#define expect_import(sheets, sheet, text, counts)                                                 \
    assert_string_equal(sheets_import(sheets, sheet, text), counts)

static void expect_told(struct sheets *sheets, const char *part) {
    if (strstr(buffer_text(&sheets->said), part) == NULL) {
        fail_msg("\"%s\" is not said in: %s", part, buffer_text(&sheets->said));
    }
}

#define ALL_NEW(count)      count " new, 0 changed, 0 unchanged, 0 rejected"
#define ALL_REJECTED(count) "0 new, 0 changed, 0 unchanged, " count " rejected"

static void titles_above_the_header_are_passed_over_and_named(void **state) {
    struct sheets *sheets = *state;
    expect_import(sheets, "policy",
                  "Document register, \"Acme\"\nExported on 2026-03-01 by HR\n,,\n\n"
                  "Doc ID;Title;Type\nP-1;One, two;Procedure\nP-2;Three;Standard\n",
                  ALL_NEW("2"));
    expect_told(sheets, "? in.csv:1: lines 1 to 3 are passed over: the header is in line 5\n");
    assert_string_equal(sheets_ask(sheets, "SELECT title FROM policy WHERE ref = 'P-1'"),
                        "One, two");
    expect_import(sheets, "person", "Staff list\nName\nAnna Weber\n", ALL_NEW("1"));
    expect_told(sheets, "? in.csv:1: passed over: the header is in line 2\n");
    sheets->plan.creates_missing = true;
    expect_import(sheets, "raci", "Who does what\n\nWhat,CEO,ISO\nBackup,A,R\nTotal,1,1\n",
                  ALL_REJECTED("1"));
    expect_told(sheets, "in.csv:5: a row that begins with \"Total\"");
}

static void rows_that_are_no_records_are_rejected(void **state) {
    struct sheets *sheets = *state;
    sheets->plan.takes_good_rows = true;
    expect_import(sheets, "person",
                  "Name,Department\nAnna Weber,IT\nName,Department\nTotal: 1,\n,Total\n"
                  "Note: as of March,\n3 records,\nExported on 2026-01-01\nSum Kim,HR\n",
                  "2 new, 0 changed, 0 unchanged, 6 rejected");
    assert_string_equal(sheets_ask(sheets, "SELECT group_concat(name, '|') FROM person"),
                        "Anna Weber|Sum Kim");
}

static void columns_without_a_name_at_the_end_are_nothing(void **state) {
    struct sheets *sheets = *state;
    expect_import(sheets, "person", "name;department;;\nA;IT;;\nB;HR\nC;;\n", ALL_NEW("3"));
    assert_string_equal(buffer_text(&sheets->said), "");
    expect_import(sheets, "person", "name;department;;\nD;IT;lost;\n",
                  "1 new, 0 changed, 0 "
                  "unchanged, 0 rejected");
    expect_told(sheets, "column 3 has no name and is left out");
}

static void a_file_without_a_header_is_asked_about(void **state) {
    struct sheets *sheets = *state;
    const char *text = "P-1,One,procedure\nP-2,Two,standard\n";
    assert_non_null(strstr(sheets_import(sheets, "policy", text), "in.csv has no header"));
    static const struct import_map maps[] = {{"1", "ref"}, {"2", "title"}, {"3", "kind"}};
    sheets->plan.maps = maps;
    sheets->plan.map_count = COUNT(maps);
    expect_import(sheets, "policy", text, ALL_NEW("2"));
    sheets->plan.header_line = 1;
    expect_import(sheets, "policy", "Nummer,Name,Art\nP-3,Three,procedure\n", ALL_NEW("1"));
}

static void a_date_against_the_told_order_says_what_it_could_be(void **state) {
    struct sheets *sheets = *state;
    sheets->plan.dates = IMPORT_DATES_DMY;
    expect_import(sheets, "person", "name,joined_on\nAnna,4/13/2026\nBo,3/4/2026\n",
                  ALL_REJECTED("1"));
    expect_told(sheets, "joined_on: \"4/13/2026\" is no date in the order of --dates (use "
                        "YYYY-MM-DD); 2026-04-13 could be meant");
}

static void a_code_page_that_was_guessed_is_said(void **state) {
    struct sheets *sheets = *state;
    expect_import(sheets, "person", "name\nJ\xF6rg M\xFCller\n", ALL_NEW("1"));
    expect_told(sheets, "? in.csv is no Unicode and is read as WINDOWS-1252");
    sheets->plan.format.encoding = "windows-1252";
    expect_import(sheets, "person", "name\nIr\xE8ne\n", ALL_NEW("1"));
    assert_string_equal(buffer_text(&sheets->said), "");
}

/* Imports measurements of K1 whose cells stand in TEXT, a line each: date;value. */
static const char *import_measured(struct sheets *sheets, const char *text) {
    struct buffer file = {0};
    sheets_begin_another(sheets, SEED_EMPTY);
    struct import_plan plan = sheets->plan;
    sheets->plan = (struct import_plan){0};
    sheets_import(sheets, "kpi",
                  "ref,title,direction,frequency,source,target\nK1,K,down,monthly,measured,1\n");
    sheets->plan = plan;
    buffer_add(&file, "kpi;measured_on;value;note\n");
    while (*text != '\0') {
        size_t len = strcspn(text, "\n");
        buffer_addf(&file, "K1;%.*s;\n", (int)len, text);
        text += len + (text[len] == '\n');
    }
    const char *counts = sheets_import(sheets, "measurement", buffer_text(&file));
    buffer_free(&file);
    return counts;
}

static const char *measured(struct sheets *sheets) {
    return sheets_ask(sheets, "SELECT group_concat(measured_on || '=' || value, ' ') FROM"
                              " (SELECT measured_on, value FROM measurement ORDER BY measured_on)");
}

static void one_date_decides_for_its_column(void **state) {
    struct sheets *sheets = *state;
    assert_string_equal(import_measured(sheets, "03/04/2026;1\n31/03/2026 14:05;2\n"),
                        ALL_NEW("2"));
    assert_string_equal(measured(sheets), "2026-03-31=2.0 2026-04-03=1.0");
    assert_string_equal(import_measured(sheets, "03/04/2026;1\n3/31/2026;2\n"), ALL_NEW("2"));
    assert_string_equal(measured(sheets), "2026-03-04=1.0 2026-03-31=2.0");
    assert_string_equal(import_measured(sheets, "03.04.2026;1\n05.05.2026;2\n"), ALL_REJECTED("1"));
    expect_told(sheets, "in.csv:2: measured_on: \"03.04.2026\" can be two days (say with --dates");
    sheets->plan.dates = IMPORT_DATES_DMY;
    assert_string_equal(import_measured(sheets, "03.04.2026;1\n05.05.26;2\n"), ALL_NEW("2"));
    assert_string_equal(measured(sheets), "2026-04-03=1.0 2026-05-05=2.0");
}

static void contradicting_dates_leave_the_others_open(void **state) {
    struct sheets *sheets = *state;
    assert_string_equal(import_measured(sheets, "13/04/2026;1\n04/14/2026;2\n01/02/2026;3\n"),
                        ALL_REJECTED("1"));
    expect_told(sheets, "in.csv:4: measured_on: \"01/02/2026\" can be two days");
}

static void years_of_two_digits_are_asked(void **state) {
    struct sheets *sheets = *state;
    assert_string_equal(import_measured(sheets, "31.03.26;1\n"), ALL_REJECTED("1"));
    expect_told(sheets, "has a year of two digits (write all four, or say with --dates");
    expect_told(sheets, "; 2026-03-31 could be meant");
}

static void numbers_of_days_count_only_where_all_are(void **state) {
    struct sheets *sheets = *state;
    assert_string_equal(import_measured(sheets, "46112;1\n46113.5;2\n"), ALL_NEW("2"));
    assert_string_equal(measured(sheets), "2026-03-31=1.0 2026-04-01=2.0");
    assert_string_equal(import_measured(sheets, "46112;1\n2026-04-01;2\n"), ALL_REJECTED("1"));
    expect_told(sheets, "in.csv:2: measured_on: \"46112\" is a spreadsheet's number of a day");
}

static void one_number_decides_the_sign_before_fractions(void **state) {
    struct sheets *sheets = *state;
    assert_string_equal(import_measured(sheets, "2026-01-01;1.234\n2026-01-02;1,5\n"),
                        ALL_NEW("2"));
    assert_string_equal(measured(sheets), "2026-01-01=1234.0 2026-01-02=1.5");
    assert_string_equal(import_measured(sheets, "2026-01-01;1,234\n2026-01-02;1.5\n"),
                        ALL_NEW("2"));
    assert_string_equal(measured(sheets), "2026-01-01=1234.0 2026-01-02=1.5");
    assert_string_equal(import_measured(sheets, "2026-01-01;1.234\n"), ALL_NEW("1"));
    assert_string_equal(measured(sheets), "2026-01-01=1.234");
    assert_string_equal(import_measured(sheets, "2026-01-01;1,234\n"), ALL_REJECTED("1"));
    expect_told(sheets, "\"1,234\" can be two numbers, 1234 or 1.234 (say with --decimal");
    sheets->plan.decimal = IMPORT_DECIMAL_COMMA;
    assert_string_equal(import_measured(sheets, "2026-01-01;1,234\n2026-01-02;1.234\n"),
                        ALL_NEW("2"));
    assert_string_equal(measured(sheets), "2026-01-01=1.234 2026-01-02=1234.0");
    assert_string_equal(import_measured(sheets, "2026-01-01;1.5\n"), ALL_REJECTED("1"));
}

static void a_column_of_mixed_signs_is_read_where_it_leaves_no_doubt(void **state) {
    struct sheets *sheets = *state;
    assert_string_equal(import_measured(sheets, "2026-01-01;1.5\n2026-01-02;1,5\n"), ALL_NEW("2"));
    assert_string_equal(import_measured(sheets, "2026-01-01;1.5\n2026-01-02;1,5\n"
                                                "2026-01-03;1.234\n"),
                        ALL_REJECTED("1"));
}

static void percent_signs_go_where_all_have_them(void **state) {
    struct sheets *sheets = *state;
    assert_string_equal(import_measured(sheets, "2026-01-01;4.2%\n2026-01-02;3 %\n"), ALL_NEW("2"));
    assert_string_equal(measured(sheets), "2026-01-01=4.2 2026-01-02=3.0");
    assert_string_equal(import_measured(sheets, "2026-01-01;4.2%\n2026-01-02;0.03\n"),
                        ALL_REJECTED("1"));
    expect_told(sheets, "; 4.2 could be meant");
}

/* The first rows say nothing, and a late one does: the file is looked at as a whole then. */
static void a_late_row_decides_too(void **state) {
    struct sheets *sheets = *state;
    struct buffer text = {0};
    buffer_add(&text, "name,joined_on\n");
    for (int i = 0; i < 6000; i++) {
        buffer_addf(&text, "P%05d,2026-01-%02d\n", i, i % 28 + 1);
    }
    buffer_add(&text, "Late,03/04/2026\nLater,31/03/2026\n");
    expect_import(sheets, "person", buffer_text(&text), ALL_NEW("6002"));
    assert_string_equal(sheets_ask(sheets, "SELECT joined_on FROM person WHERE name = 'Late'"),
                        "2026-04-03");
    buffer_free(&text);
}

static void people_may_stand_last_name_first(void **state) {
    struct sheets *sheets = *state;
    expect_import(sheets, "person",
                  "name;department\nAnna Weber;IT\nSchulz, Markus;HR\n"
                  "Acme, Inc;X\n",
                  ALL_NEW("3"));
    expect_told(sheets, ". in.csv:3: \"Schulz, Markus\" is read as \"Markus Schulz\"\n");
    expect_import(sheets, "person", "name;department\nWeber, Anna;Lab\n",
                  "0 new, 1 changed, 0 unchanged, 0 rejected");
    expect_import(sheets, "policy", "ref;title;kind;owner\nP-1;One;procedure;Weber, Anna\n",
                  ALL_NEW("1"));
    assert_string_equal(
        sheets_ask(sheets, "SELECT p.name FROM policy JOIN person p ON p.id = owner"),
        "Anna Weber");
    assert_string_equal(sheets_ask(sheets,
                                   "SELECT group_concat(name, '|') FROM (SELECT name FROM person"
                                   " ORDER BY name)"),
                        "Acme, Inc|Anna Weber|Markus Schulz");
}

static void several_in_a_cell_of_a_link_are_a_row_each(void **state) {
    struct sheets *sheets = *state;
    sheets_import(sheets, "policy", "ref,title,kind\nP-1,One,procedure\nP-2,Two,procedure\n");
    sheets_import(sheets, "obligation", "ref,title,kind\nO-1,A,legal\nO-2,B,legal\nO-3,C,legal\n");
    expect_import(sheets, "policy_obligation",
                  "policy,obligation\nP-1,O-1; O-2\n\"P-1, P-2\",O-3\n", ALL_NEW("4"));
    expect_import(sheets, "policy_obligation", "policy,obligation\nP-1,O-1; O-2\nP-2,O-1\n",
                  "1 new, 0 changed, 2 unchanged, 0 rejected");
    sheets->plan.takes_good_rows = true;
    expect_import(sheets, "policy_obligation", "policy,obligation\nP-2,O-2; O-9\n",
                  ALL_REJECTED("1"));
    assert_string_equal(sheets_ask(sheets, "SELECT count(*) FROM policy_obligation"), "5");
    sheets_import(sheets, "evidence", "ref,title,kind\nE-1,Doc,document\n");
    expect_import(sheets, "evidence_link", "evidence,register,record\nE-1,policy,\"P-1\nP-2\"\n",
                  ALL_NEW("2"));
}

static void choices_and_ticks_are_read_by_the_words_people_use(void **state) {
    struct sheets *sheets = *state;
    expect_import(sheets, "action",
                  "ref,title,source,raised_on,status\nA-1,T,Audit,2026-01-01,Completed\n"
                  "A-2,T,Incident,2026-01-01,In-Progress\nA-3,T,Risk,2026-01-01,Not Started\n"
                  "A-4,T,Other,2026-01-01,OPEN\n",
                  ALL_NEW("4"));
    assert_string_equal(sheets_ask(sheets, "SELECT group_concat(status, '|') FROM (SELECT status"
                                           " FROM action ORDER BY ref)"),
                        "done|in progress|open|open");
    expect_import(sheets, "person",
                  "name,top_management\nA,x\nB,✓\nC,ja\nD,oui\nE,1\nF,TRUE\nG,n\nH,nein\n"
                  "I,0\nJ,FALSE\nK,\n",
                  ALL_NEW("11"));
    assert_string_equal(sheets_ask(sheets, "SELECT group_concat(coalesce(top_management, '-'), '')"
                                           " FROM (SELECT top_management FROM person ORDER BY "
                                           "name)"),
                        "yesyesyesyesyesyesnononono-");
}

static void keep_found(void *context, const struct import_found *found) {
    struct buffer *out = *(struct buffer **)context;
    buffer_clear(out);
    import_found_print(found, out);
}

static void what_was_found_is_told(void **state) {
    struct sheets *sheets = *state;
    struct buffer text = {0};
    struct buffer *found = &text;
    const char *file = "Budget\r\nID;Year;Type;Item;Planned;Approved on;Colour\r\n"
                       "R1;2026;Tools;SIEM;1.234,56;31.03.2026;red\r\n";
    struct fault fault = {0};
    struct import_outcome outcome;
    const struct import_plan plan = {.sheet = "resource",
                                     .path = place_write(sheets->place, "in.csv", file),
                                     .is_dry_run = true,
                                     .found = keep_found,
                                     .context = &found};
    assert_true(import_file(sheets->workbook, &plan, &outcome, &fault));
    const char *told = strchr(buffer_text(&text), ':');
    assert_string_equal(
        told,
        ": UTF-8, CRLF, delimiter ;, header in line 2 below 1 other\n"
        "column 1 \"ID\": ref, such as \"R1\"\n"
        "column 2 \"Year\": year, such as \"2026\"\n"
        "column 3 \"Type\": category, such as \"Tools\"\n"
        "column 4 \"Item\": title, such as \"SIEM\"\n"
        "column 5 \"Planned\": planned, decimal comma, as other cells of the column show, such as "
        "\"1.234,56\"\n"
        "column 6 \"Approved on\": approved_on, dates day first (dmy), as other cells of the "
        "column show, such as \"31.03.2026\"\n"
        "column 7 \"Colour\": left out, such as \"red\"\n");
    buffer_free(&text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sheets_setup, sheets_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(titles_above_the_header_are_passed_over_and_named),
        TEST(rows_that_are_no_records_are_rejected),
        TEST(columns_without_a_name_at_the_end_are_nothing),
        TEST(a_file_without_a_header_is_asked_about),
        TEST(a_date_against_the_told_order_says_what_it_could_be),
        TEST(a_code_page_that_was_guessed_is_said),
        TEST(one_date_decides_for_its_column),
        TEST(contradicting_dates_leave_the_others_open),
        TEST(years_of_two_digits_are_asked),
        TEST(numbers_of_days_count_only_where_all_are),
        TEST(one_number_decides_the_sign_before_fractions),
        TEST(a_column_of_mixed_signs_is_read_where_it_leaves_no_doubt),
        TEST(percent_signs_go_where_all_have_them),
        TEST(a_late_row_decides_too),
        TEST(people_may_stand_last_name_first),
        TEST(several_in_a_cell_of_a_link_are_a_row_each),
        TEST(choices_and_ticks_are_read_by_the_words_people_use),
        TEST(what_was_found_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
