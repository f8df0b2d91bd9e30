/* Owns the keys of an import's rows: narrowing, deciding, and the way to the workbook. Nothing is
 * written before the rows are accepted. */
#include <stdint.h>

#include "clause5/base/memory.h"
#include "panes/frame/actions.h"
#include "panes/staging/staging_list.h"

/* Shows the next verdict that any row has, and after the last all rows again. */
static unsigned step_filter(struct staging_view *view) {
    static const int order[] = {SCRATCH_ANY_KIND,    IMPORT_VERDICT_REJECTED,
                                IMPORT_VERDICT_HELD, IMPORT_VERDICT_CHANGED,
                                IMPORT_VERDICT_NEW,  IMPORT_VERDICT_UNCHANGED};
    size_t at = 0;
    while (order[at] != view->shown) {
        at++;
    }
    do {
        at = (at + 1) % COUNT(order);
        view->shown = order[at];
    } while (view->shown != SCRATCH_ANY_KIND && staging_view_count(view) == 0);
    return list_restart(view->list) | OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned open_on(struct staging_view *view, const struct view_ops *ops, int64_t number) {
    const struct view_place place = {
        .register_id = REGISTER_NONE, .id = number, .owner_field = -1, .subject = view->staging};
    return app_open_page(view->staging->app, ops, &place);
}

static unsigned open_cells(struct staging_view *view) {
    int64_t number = 0;
    if (!list_current(view->list, &number)) {
        app_say(view->staging->app, MEANING_MESSAGE, "There is no row to open");
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    return open_on(view, &staging_cells_ops, number);
}

static bool let_row_through(void *context, const struct scratch_row *kept) {
    struct staging_row row;
    staging_row_read(kept, &row);
    staging_correct(context, &(struct import_correction){.file = row.file,
                                                         .line = row.line,
                                                         .column = IMPORT_NOT_IMPORTED,
                                                         .text = ""});
    staging_row_free(&row);
    return true;
}

static unsigned let_through(struct staging_view *view) {
    struct staging *staging = view->staging;
    const struct scratch_visitor visitor = {.visit = let_row_through, .context = staging};
    int64_t number = 0;
    struct staging_row row;
    struct fault fault = {0};
    if (scratch_count(staging->rows, IMPORT_VERDICT_HELD) == 0) {
        app_say(staging->app, MEANING_MESSAGE, "No row is held back");
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    bool is_held = staging_view_current(view, &row) && row.verdict == IMPORT_VERDICT_HELD;
    number = row.number;
    staging_row_free(&row);
    static const struct answer answers[] = {
        {'y', "this row"}, {'a', "all that are held"}, {KEYCODE_ESC, "keep them"}};
    int answer = dialog_ask(app_stage(staging->app),
                            "These rows overwrite what was approved or finished. Let through?",
                            is_held ? answers : answers + 1, is_held ? 3 : 2);
    answer += is_held ? 0 : 1;
    struct scratch_request wanted = {
        .kind = IMPORT_VERDICT_HELD, .from = 1, .wanted = SIZE_MAX / 4};
    if (answer == 0) {
        wanted = (struct scratch_request){.kind = SCRATCH_ANY_KIND, .from = number, .wanted = 1};
    }
    if (answer == 0 || answer == 1) {
        if (!scratch_visit(staging->rows, &wanted, &visitor, &fault)) {
            return app_say_fault(staging->app, &fault);
        }
        staging_try_again(staging);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* True where the rejected rows may stay out. */
static bool may_leave_out(const struct staging *staging) {
    static const struct answer answers[] = {{KEYCODE_ENTER, "accept the good rows"},
                                            {KEYCODE_ESC, "go on looking"}};
    struct buffer text = {0};
    if (staging->outcome.total.rejected == 0) {
        return true;
    }
    buffer_addf(&text, "%lld rejected row%s out (r writes them to a file).",
                (long long)staging->outcome.total.rejected,
                staging->outcome.total.rejected == 1 ? " stays" : "s stay");
    bool is_meant =
        dialog_ask(app_stage(staging->app), buffer_text(&text), answers, COUNT(answers)) == 0;
    buffer_free(&text);
    return is_meant;
}

static unsigned accept(struct staging_view *view) {
    struct staging *staging = view->staging;
    struct app *app = staging->app;
    struct import_outcome outcome = {0};
    struct fault fault = {0};
    if (!staging->is_tried) {
        app_say(app, MEANING_FAULT, "%s", fault_text(&staging->fault));
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    const struct import_counts *total = &staging->outcome.total;
    if (total->added + total->changed == 0) {
        app_say(app, MEANING_MESSAGE, "No row is new or changed: there is nothing to store");
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    if (!may_leave_out(staging)) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    if (!staging_store(staging, &outcome, &fault)) {
        if (fault.kind == FAULT_REFUSED) {
            staging_try(staging); /* the file has changed */
        }
        return app_say_fault(app, &fault);
    }
    struct buffer text = {0};
    buffer_addf(&text, "import into %s: %lld new, %lld changed", staging->sheet,
                (long long)outcome.total.added, (long long)outcome.total.changed);
    if (outcome.total.rejected > 0) {
        buffer_addf(&text, ", %lld left out", (long long)outcome.total.rejected);
    }
    view->is_accepted = true;
    app_leave_page(app); /* the view is gone from here on */
    app_stored(app, "%s", buffer_text(&text));
    buffer_free(&text);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned enter(struct staging_view *view) {
    struct staging_row row;
    bool has_row = staging_view_current(view, &row);
    bool is_wrong = has_row && row.verdict == IMPORT_VERDICT_REJECTED;
    bool is_held = has_row && row.verdict == IMPORT_VERDICT_HELD;
    staging_row_free(&row);
    return is_wrong ? open_cells(view) : is_held ? let_through(view) : accept(view);
}

bool staging_keys_may_leave(const struct staging_view *view) {
    static const struct answer answers[] = {{'y', "leave"}, {KEYCODE_ESC, "stay"}};
    return view->staging->correction_count == 0 ||
           dialog_ask(app_stage(view->staging->app), "What was decided by hand is not stored yet.",
                      answers, COUNT(answers)) == 0;
}

/* Esc: the filter first; what was decided by hand is not thrown away without being asked. */
static unsigned leave(struct staging_view *view) {
    if (view->shown != SCRATCH_ANY_KIND) {
        view->shown = SCRATCH_ANY_KIND;
        return list_restart(view->list) | OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    if (staging_keys_may_leave(view)) {
        app_leave_page(view->staging->app);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned show_notes(const struct staging *staging) {
    dialog_show_text(app_stage(staging->app), "What the import says",
                     staging->said.len_bytes > 0 ? buffer_text(&staging->said)
                                                 : "Nothing beside the rows themselves.");
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned toggle_creating(struct staging *staging) {
    staging->reading.creates_missing = !staging->reading.creates_missing;
    staging_try_again(staging);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned take_back(struct staging_view *view) {
    struct staging *staging = view->staging;
    struct staging_row row;
    bool is_taken =
        staging_view_current(view, &row) && staging_withdraw(staging, row.file, row.line);
    staging_row_free(&row);
    if (is_taken) {
        staging_try_again(staging);
    } else {
        app_say(staging->app, MEANING_MESSAGE, "Nothing was decided by hand about this row");
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static bool take_row_offer(void *context, const struct scratch_row *kept) {
    struct staging_row row;
    staging_row_read(kept, &row);
    if (row.offer[0] != '\0' && row.column != IMPORT_NOT_IMPORTED) {
        staging_correct(context, &(struct import_correction){.file = row.file,
                                                             .line = row.line,
                                                             .column = row.column,
                                                             .text = row.offer});
    }
    staging_row_free(&row);
    return true;
}

/* Takes the offers of the rows that WANTED reads, and of what they are refused for next: a row is
 * told one reason at a time. */
static unsigned take_offers(struct staging *staging, const struct scratch_request *wanted) {
    const struct scratch_visitor visitor = {.visit = take_row_offer, .context = staging};
    struct fault fault = {0};
    int rounds = 0;
    for (size_t before = SIZE_MAX;
         before != staging->correction_count && rounds <= staging->column_count; rounds++) {
        before = staging->correction_count;
        if (!scratch_visit(staging->rows, wanted, &visitor, &fault)) {
            return app_say_fault(staging->app, &fault);
        }
        if (before != staging->correction_count) {
            staging_try_again(staging);
        }
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Reads the refused cell as what is offered for it: this one, or all that have an offer. */
static unsigned take_offer(struct staging_view *view) {
    static const struct answer answers[] = {
        {'y', "this row"}, {'a', "all rows with an offer"}, {KEYCODE_ESC, "neither"}};
    struct staging *staging = view->staging;
    struct staging_row row;
    bool has_offer = staging_view_current(view, &row) && row.offer[0] != '\0';
    struct scratch_request wanted = {.kind = SCRATCH_ANY_KIND, .from = row.number, .wanted = 1};
    struct buffer text = {0};
    buffer_addf(&text, "Line %lld is read as \"%s\".", (long long)row.line,
                has_offer ? row.offer : "");
    staging_row_free(&row);
    if (!has_offer) {
        buffer_free(&text);
        app_say(staging->app, MEANING_MESSAGE, "Nothing is offered for this row");
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    bool has_more = scratch_count(staging->rows, IMPORT_VERDICT_REJECTED) > 1;
    int answer =
        has_more ? dialog_ask(app_stage(staging->app), buffer_text(&text), answers, COUNT(answers))
                 : 0;
    buffer_free(&text);
    if (answer == 1) {
        wanted = (struct scratch_request){
            .kind = IMPORT_VERDICT_REJECTED, .from = 1, .wanted = SIZE_MAX / 4};
    }
    return answer == 0 || answer == 1 ? take_offers(staging, &wanted)
                                      : OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Actions that change what is tried. */
static unsigned change(struct staging_view *view, int action) {
    struct staging *staging = view->staging;
    switch (action) {
    case DO_STAGING_ENCODING:
        return staging_ask_encoding(staging);
    case DO_STAGING_DELIMITER:
        return staging_ask_delimiter(staging);
    case DO_STAGING_DATES:
        return staging_ask_dates(staging);
    case DO_STAGING_HEADER:
        return staging_ask_header(staging);
    case DO_STAGING_DECIMAL:
        return staging_ask_decimal(staging);
    case DO_STAGING_OFFER:
        return take_offer(view);
    case DO_STAGING_CREATE:
        return toggle_creating(staging);
    case DO_STAGING_TAKE_BACK:
        return take_back(view);
    default:
        return OUTCOME_NONE;
    }
}

unsigned staging_keys_act(void *context, int action) {
    struct staging_view *view = context;
    if (action >= BINDINGS_WIDGETS) {
        return list_act(view->list, action);
    }
    switch (action) {
    case DO_OPEN:
        return enter(view);
    case DO_EDIT:
        return open_cells(view);
    case DO_STAGING_ACCEPT:
        return accept(view);
    case DO_STAGING_COLUMNS:
        return open_on(view, &staging_columns_ops, 0);
    case DO_FILTER:
        return step_filter(view);
    case DO_STAGING_REJECTS:
        return staging_ask_rejects(view->staging);
    case DO_STAGING_LET_THROUGH:
        return let_through(view);
    case DO_STAGING_NOTES:
        return show_notes(view->staging);
    case DO_STAGING_LEAVE:
        return leave(view);
    default:
        break;
    }
    return change(view, action);
}

#define ENTER(word, text)                                                                          \
    { .key = KEYCODE_ENTER, .action = DO_OPEN, .label = (word), .help = (text), .weight = 9 }

static const struct binding enter_accepts[] = {ENTER("accept", "store the good rows")};
static const struct binding enter_corrects[] = {
    ENTER("correct", "open the cells of the rejected row, to correct one")};
static const struct binding enter_decides[] = {
    ENTER("let through", "decide whether the row may overwrite what is finished")};

static const struct binding_table enter_tables[] = {
    [IMPORT_VERDICT_NEW] = {"This row", enter_accepts, COUNT(enter_accepts), 0},
    [IMPORT_VERDICT_CHANGED] = {"This row", enter_accepts, COUNT(enter_accepts), 0},
    [IMPORT_VERDICT_UNCHANGED] = {"This row", enter_accepts, COUNT(enter_accepts), 0},
    [IMPORT_VERDICT_REJECTED] = {"This row", enter_corrects, COUNT(enter_corrects), 0},
    [IMPORT_VERDICT_HELD] = {"This row", enter_decides, COUNT(enter_decides), 0},
};
_Static_assert(COUNT(enter_tables) == IMPORT_VERDICTS, "one table per verdict");

const struct binding_table *staging_keys_of_row(const void *context) {
    const struct staging_view *view = context;
    struct staging_row row;
    enum import_verdict verdict =
        staging_view_current(view, &row) ? row.verdict : IMPORT_VERDICT_UNCHANGED;
    staging_row_free(&row);
    return &enter_tables[verdict];
}

static const struct binding bindings[] = {
    {.key = 'a',
     .action = DO_STAGING_ACCEPT,
     .name = "accept",
     .help = "store the good rows as one change; u takes it back",
     .weight = 8},
    {.key = 'e',
     .action = DO_EDIT,
     .name = "correct",
     .label = "cells",
     .help = "open the cells of the row, to correct one; the file itself is never written",
     .weight = 7},
    {.key = 'f',
     .action = DO_FILTER,
     .name = "filter",
     .label = "filter",
     .help = "show only rejected, held back, changed, new or unchanged rows, one after the other",
     .weight = 7},
    {.key = 'm',
     .action = DO_STAGING_COLUMNS,
     .name = "mapping",
     .label = "mapping",
     .help = "where the columns go; choose a field, or none",
     .weight = 6},
    {.key = KEYCODE_TAB, .action = DO_STAGING_COLUMNS},
    {.key = 'r',
     .action = DO_STAGING_REJECTS,
     .name = "rejects",
     .label = "rejects",
     .help = "write the rejected rows to a file, with line and reason",
     .weight = 6},
    {.key = 'c',
     .action = DO_STAGING_CREATE,
     .name = "create-missing",
     .label = "create",
     .help = "create the people, roles, courses, obligations and activities that are named and "
             "unknown, or not",
     .weight = 5},
    {.key = 'p',
     .action = DO_STAGING_LET_THROUGH,
     .name = "let-through",
     .help = "let rows overwrite approved versions and finished assessments"},
    {.key = 'E',
     .action = DO_STAGING_ENCODING,
     .name = "encoding",
     .label = "encoding",
     .help = "read the file in another encoding",
     .weight = 3},
    {.key = 'D',
     .action = DO_STAGING_DELIMITER,
     .name = "delimiter",
     .label = "delimiter",
     .help = "divide the cells at another character",
     .weight = 3},
    {.key = 't',
     .action = DO_STAGING_DATES,
     .name = "dates",
     .label = "dates",
     .help = "say in which order day, month and year stand",
     .weight = 5},
    {.key = 'L',
     .action = DO_STAGING_HEADER,
     .name = "header",
     .help = "say in which line the header is, or that there is none"},
    {.key = 'F',
     .action = DO_STAGING_DECIMAL,
     .name = "figures",
     .help = "say whether a point or a comma stands before the fraction of numbers"},
    {.key = 'v',
     .action = DO_STAGING_OFFER,
     .name = "take-offer",
     .label = "take offer",
     .help = "read the refused cell as the value that is offered, here or in all such rows",
     .weight = 4},
    {.key = 'i',
     .action = DO_STAGING_NOTES,
     .name = "notes",
     .label = "notes",
     .help = "what the import says beside the rows: what it leaves out, creates or fills in",
     .weight = 4},
    {.key = 'u',
     .action = DO_STAGING_TAKE_BACK,
     .name = "take-back",
     .help = "take the last correction of this row back"},
    {.key = KEYCODE_ESC,
     .action = DO_STAGING_LEAVE,
     .name = "leave",
     .label = "leave",
     .help = "show all rows again, then leave everything as it was",
     .weight = 8},
    {.key = 'q', .action = DO_STAGING_LEAVE},
};

const struct binding_table staging_key_table = {
    .title = "Import", .bindings = bindings, .count = COUNT(bindings), .key_rows = 2};
