/* The past that a merge brought along is proved like the workbook's own: edits, deletions and swaps
 * made behind the program's back are found. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/store/history.h"
#include "exchange/copies.h"
#include "support/testing.h"

static int set_up(void **state) {
    struct copies *copies = copies_new();
    put(copies->mia, REGISTER_POLICY, "ref=POL-001|title=Access|kind=topic policy");
    put(copies->mia, REGISTER_PERSON, "name=Otto Klein");
    copies_split(copies);
    change(copies->bea, REGISTER_POLICY, "POL-001", "scope=All sites");
    put(copies->bea, REGISTER_PERSON, "name=Carla Neu");
    drop(copies->bea, REGISTER_PERSON, "Otto Klein");
    change(copies->mia, REGISTER_POLICY, "POL-001", "title=Access control");
    put(copies->mia, REGISTER_PERSON, "name=Dora Alt");
    copies_merge(copies, MIA, BEA, MERGE_OPEN);
    change(copies->mia, REGISTER_POLICY, "POL-001", "summary=Since");
    *state = copies;
    return 0;
}

static int tear_down(void **state) {
    copies_free(*state);
    return 0;
}

static int append_triggers(void *context, int count, char **values, char **names) {
    (void)count;
    (void)names;
    buffer_addf(context, "%s;", values[0]);
    return 0;
}

/* Does to MIA's file what somebody with the sqlite3 shell can do: triggers are dropped and made
 * again. */
static void tamper(struct copies *copies, const char *sql) {
    struct buffer drops = {0};
    struct buffer triggers = {0};
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(place_path(copies->place, "eva.c5"), &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database,
                                  "SELECT 'DROP TRIGGER ' || name FROM sqlite_schema"
                                  " WHERE type = 'trigger'",
                                  append_triggers, &drops, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'",
                                  append_triggers, &triggers, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, buffer_text(&drops), NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_changes(database), 1);
    assert_int_equal(sqlite3_exec(database, buffer_text(&triggers), NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    buffer_free(&drops);
    buffer_free(&triggers);
}

static void assert_found(struct copies *copies, const char *sql) {
    struct fault fault = {0};
    struct clock clock = {0};
    size_t len_bytes = 0;
    char *bytes = place_read_path(place_path(copies->place, "mia.c5"), &len_bytes);
    place_write_bytes(copies->place, "eva.c5", bytes, len_bytes);
    free(bytes);
    tamper(copies, sql);
    struct workbook *workbook =
        workbook_open(place_path(copies->place, "eva.c5"), WORKBOOK_READ, &clock, &fault);
    assert_no_fault(workbook != NULL, &fault);
    if (history_verify(workbook, &fault)) {
        fail_msg("not found: %s", sql);
    }
    assert_int_equal(fault.kind, FAULT_REFUSED);
    fault_clear(&fault);
    workbook_close(workbook);
}

static void tampering_with_the_past_of_a_merged_copy_is_found(void **state) {
    static const char *const tamperings[] = {
        "UPDATE c5_other_batch SET actor = 'nobody' WHERE number = 4",
        "UPDATE c5_other_batch SET label = label || 'x' WHERE number = 5",
        "UPDATE c5_other_batch SET time = '2020-01-01T00:00:00.000Z' WHERE number = 6",
        "UPDATE c5_other_batch SET row_count = row_count + 1 WHERE number = 6",
        "UPDATE c5_other_batch SET number = 9 WHERE number = 6",
        "UPDATE c5_other_batch SET digest = zeroblob(32) WHERE number = 5",
        "DELETE FROM c5_other_batch WHERE number = 4",
        "DELETE FROM c5_other_batch WHERE number = 6",
        "DELETE FROM c5_other_change WHERE register = 'policy'",
        "UPDATE c5_other_change SET before = x'' WHERE register = 'policy'",
        "UPDATE c5_other_change SET touch = 'inserted' WHERE touch = 'deleted'",
        "UPDATE c5_other_change SET batch = zeroblob(32) WHERE register = 'policy'",
        "DELETE FROM c5_merge_change WHERE register = 'policy'",
        "UPDATE c5_merge_change SET before = x'' WHERE register = 'policy'",
        "UPDATE c5_merge_change SET batch = zeroblob(32) WHERE register = 'policy'",
        "INSERT INTO c5_merge_change SELECT batch, 'kpi', 5, 5, 'inserted', NULL, NULL"
        " FROM c5_merge_change LIMIT 1",
        "INSERT INTO c5_other_change SELECT batch, 'kpi', 5, 5, 'inserted', NULL, NULL"
        " FROM c5_other_change LIMIT 1",
        "INSERT INTO c5_other_batch SELECT zeroblob(32), number, kind, undoes, time, actor, label,"
        " clock_set, parent, merged, digest, row_count FROM c5_other_batch WHERE number = 6",
        "UPDATE c5_batch SET merged = NULL WHERE kind = 'merge'",
        "UPDATE c5_batch SET merged = zeroblob(32) WHERE kind = 'merge'",
        "UPDATE c5_batch SET kind = 'edit' WHERE kind = 'merge'",
    };
    struct copies *copies = *state;
    expect_sound(copies->mia);
    workbook_close(copies->mia->workbook);
    copies->mia->workbook = NULL;
    workbook_close(copies->eva->workbook);
    copies->eva->workbook = NULL;
    for (size_t i = 0; i < sizeof tamperings / sizeof tamperings[0]; i++) {
        assert_found(copies, tamperings[i]);
    }
}

static void a_copy_that_was_tampered_with_is_not_merged(void **state) {
    struct copies *copies = *state;
    struct fault fault = {0};
    struct clock clock = {0};
    workbook_close(copies->eva->workbook);
    copies->eva->workbook = NULL;
    tamper(copies, "UPDATE policy SET title = 'Forged'");
    struct workbook *theirs =
        workbook_open(place_path(copies->place, "eva.c5"), WORKBOOK_READ, &clock, &fault);
    assert_no_fault(theirs != NULL, &fault);
    assert_null(merge_open(copies->mia->workbook, theirs, &fault));
    assert_non_null(strstr(fault_text(&fault), "cannot be merged"));
    fault_clear(&fault);
    workbook_close(theirs);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tampering_with_the_past_of_a_merged_copy_is_found, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_copy_that_was_tampered_with_is_not_merged, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
