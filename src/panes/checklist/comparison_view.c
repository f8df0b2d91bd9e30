/* Owns the comparison of two rounds as a view: a line each with both results, the change and what
 * became of the finding. What is compared and how is the audit room's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/compare.h"
#include "clause5/base/memory.h"
#include "clause5/screen/frame.h"
#include "panes/checklist/line_detail.h"
#include "panes/checklist/round_actions.h"
#include "panes/checklist/verdict.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/list/rows_view.h"

enum { CELL_REF, CELL_TITLE, CELL_BEFORE, CELL_NOW, CELL_CHANGE, CELL_FINDING };

static const struct list_column columns[] = {
    [CELL_REF] = {.title = "Line", .width = 8},
    [CELL_TITLE] = {.title = "What is asked", .width = 24, .least_width = 16, .grow = 1},
    [CELL_BEFORE] = {.title = "Before", .width = 13},
    [CELL_NOW] = {.title = "Now", .width = 13},
    [CELL_CHANGE] = {.title = "Change", .width = 9},
    [CELL_FINDING] = {.title = "Finding", .width = 8},
};

/* What is shown: all lines, those of one change, or those of one fate of findings. */
enum shown {
    SHOW_ALL,
    SHOW_BETTER,
    SHOW_WORSE,
    SHOW_SAME,
    SHOW_NEW,
    SHOW_NOT_YET,
    SHOW_FINDINGS,
    SHOW_REPEATED,
    SHOW_CLOSED,
    SHOW_STILL_OPEN,
    SHOW_NEW_FINDINGS,
    SHOWN
};

static const struct {
    char letter;
    const char *label;
    int change, finding; /* -1: any */
} filters[] = {
    [SHOW_ALL] = {'a', "all lines", -1, -1},
    [SHOW_BETTER] = {'b', "better", COMPARE_BETTER, -1},
    [SHOW_WORSE] = {'w', "worse", COMPARE_WORSE, -1},
    [SHOW_SAME] = {'s', "same", COMPARE_SAME, -1},
    [SHOW_NEW] = {'n', "new results", COMPARE_NEW, -1},
    [SHOW_NOT_YET] = {'y', "not yet assessed", COMPARE_NOT_YET, -1},
    [SHOW_FINDINGS] = {'f', "all findings", -1, -1},
    [SHOW_REPEATED] = {'r', "findings repeated", -1, COMPARE_FINDING_REPEATED},
    [SHOW_CLOSED] = {'c', "findings closed", -1, COMPARE_FINDING_CLOSED},
    [SHOW_STILL_OPEN] = {'o', "findings open", -1, COMPARE_FINDING_OPEN},
    [SHOW_NEW_FINDINGS] = {'m', "findings new", -1, COMPARE_FINDING_NEW},
};
_Static_assert(COUNT(filters) == SHOWN, "one row per filter");

struct comparison_view {
    struct rows_view base;
    struct comparison comparison;
    int64_t chosen; /* the earlier round, where the user chose one; 0: the usual one */
    int64_t before, now;
    enum shown shown;
};

static bool line_fits(enum shown shown, const struct compared_line *line) {
    bool is_change = filters[shown].change < 0 || (int)line->change == filters[shown].change;
    bool is_finding = filters[shown].finding < 0 || (int)line->finding == filters[shown].finding;
    return is_change && is_finding &&
           (shown != SHOW_FINDINGS || line->finding != COMPARE_NO_FINDING);
}

static void set_marked(struct view_row *row, size_t cell, enum mark mark, const char *text) {
    view_rows_set(row, cell, text);
    row->marks[cell] = mark;
    row->meanings[cell] = palette_mark_meaning(mark);
}

static void add_line(struct comparison_view *view, const struct compared_line *line) {
    static const enum mark changes[] = {
        [COMPARE_BETTER] = MARK_UP,  [COMPARE_WORSE] = MARK_DOWN,   [COMPARE_SAME] = MARK_SAME,
        [COMPARE_NEW] = MARK_MARKED, [COMPARE_NOT_YET] = MARK_OPEN,
    };
    struct view_row *row = view_rows_add(&view->base.rows);
    row->handle = line->now;
    row->target = (struct view_target){
        .register_id = REGISTER_ASSESSMENT, .id = line->now, .owner_field = -1, .field = -1};
    view_rows_set(row, CELL_REF, line->ref);
    view_rows_set(row, CELL_TITLE, line->title);
    set_marked(row, CELL_BEFORE, verdict_mark(line->verdict_before),
               line->before == 0 ? "-" : verdict_short_word(line->verdict_before));
    set_marked(row, CELL_NOW, verdict_mark(line->verdict_now),
               verdict_short_word(line->verdict_now));
    set_marked(row, CELL_CHANGE, changes[line->change], compare_change_word(line->change));
    row->meanings[CELL_CHANGE] = line->change == COMPARE_WORSE    ? MEANING_BAD
                                 : line->change == COMPARE_BETTER ? MEANING_GOOD
                                                                  : MEANING_TEXT;
    view_rows_set(row, CELL_FINDING, compare_finding_word(line->finding));
}

/* Appends "2026-IA internal". */
static void print_round(struct app *app, int64_t audit, struct buffer *out) {
    struct record round = {0};
    struct fault fault = {0};
    if (record_load(app_workbook(app), REGISTER_AUDIT, audit, &round, &fault) == LOOKUP_FOUND) {
        buffer_addf(out, "%s %s", value_text(&round.values[AUDIT_REF]),
                    value_text(&round.values[AUDIT_KIND]));
        record_free(&round);
    }
    fault_clear(&fault);
}

/* What was compared, and what came of it, over the lines. */
static void add_summary(struct comparison_view *view) {
    const struct comparison *comparison = &view->comparison;
    struct buffer text = {0};
    buffer_add(&text, "Before: ");
    print_round(view->base.app, view->before, &text);
    buffer_add(&text, "   Now: ");
    print_round(view->base.app, view->now, &text);
    view_rows_add_heading(&view->base.rows, buffer_text(&text));
    buffer_clear(&text);
    for (int change = 0; change < COMPARE_CHANGES; change++) {
        buffer_addf(&text, "%s%d %s", change == 0 ? "" : ", ", comparison->changes[change],
                    compare_change_word((enum compare_change)change));
    }
    view_rows_add_heading(&view->base.rows, buffer_text(&text));
    buffer_clear(&text);
    buffer_add(&text, "Findings: ");
    for (int finding = COMPARE_FINDING_NEW; finding < COMPARE_FINDINGS; finding++) {
        buffer_addf(&text, "%s%d %s", finding == COMPARE_FINDING_NEW ? "" : ", ",
                    comparison->findings[finding],
                    compare_finding_word((enum compare_finding)finding));
    }
    view_rows_add_heading(&view->base.rows, buffer_text(&text));
    buffer_free(&text);
}

static bool find_rounds(struct comparison_view *view, struct fault *fault) {
    view->now = round_actions_current(view->base.app);
    view->before = view->chosen != view->now ? view->chosen : 0;
    if (view->now != 0 && view->before == 0) {
        view->before = comparison_earlier(app_workbook(view->base.app), view->now, fault);
    }
    return view->before >= 0;
}

static bool fill(void *context, struct fault *fault) {
    struct comparison_view *view = context;
    comparison_free(&view->comparison);
    if (!find_rounds(view, fault)) {
        return false;
    }
    if (view->now == 0 || view->before == 0) {
        return true;
    }
    if (!comparison_load(app_workbook(view->base.app), view->before, view->now, &view->comparison,
                         fault)) {
        return false;
    }
    const char *clause = "";
    add_summary(view);
    for (size_t i = 0; i < view->comparison.count; i++) {
        const struct compared_line *line = &view->comparison.items[i];
        if (!line_fits(view->shown, line)) {
            continue;
        }
        if (strcmp(clause, line->clause) != 0) {
            clause = line->clause;
            view_rows_add_heading(&view->base.rows, clause);
        }
        add_line(view, line);
    }
    return true;
}

static void *open_view(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)place;
    (void)fault;
    struct comparison_view *view = memory_zero(1, sizeof *view);
    rows_view_init(&view->base, app, fill,
                   &(struct list_options){
                       .columns = columns,
                       .column_count = COUNT(columns),
                       .frozen = 1,
                       .empty = "Two rounds are compared line by line once there are two. A "
                                "starts one; R chooses the later round, b the earlier one."});
    return view;
}

static void close_view(void *context) {
    struct comparison_view *view = context;
    rows_view_release(&view->base);
    comparison_free(&view->comparison);
    free(view);
}

/* Returns the compared line under the cursor, or NULL. */
static const struct compared_line *current_line(struct comparison_view *view) {
    const struct view_row *row = rows_view_current(&view->base);
    for (size_t i = 0; row != NULL && i < view->comparison.count; i++) {
        if (view->comparison.items[i].now == row->target.id) {
            return &view->comparison.items[i];
        }
    }
    return NULL;
}

static void draw(void *context, const struct area *body) {
    struct comparison_view *view = context;
    if (body->width < FRAME_WIDE) {
        rows_view_draw(view, body);
        return;
    }
    struct area right = area_columns(*body, body->width * 3 / 5 + 2, -1);
    struct area left = area_columns(*body, 0, body->width * 3 / 5);
    const struct compared_line *line = current_line(view);
    if (line != NULL) {
        line_detail_draw_pair(view->base.app, line->before, line->now, &right);
    }
    rows_view_draw(view, &left);
}

static void ask_filter(struct comparison_view *view) {
    struct menu_item items[SHOWN];
    char counts[SHOWN][16];
    for (int shown = 0; shown < SHOWN; shown++) {
        int count = 0;
        for (size_t i = 0; i < view->comparison.count; i++) {
            count += line_fits((enum shown)shown, &view->comparison.items[i]);
        }
        snprintf(counts[shown], sizeof counts[shown], "%d", count);
        items[shown] = (struct menu_item){.letter = filters[shown].letter,
                                          .label = filters[shown].label,
                                          .detail = counts[shown]};
    }
    const struct menu menu = {
        .title = "Show", .items = items, .count = SHOWN, .chosen = (size_t)view->shown};
    int chosen = dialog_choose(app_stage(view->base.app), &menu);
    if (chosen != DIALOG_NO_ANSWER) {
        view->shown = (enum shown)chosen;
        view->base.is_stale = true;
    }
}

static unsigned act(void *context, int action) {
    struct comparison_view *view = context;
    rows_view_ensure(&view->base);
    switch (action) {
    case DO_FILTER:
        ask_filter(view);
        break;
    case DO_CHOOSE_ROUND:
        round_actions_choose(view->base.app);
        break;
    case DO_CHOOSE_EARLIER: {
        int64_t chosen = round_actions_ask(view->base.app, "The earlier round");
        view->chosen = chosen != 0 ? chosen : view->chosen;
        view->base.is_stale = true;
        break;
    }
    case DO_START_ROUND:
        round_actions_start(view->base.app);
        break;
    default:
        return rows_view_act(&view->base, action);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static void describe(void *context, struct buffer *out) {
    struct comparison_view *view = context;
    struct terminal *terminal = app_terminal(view->base.app);
    rows_view_ensure(&view->base);
    if (view->comparison.count > 0) {
        buffer_addf(out, "%s%s%s%d %s%d", view->shown != SHOW_ALL ? filters[view->shown].label : "",
                    view->shown != SHOW_ALL ? "  " : "", palette_mark(terminal, MARK_UP),
                    view->comparison.changes[COMPARE_BETTER], palette_mark(terminal, MARK_DOWN),
                    view->comparison.changes[COMPARE_WORSE]);
    }
}

static bool widen(void *context) {
    struct comparison_view *view = context;
    bool had_filter = view->shown != SHOW_ALL;
    view->shown = SHOW_ALL;
    view->base.is_stale = view->base.is_stale || had_filter;
    return had_filter;
}

static const struct binding bindings[] = {
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "details",
     .help = "show the record of the line in the later round",
     .weight = 9},
    {.key = 'f',
     .action = DO_FILTER,
     .name = "filter",
     .label = "filter",
     .help = "show only what became better or worse, is new, or one fate of findings",
     .weight = 8},
    {.key = 'R',
     .action = DO_CHOOSE_ROUND,
     .name = "round",
     .label = "later round",
     .help = "choose the later round",
     .weight = 7},
    {.key = 'b',
     .action = DO_CHOOSE_EARLIER,
     .name = "earlier-round",
     .label = "before",
     .help = "choose the earlier round that it is compared with",
     .weight = 7},
    {.key = 'A',
     .action = DO_START_ROUND,
     .name = "start-round",
     .help = "start a round: a self-assessment or an audit"},
};

static const struct binding_table binding_table = {
    .title = "Comparison", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops comparison_view_ops = {
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
    .remember = rows_view_remember,
    .recall = rows_view_recall,
    .bindings = &binding_table,
    .has_list = true,
};
