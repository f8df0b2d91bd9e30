/* Owns the matrix of policies against obligations: a policy a row, an obligation a column, each
 * cell turned round with Space. Whatever no policy covers says so below its column. */
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/words.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/rules/edit.h"
#include "clause5/store/query.h"
#include "clause5/store/record.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/frame/write_batch.h"
#include "panes/list/rows_view.h"

enum { CELL_TITLE, CELL_FIRST, TITLE_CELLS = 34, TITLE_LEAST_CELLS = 24 };

struct obligation {
    int64_t id;
    char *ref, *title;
    bool is_covered;
};

struct cover_view {
    struct rows_view base;
    struct obligation obligations[ROWS_CELLS_MOST - CELL_FIRST];
    size_t count;
    size_t left_out; /* obligations beyond what a row can hold */
    struct list_column columns[ROWS_CELLS_MOST];
};

static void forget_obligations(struct cover_view *view) {
    for (size_t i = 0; i < view->count; i++) {
        free(view->obligations[i].ref);
        free(view->obligations[i].title);
    }
    view->count = view->left_out = 0;
}

static bool read_obligations(struct cover_view *view, struct fault *fault) {
    static const char sql[] = "SELECT id, ref, title FROM obligation ORDER BY ref";
    forget_obligations(view);
    struct query *query = query_open(app_workbook(view->base.app), sql, fault);
    int step = query == NULL ? -1 : query_step(query, fault);
    for (; step == 1; step = query_step(query, fault)) {
        if (view->count == COUNT(view->obligations)) {
            view->left_out++;
            continue;
        }
        view->obligations[view->count++] =
            (struct obligation){.id = query_whole(query, 0),
                                .ref = memory_copy_text(query_text(query, 1)),
                                .title = memory_copy_text(query_text(query, 2))};
    }
    query_close(query);
    return step == 0;
}

static void make_columns(struct cover_view *view) {
    view->columns[CELL_TITLE] = (struct list_column){
        .title = "Policy", .width = TITLE_CELLS, .least_width = TITLE_LEAST_CELLS, .grow = 1};
    for (size_t i = 0; i < view->count; i++) {
        int width = text_width_cells(view->obligations[i].ref);
        view->columns[CELL_FIRST + i] = (struct list_column){
            .title = view->obligations[i].ref, .width = width < 3 ? 3 : width, .priority = 1};
    }
    rows_view_set_columns(&view->base, view->columns, CELL_FIRST + view->count, 1);
}

static struct view_row *add_policy(struct cover_view *view, struct query *query) {
    struct view_row *row = view_rows_add(&view->base.rows);
    struct buffer name = {0};
    row->handle = query_whole(query, 0);
    row->target.register_id = REGISTER_POLICY;
    row->target.id = row->handle;
    buffer_addf(&name, "%s  %s", query_text(query, 1), query_text(query, 2));
    view_rows_set(row, CELL_TITLE, buffer_text(&name));
    buffer_free(&name);
    for (size_t i = 0; i < view->count; i++) {
        row->marks[CELL_FIRST + i] = MARK_DOT;
        view_rows_set(row, CELL_FIRST + i, "");
    }
    return row;
}

static void set_cover(struct cover_view *view, struct view_row *row, int64_t obligation) {
    for (size_t i = 0; i < view->count; i++) {
        if (view->obligations[i].id == obligation) {
            row->marks[CELL_FIRST + i] = MARK_GOOD;
            row->meanings[CELL_FIRST + i] = MEANING_GOOD;
            view->obligations[i].is_covered = true;
        }
    }
}

/* Retired policies cover nothing (checks.md) and are left out. */
static bool read_rows(struct cover_view *view, struct fault *fault) {
    struct query *query =
        words_query_open_file(app_workbook(view->base.app), "figures/cover.sql", fault);
    struct view_row *row = NULL;
    int step = query == NULL ? -1 : query_step(query, fault);
    for (; step == 1; step = query_step(query, fault)) {
        if (row == NULL || row->target.id != query_whole(query, 0)) {
            row = add_policy(view, query);
        }
        set_cover(view, row, query_whole(query, 3));
    }
    query_close(query);
    return step == 0;
}

static bool fill(void *context, struct fault *fault) {
    struct cover_view *view = context;
    if (!read_obligations(view, fault)) {
        return false;
    }
    make_columns(view);
    return read_rows(view, fault);
}

static void *open_view(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)place;
    (void)fault;
    struct cover_view *view = memory_zero(1, sizeof *view);
    view->columns[CELL_TITLE] = (struct list_column){.title = "Policy", .width = TITLE_CELLS};
    rows_view_init(&view->base, app, fill,
                   &(struct list_options){
                       .columns = view->columns,
                       .column_count = 1,
                       .frozen = 1,
                       .has_cell_cursor = true,
                       .empty = "Which policy covers which obligation. Policies are added in "
                                "Register, obligations in Obligations.",
                   });
    return view;
}

static void close_view(void *context) {
    struct cover_view *view = context;
    rows_view_release(&view->base);
    forget_obligations(view);
    free(view);
}

/* Returns the obligation of the cell under the cursor, or NULL on the policy's name. */
static const struct obligation *chosen(const struct cover_view *view) {
    size_t column = list_current_column(view->base.list);
    return column >= CELL_FIRST && column < CELL_FIRST + view->count
               ? &view->obligations[column - CELL_FIRST]
               : NULL;
}

struct cover {
    int64_t policy, obligation;
};

static bool write_cover(void *context, struct workbook *workbook, struct fault *fault) {
    const struct cover *cover = context;
    struct value values[POLICY_OBLIGATION_FIELDS] = {
        [POLICY_OBLIGATION_POLICY] = value_of_whole(cover->policy),
        [POLICY_OBLIGATION_OBLIGATION] = value_of_whole(cover->obligation),
    };
    int64_t id = 0;
    switch (record_find(workbook, REGISTER_POLICY_OBLIGATION, values, &id, fault)) {
    case LOOKUP_FOUND:
        return edit_delete(workbook, REGISTER_POLICY_OBLIGATION, id, fault);
    case LOOKUP_NONE:
        return edit_insert(workbook, REGISTER_POLICY_OBLIGATION, values, &id, fault);
    case LOOKUP_FAULT:
        break;
    }
    return false;
}

static unsigned toggle(struct cover_view *view) {
    const struct view_row *row = rows_view_current(&view->base);
    const struct obligation *obligation = chosen(view);
    if (row == NULL || obligation == NULL) {
        app_say(view->base.app, MEANING_MESSAGE, "Move right to the cell of an obligation first");
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    bool is_set = row->marks[list_current_column(view->base.list)] == MARK_GOOD;
    struct cover cover = {.policy = row->target.id, .obligation = obligation->id};
    struct buffer label = {0};
    buffer_addf(&label, "%.*s %s %s", (int)strcspn(row->cells[CELL_TITLE], " "),
                row->cells[CELL_TITLE], is_set ? "no longer covers" : "covers", obligation->ref);
    write_batch(view->base.app, buffer_text(&label), write_cover, &cover);
    buffer_free(&label);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned act(void *context, int action) {
    struct cover_view *view = context;
    rows_view_ensure(&view->base);
    if (action == DO_TOGGLE_COVER) {
        return toggle(view);
    }
    const struct obligation *obligation = chosen(view);
    if (action == DO_OPEN && obligation != NULL) {
        return app_open_record(view->base.app, REGISTER_OBLIGATION, obligation->id, -1);
    }
    return rows_view_act(&view->base, action);
}

/* The list, and below it what the column under the cursor stands for. */
static void draw(void *context, const struct area *body) {
    struct cover_view *view = context;
    struct area list = area_rows(*body, 0, body->height - 1);
    struct area foot = area_rows(*body, body->height - 1, 1);
    rows_view_draw(view, &list);
    const struct obligation *obligation = chosen(view);
    if (obligation != NULL) {
        area_print(&foot, (struct spot){.column = 1}, MEANING_DIM, "%s  %s%s", obligation->ref,
                   obligation->title,
                   obligation->is_covered ? "" : ": no policy in force covers it");
    }
}

static void describe(void *context, struct buffer *out) {
    struct cover_view *view = context;
    size_t uncovered = 0;
    rows_view_ensure(&view->base);
    for (size_t i = 0; i < view->count; i++) {
        uncovered += !view->obligations[i].is_covered;
    }
    buffer_addf(out, "%zu obligation%s", view->count + view->left_out,
                view->count + view->left_out == 1 ? "" : "s");
    if (view->left_out > 0) {
        buffer_addf(out, " (%zu shown)", view->count);
    }
    if (uncovered > 0) {
        buffer_addf(out, ", %s %zu uncovered",
                    palette_mark(app_terminal(view->base.app), MARK_WARNING), uncovered);
    }
}

static const struct binding bindings[] = {
    {.key = KEYCODE_SPACE,
     .action = DO_TOGGLE_COVER,
     .where = WHERE_WRITABLE,
     .name = "toggle",
     .label = "covers or not",
     .help = "the policy covers the obligation, or no longer",
     .weight = 9},
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "details",
     .help = "show the policy, or in a cell the obligation",
     .weight = 6},
};

static const struct binding_table binding_table = {
    .title = "Coverage", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops cover_view_ops = {
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
