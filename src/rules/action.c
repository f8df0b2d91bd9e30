/* Owns the steps of actions: which follow on which, what each demands and sets. Asks nobody. */
#include "clause5/rules/action.h"

#include <string.h>

#include "clause5/base/clock.h"
#include "clause5/base/memory.h"
#include "clause5/register/fields.h"
#include "clause5/rules/edit.h"
#include "rules/step.h"

enum { VERIFY_AFTER_DAYS = 90 }; /* registers.tsv: action.verify_due_on */

/* What a step changes is written into the values of the record before it is stored. */
struct change {
    struct record *record;
    const struct action_details *details;
    date_days today, on;
};

typedef bool prepare(struct change *change, struct fault *fault);

static bool is_empty(const struct change *change, int field) {
    return change->record->values[field].kind == VALUE_EMPTY;
}

static void set(struct change *change, int field, struct value value) {
    value_free(&change->record->values[field]);
    change->record->values[field] = value;
}

static void set_text(struct change *change, int field, const char *text) {
    if (text != NULL && text[0] != '\0') {
        set(change, field, value_of_text(text));
    }
}

static void set_day(struct change *change, int field, date_days day) {
    char text[DATE_TEXT_SIZE];
    date_print(day, text);
    set(change, field, value_of_text(text));
}

static bool is_past(const struct change *change, int field, struct fault *fault) {
    return change->on <= change->today ||
           fault_refuse_field(fault, field, "That day is still to come: take today or earlier");
}

static bool start(struct change *change, struct fault *fault) {
    if (change->details->owner != 0) {
        set(change, ACTION_OWNER, value_of_whole(change->details->owner));
    }
    return !is_empty(change, ACTION_OWNER) ||
           fault_refuse_field(fault, ACTION_OWNER, "Nobody has it yet: name its owner first");
}

static bool finish(struct change *change, struct fault *fault) {
    const struct action_details *details = change->details;
    set_text(change, ACTION_CORRECTION, details->correction);
    set_text(change, ACTION_CAUSE_METHOD, details->cause_method);
    set_text(change, ACTION_ROOT_CAUSE, details->root_cause);
    if (action_needs_cause(change->record) && is_empty(change, ACTION_ROOT_CAUSE)) {
        return fault_refuse_field(fault, ACTION_ROOT_CAUSE,
                                  "It answers a nonconformity, and those are done only once the "
                                  "cause is on record: say why it came about");
    }
    if (!is_past(change, ACTION_DONE_ON, fault)) {
        return false;
    }
    set_day(change, ACTION_DONE_ON, change->on);
    if (is_empty(change, ACTION_VERIFY_DUE_ON)) {
        set_day(change, ACTION_VERIFY_DUE_ON, change->on + VERIFY_AFTER_DAYS);
    }
    return true;
}

static bool verify(struct change *change, struct fault *fault) {
    date_days done_on = 0;
    set_text(change, ACTION_EFFECTIVENESS, change->details->effectiveness);
    if (is_empty(change, ACTION_EFFECTIVENESS)) {
        return fault_refuse_field(fault, ACTION_EFFECTIVENESS,
                                  "Say how you know that it has worked");
    }
    if (change->details->verified_by == 0) {
        return fault_refuse_field(fault, ACTION_VERIFIED_BY, "Say who looked whether it worked");
    }
    if (!is_past(change, ACTION_VERIFIED_ON, fault)) {
        return false;
    }
    if (date_parse(value_text(&change->record->values[ACTION_DONE_ON]), &done_on) &&
        change->on < done_on) {
        return fault_refuse_field(fault, ACTION_VERIFIED_ON,
                                  "It was done only on %s: nobody can have verified it before",
                                  value_text(&change->record->values[ACTION_DONE_ON]));
    }
    set(change, ACTION_VERIFIED_BY, value_of_whole(change->details->verified_by));
    set_day(change, ACTION_VERIFIED_ON, change->on);
    return true;
}

static bool reopen(struct change *change, struct fault *fault) {
    static const int emptied[] = {ACTION_DONE_ON, ACTION_VERIFY_DUE_ON, ACTION_VERIFIED_BY,
                                  ACTION_VERIFIED_ON};
    (void)fault;
    set_text(change, ACTION_EFFECTIVENESS, change->details->effectiveness);
    for (size_t i = 0; i < COUNT(emptied); i++) {
        set(change, emptied[i], (struct value){0});
    }
    return true;
}

static bool cancel(struct change *change, struct fault *fault) {
    const char *reason = change->details->reason;
    return (reason != NULL && reason[0] != '\0') ||
           fault_refuse_field(fault, ACTION_STATUS, "Say why it is given up");
}

enum {
    IS_OPEN = 1,
    IS_IN_PROGRESS = 2,
    IS_DONE = 4,
    IS_VERIFIED = 8,
    IS_CLOSED = 16,
    IS_NONE = 32
};

static const struct {
    const char *status;
    unsigned bit;
    enum action_step next;
} statuses[] = {
    {"open", IS_OPEN, ACTION_STEP_START},  {"in progress", IS_IN_PROGRESS, ACTION_STEP_FINISH},
    {"done", IS_DONE, ACTION_STEP_VERIFY}, {"verified", IS_VERIFIED, ACTION_STEP_CLOSE},
    {"closed", IS_CLOSED, ACTION_NO_STEP}, {"cancelled", IS_NONE, ACTION_NO_STEP},
};

static const struct {
    const char *word, *status;
    unsigned from;
    prepare *prepare;
} steps[] = {
    [ACTION_STEP_START] = {"start", "in progress", IS_OPEN, start},
    [ACTION_STEP_FINISH] = {"finish", "done", IS_OPEN | IS_IN_PROGRESS, finish},
    [ACTION_STEP_VERIFY] = {"verify", "verified", IS_DONE, verify},
    [ACTION_STEP_REOPEN] = {"take up again", "in progress",
                            IS_DONE | IS_VERIFIED | IS_CLOSED | IS_NONE, reopen},
    [ACTION_STEP_CLOSE] = {"close", "closed", IS_VERIFIED, NULL},
    [ACTION_STEP_CANCEL] = {"cancel", "cancelled", IS_OPEN | IS_IN_PROGRESS | IS_DONE, cancel},
};
_Static_assert(COUNT(steps) == ACTION_STEPS, "one row per step");

const char *action_step_word(enum action_step step) {
    return step == ACTION_NO_STEP ? "" : steps[step].word;
}

/* Returns the index of the status; an empty one is open. */
static size_t status_of(const struct value *status) {
    size_t i = 0;
    while (i < COUNT(statuses) && strcmp(statuses[i].status, value_text(status)) != 0) {
        i++;
    }
    return i < COUNT(statuses) ? i : 0;
}

enum action_step action_next_step(const struct value *status) {
    return statuses[status_of(status)].next;
}

bool action_may_step(const struct value *status, enum action_step step) {
    return step != ACTION_NO_STEP && (steps[step].from & statuses[status_of(status)].bit) != 0;
}

bool action_needs_cause(const struct record *action) {
    const char *source = value_text(&action->values[ACTION_SOURCE]);
    return strcmp(source, "finding") == 0 || strcmp(source, "incident") == 0;
}

static bool prepare_step(struct change *change, enum action_step step, struct fault *fault) {
    const struct value *status = &change->record->values[ACTION_STATUS];
    if (!action_may_step(status, step)) {
        return fault_refuse_field(fault, ACTION_STATUS, "An action that is %s cannot %s",
                                  statuses[status_of(status)].status, steps[step].word);
    }
    if (steps[step].prepare != NULL && !steps[step].prepare(change, fault)) {
        return false;
    }
    set(change, ACTION_STATUS, value_of_text(steps[step].status));
    return true;
}

static void print_label(const struct change *change, enum action_step step, struct buffer *out) {
    buffer_addf(out, "%s %s", steps[step].word, value_text(&change->record->values[ACTION_REF]));
    if (step == ACTION_STEP_CANCEL) {
        buffer_addf(out, ": %s", change->details->reason);
    }
}

bool action_take_step(struct workbook *workbook, int64_t action, enum action_step step,
                      const struct action_details *details, struct fault *fault) {
    struct record record = {0};
    struct step batch;
    struct buffer label = {0};
    enum lookup found = record_load(workbook, REGISTER_ACTION, action, &record, fault);
    if (found != LOOKUP_FOUND) {
        return found == LOOKUP_NONE
                   ? fault_set(fault, FAULT_REFUSED, "This action is no longer there")
                   : false;
    }
    date_days today = workbook_today(workbook);
    struct change change = {.record = &record,
                            .details = details,
                            .today = today,
                            .on = details->has_day ? details->on : today};
    bool is_stored = false;
    if (prepare_step(&change, step, fault)) {
        print_label(&change, step, &label);
        is_stored =
            step_begin(&batch, workbook, buffer_text(&label), fault) &&
            step_end(&batch, edit_update(workbook, REGISTER_ACTION, action, record.values, fault),
                     fault);
    }
    buffer_free(&label);
    record_free(&record);
    return is_stored;
}
