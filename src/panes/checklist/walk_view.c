/* Owns the walk: one line of a round on the whole screen, one key a result. What may be recorded is
 * said by the audit room. */
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/round.h"
#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/record.h"
#include "panes/checklist/line_evidence.h"
#include "panes/checklist/line_sample.h"
#include "panes/checklist/round_actions.h"
#include "panes/checklist/walk.h"
#include "panes/checklist/walk_draw.h"
#include "panes/checklist/walk_keys.h"
#include "panes/checklist/walk_known.h"
#include "panes/checklist/walk_raise.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"

struct walk_view {
    struct app *app;
    int64_t audit; /* 0: there is no round */
    struct round_lines lines;
    int at; /* place of the shown line, -1 where there is none */
    struct walk_line line;
    bool has_line;
    struct walk_known known; /* of the line, once idle time has worked it out */
    bool is_known;
    bool is_stale;
    struct round_finding last; /* for .; its note is owned */
    bool has_last;
};

static void forget_line(struct walk_view *view) {
    if (view->has_line) {
        walk_line_free(&view->line);
    }
    view->has_line = false;
    walk_known_free(&view->known);
    view->is_known = false;
}

static void forget(struct walk_view *view) {
    forget_line(view);
    round_lines_free(&view->lines);
    view->lines = (struct round_lines){0};
}

/* Reads the line at place AT; the screen shows it next. */
static void go_to(struct walk_view *view, int at) {
    struct fault fault = {0};
    forget_line(view);
    view->at = at;
    view->has_line = at >= 0 && (size_t)at < view->lines.count &&
                     walk_line_load(app_workbook(view->app), view->lines.items[at].assessment,
                                    &view->line, &fault);
    if (fault.kind != FAULT_NONE) {
        app_say_fault(view->app, &fault);
    }
}

/* Reads the round again and stays on its line; a new round begins at its first open line. */
static void refill(struct walk_view *view) {
    struct fault fault = {0};
    int64_t assessment = view->has_line ? view->line.assessment.id : 0;
    view->is_stale = false;
    forget(view);
    view->audit = round_actions_current(view->app);
    if (view->audit == 0) {
        return;
    }
    if (!round_lines_load(app_workbook(view->app), view->audit, &view->lines, &fault)) {
        app_say_fault(view->app, &fault);
        return;
    }
    int at = round_find_line(&view->lines, assessment);
    if (at < 0) {
        at = round_next_open(&view->lines, -1);
    }
    go_to(view, at < 0 ? 0 : at);
}

static void *open_view(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)place;
    (void)fault;
    struct walk_view *view = memory_zero(1, sizeof *view);
    view->app = app;
    view->is_stale = true;
    return view;
}

static void close_view(void *context) {
    struct walk_view *view = context;
    forget(view);
    free((char *)view->last.note);
    free(view);
}

static void reload(void *context) {
    struct walk_view *view = context;
    view->is_stale = true;
}

static void draw(void *context, const struct area *body) {
    struct walk_view *view = context;
    if (view->is_stale) {
        refill(view);
    }
    if (view->has_line) {
        walk_draw_line(&view->line, view->is_known ? &view->known : NULL, body);
    } else {
        area_put_wrapped(
            body, (struct spot){1, 2, body->width - 4}, MEANING_DIM,
            "No round of the checklist was started yet. A starts one: a self-assessment or an audit. Each "
            "line of it is then shown here, and one key records what was found.");
    }
}

static void step(struct walk_view *view, int by) {
    int at = view->at + by;
    if (at < 0 || (size_t)at >= view->lines.count) {
        app_say(view->app, MEANING_MESSAGE,
                by < 0 ? "This is the first line" : "This is the last line");
        return;
    }
    go_to(view, at);
}

static void go_to_open(struct walk_view *view) {
    int at = round_next_open(&view->lines, view->at);
    if (at < 0) {
        app_say(view->app, MEANING_GOOD, "Every line is done: C closes the round");
        return;
    }
    go_to(view, at);
}

/* Asks for the note; false where it was left. */
static bool ask_note(struct walk_view *view, const char *text, struct buffer *note) {
    const struct prompt_options options = {.label = "Note: ", .text = text, .is_kept = true};
    return dialog_prompt(app_stage(view->app), &options, note) && note->len_bytes > 0;
}

static void remember(struct walk_view *view, const struct round_finding *finding) {
    char *note = memory_copy_text(finding->note);
    free((char *)view->last.note);
    view->last = (struct round_finding){.verdict = finding->verdict, .note = note};
    view->has_last = true;
}

/* Records on the shown line and goes on to the next open one. */
static void record(struct walk_view *view, const struct round_finding *finding) {
    struct fault fault = {0};
    int64_t assessment = view->line.assessment.id;
    char *key = memory_copy_text(view->line.key);
    if (round_record(app_workbook(view->app), &assessment, 1, finding, &fault)) {
        remember(view, finding);
        app_stored(view->app, "%s %s", key, round_verdict_word(finding->verdict));
        refill(view);
        int next = round_next_open(&view->lines, view->at);
        if (next >= 0) {
            go_to(view, next);
        }
    } else {
        app_say_fault(view->app, &fault);
    }
    free(key);
}

/* Asks for what is missing and records: a finding asks for its note at once. */
static void record_verdict(struct walk_view *view, enum round_verdict verdict, const char *note) {
    struct fault fault = {0};
    struct buffer asked = {0};
    if (!app_may_write(view->app)) {
        return;
    }
    if (round_actions_is_closed(view->app)) {
        app_say(view->app, MEANING_MESSAGE,
                "The round is closed and is only read: O opens it again, with a reason");
        return;
    }
    if (!round_may_record(app_workbook(view->app), view->line.assessment.id, verdict, &fault)) {
        app_say_fault(view->app, &fault);
        return;
    }
    const char *standing = value_text(&view->line.assessment.values[ASSESSMENT_NOTE]);
    if (note == NULL && round_verdict_needs_note(verdict) && !ask_note(view, standing, &asked)) {
        app_say(view->app, MEANING_MESSAGE, "Nothing was recorded: this result needs a note");
    } else {
        const char *given = asked.len_bytes > 0 ? buffer_text(&asked) : note;
        record(view, &(struct round_finding){.verdict = verdict, .note = given});
    }
    buffer_free(&asked);
}

static void repeat(struct walk_view *view) {
    if (!view->has_last || view->lines.count == 0) {
        app_say(view->app, MEANING_MESSAGE, "No result was recorded yet that could be repeated");
        return;
    }
    if (view->lines.items[view->at].state == ASSESSMENT_DONE) {
        app_say(view->app, MEANING_MESSAGE, "This line is done: its own letter changes it");
        return;
    }
    char *note = memory_copy_text(view->last.note);
    record_verdict(view, view->last.verdict, note);
    free(note);
}

/* Changes the note alone. */
static void edit_note(struct walk_view *view) {
    struct workbook *workbook = app_workbook(view->app);
    struct buffer text = {0};
    struct buffer label = {0};
    struct fault fault = {0};
    if (app_may_write(view->app) &&
        ask_note(view, value_text(&view->line.assessment.values[ASSESSMENT_NOTE]), &text)) {
        struct value note = value_of_text(buffer_text(&text));
        buffer_addf(&label, "note on %s", view->line.key);
        bool is_written = edit_begin(workbook, buffer_text(&label), &fault);
        if (is_written &&
            !edit_set(workbook, &view->line.assessment, ASSESSMENT_NOTE, &note, &fault)) {
            edit_abandon(workbook);
            is_written = false;
        }
        if (is_written && edit_commit(workbook, &fault)) {
            app_stored(view->app, "%s", buffer_text(&label));
        } else {
            app_say_fault(view->app, &fault);
        }
        value_free(&note);
    }
    buffer_free(&text);
    buffer_free(&label);
}

/* Closes the round, or goes to the line that stands in the way and was chosen. */
static void close_round(struct walk_view *view) {
    int64_t line = round_actions_close(view->app);
    int at = line == 0 ? -1 : round_find_line(&view->lines, line);
    if (at >= 0) {
        go_to(view, at);
    }
}

static unsigned act_on_round(struct walk_view *view, int action) {
    switch (action) {
    case DO_START_ROUND:
        round_actions_start(view->app);
        break;
    case DO_CHOOSE_ROUND:
        round_actions_choose(view->app);
        break;
    case DO_CLOSE_ROUND:
        close_round(view);
        break;
    case DO_COMPLETE_ROUND:
        round_actions_complete(view->app);
        break;
    case DO_REOPEN_ROUND:
        round_actions_reopen(view->app);
        break;
    default:
        return OUTCOME_NONE;
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Works out what the checks say of the line, where idle time has not done so yet. */
static void know(struct walk_view *view) {
    struct fault fault = {0};
    if (!view->has_line || view->is_known) {
        return;
    }
    view->is_known = true;
    const char *ref = value_text(&view->line.requirement.values[REQUIREMENT_REF]);
    if (!walk_known_load(view->app, ref, &view->known, &fault)) {
        app_say_fault(view->app, &fault);
    }
}

static unsigned open_known(struct walk_view *view) {
    know(view);
    unsigned outcome = walk_known_open(view->app, &view->known);
    if (outcome == OUTCOME_NONE) {
        app_say(view->app, MEANING_MESSAGE,
                "The registers say nothing of this line; d shows its record");
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Shows all that is said of the line, where the screen has no room for it. */
static void read_line(struct walk_view *view) {
    struct buffer text = {0};
    know(view);
    walk_print_line(&view->line, &view->known, app_terminal(view->app), &text);
    dialog_show_text(app_stage(view->app), view->line.key, buffer_text(&text));
    buffer_free(&text);
}

static bool work(void *context, int budget_ms) {
    (void)budget_ms;
    know(context);
    return false;
}

static unsigned act_on_line(struct walk_view *view, int action) {
    int last = (int)view->lines.count - 1;
    switch (action) {
    case DO_REPEAT:
        repeat(view);
        break;
    case DO_SKIP:
    case DO_NEXT_LINE:
        step(view, 1);
        break;
    case DO_PREVIOUS_LINE:
        step(view, -1);
        break;
    case DO_NEXT_OPEN:
        go_to_open(view);
        break;
    case DO_FIRST_LINE:
        go_to(view, 0);
        break;
    case DO_LAST_LINE:
        go_to(view, last);
        break;
    case DO_NOTE:
        edit_note(view);
        break;
    case DO_EVIDENCE:
        line_evidence_ask(view->app, view->line.assessment.id);
        break;
    case DO_SHOW_EVIDENCE:
        return line_evidence_show(view->app, view->line.assessment.id);
    case DO_SEAL:
    case DO_VERIFY_SEAL:
        return line_evidence_act(view->app, view->line.assessment.id, action);
    case DO_SAMPLE:
        line_sample_ask(view->app, &view->line);
        break;
    case DO_RAISE:
        walk_raise_action(view->app, &view->line);
        break;
    case DO_KNOWN:
        return open_known(view);
    case DO_READ_LINE:
        read_line(view);
        break;
    case DO_OPEN:
        return app_open_record(view->app, REGISTER_ASSESSMENT, view->line.assessment.id, -1);
    default:
        return OUTCOME_NONE;
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned act(void *context, int action) {
    struct walk_view *view = context;
    if (view->is_stale) {
        refill(view);
    }
    unsigned outcome = act_on_round(view, action);
    if (outcome != OUTCOME_NONE || !view->has_line) {
        return outcome;
    }
    if (action >= DO_VERDICT_FIRST && action <= DO_VERDICT_LAST) {
        record_verdict(view, (enum round_verdict)(action - DO_VERDICT_FIRST), NULL);
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    return act_on_line(view, action);
}

static void describe(void *context, struct buffer *out) {
    struct walk_view *view = context;
    if (view->is_stale) {
        refill(view);
    }
    if (view->has_line) {
        round_actions_describe(view->app, &view->lines, out);
    }
}

/* Goes to the line of an assessment. */
static void show(void *context, enum register_id register_id, int64_t id) {
    struct walk_view *view = context;
    if (view->is_stale) {
        refill(view);
    }
    int at = register_id == REGISTER_ASSESSMENT ? round_find_line(&view->lines, id) : -1;
    if (at >= 0) {
        go_to(view, at);
    }
}

static bool line_shows(const struct round_line *line, const char *words) {
    return strcasestr(line->ref, words) != NULL || strcasestr(line->title, words) != NULL;
}

/* Looks at every line once, going round at the end. */
static unsigned search(void *context, const char *words, bool is_backward, bool is_fresh) {
    struct walk_view *view = context;
    int count = (int)view->lines.count;
    int first = is_fresh ? 0 : 1;
    for (int i = first; i < count + first; i++) {
        int at = (view->at + (is_backward ? count - i % count : i)) % count;
        if (line_shows(&view->lines.items[at], words)) {
            go_to(view, at);
            return OUTCOME_HANDLED | OUTCOME_REDRAW;
        }
    }
    app_say(view->app, MEANING_WARNING, "\"%s\" was not found here", words);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static void copy(void *context, struct buffer *out) {
    const struct walk_view *view = context;
    if (view->has_line) {
        buffer_add(out, view->line.key);
    }
}

const struct view_ops walk_view_ops = {
    .open = open_view,
    .close = close_view,
    .draw = draw,
    .act = act,
    .reload = reload,
    .work = work,
    .describe = describe,
    .search = search,
    .show = show,
    .copy = copy,
    .bindings = &walk_bindings,
};
