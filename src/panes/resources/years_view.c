/* Owns the years of resources side by side: a category a row, and for each year what was planned,
 * approved and spent; the newest year has a bar as well, and narrow screens show the spending of
 * the years before. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/words.h"
#include "clause5/base/memory.h"
#include "clause5/store/query.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/list/rows_view.h"
#include "panes/record/record_actions.h"

enum { CELL_CATEGORY, CELL_FIRST };
enum { PLANNED, APPROVED, SPENT, BAR, YEAR_CELLS }; /* of the newest year; others have no bar */
enum { YEARS_MOST = 6, CATEGORY_CELLS = 14, AMOUNT_CELLS = 9, BAR_CELLS = 10 };

struct year {
    int64_t year;
    char *titles[YEAR_CELLS];
};

struct years_view {
    struct rows_view base;
    struct year years[YEARS_MOST];
    size_t count;
    struct list_column columns[CELL_FIRST + YEARS_MOST * YEAR_CELLS];
};

/* The sums of one category in one year. */
struct sums {
    double planned, approved, spent;
};

static void forget_years(struct years_view *view) {
    for (size_t i = 0; i < view->count; i++) {
        for (size_t cell = 0; cell < YEAR_CELLS; cell++) {
            free(view->years[i].titles[cell]);
        }
    }
    view->count = 0;
}

static char *print_title(int64_t year, const char *word) {
    struct buffer text = {0};
    buffer_addf(&text, "%s %02lld", word, (long long)(year % 100));
    return buffer_take(&text);
}

static bool read_years(struct years_view *view, struct fault *fault) {
    static const char *const words[YEAR_CELLS] = {
        [PLANNED] = "Plan", [APPROVED] = "Approved", [SPENT] = "Spent", [BAR] = "Of approved"};
    static const char sql[] = "SELECT DISTINCT year FROM resource ORDER BY year DESC";
    forget_years(view);
    struct query *query = query_open(app_workbook(view->base.app), sql, fault);
    int step = query == NULL ? -1 : query_step(query, fault);
    for (; step == 1; step = query_step(query, fault)) {
        if (view->count == YEARS_MOST) {
            continue;
        }
        struct year *year = &view->years[view->count++];
        year->year = query_whole(query, 0);
        for (size_t cell = 0; cell < YEAR_CELLS; cell++) {
            year->titles[cell] =
                cell == BAR ? memory_copy_text(words[BAR]) : print_title(year->year, words[cell]);
        }
    }
    query_close(query);
    return step == 0;
}

/* The first column of a year: its newest one has a bar as well. */
static size_t column_of(size_t year) {
    return CELL_FIRST + year * SPENT + year + (year > 0);
}

/* What narrow screens drop first: plan and approval of the oldest years, then their spending. */
static int priority_of(size_t year, size_t cell) {
    return year == 0 ? 0 : (int)(cell == SPENT ? year : YEARS_MOST + year);
}

static void make_columns(struct years_view *view) {
    size_t count = CELL_FIRST;
    view->columns[CELL_CATEGORY] =
        (struct list_column){.title = "Category", .width = CATEGORY_CELLS};
    for (size_t i = 0; i < view->count; i++) {
        for (size_t cell = 0; cell < (i == 0 ? YEAR_CELLS : BAR); cell++) {
            view->columns[count++] = (struct list_column){
                .title = view->years[i].titles[cell],
                .width = cell == BAR ? BAR_CELLS + 2 : AMOUNT_CELLS + (cell == APPROVED) * 2,
                .align = cell == BAR ? LIST_LEFT : LIST_RIGHT,
                .priority = priority_of(i, cell),
            };
        }
    }
    rows_view_set_columns(&view->base, view->columns, count, 1);
}

/* 12345678 as "12,345,678". */
static void print_amount(double amount, struct buffer *out) {
    long long whole = llround(fabs(amount));
    struct buffer digits = {0};
    buffer_addf(&digits, "%lld", whole);
    buffer_add(out, amount < 0 && whole > 0 ? "-" : "");
    for (size_t i = 0; i < digits.len_bytes; i++) {
        if (i > 0 && (digits.len_bytes - i) % 3 == 0) {
            buffer_add_byte(out, ',');
        }
        buffer_add_byte(out, digits.bytes[i]);
    }
    buffer_free(&digits);
}

static void set_amount(struct view_row *row, size_t cell, double amount) {
    struct buffer text = {0};
    print_amount(amount, &text);
    view_rows_set(row, cell, buffer_text(&text));
    buffer_free(&text);
}

/* Fills the cells of a year; spending beyond what was approved says so by mark. */
static void set_year(struct years_view *view, struct view_row *row, size_t year,
                     const struct sums *sums) {
    size_t first = column_of(year);
    set_amount(row, first + PLANNED, sums->planned);
    set_amount(row, first + APPROVED, sums->approved);
    set_amount(row, first + SPENT, sums->spent);
    if (sums->spent > sums->approved) {
        row->meanings[first + SPENT] = MEANING_WARNING;
        row->marks[CELL_CATEGORY] = year == 0 ? MARK_WARNING : row->marks[CELL_CATEGORY];
    }
    if (year == 0 && sums->approved > 0) {
        struct buffer bar = {0};
        area_print_bar(app_terminal(view->base.app), sums->spent / sums->approved, BAR_CELLS, &bar);
        view_rows_set(row, first + BAR, buffer_text(&bar));
        row->meanings[first + BAR] = MEANING_CHART;
        buffer_free(&bar);
    }
}

static size_t year_index(const struct years_view *view, int64_t year) {
    size_t i = 0;
    while (i < view->count && view->years[i].year != year) {
        i++;
    }
    return i;
}

static struct view_row *add_category(struct years_view *view, const char *category) {
    struct view_row *row = view_rows_add(&view->base.rows);
    row->target.register_id = REGISTER_RESOURCE;
    row->tag = memory_copy_text(category);
    view_rows_set(row, CELL_CATEGORY, category[0] == '\0' ? "All" : category);
    row->meanings[CELL_CATEGORY] = category[0] == '\0' ? MEANING_TITLE : MEANING_TEXT;
    return row;
}

static bool fill(void *context, struct fault *fault) {
    struct years_view *view = context;
    struct view_row *row = NULL;
    if (!read_years(view, fault)) {
        return false;
    }
    make_columns(view);
    struct query *query =
        words_query_open_file(app_workbook(view->base.app), "figures/years.sql", fault);
    int step = query == NULL ? -1 : query_step(query, fault);
    for (; step == 1; step = query_step(query, fault)) {
        const struct sums sums = {.planned = query_number(query, 2),
                                  .approved = query_number(query, 3),
                                  .spent = query_number(query, 4)};
        size_t year = year_index(view, query_whole(query, 1));
        if (row == NULL || strcmp(row->tag, query_text(query, 0)) != 0) {
            row = add_category(view, query_text(query, 0));
        }
        if (year < view->count) {
            set_year(view, row, year, &sums);
        }
    }
    query_close(query);
    return step == 0;
}

static void *open_view(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)place;
    (void)fault;
    struct years_view *view = memory_zero(1, sizeof *view);
    view->columns[CELL_CATEGORY] =
        (struct list_column){.title = "Category", .width = CATEGORY_CELLS};
    rows_view_init(&view->base, app, fill,
                   &(struct list_options){
                       .columns = view->columns,
                       .column_count = 1,
                       .frozen = 1,
                       .has_cell_cursor = true,
                       .empty = "The budget of the ISMS shows here per category, its years side by "
                                "side. a adds a line of it.",
                   });
    return view;
}

static void close_view(void *context) {
    struct years_view *view = context;
    rows_view_release(&view->base);
    forget_years(view);
    free(view);
}

/* Shows the lines behind the cell: those of its category and year, in the first column of all
 * years. */
static unsigned open_lines(struct years_view *view, const struct view_row *row) {
    size_t column = list_current_column(view->base.list);
    struct buffer filter = {0};
    for (size_t year = 0; year < view->count && column > CELL_CATEGORY; year++) {
        if (column >= column_of(year) && column < column_of(year + 1)) {
            buffer_addf(&filter, "year:%lld ", (long long)view->years[year].year);
        }
    }
    if (row->tag[0] != '\0') {
        buffer_addf(&filter, "category:%s", row->tag);
    }
    const struct view_place place = {
        .label = "Resources",
        .register_id = REGISTER_RESOURCE,
        .owner_field = -1,
        .filter = filter.len_bytes == 0 ? NULL : buffer_text(&filter),
        .extra = panes_list_extra(REGISTER_RESOURCE),
    };
    unsigned outcome = app_open_page(view->base.app, &register_view_ops, &place);
    buffer_free(&filter);
    return outcome;
}

static unsigned act(void *context, int action) {
    struct years_view *view = context;
    const struct view_row *row = rows_view_current(&view->base);
    if (action == DO_ADD) {
        record_actions_add(view->base.app, REGISTER_RESOURCE, -1, 0);
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    return action == DO_OPEN && row != NULL ? open_lines(view, row)
                                            : rows_view_act(&view->base, action);
}

static void describe(void *context, struct buffer *out) {
    struct years_view *view = context;
    rows_view_ensure(&view->base);
    buffer_addf(out, "%zu year%s", view->count, view->count == 1 ? "" : "s");
}

static const struct binding bindings[] = {
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "its lines",
     .help = "show the lines behind the sum: of its category, and in a year's column of that year",
     .weight = 9},
    {.key = 'a',
     .action = DO_ADD,
     .where = WHERE_WRITABLE,
     .name = "add",
     .label = "add",
     .help = "add a line of the budget or the resource plan",
     .weight = 8},
};

static const struct binding_table binding_table = {
    .title = "Years", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops years_view_ops = {
    .open = open_view,
    .close = close_view,
    .draw = rows_view_draw,
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
