/* Owns the list of what the checks find, the heaviest first, the findings of one check together:
 * Enter opens a group, and goes from a finding to the record and field to mend. A finding is set
 * aside for a record with its reason. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "panes/frame/actions.h"
#include "panes/frame/knowledge.h"
#include "panes/frame/panes.h"
#include "panes/list/rows_view.h"
#include "panes/overview/finding_row.h"
#include "panes/record/record_form.h"

enum { CELL_WHAT, CELL_RECORD, CELL_CLAUSE };

enum { FINISH_SLICE_MS = 1000 };

enum { SET_ASIDE_MONTHS = 6 }; /* what the form proposes; the reason decides */

static const struct list_column columns[] = {
    [CELL_WHAT] = {.title = "What is missing or late", .width = 52, .least_width = 30, .grow = 1},
    [CELL_RECORD] = {.title = "Record", .width = 14, .least_width = 8, .priority = 1},
    [CELL_CLAUSE] = {.title = "Clause", .width = 10, .least_width = 6, .priority = 2},
};

struct gaps_view {
    struct rows_view base;
    char **opened; /* ids of the checks whose findings are shown one by one */
    size_t opened_count, opened_capacity;
    bool was_complete; /* when the rows were made */
};

static bool is_opened(const struct gaps_view *view, const char *check) {
    for (size_t i = 0; i < view->opened_count; i++) {
        if (strcmp(view->opened[i], check) == 0) {
            return true;
        }
    }
    return false;
}

static void toggle(struct gaps_view *view, const char *check) {
    for (size_t i = 0; i < view->opened_count; i++) {
        if (strcmp(view->opened[i], check) == 0) {
            free(view->opened[i]);
            view->opened[i] = view->opened[--view->opened_count];
            return;
        }
    }
    view->opened = memory_reserve(view->opened, &view->opened_capacity, view->opened_count + 1,
                                  sizeof *view->opened);
    view->opened[view->opened_count++] = memory_copy_text(check);
}

static struct view_row *add_row(struct gaps_view *view, const struct finding *finding,
                                const char *text) {
    struct view_row *row = view_rows_add(&view->base.rows);
    view_rows_set(row, CELL_WHAT, text);
    view_rows_set(row, CELL_CLAUSE, finding->requirements);
    row->marks[CELL_WHAT] = knowledge_severity_mark(finding->check->severity);
    row->meanings[CELL_WHAT] = palette_mark_meaning(row->marks[CELL_WHAT]);
    row->tag = memory_copy_text(finding->check->id);
    return row;
}

static void add_finding(struct gaps_view *view, const struct finding *finding, bool is_in_group) {
    struct buffer text = {0};
    buffer_addf(&text, "%s%s", is_in_group ? "   " : "", finding->message);
    if (finding->set_aside_until != NULL) {
        buffer_addf(&text, " (set aside until %s)", finding->set_aside_until);
    }
    struct view_row *row = add_row(view, finding, buffer_text(&text));
    view_rows_set(row, CELL_RECORD, finding->record);
    finding_row_lead(row, finding);
    if (finding->set_aside_until != NULL) {
        row->marks[CELL_WHAT] = MARK_NONE;
        row->meanings[CELL_WHAT] = MEANING_DIM;
    }
    buffer_free(&text);
}

/* Adds the findings of one check: one as it is, more under a line with their number. */
static void add_group(struct gaps_view *view, const struct finding *first, size_t count) {
    if (count == 1) {
        add_finding(view, first, false);
        return;
    }
    struct buffer text = {0};
    buffer_addf(&text, "%c%s (%zu)", toupper((unsigned char)first->check->finds[0]),
                first->check->finds + 1, count);
    struct view_row *row = add_row(view, first, buffer_text(&text));
    row->is_group = true;
    buffer_free(&text);
    for (size_t i = 0; i < count && is_opened(view, first->check->id); i++) {
        add_finding(view, &first[i], true);
    }
}

/* Makes the rows once all checks have run, so that none moves under the cursor. */
static bool fill(void *context, struct fault *fault) {
    struct gaps_view *view = context;
    struct check_run *run = app_checks(view->base.app, fault);
    view->was_complete = app_checks_are_complete(view->base.app);
    if (run == NULL || !view->was_complete) {
        return run != NULL;
    }
    const struct findings *findings = check_run_findings(run);
    for (size_t first = 0; first < findings->count;) {
        size_t end = first + 1;
        while (end < findings->count &&
               findings->items[end].check == findings->items[first].check) {
            end++;
        }
        add_group(view, &findings->items[first], end - first);
        first = end;
    }
    return true;
}

static void *open_view(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)place;
    (void)fault;
    struct gaps_view *view = memory_zero(1, sizeof *view);
    rows_view_init(
        &view->base, app, fill,
        &(struct list_options){.columns = columns, .column_count = COUNT(columns), .frozen = 1});
    view->base.has_detail = true;
    return view;
}

static void close_view(void *context) {
    struct gaps_view *view = context;
    for (size_t i = 0; i < view->opened_count; i++) {
        free(view->opened[i]);
    }
    free(view->opened);
    rows_view_release(&view->base);
    free(view);
}

static const char *empty_text(const struct gaps_view *view) {
    return view->was_complete ? "Nothing is found missing or late by the checks."
                              : palette_mark(app_terminal(view->base.app), MARK_ELLIPSIS);
}

/* Runs what is left of the checks at once: a key was typed that means a row. */
static void finish(struct gaps_view *view) {
    if (!app_checks_are_complete(view->base.app)) {
        while (app_checks_work(view->base.app, FINISH_SLICE_MS)) {
        }
        view->base.is_stale = true;
    }
}

static bool work(void *context, int budget_ms) {
    struct gaps_view *view = context;
    bool has_more = app_checks_work(view->base.app, budget_ms);
    if (!has_more && !view->was_complete) {
        view->base.is_stale = true;
    }
    return has_more;
}

/* Opens the form that sets the finding under the cursor aside. */
static void set_aside(struct gaps_view *view, const struct view_row *row) {
    struct app *app = view->base.app;
    if (row == NULL || row->is_group || row->target.register_id == REGISTER_NONE) {
        app_say(app, MEANING_MESSAGE, "Choose one finding to set it aside; Enter opens a group");
        return;
    }
    if (!app_may_write(app)) {
        return;
    }
    date_days today = workbook_today(app_workbook(app));
    char until[DATE_TEXT_SIZE];
    char decided[DATE_TEXT_SIZE];
    date_print(date_add_months(today, SET_ASIDE_MONTHS), until);
    date_print(today, decided);
    struct value values[EXCEPTION_FIELDS] = {
        [EXCEPTION_CHECK] = value_of_text(row->tag),
        [EXCEPTION_REGISTER] = value_of_text(register_describe(row->target.register_id)->name),
        [EXCEPTION_RECORD] = value_of_text(row->cells[CELL_RECORD]),
        [EXCEPTION_UNTIL_ON] = value_of_text(until),
        [EXCEPTION_DECIDED_ON] = value_of_text(decided),
    };
    record_form_run(app, &(struct record_form_plan){.register_id = REGISTER_EXCEPTION,
                                                    .values = values,
                                                    .first_field = EXCEPTION_REASON});
    values_free(values, EXCEPTION_FIELDS);
}

static unsigned act(void *context, int action) {
    struct gaps_view *view = context;
    finish(view);
    const struct view_row *row = rows_view_current(&view->base);
    if (action == DO_OPEN && row != NULL && row->is_group) {
        toggle(view, row->tag);
        view->base.is_stale = true;
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    if (action == DO_SET_ASIDE) {
        set_aside(view, row);
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    unsigned outcome = rows_view_act(&view->base, action);
    if (outcome & OUTCOME_MOVED) {
        finding_row_explain(view->base.app, rows_view_current(&view->base));
    }
    return outcome;
}

static void describe(void *context, struct buffer *out) {
    struct gaps_view *view = context;
    struct terminal *terminal = app_terminal(view->base.app);
    struct fault fault = {0};
    rows_view_ensure(&view->base);
    struct check_run *run = app_checks(view->base.app, &fault);
    if (run != NULL) {
        buffer_addf(out, "%s %zu  ! %zu  i %zu", palette_mark(terminal, MARK_BAD),
                    check_run_count(run, SEVERITY_ERROR), check_run_count(run, SEVERITY_WARNING),
                    check_run_count(run, SEVERITY_INFO));
        size_t set_aside_count = check_run_count_set_aside(run);
        if (set_aside_count > 0) {
            buffer_addf(out, "  %zu set aside", set_aside_count);
        }
        buffer_add(out, view->was_complete ? "" : palette_mark(terminal, MARK_ELLIPSIS));
    }
    fault_clear(&fault);
}

static unsigned search(void *context, const char *words, bool is_backward, bool is_fresh) {
    finish(context);
    return rows_view_search(context, words, is_backward, is_fresh);
}

static void draw(void *context, const struct area *body) {
    struct gaps_view *view = context;
    rows_view_ensure(&view->base);
    list_set_empty(view->base.list, empty_text(view));
    rows_view_draw(view, body);
}

static const struct binding bindings[] = {
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "mend",
     .help = "open a group; from a finding go to the record and field to mend",
     .weight = 9},
    {.key = 'x',
     .action = DO_SET_ASIDE,
     .where = WHERE_WRITABLE,
     .name = "set-aside",
     .label = "set aside",
     .help = "set the finding aside for its record, with a reason and until a date",
     .weight = 8},
};

static const struct binding_table binding_table = {
    .title = "Gaps", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops gaps_view_ops = {
    .open = open_view,
    .close = close_view,
    .draw = draw,
    .act = act,
    .reload = rows_view_reload,
    .work = work,
    .describe = describe,
    .search = search,
    .click = rows_view_click,
    .copy = rows_view_copy,
    .bindings = &binding_table,
    .has_list = true,
};
