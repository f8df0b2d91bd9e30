/* Owns the list of an import's rows: what becomes of each, in the order of the file. Reads what the
 * trial told and writes nothing. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "panes/staging/staging_list.h"

enum {
    CELL_SIGN,
    CELL_LINE,
    CELL_KEY,
    CELL_TITLE,
    CELL_WHAT,
    FOOT_ROWS = 2,
    HEIGHT_ROOMY = 18,
    LINES_SHORT = 90000
};

static const struct list_column columns[] = {
    [CELL_SIGN] = {.title = "", .width = 1},
    [CELL_LINE] = {.title = "Line", .width = 5, .align = LIST_RIGHT},
    [CELL_KEY] = {.title = "Record", .width = 14, .least_width = 12},
    [CELL_TITLE] = {.title = "", .width = 26, .least_width = 18, .grow = 1, .spills = true},
    [CELL_WHAT] = {.title = "", .width = 40, .least_width = 24, .grow = 2},
};

/* What each verdict looks like: a sign, or where that is empty a mark. */
static const struct {
    const char *sign;
    enum mark mark;
    enum meaning meaning;
    const char *word;
} looks[] = {
    [IMPORT_VERDICT_NEW] = {"+", MARK_NONE, MEANING_GOOD, "new"},
    [IMPORT_VERDICT_CHANGED] = {"~", MARK_NONE, MEANING_WARNING, "changed"},
    [IMPORT_VERDICT_UNCHANGED] = {"=", MARK_NONE, MEANING_DIM, "unchanged"},
    [IMPORT_VERDICT_REJECTED] = {"", MARK_BAD, MEANING_BAD, "rejected"},
    [IMPORT_VERDICT_HELD] = {"", MARK_WARNING, MEANING_WARNING, "held back"},
};
_Static_assert(COUNT(looks) == IMPORT_VERDICTS, "one look per verdict");

/* As columns, for files of so many lines. */
static const struct list_column long_columns[] = {
    [CELL_SIGN] = {.title = "", .width = 1},
    [CELL_LINE] = {.title = "Line", .width = 8, .align = LIST_RIGHT},
    [CELL_KEY] = {.title = "Record", .width = 14, .least_width = 12},
    [CELL_TITLE] = {.title = "", .width = 26, .least_width = 18, .grow = 1, .spills = true},
    [CELL_WHAT] = {.title = "", .width = 40, .least_width = 24, .grow = 2},
};
_Static_assert(COUNT(columns) == COUNT(long_columns), "the same columns");

static bool is_refused(const struct staging_row *row) {
    return row->verdict == IMPORT_VERDICT_REJECTED || row->verdict == IMPORT_VERDICT_HELD;
}

/* Of a folder: which file the row is of, its key, and what is said of it. */
static void print_in_folder(const struct staging *staging, const struct staging_row *row,
                            struct buffer *out) {
    const char *slash = strrchr(staging->shown[row->file], '/');
    const char *name = slash == NULL ? staging->shown[row->file] : slash + 1;
    const char *dot = strrchr(name, '.');
    size_t len_bytes = dot == NULL ? strlen(name) : (size_t)(dot - name);
    buffer_append(out, name, len_bytes);
    buffer_addf(out, "  %s", is_refused(row) ? row->reason : row->title);
}

/* What a fetch adds to. */
struct fetch {
    const struct staging_view *view;
    struct list_window *window;
};

static bool add_row(void *context, const struct scratch_row *kept) {
    const struct fetch *fetch = context;
    struct staging_row row;
    struct buffer text = {0};
    staging_row_read(kept, &row);
    struct list_row *shown = list_add_row(fetch->window, row.number, NULL);
    buffer_addf(&text, "%lld", (long long)row.line);
    list_set_cell(shown, CELL_SIGN, looks[row.verdict].sign);
    list_set_cell_look(shown, CELL_SIGN, looks[row.verdict].meaning, looks[row.verdict].mark);
    list_set_cell(shown, CELL_LINE, buffer_text(&text));
    const char *title = is_refused(&row) ? row.reason : row.title;
    struct buffer named = {0};
    if (fetch->view->staging->is_folder) {
        print_in_folder(fetch->view->staging, &row, &named);
        title = buffer_text(&named);
    }
    list_set_cell(shown, CELL_KEY, *title == '\0' ? "" : row.key);
    list_set_cell(shown, CELL_TITLE, *title == '\0' ? row.key : title);
    buffer_clear(&text);
    staging_print_changes(fetch->view->staging, &row, &text);
    list_set_cell(shown, CELL_WHAT, buffer_text(&text));
    buffer_free(&text);
    buffer_free(&named);
    staging_row_free(&row);
    return true;
}

static bool fetch(void *context, const struct list_request *request, struct list_window *window,
                  struct fault *fault) {
    const struct staging_view *view = context;
    struct fetch fetch = {.view = view, .window = window};
    const struct scratch_visitor visitor = {.visit = add_row, .context = &fetch};
    struct scratch_request wanted = {.kind = view->shown, .wanted = request->wanted};
    wanted.is_backward = request->seek == LIST_LAST || request->seek == LIST_BEFORE;
    wanted.from = request->seek == LIST_FIRST    ? 1
                  : request->seek == LIST_LAST   ? INT64_MAX
                  : request->seek == LIST_AFTER  ? request->id + 1
                  : request->seek == LIST_BEFORE ? request->id - 1
                                                 : request->id;
    if (view->staging->rows == NULL) {
        return true;
    }
    bool is_good = scratch_visit(view->staging->rows, &wanted, &visitor, fault);
    if (wanted.is_backward) {
        list_reverse(window);
    }
    return is_good;
}

int64_t staging_view_count(const struct staging_view *view) {
    return view->staging->rows == NULL ? 0 : scratch_count(view->staging->rows, view->shown);
}

static int64_t count_rows(void *context) {
    return staging_view_count(context);
}

/* Reads the list anew after another trial. A filter that no row passes any more goes with it. */
static void ensure(struct staging_view *view) {
    if (view->trials == view->staging->trials) {
        return;
    }
    view->trials = view->staging->trials;
    if (staging_view_count(view) == 0) {
        view->shown = SCRATCH_ANY_KIND;
    }
    bool is_long = staging_view_count(view) > LINES_SHORT;
    if (is_long != view->is_long) {
        view->is_long = is_long;
        list_set_columns(view->list, is_long ? long_columns : columns, COUNT(columns), 3);
    }
    list_reload(view->list);
}

static void *open_view(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)app;
    (void)fault;
    struct staging_view *view = memory_zero(1, sizeof *view);
    view->staging = place->subject;
    view->shown = SCRATCH_ANY_KIND;
    view->list = list_new(&(struct list_options){
        .columns = columns,
        .column_count = COUNT(columns),
        .frozen = 3,
        .source = {.context = view, .fetch = fetch, .count = count_rows},
        .empty = "No row is read: change how the file is read (E D t), where its columns go (m), "
                 "or leave with Esc.",
        .hides_titles = true});
    ensure(view);
    list_load(view->list);
    return view;
}

static void close_view(void *context) {
    struct staging_view *view = context;
    if (!view->is_accepted) {
        app_say(view->staging->app, MEANING_MESSAGE,
                "Nothing was imported: the workbook is as it was");
    }
    list_free(view->list);
    staging_free(view->staging);
    free(view);
}

bool staging_view_current(const struct staging_view *view, struct staging_row *row) {
    int64_t number = 0;
    *row = (struct staging_row){0};
    return list_current(view->list, &number) && staging_find(view->staging, number, row);
}

/* The counts, what was decided, and what the list is narrowed to. */
static void draw_counts(const struct staging_view *view, const struct area *line) {
    const struct staging *staging = view->staging;
    struct buffer text = {0};
    int64_t rows = staging->rows == NULL ? 0 : scratch_count(staging->rows, SCRATCH_ANY_KIND);
    int64_t held = staging->rows == NULL ? 0 : scratch_count(staging->rows, IMPORT_VERDICT_HELD);
    buffer_addf(&text, "%lld row%s: ", (long long)rows, rows == 1 ? "" : "s");
    staging_print_counts(&staging->outcome.total, &text);
    if (held > 0) {
        buffer_addf(&text, " (%lld held back: p)", (long long)held);
    }
    int used = area_put(line, (struct spot){.column = 1}, MEANING_TITLE, buffer_text(&text));
    buffer_clear(&text);
    if (staging->correction_count > 0) {
        buffer_addf(&text, "  %zu by hand", staging->correction_count);
    }
    if (view->shown != SCRATCH_ANY_KIND) {
        buffer_addf(&text, "  only %s", looks[view->shown].word);
    }
    area_put_right(line, (struct spot){.column = used + 2}, MEANING_MESSAGE, buffer_text(&text));
    buffer_free(&text);
}

/* The row under the cursor in full. */
static void draw_foot(const struct staging_view *view, const struct area *foot) {
    struct staging_row row;
    struct buffer text = {0};
    area_rule(foot, (struct spot){0});
    if (!staging_view_current(view, &row)) {
        return;
    }
    const struct area rest = area_rows(*foot, 1, -1);
    buffer_addf(&text, "%s, line %lld: ", looks[row.verdict].word, (long long)row.line);
    if (is_refused(&row)) {
        buffer_add(&text, row.reason);
    } else if (row.change_count > 0) {
        staging_print_changes(view->staging, &row, &text);
    } else {
        buffer_addf(&text, "%s  %s", row.key, row.title);
    }
    area_put_wrapped(&rest, (struct spot){.column = 1}, MEANING_TEXT, buffer_text(&text));
    buffer_free(&text);
    staging_row_free(&row);
}

static void draw(void *context, const struct area *body) {
    struct staging_view *view = context;
    ensure(view);
    int used = staging_draw_head(view->staging, body);
    list_load(view->list); /* the foot shows the row under its cursor */
    const struct area counts = area_rows(*body, used, view->staging->is_tried ? 1 : -1);
    if (view->staging->is_tried) {
        draw_counts(view, &counts);
    } else {
        used += area_put_wrapped(&counts, (struct spot){.column = 1}, MEANING_FAULT,
                                 fault_text(&view->staging->fault)) -
                1;
    }
    int foot_rows = body->height >= HEIGHT_ROOMY ? FOOT_ROWS + 1 : FOOT_ROWS;
    int left = body->height - used - 1 - foot_rows - 1;
    const struct area rows = area_rows(*body, used + 1, left > 1 ? left : -1);
    if (left > 1) {
        const struct area foot = area_rows(*body, used + 1 + left, -1);
        draw_foot(view, &foot);
    }
    view->list_top = used + 1;
    list_draw(view->list, &rows);
}

static unsigned click(void *context, int row) {
    const struct staging_view *view = context;
    return row < view->list_top ? (unsigned)OUTCOME_NONE
                                : list_click(view->list, row - view->list_top);
}

/* A search through the kept rows. */
struct hunt {
    const char *words;
    int64_t hit;
};

static bool look(void *context, const struct scratch_row *kept) {
    struct hunt *hunt = context;
    struct staging_row row;
    staging_row_read(kept, &row);
    bool is_hit = strcasestr(row.key, hunt->words) != NULL ||
                  strcasestr(row.title, hunt->words) != NULL ||
                  strcasestr(row.reason, hunt->words) != NULL;
    hunt->hit = is_hit ? row.number : 0;
    staging_row_free(&row);
    return !is_hit;
}

static unsigned search(void *context, const char *words, bool is_backward, bool is_fresh) {
    struct staging_view *view = context;
    struct hunt hunt = {.words = words};
    const struct scratch_visitor visitor = {.visit = look, .context = &hunt};
    struct fault fault = {0};
    int64_t from = 1;
    list_current(view->list, &from);
    from += is_fresh ? 0 : is_backward ? -1 : 1;
    for (int round = 0; round < 2 && hunt.hit == 0; round++) {
        const struct scratch_request wanted = {
            .kind = view->shown, .from = from, .is_backward = is_backward, .wanted = SIZE_MAX / 4};
        if (!scratch_visit(view->staging->rows, &wanted, &visitor, &fault)) {
            return app_say_fault(view->staging->app, &fault);
        }
        from = is_backward ? INT64_MAX : 1;
    }
    list_set_highlight(view->list, words);
    if (hunt.hit == 0) {
        app_say(view->staging->app, MEANING_WARNING, "\"%s\" was not found here", words);
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    return list_go_to(view->list, hunt.hit, "") | OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static void reload(void *context) {
    struct staging_view *view = context;
    staging_try(view->staging);
    ensure(view);
}

static void copy(void *context, struct buffer *out) {
    const struct staging_view *view = context;
    buffer_add(out, list_current_cell(view->list, list_current_column(view->list)));
}

static bool may_leave(void *context) {
    return staging_keys_may_leave(context);
}

static void title(void *context, struct buffer *out) {
    const struct staging *staging = ((const struct staging_view *)context)->staging;
    const char *slash = strrchr(staging->path, '/');
    bool has_name = slash != NULL && slash[1] != '\0';
    buffer_addf(out, "Import %s from %s", staging->is_folder ? "everything" : staging->sheet,
                has_name ? slash + 1 : staging->path);
}

static void describe(void *context, struct buffer *out) {
    const struct staging *staging = ((const struct staging_view *)context)->staging;
    static const char *const ends[] = {[CSV_ENDS_LF] = "LF",
                                       [CSV_ENDS_CRLF] = "CRLF",
                                       [CSV_ENDS_CR] = "CR",
                                       [CSV_ENDS_MIXED] = "mixed line ends"};
    buffer_addf(out, "%s, %s, %s", staging->encoding == NULL ? "unread" : staging->encoding,
                staging_delimiter_name(staging->delimiter), ends[staging->found.line_ends]);
}

const struct view_ops staging_view_ops = {
    .open = open_view,
    .close = close_view,
    .draw = draw,
    .act = staging_keys_act,
    .reload = reload,
    .may_leave = may_leave,
    .title = title,
    .describe = describe,
    .search = search,
    .click = click,
    .copy = copy,
    .bindings = &staging_key_table,
    .own_bindings = staging_keys_of_row,
    .has_list = true,
};
