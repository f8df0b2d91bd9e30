/* Owns the keys of policy versions: the next step with one key, asking who and when. Which step
 * comes next and what it does is said by the rules. */
#include "panes/policies/version_keys.h"

#include <stdlib.h>

#include "clause5/base/memory.h"
#include "clause5/store/query.h"
#include "clause5/store/record.h"
#include "panes/checklist/seal_keys.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/frame/raise.h"
#include "panes/record/record_text.h"

/* Says what a step did, in the words of its batch. */
static void say_step(struct app *app, const struct record *version, enum version_step step) {
    struct buffer key = {0};
    record_text_key(app_workbook(app), version, &key);
    app_stored(app, "%s %s", version_step_word(step), buffer_text(&key));
    buffer_free(&key);
}

static void take_step(struct app *app, const struct record *version, enum version_step step,
                      const struct version_details *details) {
    struct fault fault = {0};
    if (version_take_step(app_workbook(app), version->id, step, details, &fault)) {
        say_step(app, version, step);
    } else {
        app_say_fault(app, &fault);
    }
}

/* Returns who approved last: this policy's newest approver, else any policy's, else the
 * role at the top; 0 where there is none.
 */
static int64_t last_approver(struct app *app, const struct record *version) {
    static const char sql[] = "SELECT approved_by FROM policy_version WHERE approved_by IS NOT NULL"
                              " ORDER BY policy = :policy DESC, approved_on DESC, id DESC LIMIT 1";
    struct fault fault = {0};
    struct query *query = query_open(app_workbook(app), sql, &fault);
    int64_t approver = 0;
    if (query != NULL) {
        query_bind_whole(query, ":policy", version->values[POLICY_VERSION_POLICY].whole);
        approver = query_step(query, &fault) == 1 ? query_whole(query, 0) : 0;
        query_close(query);
    }
    fault_clear(&fault);
    return approver != 0 ? approver : raise_propose_leader(app);
}

/* Asks who approves; 0 where it was left or nobody was named. */
static int64_t ask_approver(struct app *app, const struct record *version) {
    int64_t approver = 0;
    if (!raise_ask_party(app, "Approved by: ", last_approver(app, version), &approver)) {
        return 0;
    }
    if (approver == 0) {
        app_say(app, MEANING_FAULT, "An approval needs a role or a person: w asks again");
    }
    return approver;
}

/* Asks for the day, today at first. */
static bool ask_day(struct app *app, const char *label, date_days *day) {
    char text[DATE_TEXT_SIZE];
    return raise_ask_day(app, label, "today", text) && date_parse(text, day);
}

/* Asks what the step needs and takes it. */
static void ask_and_step(struct app *app, const struct record *version, enum version_step step) {
    struct version_details details = {.on = workbook_today(app_workbook(app)), .has_day = true};
    if (step == VERSION_NO_STEP) {
        app_say(app, MEANING_MESSAGE, "This version takes no further step: a adds the next one");
        return;
    }
    if (step == VERSION_APPROVE) {
        details.approved_by = ask_approver(app, version);
        if (details.approved_by == 0 || !ask_day(app, "Approved on: ", &details.on)) {
            return;
        }
    } else if (step == VERSION_CONFIRM &&
               !ask_day(app, "Confirmed as still right on: ", &details.on)) {
        return;
    }
    take_step(app, version, step, &details);
}

static void withdraw(struct app *app, const struct record *version) {
    static const struct answer answers[] = {{'y', "withdraw"}, {KEYCODE_ESC, "keep"}};
    const struct version_details details = {0};
    struct buffer question = {0};
    buffer_add(&question, "Withdraw version ");
    record_text_key(app_workbook(app), version, &question);
    buffer_add(&question, "?");
    if (dialog_ask(app_stage(app), buffer_text(&question), answers, COUNT(answers)) == 0) {
        take_step(app, version, VERSION_WITHDRAW, &details);
    }
    buffer_free(&question);
}

void version_keys_step(struct app *app, int64_t version, enum version_step step) {
    struct record record = {0};
    struct fault fault = {0};
    if (!app_may_write(app)) {
        return;
    }
    if (record_load(app_workbook(app), REGISTER_POLICY_VERSION, version, &record, &fault) !=
        LOOKUP_FOUND) {
        app_say(app, MEANING_FAULT, "This version is no longer there");
        fault_clear(&fault);
        return;
    }
    if (step == VERSION_WITHDRAW) {
        withdraw(app, &record);
    } else {
        ask_and_step(app, &record,
                     step == VERSION_NO_STEP
                         ? version_next_step(&record.values[POLICY_VERSION_STATUS])
                         : step);
    }
    record_free(&record);
}

static unsigned act(struct app *app, int action, const int64_t *records, size_t count) {
    if (action != DO_STEP_VERSION && action != DO_WITHDRAW_VERSION) {
        return seal_keys_act(app, REGISTER_POLICY_VERSION, action, records, count);
    }
    for (size_t i = 0; i < count; i++) {
        version_keys_step(app, records[i],
                          action == DO_STEP_VERSION ? VERSION_NO_STEP : VERSION_WITHDRAW);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static const struct binding bindings[] = {
    {.key = 'w',
     .action = DO_STEP_VERSION,
     .where = WHERE_WRITABLE,
     .name = "next-step",
     .label = "next step",
     .help = "draft to review, review to approved, approved: confirm as still right",
     .weight = 9},
    {.key = 'W',
     .action = DO_WITHDRAW_VERSION,
     .where = WHERE_WRITABLE,
     .name = "withdraw",
     .help = "withdraw the version, after asking"},
    SEAL_BINDINGS,
};

static const struct binding_table binding_table = {
    .title = "Versions", .bindings = bindings, .count = COUNT(bindings)};

const struct list_extra version_keys = {.bindings = &binding_table, .act = act};
