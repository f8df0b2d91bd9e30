/* Owns the conversations about rounds; what a round may do is said by the rules and audit rooms. */
#include "panes/checklist/round_actions.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/audit/round.h"
#include "clause5/base/memory.h"
#include "clause5/register/type.h"
#include "clause5/rules/workflow.h"
#include "clause5/store/query.h"

enum { ROUNDS_MOST = 26, CHOICES_MOST = 12 };

/* Returns the first audit that the query gives, with the chosen round bound, or 0. */
static int64_t first_audit(struct app *app, const char *sql) {
    struct fault fault = {0};
    struct query *query = query_open(app_workbook(app), sql, &fault);
    int64_t audit = 0;
    if (query != NULL) {
        query_bind_whole(query, ":chosen", app_round(app));
        audit = query_step(query, &fault) == 1 ? query_whole(query, 0) : 0;
        query_close(query);
    }
    if (fault.kind != FAULT_NONE) {
        app_say_fault(app, &fault);
    }
    return audit;
}

int64_t round_actions_current(struct app *app) {
    return first_audit(
        app, "SELECT id FROM audit"
             " ORDER BY id = :chosen DESC, closed_on IS NOT NULL, starts_on DESC, id DESC LIMIT 1");
}

/* Reads a round; false where there is none. */
static bool load_round(struct app *app, int64_t audit, struct record *round) {
    struct fault fault = {0};
    bool is_there = audit != 0 && record_load(app_workbook(app), REGISTER_AUDIT, audit, round,
                                              &fault) == LOOKUP_FOUND;
    fault_clear(&fault);
    return is_there;
}

bool round_actions_is_closed(struct app *app) {
    struct record round = {0};
    bool is_closed = load_round(app, round_actions_current(app), &round) &&
                     round.values[AUDIT_CLOSED_ON].kind != VALUE_EMPTY;
    record_free(&round);
    return is_closed;
}

void round_actions_describe(struct app *app, const struct round_lines *lines, struct buffer *out) {
    struct record round = {0};
    if (!load_round(app, round_actions_current(app), &round)) {
        return;
    }
    struct round_progress progress = round_count(lines, NULL);
    int findings = progress.verdicts[ROUND_MAJOR] + progress.verdicts[ROUND_MINOR] +
                   progress.verdicts[ROUND_CONCERN];
    buffer_addf(out, "%s  %d of %d done", value_text(&round.values[AUDIT_REF]), progress.done,
                progress.lines);
    if (findings > 0) {
        buffer_addf(out, "  %s %d", palette_mark(app_terminal(app), MARK_BAD), findings);
    }
    buffer_add(out, round.values[AUDIT_CLOSED_ON].kind != VALUE_EMPTY ? "  closed" : "");
    record_free(&round);
}

const char *round_actions_ask_choice(struct app *app, const struct field *field,
                                     const char *title) {
    struct menu_item items[CHOICES_MOST];
    size_t count = 0;
    for (const struct choice *choice = field->choices;
         choice->value != NULL && count < CHOICES_MOST; choice++) {
        items[count++] = (struct menu_item){.label = choice->label};
    }
    const struct menu menu = {.title = title, .items = items, .count = count};
    int chosen = dialog_choose(app_stage(app), &menu);
    return chosen == DIALOG_NO_ANSWER ? NULL : field->choices[chosen].value;
}

/* The rounds as a menu. */
struct round_menu {
    struct menu_item items[ROUNDS_MOST];
    char *labels[ROUNDS_MOST];
    char *details[ROUNDS_MOST];
    int64_t ids[ROUNDS_MOST];
    size_t count;
};

static void fill_menu(struct query *query, struct round_menu *menu, struct fault *fault) {
    while (menu->count < ROUNDS_MOST && query_step(query, fault) == 1) {
        struct buffer label = {0};
        size_t place = menu->count++;
        buffer_addf(&label, "%s  %s", query_text(query, 1), query_text(query, 2));
        menu->ids[place] = query_whole(query, 0);
        menu->labels[place] = buffer_take(&label);
        menu->details[place] = memory_copy_text(query_text(query, 3));
        menu->items[place] = (struct menu_item){.letter = (char)('a' + place),
                                                .label = menu->labels[place],
                                                .detail = menu->details[place]};
    }
}

int64_t round_actions_ask(struct app *app, const char *title) {
    static const char sql[] =
        "SELECT id, ref, title, coalesce('closed ' || closed_on, 'open since ' || starts_on)"
        " FROM audit ORDER BY starts_on DESC, id DESC LIMIT 26";
    struct round_menu menu = {.count = 0};
    struct fault fault = {0};
    int64_t audit = 0;
    struct query *query = query_open(app_workbook(app), sql, &fault);
    if (query != NULL) {
        fill_menu(query, &menu, &fault);
        query_close(query);
    }
    if (fault.kind != FAULT_NONE) {
        app_say_fault(app, &fault);
    } else if (menu.count == 0) {
        app_say(app, MEANING_MESSAGE, "There is no round yet: A starts one");
    } else {
        int chosen =
            dialog_choose(app_stage(app),
                          &(struct menu){.title = title, .items = menu.items, .count = menu.count});
        audit = chosen == DIALOG_NO_ANSWER ? 0 : menu.ids[chosen];
    }
    for (size_t i = 0; i < menu.count; i++) {
        free(menu.labels[i]);
        free(menu.details[i]);
    }
    return audit;
}

void round_actions_choose(struct app *app) {
    int64_t audit = round_actions_ask(app, "Round");
    if (audit != 0) {
        app_choose_round(app, audit);
    }
}

/* Shows the lines that are not done. Returns the one that was chosen to go to, or 0. */
static int64_t ask_open_line(struct app *app, const struct round_lines *lines, int open) {
    struct menu_item *items = memory_zero((size_t)open, sizeof *items);
    int64_t *ids = memory_zero((size_t)open, sizeof *ids);
    struct buffer title = {0};
    size_t count = 0;
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->items[i].state != ASSESSMENT_DONE) {
            ids[count] = lines->items[i].assessment;
            items[count++] =
                (struct menu_item){.label = lines->items[i].ref, .detail = lines->items[i].title};
        }
    }
    buffer_addf(&title, "Not closed: %d %s still open, Enter goes there", open,
                open == 1 ? "line is" : "lines are");
    int chosen =
        dialog_choose(app_stage(app),
                      &(struct menu){.title = buffer_text(&title), .items = items, .count = count});
    int64_t line = chosen == DIALOG_NO_ANSWER ? 0 : ids[chosen];
    buffer_free(&title);
    free(items);
    free(ids);
    return line;
}

/* Says what stands in the way of closing before anything is asked; *LINE is the open line that the
 * user wants to go to. */
static bool may_close(struct app *app, int64_t audit, int64_t *line) {
    struct round_lines lines = {0};
    struct fault fault = {0};
    if (audit == 0 || !app_may_write(app)) {
        return false;
    }
    if (round_actions_is_closed(app)) {
        app_say(app, MEANING_MESSAGE, "The round is closed already: O opens it again");
        return false;
    }
    bool is_loaded = round_lines_load(app_workbook(app), audit, &lines, &fault);
    int open = is_loaded ? round_count(&lines, NULL).open : 0;
    if (!is_loaded) {
        app_say_fault(app, &fault);
    } else if (open > 0) {
        *line = ask_open_line(app, &lines, open);
    }
    round_lines_free(&lines);
    return is_loaded && open == 0;
}

int64_t round_actions_close(struct app *app) {
    int64_t audit = round_actions_current(app);
    int64_t line = 0;
    const struct field *conclusions = &register_describe(REGISTER_AUDIT)->fields[AUDIT_CONCLUSION];
    struct fault fault = {0};
    if (!may_close(app, audit, &line)) {
        return line;
    }
    const char *conclusion =
        round_actions_ask_choice(app, conclusions, "Close the round: its conclusion");
    if (conclusion == NULL) {
        app_say(app, MEANING_MESSAGE, "The round stays open: closing needs a conclusion");
    } else if (workflow_close_round(app_workbook(app), audit, conclusion, &fault)) {
        app_stored(app, "close the round: %s", conclusion);
    } else {
        app_say_fault(app, &fault);
    }
    return 0;
}

void round_actions_complete(struct app *app) {
    int64_t audit = round_actions_current(app);
    struct fault fault = {0};
    int added = 0;
    if (audit == 0 || !app_may_write(app)) {
        return;
    }
    if (round_actions_is_closed(app)) {
        app_say(app, MEANING_MESSAGE, "The round is closed and is only read: O opens it again");
    } else if (!round_complete(app_workbook(app), audit, &added, &fault)) {
        app_say_fault(app, &fault);
    } else if (added == 0) {
        app_say(app, MEANING_MESSAGE, "The round has every line of the checklist already");
    } else {
        app_stored(app, "%d %s added to the round", added, added == 1 ? "line" : "lines");
    }
}

void round_actions_reopen(struct app *app) {
    int64_t audit = round_actions_current(app);
    const struct prompt_options options = {.label = "Reason for opening the round again: "};
    struct buffer reason = {0};
    struct fault fault = {0};
    if (audit == 0 || !app_may_write(app)) {
        return;
    }
    if (!round_actions_is_closed(app)) {
        app_say(app, MEANING_MESSAGE, "The round is open: C closes it");
        return;
    }
    if (dialog_prompt(app_stage(app), &options, &reason)) {
        if (workflow_reopen_round(app_workbook(app), audit, buffer_text(&reason), &fault)) {
            app_stored(app, "open the round again: %s", buffer_text(&reason));
        } else {
            app_say_fault(app, &fault);
        }
    }
    buffer_free(&reason);
}
