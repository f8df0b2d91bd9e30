/* An import under a disk that fails at a hundred points, spread from its first call to its last:
 * the workbook is as before or as after, no rejects file stands beside an old state, and the import
 * can be made again. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "clause5/exchange/import.h"
#include "clause5/store/history.h"
#include "clause5/store/record.h"
#include "support/faulty_disk.h"
#include "support/workbook.h"

enum { POINTS = 100, ROWS = 100, BAD_ROWS = 3 };

static void write_rows(struct place *place) {
    struct buffer text = {0};
    buffer_add(&text, "Staff list\nName;Department;Joined on\n");
    for (int i = 0; i < ROWS; i++) {
        buffer_addf(&text, "Person %03d;Department of things, number %d;%02d.03.2026\n", i, i,
                    i % 28 + 1);
    }
    for (int i = 0; i < BAD_ROWS; i++) {
        buffer_addf(&text, "Bad %d;X;soon\n", i);
    }
    place_write(place, "in.csv", buffer_text(&text));
    buffer_free(&text);
}

static bool import_rows(struct place *place, struct workbook *workbook, struct fault *fault) {
    struct import_outcome outcome;
    const struct import_plan plan = {.sheet = "person",
                                     .path = place_path(place, "in.csv"),
                                     .rejects_path = place_path(place, "bad.csv"),
                                     .dates = IMPORT_DATES_DMY};
    return import_file(workbook, &plan, &outcome, fault);
}

/* Imports over a disk that works for so many calls; returns how many calls there were. */
static long try_at(struct place *place, struct faulty_disk *disk, long calls) {
    struct fault fault = {0};
    size_t len_bytes;
    char *bytes = place_read_path(place_path(place, "test.c5"), &len_bytes);
    struct workbook *workbook = support_workbook_open(place, WORKBOOK_WRITE);
    disk->failures = 0;
    disk->calls_left = calls;
    bool is_done = import_rows(place, workbook, &fault);
    long used = calls - disk->calls_left;
    disk->calls_left = -1;
    assert_true(is_done || fault.text.len_bytes > 0);
    fault_clear(&fault);
    workbook_close(workbook);
    workbook = support_workbook_open(place, WORKBOOK_WRITE);
    int64_t count = record_count(workbook, REGISTER_PERSON, &fault);
    assert_true(is_done ? count == ROWS : count == 0 || count == ROWS);
    bool has_rejects = access(place_path(place, "bad.csv"), F_OK) == 0;
    assert_true(count == 0 || has_rejects);
    assert_true(count == ROWS || !has_rejects);
    assert_true(history_verify(workbook, &fault));
    unlink(place_path(place, "bad.csv"));
    assert_true(import_rows(place, workbook, &fault));
    assert_int_equal(record_count(workbook, REGISTER_PERSON, &fault), ROWS);
    workbook_close(workbook);
    unlink(place_path(place, "bad.csv"));
    place_write_bytes(place, "test.c5", bytes, len_bytes);
    free(bytes);
    return used;
}

static void an_import_over_a_failing_disk_leaves_all_or_nothing(void **state) {
    struct place *place = place_new();
    struct faulty_disk disk = {.calls_left = -1};
    (void)state;
    workbook_close(support_workbook_new(place));
    write_rows(place);
    faulty_disk_install(&disk);
    long all = try_at(place, &disk, 1000000);
    assert_in_range(all, 10, 999999);
    for (int i = 0; i < POINTS; i++) {
        disk.fails_once = i % 2 == 0;
        disk.is_full = i % 4 < 2;
        try_at(place, &disk, all * i / POINTS);
        assert_true(disk.failures > 0);
    }
    faulty_disk_remove();
    place_free(place);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_import_over_a_failing_disk_leaves_all_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
