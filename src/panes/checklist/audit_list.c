/* Owns the programme of rounds as a list: who, when, how far, what was found, what it ended with;
 * and its keys. What a round may do is round_actions.c's. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/query.h"
#include "panes/checklist/round_actions.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"

/* How far a round is. */
struct progress {
    int64_t audit;
    int64_t lines, done, findings;
};

/* Of all rounds, in the order of their ids. */
struct programme {
    struct progress *items;
    size_t count, capacity;
};

static void forget(void *known) {
    struct programme *programme = known;
    free(programme->items);
    free(programme);
}

static void *know(struct app *app, struct fault *fault) {
    static const char sql[] =
        "SELECT audit, count(*), sum(state = 'done'),"
        "       sum(coalesce(grade IN ('major nonconformity', 'minor nonconformity',"
        "                              'area of concern'), 0))"
        "  FROM assessment GROUP BY audit ORDER BY audit";
    struct programme *programme = memory_zero(1, sizeof *programme);
    struct query *query = query_open(app_workbook(app), sql, fault);
    int step = query == NULL ? -1 : query_step(query, fault);
    for (; step == 1; step = query_step(query, fault)) {
        programme->items = memory_reserve(programme->items, &programme->capacity,
                                          programme->count + 1, sizeof *programme->items);
        programme->items[programme->count++] = (struct progress){.audit = query_whole(query, 0),
                                                                 .lines = query_whole(query, 1),
                                                                 .done = query_whole(query, 2),
                                                                 .findings = query_whole(query, 3)};
    }
    query_close(query);
    if (step != 0) {
        forget(programme);
        return NULL;
    }
    return programme;
}

static const struct progress *find_progress(const void *known, int64_t audit) {
    const struct programme *programme = known;
    for (size_t i = 0; programme != NULL && i < programme->count; i++) {
        if (programme->items[i].audit == audit) {
            return &programme->items[i];
        }
    }
    return NULL;
}

static void print_done(struct app *app, const void *known, const struct record *record,
                       struct shown_cell *cell) {
    (void)app;
    const struct progress *progress = find_progress(known, record->id);
    if (progress != NULL) {
        buffer_addf(&cell->text, "%lld of %lld", (long long)progress->done,
                    (long long)progress->lines);
        cell->mark = progress->done == progress->lines ? MARK_GOOD : MARK_OPEN;
        cell->meaning = palette_mark_meaning(cell->mark);
    }
}

static void print_findings(struct app *app, const void *known, const struct record *record,
                           struct shown_cell *cell) {
    (void)app;
    const struct progress *progress = find_progress(known, record->id);
    if (progress != NULL && progress->findings > 0) {
        buffer_addf(&cell->text, "%lld", (long long)progress->findings);
        cell->mark = MARK_BAD;
        cell->meaning = MEANING_BAD;
    }
}

/* "closed 2026-03-01, conforms"; open rounds whose end has passed say so. */
static void print_standing(struct app *app, const void *known, const struct record *record,
                           struct shown_cell *cell) {
    (void)known;
    const char *closed = value_text(&record->values[AUDIT_CLOSED_ON]);
    const char *conclusion = value_text(&record->values[AUDIT_CONCLUSION]);
    date_days ends = 0;
    bool has_end = date_parse(value_text(&record->values[AUDIT_ENDS_ON]), &ends);
    if (closed[0] != '\0') {
        buffer_addf(&cell->text, "closed, %s", conclusion);
        cell->meaning = MEANING_DIM;
    } else if (has_end && ends < workbook_today(app_workbook(app))) {
        buffer_add(&cell->text, "open, past its end");
        cell->mark = MARK_WARNING;
        cell->meaning = MEANING_WARNING;
    } else {
        buffer_add(&cell->text, "open");
    }
}

static const struct own_column columns[] = {
    {.column = {.title = "Ref", .width = 9}, .field = AUDIT_REF},
    {.column = {.title = "Kind", .width = 15}, .field = AUDIT_KIND},
    {.column = {.title = "Auditor", .width = 14, .least_width = 8, .grow = 1, .priority = 3},
     .field = AUDIT_AUDITOR},
    {.column = {.title = "From", .width = 10}, .field = AUDIT_STARTS_ON},
    {.column = {.title = "To", .width = 10, .priority = 2}, .field = AUDIT_ENDS_ON},
    {.column = {.title = "Done", .width = 12}, .field = -1, .print = print_done},
    {.column = {.title = "Found", .width = 5}, .field = -1, .print = print_findings},
    {.column = {.title = "Standing", .width = 22, .least_width = 12, .grow = 1, .priority = 1},
     .field = AUDIT_CONCLUSION,
     .print = print_standing},
};

/* Goes to the walk of the round; where a line stood in the way of closing it, to that line. */
static void walk(struct app *app, int64_t audit, int64_t assessment) {
    app_choose_round(app, audit);
    app_go_to(app, &walk_view_ops);
    if (assessment != 0) {
        app_show_record(app, REGISTER_ASSESSMENT, assessment);
    }
}

static void close_round(struct app *app, int64_t audit) {
    app_choose_round(app, audit);
    int64_t open = round_actions_close(app);
    if (open != 0) {
        walk(app, audit, open);
    }
}

static unsigned act(struct app *app, int action, const int64_t *records, size_t count) {
    if (action == DO_START_ROUND) {
        round_actions_start(app);
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    bool is_own = action == DO_WALK_ROUND || action == DO_CLOSE_ROUND ||
                  action == DO_REOPEN_ROUND || action == DO_COMPLETE_ROUND;
    if (!is_own || count == 0) {
        return OUTCOME_NONE;
    }
    switch (action) {
    case DO_CLOSE_ROUND:
        close_round(app, records[0]);
        break;
    case DO_REOPEN_ROUND:
        app_choose_round(app, records[0]);
        round_actions_reopen(app);
        break;
    case DO_COMPLETE_ROUND:
        app_choose_round(app, records[0]);
        round_actions_complete(app);
        break;
    default:
        walk(app, records[0], 0);
        break;
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static const struct binding bindings[] = {
    {.key = 'A',
     .action = DO_START_ROUND,
     .name = "start-round",
     .label = "new round",
     .help = "start a round, carrying over from an earlier one",
     .weight = 8},
    {.key = 'a', .action = DO_START_ROUND},
    {.key = 'w',
     .action = DO_WALK_ROUND,
     .name = "walk-round",
     .label = "walk it",
     .help = "go to the walk of this round",
     .weight = 8},
    {.key = 'C',
     .action = DO_CLOSE_ROUND,
     .name = "close-round",
     .label = "close",
     .help = "close the round with its conclusion; lists the lines that are still open",
     .weight = 7},
    {.key = 'O',
     .action = DO_REOPEN_ROUND,
     .name = "reopen-round",
     .help = "open a closed round again, with the reason"},
    {.key = '+',
     .action = DO_COMPLETE_ROUND,
     .name = "complete-round",
     .help = "add the lines that joined the checklist after the round began"},
};

static const struct binding_table binding_table = {
    .title = "Rounds", .bindings = bindings, .count = COUNT(bindings)};

const struct list_extra audit_list = {
    .columns = columns,
    .column_count = COUNT(columns),
    .know = know,
    .forget = forget,
    .bindings = &binding_table,
    .act = act,
};
