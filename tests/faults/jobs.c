/* Owns the jobs; knows nothing of what fails under them. */
#include "support/testing.h"

#include "faults/jobs.h"

#include <stdio.h>
#include <stdlib.h>

#include "clause5/audit/check.h"
#include "clause5/exchange/import.h"
#include "clause5/exchange/merge.h"
#include "clause5/exchange/seed.h"
#include "clause5/report/report.h"
#include "clause5/rules/edit.h"
#include "clause5/store/backup.h"
#include "clause5/store/batch.h"
#include "clause5/store/history.h"
#include "clause5/store/verify.h"

enum { IMPORT_ROWS = 60, BULK_ROWS = 200, NAME_SIZE = 64 };

static bool insert_person(struct job_bench *bench, int number, struct fault *fault) {
    struct value values[PERSON_FIELDS] = {0};
    char name[NAME_SIZE];
    int64_t id = 0;
    snprintf(name, sizeof name, "Person %d of round %d", number, bench->round);
    values[PERSON_NAME] = value_of_text(name);
    values[PERSON_COMPETENCE] = value_of_text("reads\nand writes");
    bool good = edit_insert(bench->workbook, REGISTER_PERSON, values, &id, fault);
    values_free(values, PERSON_FIELDS);
    return good;
}

static bool change_scope(struct job_bench *bench, struct fault *fault) {
    struct record record;
    char scope[NAME_SIZE];
    snprintf(scope, sizeof scope, "the scope of round %d", bench->round);
    if (record_load(bench->workbook, REGISTER_WORKBOOK, WORKBOOK_ROW_ID, &record, fault) !=
        LOOKUP_FOUND) {
        return false;
    }
    struct value value = value_of_text(scope);
    bool good = edit_set(bench->workbook, &record, WORKBOOK_SCOPE, &value, fault);
    value_free(&value);
    record_free(&record);
    return good;
}

static bool save(struct job_bench *bench, struct fault *fault) {
    bool good = edit_begin(bench->workbook, "save", fault) && insert_person(bench, 1, fault) &&
                insert_person(bench, 2, fault) && change_scope(bench, fault) &&
                edit_commit(bench->workbook, fault);
    edit_abandon(bench->workbook);
    return good;
}

static bool import(struct job_bench *bench, struct fault *fault) {
    struct import_outcome outcome;
    char name[NAME_SIZE];
    snprintf(name, sizeof name, "people-%d.csv", bench->round % 10);
    const struct import_plan plan = {.sheet = "person", .path = place_path(bench->place, name)};
    return import_file(bench->workbook, &plan, &outcome, fault);
}

static bool insert_course(struct job_bench *bench, int number, struct fault *fault) {
    struct value values[COURSE_FIELDS] = {0};
    char ref[NAME_SIZE];
    int64_t id = 0;
    snprintf(ref, sizeof ref, "TRN-%d-%d", bench->round, number);
    values[COURSE_REF] = value_of_text(ref);
    values[COURSE_TITLE] = value_of_text("A course of many");
    values[COURSE_AUDIENCE] = value_of_text("everyone");
    bool good = batch_insert(bench->workbook, REGISTER_COURSE, values, &id, fault);
    values_free(values, COURSE_FIELDS);
    return good;
}

static bool bulk(struct job_bench *bench, struct fault *fault) {
    bool good = batch_begin(bench->workbook, "many", fault);
    if (good && !batch_begin_bulk(bench->workbook, REGISTER_COURSE, fault)) {
        good = fault->kind == FAULT_NONE;
    }
    for (int i = 0; i < BULK_ROWS && good; i++) {
        good = insert_course(bench, i, fault);
    }
    good = good && batch_end_bulk(bench->workbook, fault) == BULK_DONE &&
           batch_commit(bench->workbook, fault);
    batch_abandon(bench->workbook);
    return good;
}

static bool undo(struct job_bench *bench, struct fault *fault) {
    char *label = NULL;
    bool good = history_undo(bench->workbook, &label, fault);
    free(label);
    return good;
}

static bool redo(struct job_bench *bench, struct fault *fault) {
    char *label = NULL;
    bool good = history_redo(bench->workbook, &label, fault);
    free(label);
    return good;
}

static bool merge(struct job_bench *bench, struct fault *fault) {
    struct workbook *theirs = workbook_open(place_path(bench->place, "other.c5"), WORKBOOK_READ,
                                            workbook_clock(bench->workbook), fault);
    struct merge *merge = theirs == NULL ? NULL : merge_open(bench->workbook, theirs, fault);
    bool good = false;
    if (merge != NULL) {
        merge_choose_all(merge, MERGE_THEIRS);
        good = merge_store(merge, "merge", fault) == MERGE_STORED;
    }
    merge_close(merge);
    workbook_close(theirs);
    return good;
}

static bool backup(struct job_bench *bench, struct fault *fault) {
    struct buffer path = {0};
    bool good = backup_make(bench->workbook, place_path(bench->place, "backup.c5"), &path, fault);
    buffer_free(&path);
    return good;
}

static bool check(struct job_bench *bench, struct fault *fault) {
    struct check_book *book = check_book_load(fault);
    struct check_run *run = book == NULL ? NULL : check_run_begin(bench->workbook, book, fault);
    bool good = run != NULL && check_run_all(run, fault);
    check_run_free(run);
    check_book_free(book);
    return good;
}

static bool report(struct job_bench *bench, struct fault *fault) {
    struct buffer page = {0};
    bool good = report_write(bench->workbook, NULL, &page, fault);
    buffer_free(&page);
    return good;
}

static const struct job jobs[] = {
    [JOB_SAVE] = {.name = "save", .run = save, .writes = true},
    [JOB_IMPORT] = {.name = "import", .run = import, .writes = true},
    [JOB_BULK] = {.name = "bulk", .run = bulk, .writes = true},
    [JOB_UNDO] = {.name = "undo", .run = undo, .writes = true},
    [JOB_REDO] = {.name = "redo", .run = redo, .writes = true},
    [JOB_MERGE] = {.name = "merge", .run = merge, .writes = true},
    [JOB_BACKUP] = {.name = "backup", .run = backup},
    [JOB_CHECK] = {.name = "check", .run = check},
    [JOB_REPORT] = {.name = "report", .run = report},
};
_Static_assert(sizeof jobs / sizeof jobs[0] == JOB_COUNT, "one row per job");

const struct job *job_of(enum job_id id) {
    return &jobs[id];
}

static void write_people(struct place *place) {
    for (int round = 0; round < 10; round++) {
        struct buffer csv = {0};
        char name[NAME_SIZE];
        buffer_add(&csv, "name,email,department\r\n");
        for (int i = 0; i < IMPORT_ROWS; i++) {
            buffer_addf(&csv, "Imported %d of %d,p%d.%d@example.org,\"Hall, %d\"\r\n", i, round, i,
                        round, i % 7);
        }
        snprintf(name, sizeof name, "people-%d.csv", round);
        place_write(place, name, buffer_text(&csv));
        buffer_free(&csv);
    }
}

/* A copy that goes its own way. */
static void make_other(struct place *place) {
    struct job_bench bench = {.place = place, .round = 201};
    struct fault fault = {0};
    size_t len_bytes;
    char *bytes = place_read_path(place_path(place, "test.c5"), &len_bytes);
    place_write_bytes(place, "other.c5", bytes, len_bytes);
    free(bytes);
    bench.workbook = jobs_open(place, "other.c5", &fault);
    assert_true(bench.workbook != NULL && save(&bench, &fault));
    workbook_close(bench.workbook);
}

void jobs_prepare(struct place *place) {
    const struct seed_plan plan = {.set = SEED_STARTER, .organisation = "Test"};
    struct job_bench bench = {.place = place};
    struct clock clock;
    struct fault fault = {0};
    write_people(place);
    bool good = clock_read(&clock, &fault) &&
                seed_create(place_path(place, "test.c5"), &plan, &clock, &fault);
    bench.workbook = good ? jobs_open(place, "test.c5", &fault) : NULL;
    good = good && bench.workbook != NULL;
    for (bench.round = 101; good && bench.round <= 102; bench.round++) {
        good = save(&bench, &fault);
        if (bench.round == 101) {
            workbook_close(bench.workbook);
            make_other(place);
            bench.workbook = jobs_open(place, "test.c5", &fault);
            good = good && bench.workbook != NULL;
        }
    }
    assert_string_equal(fault_text(&fault), "");
    assert_true(good);
    workbook_close(bench.workbook);
}

struct workbook *jobs_open(struct place *place, const char *name, struct fault *fault) {
    struct clock clock;
    return clock_read(&clock, fault)
               ? workbook_open(place_path(place, name), WORKBOOK_WRITE, &clock, fault)
               : NULL;
}

static void keep_finding(void *context, const char *finding) {
    struct fault *fault = context;
    if (fault->kind == FAULT_NONE) {
        fault_set(fault, FAULT_FAILED, "%s", finding);
    }
}

bool jobs_is_sound(struct workbook *workbook, struct fault *fault) {
    const struct verify_visitor visitor = {.visit = keep_finding, .context = fault};
    return verify_pages(workbook, &visitor, fault) == 0 &&
           verify_references(workbook, &visitor, fault) == 0 && history_verify(workbook, fault);
}
