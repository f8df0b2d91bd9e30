/* Owns the page of one row of an import: its cells under their columns, and their correction. The
 * file itself is never written. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "clause5/base/memory.h"
#include "panes/frame/actions.h"
#include "panes/frame/loop.h"
#include "panes/list/rows_view.h"
#include "panes/record/record_complete.h"
#include "panes/staging/staging_pages.h"

enum { CELL_COLUMN, CELL_FIELD, CELL_TEXT, CELL_WAS };

static const struct list_column columns[] = {
    [CELL_COLUMN] = {.title = "Column", .width = 20, .least_width = 12},
    [CELL_FIELD] = {.title = "Field", .width = 17, .least_width = 12, .priority = 2},
    [CELL_TEXT] = {.title = "Read as", .width = 28, .least_width = 16, .grow = 2},
    [CELL_WAS] = {.title = "In the file", .width = 16, .least_width = 8, .grow = 1, .priority = 1},
};

struct cells_page {
    struct rows_view base;
    struct staging *staging;
    int64_t number; /* of the row */
    int wrong;      /* the column that the reason is about, while the rows are filled */
};

static void add_cell(void *context, const struct staging_cell *cell) {
    struct cells_page *page = context;
    const struct staging *staging = page->staging;
    struct view_row *row = view_rows_add(&page->base.rows);
    bool is_known = cell->column < staging->column_count;
    const struct staging_column *column = is_known ? &staging->columns[cell->column] : NULL;
    view_rows_set(row, CELL_COLUMN, column == NULL ? "(beyond the header)" : column->name);
    view_rows_set(row, CELL_FIELD, column == NULL || column->field == NULL ? "" : column->field);
    view_rows_set(row, CELL_TEXT, cell->corrected != NULL ? cell->corrected : cell->text);
    view_rows_set(row, CELL_WAS, cell->corrected != NULL ? cell->text : "");
    row->field = cell->column;
    if (cell->column == page->wrong) {
        row->marks[CELL_TEXT] = MARK_BAD;
        row->meanings[CELL_TEXT] = MEANING_BAD;
    }
}

static bool fill(void *context, struct fault *fault) {
    struct cells_page *page = context;
    struct staging_row row;
    if (!staging_find(page->staging, page->number, &row)) {
        return true;
    }
    const struct staging_cell_visitor visitor = {.visit = add_cell, .context = page};
    page->wrong = row.verdict == IMPORT_VERDICT_REJECTED ? row.column : -1;
    bool is_read = staging_read_cells(page->staging, row.file, row.line, &visitor, fault);
    staging_row_free(&row);
    return is_read;
}

/* Puts the cursor on the cell that the reason is about. */
static void go_to_wrong(struct cells_page *page) {
    rows_view_ensure(&page->base);
    if (page->wrong >= 0) {
        list_go_to(page->base.list, page->wrong + 1, "");
    }
    list_choose_column(page->base.list, CELL_TEXT);
}

static void *open_page(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)fault;
    struct cells_page *page = memory_zero(1, sizeof *page);
    page->staging = place->subject;
    page->number = place->id;
    rows_view_init(&page->base, app, fill,
                   &(struct list_options){.columns = columns,
                                          .column_count = COUNT(columns),
                                          .frozen = 1,
                                          .empty = "The row cannot be read any more."});
    go_to_wrong(page);
    return page;
}

/* Says what the row is now: good, or why it is still not. */
static void say_verdict(struct cells_page *page) {
    static const char *const words[] = {[IMPORT_VERDICT_NEW] = "The row is good now: new",
                                        [IMPORT_VERDICT_CHANGED] = "The row is good now: changed",
                                        [IMPORT_VERDICT_UNCHANGED] =
                                            "The row is good now: unchanged",
                                        [IMPORT_VERDICT_REJECTED] = "",
                                        [IMPORT_VERDICT_HELD] = "Held back: "};
    struct staging_row row;
    if (page->staging->is_tried && staging_find(page->staging, page->number, &row)) {
        bool is_bad = row.verdict == IMPORT_VERDICT_REJECTED;
        app_say(page->base.app, is_bad ? MEANING_FAULT : MEANING_GOOD, "%s%s", words[row.verdict],
                row.reason);
        staging_row_free(&row);
    }
}

static void try_again(struct cells_page *page) {
    staging_try_again(page->staging);
    rows_view_reload(&page->base);
    rows_view_ensure(&page->base);
    say_verdict(page);
}

/* Returns the field of the import's own register that a column goes to, or NULL. */
static const struct field *field_of(const struct staging *staging, int column) {
    enum register_id own = register_find(staging->sheet);
    if (own == REGISTER_NONE || column >= staging->column_count ||
        staging->columns[column].field == NULL) {
        return NULL;
    }
    int field = register_find_field(own, staging->columns[column].field);
    return field < 0 ? NULL : &register_describe(own)->fields[field];
}

/* What a prompt for a cell completes from. */
struct completion {
    struct workbook *workbook;
    const struct field *field; /* may be NULL */
};

static void complete(void *context, const char *typed, struct candidates *out) {
    const struct completion *completion = context;
    const struct field *field = completion->field;
    for (int i = 0; field != NULL && field->type == FIELD_CHOICE && field->choices[i].value != NULL;
         i++) {
        if (strncasecmp(field->choices[i].value, typed, strlen(typed)) == 0) {
            candidates_add(out, field->choices[i].value, field->choices[i].label);
        }
    }
    if (field != NULL && field->type == FIELD_PARTY) {
        record_complete_party(completion->workbook, typed, out);
    }
}

/* Asks whether the same text is to be read so in the other rows as well, where there are any. */
static void correct_alike(struct cells_page *page, const struct import_correction *correction,
                          const char *was) {
    static const struct answer answers[] = {{'y', "correct them too"},
                                            {KEYCODE_ESC, "this one only"}};
    struct fault fault = {0};
    struct buffer text = {0};
    int64_t count = staging_correct_alike(page->staging, correction, was, false, &fault);
    buffer_addf(&text, "%lld other row%s the same text in this column.", (long long)count,
                count == 1 ? " has" : "s have");
    if (count > 0 &&
        dialog_ask(app_stage(page->base.app), buffer_text(&text), answers, COUNT(answers)) == 0) {
        count = staging_correct_alike(page->staging, correction, was, true, &fault);
    }
    if (count < 0) {
        app_say_fault(page->base.app, &fault);
    }
    buffer_free(&text);
}

static unsigned correct(struct cells_page *page) {
    const struct view_row *cell = rows_view_current(&page->base);
    struct staging_row row;
    struct buffer label = {0}, answer = {0};
    if (cell == NULL || !staging_find(page->staging, page->number, &row)) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    const int column = cell->field;
    buffer_addf(&label, "%s: ", cell->cells[CELL_COLUMN] == NULL ? "" : cell->cells[CELL_COLUMN]);
    struct completion completion = {.workbook = app_workbook(page->base.app),
                                    .field = field_of(page->staging, column)};
    const struct prompt_options options = {.label = buffer_text(&label),
                                           .text = cell->cells[CELL_TEXT],
                                           .is_kept = true,
                                           .context = &completion,
                                           .complete = complete};
    const bool was_corrected = cell->cells[CELL_WAS] != NULL && cell->cells[CELL_WAS][0] != '\0';
    char *was = memory_copy_text(cell->cells[was_corrected ? CELL_WAS : CELL_TEXT]);
    if (dialog_prompt(app_stage(page->base.app), &options, &answer)) {
        const struct import_correction correction = {
            .file = row.file, .line = row.line, .column = column, .text = buffer_text(&answer)};
        staging_correct(page->staging, &correction);
        correct_alike(page, &correction, was == NULL ? "" : was);
        try_again(page);
    }
    free(was);
    staging_row_free(&row);
    buffer_free(&label);
    buffer_free(&answer);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned take_offer(struct cells_page *page) {
    struct staging_row row;
    if (!staging_find(page->staging, page->number, &row)) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    if (row.offer[0] == '\0') {
        app_say(page->base.app, MEANING_MESSAGE, "Nothing is offered for this row");
    } else {
        staging_correct(page->staging, &(struct import_correction){.file = row.file,
                                                                   .line = row.line,
                                                                   .column = row.column,
                                                                   .text = row.offer});
        try_again(page);
    }
    staging_row_free(&row);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned take_back(struct cells_page *page) {
    struct staging_row row;
    if (staging_find(page->staging, page->number, &row)) {
        if (staging_withdraw(page->staging, row.file, row.line)) {
            try_again(page);
        } else {
            app_say(page->base.app, MEANING_MESSAGE, "Nothing was corrected in this row");
        }
        staging_row_free(&row);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned act(void *context, int action) {
    struct cells_page *page = context;
    if (action == DO_OPEN || action == DO_EDIT) {
        return correct(page);
    }
    if (action == DO_STAGING_OFFER) {
        return take_offer(page);
    }
    if (action == DO_STAGING_TAKE_BACK) {
        return take_back(page);
    }
    return rows_view_act(&page->base, action);
}

static void draw(void *context, const struct area *body) {
    struct cells_page *page = context;
    struct staging_row row;
    struct area rest = *body;
    rows_view_ensure(&page->base);
    if (staging_find(page->staging, page->number, &row)) {
        int used = area_put_wrapped(body, (struct spot){.column = 1},
                                    row.verdict == IMPORT_VERDICT_REJECTED ? MEANING_FAULT
                                                                           : MEANING_MESSAGE,
                                    row.reason[0] != '\0' ? row.reason : "This row is good.");
        rest = area_rows(*body, used + 1, -1);
        staging_row_free(&row);
    }
    list_draw(page->base.list, &rest);
}

static void title(void *context, struct buffer *out) {
    struct cells_page *page = context;
    struct staging_row row;
    buffer_add(out, "Cells");
    if (staging_find(page->staging, page->number, &row)) {
        buffer_addf(out, " of line %lld, %s", (long long)row.line, row.key);
        staging_row_free(&row);
    }
}

static const struct binding bindings[] = {
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "correct",
     .label = "correct",
     .help = "read the cell as what you type; it is checked at once, the file stays as it is",
     .weight = 9},
    {.key = 'e', .action = DO_OPEN},
    {.key = 'v',
     .action = DO_STAGING_OFFER,
     .name = "take-offer",
     .label = "take offer",
     .help = "read the refused cell as the value that is offered",
     .weight = 6},
    {.key = 'u',
     .action = DO_STAGING_TAKE_BACK,
     .name = "take-back",
     .label = "take back",
     .help = "take the last correction of this row back",
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
    .title = "A row of an import", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops staging_cells_ops = {
    .open = open_page,
    .close = rows_view_close,
    .draw = draw,
    .act = act,
    .reload = rows_view_reload,
    .title = title,
    .search = rows_view_search,
    .copy = rows_view_copy,
    .bindings = &binding_table,
    .has_list = true,
};
