/* Makes the history of a year's work in a workbook, and measures what it costs to open, to look
 * back, to take back and to prove. For tools/bench.
 *
 *   clause5_year make FILE CHANGES     CHANGES batches over the 250 days before today
 *   clause5_year measure FILE          a line of name and milliseconds each */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/clock.h"
#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/history.h"
#include "clause5/store/look.h"
#include "clause5/store/query.h"

enum { DAYS = 250 };

static int fail(struct fault *fault) {
    fprintf(stderr, "clause5_year: %s\n", fault_text(fault));
    fault_clear(fault);
    return EXIT_FAILURE;
}

/* Reads the ids of a register; the caller frees. */
static int64_t *read_ids(struct workbook *workbook, const char *sql, size_t *count,
                         struct fault *fault) {
    int64_t *ids = NULL;
    size_t capacity = 0;
    struct query *query = query_open(workbook, sql, fault);
    *count = 0;
    while (query != NULL && query_step(query, fault) == 1) {
        ids = memory_reserve(ids, &capacity, *count + 1, sizeof *ids);
        ids[(*count)++] = query_whole(query, 0);
    }
    query_close(query);
    return ids;
}

/* One change as people make them: a text of one person, in a batch of its own. */
static bool change_one(struct workbook *workbook, int64_t id, long number, struct fault *fault) {
    struct record record = {0};
    struct buffer text = {0};
    buffer_addf(&text, "Change %ld of the year", number);
    bool is_done = record_load(workbook, REGISTER_PERSON, id, &record, fault) == LOOKUP_FOUND &&
                   edit_begin(workbook, buffer_text(&text), fault);
    if (is_done) {
        value_free(&record.values[PERSON_ORGANISATION]);
        record.values[PERSON_ORGANISATION] = value_of_text(buffer_text(&text));
        is_done = edit_update(workbook, REGISTER_PERSON, id, record.values, fault) &&
                  edit_commit(workbook, fault);
    }
    record_free(&record);
    buffer_free(&text);
    return is_done;
}

static bool work_a_day(const char *path, const struct clock *clock, long first, long end,
                       struct fault *fault) {
    size_t count = 0;
    struct workbook *workbook = workbook_open(path, WORKBOOK_WRITE, clock, fault);
    if (workbook == NULL) {
        return false;
    }
    int64_t *ids = read_ids(workbook, "SELECT id FROM person ORDER BY id LIMIT 500", &count, fault);
    bool is_done = count > 0;
    for (long i = first; i < end && is_done; i++) {
        is_done = change_one(workbook, ids[(size_t)i % count], i, fault);
    }
    free(ids);
    workbook_close(workbook);
    return is_done;
}

static int make(const char *path, long changes) {
    struct fault fault = {0};
    struct clock clock;
    if (!clock_read(&clock, &fault)) {
        return fail(&fault);
    }
    const date_days today = clock.today;
    clock.is_set = true;
    for (int day = 0; day < DAYS; day++) {
        clock.today = today - DAYS + day;
        if (!work_a_day(path, &clock, changes * day / DAYS, changes * (day + 1) / DAYS, &fault)) {
            return fail(&fault);
        }
    }
    return EXIT_SUCCESS;
}

/* Prints how long it took since *SINCE_MS, and begins anew. */
static void tell(const char *name, int64_t *since_ms) {
    printf("%s %" PRId64 "\n", name, clock_monotonic_ms() - *since_ms);
    *since_ms = clock_monotonic_ms();
}

static bool take_one(void *context, const struct history_batch *batch) {
    long *left = context;
    (void)batch;
    return --*left > 0;
}

static bool measure_open(struct workbook *workbook, const struct clock *clock,
                         struct fault *fault) {
    long left = 2000;
    int64_t since_ms = clock_monotonic_ms();
    char *label = NULL;
    const struct history_visitor visitor = {.visit = take_one, .context = &left};
    bool is_done = history_visit(workbook, 0, &visitor, fault);
    tell("list", &since_ms);
    is_done = is_done && look_at_day(workbook, clock->today - DAYS / 2, fault);
    tell("look-back", &since_ms);
    is_done = is_done && look_at_present(workbook, fault);
    tell("present", &since_ms);
    is_done = is_done && history_undo(workbook, &label, fault);
    tell("undo", &since_ms);
    free(label);
    label = NULL;
    is_done = is_done && history_redo(workbook, &label, fault);
    tell("redo", &since_ms);
    is_done = is_done && history_verify(workbook, fault);
    tell("verify", &since_ms);
    free(label);
    return is_done;
}

static int measure(const char *path) {
    struct fault fault = {0};
    struct clock clock;
    if (!clock_read(&clock, &fault)) {
        return fail(&fault);
    }
    int64_t since_ms = clock_monotonic_ms();
    struct workbook *workbook = workbook_open(path, WORKBOOK_WRITE, &clock, &fault);
    tell("open", &since_ms);
    bool is_done = workbook != NULL && measure_open(workbook, &clock, &fault);
    workbook_close(workbook);
    return is_done ? EXIT_SUCCESS : fail(&fault);
}

int main(int argc, char **argv) {
    if (argc == 4 && strcmp(argv[1], "make") == 0) {
        return make(argv[2], strtol(argv[3], NULL, 10));
    }
    if (argc == 3 && strcmp(argv[1], "measure") == 0) {
        return measure(argv[2]);
    }
    fprintf(stderr, "usage: clause5_year make FILE CHANGES, or measure FILE\n");
    return 2;
}
