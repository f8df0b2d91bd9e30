/* Backups: whole, verified, thinned, and never a damaged one over a good one. */
#include "clause5/store/backup.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/store/history.h"
#include "store/backup_shelf.h"
#include "support/faulty_disk.h"
#include "support/workbook.h"

static int set_up(void **state) {
    *state = place_new();
    return 0;
}

static int tear_down(void **state) {
    place_free(*state);
    return 0;
}

/* Makes a backup and returns its path, to be freed. */
static char *back_up(struct workbook *workbook, const char *out) {
    struct buffer path = {0};
    struct fault fault = {0};
    bool is_made = backup_make(workbook, out, &path, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_true(is_made);
    return buffer_take(&path);
}

static void a_backup_is_the_workbook_with_day_and_head_in_its_name(void **state) {
    struct place *place = *state;
    struct workbook *workbook = support_workbook_new(place);
    struct fault fault = {0};
    struct buffer wanted = {0};
    char head[HISTORY_HEAD_SIZE];
    char copied[HISTORY_HEAD_SIZE];
    struct stat status;
    assert_true(history_head(workbook, head, &fault));
    char *path = back_up(workbook, NULL);
    buffer_addf(&wanted, "test.c5.backups/test-2026-11-21-%.16s.c5", head);
    assert_string_equal(path, place_path(place, buffer_text(&wanted)));
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    support_workbook_rename(workbook, "Later");
    struct workbook *copy = workbook_open(path, WORKBOOK_READ, workbook_clock(workbook), &fault);
    assert_non_null(copy);
    assert_true(history_verify(copy, &fault));
    assert_true(history_head(copy, copied, &fault));
    assert_string_equal(head, copied);
    assert_int_equal(place_count(place, "test.c5.backups"), 1);
    workbook_close(copy);
    workbook_close(workbook);
    buffer_free(&wanted);
    free(path);
}

static void a_writer_keeps_its_locks_over_a_backup(void **state) {
    struct place *place = *state;
    struct workbook *workbook = support_workbook_new(place);
    struct fault fault = {0};
    free(back_up(workbook, NULL));
    struct workbook *second = workbook_open(place_path(place, "test.c5"), WORKBOOK_WRITE,
                                            workbook_clock(workbook), &fault);
    assert_null(second);
    assert_int_equal(fault.kind, FAULT_LOCKED);
    fault_clear(&fault);
    support_workbook_rename(workbook, "Still mine");
    workbook_close(workbook);
}

/* Overwrites the title of a row in the file with other letters, past SQLite. */
static void damage(struct place *place) {
    size_t len_bytes;
    char *bytes = place_read_path(place_path(place, "test.c5"), &len_bytes);
    char *at = memmem(bytes, len_bytes, "Quite Unique Name", strlen("Quite Unique Name"));
    assert_non_null(at);
    for (; at != NULL; at = memmem(bytes, len_bytes, "Quite Unique", strlen("Quite Unique"))) {
        memcpy(at, "Other", strlen("Other"));
    }
    place_write_bytes(place, "test.c5", bytes, len_bytes);
    free(bytes);
}

static void a_damaged_workbook_never_replaces_a_good_backup(void **state) {
    struct place *place = *state;
    struct workbook *workbook = support_workbook_new(place);
    struct fault fault = {0};
    struct buffer path = {0};
    size_t good_bytes;
    size_t left_bytes;
    const char *out = place_path(place, "out.c5");
    support_workbook_rename(workbook, "Quite Unique Name");
    free(back_up(workbook, out));
    free(back_up(workbook, NULL));
    workbook_close(workbook);
    char *good = place_read_path(out, &good_bytes);
    damage(place);
    workbook = support_workbook_open(place, WORKBOOK_READ);
    assert_false(backup_make(workbook, out, &path, &fault));
    assert_int_equal(fault.kind, FAULT_FAILED);
    assert_non_null(strstr(fault_text(&fault), "stay as they are"));
    fault_clear(&fault);
    assert_false(backup_make(workbook, NULL, &path, &fault));
    fault_clear(&fault);
    char *left = place_read_path(out, &left_bytes);
    assert_int_equal(good_bytes, left_bytes);
    assert_memory_equal(good, left, good_bytes);
    assert_int_equal(place_count(place, "test.c5.backups"), 1);
    assert_int_equal(place_count(place, ""), 3);
    workbook_close(workbook);
    free(good);
    free(left);
}

static void a_disk_that_fails_under_a_backup_keeps_nothing_of_it(void **state) {
    struct place *place = *state;
    struct faulty_disk disk = {.calls_left = -1, .is_full = true};
    faulty_disk_install(&disk);
    struct workbook *workbook = support_workbook_new(place);
    support_workbook_rename(workbook, "Full Disk Ltd");
    const char *out = place_path(place, "full.c5");
    size_t files = place_count(place, "");
    bool is_made = false;
    for (long calls = 0; !is_made; calls++) {
        struct fault fault = {0};
        struct buffer path = {0};
        disk.failures = 0;
        disk.calls_left = calls;
        is_made = backup_make(workbook, out, &path, &fault);
        disk.calls_left = -1;
        assert_true(is_made || disk.failures > 0);
        assert_int_equal(place_count(place, ""), files + (is_made ? 1 : 0));
        fault_clear(&fault);
        buffer_free(&path);
    }
    workbook_close(workbook);
    faulty_disk_remove();
}

static void the_workbook_itself_is_never_the_target(void **state) {
    struct place *place = *state;
    struct workbook *workbook = support_workbook_new(place);
    struct fault fault = {0};
    struct buffer path = {0};
    assert_false(backup_make(workbook, place_path(place, "test.c5"), &path, &fault));
    assert_int_equal(fault.kind, FAULT_USAGE);
    fault_clear(&fault);
    assert_false(backup_make(workbook, place_path(place, ""), &path, &fault));
    assert_int_equal(fault.kind, FAULT_FAILED);
    fault_clear(&fault);
    support_workbook_rename(workbook, "Still mine");
    workbook_close(workbook);
}

static void the_first_write_of_a_day_is_backed_up_before(void **state) {
    struct place *place = *state;
    struct fault fault = {0};
    struct buffer path = {0};
    struct workbook *workbook = support_workbook_new(place);
    assert_true(backup_before_writing(workbook, &path, &fault));
    assert_string_equal(buffer_text(&path), ""); /* made today: nothing is lost by then */
    workbook_close(workbook);
    struct clock tomorrow = {.is_set = true};
    assert_true(date_parse("2026-11-22", &tomorrow.today));
    workbook = workbook_open(place_path(place, "test.c5"), WORKBOOK_WRITE, &tomorrow, &fault);
    assert_non_null(workbook);
    assert_true(backup_before_writing(workbook, &path, &fault));
    assert_non_null(strstr(buffer_text(&path), "test-2026-11-22-"));
    support_workbook_rename(workbook, "Changed");
    buffer_clear(&path);
    assert_true(backup_before_writing(workbook, &path, &fault));
    assert_string_equal(buffer_text(&path), "");
    workbook_close(workbook);
    buffer_free(&path);
}

/* Puts an empty file where the backup of that day would lie. */
static void put_backup(struct place *place, date_days day, unsigned number) {
    struct buffer path = {0};
    char head[HISTORY_HEAD_SIZE];
    snprintf(head, sizeof head, "%064x", number);
    snprintf(head, BACKUP_HEAD_DIGITS + 1, "%016x", number);
    backup_shelf_name(place_path(place, "test.c5"), day, head, &path);
    int descriptor = open(buffer_text(&path), O_CREAT | O_EXCL | O_WRONLY, 0600);
    assert_true(descriptor >= 0);
    assert_int_equal(close(descriptor), 0);
    buffer_free(&path);
}

static bool has_backup(struct place *place, date_days day, unsigned number) {
    struct buffer path = {0};
    char head[BACKUP_HEAD_DIGITS + 1];
    snprintf(head, sizeof head, "%016x", number);
    backup_shelf_name(place_path(place, "test.c5"), day, head, &path);
    bool has = access(buffer_text(&path), F_OK) == 0;
    buffer_free(&path);
    return has;
}

static void seven_days_and_four_weeks_stay(void **state) {
    struct place *place = *state;
    struct fault fault = {0};
    date_days sunday;
    assert_true(date_parse("2026-11-22", &sunday));
    place_make_folder(place, "test.c5.backups");
    place_write(place, "test.c5.backups/notes.txt", "mine");
    place_write(place, "test.c5.backups/other-2020-01-01-0000000000000000.c5", "another's");
    for (int i = 59; i >= 0; i--) {
        put_backup(place, sunday - i, (unsigned)i);
    }
    assert_true(backup_shelf_thin(place_path(place, "test.c5"), &fault));
    for (int i = 0; i < 60; i++) {
        bool is_daily = i < BACKUP_DAYS_KEPT;
        bool is_weekly = i % 7 == 0 && i / 7 < BACKUP_WEEKS_KEPT;
        assert_int_equal(has_backup(place, sunday - i, (unsigned)i), is_daily || is_weekly);
    }
    assert_int_equal(place_count(place, "test.c5.backups"), 7 + 3 + 2);
    assert_true(backup_shelf_thin(place_path(place, "test.c5"), &fault));
    assert_int_equal(place_count(place, "test.c5.backups"), 7 + 3 + 2);
}

static void days_without_backups_do_not_count(void **state) {
    struct place *place = *state;
    struct fault fault = {0};
    date_days day;
    assert_true(date_parse("2026-11-22", &day));
    place_make_folder(place, "test.c5.backups");
    for (int i = 9; i >= 0; i--) {
        put_backup(place, day - 30 * i, (unsigned)i);
    }
    assert_true(backup_shelf_thin(place_path(place, "test.c5"), &fault));
    assert_int_equal(place_count(place, "test.c5.backups"), BACKUP_DAYS_KEPT);
    assert_true(has_backup(place, day - 30 * 6, 6));
    assert_false(has_backup(place, day - 30 * 7, 7));
}

#define BACKUP_TEST(claim) cmocka_unit_test_setup_teardown(claim, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        BACKUP_TEST(a_backup_is_the_workbook_with_day_and_head_in_its_name),
        BACKUP_TEST(a_writer_keeps_its_locks_over_a_backup),
        BACKUP_TEST(a_damaged_workbook_never_replaces_a_good_backup),
        BACKUP_TEST(a_disk_that_fails_under_a_backup_keeps_nothing_of_it),
        BACKUP_TEST(the_workbook_itself_is_never_the_target),
        BACKUP_TEST(the_first_write_of_a_day_is_backed_up_before),
        BACKUP_TEST(seven_days_and_four_weeks_stay),
        BACKUP_TEST(days_without_backups_do_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
