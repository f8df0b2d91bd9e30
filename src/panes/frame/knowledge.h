/* What the program knows of the workbook by its checks, worked out between keys and again after
 * every change. */
#ifndef CLAUSE5_PANES_KNOWLEDGE_H
#define CLAUSE5_PANES_KNOWLEDGE_H

#include <stdbool.h>

#include "clause5/audit/check.h"
#include "panes/frame/app.h"

/* A zeroed struct is empty and ready. One belongs to the running program. */
struct knowledge {
    struct check_book *book;
    struct check_run *run;
    uint64_t revision; /* of the workbook when the run began */
    bool is_complete;
};

/* Returns the look at the workbook as it stands now, begun anew after a change; NULL with the
 * fault. Owned by the program. */
struct check_run *app_checks(struct app *app, struct fault *fault);

/* Runs checks for about BUDGET_MS; true while more are to run. */
bool app_checks_work(struct app *app, int budget_ms);

/* True once all checks have run on the workbook as it stands. */
bool app_checks_are_complete(struct app *app);

/* Returns the mark that stands before what a check of that severity found, wherever it is shown. */
enum mark knowledge_severity_mark(enum severity severity);

/* Releases what is held. */
void knowledge_free(struct knowledge *knowledge);

#endif
