/* Owns the one run of the checks that all views share; knows nothing of how findings are shown. */
#include "panes/frame/knowledge.h"

#include "clause5/base/clock.h"
#include "panes/frame/state.h"

static void forget_run(struct knowledge *knowledge) {
    check_run_free(knowledge->run);
    knowledge->run = NULL;
    knowledge->is_complete = false;
}

struct check_run *app_checks(struct app *app, struct fault *fault) {
    struct knowledge *knowledge = &app->knowledge;
    if (knowledge->book == NULL) {
        knowledge->book = check_book_load(fault);
        if (knowledge->book == NULL) {
            return NULL;
        }
    }
    if (knowledge->run != NULL && knowledge->revision != workbook_revision(app->workbook)) {
        forget_run(knowledge);
    }
    if (knowledge->run == NULL) {
        knowledge->revision = workbook_revision(app->workbook);
        knowledge->run = check_run_begin(app->workbook, knowledge->book, fault);
    }
    return knowledge->run;
}

bool app_checks_work(struct app *app, int budget_ms) {
    struct fault fault = {0};
    struct check_run *run = app_checks(app, &fault);
    int64_t end_ms = clock_monotonic_ms() + budget_ms;
    int more = run == NULL ? -1 : app->knowledge.is_complete ? 0 : 1;
    while (more == 1 && clock_monotonic_ms() < end_ms) {
        more = check_run_next(run, &fault);
    }
    if (more < 0) {
        app_say_fault(app, &fault);
    }
    app->knowledge.is_complete = more <= 0;
    return more == 1;
}

bool app_checks_are_complete(struct app *app) {
    return app->knowledge.run != NULL && app->knowledge.is_complete &&
           app->knowledge.revision == workbook_revision(app->workbook);
}

void knowledge_free(struct knowledge *knowledge) {
    forget_run(knowledge);
    check_book_free(knowledge->book);
    knowledge->book = NULL;
}

enum mark knowledge_severity_mark(enum severity severity) {
    static const enum mark marks[] = {[SEVERITY_ERROR] = MARK_BAD,
                                      [SEVERITY_WARNING] = MARK_WARNING,
                                      [SEVERITY_INFO] = MARK_OPEN};
    _Static_assert(sizeof marks / sizeof marks[0] == SEVERITY_COUNT, "one mark per severity");
    return marks[severity];
}
