/* Owns the keys that set down when something happened, on one record or on all marked ones in one
 * batch: a message was sent, a role accepted, an amount approved. */
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/record.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/frame/raise.h"
#include "panes/frame/write_batch.h"

enum { DAYS_MOST = 3, NO_FIELD = -1 };

/* What a key sets. Days that stand already are kept, all but the first one. */
static const struct dated_step {
    int action;
    enum register_id register_id;
    const char *verb;        /* in the batch's label, before the record */
    const char *ask_day;     /* the prompt */
    const char *ask_party;   /* NULL: nobody is asked for */
    int days[DAYS_MOST];     /* fields that get the day */
    int party;               /* field that gets who */
    int amount, amount_from; /* a number that is empty is taken from the other one */
    int needed;              /* a field that must be filled */
    const char *lack;        /* what is said where it is not */
} steps[] = {
    {.action = DO_SENT,
     .register_id = REGISTER_COMMUNICATION,
     .verb = "send",
     .ask_day = "Sent on: ",
     .days = {COMMUNICATION_SENT_ON, NO_FIELD, NO_FIELD},
     .party = NO_FIELD,
     .amount = NO_FIELD,
     .needed = NO_FIELD},
    {.action = DO_ACCEPTED,
     .register_id = REGISTER_ROLE,
     .verb = "accept and make known",
     .ask_day = "Accepted and made known on: ",
     .days = {ROLE_ACCEPTED_ON, ROLE_COMMUNICATED_ON, ROLE_ASSIGNED_ON},
     .party = NO_FIELD,
     .amount = NO_FIELD,
     .needed = ROLE_HOLDER,
     .lack = "Nobody holds this role yet: e names its holder first"},
    {.action = DO_APPROVED,
     .register_id = REGISTER_RESOURCE,
     .verb = "approve",
     .ask_day = "Approved on: ",
     .ask_party = "Approved by: ",
     .days = {RESOURCE_APPROVED_ON, NO_FIELD, NO_FIELD},
     .party = RESOURCE_APPROVED_BY,
     .amount = RESOURCE_APPROVED,
     .amount_from = RESOURCE_PLANNED,
     .needed = NO_FIELD},
};

static const struct dated_step *step_of(int action) {
    for (size_t i = 0; i < COUNT(steps); i++) {
        if (steps[i].action == action) {
            return &steps[i];
        }
    }
    return NULL;
}

/* The answers, and the records they are for. */
struct dated_change {
    const struct dated_step *step;
    char day[DATE_TEXT_SIZE];
    int64_t party;
    const int64_t *records;
    size_t count;
};

static void set_days(const struct dated_change *change, struct value *values) {
    for (size_t i = 0; i < DAYS_MOST; i++) {
        int field = change->step->days[i];
        if (field != NO_FIELD && (i == 0 || values[field].kind == VALUE_EMPTY)) {
            value_free(&values[field]);
            values[field] = value_of_text(change->day);
        }
    }
}

static bool write_one(const struct dated_change *change, struct workbook *workbook, int64_t id,
                      struct fault *fault) {
    const struct dated_step *step = change->step;
    struct record record = {0};
    if (record_load(workbook, step->register_id, id, &record, fault) != LOOKUP_FOUND) {
        return false;
    }
    if (step->needed != NO_FIELD && record.values[step->needed].kind == VALUE_EMPTY) {
        record_free(&record);
        return fault_refuse_field(fault, step->needed, "%s", step->lack);
    }
    set_days(change, record.values);
    if (step->party != NO_FIELD) {
        value_free(&record.values[step->party]);
        record.values[step->party] = value_of_id(change->party);
    }
    if (step->amount != NO_FIELD && record.values[step->amount].kind == VALUE_EMPTY) {
        record.values[step->amount] = value_copy(&record.values[step->amount_from]);
    }
    bool is_done = edit_update(workbook, step->register_id, id, record.values, fault);
    record_free(&record);
    return is_done;
}

static bool write_all(void *context, struct workbook *workbook, struct fault *fault) {
    const struct dated_change *change = context;
    for (size_t i = 0; i < change->count; i++) {
        if (!write_one(change, workbook, change->records[i], fault)) {
            return false;
        }
    }
    return true;
}

static bool ask(struct app *app, struct dated_change *change) {
    const struct dated_step *step = change->step;
    return (step->ask_party == NULL ||
            (raise_ask_party(app, step->ask_party, raise_propose_leader(app), &change->party) &&
             change->party != 0)) &&
           raise_ask_day(app, step->ask_day, "today", change->day) && change->day[0] != '\0';
}

static void print_label(struct app *app, const struct dated_change *change, struct buffer *out) {
    struct fault fault = {0};
    buffer_addf(out, "%s ", change->step->verb);
    if (change->count > 1) {
        buffer_addf(out, "%zu of %s", change->count,
                    register_describe(change->step->register_id)->label);
    } else if (record_print_key_of(app_workbook(app), change->step->register_id, change->records[0],
                                   out, &fault) == LOOKUP_FAULT) {
        fault_clear(&fault);
    }
}

static unsigned act(struct app *app, int action, const int64_t *records, size_t count) {
    struct dated_change change = {.step = step_of(action), .records = records, .count = count};
    struct buffer label = {0};
    if (change.step == NULL) {
        return OUTCOME_NONE;
    }
    if (count > 0 && app_may_write(app) && ask(app, &change)) {
        print_label(app, &change, &label);
        write_batch(app, buffer_text(&label), write_all, &change);
    }
    buffer_free(&label);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static const struct binding communication_bindings[] = {
    {.key = 'm',
     .action = DO_SENT,
     .where = WHERE_WRITABLE,
     .name = "sent",
     .label = "sent",
     .help = "the message or the marked ones went out: asks on which day",
     .weight = 9},
};

static const struct binding role_bindings[] = {
    {.key = 'm',
     .action = DO_ACCEPTED,
     .where = WHERE_WRITABLE,
     .name = "accepted",
     .label = "accepted",
     .help = "the holder of the role or of the marked ones accepted it, and it was made known",
     .weight = 9},
};

static const struct binding resource_bindings[] = {
    {.key = 'w',
     .action = DO_APPROVED,
     .where = WHERE_WRITABLE,
     .name = "approve",
     .label = "approve",
     .help = "approve the line or the marked ones as planned: asks by whom and when",
     .weight = 9},
};

static const struct binding_table communication_table = {.title = "Communications",
                                                         .bindings = communication_bindings,
                                                         .count = COUNT(communication_bindings)};
static const struct binding_table role_table = {
    .title = "Roles", .bindings = role_bindings, .count = COUNT(role_bindings)};
static const struct binding_table resource_table = {
    .title = "Resources", .bindings = resource_bindings, .count = COUNT(resource_bindings)};

const struct list_extra communication_keys = {.bindings = &communication_table, .act = act};
const struct list_extra role_keys = {.bindings = &role_table, .act = act};
const struct list_extra resource_keys = {.bindings = &resource_table, .act = act};
