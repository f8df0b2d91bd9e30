/* Owns the checklist as a list: the lines of the chosen round in the order of the walk, under a
 * heading per clause. = and a result's letter records on the line under the cursor, or on all
 * marked ones together. */
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/round.h"
#include "clause5/base/memory.h"
#include "panes/checklist/round_actions.h"
#include "panes/checklist/verdict.h"
#include "panes/checklist/walk.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/list/rows_view.h"

enum { CELL_REF, CELL_TITLE, CELL_RESULT };

static const struct list_column columns[] = {
    [CELL_REF] = {.title = "Line", .width = 10},
    [CELL_TITLE] = {.title = "What is asked", .width = 40, .least_width = 24, .grow = 1},
    [CELL_RESULT] = {.title = "Result", .width = 24, .least_width = 20},
};

struct checklist_view {
    struct rows_view base;
    struct round_lines lines;
    char *filter; /* words that a line must show; NULL: all */
};

static bool line_fits(const struct checklist_view *view, const struct round_line *line) {
    const char *result = round_verdict_word(line->verdict);
    return view->filter == NULL || strcasestr(line->ref, view->filter) != NULL ||
           strcasestr(line->title, view->filter) != NULL ||
           strcasestr(result, view->filter) != NULL;
}

static void add_line(struct checklist_view *view, const struct round_line *line) {
    struct view_row *row = view_rows_add(&view->base.rows);
    enum mark mark = verdict_mark(line->verdict);
    row->handle = line->assessment;
    row->target = (struct view_target){
        .register_id = REGISTER_ASSESSMENT, .id = line->assessment, .owner_field = -1, .field = -1};
    view_rows_set(row, CELL_REF, line->ref);
    view_rows_set(row, CELL_TITLE, line->title);
    view_rows_set(row, CELL_RESULT, verdict_word(line->verdict));
    row->marks[CELL_RESULT] = mark;
    row->meanings[CELL_RESULT] = palette_mark_meaning(mark);
}

static void add_heading(struct checklist_view *view, const char *clause) {
    struct round_progress progress = round_count(&view->lines, clause);
    struct buffer text = {0};
    buffer_addf(&text, "%s   %d of %d done", clause, progress.done, progress.lines);
    view_rows_add_heading(&view->base.rows, buffer_text(&text));
    buffer_free(&text);
}

static bool fill(void *context, struct fault *fault) {
    struct checklist_view *view = context;
    const char *clause = "";
    round_lines_free(&view->lines);
    view->lines = (struct round_lines){0};
    int64_t audit = round_actions_current(view->base.app);
    if (audit == 0) {
        return true;
    }
    if (!round_lines_load(app_workbook(view->base.app), audit, &view->lines, fault)) {
        return false;
    }
    for (size_t i = 0; i < view->lines.count; i++) {
        const struct round_line *line = &view->lines.items[i];
        if (!line_fits(view, line)) {
            continue;
        }
        if (strcmp(clause, line->clause) != 0) {
            clause = line->clause;
            add_heading(view, clause);
        }
        add_line(view, line);
    }
    return true;
}

static void *open_view(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)place;
    (void)fault;
    struct checklist_view *view = memory_zero(1, sizeof *view);
    rows_view_init(&view->base, app, fill,
                   &(struct list_options){
                       .columns = columns,
                       .column_count = COUNT(columns),
                       .frozen = 1,
                       .empty = "No line to show. A starts a round, Esc takes a filter away."});
    return view;
}

static void close_view(void *context) {
    struct checklist_view *view = context;
    rows_view_release(&view->base);
    round_lines_free(&view->lines);
    free(view->filter);
    free(view);
}

/* Records on the marked lines, else on the one under the cursor, after asking for the letter. */
static void record(struct checklist_view *view) {
    struct app *app = view->base.app;
    const struct view_row *row = rows_view_current(&view->base);
    size_t marked = list_mark_count(view->base.list);
    int64_t current = row != NULL && !row->is_heading ? row->target.id : 0;
    if (marked == 0 && current == 0) {
        app_say(app, MEANING_MESSAGE, "Choose a line first, or mark several with Space");
        return;
    }
    struct verdict_target target = {.assessments =
                                        marked > 0 ? list_marks(view->base.list) : &current,
                                    .count = marked > 0 ? marked : 1};
    if (verdict_ask_and_record(app, &target)) {
        list_clear_marks(view->base.list);
    }
}

static void ask_filter(struct checklist_view *view) {
    const struct prompt_options options = {.label = "Show lines with: ", .text = view->filter};
    struct buffer answer = {0};
    if (dialog_prompt(app_stage(view->base.app), &options, &answer)) {
        free(view->filter);
        view->filter = answer.len_bytes == 0 ? NULL : memory_copy_text(buffer_text(&answer));
        view->base.is_stale = true;
    }
    buffer_free(&answer);
}

static bool widen(void *context) {
    struct checklist_view *view = context;
    if (list_mark_count(view->base.list) > 0) {
        list_clear_marks(view->base.list);
        return true;
    }
    bool had_filter = view->filter != NULL;
    free(view->filter);
    view->filter = NULL;
    view->base.is_stale = view->base.is_stale || had_filter;
    return had_filter;
}

static unsigned act(void *context, int action) {
    struct checklist_view *view = context;
    struct app *app = view->base.app;
    switch (action) {
    case DO_RECORD:
        record(view);
        break;
    case DO_FILTER:
        ask_filter(view);
        break;
    case DO_START_ROUND:
        round_actions_start(app);
        break;
    case DO_CHOOSE_ROUND:
        round_actions_choose(app);
        break;
    default:
        return rows_view_act(&view->base, action);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static void describe(void *context, struct buffer *out) {
    struct checklist_view *view = context;
    rows_view_ensure(&view->base);
    if (view->filter != NULL) {
        buffer_addf(out, "filter: %s  ", view->filter);
    }
    round_actions_describe(view->base.app, &view->lines, out);
    if (list_mark_count(view->base.list) > 0) {
        buffer_addf(out, "  %zu marked", list_mark_count(view->base.list));
    }
}

static const struct binding bindings[] = {
    {.key = '=',
     .action = DO_RECORD,
     .name = "record",
     .label = "result",
     .help = "and the result's letter: record it on the line, or on all marked ones",
     .weight = 9},
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "details",
     .help = "show the record of the line",
     .weight = 8},
    {.key = 'f',
     .action = DO_FILTER,
     .name = "filter",
     .label = "filter",
     .help = "show only the lines with given words: a clause, a word, a result",
     .weight = 7},
    {.key = 'A',
     .action = DO_START_ROUND,
     .name = "start-round",
     .label = "new round",
     .help = "start a round: a self-assessment or an audit",
     .weight = 5},
    {.key = 'R',
     .action = DO_CHOOSE_ROUND,
     .name = "round",
     .label = "round",
     .help = "choose the round to show",
     .weight = 5},
};

static const struct binding_table binding_table = {
    .title = "The checklist", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops checklist_view_ops = {
    .open = open_view,
    .close = close_view,
    .draw = rows_view_draw,
    .act = act,
    .reload = rows_view_reload,
    .describe = describe,
    .search = rows_view_search,
    .click = rows_view_click,
    .copy = rows_view_copy,
    .widen = widen,
    .bindings = &binding_table,
    .has_list = true,
};
