/* Memory runs out at any request, once or for good: the program says so and goes on, or ends as it
 * says with a status of its own; the workbook is as before or as after, and verifies. */
#include "support/testing.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clause5/base/die.h"
#include "clause5/base/memory.h"
#include "clause5/store/history.h"
#include "faults/jobs.h"
#include "faults/lean_memory.h"

enum { STATUS_WRONG = 77, NEXT_SAVES = 5 /* a save follows every so many points */ };

/* What the child that runs a series of points tells, also when it has ended in one of them. */
struct told {
    volatile int point;    /* the one it is at */
    volatile long refused; /* points at which memory was refused */
    char wrong[200];       /* what a test of the child's found */
};

/* One job under one kind of memory: POINTS requests, spread over all that it makes. */
struct series {
    struct place *place;
    char *bytes; /* of the workbook before the job */
    size_t len_bytes;
    char head[HISTORY_HEAD_SIZE];
    struct told *told;
    enum lean_memory memory;
    enum job_id job; /* JOB_COUNT: only opened */
    int points;
    long requests;
};

static const char *name_of(const struct series *series) {
    return series->job == JOB_COUNT ? "open" : job_of(series->job)->name;
}

/* In the child, where cmocka cannot be told. */
static void must(bool is_so, const struct series *series, const char *what) {
    if (!is_so) {
        snprintf(series->told->wrong, sizeof series->told->wrong, "point %d of %d of %s: %s",
                 series->told->point, series->points, name_of(series), what);
        _exit(STATUS_WRONG);
    }
}

/* True where the file is byte for byte as before, with no journal to be played back. */
static bool is_untouched(const struct series *series) {
    size_t len_bytes = 0;
    char *bytes = place_read_path(place_path(series->place, "test.c5"), &len_bytes);
    bool is_same = len_bytes == series->len_bytes && memcmp(bytes, series->bytes, len_bytes) == 0;
    free(bytes);
    return is_same && !place_has(series->place, "test.c5-journal");
}

static void restore(const struct series *series) {
    place_write_bytes(series->place, "test.c5", series->bytes, series->len_bytes);
    unlink(place_path(series->place, "backup.c5"));
}

/* Opens and works, with memory running out after CALLS requests. */
static bool work(struct series *series, struct job_bench *bench, long calls, struct fault *fault) {
    const bool is_once = calls % 2 == 0;
    const bool is_opening = series->job == JOB_COUNT;
    if (is_opening) {
        lean_memory_arm(series->memory, calls, is_once);
    }
    bench->workbook = jobs_open(series->place, "test.c5", fault);
    if (is_opening) {
        return bench->workbook != NULL;
    }
    must(bench->workbook != NULL, series, fault_text(fault));
    lean_memory_arm(series->memory, calls, is_once);
    return job_of(series->job)->run(bench, fault);
}

/* True where the head is the one from before; a job that went well may have another. */
static void must_be_whole(struct series *series, struct workbook *workbook, bool may_be_new) {
    struct fault fault = {0};
    char head[HISTORY_HEAD_SIZE] = "";
    must(history_head(workbook, head, &fault), series, fault_text(&fault));
    must(may_be_new || strcmp(head, series->head) == 0, series, "a failed job left something");
}

/* One point, in the child: ends the process where memory is the program's own. */
static void run_point(struct series *series, long calls) {
    struct fault fault = {0};
    struct job_bench bench = {.place = series->place};
    bool good = work(series, &bench, calls, &fault);
    series->told->refused += lean_memory_disarm() > 0;
    must(good || fault.text.len_bytes > 0, series, "a failure without a message");
    fault_clear(&fault);
    if (bench.workbook != NULL) {
        must_be_whole(series, bench.workbook, good);
    }
    if (bench.workbook != NULL && series->told->point % NEXT_SAVES == 0) {
        bench.round = 60;
        bool saves = job_of(JOB_SAVE)->run(&bench, &fault);
        must(saves, series, fault.text.len_bytes > 0 ? fault_text(&fault) : "no next save");
    }
    workbook_close(bench.workbook);
    if (is_untouched(series)) {
        return;
    }
    bench.workbook = jobs_open(series->place, "test.c5", &fault);
    must(bench.workbook != NULL && jobs_is_sound(bench.workbook, &fault), series,
         fault_text(&fault));
    workbook_close(bench.workbook);
    restore(series);
}

static long calls_of(const struct series *series, int point) {
    return series->requests * point / series->points;
}

/* Runs points from FIRST on in a child, and returns its status. */
static int run_points(struct series *series, int first) {
    int status = 0;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        int words = open(place_path(series->place, "words"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        must(words >= 0 && dup2(words, STDERR_FILENO) >= 0, series, "no file for its words");
        for (int point = first; point < series->points; point++) {
            series->told->point = point;
            run_point(series, calls_of(series, point));
        }
        _exit(EXIT_GOOD);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_string_equal(series->told->wrong, "");
    return WEXITSTATUS(status);
}

/* After the program has ended itself: the next to open finds the old state or the new one. */
static void look_after_the_end(struct series *series) {
    struct fault fault = {0};
    if (is_untouched(series)) {
        return;
    }
    struct workbook *workbook = jobs_open(series->place, "test.c5", &fault);
    bool good = workbook != NULL && jobs_is_sound(workbook, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_true(good);
    workbook_close(workbook);
    restore(series);
}

static void count_requests(struct series *series) {
    struct fault fault = {0};
    struct job_bench bench = {.place = series->place};
    bool good = work(series, &bench, 1L << 40, &fault);
    series->requests = lean_memory_requests();
    lean_memory_disarm();
    assert_string_equal(fault_text(&fault), "");
    assert_true(good);
    workbook_close(bench.workbook);
    restore(series);
}

static void run_series(struct series *series) {
    count_requests(series);
    assert_true(series->requests > 10);
    for (int point = 0; point < series->points; point = series->told->point + 1) {
        int status = run_points(series, point);
        if (status == EXIT_GOOD) {
            break;
        }
        assert_int_equal(status, EXIT_FAILED);
        assert_string_equal(place_read(series->place, "words", NULL),
                            "clause5: out of memory; nothing unsaved was lost, start again\n");
        series->told->refused++;
        look_after_the_end(series);
    }
}

static const struct {
    enum job_id job;
    int points[LEAN_MEMORIES];
} plans[] = {
    {JOB_COUNT, {[LEAN_SQLITE] = 360, [LEAN_PROGRAM] = 220}},
    {JOB_SAVE, {[LEAN_SQLITE] = 400, [LEAN_PROGRAM] = 60}},
    {JOB_IMPORT, {[LEAN_SQLITE] = 220, [LEAN_PROGRAM] = 100}},
    {JOB_UNDO, {[LEAN_SQLITE] = 380, [LEAN_PROGRAM] = 60}},
    {JOB_BACKUP, {[LEAN_SQLITE] = 60, [LEAN_PROGRAM] = 40}},
    {JOB_CHECK, {[LEAN_SQLITE] = 40, [LEAN_PROGRAM] = 30}},
    {JOB_REPORT, {[LEAN_SQLITE] = 30, [LEAN_PROGRAM] = 30}},
};

static void run_memory(enum lean_memory memory, int least_points) {
    struct series base = {.place = place_new(), .memory = memory};
    struct fault fault = {0};
    long refused = 0;
    jobs_prepare(base.place);
    base.bytes = place_read_path(place_path(base.place, "test.c5"), &base.len_bytes);
    base.told =
        mmap(NULL, sizeof *base.told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(base.told != MAP_FAILED);
    struct workbook *workbook = jobs_open(base.place, "test.c5", &fault);
    assert_true(history_head(workbook, base.head, &fault));
    workbook_close(workbook);
    for (size_t i = 0; i < sizeof plans / sizeof plans[0]; i++) {
        struct series series = base;
        series.job = plans[i].job;
        series.points = plans[i].points[memory];
        series.told->refused = 0;
        run_series(&series);
        refused += series.told->refused;
    }
    assert_true(refused >= least_points);
    assert_int_equal(munmap(base.told, sizeof *base.told), 0);
    free(base.bytes);
    place_free(base.place);
}

static void sqlite_without_memory_harms_nothing(void **state) {
    (void)state;
    run_memory(LEAN_SQLITE, 1480);
}

static void the_program_without_memory_ends_in_order(void **state) {
    (void)state;
    run_memory(LEAN_PROGRAM, 530);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sqlite_without_memory_harms_nothing),
        cmocka_unit_test(the_program_without_memory_ends_in_order),
    };
    lean_memory_install();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
