/* Owns the running program: the loop of events, the drawing of the frame, views and the pages on
 * top of them. Knows no action and no register. */
#include "panes/frame/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/screen/frame.h"
#include "clause5/screen/list.h"
#include "clause5/store/history.h"
#include "clause5/store/look.h"
#include "clause5/store/record.h"
#include "panes/frame/actions.h"
#include "panes/frame/loop.h"
#include "panes/frame/state.h"

enum {
    WAIT_MS = 500, /* an idle program wakes this often, to see that its terminal is still there */
    WORK_SLICE_MS = 5, /* architecture.md: idle work never delays a key */
    WORK_REDRAW_MS = 200,
};

struct workbook *app_workbook(const struct app *app) {
    return app->workbook;
}

struct terminal *app_terminal(const struct app *app) {
    return app->terminal;
}

void app_print_today(const struct app *app, char day[static DATE_TEXT_SIZE]) {
    workbook_print_today(app->workbook, day);
}

const struct stage *app_stage(struct app *app) {
    return &app->stage;
}

void app_say(struct app *app, enum meaning meaning, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    buffer_clear(&app->message);
    buffer_add_list(&app->message, format, arguments);
    va_end(arguments);
    app->message_meaning = meaning;
}

unsigned app_say_fault(struct app *app, struct fault *fault) {
    if (fault->kind == FAULT_DAMAGED) {
        app->is_damaged = true;
        app_say(app, MEANING_FAULT, "A part of the file is damaged: :restore shows the way back");
    } else {
        app_say(app, MEANING_FAULT, "%s", fault_text(fault));
    }
    fault_clear(fault);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static struct view *view_at(struct app *app, size_t pane, size_t view) {
    struct view *shown = &app->views[pane][view];
    if (shown->state == NULL) {
        const struct pane_view *row = &panes[pane].views[view];
        struct fault fault = {0};
        shown->ops = row->ops;
        shown->register_id = row->place.register_id;
        shown->state = row->ops->open(app, &row->place, &fault);
        if (shown->state == NULL) {
            app_say_fault(app, &fault);
        } else if (row->ops->recall != NULL) {
            row->ops->recall(shown->state, &app->habits.views[pane][view]);
        }
    }
    return shown;
}

struct view *app_shown_view(struct app *app) {
    if (app->page_count > 0) {
        return &app->pages[app->page_count - 1];
    }
    return view_at(app, app->pane, app->view_of[app->pane]);
}

static void close_view(struct view *view) {
    if (view->state != NULL) {
        view->ops->close(view->state);
        view->state = NULL;
    }
}

bool app_close_page(struct app *app) {
    if (app->page_count == 0) {
        return false;
    }
    app->page_count--;
    close_view(&app->pages[app->page_count]);
    return true;
}

void app_leave_page(struct app *app) {
    app_close_page(app);
}

bool app_may_leave(const struct app *app) {
    for (size_t i = app->page_count; i > 0; i--) {
        const struct view *page = &app->pages[i - 1];
        if (page->ops->may_leave != NULL && !page->ops->may_leave(page->state)) {
            return false;
        }
    }
    return true;
}

void app_choose_view(struct app *app, size_t pane, size_t view) {
    while (app_close_page(app)) {
    }
    app->pane = pane;
    app->view_of[pane] = view;
    view_at(app, pane, view); /* so that its keys live before it is drawn */
}

void app_go_to(struct app *app, const struct view_ops *ops) {
    for (size_t pane = 0; pane < PANES; pane++) {
        for (size_t view = 0; view < panes[pane].view_count; view++) {
            if (panes[pane].views[view].ops == ops) {
                app_choose_view(app, pane, view);
                return;
            }
        }
    }
}

unsigned app_open_page(struct app *app, const struct view_ops *ops,
                       const struct view_place *place) {
    struct fault fault = {0};
    void *state = ops->open(app, place, &fault);
    if (state == NULL) {
        return app_say_fault(app, &fault);
    }
    app->pages =
        memory_reserve(app->pages, &app->page_capacity, app->page_count + 1, sizeof *app->pages);
    app->pages[app->page_count++] =
        (struct view){.ops = ops, .state = state, .register_id = place->register_id};
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

unsigned app_open_record(struct app *app, enum register_id register_id, int64_t id, int field) {
    const struct view_place place = {
        .register_id = register_id, .id = id, .owner_field = -1, .field = field};
    return app_open_page(app, &record_page_ops, &place);
}

void app_show_record(struct app *app, enum register_id register_id, int64_t id) {
    struct view *view = app_shown_view(app);
    if (view->state != NULL && view->ops->show != NULL) {
        view->ops->show(view->state, register_id, id);
    }
}

static void reload_view(struct view *view) {
    if (view->state != NULL) {
        view->ops->reload(view->state);
    }
}

static void reload_all(struct app *app) {
    for (size_t pane = 0; pane < PANES; pane++) {
        for (size_t view = 0; view < panes[pane].view_count; view++) {
            reload_view(&app->views[pane][view]);
        }
    }
    for (size_t page = 0; page < app->page_count; page++) {
        reload_view(&app->pages[page]);
    }
    free(app->organisation);
    app->organisation = NULL;
}

void app_stored(struct app *app, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    struct buffer text = {0};
    buffer_add_list(&text, format, arguments);
    va_end(arguments);
    app_say(app, MEANING_GOOD, "Stored: %s (u takes it back)", buffer_text(&text));
    buffer_free(&text);
    reload_all(app);
}

int64_t app_round(const struct app *app) {
    return app->round;
}

void app_choose_round(struct app *app, int64_t audit) {
    app->round = audit;
    reload_all(app);
}

void app_reload(struct app *app) {
    reload_all(app);
}

/* True where keys that write have a place. */
static bool app_is_writable(const struct app *app) {
    return workbook_is_writable(app->workbook) && !look_is_back(app->workbook);
}

struct keymap app_keymap(const struct app *app) {
    struct keymap map = {.where = app_is_writable(app) ? WHERE_WRITABLE : 0};
    const struct view *view = app->page_count > 0 ? &app->pages[app->page_count - 1]
                                                  : &app->views[app->pane][app->view_of[app->pane]];
    const struct binding_table *own = view->state != NULL && view->ops->own_bindings != NULL
                                          ? view->ops->own_bindings(view->state)
                                          : NULL;
    if (own != NULL) {
        keymap_add(&map, own);
    }
    if (view->state != NULL && view->ops->bindings != NULL) {
        keymap_add(&map, view->ops->bindings);
    }
    if (view->state != NULL && view->ops->has_list) {
        keymap_add(&map, &list_bindings);
    }
    keymap_add(&map, &everywhere_bindings);
    return map;
}

/* "Sat 21 Nov 2026 #4be1": the day of the checks and the head of the history. */
static void print_when(struct app *app, struct buffer *out) {
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const struct clock *clock = workbook_clock(app->workbook);
    struct date_parts parts = date_to_parts(clock->today);
    if (app->head[0] == '\0' || app->head_revision != workbook_revision(app->workbook)) {
        struct fault fault = {0};
        app->head_revision = workbook_revision(app->workbook);
        if (!history_head(app->workbook, app->head, &fault)) {
            app_say_fault(app, &fault);
        }
    }
    if (app->is_damaged || app->is_unfit) {
        buffer_add(out, app->is_damaged ? "DAMAGED  " : "DOES NOT FIT  ");
    }
    if (look_is_back(app->workbook)) {
        buffer_add(out, "AS OF ");
    } else if (!workbook_is_writable(app->workbook)) {
        buffer_add(out, "read-only  ");
    }
    buffer_addf(out, "%s %d %s %d%s #%.4s", days[date_weekday(clock->today)], parts.day,
                months[parts.month - 1], parts.year,
                look_is_back(app->workbook) ? ", read-only"
                : clock->is_set             ? " (set)"
                                            : "",
                app->head);
}

static const char *organisation_of(struct app *app) {
    if (app->organisation == NULL) {
        struct fault fault = {0};
        struct record record = {0};
        if (record_load(app->workbook, REGISTER_WORKBOOK, WORKBOOK_ROW_ID, &record, &fault) ==
            LOOKUP_FOUND) {
            app->organisation = memory_copy_text(value_text(&record.values[WORKBOOK_ORGANISATION]));
            record_free(&record);
        } else {
            app->organisation = memory_copy_text("");
            fault_clear(&fault);
        }
    }
    return app->organisation[0] == '\0' ? "(no organisation named yet)" : app->organisation;
}

/* Fills the third row: the views of the pane, or what the page is called. */
static void fill_views(struct app *app, struct frame *frame, const char *words[PANE_VIEWS_MOST],
                       struct buffer *title) {
    const struct view *shown = app_shown_view(app);
    frame->views = words;
    if (app->page_count > 0 && shown->ops->title != NULL) {
        shown->ops->title(shown->state, title);
        words[0] = buffer_text(title);
        frame->view_count = 1;
        return;
    }
    frame->view_count = panes[app->pane].view_count;
    frame->view_chosen = app->view_of[app->pane];
    for (size_t view = 0; view < frame->view_count; view++) {
        words[view] = panes[app->pane].views[view].place.label;
    }
}

/* Draws everything between the begin and the end of a frame; also what stands behind dialogs. */
static void draw_screen(void *context) {
    struct app *app = context;
    struct view *shown = app_shown_view(app);
    struct buffer when = {0};
    struct buffer title = {0};
    struct buffer narrowed = {0};
    const char *tabs[PANES];
    const char *words[PANE_VIEWS_MOST];
    for (size_t pane = 0; pane < PANES; pane++) {
        tabs[pane] = panes[pane].tab;
    }
    print_when(app, &when);
    struct keymap keymap = app_keymap(app);
    struct frame frame = {
        .title = organisation_of(app),
        .title_right = buffer_text(&when),
        .tabs = tabs,
        .tab_count = PANES,
        .tab_chosen = app->pane,
        .message = app->prompt == NULL ? buffer_text(&app->message) : NULL,
        .message_meaning = app->message_meaning,
        .keymap = &keymap,
    };
    fill_views(app, &frame, words, &title);
    if (shown->state != NULL && shown->ops->describe != NULL) {
        shown->ops->describe(shown->state, &narrowed);
    }
    frame.view_right = buffer_text(&narrowed);
    struct area body;
    if (frame_draw(app->terminal, &frame, &body)) {
        app->body_row = body.row;
        if (shown->state != NULL) {
            shown->ops->draw(shown->state, &body);
        }
        if (app->prompt != NULL) {
            struct area screen = area_of_terminal(app->terminal);
            prompt_draw(app->prompt, &screen);
        }
    }
    buffer_free(&when);
    buffer_free(&title);
    buffer_free(&narrowed);
}

static void draw(struct app *app) {
    terminal_frame_begin(app->terminal);
    draw_screen(app);
    terminal_frame_end(app->terminal);
}

/* Lets the shown view take a click within what it drew. */
static void click(struct app *app, int row) {
    const struct view *view = app_shown_view(app);
    if (view->state != NULL && view->ops->click != NULL && row >= app->body_row) {
        view->ops->click(view->state, row - app->body_row);
    }
}

/* Says of a key that writes why it does not here. */
static void say_why_not(struct app *app, uint32_t key) {
    struct keymap map = app_keymap(app);
    map.where = WHERE_WRITABLE;
    if (keymap_find_key(&map, key) != NULL) {
        app_may_write(app);
    }
}

static void handle(struct app *app, const struct terminal_event *event) {
    if (event->kind == TERMINAL_ENDING) {
        app->is_leaving = true;
    } else if (app->prompt != NULL) {
        app_answer(app, event);
    } else if (event->kind == TERMINAL_CLICKED) {
        click(app, event->row);
    } else if (event->kind == TERMINAL_KEY) {
        buffer_clear(&app->message);
        struct keymap map = app_keymap(app);
        const struct binding *binding = keymap_find_key(&map, event->key);
        if (binding != NULL) {
            app_act(app, binding->action);
        } else if (!app_is_writable(app)) {
            say_why_not(app, event->key);
        }
    }
}

/* Lets the shown view do what is not yet done. Returns true while more is to do; *HAS_NEWS where
 * the screen should show it. */
static bool work(struct app *app, int64_t *drawn_ms, bool *has_news) {
    struct view *shown = app_shown_view(app);
    if (shown->state == NULL || shown->ops->work == NULL) {
        return false;
    }
    bool has_more = shown->ops->work(shown->state, WORK_SLICE_MS);
    int64_t now = clock_monotonic_ms();
    *has_news = !has_more || now - *drawn_ms >= WORK_REDRAW_MS;
    *drawn_ms = *has_news ? now : *drawn_ms;
    return has_more;
}

/* Proves a little more of the content once nothing was typed for a while, so that no key ever waits
 * for it. True where the screen should show what was found. */
static bool rest(struct app *app) {
    struct fault fault = {0};
    if (app->check == NULL) {
        app->check = idle_check_new(app->workbook);
    }
    enum idle_state state = idle_check_step(app->check, WORK_SLICE_MS, &fault);
    bool was_unfit = app->is_unfit;
    app->is_resting = state == IDLE_MORE;
    if (state != IDLE_MORE) {
        app->is_unfit = state == IDLE_MISFIT;
    }
    if (app->is_unfit && !was_unfit && !app->is_damaged) {
        app_say(app, MEANING_FAULT,
                "The records do not fit their history: :verify says where, :restore goes back");
    }
    fault_clear(&fault);
    return app->is_unfit != was_unfit;
}

static void run(struct app *app) {
    bool has_work = true;
    int64_t drawn_ms = clock_monotonic_ms();
    draw(app);
    while (!app->is_leaving) {
        struct terminal_event event =
            terminal_wait(app->terminal, has_work || app->is_resting ? 0 : WAIT_MS);
        bool is_stale = event.kind != TERMINAL_IDLE;
        while (event.kind != TERMINAL_IDLE && !app->is_leaving) {
            handle(app, &event);
            event = terminal_wait(app->terminal, 0);
        }
        if (is_stale) {
            has_work = true;
            app->is_resting = false;
        } else if (has_work) {
            has_work = work(app, &drawn_ms, &is_stale);
        } else {
            is_stale = rest(app);
        }
        if (is_stale && !app->is_leaving) {
            draw(app);
        }
    }
}

/* Keeps how the workbook is left; views that were not opened stay as they were remembered. */
static void keep_habits(struct app *app) {
    struct habits *habits = &app->habits;
    habits->pane = app->pane;
    for (size_t pane = 0; pane < PANES; pane++) {
        habits->view_of[pane] = app->view_of[pane];
        for (size_t i = 0; i < panes[pane].view_count; i++) {
            const struct view *view = &app->views[pane][i];
            if (view->state != NULL && view->ops->remember != NULL) {
                view->ops->remember(view->state, &habits->views[pane][i]);
            }
        }
    }
    habits_keep(app->workbook, habits);
}

static void release(struct app *app) {
    while (app_close_page(app)) {
    }
    for (size_t pane = 0; pane < PANES; pane++) {
        for (size_t view = 0; view < panes[pane].view_count; view++) {
            close_view(&app->views[pane][view]);
        }
    }
    for (size_t purpose = 0; purpose < PROMPT_PURPOSES; purpose++) {
        prompt_history_free(&app->answers[purpose]);
    }
    idle_check_free(app->check);
    knowledge_free(&app->knowledge);
    prompt_free(app->prompt);
    free(app->pages);
    free(app->words);
    free(app->argument);
    free(app->organisation);
    buffer_free(&app->message);
}

void app_run(struct terminal *terminal, struct workbook *workbook, struct app_visit *visit) {
    struct app app = {.terminal = terminal, .workbook = workbook, .visit = visit};
    if (visit->greeting != NULL) {
        app_say(&app, visit->greeting_meaning, "%s", visit->greeting);
    }
    app.stage = (struct stage){.terminal = terminal, .context = &app, .draw = draw_screen};
    habits_read(workbook, &app.habits);
    app.pane = app.habits.pane;
    memcpy(app.view_of, app.habits.view_of, sizeof app.view_of);
    run(&app);
    keep_habits(&app);
    habits_free(&app.habits);
    release(&app);
}
