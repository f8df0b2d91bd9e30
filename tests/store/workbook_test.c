/* The life of the file: made, locked, opened as a hostile one, interrupted. */
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "clause5/store/batch.h"
#include "clause5/store/history.h"
#include "clause5/store/record.h"
#include "store/database.h"
#include "store/migration.h"
#include "store/random_rows.h"
#include "store/state.h"
#include "support/workbook.h"

static const struct clock clock_of_tests = {.today = 20000, .is_set = true};

static int set_up(void **state) {
    *state = place_new();
    return 0;
}

static int tear_down(void **state) {
    place_free(*state);
    return 0;
}

/* Expects that opening NAME is refused with a message that holds WORDS, and that nothing of it or
 * beside it changes. */
static void assert_refused(struct place *place, const char *name, const char *words) {
    struct fault fault = {0};
    size_t len_before = 0;
    size_t len_after = 0;
    size_t count = place_count(place, "");
    char *before = place_read_path(place_path(place, name), &len_before);
    assert_null(workbook_open(place_path(place, name), WORKBOOK_WRITE, &clock_of_tests, &fault));
    if (strstr(fault_text(&fault), words) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", fault_text(&fault), words);
    }
    assert_int_equal(fault_exit_status(&fault), 3);
    fault_clear(&fault);
    assert_null(workbook_open(place_path(place, name), WORKBOOK_READ, &clock_of_tests, &fault));
    fault_clear(&fault);
    char *after = place_read_path(place_path(place, name), &len_after);
    assert_int_equal(len_before, len_after);
    assert_memory_equal(before, after, len_before);
    assert_int_equal(place_count(place, ""), count);
    free(before);
    free(after);
}

/* Runs SQL on test.c5 as a stranger would. */
static void run_outside(struct place *place, const char *sql) {
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(place_path(place, "test.c5"), &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

static void planted_schema_is_refused_by_name(void **state) {
    static const struct {
        const char *sql, *words;
    } plants[] = {
        {"CREATE TRIGGER evil AFTER INSERT ON policy BEGIN DELETE FROM c5_change; END", "\"evil\""},
        {"CREATE VIEW evil AS SELECT 1", "view \"evil\""},
        {"CREATE TABLE evil (x)", "table \"evil\""},
        {"CREATE INDEX evil ON policy (title)", "index \"evil\""},
        {"CREATE TABLE x (id INTEGER PRIMARY KEY AUTOINCREMENT)", "\"sqlite_sequence\""},
        {"DROP TRIGGER c5_batch_keep", "\"c5_batch_keep\" is missing"},
        {"DROP INDEX key_of_policy", "\"key_of_policy\" is missing"},
        {"ALTER TABLE policy ADD COLUMN extra TEXT", "\"policy\" is not as"},
        {"DROP TABLE exception", "missing"},
        {"PRAGMA application_id = 7", "no clause5 workbook"},
        {"PRAGMA user_version = 99", "version 99 is needed"},
        {"PRAGMA user_version = 0", "version 0"},
        {"PRAGMA journal_mode = WAL", "write-ahead mode"},
    };
    struct place *place = *state;
    size_t len_bytes;
    workbook_close(support_workbook_new(place));
    char *bytes = place_read_path(place_path(place, "test.c5"), &len_bytes);
    for (size_t i = 0; i < COUNT(plants); i++) {
        place_write_bytes(place, "test.c5", bytes, len_bytes);
        run_outside(place, plants[i].sql);
        assert_refused(place, "test.c5", plants[i].words);
    }
    free(bytes);
}

static void files_that_are_no_workbooks_are_refused(void **state) {
    struct place *place = *state;
    struct dice dice = {.state = 3};
    char noise[5000];
    struct fault fault = {0};
    for (size_t i = 0; i < sizeof noise; i++) {
        noise[i] = (char)dice_roll(&dice, 256);
    }
    place_write(place, "empty.c5", "");
    place_write(place, "text.c5", "name,title\n");
    place_write_bytes(place, "noise.c5", noise, sizeof noise);
    assert_refused(place, "empty.c5", "no clause5 workbook");
    assert_refused(place, "text.c5", "no clause5 workbook");
    assert_refused(place, "noise.c5", "no clause5 workbook");
    place_make_folder(place, "folder.c5");
    assert_null(
        workbook_open(place_path(place, "folder.c5"), WORKBOOK_WRITE, &clock_of_tests, &fault));
    assert_non_null(strstr(fault_text(&fault), "folder"));
    assert_int_equal(mkfifo(place_path(place, "pipe.c5"), 0600), 0);
    assert_null(
        workbook_open(place_path(place, "pipe.c5"), WORKBOOK_WRITE, &clock_of_tests, &fault));
    assert_non_null(strstr(fault_text(&fault), "pipe"));
    assert_null(
        workbook_open(place_path(place, "none.c5"), WORKBOOK_READ, &clock_of_tests, &fault));
    assert_non_null(strstr(fault_text(&fault), "no such file"));
    fault_clear(&fault);
    assert_int_equal(place_count(place, ""), 5);
}

/* Neither reading nor writing opens what never ends or leads nowhere. */
static void loops_and_devices_are_refused(void **state) {
    static const struct {
        const char *target, *words;
    } links[] = {
        {"b.c5", "symbolic links"},       {"/dev/zero", "device"}, {"/dev/tty", "device"},
        {"nowhere/a.c5", "no such file"}, {"/dev/full", "device"},
    };
    struct place *place = *state;
    for (size_t i = 0; i < COUNT(links); i++) {
        assert_int_equal(symlink(links[i].target, place_path(place, "a.c5")), 0);
        assert_int_equal(symlink("a.c5", place_path(place, "b.c5")), 0);
        for (int mode = WORKBOOK_WRITE; mode <= WORKBOOK_READ; mode++) {
            struct fault fault = {0};
            struct workbook *workbook = workbook_open(
                place_path(place, "b.c5"), (enum workbook_mode)mode, &clock_of_tests, &fault);
            assert_null(workbook);
            if (strstr(fault_text(&fault), links[i].words) == NULL) {
                fail_msg("%s: %s", links[i].target, fault_text(&fault));
            }
            fault_clear(&fault);
        }
        assert_int_equal(unlink(place_path(place, "a.c5")), 0);
        assert_int_equal(unlink(place_path(place, "b.c5")), 0);
    }
    assert_int_equal(place_count(place, ""), 0);
}

static void a_truncated_workbook_is_refused_or_found_unsound(void **state) {
    struct place *place = *state;
    size_t len_bytes;
    workbook_close(support_workbook_new(place));
    char *bytes = place_read_path(place_path(place, "test.c5"), &len_bytes);
    for (size_t cut = 50; cut < len_bytes; cut += len_bytes / 40) {
        struct fault fault = {0};
        place_write_bytes(place, "test.c5", bytes, cut);
        struct workbook *workbook =
            workbook_open(place_path(place, "test.c5"), WORKBOOK_READ, &clock_of_tests, &fault);
        assert_true(workbook == NULL || !history_verify(workbook, &fault));
        assert_int_not_equal(fault.kind, FAULT_NONE);
        workbook_close(workbook);
        fault_clear(&fault);
    }
    free(bytes);
}

static void a_second_opener_is_told_who_and_may_read(void **state) {
    struct place *place = *state;
    struct fault fault = {0};
    char process[40];
    struct workbook *first = support_workbook_new(place);
    snprintf(process, sizeof process, "(process %ld)", (long)getpid());
    assert_null(
        workbook_open(place_path(place, "test.c5"), WORKBOOK_WRITE, &clock_of_tests, &fault));
    assert_int_equal(fault.kind, FAULT_LOCKED);
    assert_non_null(strstr(fault_text(&fault), "test.c5 is open by "));
    assert_non_null(strstr(fault_text(&fault), process));
    fault_clear(&fault);
    struct workbook *second = support_workbook_open(place, WORKBOOK_READ);
    assert_int_equal(record_count(second, REGISTER_WORKBOOK, &fault), 1);
    assert_true(batch_begin(first, "meanwhile", &fault));
    struct dice dice = {.state = 1};
    assert_true(random_insert(&dice, first, REGISTER_PERSON) != 0);
    assert_true(batch_commit(first, &fault));
    assert_int_equal(record_count(second, REGISTER_PERSON, &fault), 1);
    assert_false(batch_begin(second, "may not", &fault));
    assert_non_null(strstr(fault_text(&fault), "read-only"));
    fault_clear(&fault);
    workbook_close(second);
    workbook_close(first);
    assert_int_equal(place_count(place, ""), 1);
}

static void another_program_cannot_write_meanwhile(void **state) {
    struct place *place = *state;
    struct fault fault = {0};
    struct workbook *workbook = support_workbook_new(place);
    assert_true(history_verify(workbook, &fault));
    assert_true(batch_begin(workbook, "abandoned", &fault));
    batch_abandon(workbook);
    pid_t child = fork();
    if (child == 0) {
        sqlite3 *database = NULL;
        sqlite3_open(place_path(place, "test.c5"), &database);
        _exit(sqlite3_exec(database, "UPDATE workbook SET organisation = 'x'", NULL, NULL, NULL));
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), SQLITE_BUSY);
    workbook_close(workbook);
}

static void the_lock_of_a_dead_process_is_taken_over(void **state) {
    struct place *place = *state;
    workbook_close(support_workbook_new(place));
    place_write(place, "test.c5.lock", "anna laptop7 4711\n");
    workbook_close(support_workbook_open(place, WORKBOOK_WRITE));
    assert_int_equal(place_count(place, ""), 1);
}

static void files_are_for_their_owner_alone(void **state) {
    static const char *const names[] = {"test.c5", "test.c5.lock", "test.c5-journal"};
    struct place *place = *state;
    struct fault fault = {0};
    struct dice dice = {.state = 1};
    mode_t mask = umask(0);
    struct workbook *workbook = support_workbook_new(place);
    assert_true(batch_begin(workbook, "open", &fault));
    assert_true(random_insert(&dice, workbook, REGISTER_PERSON) != 0);
    for (size_t i = 0; i < COUNT(names); i++) {
        struct stat status;
        assert_int_equal(stat(place_path(place, names[i]), &status), 0);
        assert_int_equal(status.st_mode & 0777, 0600);
    }
    workbook_close(workbook);
    umask(mask);
    assert_int_equal(place_count(place, ""), 1);
}

static void nothing_is_ever_replaced(void **state) {
    struct place *place = *state;
    struct fault fault = {0};
    const char *path = place_path(place, "test.c5");
    struct workbook *workbook = workbook_create(path, &clock_of_tests, &fault);
    assert_non_null(workbook);
    place_write(place, "test.c5", "somebody was faster");
    assert_false(workbook_publish(workbook, &fault));
    assert_string_equal(place_read(place, "test.c5", NULL), "somebody was faster");
    assert_null(workbook_create(path, &clock_of_tests, &fault));
    assert_int_equal(fault_exit_status(&fault), 3);
    assert_int_equal(place_count(place, ""), 1);
    assert_int_equal(unlink(path), 0);
    place_write(place, "test.c5-journal", "old");
    assert_null(workbook_create(path, &clock_of_tests, &fault));
    assert_non_null(strstr(fault_text(&fault), "test.c5-journal"));
    fault_clear(&fault);
    assert_int_equal(place_count(place, ""), 1);
}

static void a_workbook_that_is_not_published_leaves_nothing(void **state) {
    struct place *place = *state;
    struct fault fault = {0};
    workbook_close(workbook_create(place_path(place, "test.c5"), &clock_of_tests, &fault));
    assert_int_equal(place_count(place, ""), 0);
}

static void a_full_disk_leaves_all_as_it_was(void **state) {
    struct place *place = *state;
    struct dice dice = {.state = 1};
    struct workbook *workbook = support_workbook_new(place);
    char *before = dump_registers(workbook);
    for (int spare = 0; spare < 40; spare++) {
        struct fault fault = {0};
        struct buffer sql = {0};
        int64_t pages = 0;
        assert_true(database_read_whole(workbook, "PRAGMA page_count", &pages, &fault));
        buffer_addf(&sql, "PRAGMA max_page_count = %lld", (long long)pages + spare);
        assert_true(database_run(workbook, sql.bytes, &fault));
        buffer_free(&sql);
        assert_true(batch_begin(workbook, "too much", &fault));
        bool good = true;
        for (int i = 0; i < 2000 && good; i++) {
            struct value values[PERSON_FIELDS] = {0};
            int64_t id = 0;
            random_values(&dice, workbook, REGISTER_PERSON, values);
            good = batch_insert(workbook, REGISTER_PERSON, values, &id, &fault);
            values_free(values, PERSON_FIELDS);
        }
        assert_false(good && batch_commit(workbook, &fault));
        assert_non_null(strstr(fault_text(&fault), "no space left"));
        fault_clear(&fault);
        assert_false(batch_is_open(workbook) && batch_commit(workbook, &fault));
        fault_clear(&fault);
        char *after = dump_registers(workbook);
        assert_string_equal(before, after);
        free(after);
    }
    struct fault fault = {0};
    assert_true(database_run(workbook, "PRAGMA max_page_count = 100000", &fault));
    assert_true(batch_begin(workbook, "room again", &fault));
    assert_true(random_insert(&dice, workbook, REGISTER_PERSON) != 0);
    assert_true(batch_commit(workbook, &fault));
    assert_true(history_verify(workbook, &fault));
    workbook_close(workbook);
    free(before);
}

static bool stop_now(void *context) {
    (void)context;
    return true;
}

static void long_work_stops_when_asked(void **state) {
    struct place *place = *state;
    struct fault fault = {0};
    struct dice dice = {.state = 1};
    struct workbook *workbook = support_workbook_new(place);
    assert_true(batch_begin(workbook, "some", &fault));
    for (int i = 0; i < 2000; i++) {
        assert_true(random_insert(&dice, workbook, REGISTER_COURSE) != 0);
    }
    assert_true(batch_commit(workbook, &fault));
    workbook_watch(workbook, stop_now, NULL);
    assert_false(history_verify(workbook, &fault));
    assert_int_equal(fault.kind, FAULT_STOPPED);
    fault_clear(&fault);
    workbook_watch(workbook, NULL, NULL);
    assert_true(history_verify(workbook, &fault));
    workbook_close(workbook);
}

/* Writes batches until it is killed; says after each commit how many there are. */
_Noreturn static void write_until_killed(struct place *place, int pipe_end, unsigned seed) {
    struct fault fault = {0};
    struct dice dice = {.state = seed};
    struct workbook *workbook =
        workbook_open(place_path(place, "test.c5"), WORKBOOK_WRITE, &clock_of_tests, &fault);
    while (workbook != NULL) {
        bool good = batch_begin(workbook, "until killed", &fault);
        for (int i = 0; i < 5 && good; i++) {
            random_insert(&dice, workbook, REGISTER_PERSON);
        }
        if (!good || !batch_commit(workbook, &fault) || write(pipe_end, "c", 1) != 1) {
            break;
        }
    }
    _exit(1);
}

static void a_killed_writer_loses_no_accepted_change(void **state) {
    struct place *place = *state;
    struct dice dice = {.state = 9};
    struct fault fault = {0};
    int64_t sure = 0;
    workbook_close(support_workbook_new(place));
    for (unsigned round = 1; round <= 25; round++) {
        int ends[2];
        char bytes[256];
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0) {
            close(ends[0]);
            write_until_killed(place, ends[1], round);
        }
        close(ends[1]);
        for (unsigned i = dice_roll(&dice, 5) + 1; i > 0; i--) {
            assert_int_equal(read(ends[0], bytes, 1), 1);
            sure += 5;
        }
        for (volatile unsigned spin = dice_roll(&dice, 3000000); spin > 0; spin--) {
        }
        assert_int_equal(kill(child, SIGKILL), 0);
        assert_int_equal(waitpid(child, NULL, 0), child);
        for (ssize_t got; (got = read(ends[0], bytes, sizeof bytes)) > 0;) {
            sure += 5 * got;
        }
        close(ends[0]);
        struct workbook *workbook = support_workbook_open(place, WORKBOOK_WRITE);
        int64_t count = record_count(workbook, REGISTER_PERSON, &fault);
        assert_int_equal(count % 5, 0);
        assert_true(count == sure || count == sure + 5);
        sure = count;
        assert_true(history_verify(workbook, &fault));
        workbook_close(workbook);
        assert_int_equal(place_count(place, ""), 1);
    }
}

static void the_runner_migrates_step_by_step_after_a_copy(void **state) {
    static const struct migration_step steps[] = {
        {.to = 2, .sql = "ALTER TABLE policy ADD COLUMN colour TEXT"},
        {.to = 3, .sql = "UPDATE policy SET colour = 'red'; CREATE TABLE extra (id INTEGER)"},
        {.to = 4, .sql = "CREATE TABLE half (id INTEGER); CREATE TABLE extra (id INTEGER)"},
        {.to = 5, .sql = NULL},
    };
    struct place *place = *state;
    struct fault fault = {0};
    size_t len_before;
    size_t len_copy;
    int version = 0;
    int64_t count = 0;
    workbook_close(support_workbook_new(place));
    char *before = place_read_path(place_path(place, "test.c5"), &len_before);
    struct workbook *workbook = support_workbook_open(place, WORKBOOK_WRITE);
    /* The steps run before the standing read begins. */
    assert_int_equal(sqlite3_reset(workbook->standing), SQLITE_OK);
    bool migrated = migration_run(workbook, steps, 3, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_true(migrated);
    assert_true(migration_read_version(workbook, &version, &fault));
    assert_int_equal(version, 3);
    char *copy = place_read_path(place_path(place, "test.c5.before-3"), &len_copy);
    assert_int_equal(len_copy, len_before);
    assert_memory_equal(copy + 100, before + 100, len_before - 100);
    assert_false(migration_run(workbook, steps, 4, &fault));
    fault_clear(&fault);
    assert_true(migration_read_version(workbook, &version, &fault));
    assert_int_equal(version, 3);
    assert_true(database_read_whole(
        workbook, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'", &count, &fault));
    assert_int_equal(count, 0);
    assert_true(place_has(place, "test.c5.before-4"));
    assert_false(migration_run(workbook, steps, 4, &fault));
    assert_true(place_has(place, "test.c5.before-4-2"));
    fault_clear(&fault);
    assert_false(migration_run(workbook, steps, 9, &fault));
    fault_clear(&fault);
    workbook_close(workbook);
    free(before);
    free(copy);
}

static void a_folder_that_may_not_be_written_allows_reading(void **state) {
    struct place *place = *state;
    struct fault fault = {0};
    int status = 0;
    workbook_close(support_workbook_new(place));
    assert_int_equal(chmod(place_path(place, "test.c5"), 0444), 0);
    assert_int_equal(chmod(place_path(place, ""), 0555), 0);
    pid_t child = fork();
    if (child == 0) {
        const char *path = place_path(place, "test.c5");
        bool is_user = geteuid() != 0 || setresuid(65534, 65534, 65534) == 0;
        struct workbook *written = workbook_open(path, WORKBOOK_WRITE, &clock_of_tests, &fault);
        bool is_told = strstr(fault_text(&fault), "read-only") != NULL;
        struct workbook *read_only = workbook_open(path, WORKBOOK_READ, &clock_of_tests, &fault);
        bool reads = read_only != NULL && history_verify(read_only, &fault);
        _exit(is_user && written == NULL && is_told && reads ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(chmod(place_path(place, ""), 0755), 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(planted_schema_is_refused_by_name),
        TEST(files_that_are_no_workbooks_are_refused),
        TEST(loops_and_devices_are_refused),
        TEST(a_truncated_workbook_is_refused_or_found_unsound),
        TEST(a_second_opener_is_told_who_and_may_read),
        TEST(another_program_cannot_write_meanwhile),
        TEST(the_lock_of_a_dead_process_is_taken_over),
        TEST(files_are_for_their_owner_alone),
        TEST(nothing_is_ever_replaced),
        TEST(a_workbook_that_is_not_published_leaves_nothing),
        TEST(a_full_disk_leaves_all_as_it_was),
        TEST(long_work_stops_when_asked),
        TEST(a_killed_writer_loses_no_accepted_change),
        TEST(the_runner_migrates_step_by_step_after_a_copy),
        TEST(a_folder_that_may_not_be_written_allows_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
