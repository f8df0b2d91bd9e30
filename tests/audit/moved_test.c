/* Evidence that was moved as a whole is found again by what is in it. */
#include "clause5/audit/moved.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/seal.h"
#include "clause5/store/history.h"
#include "support/fixture.h"
#include "support/workbook.h"

/* A workbook in a place of its own; the fixture comes first, so that its helpers take both. */
struct desk {
    struct fixture fixture;
    struct place *place;
};

static int set_up(void **state) {
    struct desk *desk = calloc(1, sizeof *desk);
    assert_non_null(desk);
    desk->place = place_new();
    desk->fixture.workbook = support_workbook_new(desk->place);
    *state = desk;
    return 0;
}

static int tear_down(void **state) {
    struct desk *desk = *state;
    workbook_close(desk->fixture.workbook);
    place_free(desk->place);
    free(desk->fixture.said);
    free(desk);
    return 0;
}

static void put_sealed(struct desk *desk, const char *ref, const char *location, const char *text) {
    struct fault fault = {0};
    struct buffer cells = {0};
    place_write(desk->place, location, text);
    buffer_addf(&cells, "ref=%s|title=A|kind=document|location=%s", ref, location);
    int64_t id = put(&desk->fixture, REGISTER_EVIDENCE, buffer_text(&cells));
    assert_no_fault(seal_record(desk->fixture.workbook, REGISTER_EVIDENCE, id, &fault), &fault);
    buffer_free(&cells);
}

static void move(struct desk *desk, const char *from, const char *to) {
    struct buffer target = {0};
    buffer_add(&target, place_path(desk->place, to));
    assert_int_equal(rename(place_path(desk->place, from), buffer_text(&target)), 0);
    buffer_free(&target);
}

static void expect_moved(struct desk *desk, const char *folder, size_t missing, size_t found) {
    struct fault fault = {0};
    struct moved moved;
    assert_no_fault(moved_find(desk->fixture.workbook, folder, &moved, &fault), &fault);
    assert_int_equal(moved.missing, missing);
    assert_int_equal(moved.found, found);
}

static void a_folder_that_was_moved_is_found_and_one_undo_takes_it_back(void **state) {
    struct desk *desk = *state;
    struct fixture *fixture = &desk->fixture;
    struct fault fault = {0};
    char *label = NULL;
    place_make_folder(desk->place, "old/minutes");
    place_make_folder(desk->place, "archive");
    put_sealed(desk, "EV-1", "old/a.txt", "one");
    put_sealed(desk, "EV-2", "old/minutes/b.txt", "two");
    put_sealed(desk, "EV-3", "stays.txt", "three");
    move(desk, "old", "archive/2026");
    expect_moved(desk, NULL, 2, 2);
    assert_cell(fixture, REGISTER_EVIDENCE, "EV-1", "location", "archive/2026/a.txt");
    assert_cell(fixture, REGISTER_EVIDENCE, "EV-2", "location", "archive/2026/minutes/b.txt");
    assert_cell(fixture, REGISTER_EVIDENCE, "EV-3", "location", "stays.txt");
    assert_no_fault(history_undo(fixture->workbook, &label, &fault), &fault);
    assert_string_equal(label, "find moved evidence");
    assert_cell(fixture, REGISTER_EVIDENCE, "EV-1", "location", "old/a.txt");
    assert_cell(fixture, REGISTER_EVIDENCE, "EV-2", "location", "old/minutes/b.txt");
    free(label);
}

static void of_equal_files_the_one_of_the_same_name_is_taken(void **state) {
    struct desk *desk = *state;
    place_make_folder(desk->place, "old");
    place_make_folder(desk->place, "new");
    put_sealed(desk, "EV-1", "old/signed.txt", "same");
    put_sealed(desk, "EV-2", "old/copy.txt", "same");
    place_write(desk->place, "new/other.txt", "diff");
    move(desk, "old/copy.txt", "new/copy.txt");
    move(desk, "old/signed.txt", "new/signed.txt");
    expect_moved(desk, place_path(desk->place, "new"), 2, 2);
    assert_cell(&desk->fixture, REGISTER_EVIDENCE, "EV-1", "location", "new/signed.txt");
    assert_cell(&desk->fixture, REGISTER_EVIDENCE, "EV-2", "location", "new/copy.txt");
}

static void what_is_changed_or_nowhere_stays_missing(void **state) {
    struct desk *desk = *state;
    place_make_folder(desk->place, "new");
    put_sealed(desk, "EV-1", "a.txt", "one");
    assert_int_equal(remove(place_path(desk->place, "a.txt")), 0);
    place_write(desk->place, "new/a.txt", "oNe");
    expect_moved(desk, NULL, 1, 0);
    assert_cell(&desk->fixture, REGISTER_EVIDENCE, "EV-1", "location", "a.txt");
}

static void what_is_no_folder_is_refused(void **state) {
    struct desk *desk = *state;
    struct fault fault = {0};
    struct moved moved;
    const char *file = place_write(desk->place, "f", "");
    assert_false(moved_find(desk->fixture.workbook, file, &moved, &fault));
    assert_int_equal(fault.kind, FAULT_REFUSED);
    assert_non_null(strstr(fault_text(&fault), "is no folder"));
    assert_false(moved_find(desk->fixture.workbook, "/nowhere/at/all", &moved, &fault));
    assert_non_null(strstr(fault_text(&fault), "No such file"));
    fault_clear(&fault);
}

static void a_workbook_whose_file_is_gone_is_refused(void **state) {
    struct desk *desk = *state;
    struct fault fault = {0};
    struct moved moved;
    move(desk, "test.c5", "elsewhere.c5");
    assert_false(moved_find(desk->fixture.workbook, NULL, &moved, &fault));
    assert_int_equal(fault.kind, FAULT_FAILED);
    assert_non_null(strstr(fault_text(&fault), "test.c5: No such file"));
    fault_clear(&fault);
    assert_false(moved_find(desk->fixture.workbook, place_path(desk->place, ""), &moved, &fault));
    fault_clear(&fault);
    move(desk, "elsewhere.c5", "test.c5");
}

static bool stop(void *context) {
    (void)context;
    return true;
}

static void stopping_leaves_every_place_as_it_was(void **state) {
    struct desk *desk = *state;
    struct fault fault = {0};
    struct moved moved;
    place_make_folder(desk->place, "new");
    put_sealed(desk, "EV-1", "a.txt", "one");
    move(desk, "a.txt", "new/a.txt");
    workbook_watch(desk->fixture.workbook, stop, NULL);
    assert_false(moved_find(desk->fixture.workbook, NULL, &moved, &fault));
    assert_int_equal(fault.kind, FAULT_STOPPED);
    workbook_watch(desk->fixture.workbook, NULL, NULL);
    assert_cell(&desk->fixture, REGISTER_EVIDENCE, "EV-1", "location", "a.txt");
    fault_clear(&fault);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_folder_that_was_moved_is_found_and_one_undo_takes_it_back),
        TEST(of_equal_files_the_one_of_the_same_name_is_taken),
        TEST(what_is_changed_or_nowhere_stays_missing),
        TEST(what_is_no_folder_is_refused),
        TEST(a_workbook_whose_file_is_gone_is_refused),
        TEST(stopping_leaves_every_place_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
