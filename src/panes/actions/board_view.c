/* Owns the board: actions as cards in a column a status, those that are late first. Which step a
 * card takes next is said by the rules, what it asks by action_steps. */
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/words.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/rules/action.h"
#include "clause5/store/query.h"
#include "panes/actions/action_steps.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/record/record_actions.h"

enum { CARD_ROWS = 3, FOOT_ROWS = 3, COLUMN_CELLS = 16, DAY_CELLS = 7 };

static const struct {
    const char *status, *title;
} columns[] = {
    {"open", "Open"},         {"in progress", "In progress"}, {"done", "Done"},
    {"verified", "Verified"}, {"closed", "Closed"},           {"cancelled", "Cancelled"},
};

struct card {
    int64_t id;
    size_t column;
    char *ref, *title, *owner, *day, *source, *source_ref;
    bool is_late;
    int days_late;
};

struct board_view {
    struct app *app;
    struct card *cards; /* in the order of their columns' rows */
    size_t count, capacity;
    bool is_stale;
    size_t column;              /* the cursor's */
    size_t at[COUNT(columns)];  /* the cursor's row in each */
    size_t top[COUNT(columns)]; /* the first row shown of each */
    size_t first_column;        /* shown */
    size_t shown_columns, shown_cards;
};

static void forget(struct board_view *view) {
    for (size_t i = 0; i < view->count; i++) {
        struct card *card = &view->cards[i];
        free(card->ref);
        free(card->title);
        free(card->owner);
        free(card->day);
        free(card->source);
        free(card->source_ref);
    }
    view->count = 0;
}

static size_t column_of(const char *status) {
    size_t column = 0;
    while (column + 1 < COUNT(columns) && strcmp(columns[column].status, status) != 0) {
        column++;
    }
    return column;
}

static void add_card(struct board_view *view, struct query *query) {
    view->cards =
        memory_reserve(view->cards, &view->capacity, view->count + 1, sizeof *view->cards);
    view->cards[view->count++] = (struct card){
        .id = query_whole(query, 0),
        .column = column_of(query_text(query, 3)),
        .ref = memory_copy_text(query_text(query, 1)),
        .title = memory_copy_text(query_text(query, 2)),
        .owner = memory_copy_text(query_text(query, 4)),
        .day = memory_copy_text(query_text(query, 5)),
        .source = memory_copy_text(query_text(query, 6)),
        .source_ref = memory_copy_text(query_text(query, 7)),
        .is_late = query_whole(query, 8) == 1,
        .days_late = (int)query_whole(query, 9),
    };
}

static bool read_cards(struct board_view *view, struct fault *fault) {
    struct query *query =
        words_query_open_file(app_workbook(view->app), "figures/board.sql", fault);
    int step = query == NULL ? -1 : query_step(query, fault);
    for (; step == 1; step = query_step(query, fault)) {
        add_card(view, query);
    }
    query_close(query);
    return step == 0;
}

static size_t cards_in(const struct board_view *view, size_t column) {
    size_t count = 0;
    for (size_t i = 0; i < view->count; i++) {
        count += view->cards[i].column == column;
    }
    return count;
}

/* Returns the card at ROW of the column, or NULL. */
static const struct card *card_at(const struct board_view *view, size_t column, size_t row) {
    for (size_t i = 0; i < view->count; i++) {
        if (view->cards[i].column == column && row-- == 0) {
            return &view->cards[i];
        }
    }
    return NULL;
}

static const struct card *current(const struct board_view *view) {
    return card_at(view, view->column, view->at[view->column]);
}

/* Puts the cursor on a card. */
static bool go_to(struct board_view *view, int64_t id) {
    for (size_t column = 0; column < COUNT(columns); column++) {
        const struct card *card = NULL;
        for (size_t row = 0; (card = card_at(view, column, row)) != NULL; row++) {
            if (card->id == id) {
                view->column = column;
                view->at[column] = row;
                return true;
            }
        }
    }
    return false;
}

static void keep_cursors(struct board_view *view) {
    for (size_t column = 0; column < COUNT(columns); column++) {
        size_t count = cards_in(view, column);
        view->at[column] = count == 0                  ? 0
                           : view->at[column] >= count ? count - 1
                                                       : view->at[column];
    }
}

/* Reads the cards where a change made them stale; the cursor follows its card. */
static void ensure(struct board_view *view) {
    struct fault fault = {0};
    if (!view->is_stale) {
        return;
    }
    bool is_first = view->capacity == 0;
    int64_t id = current(view) == NULL ? 0 : current(view)->id;
    view->is_stale = false;
    forget(view);
    if (!read_cards(view, &fault)) {
        app_say_fault(view->app, &fault);
    }
    if (!go_to(view, id)) {
        keep_cursors(view);
    }
    while (is_first && view->column + 1 < COUNT(columns) && cards_in(view, view->column) == 0) {
        view->column++;
    }
}

static void *open_view(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)place;
    (void)fault;
    struct board_view *view = memory_zero(1, sizeof *view);
    view->app = app;
    view->is_stale = true;
    view->shown_cards = 1;
    return view;
}

static void close_view(void *context) {
    struct board_view *view = context;
    forget(view);
    free(view->cards);
    free(view);
}

static void reload(void *context) {
    struct board_view *view = context;
    view->is_stale = true;
}

/* Brings the cursor's column and card onto the screen. */
static void scroll(struct board_view *view, const struct area *body) {
    size_t *top = &view->top[view->column];
    size_t at = view->at[view->column];
    int cards = (body->height - 1 - FOOT_ROWS) / CARD_ROWS;
    size_t width = (size_t)(body->width / (COLUMN_CELLS - 1));
    view->shown_cards = cards < 1 ? 1 : (size_t)cards;
    view->shown_columns = width > COUNT(columns) ? COUNT(columns) : width;
    *top = at < *top ? at : at >= *top + view->shown_cards ? at + 1 - view->shown_cards : *top;
    if (view->column < view->first_column) {
        view->first_column = view->column;
    } else if (view->column >= view->first_column + view->shown_columns) {
        view->first_column = view->column + 1 - view->shown_columns;
    }
    if (view->first_column + view->shown_columns > COUNT(columns)) {
        view->first_column = COUNT(columns) - view->shown_columns;
    }
}

/* The title of a column: its status and how many there are. */
static void draw_title(const struct board_view *view, size_t column, const struct area *area) {
    bool goes_on = cards_in(view, column) > view->top[column] + view->shown_cards;
    int used = area_print(area, (struct spot){0, 0, area->width - 2}, MEANING_COLUMN, "%s %zu",
                          columns[column].title, cards_in(view, column));
    if (goes_on) {
        area_put_mark_as(area, (struct spot){0, used + 1, 1}, MEANING_COLUMN, MARK_DOWN);
    }
}

/* What stands beside the ref: late in words, else the day in short. */
static void draw_day(const struct card *card, const struct area *area) {
    struct spot spot = {0, area->width - DAY_CELLS, DAY_CELLS};
    static const char *const words[] = {"late", "late", "judge"};
    if (card->is_late) {
        enum mark mark = card->column == 2 ? MARK_WARNING : MARK_BAD;
        const char *word = words[card->column];
        int width = text_width_cells(word);
        area_put_right(area, spot, palette_mark_meaning(mark), word);
        area_put_mark(area, (struct spot){0, area->width - width - 2, 1}, mark);
    } else if (strlen(card->day) == 10) {
        area_put_right(area, spot, MEANING_DIM, card->day + 5);
    }
}

static void draw_card(const struct board_view *view, const struct card *card,
                      const struct area *area) {
    struct area words = area_rows(*area, 1, CARD_ROWS - 1);
    area_put(area, (struct spot){0, 0, area->width - DAY_CELLS}, MEANING_TITLE, card->ref);
    draw_day(card, area);
    area_put_wrapped(&words, (struct spot){0, 0, words.width}, MEANING_TEXT, card->title);
    if (card == current(view)) {
        for (int row = 0; row < CARD_ROWS; row++) {
            area_tint(area, (struct spot){row, 0, area->width}, MEANING_SELECTED);
        }
        area_place_cursor(area, 0, 0);
    }
}

static void draw_column(struct board_view *view, size_t column, const struct area *area) {
    draw_title(view, column, area);
    for (size_t row = 0; row < view->shown_cards; row++) {
        const struct card *card = card_at(view, column, view->top[column] + row);
        struct area place = area_rows(*area, 1 + (int)row * CARD_ROWS, CARD_ROWS);
        if (card != NULL) {
            draw_card(view, card, &place);
        }
    }
    if (column == view->column && current(view) == NULL) {
        area_tint(area, (struct spot){0, 0, area->width}, MEANING_SELECTED);
        area_place_cursor(area, 0, 0);
    }
}

/* Says of the card what its column is too narrow for. */
static void draw_foot(const struct board_view *view, const struct area *area) {
    const struct card *card = current(view);
    struct buffer text = {0};
    area_rule(area, (struct spot){0, 0, 0});
    if (card == NULL) {
        area_put(area, (struct spot){1, 1, 0}, MEANING_DIM,
                 "Nothing stands here. h and l go to the other columns, a adds an action.");
        return;
    }
    struct value status = value_of_text(columns[card->column].status);
    enum action_step next = action_next_step(&status);
    value_free(&status);
    area_print(area, (struct spot){1, 1, 0}, MEANING_TITLE, "%s %s", card->ref, card->title);
    buffer_addf(&text, "%s", card->owner[0] == '\0' ? "no owner" : card->owner);
    if (card->is_late) {
        buffer_addf(&text, ", %s %s, %d days late", card->column == 2 ? "to verify by" : "due",
                    card->day, card->days_late);
    } else if (card->day[0] != '\0') {
        buffer_addf(&text, ", %s %s",
                    card->column == 2  ? "to verify by"
                    : card->column > 2 ? "on"
                                       : "due",
                    card->day);
    }
    buffer_addf(&text, ", from %s %s", card->source, card->source_ref);
    buffer_addf(&text, next == ACTION_NO_STEP ? "%s" : "; w: %s", action_step_word(next));
    area_put(area, (struct spot){2, 1, 0}, MEANING_TEXT, buffer_text(&text));
    buffer_free(&text);
}

static void draw(void *context, const struct area *body) {
    struct board_view *view = context;
    ensure(view);
    if (view->count == 0) {
        area_put_wrapped(body, (struct spot){1, 2, body->width - 4}, MEANING_DIM,
                         "Corrective actions and improvements stand here, in a column for each "
                         "status. a adds one; a finding, a decision or a KPI becomes one with t.");
        return;
    }
    scroll(view, body);
    int width = body->width / (int)view->shown_columns;
    for (size_t i = 0; i < view->shown_columns; i++) {
        struct area column =
            area_columns(area_rows(*body, 0, body->height - FOOT_ROWS), (int)i * width, width - 1);
        draw_column(view, view->first_column + i, &column);
    }
    struct area foot = area_rows(*body, body->height - FOOT_ROWS, FOOT_ROWS);
    draw_foot(view, &foot);
}

static unsigned move(struct board_view *view, int action) {
    size_t *at = &view->at[view->column];
    size_t count = cards_in(view, view->column);
    size_t last = count == 0 ? 0 : count - 1;
    switch (action) {
    case LIST_UP:
        *at -= *at > 0;
        break;
    case LIST_DOWN:
        *at += *at < last;
        break;
    case LIST_CELL_LEFT:
        view->column -= view->column > 0;
        break;
    case LIST_CELL_RIGHT:
        view->column += view->column + 1 < COUNT(columns);
        break;
    case LIST_PAGE_UP:
        *at -= *at > view->shown_cards ? view->shown_cards : *at;
        break;
    case LIST_PAGE_DOWN:
        *at = *at + view->shown_cards > last ? last : *at + view->shown_cards;
        break;
    case LIST_TO_FIRST:
        *at = 0;
        break;
    case LIST_TO_LAST:
        *at = last;
        break;
    default:
        return OUTCOME_NONE;
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned act_on_card(struct app *app, int action, int64_t id) {
    switch (action) {
    case DO_OPEN:
        return app_open_record(app, REGISTER_ACTION, id, -1);
    case DO_STEP_ACTION:
        return action_steps_next(app, id);
    case DO_REOPEN_ACTION:
        return action_steps_reopen(app, id);
    case DO_CANCEL_ACTION:
        return action_steps_cancel(app, id);
    case DO_EDIT:
        record_actions_edit(app, REGISTER_ACTION, id, -1);
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    case DO_DELETE:
        record_actions_delete(app, REGISTER_ACTION, &id, 1);
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    default:
        return OUTCOME_NONE;
    }
}

static unsigned act(void *context, int action) {
    struct board_view *view = context;
    ensure(view);
    if (action >= BINDINGS_WIDGETS) {
        return move(view, action);
    }
    if (action == DO_ADD) {
        int64_t id = record_actions_add(view->app, REGISTER_ACTION, -1, 0);
        ensure(view);
        go_to(view, id);
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    return current(view) == NULL ? (unsigned)OUTCOME_NONE
                                 : act_on_card(view->app, action, current(view)->id);
}

static void describe(void *context, struct buffer *out) {
    struct board_view *view = context;
    size_t late = 0;
    ensure(view);
    for (size_t i = 0; i < view->count; i++) {
        late += view->cards[i].is_late;
    }
    buffer_addf(out, "%zu actions", view->count);
    if (late > 0) {
        buffer_addf(out, ", %s %zu late", palette_mark(app_terminal(view->app), MARK_BAD), late);
    }
}

static bool shows(const struct card *card, const char *words) {
    return strcasestr(card->ref, words) != NULL || strcasestr(card->title, words) != NULL ||
           strcasestr(card->owner, words) != NULL;
}

static unsigned search(void *context, const char *words, bool is_backward, bool is_fresh) {
    struct board_view *view = context;
    ensure(view);
    const struct card *from = current(view);
    size_t start = from == NULL ? 0 : (size_t)(from - view->cards);
    for (size_t i = is_fresh ? 0 : 1; i <= view->count && view->count > 0; i++) {
        size_t step = i % view->count;
        size_t at = (start + (is_backward ? view->count - step : step)) % view->count;
        if (shows(&view->cards[at], words)) {
            go_to(view, view->cards[at].id);
            app_say(view->app, MEANING_MESSAGE, "\"%s\": n next, N previous", words);
            return OUTCOME_HANDLED | OUTCOME_REDRAW;
        }
    }
    app_say(view->app, MEANING_WARNING, "\"%s\" was not found here", words);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static void show(void *context, enum register_id register_id, int64_t id) {
    struct board_view *view = context;
    ensure(view);
    if (register_id == REGISTER_ACTION) {
        go_to(view, id);
    }
}

static void copy(void *context, struct buffer *out) {
    struct board_view *view = context;
    ensure(view);
    if (current(view) != NULL) {
        buffer_addf(out, "%s %s", current(view)->ref, current(view)->title);
    }
}

static void remember(void *context, struct view_habit *habit) {
    struct board_view *view = context;
    ensure(view);
    habit->row = current(view) == NULL ? 0 : current(view)->id;
}

static void recall(void *context, const struct view_habit *habit) {
    show(context, REGISTER_ACTION, habit->row);
}

static const struct binding bindings[] = {
    ACTION_STEP_BINDINGS,
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "details",
     .help = "show the whole action",
     .weight = 8},
    {.key = 'a',
     .action = DO_ADD,
     .where = WHERE_WRITABLE,
     .name = "add",
     .label = "add",
     .help = "add an action",
     .weight = 6},
    {.key = 'e',
     .action = DO_EDIT,
     .where = WHERE_WRITABLE,
     .name = "edit",
     .label = "edit",
     .help = "edit the action",
     .weight = 6},
    {.key = KEYCODE_F(2), .action = DO_EDIT, .where = WHERE_WRITABLE},
    {.key = 'd',
     .action = DO_DELETE,
     .where = WHERE_WRITABLE,
     .name = "delete",
     .help = "delete the action, after asking"},
};

static const struct binding_table binding_table = {
    .title = "The board", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops board_view_ops = {
    .open = open_view,
    .close = close_view,
    .draw = draw,
    .act = act,
    .reload = reload,
    .describe = describe,
    .search = search,
    .show = show,
    .copy = copy,
    .remember = remember,
    .recall = recall,
    .bindings = &binding_table,
    .has_list = true,
};
