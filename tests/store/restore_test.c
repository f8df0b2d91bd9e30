/* Going back to a backup: what it would lose, and that nothing is lost on the way. */
#include "clause5/store/restore.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clause5/store/backup.h"
#include "clause5/store/history.h"
#include "support/workbook.h"

static int set_up(void **state) {
    *state = place_new();
    return 0;
}

static int tear_down(void **state) {
    place_free(*state);
    return 0;
}

static char *back_up(struct workbook *workbook) {
    struct buffer path = {0};
    struct fault fault = {0};
    assert_true(backup_make(workbook, NULL, &path, &fault));
    return buffer_take(&path);
}

static struct clock day(void) {
    struct clock clock = {.is_set = true};
    assert_true(date_parse("2026-11-21", &clock.today));
    return clock;
}

/* A workbook with a backup and two changes after it; the caller frees the path of the backup. */
static char *make(struct place *place) {
    struct workbook *workbook = support_workbook_new(place);
    support_workbook_rename(workbook, "Backed up");
    char *backup = back_up(workbook);
    support_workbook_rename(workbook, "Later");
    support_workbook_rename(workbook, "Last");
    workbook_close(workbook);
    return backup;
}

static bool restore(struct place *place, const char *backup, struct buffer *aside,
                    struct fault *fault) {
    const struct clock clock = day();
    const struct restore_plan plan = {
        .path = place_path(place, "test.c5"), .backup = backup, .clock = &clock};
    return backup_restore(&plan, aside, fault);
}

/* Returns the head of the workbook at test.c5. */
static void read_head(struct place *place, char head[HISTORY_HEAD_SIZE]) {
    struct fault fault = {0};
    struct workbook *workbook = support_workbook_open(place, WORKBOOK_READ);
    assert_true(history_head(workbook, head, &fault));
    workbook_close(workbook);
}

static void the_list_says_what_each_backup_would_lose(void **state) {
    struct backup_list list = {0};
    struct fault fault = {0};
    char *backup = make(*state);
    struct workbook *workbook = support_workbook_open(*state, WORKBOOK_READ);
    assert_true(backup_list_read(workbook, &list, &fault));
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].path, backup);
    assert_true(list.items[0].is_readable);
    assert_int_equal(list.items[0].lost, 2);
    assert_string_equal(list.items[0].label, "Backed up");
    backup_list_free(&list);
    workbook_close(workbook);
    free(backup);
}

static void what_a_damaged_workbook_would_lose_is_read_from_what_is_left(void **state) {
    const struct clock clock = day();
    struct backup_list list = {0};
    struct fault fault = {0};
    free(make(*state));
    assert_true(backup_list_read_damaged(place_path(*state, "test.c5"), &clock, &list, &fault));
    assert_int_equal(list.items[0].lost, 2);
    assert_non_null(list.newest_time);
    backup_list_free(&list);
    place_write(*state, "test.c5", "no workbook any more");
    assert_true(backup_list_read_damaged(place_path(*state, "test.c5"), &clock, &list, &fault));
    assert_int_equal(list.items[0].lost, -1);
    backup_list_free(&list);
}

static void the_backup_takes_the_place_and_the_file_is_kept(void **state) {
    struct buffer aside = {0};
    struct fault fault = {0};
    struct stat status;
    char head[HISTORY_HEAD_SIZE];
    size_t len_bytes;
    size_t kept_bytes;
    char *backup = make(*state);
    char *before = place_read_path(place_path(*state, "test.c5"), &len_bytes);
    assert_true(restore(*state, backup, &aside, &fault));
    read_head(*state, head);
    assert_non_null(strstr(backup, "-2026-11-21-"));
    assert_int_equal(strncmp(strstr(backup, "-2026-11-21-") + 12, head, 16), 0);
    char *kept = place_read_path(buffer_text(&aside), &kept_bytes);
    assert_int_equal(kept_bytes, len_bytes);
    assert_memory_equal(kept, before, len_bytes);
    assert_int_equal(stat(place_path(*state, "test.c5"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    /* The workbook and its folder of backups, and in that the backup and the file of before. */
    assert_int_equal(place_count(*state, ""), 2);
    assert_int_equal(place_count(*state, "test.c5.backups"), 2);
    free(before);
    free(kept);
    free(backup);
    buffer_free(&aside);
}

static void twice_on_one_day_keeps_both_files(void **state) {
    struct buffer aside = {0};
    struct fault fault = {0};
    char *backup = make(*state);
    assert_true(restore(*state, backup, &aside, &fault));
    buffer_clear(&aside);
    assert_true(restore(*state, backup, &aside, &fault));
    assert_non_null(strstr(buffer_text(&aside), "test-2026-11-21-replaced-2.c5"));
    assert_int_equal(place_count(*state, "test.c5.backups"), 3);
    free(backup);
    buffer_free(&aside);
}

static void a_damaged_backup_is_refused_and_nothing_changes(void **state) {
    struct buffer aside = {0};
    struct fault fault = {0};
    size_t len_bytes;
    char before[HISTORY_HEAD_SIZE];
    char after[HISTORY_HEAD_SIZE];
    char *backup = make(*state);
    read_head(*state, before);
    char *bytes = place_read_path(backup, &len_bytes);
    memset(bytes + len_bytes / 2, 0x5a, len_bytes / 4);
    place_write_bytes(*state, strstr(backup, "test.c5.backups"), bytes, len_bytes);
    assert_false(restore(*state, backup, &aside, &fault));
    assert_int_equal(fault.kind, FAULT_FAILED);
    assert_non_null(strstr(fault_text(&fault), "is no sound backup, so nothing was changed"));
    fault_clear(&fault);
    read_head(*state, after);
    assert_string_equal(before, after);
    assert_int_equal(place_count(*state, ""), 2);
    assert_int_equal(place_count(*state, "test.c5.backups"), 1);
    free(bytes);
    free(backup);
    buffer_free(&aside);
}

static void an_open_workbook_is_not_replaced(void **state) {
    struct buffer aside = {0};
    struct fault fault = {0};
    char *backup = make(*state);
    struct workbook *workbook = support_workbook_open(*state, WORKBOOK_WRITE);
    assert_false(restore(*state, backup, &aside, &fault));
    assert_int_equal(fault.kind, FAULT_LOCKED);
    fault_clear(&fault);
    workbook_close(workbook);
    free(backup);
    buffer_free(&aside);
}

static void what_a_cut_off_save_left_never_meets_the_backup(void **state) {
    struct buffer aside = {0};
    struct buffer journal = {0};
    struct fault fault = {0};
    char *backup = make(*state);
    place_write(*state, "test.c5",
                "not even a database, and so nothing to play back into......"
                "............................................................");
    place_write(*state, "test.c5-journal", "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7 not a sound one");
    assert_true(restore(*state, backup, &aside, &fault));
    assert_false(place_has(*state, "test.c5-journal"));
    workbook_close(support_workbook_open(*state, WORKBOOK_WRITE));
    free(backup);
    buffer_free(&journal);
    buffer_free(&aside);
}

static void the_advice_names_the_newest_backup_that_is_sound(void **state) {
    const struct clock clock = day();
    struct buffer advice = {0};
    char *backup = make(*state);
    place_write(*state, "test.c5.backups/test-2026-11-22-0123456789abcdef.c5", "rubbish");
    place_write(*state, "test.c5", "rubbish");
    backup_advise(place_path(*state, "test.c5"), &clock, &advice);
    assert_non_null(strstr(buffer_text(&advice), backup));
    assert_non_null(strstr(buffer_text(&advice), "on a terminal puts it back"));
    buffer_free(&advice);
    free(backup);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_list_says_what_each_backup_would_lose),
        TEST(what_a_damaged_workbook_would_lose_is_read_from_what_is_left),
        TEST(the_backup_takes_the_place_and_the_file_is_kept),
        TEST(twice_on_one_day_keeps_both_files),
        TEST(a_damaged_backup_is_refused_and_nothing_changes),
        TEST(an_open_workbook_is_not_replaced),
        TEST(what_a_cut_off_save_left_never_meets_the_backup),
        TEST(the_advice_names_the_newest_backup_that_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
