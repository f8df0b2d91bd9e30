/* Owns the responsibility matrix: an activity a row, a role a column, each cell set by one letter.
 * Faults that an auditor would see at a glance stand at the row's end. */
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/words.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/rules/edit.h"
#include "clause5/store/query.h"
#include "clause5/store/record.h"
#include "panes/frame/actions.h"
#include "panes/frame/export_dialog.h"
#include "panes/frame/panes.h"
#include "panes/frame/write_batch.h"
#include "panes/list/rows_view.h"
#include "panes/record/record_actions.h"

enum {
    CELL_TITLE,
    CELL_FIRST_ROLE,
    ROLES_MOST = ROWS_CELLS_MOST - 2, /* what one list row holds; more roles are said in row 3 */
    TITLE_CELLS = 38,
    TITLE_LEAST_CELLS = 28,
    FAULT_CELLS = 10,
};

struct matrix_role {
    int64_t id;
    char *ref;
    char *load; /* who holds it and how much it carries, as the foot says it */
};

struct matrix_view {
    struct rows_view base;
    struct matrix_role roles[ROLES_MOST];
    size_t role_count;
    int64_t role_total;
    struct list_column columns[ROWS_CELLS_MOST];
    int64_t run_from; /* the role at which a run of cells begins; 0: none */
};

static void forget_roles(struct matrix_view *view) {
    for (size_t i = 0; i < view->role_count; i++) {
        free(view->roles[i].ref);
        free(view->roles[i].load);
    }
    view->role_count = 0;
    view->role_total = 0;
}

/* Says the role of the row: "ISO Security Officer: Anna Weber, deputy none. A on 12, R on 4." */
static char *print_load(struct query *query) {
    struct buffer text = {0};
    const char *holder = query_text(query, 3);
    const char *deputy = query_text(query, 4);
    buffer_addf(&text, "%s %s: %s, deputy %s. A on %lld, R on %lld.", query_text(query, 1),
                query_text(query, 2), holder[0] == '\0' ? "nobody" : holder,
                deputy[0] == '\0' ? "none" : deputy, (long long)query_whole(query, 5),
                (long long)query_whole(query, 6));
    return buffer_take(&text);
}

/* Reads the roles: those with a part in the matrix first, top management before the others. */
static bool read_roles(struct matrix_view *view, struct fault *fault) {
    static const char sql[] =
        "SELECT role.id, role.ref, role.title,"
        " CASE WHEN role.kind = 'group' THEN 'a group' ELSE holder.name END, deputy.name,"
        " (SELECT count(*) FROM responsibility WHERE role = role.id AND code IN ('A', 'A/R')),"
        " (SELECT count(*) FROM responsibility WHERE role = role.id AND code IN ('R', 'A/R'))"
        " FROM role LEFT JOIN person AS holder ON holder.id = role.holder"
        " LEFT JOIN person AS deputy ON deputy.id = role.deputy"
        " ORDER BY NOT EXISTS (SELECT 1 FROM responsibility WHERE responsibility.role = role.id),"
        " role.kind <> 'top management', role.kind = 'group', role.id";
    forget_roles(view);
    struct query *query = query_open(app_workbook(view->base.app), sql, fault);
    int step = query == NULL ? -1 : query_step(query, fault);
    while (step == 1) {
        if (view->role_count < ROLES_MOST) {
            view->roles[view->role_count++] =
                (struct matrix_role){.id = query_whole(query, 0),
                                     .ref = memory_copy_text(query_text(query, 1)),
                                     .load = print_load(query)};
        }
        view->role_total++;
        step = query_step(query, fault);
    }
    query_close(query);
    return step == 0;
}

static void make_columns(struct matrix_view *view) {
    view->columns[CELL_TITLE] = (struct list_column){
        .title = "Activity", .width = TITLE_CELLS, .least_width = TITLE_LEAST_CELLS, .grow = 1};
    for (size_t i = 0; i < view->role_count; i++) {
        int width = text_width_cells(view->roles[i].ref);
        view->columns[CELL_FIRST_ROLE + i] = (struct list_column){
            .title = view->roles[i].ref, .width = width < 3 ? 3 : width, .priority = 1};
    }
    view->columns[CELL_FIRST_ROLE + view->role_count] =
        (struct list_column){.title = "", .width = FAULT_CELLS};
    rows_view_set_columns(&view->base, view->columns, view->role_count + 2, 1);
}

/* Says at their ends what is wrong with the rows; both stand in the order of the activities. */
static bool read_faults(struct matrix_view *view, struct fault *fault) {
    struct query *query =
        words_query_open_file(app_workbook(view->base.app), "figures/raci_faults.sql", fault);
    size_t cell = CELL_FIRST_ROLE + view->role_count;
    size_t at = 0;
    int step = query == NULL ? -1 : query_step(query, fault);
    for (; step == 1; step = query_step(query, fault)) {
        while (at < view->base.rows.count &&
               view->base.rows.items[at].target.id != query_whole(query, 0)) {
            at++;
        }
        if (at < view->base.rows.count) {
            struct view_row *row = &view->base.rows.items[at];
            view_rows_set(row, cell, query_text(query, 1));
            row->meanings[cell] = MEANING_BAD;
            row->marks[cell] = MARK_BAD;
        }
    }
    query_close(query);
    return step == 0;
}

static size_t cell_of_role(const struct matrix_view *view, int64_t role) {
    size_t i = 0;
    while (i < view->role_count && view->roles[i].id != role) {
        i++;
    }
    return CELL_FIRST_ROLE + i;
}

static enum meaning meaning_of(const char *code) {
    return strchr(code, 'A') != NULL ? MEANING_TITLE : MEANING_TEXT;
}

/* Reads the cells ordered by activity and makes a row of each activity. */
static bool read_rows(struct matrix_view *view, struct fault *fault) {
    static const char sql[] =
        "SELECT activity.id, activity.title, responsibility.role, responsibility.code"
        " FROM activity LEFT JOIN responsibility ON responsibility.activity = activity.id"
        " ORDER BY activity.ref, activity.id";
    struct query *query = query_open(app_workbook(view->base.app), sql, fault);
    size_t fault_cell = CELL_FIRST_ROLE + view->role_count;
    struct view_row *row = NULL;
    int step = query == NULL ? -1 : query_step(query, fault);
    for (; step == 1; step = query_step(query, fault)) {
        if (row == NULL || row->target.id != query_whole(query, 0)) {
            row = view_rows_add(&view->base.rows);
            row->target.register_id = REGISTER_ACTIVITY;
            row->target.id = query_whole(query, 0);
            view_rows_set(row, CELL_TITLE, query_text(query, 1));
            for (size_t i = 0; i < view->role_count; i++) {
                row->marks[CELL_FIRST_ROLE + i] = MARK_DOT;
                view_rows_set(row, CELL_FIRST_ROLE + i, "");
            }
        }
        const char *code = query_text(query, 3);
        size_t cell = cell_of_role(view, query_whole(query, 2));
        if (cell < fault_cell && code[0] != '\0') {
            row->marks[cell] = MARK_NONE;
            row->meanings[cell] = meaning_of(code);
            view_rows_set(row, cell, code);
        }
    }
    query_close(query);
    return step == 0;
}

static bool fill(void *context, struct fault *fault) {
    struct matrix_view *view = context;
    if (!read_roles(view, fault)) {
        return false;
    }
    make_columns(view);
    return read_rows(view, fault) && read_faults(view, fault);
}

static void *open_view(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)place;
    (void)fault;
    struct matrix_view *view = memory_zero(1, sizeof *view);
    view->columns[CELL_TITLE] = (struct list_column){.title = "Activity", .width = TITLE_CELLS};
    rows_view_init(
        &view->base, app, fill,
        &(struct list_options){
            .columns = view->columns,
            .column_count = 1,
            .frozen = 1,
            .frozen_end = 1,
            .has_cell_cursor = true,
            .empty = "The matrix says who does what for information security. + adds an activity, "
                     "> a role, I imports a matrix from a CSV file.",
        });
    return view;
}

static void close_view(void *context) {
    struct matrix_view *view = context;
    rows_view_release(&view->base);
    forget_roles(view);
    free(view);
}

/* Returns the index of the role under the cursor, or role_count. */
static size_t current_role(const struct matrix_view *view) {
    size_t column = list_current_column(view->base.list);
    size_t role = column < CELL_FIRST_ROLE ? view->role_count : column - CELL_FIRST_ROLE;
    return role < view->role_count ? role : view->role_count;
}

/* The cells that a key means: the marked rows, else this one, in the run of roles that began with
 * v, else in this one. */
struct cell_block {
    struct matrix_view *view;
    const int64_t *rows; /* handles */
    size_t row_count;
    size_t first_role, last_role;
    const char *code; /* NULL: clear */
};

/* Sets one cell of the open batch. */
static bool write_cell(struct workbook *workbook, int64_t activity, int64_t role, const char *code,
                       struct fault *fault) {
    struct value values[RESPONSIBILITY_FIELDS] = {
        [RESPONSIBILITY_ACTIVITY] = value_of_whole(activity),
        [RESPONSIBILITY_ROLE] = value_of_whole(role),
        [RESPONSIBILITY_CODE] = value_of_text(code),
    };
    int64_t id = 0;
    enum lookup found = record_find(workbook, REGISTER_RESPONSIBILITY, values, &id, fault);
    bool is_done = found != LOOKUP_FAULT;
    if (is_done && code == NULL) {
        is_done = found == LOOKUP_NONE || edit_delete(workbook, REGISTER_RESPONSIBILITY, id, fault);
    } else if (is_done) {
        is_done = found == LOOKUP_FOUND
                      ? edit_update(workbook, REGISTER_RESPONSIBILITY, id, values, fault)
                      : edit_insert(workbook, REGISTER_RESPONSIBILITY, values, &id, fault);
    }
    values_free(values, RESPONSIBILITY_FIELDS);
    return is_done;
}

static bool write_block(void *context, struct workbook *workbook, struct fault *fault) {
    struct cell_block *block = context;
    for (size_t i = 0; i < block->row_count; i++) {
        const struct view_row *row = view_rows_find(&block->view->base.rows, block->rows[i]);
        for (size_t role = block->first_role; row != NULL && role <= block->last_role; role++) {
            if (!write_cell(workbook, row->target.id, block->view->roles[role].id, block->code,
                            fault)) {
                return false;
            }
        }
    }
    return true;
}

/* Takes the run of roles from where v was pressed to the cursor. */
static void take_run(struct cell_block *block, size_t role) {
    const struct matrix_view *view = block->view;
    size_t from = 0;
    while (from < view->role_count && view->roles[from].id != view->run_from) {
        from++;
    }
    from = view->run_from == 0 || from == view->role_count ? role : from;
    block->first_role = from < role ? from : role;
    block->last_role = from < role ? role : from;
}

static void print_block(const struct cell_block *block, const struct view_row *row,
                        struct buffer *out) {
    size_t cells = block->row_count * (block->last_role - block->first_role + 1);
    if (cells == 1) {
        buffer_addf(out, "%s %s for \"%s\"", block->view->roles[block->first_role].ref,
                    block->code == NULL ? "has no part" : block->code, row->cells[CELL_TITLE]);
    } else {
        buffer_addf(out, "%s in %zu cells", block->code == NULL ? "no part" : block->code, cells);
    }
}

static unsigned set_cells(struct matrix_view *view, const char *code) {
    size_t role = current_role(view);
    const struct view_row *row = rows_view_current(&view->base);
    int64_t current = 0;
    if (row == NULL || role == view->role_count || !list_current(view->base.list, &current)) {
        app_say(view->base.app, MEANING_MESSAGE, "Move right to the cell of a role first");
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    size_t marked = list_mark_count(view->base.list);
    struct cell_block block = {.view = view,
                               .rows = marked > 0 ? list_marks(view->base.list) : &current,
                               .row_count = marked > 0 ? marked : 1,
                               .code = code};
    struct buffer label = {0};
    take_run(&block, role);
    print_block(&block, row, &label);
    if (write_batch(view->base.app, buffer_text(&label), write_block, &block)) {
        list_clear_marks(view->base.list);
        view->run_from = 0;
    }
    buffer_free(&label);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Begins or ends a run of roles at the cursor. */
static unsigned begin_run(struct matrix_view *view) {
    size_t role = current_role(view);
    if (view->run_from != 0 || role == view->role_count) {
        view->run_from = 0;
    } else {
        view->run_from = view->roles[role].id;
        app_say(view->base.app, MEANING_MESSAGE,
                "From %s on: move to the last role, then r a c i b or x", view->roles[role].ref);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Opens what the cursor stands on: the role of a cell, else the activity. */
static unsigned open_cell(struct matrix_view *view) {
    size_t role = current_role(view);
    return role < view->role_count && view->base.rows.count > 0
               ? app_open_record(view->base.app, REGISTER_ROLE, view->roles[role].id, -1)
               : rows_view_act(&view->base, DO_OPEN);
}

static bool widen(void *context) {
    struct matrix_view *view = context;
    bool had_run = view->run_from != 0;
    view->run_from = 0;
    return rows_view_widen(view) || had_run;
}

/* The role under the cursor with its holder and its load, or the whole title of the activity. */
static void draw_foot(struct matrix_view *view, const struct area *area) {
    const struct view_row *row = rows_view_current(&view->base);
    size_t role = current_role(view);
    if (role < view->role_count) {
        area_put(area, (struct spot){0, 1, 0}, MEANING_LABEL, view->roles[role].load);
    } else if (row != NULL) {
        area_put(area, (struct spot){0, 1, 0}, MEANING_LABEL, row->cells[CELL_TITLE]);
    }
}

static void draw(void *context, const struct area *body) {
    struct matrix_view *view = context;
    rows_view_ensure(&view->base);
    struct area list = area_rows(*body, 0, body->height - 1);
    struct area foot = area_rows(*body, body->height - 1, 1);
    draw_foot(view, &foot);
    rows_view_draw(&view->base, view->base.rows.count == 0 ? body : &list);
}

static const char *const codes[] = {"R", "A", "C", "I", "A/R", NULL};

static unsigned act(void *context, int action) {
    struct matrix_view *view = context;
    if (action >= DO_SET_RESPONSIBLE && action <= DO_CLEAR_CELL) {
        return set_cells(view, codes[action - DO_SET_RESPONSIBLE]);
    }
    if (action == DO_BEGIN_RUN) {
        return begin_run(view);
    }
    if (action == DO_OPEN) {
        return open_cell(view);
    }
    if (action == DO_ADD_ACTIVITY || action == DO_ADD) {
        record_actions_add(view->base.app, REGISTER_ACTIVITY, -1, 0);
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    if (action == DO_EXPORT) {
        return export_dialog_run_matrix(view->base.app);
    }
    if (action == DO_ADD_ROLE) {
        record_actions_add(view->base.app, REGISTER_ROLE, -1, 0);
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    return rows_view_act(&view->base, action);
}

static void describe(void *context, struct buffer *out) {
    struct matrix_view *view = context;
    size_t faults = 0;
    rows_view_ensure(&view->base);
    for (size_t i = 0; i < view->base.rows.count; i++) {
        faults += view->base.rows.items[i].marks[CELL_FIRST_ROLE + view->role_count] == MARK_BAD;
    }
    if (list_mark_count(view->base.list) > 0) {
        buffer_addf(out, "%zu marked, ", list_mark_count(view->base.list));
    }
    buffer_addf(out, "%zu activities, %lld roles", view->base.rows.count,
                (long long)view->role_total);
    if (view->role_total > (int64_t)view->role_count) {
        buffer_addf(out, " (%zu shown)", view->role_count);
    }
    if (faults > 0) {
        buffer_addf(out, ", %s %zu", palette_mark(app_terminal(view->base.app), MARK_BAD), faults);
    }
}

static const struct binding bindings[] = {
    {.key = 'r',
     .action = DO_SET_RESPONSIBLE,
     .where = WHERE_WRITABLE,
     .name = "responsible",
     .label = "R",
     .help = "the role carries the activity out",
     .weight = 9},
    {.key = 'a',
     .action = DO_SET_ACCOUNTABLE,
     .where = WHERE_WRITABLE,
     .name = "accountable",
     .label = "A",
     .help = "the role answers for the activity",
     .weight = 9},
    {.key = 'c',
     .action = DO_SET_CONSULTED,
     .where = WHERE_WRITABLE,
     .name = "consulted",
     .label = "C",
     .help = "the role is asked before",
     .weight = 9},
    {.key = 'i',
     .action = DO_SET_INFORMED,
     .where = WHERE_WRITABLE,
     .name = "informed",
     .label = "I",
     .help = "the role is told",
     .weight = 9},
    {.key = 'b',
     .action = DO_SET_BOTH,
     .where = WHERE_WRITABLE,
     .name = "both",
     .label = "A and R",
     .help = "the role answers for the activity and carries it out",
     .weight = 8},
    {.key = 'x',
     .action = DO_CLEAR_CELL,
     .where = WHERE_WRITABLE,
     .name = "clear",
     .label = "clear",
     .help = "the role has no part in the activity",
     .weight = 8},
    {.key = 'v',
     .action = DO_BEGIN_RUN,
     .where = WHERE_WRITABLE,
     .name = "run",
     .help = "begin a run of roles here: the next letter fills or clears it up to the cursor, in "
             "every row marked with Space"},
    {.key = '+',
     .action = DO_ADD_ACTIVITY,
     .where = WHERE_WRITABLE,
     .name = "add-activity",
     .label = "activity",
     .help = "add an activity",
     .weight = 7},
    {.key = '>',
     .action = DO_ADD_ROLE,
     .where = WHERE_WRITABLE,
     .name = "add-role",
     .label = "role",
     .help = "add a role",
     .weight = 7},
    {.key = 'X', .action = DO_EXPORT, .name = "export", .help = "export the matrix to a CSV file"},
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "details",
     .help = "show the activity, or in a cell its role",
     .weight = 6},
};

static const struct binding_table binding_table = {
    .title = "The matrix", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops matrix_view_ops = {
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
    .widen = widen,
    .bindings = &binding_table,
    .has_list = true,
};
