/* Owns the conversation of an import: which file, into what, what it would do, and whether to. What
 * a row means is known by the exchange room alone. */
#include "panes/frame/import_dialog.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/exchange/import.h"
#include "clause5/screen/progress.h"
#include "panes/frame/complete_path.h"

enum { REGISTERS_MOST = REGISTER_COUNT + 1 };

struct import_talk {
    struct app *app;
    enum register_id shown; /* in the view that I was pressed in */
    struct buffer path;
    struct buffer rejects; /* empty: all or nothing */
    const char *sheet;
    bool creates_missing;
    struct buffer said; /* what the trial said, a line each */
    struct progress progress;
};

static void complete(void *context, const char *typed, struct candidates *out) {
    (void)context;
    complete_path(typed, out);
}

static bool ask_path(struct import_talk *talk) {
    const struct prompt_options options = {.label = "Import the CSV file: ", .complete = complete};
    return dialog_prompt(app_stage(talk->app), &options, &talk->path) && talk->path.len_bytes > 0;
}

/* Proposes the register that is shown, else the one whose name stands in the file's name. */
static size_t propose(const struct import_talk *talk, const struct menu_item *items, size_t count) {
    const char *path = buffer_text(&talk->path);
    size_t proposed = 0;
    if (talk->shown >= 0 && talk->shown < REGISTER_COUNT) {
        return (size_t)talk->shown + 1; /* behind the matrix */
    }
    for (size_t i = 0; i < count; i++) {
        size_t longest = strlen(items[proposed].detail);
        bool is_named = strcasestr(path, items[i].detail) != NULL;
        bool is_better =
            strcasestr(path, items[proposed].detail) == NULL || strlen(items[i].detail) > longest;
        proposed = is_named && is_better ? i : proposed;
    }
    return proposed;
}

static bool ask_sheet(struct import_talk *talk) {
    struct menu_item items[REGISTERS_MOST];
    size_t count = 0;
    items[count++] = (struct menu_item){.label = "Responsibility matrix", .detail = "raci"};
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const struct register_description *described = register_describe((enum register_id)id);
        items[count++] = (struct menu_item){.label = described->label, .detail = described->name};
    }
    const struct menu menu = {.title = "Import into",
                              .items = items,
                              .count = count,
                              .chosen = propose(talk, items, count)};
    int chosen = dialog_choose(app_stage(talk->app), &menu);
    talk->sheet = chosen == DIALOG_NO_ANSWER ? NULL : items[chosen].detail;
    return chosen != DIALOG_NO_ANSWER;
}

/* Keeps a message; what it says of the option of the command is said of the menu's c. */
static void say(void *context, enum import_message kind, const char *text) {
    static const char option[] = "--create-missing";
    struct import_talk *talk = context;
    (void)kind;
    for (const char *at = strstr(text, option); at != NULL; at = strstr(text, option)) {
        buffer_append(&talk->said, text, (size_t)(at - text));
        buffer_add(&talk->said, "c in the menu");
        text = at + sizeof option - 1;
    }
    buffer_addf(&talk->said, "%s\n", text);
}

static bool should_stop(void *context, const struct import_progress *progress) {
    struct import_talk *talk = context;
    return !progress_step(&talk->progress, progress->rows);
}

static bool run_import(struct import_talk *talk, bool is_dry_run, struct import_outcome *outcome,
                       struct fault *fault) {
    buffer_clear(&talk->said);
    talk->progress =
        (struct progress){.stage = app_stage(talk->app), .label = "Importing", .unit = "rows"};
    const struct import_plan plan = {
        .sheet = talk->sheet,
        .path = buffer_text(&talk->path),
        .creates_missing = talk->creates_missing,
        .is_dry_run = is_dry_run,
        .rejects_path = talk->rejects.len_bytes > 0 ? buffer_text(&talk->rejects) : NULL,
        .say = say,
        .should_stop = should_stop,
        .context = talk,
    };
    return import_file(app_workbook(talk->app), &plan, outcome, fault);
}

static void print_counts(const struct import_counts *counts, struct buffer *out) {
    buffer_addf(out, "%lld new, %lld changed, %lld unchanged, %lld rejected",
                (long long)counts->added, (long long)counts->changed, (long long)counts->unchanged,
                (long long)counts->rejected);
}

/* The ways to go on from what the trial showed. */
enum import_choice { IMPORT_ACCEPT, IMPORT_CREATE, IMPORT_REJECTS, IMPORT_LOOK, IMPORT_LEAVE };

static enum import_choice ask_choice(struct import_talk *talk, const struct import_counts *counts) {
    struct buffer title = {0};
    buffer_addf(&title, "%s: ", talk->sheet);
    print_counts(counts, &title);
    bool has_rejects = counts->rejected > 0 && talk->rejects.len_bytes == 0;
    const struct menu_item items[] = {
        [IMPORT_ACCEPT] = {'a', "Accept",
                           has_rejects ? "refused while rows are rejected"
                                       : "store it as one change"},
        [IMPORT_CREATE] = {'c', talk->creates_missing ? "Create nothing" : "Create what is missing",
                           "people, roles, courses that are named"},
        [IMPORT_REJECTS] = {'r', "Rejects to a file", "so that the good rows can go in"},
        [IMPORT_LOOK] = {'l', "Look at the messages", "line, column, value, reason"},
        [IMPORT_LEAVE] = {'q', "Leave it", "everything stays as it was"},
    };
    const struct menu menu = {.title = buffer_text(&title),
                              .items = items,
                              .count = COUNT(items),
                              .chosen = has_rejects ? IMPORT_LOOK : IMPORT_ACCEPT};
    int chosen = dialog_choose(app_stage(talk->app), &menu);
    buffer_free(&title);
    return chosen == DIALOG_NO_ANSWER ? IMPORT_LEAVE : (enum import_choice)chosen;
}

static void ask_rejects(struct import_talk *talk) {
    struct buffer proposed = {0};
    buffer_addf(&proposed, "%s.rejects.csv", buffer_text(&talk->path));
    const struct prompt_options options = {.label = "Write the rejected rows to: ",
                                           .text = buffer_text(&proposed)};
    buffer_clear(&talk->rejects);
    dialog_prompt(app_stage(talk->app), &options, &talk->rejects);
    buffer_free(&proposed);
}

/* Says TEXT until it is read. */
static void tell(struct import_talk *talk, const char *text) {
    static const struct answer read[] = {{KEYCODE_ENTER, "go on"}, {KEYCODE_ESC, "go on"}};
    dialog_ask(app_stage(talk->app), text, read, COUNT(read));
}

/* Says what went wrong with the rejects file, of which another may be named then; false where there
 * was none to blame. */
static bool forgive_rejects(struct import_talk *talk, struct fault *fault) {
    if (talk->rejects.len_bytes == 0) {
        app_say_fault(talk->app, fault);
        return false;
    }
    tell(talk, fault_text(fault));
    fault_clear(fault);
    buffer_clear(&talk->rejects);
    return true;
}

/* Imports. False where another try may go well. */
static bool store(struct import_talk *talk) {
    struct import_outcome outcome = {0};
    struct fault fault = {0};
    if (!run_import(talk, false, &outcome, &fault)) {
        return !forgive_rejects(talk, &fault);
    }
    struct buffer counts = {0};
    print_counts(&outcome.total, &counts);
    app_stored(talk->app, "import into %s: %s", talk->sheet, buffer_text(&counts));
    buffer_free(&counts);
    return true;
}

/* Accepts what the trial showed. True where the conversation is over. */
static bool accept(struct import_talk *talk, const struct import_counts *counts) {
    if (counts->rejected > 0 && talk->rejects.len_bytes == 0) {
        tell(talk, "Nothing is stored while rows are rejected: r writes them to a file, so that "
                   "the good rows can go in; l shows why");
        return false;
    }
    return store(talk);
}

/* Tries the import and asks, until it is accepted or left. */
static void negotiate(struct import_talk *talk) {
    for (;;) {
        struct import_outcome outcome = {0};
        struct fault fault = {0};
        if (!run_import(talk, true, &outcome, &fault)) {
            if (forgive_rejects(talk, &fault)) {
                continue;
            }
            return;
        }
        switch (ask_choice(talk, &outcome.total)) {
        case IMPORT_ACCEPT:
            if (accept(talk, &outcome.total)) {
                return;
            }
            break;
        case IMPORT_CREATE:
            talk->creates_missing = !talk->creates_missing;
            break;
        case IMPORT_REJECTS:
            ask_rejects(talk);
            break;
        case IMPORT_LOOK:
            dialog_show_text(app_stage(talk->app), "What the import says",
                             talk->said.len_bytes > 0 ? buffer_text(&talk->said)
                                                      : "Nothing to say: every row fits.");
            break;
        case IMPORT_LEAVE:
            app_say(talk->app, MEANING_MESSAGE, "Nothing was imported");
            return;
        }
    }
}

unsigned import_dialog_run(struct app *app, enum register_id shown) {
    struct import_talk talk = {.app = app, .shown = shown};
    if (app_may_write(app) && ask_path(&talk) && ask_sheet(&talk)) {
        negotiate(&talk);
    }
    buffer_free(&talk.path);
    buffer_free(&talk.rejects);
    buffer_free(&talk.said);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}
