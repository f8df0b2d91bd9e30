/* Owns the dashboard: each objective with its KPIs, and the chosen one in a box below the list, or
 * beside it where the screen is wide. What the colours mean is said by the audit room. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/kpi.h"
#include "clause5/base/clock.h"
#include "clause5/base/memory.h"
#include "clause5/register/type.h"
#include "clause5/screen/frame.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/frame/raise.h"
#include "panes/list/rows_view.h"
#include "panes/objectives/kpi_chart.h"
#include "panes/objectives/measure.h"
#include "panes/record/record_actions.h"

enum { CELL_TITLE, CELL_VALUE, CELL_TARGET, CELL_STATUS, CELL_TREND, CELL_NOTE };
enum { TREND_CELLS = 9, BOX_ROWS = 9, LIST_ROWS_LEAST = 6 };

static const struct list_column columns[] = {
    [CELL_TITLE] =
        {.title = "Objective or KPI", .width = 34, .least_width = 24, .grow = 1, .spills = true},
    [CELL_VALUE] = {.title = "Newest", .width = 8, .align = LIST_RIGHT},
    [CELL_TARGET] = {.title = "Target", .width = 8, .spills = true},
    [CELL_STATUS] = {.title = "Status", .width = 12},
    [CELL_TREND] = {.title = "Trend", .width = TREND_CELLS, .priority = 1},
    [CELL_NOTE] = {.title = "", .width = 8},
};

struct objectives_view {
    struct rows_view base;
    struct objective_list objectives;
    struct kpi_list kpis;
};

static bool is_unicode(const struct objectives_view *view) {
    return terminal_is_unicode(app_terminal(view->base.app));
}

static void set_look(struct view_row *row, size_t cell, enum mark mark) {
    row->marks[cell] = mark;
    row->meanings[cell] = palette_mark_meaning(mark);
}

/* The trend is drawn as it went, and marked at the value by which way the last step led. */
static void add_trend(const struct objectives_view *view, struct view_row *row,
                      const struct kpi_standing *kpi) {
    double values[TREND_CELLS];
    size_t first = kpi->point_count > TREND_CELLS ? kpi->point_count - TREND_CELLS : 0;
    size_t count = kpi->point_count - first;
    struct buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        values[i] = kpi->points[first + i].value;
    }
    area_print_sparkline(app_terminal(view->base.app), values, count, &text);
    view_rows_set(row, CELL_TREND, buffer_text(&text));
    row->meanings[CELL_TREND] = MEANING_CHART;
    double trend = kpi_trend(kpi);
    row->marks[CELL_VALUE] = trend > 0 ? MARK_UP : trend < 0 ? MARK_DOWN : MARK_NONE;
    buffer_free(&text);
}

static void add_kpi(struct objectives_view *view, const struct kpi_standing *kpi) {
    static const enum mark marks[] = {[KPI_COLOUR_NONE] = MARK_OPEN,
                                      [KPI_COLOUR_GREEN] = MARK_GOOD,
                                      [KPI_COLOUR_AMBER] = MARK_WARNING,
                                      [KPI_COLOUR_RED] = MARK_BAD};
    struct view_row *row = view_rows_add(&view->base.rows);
    struct buffer text = {0};
    row->target.register_id = REGISTER_KPI;
    row->target.id = kpi->id;
    buffer_addf(&text, "  %s  %s", kpi->ref, kpi->title);
    view_rows_set(row, CELL_TITLE, buffer_text(&text));
    buffer_clear(&text);
    if (!isnan(kpi->value)) {
        number_print(round(kpi->value * 100) / 100, &text);
        view_rows_set(row, CELL_VALUE, buffer_text(&text));
        add_trend(view, row, kpi);
    } else {
        view_rows_set(row, CELL_VALUE, "-");
    }
    buffer_clear(&text);
    kpi_print_target(kpi, is_unicode(view), &text);
    view_rows_set(row, CELL_TARGET, text.len_bytes == 0 ? "none" : buffer_text(&text));
    view_rows_set(row, CELL_STATUS, kpi_colour_word(kpi->colour));
    set_look(row, CELL_STATUS, marks[kpi->colour]);
    if (kpi->contradicts || kpi->is_late) {
        view_rows_set(row, CELL_NOTE, kpi->contradicts ? "status" : "late");
        set_look(row, CELL_NOTE, kpi->contradicts ? MARK_BAD : MARK_WARNING);
    }
    buffer_free(&text);
}

/* The day of an objective stands where its KPIs have their trend. */
static void add_due(struct view_row *row, const struct objective_standing *objective) {
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    date_days day = 0;
    struct buffer text = {0};
    if (objective->is_late) {
        buffer_add(&text, "overdue");
    } else if (date_parse(objective->due_on, &day)) {
        struct date_parts parts = date_to_parts(day);
        buffer_addf(&text, "%2d %s %02d", parts.day, months[parts.month - 1], parts.year % 100);
    }
    view_rows_set(row, CELL_TREND, buffer_text(&text));
    row->meanings[CELL_TREND] = objective->is_late ? MEANING_BAD : MEANING_TEXT;
    buffer_free(&text);
}

static void add_objective(struct objectives_view *view,
                          const struct objective_standing *objective) {
    struct view_row *row = view_rows_add(&view->base.rows);
    struct buffer title = {0};
    row->target.register_id = REGISTER_OBJECTIVE;
    row->target.id = objective->id;
    buffer_addf(&title, "%s  %s", objective->ref, objective->title);
    view_rows_set(row, CELL_TITLE, buffer_text(&title));
    row->meanings[CELL_TITLE] = MEANING_TITLE;
    buffer_free(&title);
    view_rows_set(row, CELL_STATUS, objective->status);
    add_due(row, objective);
    if (objective->is_open) {
        view_rows_set(row, CELL_NOTE, objective->lacks[0] == '\0' ? "a-l" : objective->lacks);
        set_look(row, CELL_NOTE, objective->lacks[0] == '\0' ? MARK_GOOD : MARK_WARNING);
    }
}

static void add_kpis_of(struct objectives_view *view, int64_t objective) {
    for (size_t i = 0; i < view->kpis.count; i++) {
        if (view->kpis.items[i].objective == objective) {
            add_kpi(view, &view->kpis.items[i]);
        }
    }
}

static bool has_kpi_of_none(const struct objectives_view *view) {
    for (size_t i = 0; i < view->kpis.count; i++) {
        if (view->kpis.items[i].objective == 0) {
            return true;
        }
    }
    return false;
}

static void release(struct objectives_view *view) {
    objective_list_free(&view->objectives);
    kpi_list_free(&view->kpis);
}

static bool fill(void *context, struct fault *fault) {
    struct objectives_view *view = context;
    struct workbook *workbook = app_workbook(view->base.app);
    release(view);
    if (!objective_list_load(workbook, &view->objectives, fault) ||
        !kpi_list_load(workbook, &view->kpis, fault)) {
        return false;
    }
    for (size_t i = 0; i < view->objectives.count; i++) {
        add_objective(view, &view->objectives.items[i]);
        add_kpis_of(view, view->objectives.items[i].id);
    }
    if (has_kpi_of_none(view)) {
        view_rows_add_heading(&view->base.rows, "KPIs of no objective");
        add_kpis_of(view, 0);
    }
    return true;
}

static void *open_view(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)place;
    (void)fault;
    struct objectives_view *view = memory_zero(1, sizeof *view);
    rows_view_init(&view->base, app, fill,
                   &(struct list_options){
                       .columns = columns,
                       .column_count = COUNT(columns),
                       .frozen = 1,
                       .empty = "Objectives with their KPIs show here, each with its newest value "
                                "and whether it is on the way. a adds an objective.",
                   });
    return view;
}

static void close_view(void *context) {
    struct objectives_view *view = context;
    rows_view_release(&view->base);
    release(view);
    free(view);
}

static const struct objective_standing *find_objective(const struct objectives_view *view,
                                                       int64_t id) {
    for (size_t i = 0; i < view->objectives.count; i++) {
        if (view->objectives.items[i].id == id) {
            return &view->objectives.items[i];
        }
    }
    return NULL;
}

static void draw_box(struct objectives_view *view, const struct area *box) {
    const struct view_row *row = rows_view_current(&view->base);
    if (row == NULL || box->height < 4) {
        return;
    }
    if (row->target.register_id == REGISTER_KPI) {
        kpi_chart_draw(kpi_list_find(&view->kpis, row->target.id), box);
    } else if (row->target.register_id == REGISTER_OBJECTIVE) {
        objective_draw(find_objective(view, row->target.id), box);
    }
}

static void draw(void *context, const struct area *body) {
    struct objectives_view *view = context;
    rows_view_ensure(&view->base);
    bool is_wide = body->width >= FRAME_WIDE;
    int box_rows = body->height - BOX_ROWS < LIST_ROWS_LEAST ? 0 : BOX_ROWS;
    int list_width = is_wide ? body->width * 3 / 5 : body->width;
    struct area list =
        is_wide ? area_columns(*body, 0, list_width) : area_rows(*body, 0, body->height - box_rows);
    struct area box = is_wide ? area_columns(*body, list_width + 1, -1)
                              : area_rows(*body, body->height - box_rows, box_rows);
    if (is_wide) {
        box = area_rows(box, 0, box.height > 2 * BOX_ROWS ? 2 * BOX_ROWS : box.height);
    }
    draw_box(view, &box);
    list_draw(view->base.list, &list);
}

static unsigned act_on_row(struct objectives_view *view, int action, const struct view_row *row) {
    struct app *app = view->base.app;
    bool is_kpi = row->target.register_id == REGISTER_KPI;
    int64_t id = row->target.id;
    switch (action) {
    case DO_MEASURE:
        return is_kpi ? measure_kpi(app, id) : measure_objective(app, id);
    case DO_RAISE:
        return is_kpi ? raise_from_kpi(app, id) : raise_from_objective(app, id);
    case DO_EDIT:
        record_actions_edit(app, row->target.register_id, id, -1);
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    default:
        return rows_view_act(&view->base, action);
    }
}

static unsigned act(void *context, int action) {
    struct objectives_view *view = context;
    const struct view_row *row = rows_view_current(&view->base);
    if (action == DO_ADD) {
        record_actions_add(view->base.app, REGISTER_OBJECTIVE, -1, 0);
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    if (row == NULL || row->target.id == 0) {
        return rows_view_act(&view->base, action);
    }
    return act_on_row(view, action, row);
}

static void describe(void *context, struct buffer *out) {
    struct objectives_view *view = context;
    const struct terminal *terminal = app_terminal(view->base.app);
    int open = 0;
    int contradicted = 0;
    int red = 0;
    rows_view_ensure(&view->base);
    for (size_t i = 0; i < view->objectives.count; i++) {
        open += view->objectives.items[i].is_open;
        contradicted += view->objectives.items[i].contradiction != NULL;
    }
    for (size_t i = 0; i < view->kpis.count; i++) {
        red += view->kpis.items[i].colour == KPI_COLOUR_RED;
    }
    buffer_addf(out, "%d open", open);
    if (red > 0) {
        buffer_addf(out, ", %s %d red", palette_mark(terminal, MARK_BAD), red);
    }
    if (contradicted > 0) {
        buffer_addf(out, ", %s %d status", palette_mark(terminal, MARK_BAD), contradicted);
    }
}

static const struct binding bindings[] = {
    {.key = 'm',
     .action = DO_MEASURE,
     .where = WHERE_WRITABLE,
     .name = "measure",
     .label = "measure",
     .help = "enter a value of the KPI, for today or with @ for another day",
     .weight = 9},
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "details",
     .help = "show the objective or the KPI",
     .weight = 8},
    {.key = 't',
     .action = DO_RAISE,
     .name = "action",
     .label = "action",
     .help = "add an action: a step of the objective's plan, or what the KPI calls for",
     .weight = 7},
    {.key = 'e',
     .action = DO_EDIT,
     .where = WHERE_WRITABLE,
     .name = "edit",
     .label = "edit",
     .help = "edit the objective or the KPI",
     .weight = 6},
    {.key = KEYCODE_F(2), .action = DO_EDIT, .where = WHERE_WRITABLE},
    {.key = 'a',
     .action = DO_ADD,
     .where = WHERE_WRITABLE,
     .name = "add",
     .label = "add",
     .help = "add an objective; KPIs are added in their own view",
     .weight = 6},
};

static const struct binding_table binding_table = {
    .title = "The dashboard", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops objectives_view_ops = {
    .open = open_view,
    .close = close_view,
    .draw = draw,
    .act = act,
    .reload = rows_view_reload,
    .describe = describe,
    .search = rows_view_search,
    .click = rows_view_click,
    .copy = rows_view_copy,
    .remember = rows_view_remember,
    .recall = rows_view_recall,
    .bindings = &binding_table,
    .has_list = true,
};
