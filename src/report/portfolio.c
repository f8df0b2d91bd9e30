/* Owns the figures of a workbook among others; knows nothing of how they are printed. */
#include "clause5/report/portfolio.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/audit/check.h"
#include "clause5/audit/readiness.h"
#include "clause5/base/memory.h"
#include "clause5/store/history.h"
#include "clause5/store/workbook.h"
#include "report/queries.h"

/* Takes the day of the newest batch and stops. */
static bool take_day(void *context, const struct history_batch *batch) {
    struct portfolio_row *row = context;
    if (strlen(batch->time) >= DATE_TEXT_SIZE - 1) {
        memcpy(row->last_change, batch->time, DATE_TEXT_SIZE - 1);
    }
    return false;
}

static bool read_history(struct portfolio_row *row, struct workbook *workbook,
                         struct fault *fault) {
    const struct history_visitor visitor = {.visit = take_day, .context = row};
    return history_visit(workbook, 0, &visitor, fault);
}

static bool read_facts(struct portfolio_row *row, struct workbook *workbook, struct fault *fault) {
    struct query *query = queries_open(workbook, "report/report.sql", "portfolio", fault);
    int step = query == NULL ? -1 : query_step(query, fault);
    if (step == 1) {
        const char *day = query_text(query, 1);
        row->organisation = memory_copy_text(query_text(query, 0));
        if (strlen(day) == DATE_TEXT_SIZE - 1) {
            memcpy(row->next_due, day, DATE_TEXT_SIZE);
        }
    }
    query_close(query);
    return step == 1 || (step == 0 && fault_set(fault, FAULT_FAILED,
                                                "the workbook has no page of its own (restore a "
                                                "backup)"));
}

static bool read_readiness(struct portfolio_row *row, struct workbook *workbook,
                           struct fault *fault) {
    struct readiness readiness = {0};
    struct check_run *run = NULL;
    struct check_book *book = check_book_load(fault);
    bool is_good = false;
    if (book == NULL) {
        return false;
    }
    run = check_run_begin(workbook, book, fault);
    is_good = run != NULL && readiness_assess(run, &readiness, fault);
    if (is_good) {
        row->readiness = readiness_percent(&readiness.whole);
        row->errors = (int)check_run_count(run, SEVERITY_ERROR);
        row->warnings = (int)check_run_count(run, SEVERITY_WARNING);
    }
    readiness_free(&readiness);
    check_run_free(run);
    check_book_free(book);
    return is_good;
}

void portfolio_row_read(struct portfolio_row *row, const char *path, const struct clock *clock) {
    struct fault fault = {0};
    *row = (struct portfolio_row){0};
    struct workbook *workbook = workbook_open(path, WORKBOOK_READ, clock, &fault);
    bool is_good = workbook != NULL && read_facts(row, workbook, &fault) &&
                   read_readiness(row, workbook, &fault) && read_history(row, workbook, &fault);
    workbook_close(workbook);
    if (!is_good) {
        portfolio_row_free(row);
        row->fault = memory_copy_text(fault_text(&fault));
    }
    fault_clear(&fault);
}

void portfolio_row_free(struct portfolio_row *row) {
    free(row->organisation);
    free(row->fault);
    *row = (struct portfolio_row){0};
}
