/* Owns the actions that work everywhere, their keys and names, and the prompt on the message row.
 * Knows views only through their operations. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/rules/actor.h"
#include "clause5/screen/external.h"
#include "clause5/store/history.h"
#include "panes/checklist/moved_keys.h"
#include "panes/frame/actions.h"
#include "panes/frame/loop.h"
#include "panes/frame/panes.h"
#include "panes/frame/state.h"
#include "panes/history/history_actions.h"
#include "panes/history/restore_actions.h"
#include "panes/merge/merge_view.h"
#include "panes/staging/staging_open.h"

#define PANE_BINDING(key_character, index, pane_name, pane_help)                                   \
    {                                                                                              \
        .key = (key_character), .action = DO_PANE_FIRST + (index), .name = (pane_name),            \
        .help = (pane_help)                                                                        \
    }

static const struct binding everywhere[] = {
    {.key = '?',
     .action = DO_HELP,
     .name = "help",
     .label = "help",
     .help = "help of this place",
     .is_last = true},
    {.key = KEYCODE_F(1), .action = DO_HELP},
    {.key = 'q',
     .action = DO_QUIT,
     .name = "quit",
     .label = "quit",
     .help = "go back, and at the top leave the program",
     .weight = 1},
    {.key = KEYCODE_F(10), .action = DO_QUIT},
    {.key = KEYCODE_ESC,
     .action = DO_BACK,
     .name = "back",
     .help = "leave the prompt, the marks, the filter, the page: one at a time"},
    {.key = ':',
     .action = DO_COMMAND,
     .name = "command",
     .help = "type the name of an action; Tab completes it"},
    {.key = 'u',
     .action = DO_UNDO,
     .where = WHERE_WRITABLE,
     .name = "undo",
     .label = "undo",
     .help = "take the last change back",
     .weight = 3},
    {.key = KEYCODE_CTRL('R'),
     .action = DO_REDO,
     .where = WHERE_WRITABLE,
     .name = "redo",
     .help = "do the change again that was taken back"},
    {.key = '/',
     .action = DO_SEARCH,
     .name = "search",
     .label = "search",
     .help = "search the list while typing",
     .weight = 2},
    {.key = 'n', .action = DO_SEARCH_NEXT, .name = "next-hit", .help = "next hit"},
    {.key = 'N', .action = DO_SEARCH_PREVIOUS, .name = "previous-hit", .help = "previous hit"},
    {.key = 'y',
     .action = DO_COPY,
     .name = "copy",
     .help = "copy the text of the cell to the clipboard"},
    {.key = 'I',
     .action = DO_IMPORT,
     .where = WHERE_WRITABLE,
     .name = "import",
     .help =
         "import a CSV file, or a folder of them; every row is shown before anything is stored"},
    {.key = KEYCODE_TAB,
     .action = DO_NEXT_VIEW,
     .name = "next-view",
     .label = "views",
     .help = "next view of the pane",
     .weight = 2},
    {.key = KEYCODE_SHIFT_TAB,
     .action = DO_PREVIOUS_VIEW,
     .name = "previous-view",
     .help = "previous view of the pane"},
    {.key = KEYCODE_CTRL('L'),
     .action = DO_REDRAW,
     .name = "redraw",
     .help = "draw the screen anew"},
    {.action = DO_ACTOR,
     .name = "actor",
     .help = "NAME: who the history says makes the changes from now on"},
    {.action = DO_MOUSE,
     .name = "set",
     .help = "mouse or nomouse: take clicks or leave them to the terminal"},
    {.action = DO_REGISTER,
     .name = "register",
     .help = "NAME: show any register by its name, such as role_course"},
    {.action = DO_AS_OF,
     .name = "as-of",
     .help = "DATE: show everything as it stood at the end of that day; today comes back"},
    {.action = DO_BACK_UP, .name = "backup", .help = "make a verified backup beside the workbook"},
    {.action = DO_RESTORE,
     .name = "restore",
     .help = "go back to a backup, or salvage what can be read; keeps the present file"},
    {.action = DO_FIND_MOVED,
     .name = "evidence-folder",
     .help = "FOLDER: find sealed files that were moved there; without it, beside the workbook"},
    {.action = DO_VERIFY,
     .name = "verify",
     .help = "prove that the workbook is what its history says, and show the head"},
    {.action = DO_MERGE,
     .where = WHERE_WRITABLE,
     .name = "merge",
     .help = "FILE: merge another copy of this workbook; every conflict is shown first"},
    PANE_BINDING('1', 0, "overview",
                 "how ready the organisation is, what is missing, what falls due"),
    PANE_BINDING('2', 1, "policies",
                 "policies, their versions, acknowledgements, translations, obligations"),
    PANE_BINDING('3', 2, "roles", "the responsibility matrix, roles, reporting lines, succession"),
    PANE_BINDING('4', 3, "objectives", "objectives, KPIs and measurements"),
    PANE_BINDING('5', 4, "checklist", "rounds of the checklist, evidence, audits"),
    PANE_BINDING('6', 5, "reviews", "management reviews, inputs, decisions, attendance"),
    PANE_BINDING('7', 6, "actions", "corrective actions and improvements"),
    PANE_BINDING('8', 7, "resources", "budget and resources of the ISMS"),
    PANE_BINDING('9', 8, "awareness", "communications, training, coverage"),
    PANE_BINDING('0', 9, "people", "everybody with a part in the ISMS"),
    PANE_BINDING('H', 10, "history", "who changed what when"),
    PANE_BINDING('!', 11, "gaps", "what is missing or late"),
};

const struct binding_table everywhere_bindings = {
    .title = "Everywhere", .bindings = everywhere, .count = COUNT(everywhere)};

static unsigned show_help(struct app *app, int action) {
    (void)action;
    struct keymap map = app_keymap(app);
    struct buffer text = {0};
    keymap_print_help(&map, &text);
    dialog_show_text(app_stage(app), "Keys of this place", buffer_text(&text));
    buffer_free(&text);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned ask_command(struct app *app, int action) {
    (void)action;
    app_ask(app, PROMPT_COMMAND, ":");
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned ask_search(struct app *app, int action) {
    (void)action;
    const struct view *view = app_shown_view(app);
    if (view->state == NULL || view->ops->search == NULL) {
        app_say(app, MEANING_MESSAGE, "There is nothing to search in here");
        return OUTCOME_HANDLED;
    }
    app_ask(app, PROMPT_SEARCH, "/");
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Esc leaves, in this order: prompt (it has its own), marks, filter, page (contract.md, Keys in
 * detail). */
static unsigned go_back(struct app *app, int action) {
    (void)action;
    struct view *view = app_shown_view(app);
    if (view->state != NULL && view->ops->widen != NULL && view->ops->widen(view->state)) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    app_close_page(app);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned quit(struct app *app, int action) {
    (void)action;
    if (!app_close_page(app)) {
        app->is_leaving = true;
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Lets the shown view go to the first record that the newest batch touched. */
static bool show_change(void *context, const struct history_change *change) {
    struct app *app = context;
    const struct view *view = app_shown_view(app);
    if (view->state != NULL && view->ops->show != NULL) {
        view->ops->show(view->state, change->register_id, change->id);
    }
    return false;
}

static bool show_batch(void *context, const struct history_batch *batch) {
    struct app *app = context;
    struct fault fault = {0};
    const struct change_visitor visitor = {.visit = show_change, .context = app};
    history_visit_changes(app->workbook, batch->number, &visitor, &fault);
    fault_clear(&fault);
    return false;
}

static void show_newest_batch(struct app *app) {
    struct fault fault = {0};
    const struct history_visitor visitor = {.visit = show_batch, .context = app};
    history_visit(app->workbook, 0, &visitor, &fault);
    fault_clear(&fault);
}

/* Takes back or does again; the two differ in the mechanism and in the words. */
static unsigned step_history(struct app *app, int action) {
    bool is_undo = action == DO_UNDO;
    struct fault fault = {0};
    char *label = NULL;
    if (!app_may_write(app)) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    bool is_done = is_undo ? history_undo(app->workbook, &label, &fault)
                           : history_redo(app->workbook, &label, &fault);
    if (!is_done) {
        return app_say_fault(app, &fault);
    }
    if (label == NULL) {
        app_say(app, MEANING_MESSAGE,
                is_undo ? "There is nothing to take back" : "There is nothing to do again");
    } else {
        app_reload(app);
        show_newest_batch(app);
        app_say(app, MEANING_GOOD,
                is_undo ? "Taken back: %s (^R does it again)" : "Done again: %s (u takes it back)",
                label);
    }
    free(label);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned search(struct app *app, bool is_backward, bool is_fresh) {
    const struct view *view = app_shown_view(app);
    if (app->words == NULL || app->words[0] == '\0' || view->state == NULL ||
        view->ops->search == NULL) {
        app_say(app, MEANING_MESSAGE, "Nothing was searched for yet: / starts a search");
        return OUTCOME_HANDLED;
    }
    return view->ops->search(view->state, app->words, is_backward, is_fresh);
}

static unsigned search_again(struct app *app, int action) {
    return search(app, action == DO_SEARCH_PREVIOUS, false);
}

static unsigned copy_cell(struct app *app, int action) {
    (void)action;
    const struct view *view = app_shown_view(app);
    struct buffer text = {0};
    if (view->state != NULL && view->ops->copy != NULL) {
        view->ops->copy(view->state, &text);
    }
    if (text.len_bytes == 0) {
        app_say(app, MEANING_MESSAGE, "There is nothing to copy in this cell");
    } else if (external_copy(app->terminal, text.bytes)) {
        app_say(app, MEANING_MESSAGE, "Copied: %s", text.bytes);
    } else {
        app_say(app, MEANING_WARNING,
                "Only the first part was copied: the text is too long for the terminal");
    }
    buffer_free(&text);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* The register of the view that shows, else the first one of its pane. */
static enum register_id register_here(struct app *app) {
    enum register_id shown = app_shown_view(app)->register_id;
    for (size_t view = 0; shown == REGISTER_NONE && view < panes[app->pane].view_count; view++) {
        shown = panes[app->pane].views[view].place.register_id;
    }
    return shown;
}

static unsigned import_file(struct app *app, int action) {
    (void)action;
    return staging_open(app, register_here(app));
}

static unsigned step_view(struct app *app, int action) {
    size_t count = panes[app->pane].view_count;
    size_t view = app->view_of[app->pane];
    if (!app_may_leave(app)) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    app_choose_view(app, app->pane, (view + (action == DO_NEXT_VIEW ? 1 : count - 1)) % count);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned choose_pane(struct app *app, int action) {
    size_t pane = (size_t)(action - DO_PANE_FIRST);
    if (!app_may_leave(app)) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    app_choose_view(app, pane, app->view_of[pane]);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned redraw(struct app *app, int action) {
    (void)action;
    terminal_forget(app->terminal);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned set_actor(struct app *app, int action) {
    struct fault fault = {0};
    (void)action;
    if (app->argument == NULL) {
        app_say(app, MEANING_MESSAGE, "Changes are recorded as made by %s (:actor NAME changes it)",
                workbook_actor(app->workbook));
    } else if (!actor_check_name(app->argument, &fault)) {
        app_say_fault(app, &fault);
    } else {
        app_set_actor(app, app->argument);
        app_say(app, MEANING_GOOD, "Changes are recorded as made by %s from now on", app->argument);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned set_option(struct app *app, int action) {
    (void)action;
    bool is_on = app->argument != NULL && strcmp(app->argument, "mouse") == 0;
    bool is_off = app->argument != NULL && strcmp(app->argument, "nomouse") == 0;
    if (!is_on && !is_off) {
        app_say(app, MEANING_FAULT, "What can be set is mouse or nomouse, as in :set mouse");
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    app->has_mouse = is_on;
    terminal_set_mouse(app->terminal, is_on);
    app_say(app, MEANING_MESSAGE,
            is_on ? "The mouse chooses rows now" : "The mouse is the terminal's again");
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned show_register(struct app *app, int action) {
    (void)action;
    enum register_id id = app->argument == NULL ? REGISTER_NONE : register_find(app->argument);
    if (id == REGISTER_NONE) {
        app_say(app, MEANING_FAULT,
                "Name a register, as in :register role_course; Tab completes the name");
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    const struct view_place place = {
        .label = register_describe(id)->label, .register_id = id, .owner_field = -1};
    return app_open_page(app, &register_view_ops, &place);
}

static unsigned look_back(struct app *app, int action) {
    (void)action;
    return history_actions_look(app, app->argument);
}

static unsigned back_up(struct app *app, int action) {
    (void)action;
    return history_actions_back_up(app);
}

static unsigned restore(struct app *app, int action) {
    (void)action;
    return restore_actions_choose(app);
}

static unsigned find_moved(struct app *app, int action) {
    (void)action;
    return moved_keys_find(app, app->argument);
}

static unsigned verify(struct app *app, int action) {
    (void)action;
    return history_actions_verify(app);
}

static unsigned merge_copy(struct app *app, int action) {
    (void)action;
    return merge_view_open(app, app->argument);
}

typedef unsigned handler(struct app *app, int action);

static handler *const handlers[DO_PANE_LAST + 1] = {
    [DO_HELP] = show_help,
    [DO_COMMAND] = ask_command,
    [DO_QUIT] = quit,
    [DO_BACK] = go_back,
    [DO_UNDO] = step_history,
    [DO_REDO] = step_history,
    [DO_SEARCH] = ask_search,
    [DO_SEARCH_NEXT] = search_again,
    [DO_SEARCH_PREVIOUS] = search_again,
    [DO_COPY] = copy_cell,
    [DO_IMPORT] = import_file,
    [DO_NEXT_VIEW] = step_view,
    [DO_PREVIOUS_VIEW] = step_view,
    [DO_REDRAW] = redraw,
    [DO_ACTOR] = set_actor,
    [DO_MOUSE] = set_option,
    [DO_REGISTER] = show_register,
    [DO_AS_OF] = look_back,
    [DO_BACK_UP] = back_up,
    [DO_RESTORE] = restore,
    [DO_FIND_MOVED] = find_moved,
    [DO_VERIFY] = verify,
    [DO_MERGE] = merge_copy,
};

unsigned app_act(struct app *app, int action) {
    const struct view *view = app_shown_view(app);
    unsigned outcome = view->state == NULL ? OUTCOME_NONE : view->ops->act(view->state, action);
    if (outcome != OUTCOME_NONE) {
        return outcome;
    }
    if (action >= DO_PANE_FIRST && action <= DO_PANE_LAST) {
        return choose_pane(app, action);
    }
    if (action > DO_NONE && action <= DO_PANE_LAST && handlers[action] != NULL) {
        return handlers[action](app, action);
    }
    app_say(app, MEANING_MESSAGE, "That does nothing here");
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Completes the name of an action, and behind :register the name of a register. */
static void complete_command(void *context, const char *typed, struct candidates *out) {
    static const char before[] = "register ";
    if (strncmp(typed, before, sizeof before - 1) != 0) {
        struct keymap map = app_keymap(context);
        keymap_complete(&map, typed, out);
        return;
    }
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const struct register_description *described = register_describe((enum register_id)id);
        struct buffer value = {0};
        buffer_addf(&value, "%s%s", before, described->name);
        if (strncmp(buffer_text(&value), typed, strlen(typed)) == 0) {
            candidates_add(out, buffer_text(&value), described->label);
        }
        buffer_free(&value);
    }
}

void app_ask(struct app *app, enum prompt_purpose purpose, const char *label) {
    prompt_free(app->prompt);
    app->purpose = purpose;
    app->prompt = prompt_new(&(struct prompt_options){
        .label = label,
        .context = app,
        .complete = purpose == PROMPT_COMMAND ? complete_command : NULL,
        .history = &app->answers[purpose],
    });
}

static void run_command(struct app *app, const char *typed) {
    size_t name_bytes = strcspn(typed, " ");
    char *name = memory_copy_bytes(typed, name_bytes);
    char *argument = text_trim(typed + name_bytes);
    struct keymap map = app_keymap(app);
    const struct binding *binding = keymap_find_name(&map, name);
    if (binding == NULL) {
        app_say(app, MEANING_FAULT,
                "There is no action called \"%s\" here; Tab after : shows them all", name);
    } else {
        free(app->argument);
        app->argument = argument[0] == '\0' ? NULL : memory_copy_text(argument);
        app_act(app, binding->action);
    }
    free(argument);
    free(name);
}

static void search_for(struct app *app, const char *typed) {
    free(app->words);
    app->words = memory_copy_text(typed);
    if (typed[0] != '\0') {
        search(app, false, true);
    } else {
        buffer_clear(&app->message);
    }
}

void app_answer(struct app *app, const struct terminal_event *event) {
    unsigned outcome = prompt_handle(app->prompt, event);
    char *typed = memory_copy_text(prompt_text(app->prompt));
    if (outcome & (OUTCOME_DONE | OUTCOME_LEAVE)) {
        prompt_free(app->prompt);
        app->prompt = NULL;
    }
    if (app->purpose == PROMPT_SEARCH && (outcome & OUTCOME_CHANGED)) {
        search_for(app, typed);
    }
    if (app->purpose == PROMPT_COMMAND && (outcome & OUTCOME_DONE)) {
        char *trimmed = text_trim(typed);
        if (trimmed[0] != '\0') {
            run_command(app, trimmed);
        }
        free(trimmed);
    }
    free(typed);
}
