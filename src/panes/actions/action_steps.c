/* Owns the questions behind the steps of an action, and the keys for them in the list of actions.
 * What a step needs and may do is said by the rules. */
#include "panes/actions/action_steps.h"

#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/rules/action.h"
#include "clause5/store/record.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/frame/raise.h"

/* What was answered; the details point into it. */
struct answers {
    struct app *app;
    const struct record *action;
    struct action_details details;
    struct buffer correction, root_cause, effectiveness, reason;
};

static const char *text_of(const struct answers *answers, int field) {
    return value_text(&answers->action->values[field]);
}

static int64_t id_of(const struct answers *answers, int field) {
    const struct value *value = &answers->action->values[field];
    return value->kind == VALUE_WHOLE ? value->whole : 0;
}

static bool ask_text(struct answers *answers, const char *label, const char *proposed,
                     struct buffer *out) {
    const struct prompt_options options = {.label = label, .text = proposed, .is_kept = true};
    return dialog_prompt(app_stage(answers->app), &options, out);
}

static bool ask_day(struct answers *answers, const char *label) {
    char day[DATE_TEXT_SIZE];
    if (!raise_ask_day(answers->app, label, "today", day)) {
        return false;
    }
    answers->details.has_day = date_parse(day, &answers->details.on);
    return true;
}

static bool ask_owner(struct answers *answers) {
    return id_of(answers, ACTION_OWNER) != 0 ||
           raise_ask_party(answers->app, "Owner: ", 0, &answers->details.owner);
}

/* Asks by which way the cause was found; the choices are those of the register. */
static bool ask_method(struct answers *answers) {
    static const struct menu_item items[] = {
        {.label = "none", .detail = "the cause is plain to see"},
        {.label = "5 whys", .letter = '5', .detail = "why, and why that, until it ends"},
        {.label = "ishikawa", .detail = "people, method, machine, material, surroundings"},
        {.label = "other"}};
    const struct menu menu = {
        .title = "How was the cause found?", .items = items, .count = COUNT(items)};
    int chosen = dialog_choose(app_stage(answers->app), &menu);
    if (chosen != DIALOG_NO_ANSWER) {
        answers->details.cause_method = items[chosen].label;
    }
    return chosen != DIALOG_NO_ANSWER;
}

static bool ask_cause(struct answers *answers) {
    if (!action_needs_cause(answers->action) && text_of(answers, ACTION_ROOT_CAUSE)[0] == '\0') {
        return true;
    }
    return (text_of(answers, ACTION_CAUSE_METHOD)[0] != '\0' || ask_method(answers)) &&
           ask_text(answers, "Why it came about: ", text_of(answers, ACTION_ROOT_CAUSE),
                    &answers->root_cause);
}

static bool ask_finish(struct answers *answers) {
    return ask_text(answers, "What was put right: ", text_of(answers, ACTION_CORRECTION),
                    &answers->correction) &&
           ask_cause(answers) && ask_day(answers, "Done on: ");
}

static bool ask_judgement(struct answers *answers, const char *label) {
    return ask_text(answers, label, text_of(answers, ACTION_EFFECTIVENESS),
                    &answers->effectiveness);
}

/* Asks whether it worked: where it did not, the step is another one. */
static bool ask_verify(struct answers *answers, enum action_step *step) {
    static const struct answer worked[] = {
        {'y', "yes, it worked"}, {'n', "no, take it up again"}, {KEYCODE_ESC, "leave"}};
    struct buffer question = {0};
    buffer_addf(&question, "%s %s: has it worked?", text_of(answers, ACTION_REF),
                text_of(answers, ACTION_TITLE));
    int answer = dialog_ask(app_stage(answers->app), buffer_text(&question), worked, COUNT(worked));
    buffer_free(&question);
    if (answer == 1) {
        *step = ACTION_STEP_REOPEN;
        return ask_judgement(answers, "What shows that it has not: ");
    }
    return answer == 0 && ask_judgement(answers, "How you know that it worked: ") &&
           raise_ask_party(answers->app, "Verified by: ", id_of(answers, ACTION_VERIFIED_BY),
                           &answers->details.verified_by) &&
           ask_day(answers, "Verified on: ");
}

/* Asks what the step needs, and may choose another; false where it was left. */
static bool ask(struct answers *answers, enum action_step *step) {
    switch (*step) {
    case ACTION_STEP_START:
        return ask_owner(answers);
    case ACTION_STEP_FINISH:
        return ask_finish(answers);
    case ACTION_STEP_VERIFY:
        return ask_verify(answers, step);
    case ACTION_STEP_REOPEN:
        return ask_judgement(answers, "Why it is taken up again: ");
    case ACTION_STEP_CANCEL:
        return ask_text(answers, "Why it is given up: ", NULL, &answers->reason);
    case ACTION_STEP_CLOSE:
    case ACTION_STEPS:
        break;
    }
    return true;
}

static void point_at_texts(struct answers *answers) {
    answers->details.correction = buffer_text(&answers->correction);
    answers->details.root_cause = buffer_text(&answers->root_cause);
    answers->details.effectiveness = buffer_text(&answers->effectiveness);
    answers->details.reason = buffer_text(&answers->reason);
}

static void ask_and_step(struct app *app, const struct record *action, enum action_step step) {
    struct answers answers = {.app = app, .action = action};
    struct fault fault = {0};
    const char *ref = value_text(&action->values[ACTION_REF]);
    if (!action_may_step(&action->values[ACTION_STATUS], step)) {
        app_say(app, MEANING_MESSAGE, "%s is %s: < takes it up again", ref,
                value_text(&action->values[ACTION_STATUS]));
        return;
    }
    if (ask(&answers, &step)) {
        point_at_texts(&answers);
        if (action_take_step(app_workbook(app), action->id, step, &answers.details, &fault)) {
            app_stored(app, "%s %s", action_step_word(step), ref);
        } else {
            app_say_fault(app, &fault);
        }
    } else {
        app_say(app, MEANING_MESSAGE, "%s stays as it was", ref);
    }
    buffer_free(&answers.correction);
    buffer_free(&answers.root_cause);
    buffer_free(&answers.effectiveness);
    buffer_free(&answers.reason);
}

/* Takes STEP, or the next one where it is ACTION_NO_STEP. */
static unsigned take(struct app *app, int64_t id, enum action_step step) {
    struct record action = {0};
    struct fault fault = {0};
    if (app_may_write(app) &&
        record_load(app_workbook(app), REGISTER_ACTION, id, &action, &fault) == LOOKUP_FOUND) {
        ask_and_step(app, &action,
                     step == ACTION_NO_STEP ? action_next_step(&action.values[ACTION_STATUS])
                                            : step);
        record_free(&action);
    }
    fault_clear(&fault);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

unsigned action_steps_next(struct app *app, int64_t action) {
    return take(app, action, ACTION_NO_STEP);
}

unsigned action_steps_reopen(struct app *app, int64_t action) {
    return take(app, action, ACTION_STEP_REOPEN);
}

unsigned action_steps_cancel(struct app *app, int64_t action) {
    return take(app, action, ACTION_STEP_CANCEL);
}

static unsigned act(struct app *app, int action, const int64_t *records, size_t count) {
    static unsigned (*const keys[])(struct app *, int64_t) = {
        [DO_STEP_ACTION] = action_steps_next,
        [DO_REOPEN_ACTION] = action_steps_reopen,
        [DO_CANCEL_ACTION] = action_steps_cancel,
    };
    if (action < DO_STEP_ACTION || action > DO_CANCEL_ACTION) {
        return OUTCOME_NONE;
    }
    for (size_t i = 0; i < count; i++) {
        keys[action](app, records[i]);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static const struct binding bindings[] = {
    ACTION_STEP_BINDINGS,
};

static const struct binding_table binding_table = {
    .title = "Actions", .bindings = bindings, .count = COUNT(bindings)};

const struct list_extra action_keys = {.bindings = &binding_table, .act = act};
