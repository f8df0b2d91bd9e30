/* Owns the first screen: how ready each clause is, with the counts behind it, and below it the next
 * things to do. Enter lists what a clause lacks. Everything that needs a scan is worked out after
 * the first frame and shown as … until then. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/readiness.h"
#include "clause5/base/memory.h"
#include "panes/checklist/round_actions.h"
#include "panes/frame/actions.h"
#include "panes/frame/knowledge.h"
#include "panes/frame/panes.h"
#include "panes/list/rows_view.h"
#include "panes/overview/clause_page.h"
#include "panes/overview/finding_row.h"

enum { CELL_CLAUSE, CELL_NAME, CELL_BAR, CELL_PERCENT, CELL_MET, CELL_FOUND };

enum { BAR_CELLS = 16, STEPS_MOST = 8, FINISH_SLICE_MS = 1000 };

static const struct list_column columns[] = {
    [CELL_CLAUSE] = {.title = "Clause", .width = 6, .spills = true},
    [CELL_NAME] = {.title = "", .width = 17, .least_width = 12, .grow = 1},
    [CELL_BAR] = {.title = "Ready", .width = BAR_CELLS, .priority = 2},
    [CELL_PERCENT] = {.title = "", .width = 4, .align = LIST_RIGHT},
    [CELL_MET] = {.title = "Met", .width = 9, .align = LIST_RIGHT},
    [CELL_FOUND] = {.title = "Found", .width = 17, .priority = 1},
};

struct readiness_view {
    struct rows_view base;
    struct readiness readiness;
    bool is_known; /* readiness is that of the workbook as it stands */
};

/* What people call a clause. */
static const char *clause_name(const char *clause) {
    static const struct {
        const char *clause, *name;
    } names[] = {{"4.3", "Scope"},          {"5.1", "Leadership"},        {"5.2", "Policy"},
                 {"5.3", "Roles"},          {"6.2", "Objectives"},        {"7", "Support"},
                 {"9.2", "Internal audit"}, {"9.3", "Management review"}, {"10", "Improvement"}};
    for (size_t i = 0; i < COUNT(names); i++) {
        if (strcmp(names[i].clause, clause) == 0) {
            return names[i].name;
        }
    }
    return "Own lines";
}

/* Appends a bar of BAR_CELLS cells, PERCENT of it filled. */
static void print_bar(const struct terminal *terminal, int percent, struct buffer *out) {
    int filled = (percent * BAR_CELLS + 50) / 100;
    for (int cell = 0; cell < BAR_CELLS; cell++) {
        buffer_add(out, palette_mark(terminal, cell < filled ? MARK_FULL : MARK_DOT));
    }
}

/* Appends "5½ of 8"; the half is ".5" where it cannot be shown. */
static void print_met(const struct terminal *terminal, const struct readiness_count *count,
                      struct buffer *out) {
    int halves = 2 * count->standings[STANDING_MET] + count->standings[STANDING_HALF];
    bool is_unicode = terminal_is_unicode(terminal);
    const char *half = is_unicode ? "½" : ".5";
    if (halves != 1 || !is_unicode) {
        buffer_addf(out, "%d", halves / 2);
    }
    buffer_addf(out, "%s of %d", halves % 2 == 0 ? "" : half, count->total);
}

/* True where one of the requirements REFS (separated by blanks) belongs to the clause. */
static bool touches(const struct readiness *readiness, const char *refs, const char *clause) {
    for (size_t i = 0; i < readiness->requirement_count; i++) {
        const struct requirement_standing *standing = &readiness->requirements[i];
        if (clause_is_within(standing->clause, clause) &&
            check_has_requirement(refs, standing->ref)) {
            return true;
        }
    }
    return false;
}

/* Appends "✘ 2  ! 4  ○ 1": errors, warnings and what is not known. */
static void print_found(const struct readiness_view *view, const struct readiness_count *count,
                        const struct findings *findings, struct buffer *out) {
    const struct terminal *terminal = app_terminal(view->base.app);
    size_t counts[SEVERITY_COUNT] = {0};
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        bool is_counted = finding->set_aside_until == NULL &&
                          touches(&view->readiness, finding->requirements, count->clause);
        counts[finding->check->severity] += is_counted ? 1 : 0;
    }
    if (counts[SEVERITY_ERROR] > 0) {
        buffer_addf(out, "%s %zu  ", palette_mark(terminal, MARK_BAD), counts[SEVERITY_ERROR]);
    }
    if (counts[SEVERITY_WARNING] > 0) {
        buffer_addf(out, "! %zu  ", counts[SEVERITY_WARNING]);
    }
    if (count->standings[STANDING_NOT_KNOWN] > 0) {
        buffer_addf(out, "%s %d", palette_mark(terminal, MARK_OPEN),
                    count->standings[STANDING_NOT_KNOWN]);
    }
}

static void add_clause(struct readiness_view *view, const struct readiness_count *count,
                       const struct findings *findings) {
    const struct terminal *terminal = app_terminal(view->base.app);
    struct view_row *row = view_rows_add(&view->base.rows);
    struct buffer text = {0};
    int percent = readiness_percent(count);
    view_rows_set(row, CELL_CLAUSE, count->clause);
    view_rows_set(row, CELL_NAME, clause_name(count->clause));
    print_bar(terminal, percent, &text);
    view_rows_set(row, CELL_BAR, buffer_text(&text));
    row->meanings[CELL_BAR] = MEANING_CHART;
    buffer_clear(&text);
    buffer_addf(&text, "%d%%", percent);
    view_rows_set(row, CELL_PERCENT, buffer_text(&text));
    buffer_clear(&text);
    print_met(terminal, count, &text);
    view_rows_set(row, CELL_MET, buffer_text(&text));
    buffer_clear(&text);
    print_found(view, count, findings, &text);
    view_rows_set(row, CELL_FOUND, buffer_text(&text));
    row->tag = count->clause; /* the row frees it */
    buffer_free(&text);
}

/* Adds up the counts of all clauses that one row shows. */
static struct readiness_count sum_of(const struct readiness *readiness, char *shown) {
    struct readiness_count sum = {.clause = shown};
    for (size_t i = 0; i < readiness->clause_count; i++) {
        const struct readiness_count *count = &readiness->clauses[i];
        if (!clause_is_within(count->clause, shown)) {
            continue;
        }
        sum.total += count->total;
        for (int standing = 0; standing < STANDING_COUNT; standing++) {
            sum.standings[standing] += count->standings[standing];
        }
    }
    return sum;
}

static void add_step(struct readiness_view *view, const struct finding *finding) {
    struct view_row *row = view_rows_add(&view->base.rows);
    row->tag = memory_copy_text(finding->check->id);
    row->marks[CELL_CLAUSE] = knowledge_severity_mark(finding->check->severity);
    view_rows_set(row, CELL_CLAUSE, finding->message);
    view_rows_set(row, CELL_FOUND, finding->requirements);
    row->meanings[CELL_FOUND] = MEANING_DIM;
    finding_row_lead(row, finding);
}

/* The findings that weigh most, one line a check: the next things to do. */
static void add_steps(struct readiness_view *view, const struct findings *findings) {
    const struct check *last = NULL;
    int count = 0;
    view_rows_add_heading(&view->base.rows, "Next to do");
    for (size_t i = 0; i < findings->count && count < STEPS_MOST; i++) {
        const struct finding *finding = &findings->items[i];
        if (finding->check != last && finding->set_aside_until == NULL) {
            last = finding->check;
            add_step(view, finding);
            count++;
        }
    }
    if (count == 0) {
        struct view_row *row = view_rows_add(&view->base.rows);
        row->marks[CELL_CLAUSE] = MARK_GOOD;
        view_rows_set(row, CELL_CLAUSE, "Nothing is found missing or late by the checks.");
    }
}

/* One row a clause; those of 7 and of 10 together, so that the next things to do have room. */
static bool fill(void *context, struct fault *fault) {
    struct readiness_view *view = context;
    struct check_run *run = view->is_known ? app_checks(view->base.app, fault) : NULL;
    char *last = NULL;
    for (size_t i = 0; run != NULL && i < view->readiness.clause_count; i++) {
        if (last != NULL && clause_is_within(view->readiness.clauses[i].clause, last)) {
            continue;
        }
        last = clause_shown(view->readiness.clauses[i].clause);
        const struct readiness_count sum = sum_of(&view->readiness, last);
        add_clause(view, &sum, check_run_findings(run));
    }
    if (run != NULL) {
        add_steps(view, check_run_findings(run));
    }
    return fault->kind == FAULT_NONE;
}

static void *open_view(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)place;
    (void)fault;
    struct readiness_view *view = memory_zero(1, sizeof *view);
    rows_view_init(
        &view->base, app, fill,
        &(struct list_options){.columns = columns,
                               .column_count = COUNT(columns),
                               .frozen = 1,
                               .empty = terminal_is_unicode(app_terminal(app)) ? "…" : "..."});
    return view;
}

static void close_view(void *context) {
    struct readiness_view *view = context;
    rows_view_release(&view->base);
    readiness_free(&view->readiness);
    free(view);
}

static void reload(void *context) {
    struct readiness_view *view = context;
    view->is_known = false;
    view->base.is_stale = true;
}

static bool work(void *context, int budget_ms) {
    struct readiness_view *view = context;
    struct fault fault = {0};
    if (app_checks_work(view->base.app, budget_ms)) {
        return true;
    }
    if (!view->is_known) {
        struct check_run *run = app_checks(view->base.app, &fault);
        readiness_free(&view->readiness);
        view->readiness = (struct readiness){0};
        view->is_known = true;
        view->base.is_stale = true;
        if (run == NULL || !readiness_assess(run, &view->readiness, &fault)) {
            app_say_fault(view->base.app, &fault);
        }
    }
    return false;
}

/* True for the rows of clauses, which are tagged with theirs; those of findings lead elsewhere. */
static bool is_clause(const struct view_row *row) {
    return row->tag != NULL && row->target.register_id == REGISTER_NONE;
}

static unsigned act(void *context, int action) {
    struct readiness_view *view = context;
    while (!view->is_known && work(view, FINISH_SLICE_MS)) {
    }
    const struct view_row *row = rows_view_current(&view->base);
    if (action == DO_OPEN && row != NULL && is_clause(row)) {
        return clause_page_open(view->base.app, row->tag);
    }
    if (action == DO_START_ROUND) {
        round_actions_start(view->base.app);
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    unsigned outcome = rows_view_act(&view->base, action);
    row = rows_view_current(&view->base);
    if ((outcome & OUTCOME_MOVED) && row != NULL && !is_clause(row)) {
        finding_row_explain(view->base.app, row);
    }
    return outcome;
}

static void describe(void *context, struct buffer *out) {
    const struct readiness_view *view = context;
    const struct terminal *terminal = app_terminal(view->base.app);
    if (!view->is_known) {
        buffer_add(out, palette_mark(terminal, MARK_ELLIPSIS));
        return;
    }
    buffer_addf(out, "%d%% ready, ", readiness_percent(&view->readiness.whole));
    print_met(terminal, &view->readiness.whole, out);
    buffer_addf(out, ", %d not known", view->readiness.whole.standings[STANDING_NOT_KNOWN]);
}

static const struct binding bindings[] = {
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "what is missing, mend",
     .help =
         "list the requirements of the clause and why each stands as it does; below, go to what "
         "is to be mended",
     .weight = 9},
    {.key = 'A',
     .action = DO_START_ROUND,
     .where = WHERE_WRITABLE,
     .name = "start-round",
     .label = "new round",
     .help = "start a round: a self-assessment or an audit",
     .weight = 7},
};

static const struct binding_table binding_table = {
    .title = "Readiness", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops readiness_view_ops = {
    .open = open_view,
    .close = close_view,
    .draw = rows_view_draw,
    .act = act,
    .reload = reload,
    .work = work,
    .describe = describe,
    .search = rows_view_search,
    .click = rows_view_click,
    .copy = rows_view_copy,
    .bindings = &binding_table,
    .has_list = true,
};
