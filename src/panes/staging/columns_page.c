/* Owns the page of an import's columns: which field each goes to, with what stands in it, and the
 * choice of another. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "clause5/base/memory.h"
#include "panes/frame/actions.h"
#include "panes/frame/loop.h"
#include "panes/list/rows_view.h"
#include "panes/staging/staging_pages.h"

enum { CELL_COLUMN, CELL_FIELD, CELL_SAMPLE, TARGETS_MOST = 48 };

static const struct list_column columns[] = {
    [CELL_COLUMN] = {.title = "Column", .width = 24, .least_width = 14},
    [CELL_FIELD] = {.title = "Goes to", .width = 20, .least_width = 14},
    [CELL_SAMPLE] = {.title = "First row", .width = 30, .least_width = 10, .grow = 1},
};

struct columns_page {
    struct rows_view base;
    struct staging *staging;
    const char
        *lacking[TARGETS_MOST]; /* fields that no column has, in the rows below the columns */
    int lacking_count;
};

static void add_sample(void *context, const struct staging_cell *cell) {
    struct columns_page *page = context;
    if (cell->column < page->staging->column_count) {
        view_rows_set(&page->base.rows.items[cell->column], CELL_SAMPLE, cell->text);
    }
}

/* Returns the column that goes to a field now, NULL where none does. */
static const char *holder_of(const struct staging *staging, const char *field) {
    for (int i = 0; i < staging->column_count; i++) {
        if (staging->columns[i].field != NULL && strcmp(staging->columns[i].field, field) == 0) {
            return staging->columns[i].name;
        }
    }
    return NULL;
}

static const struct field *find_own(const struct staging *staging, const char *name) {
    enum register_id own = register_find(staging->sheet);
    int field = own == REGISTER_NONE ? -1 : register_find_field(own, name);
    return field < 0 ? NULL : &register_describe(own)->fields[field];
}

/* Adds the fields that no column has: what is given for them, and where nothing is, which of them
 * every record needs. */
static void add_lacking(struct columns_page *page) {
    struct import_target targets[TARGETS_MOST];
    size_t count = import_list_targets(page->staging->sheet, targets, TARGETS_MOST);
    page->lacking_count = 0;
    for (size_t i = 0; i < count && !page->staging->is_folder; i++) {
        const char *given = staging_given_text(page->staging, targets[i].name);
        const struct field *field = find_own(page->staging, targets[i].name);
        bool is_needed = field != NULL && (field->flags & FIELD_REQUIRED) != 0 &&
                         holder_of(page->staging, targets[i].name) == NULL;
        if (given == NULL && !is_needed) {
            continue;
        }
        struct view_row *row = view_rows_add(&page->base.rows);
        view_rows_set(row, CELL_COLUMN, given == NULL ? "(no column)" : "(where it is empty)");
        view_rows_set(row, CELL_FIELD, targets[i].name);
        view_rows_set(row, CELL_SAMPLE, given == NULL ? "needed: Enter gives it" : given);
        row->meanings[CELL_SAMPLE] = given == NULL ? MEANING_WARNING : MEANING_TEXT;
        row->field = page->staging->column_count + page->lacking_count;
        page->lacking[page->lacking_count++] = targets[i].name;
    }
}

static bool fill(void *context, struct fault *fault) {
    struct columns_page *page = context;
    struct staging *staging = page->staging;
    struct staging_row first;
    bool is_read = true;
    for (int i = 0; i < staging->column_count; i++) {
        const struct staging_column *column = &staging->columns[i];
        struct view_row *row = view_rows_add(&page->base.rows);
        bool is_mapped = column->field != NULL && column->field[0] != '\0';
        view_rows_set(row, CELL_COLUMN, column->name[0] == '\0' ? "(no name)" : column->name);
        view_rows_set(row, CELL_FIELD, is_mapped ? column->field : "(not imported)");
        row->meanings[CELL_FIELD] = is_mapped ? MEANING_TEXT : MEANING_WARNING;
        row->field = i;
    }
    add_lacking(page);
    if (staging_find(staging, 1, &first)) {
        const struct staging_cell_visitor visitor = {.visit = add_sample, .context = page};
        is_read = staging_read_cells(staging, first.file, first.line, &visitor, fault);
        staging_row_free(&first);
    }
    return is_read;
}

static void *open_page(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)fault;
    struct columns_page *page = memory_zero(1, sizeof *page);
    page->staging = place->subject;
    rows_view_init(&page->base, app, fill,
                   &(struct list_options){
                       .columns = columns,
                       .column_count = COUNT(columns),
                       .frozen = 1,
                       .empty = "A folder has a file for each register, whose columns are its "
                                "fields: there is nothing to choose here."});
    return page;
}

/* Asks which field the column goes to; NULL where it was left, "" for none. */
static const char *ask_field(const struct columns_page *page, const struct staging_column *column,
                             const struct import_target *targets, size_t count) {
    struct menu_item items[TARGETS_MOST + 1] = {{'-', "(not imported)", NULL}};
    char *details[TARGETS_MOST + 1] = {NULL};
    struct buffer title = {0};
    size_t chosen = 0;
    for (size_t i = 0; i < count; i++) {
        const char *holder = holder_of(page->staging, targets[i].name);
        struct buffer detail = {0};
        buffer_addf(&detail, "%s%s%s", targets[i].label, holder == NULL ? "" : ", now from ",
                    holder == NULL ? "" : holder);
        details[i + 1] = buffer_take(&detail);
        items[i + 1] = (struct menu_item){.label = targets[i].name, .detail = details[i + 1]};
        chosen =
            column->field != NULL && strcmp(column->field, targets[i].name) == 0 ? i + 1 : chosen;
    }
    buffer_addf(&title, "%s goes to", column->name);
    const struct menu menu = {
        .title = buffer_text(&title), .items = items, .count = count + 1, .chosen = chosen};
    int answer = dialog_choose(app_stage(page->base.app), &menu);
    for (size_t i = 1; i <= count; i++) {
        free(details[i]);
    }
    buffer_free(&title);
    return answer == DIALOG_NO_ANSWER ? NULL : answer == 0 ? "" : targets[answer - 1].name;
}

/* A column of the matrix goes to a role; false where the question was left. */
static bool ask_role(const struct columns_page *page, const struct staging_column *column,
                     struct buffer *answer) {
    struct buffer label = {0};
    buffer_addf(&label, "%s is the role (empty: not imported): ", column->name);
    const struct prompt_options options = {.label = buffer_text(&label), .text = column->field};
    bool is_given = dialog_prompt(app_stage(page->base.app), &options, answer);
    buffer_free(&label);
    return is_given;
}

static void map(struct columns_page *page, const char *column, const char *field) {
    char *name = memory_copy_text(column); /* the trial forgets the columns */
    char *target = memory_copy_text(field);
    staging_map_column(page->staging, name, target);
    page->staging->is_mapping_remembered = false;
    staging_try_again(page->staging);
    rows_view_reload(&page->base);
    free(name);
    free(target);
}

static void complete(void *context, const char *typed, struct candidates *out) {
    const struct field *field = context;
    for (int i = 0; field != NULL && field->type == FIELD_CHOICE && field->choices[i].value != NULL;
         i++) {
        if (strncasecmp(field->choices[i].value, typed, strlen(typed)) == 0) {
            candidates_add(out, field->choices[i].value, field->choices[i].label);
        }
    }
}

/* Asks what the field is wherever the file has nothing for it. */
static unsigned give(struct columns_page *page, const char *field) {
    struct buffer label = {0}, answer = {0};
    buffer_addf(&label, "%s where the file has none: ", field);
    const struct prompt_options options = {.label = buffer_text(&label),
                                           .text = staging_given_text(page->staging, field),
                                           .context = (void *)find_own(page->staging, field),
                                           .complete = complete};
    if (dialog_prompt(app_stage(page->base.app), &options, &answer)) {
        staging_give(page->staging, field, buffer_text(&answer));
        page->staging->is_mapping_remembered = false;
        staging_try_again(page->staging);
        rows_view_reload(&page->base);
    }
    buffer_free(&label);
    buffer_free(&answer);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Asks for which field one value shall do. */
static unsigned choose_given(struct columns_page *page) {
    struct import_target targets[TARGETS_MOST];
    struct menu_item items[TARGETS_MOST] = {0};
    size_t count = import_list_targets(page->staging->sheet, targets, TARGETS_MOST), chosen = 0;
    const struct view_row *row = rows_view_current(&page->base);
    const char *here = row == NULL ? NULL : row->cells[CELL_FIELD];
    for (size_t i = 0; i < count; i++) {
        chosen = here != NULL && strcmp(here, targets[i].name) == 0 ? i : chosen;
        items[i] = (struct menu_item){.label = targets[i].name, .detail = targets[i].label};
    }
    if (count == 0) {
        app_say(page->base.app, MEANING_MESSAGE, "There are no fields to give a value for");
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    const struct menu menu = {.title = "One value where the file has none, for",
                              .items = items,
                              .count = count,
                              .chosen = chosen};
    int answer = dialog_choose(app_stage(page->base.app), &menu);
    return answer == DIALOG_NO_ANSWER ? (unsigned)(OUTCOME_HANDLED | OUTCOME_REDRAW)
                                      : give(page, targets[answer].name);
}

static unsigned choose(struct columns_page *page) {
    struct staging *staging = page->staging;
    const struct view_row *row = rows_view_current(&page->base);
    struct import_target targets[TARGETS_MOST];
    struct buffer role = {0};
    if (row != NULL && row->field >= staging->column_count) {
        return give(page, page->lacking[row->field - staging->column_count]);
    }
    if (row == NULL) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    const struct staging_column *column = &staging->columns[row->field];
    size_t count = import_list_targets(staging->sheet, targets, TARGETS_MOST);
    if (column->name[0] == '\0') {
        app_say(page->base.app, MEANING_FAULT,
                "A column without a name cannot be mapped: name it in the file");
    } else if (count > 0) {
        const char *field = ask_field(page, column, targets, count);
        if (field != NULL) {
            map(page, column->name, field);
        }
    } else if (row->field == 0) {
        app_say(page->base.app, MEANING_MESSAGE, "The first column names the activities");
    } else if (ask_role(page, column, &role)) {
        map(page, column->name, buffer_text(&role));
    }
    buffer_free(&role);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned act(void *context, int action) {
    struct columns_page *page = context;
    return action == DO_OPEN           ? choose(page)
           : action == DO_STAGING_GIVE ? choose_given(page)
                                       : rows_view_act(&page->base, action);
}

static void title(void *context, struct buffer *out) {
    const struct columns_page *page = context;
    buffer_addf(out, "Columns of the import into %s", page->staging->sheet);
}

static void describe(void *context, struct buffer *out) {
    const struct columns_page *page = context;
    if (page->staging->is_tried) {
        staging_print_counts(&page->staging->outcome.total, out);
    } else {
        buffer_add(out, fault_text(&page->staging->fault));
    }
}

static const struct binding bindings[] = {
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "choose",
     .label = "choose",
     .help = "choose the field that the column goes to, or none",
     .weight = 9},
    {.key = 'e', .action = DO_OPEN},
    {.key = 'a',
     .action = DO_STAGING_GIVE,
     .name = "give",
     .label = "give",
     .help = "give a field one value for all rows in which the file has none",
     .weight = 7},
    {.key = KEYCODE_ESC,
     .action = DO_BACK,
     .name = "back",
     .label = "rows",
     .help = "go back to the rows",
     .weight = 8},
    {.key = KEYCODE_TAB, .action = DO_BACK},
};

static const struct binding_table binding_table = {
    .title = "Columns of an import", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops staging_columns_ops = {
    .open = open_page,
    .close = rows_view_close,
    .draw = rows_view_draw,
    .act = act,
    .reload = rows_view_reload,
    .title = title,
    .describe = describe,
    .search = rows_view_search,
    .click = rows_view_click,
    .copy = rows_view_copy,
    .bindings = &binding_table,
    .has_list = true,
};
