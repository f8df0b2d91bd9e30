/* The disk refuses one call, or all from one on, or is full: the workbook is as before the job or
 * as after it, the message says what happened, and the next save works. Every call of what writes
 * has its turn, of a save from the opening on; of what only reads every sixth or fourteenth. */
#include "support/testing.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "clause5/store/history.h"
#include "faults/jobs.h"
#include "store/migration.h"
#include "store/schema.h"
#include "store/state.h"
#include "support/faulty_disk.h"

/* What all points of one job share. */
struct trial {
    struct place *place;
    struct faulty_disk disk;
    char *bytes; /* of the workbook before the job */
    size_t len_bytes;
    char head[HISTORY_HEAD_SIZE];
    enum job_id job;
    bool fails_while_opening; /* the count begins before the workbook is opened */
    long stride;              /* 1 for every call, 3 for every third */
};

static void read_head(struct workbook *workbook, char head[HISTORY_HEAD_SIZE]) {
    struct fault fault = {0};
    assert_true(history_head(workbook, head, &fault));
}

static struct workbook *open_well(struct place *place) {
    struct fault fault = {0};
    struct workbook *workbook = jobs_open(place, "test.c5", &fault);
    assert_string_equal(fault_text(&fault), "");
    return workbook;
}

static void trial_begin(struct trial *trial, enum job_id job) {
    *trial =
        (struct trial){.job = job, .place = place_new(), .disk = {.calls_left = -1}, .stride = 1};
    jobs_prepare(trial->place);
    trial->bytes = place_read_path(place_path(trial->place, "test.c5"), &trial->len_bytes);
    struct workbook *workbook = open_well(trial->place);
    read_head(workbook, trial->head);
    workbook_close(workbook);
    faulty_disk_install(&trial->disk);
}

static void trial_end(struct trial *trial) {
    faulty_disk_remove();
    free(trial->bytes);
    place_free(trial->place);
}

static void assert_says_what_failed(const struct fault *fault) {
    static const char *const words[] = {"the disk reports an error", "no space left",
                                        "cannot be opened", "cannot copy"};
    size_t i = 0;
    while (i < sizeof words / sizeof words[0] && strstr(fault_text(fault), words[i]) == NULL) {
        i++;
    }
    if (i == sizeof words / sizeof words[0]) {
        fail_msg("the message does not say it: %s", fault_text(fault));
    }
    assert_int_equal(fault->kind, FAULT_FAILED);
}

static void assert_next_save_works(struct workbook *workbook, struct place *place, int round) {
    struct job_bench bench = {.place = place, .workbook = workbook, .round = round};
    struct fault fault = {0};
    bool good = job_of(JOB_SAVE)->run(&bench, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_true(good);
}

/* After the disk has come to itself: what the job said is what is there. */
static void look_at(struct trial *trial, struct workbook *workbook, bool good) {
    char head[HISTORY_HEAD_SIZE];
    read_head(workbook, head);
    bool is_new = strcmp(head, trial->head) != 0;
    assert_int_equal(is_new, good && job_of(trial->job)->writes);
    assert_next_save_works(workbook, trial->place, 50);
}

static void look_again(struct trial *trial, bool may_be_new) {
    struct fault fault = {0};
    char head[HISTORY_HEAD_SIZE];
    struct workbook *workbook = open_well(trial->place);
    bool is_sound = jobs_is_sound(workbook, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_true(is_sound);
    read_head(workbook, head);
    assert_true(may_be_new || strcmp(head, trial->head) == 0);
    assert_next_save_works(workbook, trial->place, 51);
    workbook_close(workbook);
    assert_false(place_has(trial->place, "test.c5-journal"));
    assert_false(place_has(trial->place, "test.c5.lock"));
}

/* One disk that fails after CALLS calls; true where it did. */
static bool try_point(struct trial *trial, long calls) {
    struct fault fault = {0};
    struct job_bench bench = {.place = trial->place};
    place_write_bytes(trial->place, "test.c5", trial->bytes, trial->len_bytes);
    unlink(place_path(trial->place, "backup.c5"));
    trial->disk.failures = 0;
    trial->disk.calls_left = trial->fails_while_opening ? calls : -1;
    bench.workbook = jobs_open(trial->place, "test.c5", &fault);
    if (!trial->fails_while_opening) {
        trial->disk.calls_left = calls;
    }
    bool good = bench.workbook != NULL && job_of(trial->job)->run(&bench, &fault);
    const bool has_failed = trial->disk.failures > 0;
    trial->disk.calls_left = -1;
    assert_true(good || has_failed);
    if (!good) {
        assert_says_what_failed(&fault);
        assert_false(place_has(trial->place, "backup.c5"));
    }
    if (bench.workbook != NULL && trial->disk.fails_once) {
        look_at(trial, bench.workbook, good);
    }
    workbook_close(bench.workbook);
    look_again(trial, good || bench.workbook != NULL);
    fault_clear(&fault);
    return has_failed;
}

/* How the disk fails: once or from then on, and whether it says that it is full. */
static const struct {
    bool is_once, is_full;
} ways[] = {{true, false}, {false, true}, {true, true}, {false, false}};

enum { WAYS = sizeof ways / sizeof ways[0] };

/* Lets every call fail, each in WAY_COUNT ways, and in turn where that is one. */
static void try_all(struct trial *trial, int way_count, long least) {
    long points = 0;
    bool has_failed = true;
    for (long i = 0; has_failed; i++) {
        size_t way = (size_t)i % WAYS;
        trial->disk.fails_once = ways[way].is_once;
        trial->disk.is_full = ways[way].is_full;
        has_failed = try_point(trial, i / way_count * trial->stride);
        points += has_failed;
    }
    if (points < least) {
        fail_msg("only %ld points", points);
    }
}

static void a_save_is_whole_or_not_at_all(void **state) {
    struct trial trial;
    (void)state;
    trial_begin(&trial, JOB_SAVE);
    trial.fails_while_opening = true;
    try_all(&trial, 2, 120);
    trial_end(&trial);
}

static void an_import_is_whole_or_not_at_all(void **state) {
    struct trial trial;
    (void)state;
    trial_begin(&trial, JOB_IMPORT);
    try_all(&trial, 3, 100);
    trial_end(&trial);
}

static void try_in_turn(enum job_id job, long stride, long least) {
    struct trial trial;
    trial_begin(&trial, job);
    trial.stride = stride;
    try_all(&trial, 1, least);
    trial_end(&trial);
}

static void a_bulk_is_whole_or_not_at_all(void **state) {
    (void)state;
    try_in_turn(JOB_BULK, 1, 40);
}

static void an_undo_is_whole_or_not_at_all(void **state) {
    (void)state;
    try_in_turn(JOB_UNDO, 1, 40);
}

static void a_merge_is_whole_or_not_at_all(void **state) {
    (void)state;
    try_in_turn(JOB_MERGE, 2, 30);
}

static void a_backup_is_whole_or_not_there(void **state) {
    (void)state;
    try_in_turn(JOB_BACKUP, 6, 20);
}

static void checks_and_reports_say_that_they_could_not_read(void **state) {
    (void)state;
    try_in_turn(JOB_CHECK, 14, 3);
    try_in_turn(JOB_REPORT, 14, 3);
}

static const struct migration_step steps[] = {
    {.to = SCHEMA_VERSION + 1,
     .sql = "ALTER TABLE policy ADD COLUMN colour TEXT; UPDATE policy SET colour = 'red'"},
    {.to = SCHEMA_VERSION + 2, .sql = NULL},
};

/* A migration that fails after CALLS calls; true where it did. */
static bool try_migration(struct trial *trial, long calls) {
    struct fault fault = {0};
    int version = 0;
    place_write_bytes(trial->place, "test.c5", trial->bytes, trial->len_bytes);
    struct workbook *workbook = open_well(trial->place);
    /* The steps run before the standing read begins. */
    assert_int_equal(sqlite3_reset(workbook->standing), SQLITE_OK);
    trial->disk.failures = 0;
    trial->disk.calls_left = calls;
    bool good = migration_run(workbook, steps, SCHEMA_VERSION + 1, &fault);
    bool has_failed = trial->disk.failures > 0;
    trial->disk.calls_left = -1;
    if (!good) {
        assert_true(has_failed);
        assert_says_what_failed(&fault);
        fault_clear(&fault);
    }
    assert_true(migration_read_version(workbook, &version, &fault));
    assert_int_equal(version, good ? SCHEMA_VERSION + 1 : SCHEMA_VERSION);
    if (!good) {
        workbook_close(workbook);
        workbook = open_well(trial->place);
        assert_next_save_works(workbook, trial->place, 52);
    }
    bool is_sound = jobs_is_sound(workbook, &fault);
    assert_true(good || is_sound);
    fault_clear(&fault);
    workbook_close(workbook);
    return has_failed;
}

static void a_migration_is_whole_or_not_at_all(void **state) {
    struct trial trial;
    long points = 0;
    (void)state;
    trial_begin(&trial, JOB_SAVE);
    trial.disk.fails_once = true;
    while (try_migration(&trial, points * 3)) {
        points++;
        trial.disk.is_full = points % 2 == 1;
    }
    assert_true(points > 20);
    trial_end(&trial);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_save_is_whole_or_not_at_all),
        cmocka_unit_test(an_import_is_whole_or_not_at_all),
        cmocka_unit_test(a_bulk_is_whole_or_not_at_all),
        cmocka_unit_test(an_undo_is_whole_or_not_at_all),
        cmocka_unit_test(a_merge_is_whole_or_not_at_all),
        cmocka_unit_test(a_backup_is_whole_or_not_there),
        cmocka_unit_test(checks_and_reports_say_that_they_could_not_read),
        cmocka_unit_test(a_migration_is_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
