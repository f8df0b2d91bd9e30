/* The power goes at any moment: what was accepted is there, what was not yet is there wholly or not
 * at all, and the file is sound. The same cuts with less syncing lose changes, so the harness sees
 * them. */
#include "support/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/history.h"
#include "faults/jobs.h"
#include "store/database.h"
#include "store/migration.h"
#include "store/schema.h"
#include "store/state.h"
#include "support/volatile_disk.h"

enum { STEPS_MOST = 8 };

/* A job done a few times, one after the other, and how often the power is cut under it. */
struct series {
    enum job_id jobs[STEPS_MOST];
    int job_count;
    int cuts;
    const char *synchronous; /* NULL as the program has it */
};

/* What was written on the way: the head after each accepted step, the first before all. */
struct recorded {
    struct volatile_disk *disk;
    char heads[STEPS_MOST + 1][HISTORY_HEAD_SIZE];
    size_t first_call; /* the workbook is open and its work begins */
};

static void read_head(struct workbook *workbook, char head[HISTORY_HEAD_SIZE]) {
    struct fault fault = {0};
    assert_true(history_head(workbook, head, &fault));
}

static void record_series(struct place *place, const struct series *series,
                          struct recorded *recorded) {
    struct fault fault = {0};
    struct job_bench bench = {.place = place};
    recorded->disk = volatile_disk_install(place_path(place, ""));
    bench.workbook = jobs_open(place, "test.c5", &fault);
    assert_non_null(bench.workbook);
    if (series->synchronous != NULL) {
        assert_true(database_run(bench.workbook, series->synchronous, &fault));
    }
    read_head(bench.workbook, recorded->heads[0]);
    recorded->first_call = volatile_disk_calls(recorded->disk);
    for (int i = 0; i < series->job_count; i++) {
        bench.round = i;
        bool good = job_of(series->jobs[i])->run(&bench, &fault);
        assert_string_equal(fault_text(&fault), "");
        assert_true(good);
        volatile_disk_mark(recorded->disk);
        read_head(bench.workbook, recorded->heads[i + 1]);
        assert_string_not_equal(recorded->heads[i], recorded->heads[i + 1]);
    }
    workbook_close(bench.workbook);
    volatile_disk_remove(recorded->disk);
}

/* Why what a cut left is wrong; NULL where it is the state before or after the step at hand. */
static const char *judge(struct place *place, const struct recorded *recorded, int marks) {
    struct fault fault = {0};
    struct job_bench bench = {.place = place, .round = 99};
    char head[HISTORY_HEAD_SIZE] = "";
    const char *wrong = NULL;
    bench.workbook = jobs_open(place, "test.c5", &fault);
    if (bench.workbook == NULL || !jobs_is_sound(bench.workbook, &fault) ||
        !history_head(bench.workbook, head, &fault)) {
        wrong = "corrupt";
    } else if (strcmp(head, recorded->heads[marks]) != 0 &&
               strcmp(head, recorded->heads[marks + 1]) != 0) {
        wrong = "lost";
    } else if (marks % 3 == 0 && !job_of(JOB_SAVE)->run(&bench, &fault)) {
        wrong = "unusable";
    }
    fault_clear(&fault);
    workbook_close(bench.workbook);
    return wrong;
}

/* Returns how many of the cuts left something wrong. */
static int cut_series(const struct series *series) {
    struct place *place = place_new();
    struct recorded recorded = {0};
    int wrong_count = 0;
    jobs_prepare(place);
    record_series(place, series, &recorded);
    const size_t span = volatile_disk_calls(recorded.disk) - recorded.first_call;
    assert_true(span > 20);
    for (int i = 0; i < series->cuts; i++) {
        struct place *after = place_new();
        size_t calls = recorded.first_call + span * (size_t)i / (size_t)series->cuts;
        int marks = volatile_disk_cut(recorded.disk, calls, (unsigned)i, place_path(after, ""));
        const char *wrong = judge(after, &recorded, marks);
        if (wrong != NULL && series->synchronous == NULL) {
            print_error("cut after %zu of %zu calls: %s\n", calls - recorded.first_call, span,
                        wrong);
        }
        wrong_count += wrong != NULL;
        place_free(after);
    }
    volatile_disk_free(recorded.disk);
    place_free(place);
    return wrong_count;
}

static void a_save_survives_the_cut_or_never_was(void **state) {
    (void)state;
    assert_int_equal(cut_series(&(struct series){.jobs = {JOB_SAVE, JOB_SAVE, JOB_SAVE, JOB_SAVE},
                                                 .job_count = 4,
                                                 .cuts = 150}),
                     0);
}

static void an_import_survives_the_cut_or_never_was(void **state) {
    (void)state;
    assert_int_equal(cut_series(&(struct series){.jobs = {JOB_IMPORT, JOB_IMPORT, JOB_IMPORT},
                                                 .job_count = 3,
                                                 .cuts = 100}),
                     0);
}

static void a_bulk_survives_the_cut_or_never_was(void **state) {
    (void)state;
    assert_int_equal(
        cut_series(&(struct series){.jobs = {JOB_BULK, JOB_BULK}, .job_count = 2, .cuts = 80}), 0);
}

static void undo_and_redo_survive_the_cut_or_never_were(void **state) {
    (void)state;
    assert_int_equal(
        cut_series(&(struct series){.jobs = {JOB_UNDO, JOB_UNDO, JOB_REDO, JOB_REDO, JOB_UNDO},
                                    .job_count = 5,
                                    .cuts = 100}),
        0);
}

static void a_merge_survives_the_cut_or_never_was(void **state) {
    (void)state;
    assert_int_equal(cut_series(&(struct series){
                         .jobs = {JOB_SAVE, JOB_MERGE, JOB_UNDO}, .job_count = 3, .cuts = 60}),
                     0);
}

/* Two steps beyond the version of today, as the next releases will bring. */
static const struct migration_step steps[] = {
    {.to = SCHEMA_VERSION + 1, .sql = "ALTER TABLE policy ADD COLUMN colour TEXT"},
    {.to = SCHEMA_VERSION + 2,
     .sql = "UPDATE policy SET colour = 'red'; CREATE TABLE extra (id INTEGER);"
            "DELETE FROM acknowledgement"},
    {.to = SCHEMA_VERSION + 3, .sql = NULL},
};

static void record_migration(struct place *place, struct recorded *recorded) {
    struct fault fault = {0};
    recorded->disk = volatile_disk_install(place_path(place, ""));
    struct workbook *workbook = jobs_open(place, "test.c5", &fault);
    assert_non_null(workbook);
    read_head(workbook, recorded->heads[0]);
    /* The steps run before the standing read begins. */
    assert_int_equal(sqlite3_reset(workbook->standing), SQLITE_OK);
    recorded->first_call = volatile_disk_calls(recorded->disk);
    bool good = migration_run(workbook, steps, SCHEMA_VERSION + 2, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_true(good);
    volatile_disk_mark(recorded->disk);
    workbook_close(workbook);
    volatile_disk_remove(recorded->disk);
}

static void assert_whole_with_head(struct place *place, const char *name, const char *head) {
    struct fault fault = {0};
    char found[HISTORY_HEAD_SIZE] = "";
    struct workbook *workbook = jobs_open(place, name, &fault);
    bool good = workbook != NULL && jobs_is_sound(workbook, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_true(good);
    read_head(workbook, found);
    assert_string_equal(found, head);
    workbook_close(workbook);
}

/* Reads one value of a file whose version this program does not open. */
static int ask(sqlite3 *database, const char *sql) {
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int whole = sqlite3_column_int(statement, 0);
    assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
    return whole;
}

/* Returns the version that the file has after the cut, with what belongs to that version in it. */
static int assert_one_version(struct place *place) {
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(place_path(place, "test.c5"), &database), SQLITE_OK);
    int version = ask(database, "PRAGMA user_version");
    assert_int_equal(ask(database, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), 1);
    assert_int_equal(
        ask(database, "SELECT count(*) FROM pragma_table_info('policy') WHERE name = 'colour'"),
        version > SCHEMA_VERSION);
    assert_int_equal(ask(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'extra'"),
                     version > SCHEMA_VERSION + 1);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    return version;
}

static void a_migration_survives_the_cut_step_by_step_and_its_copy_is_whole(void **state) {
    enum { CUTS = 80 };
    struct place *place = place_new();
    struct recorded recorded = {0};
    struct buffer copy = {0};
    bool is_seen[3] = {false};
    (void)state;
    buffer_addf(&copy, "test.c5.before-%d", SCHEMA_VERSION + 2);
    jobs_prepare(place);
    record_migration(place, &recorded);
    const size_t span = volatile_disk_calls(recorded.disk) - recorded.first_call;
    for (int i = 0; i <= CUTS; i++) {
        struct place *after = place_new();
        size_t calls = recorded.first_call + span * (size_t)i / CUTS;
        int marks = volatile_disk_cut(recorded.disk, calls, (unsigned)i, place_path(after, ""));
        int version = assert_one_version(after);
        assert_in_range(version, marks > 0 ? SCHEMA_VERSION + 2 : SCHEMA_VERSION,
                        SCHEMA_VERSION + 2);
        is_seen[version - SCHEMA_VERSION] = true;
        assert_whole_with_head(after, version > SCHEMA_VERSION ? copy.bytes : "test.c5",
                               recorded.heads[0]);
        place_free(after);
    }
    assert_true(is_seen[0] && is_seen[1] && is_seen[2]);
    volatile_disk_free(recorded.disk);
    buffer_free(&copy);
    place_free(place);
}

static void without_syncing_the_same_cuts_do_harm(void **state) {
    (void)state;
    struct series series = {.jobs = {JOB_SAVE, JOB_SAVE, JOB_SAVE, JOB_SAVE},
                            .job_count = 4,
                            .cuts = 30,
                            .synchronous = "PRAGMA synchronous = OFF"};
    assert_true(cut_series(&series) > series.cuts / 4);
    /* The journal's deletion is not synced: an accepted save is taken back. */
    series.synchronous = "PRAGMA synchronous = FULL";
    series.cuts = 60;
    assert_true(cut_series(&series) > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_save_survives_the_cut_or_never_was),
        cmocka_unit_test(an_import_survives_the_cut_or_never_was),
        cmocka_unit_test(a_bulk_survives_the_cut_or_never_was),
        cmocka_unit_test(undo_and_redo_survive_the_cut_or_never_were),
        cmocka_unit_test(a_merge_survives_the_cut_or_never_was),
        cmocka_unit_test(a_migration_survives_the_cut_step_by_step_and_its_copy_is_whole),
        cmocka_unit_test(without_syncing_the_same_cuts_do_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
