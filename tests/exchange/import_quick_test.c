/* Imports of files that are long enough to go the quick way: what comes out is what row by row
 * would have been, the file's indexes and history are whole, and what is wrong names its line. */
#include "clause5/exchange/import.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/history.h"
#include "exchange/sheets.h"

enum { PEOPLE = 150, POLICIES = 60, ROWS = PEOPLE * POLICIES };

#define expect_import(sheets, sheet, text, counts)                                                 \
    assert_string_equal(sheets_import(sheets, sheet, text), counts)
#define expect_said(sheets, text) assert_string_equal(buffer_text(&(sheets)->said), text)

static const char indexes[] = "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema"
                              " WHERE tbl_name = 'acknowledgement' ORDER BY name)";

/* Which row stands at a place: all of them once, in order or far apart. */
static int row_at(int place, bool is_shuffled) {
    return is_shuffled ? (int)((int64_t)place * 3643 % ROWS) : place;
}

static void add_row(struct buffer *text, int row, const char *channel) {
    buffer_addf(text, "POL-%03d,1.0,Person %03d,2026-01-%02d,%s,\"note %d\"\n", row % POLICIES + 1,
                row / POLICIES + 1, row % 28 + 1, channel, row);
}

static char *write_rows(bool is_shuffled) {
    struct buffer text = {0};
    buffer_add(&text, "policy,version,person,acknowledged_on,channel,note\n");
    for (int place = 0; place < ROWS; place++) {
        add_row(&text, row_at(place, is_shuffled), "portal");
    }
    return buffer_take(&text);
}

/* Puts people and policies with an approved version into the workbook. */
static void fill(struct sheets *sheets) {
    struct buffer people = {0}, policies = {0}, versions = {0};
    buffer_add(&people, "name\n");
    buffer_add(&policies, "ref,title,kind\n");
    buffer_add(&versions, "policy,version,status\n");
    for (int i = 1; i <= PEOPLE; i++) {
        buffer_addf(&people, "Person %03d\n", i);
    }
    for (int i = 1; i <= POLICIES; i++) {
        buffer_addf(&policies, "POL-%03d,Policy %d,procedure\n", i, i);
        buffer_addf(&versions, "POL-%03d,1.0,draft\n", i);
    }
    sheets_import(sheets, "person", people.bytes);
    sheets_import(sheets, "policy", policies.bytes);
    sheets_import(sheets, "policy_version", versions.bytes);
    buffer_free(&people);
    buffer_free(&policies);
    buffer_free(&versions);
}

static int set_up(void **state) {
    int result = sheets_setup(state);
    if (result == 0) {
        fill(*state);
    }
    return result;
}

static void assert_is_whole(struct sheets *sheets) {
    if (!history_verify(sheets->workbook, &sheets->fault)) {
        fail_msg("%s", fault_text(&sheets->fault));
    }
    assert_string_equal(sheets_ask(sheets, "SELECT integrity_check FROM pragma_integrity_check"),
                        "ok");
    assert_string_equal(sheets_ask(sheets, "SELECT count(*) FROM pragma_foreign_key_check"), "0");
}

static const char *export_of(bool is_shuffled, void **state) {
    struct sheets *sheets = *state;
    char *text = write_rows(is_shuffled);
    expect_import(sheets, "acknowledgement", text, "9000 new, 0 changed, 0 unchanged, 0 rejected");
    free(text);
    return sheets_export(sheets, "acknowledgement");
}

static void a_long_file_is_imported_row_for_row_in_any_order(void **state) {
    struct sheets *sheets = *state;
    struct buffer expected = {0};
    const char *exported = export_of(true, state);
    buffer_add(&expected, "policy,version,person,acknowledged_on,channel,note\r\n");
    for (int policy = 0; policy < POLICIES; policy++) {
        for (int person = 0; person < PEOPLE; person++) {
            int row = person * POLICIES + policy;
            buffer_addf(&expected, "POL-%03d,1.0,Person %03d,2026-01-%02d,portal,note %d\r\n",
                        policy + 1, person + 1, row % 28 + 1, row);
        }
    }
    assert_string_equal(exported, buffer_text(&expected));
    buffer_free(&expected);
    assert_is_whole(sheets);
}

static void the_indexes_are_the_same_text_after_a_long_file(void **state) {
    struct sheets *sheets = *state;
    char *before = memory_copy_text(sheets_ask(sheets, indexes));
    assert_non_null(strstr(before, "key_of_acknowledgement"));
    export_of(false, state);
    assert_string_equal(sheets_ask(sheets, indexes), before);
    free(before);
    assert_is_whole(sheets);
}

static void a_long_import_is_one_batch_of_one_range(void **state) {
    struct sheets *sheets = *state;
    int batches = sheets_count_batches(sheets);
    export_of(false, state);
    assert_int_equal(sheets_count_batches(sheets), batches + 1);
    assert_string_equal(sheets_ask(sheets,
                                   "SELECT count(*) || ' of ' || sum(last_id - first_id + 1)"
                                   " FROM c5_change WHERE register = 'acknowledgement'"),
                        "1 of 9000");
}

static void undo_takes_a_long_import_back(void **state) {
    struct sheets *sheets = *state;
    char *label = NULL;
    export_of(false, state);
    assert_true(history_undo(sheets->workbook, &label, &sheets->fault));
    assert_string_equal(label, "import in.csv into acknowledgement");
    free(label);
    assert_string_equal(sheets_ask(sheets, "SELECT count(*) FROM acknowledgement"), "0");
    assert_is_whole(sheets);
}

static void a_long_file_imported_again_changes_nothing(void **state) {
    struct sheets *sheets = *state;
    export_of(false, state);
    int batches = sheets_count_batches(sheets);
    char *text = write_rows(true);
    expect_import(sheets, "acknowledgement", text, "0 new, 0 changed, 9000 unchanged, 0 rejected");
    free(text);
    assert_int_equal(sheets_count_batches(sheets), batches);
}

/* The file again, with the row at PLACE taking another channel, and MORE behind it. */
static char *write_again(int place, const char *more) {
    struct buffer text = {0};
    buffer_add(&text, "policy,version,person,acknowledged_on,channel,note\n");
    for (int row = 0; row < ROWS; row++) {
        add_row(&text, row, row == place ? "email" : "portal");
    }
    buffer_add(&text, more);
    return buffer_take(&text);
}

static void what_changed_late_in_a_long_file_is_changed(void **state) {
    struct sheets *sheets = *state;
    export_of(false, state);
    char *text = write_again(8500, "");
    expect_import(sheets, "acknowledgement", text, "0 new, 1 changed, 8999 unchanged, 0 rejected");
    assert_string_equal(
        sheets_ask(sheets, "SELECT note FROM acknowledgement WHERE channel = 'email'"),
        "note 8500");
    expect_import(sheets, "acknowledgement", text, "0 new, 0 changed, 9000 unchanged, 0 rejected");
    free(text);
    assert_is_whole(sheets);
}

static void a_key_that_comes_twice_late_names_both_lines(void **state) {
    struct sheets *sheets = *state;
    char *text = write_again(-1, "pol-060,1.0,Person 149,2026-02-01,email,twice\n");
    expect_import(sheets, "acknowledgement", text, "0 new, 0 changed, 0 unchanged, 1 rejected");
    expect_said(sheets, "! in.csv:9002: the same acknowledgement is in line 8941 already (each may "
                        "come once)\n");
    free(text);
    assert_string_equal(sheets_ask(sheets, "SELECT count(*) FROM acknowledgement"), "0");
    assert_is_whole(sheets);
}

static void with_a_rejects_file_all_but_the_second_of_a_key_go_in(void **state) {
    struct sheets *sheets = *state;
    sheets->plan.rejects_path = place_path(sheets->place, "bad.csv");
    char *text = write_again(-1, "POL-060,1.0,Person 149,2026-02-01,email,twice\n");
    expect_import(sheets, "acknowledgement", text, "9000 new, 0 changed, 0 unchanged, 1 rejected");
    free(text);
    assert_string_equal(sheets_ask(sheets, "SELECT count(*) FROM acknowledgement"
                                           " WHERE note = 'twice'"),
                        "0");
    assert_non_null(strstr(place_read(sheets->place, "bad.csv", NULL), "twice"));
    assert_is_whole(sheets);
}

/* Each way in which two rows of a file can speak of one record that was there before. */
static void a_record_spoken_of_twice_in_a_file_imported_again_names_both_lines(void **state) {
    struct sheets *sheets = *state;
    static const struct {
        int changed;
        const char *more;
    } cases[] = {
        {-1, "POL-060,1.0,Person 149,2026-01-08,portal,note 8939\n"}, /* both as it is */
        {-1, "POL-060,1.0,Person 149,2026-01-12,email,note 8939\n"},  /* then another */
        {8939,
         "POL-060,1.0,Person 149,2026-01-08,portal,note 8939\n"},      /* another, then as it was */
        {8939, "POL-060,1.0,Person 149,2026-01-08,email,note 8939\n"}, /* the same other twice */
        {-1, "POL-060,1.0,PERSON 149,2026-01-08,portal,note 8939\n"},  /* by other capitals */
    };
    export_of(false, state);
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *text = write_again(cases[i].changed, cases[i].more);
        expect_import(sheets, "acknowledgement", text, "0 new, 0 changed, 0 unchanged, 1 rejected");
        expect_said(sheets, "! in.csv:9002: the same acknowledgement is in line 8941 already (each "
                            "may come once)\n");
        free(text);
    }
}

static void a_rule_that_is_broken_late_names_its_line(void **state) {
    struct sheets *sheets = *state;
    char *text = write_rows(false);
    char *late = strstr(text, "note 8000");
    while (strncmp(late, ",1.0,", 5) != 0) {
        late--;
    }
    late[1] = '7';
    expect_import(sheets, "acknowledgement", text, "0 new, 0 changed, 0 unchanged, 1 rejected");
    assert_non_null(strstr(buffer_text(&sheets->said), "! in.csv:8002: version: "));
    assert_non_null(strstr(buffer_text(&sheets->said), "7.0"));
    free(text);
    assert_is_whole(sheets);
}

static void an_unknown_person_late_names_its_line(void **state) {
    struct sheets *sheets = *state;
    char *text = write_again(-1, "POL-001,1.0,Nobody,2026-02-01,email,\n");
    expect_import(sheets, "acknowledgement", text, "0 new, 0 changed, 0 unchanged, 1 rejected");
    expect_said(sheets, "! in.csv:9002: person: \"Nobody\" is no person of this workbook (add it "
                        "first, or use --create-missing)\n");
    free(text);
}

/* Asked every 512 rows. */
static bool stop_late(void *context, const struct import_progress *progress) {
    (void)context;
    return progress->rows > 8000;
}

static void a_stop_late_in_a_long_file_leaves_the_workbook_as_it_was(void **state) {
    struct sheets *sheets = *state;
    char *before = memory_copy_text(sheets_ask(sheets, indexes));
    int batches = sheets_count_batches(sheets);
    char *text = write_rows(false);
    sheets->plan.should_stop = stop_late;
    expect_import(sheets, "acknowledgement", text,
                  "the import was stopped; the workbook is as it was");
    sheets->plan.should_stop = NULL;
    assert_string_equal(sheets_ask(sheets, "SELECT count(*) FROM acknowledgement"), "0");
    assert_string_equal(sheets_ask(sheets, indexes), before);
    assert_int_equal(sheets_count_batches(sheets), batches);
    expect_import(sheets, "acknowledgement", text, "9000 new, 0 changed, 0 unchanged, 0 rejected");
    assert_is_whole(sheets);
    free(before);
    free(text);
}

/* The last question before the indexes are built turns the watcher of the workbook on. */
static bool wants_stop;

static bool stop_at_once(void *context) {
    (void)context;
    return wants_stop;
}

static bool ask_for_a_stop(void *context, const struct import_progress *progress) {
    (void)context;
    wants_stop = progress->rows > 8600;
    return false;
}

static void a_stop_while_the_indexes_are_built_leaves_the_workbook_as_it_was(void **state) {
    struct sheets *sheets = *state;
    char *before = memory_copy_text(sheets_ask(sheets, indexes));
    char *text = write_rows(true);
    workbook_watch(sheets->workbook, stop_at_once, NULL);
    sheets->plan.should_stop = ask_for_a_stop;
    expect_import(sheets, "acknowledgement", text, "stopped; nothing was changed");
    workbook_watch(sheets->workbook, NULL, NULL);
    assert_string_equal(sheets_ask(sheets, "SELECT count(*) FROM acknowledgement"), "0");
    assert_string_equal(sheets_ask(sheets, indexes), before);
    assert_is_whole(sheets);
    free(before);
    free(text);
}

static void a_dry_run_of_a_long_file_leaves_the_indexes(void **state) {
    struct sheets *sheets = *state;
    char *before = memory_copy_text(sheets_ask(sheets, indexes));
    char *text = write_rows(false);
    sheets->plan.is_dry_run = true;
    expect_import(sheets, "acknowledgement", text, "9000 new, 0 changed, 0 unchanged, 0 rejected");
    assert_string_equal(sheets_ask(sheets, "SELECT count(*) FROM acknowledgement"), "0");
    assert_string_equal(sheets_ask(sheets, indexes), before);
    free(before);
    free(text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, sheets_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_long_file_is_imported_row_for_row_in_any_order),
        TEST(the_indexes_are_the_same_text_after_a_long_file),
        TEST(a_long_import_is_one_batch_of_one_range),
        TEST(undo_takes_a_long_import_back),
        TEST(a_long_file_imported_again_changes_nothing),
        TEST(what_changed_late_in_a_long_file_is_changed),
        TEST(a_key_that_comes_twice_late_names_both_lines),
        TEST(with_a_rejects_file_all_but_the_second_of_a_key_go_in),
        TEST(a_record_spoken_of_twice_in_a_file_imported_again_names_both_lines),
        TEST(a_rule_that_is_broken_late_names_its_line),
        TEST(an_unknown_person_late_names_its_line),
        TEST(a_stop_late_in_a_long_file_leaves_the_workbook_as_it_was),
        TEST(a_stop_while_the_indexes_are_built_leaves_the_workbook_as_it_was),
        TEST(a_dry_run_of_a_long_file_leaves_the_indexes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
