/* Owns the line of progress over work that the workbook's watcher counts. */
#include "panes/frame/long_work.h"

enum { PIECES_A_MIB = 4 }; /* clause5/store/file_digest.h asks after each quarter */

static bool is_stopped(void *context) {
    struct long_work *work = context;
    work->steps++;
    return !progress_step(&work->progress, work->steps / work->per_unit);
}

static void begin(struct long_work *work, struct app *app) {
    work->progress.stage = &work->bare;
    workbook_watch(app_workbook(app), is_stopped, work);
}

void long_work_begin(struct long_work *work, struct app *app, const char *label) {
    *work = (struct long_work){.app = app,
                               .bare = {.terminal = app_terminal(app)},
                               .progress = {.label = label, .unit = "steps"},
                               .per_unit = 1};
    begin(work, app);
}

void long_work_begin_reading(struct long_work *work, struct app *app, const char *label) {
    *work = (struct long_work){.app = app,
                               .bare = {.terminal = app_terminal(app)},
                               .progress = {.label = label, .unit = "MiB"},
                               .per_unit = PIECES_A_MIB};
    begin(work, app);
}

void long_work_end(struct long_work *work) {
    workbook_watch(app_workbook(work->app), NULL, NULL);
}
