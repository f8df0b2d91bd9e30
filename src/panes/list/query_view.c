/* Owns views made by one query each: data/views/NAME.sql. The first comment lines of the file say
 * what the columns are, the query gives the rows:
 *
 *     -- column: TITLE, WIDTH [, right] [, grow] [, whole]     one line a shown column, in order;
 * whole: never narrower; bar: a share from 0 to 1, drawn
 *     -- words: yes                                  the query uses the words of the checks
 *     -- empty: TEXT                                 what is said where there are no rows
 *     -- page: NAME                                  what Enter opens in place of the record
 *
 * Each row of the query has, after its shown columns, a column `register` and a column `id` that
 * say where Enter leads (NULL: nowhere), `mark` (good, bad, warning, open or NULL) for its first
 * cell, and `heading` (1: a heading of its first cell). :today is the day of the checks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/words.h"
#include "clause5/base/die.h"
#include "clause5/base/embedded.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/store/query.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/list/rows_view.h"

struct query_view {
    struct rows_view base;
    const char *sql;
    struct list_column columns[ROWS_CELLS_MOST];
    char *titles[ROWS_CELLS_MOST];
    bool is_bar[ROWS_CELLS_MOST];
    size_t column_count;
    bool has_words;
    char *empty;
    const struct view_ops *page; /* NULL: that of the record */
};

/* The pages that a view may name. */
static const struct {
    const char *name;
    const struct view_ops *ops;
} pages[] = {{"succession", &succession_page_ops}, {"learners", &learners_page_ops}};

/* Reads "TITLE, WIDTH, right, grow". */
static void read_column(struct query_view *view, const char *line, size_t len_bytes) {
    char *text = memory_copy_bytes(line, len_bytes);
    char *rest = strchr(text, ',');
    if (rest != NULL && view->column_count < ROWS_CELLS_MOST) {
        *rest++ = '\0';
        char *title = text_trim(text);
        bool grows = strstr(rest, "grow") != NULL;
        const char *digits = rest + strspn(rest, " ");
        int width;
        if (!text_take_number(&digits, 3, &width)) {
            die("the column \"%s\" of a query has no width", title);
        }
        view->titles[view->column_count] = title;
        view->is_bar[view->column_count] = strstr(rest, "bar") != NULL;
        view->columns[view->column_count] = (struct list_column){
            .title = title,
            .width = width,
            .least_width = grows && strstr(rest, "whole") == NULL ? width / 2 : width,
            .grow = grows ? 1 : 0,
            .priority = view->column_count < 2 ? 0 : (int)view->column_count,
            .align = strstr(rest, "right") != NULL ? LIST_RIGHT : LIST_LEFT,
        };
        view->column_count++;
    }
    free(text);
}

static void read_page(struct query_view *view, const char *line, size_t len_bytes) {
    char *text = memory_copy_bytes(line, len_bytes);
    char *name = text_trim(text);
    for (size_t i = 0; i < COUNT(pages); i++) {
        view->page = strcmp(pages[i].name, name) == 0 ? pages[i].ops : view->page;
    }
    free(name);
    free(text);
}

static void read_header(struct query_view *view) {
    static const char column[] = "-- column:";
    static const char empty[] = "-- empty:";
    static const char page[] = "-- page:";
    static const char words[] = "-- words:";
    for (const char *line = view->sql; line[0] == '-'; line += strcspn(line, "\n") + 1) {
        size_t len = strcspn(line, "\n");
        if (strncmp(line, column, sizeof column - 1) == 0) {
            read_column(view, line + sizeof column - 1, len - (sizeof column - 1));
        } else if (strncmp(line, words, sizeof words - 1) == 0) {
            view->has_words = true;
        } else if (strncmp(line, empty, sizeof empty - 1) == 0) {
            char *text = memory_copy_bytes(line + sizeof empty - 1, len - (sizeof empty - 1));
            view->empty = text_trim(text);
            free(text);
        } else if (strncmp(line, page, sizeof page - 1) == 0) {
            read_page(view, line + sizeof page - 1, len - (sizeof page - 1));
        }
    }
}

static enum mark mark_named(const char *name) {
    static const struct {
        const char *name;
        enum mark mark;
    } marks[] = {
        {"good", MARK_GOOD}, {"bad", MARK_BAD}, {"warning", MARK_WARNING}, {"open", MARK_OPEN}};
    for (size_t i = 0; i < COUNT(marks); i++) {
        if (strcmp(marks[i].name, name) == 0) {
            return marks[i].mark;
        }
    }
    return MARK_NONE;
}

/* Returns the column of that name behind the shown ones; the views' test proves that it is there.
 */
static int column_named(struct query *query, const char *name) {
    for (int column = 0; column < query_columns(query); column++) {
        if (strcmp(query_column_name(query, column), name) == 0) {
            return column;
        }
    }
    return -1;
}

/* Sets a cell to the drawing of a share; nothing where there is none. */
static void set_bar(struct query_view *view, struct view_row *row, int cell, struct query *query) {
    struct buffer bar = {0};
    if (!query_is_empty(query, cell)) {
        area_print_bar(app_terminal(view->base.app), query_number(query, cell),
                       view->columns[cell].width, &bar);
        view_rows_set(row, (size_t)cell, buffer_text(&bar));
        row->meanings[cell] = MEANING_CHART;
    }
    buffer_free(&bar);
}

static void add_row(struct query_view *view, struct query *query) {
    struct view_row *row = view_rows_add(&view->base.rows);
    for (size_t cell = 0; cell < view->column_count; cell++) {
        if (view->is_bar[cell]) {
            set_bar(view, row, (int)cell, query);
        } else {
            view_rows_set(row, cell, query_text(query, (int)cell));
        }
    }
    row->marks[0] = mark_named(query_text(query, column_named(query, "mark")));
    row->meanings[0] = palette_mark_meaning(row->marks[0]);
    row->is_heading = query_whole(query, column_named(query, "heading")) == 1;
    row->target.register_id = register_find(query_text(query, column_named(query, "register")));
    row->target.id = query_whole(query, column_named(query, "id"));
    if (row->target.id == 0) {
        row->target.register_id = REGISTER_NONE;
    }
}

static bool fill(void *context, struct fault *fault) {
    struct query_view *view = context;
    struct workbook *workbook = app_workbook(view->base.app);
    struct query *query = view->has_words ? words_query_open(workbook, view->sql, fault)
                                          : query_open(workbook, view->sql, fault);
    if (query == NULL) {
        return false;
    }
    char today[DATE_TEXT_SIZE];
    app_print_today(view->base.app, today);
    query_bind_text(query, ":today", today);
    int step = query_step(query, fault);
    while (step == 1) {
        add_row(view, query);
        step = query_step(query, fault);
    }
    query_close(query);
    return step == 0;
}

static void close_view(void *context) {
    struct query_view *view = context;
    rows_view_release(&view->base);
    for (size_t i = 0; i < view->column_count; i++) {
        free(view->titles[i]);
    }
    free(view->empty);
    free(view);
}

static void *open_view(struct app *app, const struct view_place *place, struct fault *fault) {
    char path[64];
    snprintf(path, sizeof path, "views/%s.sql", place->resource);
    const struct embedded_file *file = embedded_find(path);
    if (file == NULL) {
        fault_set(fault, FAULT_FAILED, "this build lacks data/%s", path);
        return NULL;
    }
    struct query_view *view = memory_zero(1, sizeof *view);
    view->sql = (const char *)file->bytes;
    read_header(view);
    rows_view_init(&view->base, app, fill,
                   &(struct list_options){.columns = view->columns,
                                          .column_count = view->column_count,
                                          .frozen = 1,
                                          .empty = view->empty});
    view->base.has_detail = true;
    return view;
}

static unsigned act(void *context, int action) {
    struct query_view *view = context;
    const struct view_row *row = action == DO_OPEN ? rows_view_current(&view->base) : NULL;
    if (view->page == NULL || row == NULL || row->target.id == 0) {
        return rows_view_act(&view->base, action);
    }
    const struct view_place place = {.register_id = row->target.register_id,
                                     .id = row->target.id,
                                     .owner_field = -1,
                                     .field = -1};
    return app_open_page(view->base.app, view->page, &place);
}

static const struct binding bindings[] = {
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "go there",
     .help = "go to the record behind the row",
     .weight = 9},
};

static const struct binding_table binding_table = {
    .title = "This view", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops query_view_ops = {
    .open = open_view,
    .close = close_view,
    .draw = rows_view_draw,
    .act = act,
    .reload = rows_view_reload,
    .describe = rows_view_describe,
    .search = rows_view_search,
    .click = rows_view_click,
    .copy = rows_view_copy,
    .remember = rows_view_remember,
    .recall = rows_view_recall,
    .bindings = &binding_table,
    .has_list = true,
};
