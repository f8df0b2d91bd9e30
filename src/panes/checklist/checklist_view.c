/* Owns the checklist as a list: the lines of the chosen round in the order of the walk, under a
 * heading per clause. = and a result's letter records on the line under the cursor, or on all
 * marked ones together. */
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/round.h"
#include "clause5/base/memory.h"
#include "clause5/screen/frame.h"
#include "clause5/store/query.h"
#include "panes/checklist/line_detail.h"
#include "panes/checklist/line_filter.h"
#include "panes/checklist/round_actions.h"
#include "panes/checklist/verdict.h"
#include "panes/checklist/walk.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/list/rows_view.h"

enum { CELL_REF, CELL_TITLE, CELL_RESULT, CELL_ACTION };

static const struct list_column columns[] = {
    [CELL_REF] = {.title = "Line", .width = 10},
    [CELL_TITLE] = {.title = "What is asked", .width = 40, .least_width = 24, .grow = 1},
    [CELL_RESULT] = {.title = "Result", .width = 13},
    [CELL_ACTION] = {.title = "Action", .width = 20, .least_width = 14, .priority = 1},
};

struct checklist_view {
    struct rows_view base;
    struct round_lines lines;
    char *filter; /* as line_filter.h has it; NULL: all lines */
    struct verdict_last last;
};

static bool line_fits(const struct checklist_view *view, const struct round_line *line) {
    return line_filter_fits(view->filter, line, workbook_actor(app_workbook(view->base.app)));
}

/* Says beside each line which action it raised last, and how that stands. */
static bool add_actions(struct checklist_view *view, int64_t audit, struct fault *fault) {
    static const char sql[] =
        "SELECT assessment.id, action.ref || ' ' || action.status,"
        "       CASE WHEN action.status IN ('done', 'verified', 'closed') THEN 1"
        "            WHEN action.due_on < :today AND action.status <> 'cancelled' THEN 2 ELSE 0 END"
        "  FROM assessment JOIN audit ON audit.id = assessment.audit"
        "  JOIN requirement ON requirement.id = assessment.requirement"
        "  JOIN action ON action.source_ref ="
        "       replace(replace(audit.ref, '\\', '\\\\'), '/', '\\/') || '/' ||"
        "       replace(replace(requirement.ref, '\\', '\\\\'), '/', '\\/') COLLATE NOCASE"
        " WHERE assessment.audit = :audit ORDER BY action.id";
    static const enum mark marks[] = {MARK_OPEN, MARK_GOOD, MARK_WARNING};
    struct workbook *workbook = app_workbook(view->base.app);
    struct query *query = query_open(workbook, sql, fault);
    char today[DATE_TEXT_SIZE];
    int step = -1;
    if (query != NULL) {
        workbook_print_today(workbook, today);
        query_bind_whole(query, ":audit", audit);
        query_bind_text(query, ":today", today);
        step = query_step(query, fault);
    }
    for (; step == 1; step = query_step(query, fault)) {
        int64_t assessment = query_whole(query, 0);
        for (size_t i = 0; i < view->base.rows.count; i++) {
            struct view_row *row = &view->base.rows.items[i];
            if (row->handle == assessment) {
                row->marks[CELL_ACTION] = marks[query_whole(query, 2)];
                row->meanings[CELL_ACTION] = palette_mark_meaning(row->marks[CELL_ACTION]);
                view_rows_set(row, CELL_ACTION, query_text(query, 1));
            }
        }
    }
    query_close(query);
    return step == 0;
}

static void add_line(struct checklist_view *view, const struct round_line *line) {
    struct view_row *row = view_rows_add(&view->base.rows);
    enum mark mark = verdict_mark(line->verdict);
    row->handle = line->assessment;
    row->target = (struct view_target){
        .register_id = REGISTER_ASSESSMENT, .id = line->assessment, .owner_field = -1, .field = -1};
    view_rows_set(row, CELL_REF, line->ref);
    view_rows_set(row, CELL_TITLE, line->title);
    view_rows_set(row, CELL_RESULT, verdict_short_word(line->verdict));
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
    return add_actions(view, audit, fault);
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
    free(view->last.note);
    free(view);
}

/* Gathers the marked lines, else the one under the cursor; a mark on a heading is nothing. Returns
 * how many; the caller frees *LINES. */
static size_t gather_lines(struct checklist_view *view, int64_t **lines) {
    const struct view_row *current = rows_view_current(&view->base);
    size_t marked = list_mark_count(view->base.list);
    const int64_t *marks = list_marks(view->base.list);
    size_t count = 0;
    *lines = memory_zero(marked + 1, sizeof **lines);
    for (size_t i = 0; i < marked; i++) {
        const struct view_row *row = view_rows_find(&view->base.rows, marks[i]);
        if (row == NULL || !row->is_heading) {
            (*lines)[count++] = marks[i];
        }
    }
    if (marked == 0 && current != NULL && !current->is_heading) {
        (*lines)[count++] = current->target.id;
    }
    return count;
}

/* Records on the chosen lines: the last result again, or the one whose letter is asked for. */
static void record(struct checklist_view *view, bool is_again) {
    struct app *app = view->base.app;
    int64_t *lines = NULL;
    size_t count = gather_lines(view, &lines);
    const struct verdict_target target = {.assessments = lines, .count = count};
    if (target.count == 0) {
        app_say(app, MEANING_MESSAGE, "Choose a line first, or mark several with Space");
    } else if (is_again ? verdict_repeat(app, &target, &view->last)
                        : verdict_ask_and_record(app, &target, &view->last)) {
        list_clear_marks(view->base.list);
    }
    free(lines);
}

/* Marks every line that is shown; where all are marked, none. */
static void mark_all(struct checklist_view *view) {
    struct list *list = view->base.list;
    size_t shown = 0;
    size_t marked = 0;
    for (size_t i = 0; i < view->base.rows.count; i++) {
        const struct view_row *row = &view->base.rows.items[i];
        shown += !row->is_heading;
        marked += !row->is_heading && list_is_marked(list, row->handle);
    }
    for (size_t i = 0; i < view->base.rows.count; i++) {
        const struct view_row *row = &view->base.rows.items[i];
        if (!row->is_heading) {
            list_set_mark(list, row->handle, marked < shown);
        }
    }
}

static void ask_filter(struct checklist_view *view) {
    const struct prompt_options options = {.label = "Show lines with: ",
                                           .text = view->filter,
                                           .context = &view->lines,
                                           .complete = line_filter_complete};
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
    if (rows_view_widen(view)) {
        return true;
    }
    bool had_filter = view->filter != NULL;
    free(view->filter);
    view->filter = NULL;
    view->base.is_stale = view->base.is_stale || had_filter;
    return had_filter;
}

/* Closes the round, or goes to the line that stands in the way and was chosen. */
static void close_round(struct checklist_view *view) {
    int64_t line = round_actions_close(view->base.app);
    if (line != 0) {
        list_go_to(view->base.list, line, "");
    }
}

/* Goes to the walk, at the line under the cursor. */
static void walk_line(struct checklist_view *view) {
    const struct view_row *row = rows_view_current(&view->base);
    int64_t assessment = row == NULL || row->is_heading ? 0 : row->handle;
    app_go_to(view->base.app, &walk_view_ops);
    if (assessment != 0) {
        app_show_record(view->base.app, REGISTER_ASSESSMENT, assessment);
    }
}

/* On wide screens the line under the cursor stands beside the list. */
static void draw(void *context, const struct area *body) {
    struct checklist_view *view = context;
    const struct view_row *row = rows_view_current(&view->base);
    if (body->width < FRAME_WIDE) {
        rows_view_draw(view, body);
        return;
    }
    struct area left = area_columns(*body, 0, body->width * 3 / 5);
    struct area right = area_columns(*body, body->width * 3 / 5 + 1, -1);
    if (row != NULL && !row->is_heading) {
        line_detail_draw(view->base.app, row->handle, &right);
    }
    rows_view_draw(view, &left);
}

static unsigned act(void *context, int action) {
    struct checklist_view *view = context;
    struct app *app = view->base.app;
    rows_view_ensure(&view->base); /* keys typed ahead mean what a filter just set shows */
    switch (action) {
    case DO_RECORD:
    case DO_REPEAT:
        record(view, action == DO_REPEAT);
        break;
    case DO_CLOSE_ROUND:
        close_round(view);
        break;
    case DO_REOPEN_ROUND:
        round_actions_reopen(app);
        break;
    case DO_COMPLETE_ROUND:
        round_actions_complete(app);
        break;
    case DO_MARK_ALL:
        mark_all(view);
        break;
    case DO_WALK_ROUND:
        walk_line(view);
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

/* Marks first: the end of a long row is cut. */
static void describe(void *context, struct buffer *out) {
    struct checklist_view *view = context;
    rows_view_ensure(&view->base);
    if (list_mark_count(view->base.list) > 0) {
        buffer_addf(out, "%zu marked  ", list_mark_count(view->base.list));
    }
    if (view->filter != NULL) {
        buffer_addf(out, "filter: %s  ", view->filter);
    }
    round_actions_describe(view->base.app, &view->lines, out);
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
     .help = "show only the lines that fit: words, clause:5.2, state:open, result:minor, findings, "
             "practices, mine",
     .weight = 7},
    {.key = '*',
     .action = DO_MARK_ALL,
     .name = "mark-all",
     .help = "mark every line that is shown, or none"},
    {.key = '.',
     .action = DO_REPEAT,
     .name = "repeat",
     .label = "same",
     .help = "the last result and note again, on the line or on all marked ones",
     .weight = 6},
    {.key = 'w',
     .action = DO_WALK_ROUND,
     .name = "walk-line",
     .label = "walk",
     .help = "go to the walk, at this line",
     .weight = 6},
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
    {.key = 'C',
     .action = DO_CLOSE_ROUND,
     .name = "close-round",
     .help = "close the round with its conclusion; lists the lines that are still open"},
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
    .title = "The checklist", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops checklist_view_ops = {
    .open = open_view,
    .close = close_view,
    .draw = draw,
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
