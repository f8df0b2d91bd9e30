/* Disks that fail: whichever call it is, the workbook is as before the batch or as after it, the
 * message says what happened, and the next save works. */
#include <stdlib.h>
#include <string.h>

#include "clause5/store/batch.h"
#include "clause5/store/history.h"
#include "clause5/store/record.h"
#include "store/random_rows.h"
#include "support/faulty_disk.h"
#include "support/workbook.h"

enum { ROWS = 30, CALLS_MOST = 3000 };

static bool write_batch(struct workbook *workbook, struct fault *fault) {
    struct dice dice = {.state = 11};
    bool good = batch_begin(workbook, "many persons", fault);
    for (int i = 0; i < ROWS && good; i++) {
        struct value values[PERSON_FIELDS] = {0};
        int64_t id = 0;
        random_values(&dice, workbook, REGISTER_PERSON, values);
        good = batch_insert(workbook, REGISTER_PERSON, values, &id, fault);
        values_free(values, PERSON_FIELDS);
    }
    good = good && batch_commit(workbook, fault);
    batch_abandon(workbook);
    return good;
}

static void assert_next_save_works(struct workbook *workbook, unsigned seed) {
    struct fault fault = {0};
    struct dice dice = {.state = seed};
    assert_true(batch_begin(workbook, "next", &fault));
    assert_true(random_insert(&dice, workbook, REGISTER_COURSE) != 0);
    bool good = batch_commit(workbook, &fault) && history_verify(workbook, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_true(good);
}

/* One disk that fails after CALLS calls under a batch; true where it did fail. */
static bool try_failure(struct place *place, struct faulty_disk *disk, long calls) {
    struct fault fault = {0};
    size_t len_bytes;
    char *bytes = place_read_path(place_path(place, "test.c5"), &len_bytes);
    struct workbook *workbook = support_workbook_open(place, WORKBOOK_WRITE);
    disk->failures = 0;
    disk->calls_left = calls;
    bool good = write_batch(workbook, &fault);
    bool has_failed = disk->failures > 0;
    disk->calls_left = -1;
    assert_true(good || fault.text.len_bytes > 0);
    assert_true(good || has_failed);
    if (disk->fails_once) {
        assert_int_equal(record_count(workbook, REGISTER_PERSON, &fault), good ? ROWS : 0);
        assert_next_save_works(workbook, 12);
    }
    workbook_close(workbook);
    workbook = support_workbook_open(place, WORKBOOK_WRITE);
    int64_t count = record_count(workbook, REGISTER_PERSON, &fault);
    assert_true(count == ROWS || (count == 0 && !good));
    assert_next_save_works(workbook, 13);
    workbook_close(workbook);
    assert_int_equal(place_count(place, ""), 1);
    fault_clear(&fault);
    place_write_bytes(place, "test.c5", bytes, len_bytes);
    free(bytes);
    return has_failed;
}

static void try_all(bool fails_once, bool is_full) {
    struct place *place = place_new();
    struct faulty_disk disk = {.calls_left = -1, .fails_once = fails_once, .is_full = is_full};
    long calls = 0;
    workbook_close(support_workbook_new(place));
    faulty_disk_install(&disk);
    while (calls < CALLS_MOST && try_failure(place, &disk, calls)) {
        calls++;
    }
    faulty_disk_remove();
    assert_in_range(calls, 20, CALLS_MOST - 1);
    place_free(place);
}

static void a_call_that_fails_once_leaves_old_or_new(void **state) {
    (void)state;
    try_all(true, false);
}

static void a_disk_that_is_full_once_leaves_old_or_new(void **state) {
    (void)state;
    try_all(true, true);
}

static void a_disk_that_fails_for_good_leaves_old_or_new(void **state) {
    (void)state;
    try_all(false, false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_that_fails_once_leaves_old_or_new),
        cmocka_unit_test(a_disk_that_is_full_once_leaves_old_or_new),
        cmocka_unit_test(a_disk_that_fails_for_good_leaves_old_or_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
