/* Owns the keys of policies: the steps of the version in work or in force, a new draft, the
 * contents that the standard wants, who acknowledged. What a step does is said by the rules. */
#include "panes/policies/policy_keys.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/record.h"
#include "panes/checklist/seal_keys.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/frame/write_batch.h"
#include "panes/policies/policy_versions.h"
#include "panes/policies/version_keys.h"
#include "panes/record/record_text.h"

/* Takes the step with the version in work, else with the one in force. */
static void step_policy(struct app *app, int64_t policy, enum version_step step) {
    struct policy_versions versions;
    if (!policy_versions_load(app, policy, &versions)) {
        return;
    }
    int64_t version =
        versions.work.id != 0 && step != VERSION_CONFIRM ? versions.work.id : versions.current.id;
    if (version != 0) {
        version_keys_step(app, version, step);
    } else if (step == VERSION_CONFIRM) {
        app_say(app, MEANING_MESSAGE, "No version is approved yet: w takes the next step to it");
    } else {
        app_say(app, MEANING_MESSAGE, "No version is in work or approved: D begins one");
    }
    policy_versions_free(&versions);
}

static void next_step(struct app *app, int64_t policy) {
    step_policy(app, policy, VERSION_NO_STEP);
}

static void withdraw(struct app *app, int64_t policy) {
    step_policy(app, policy, VERSION_WITHDRAW);
}

static void confirm(struct app *app, int64_t policy) {
    step_policy(app, policy, VERSION_CONFIRM);
}

static void store_draft(struct app *app, int64_t policy, const char *name) {
    struct record version = {0};
    struct fault fault = {0};
    int64_t id = 0;
    if (!version_start_draft(app_workbook(app), policy, name, &id, &fault)) {
        app_say_fault(app, &fault);
        return;
    }
    if (record_load(app_workbook(app), REGISTER_POLICY_VERSION, id, &version, &fault) ==
        LOOKUP_FOUND) {
        struct buffer key = {0};
        record_text_key(app_workbook(app), &version, &key);
        app_stored(app, "draft %s", buffer_text(&key));
        buffer_free(&key);
        record_free(&version);
    }
    fault_clear(&fault);
}

static void start_draft(struct app *app, int64_t policy) {
    struct fault fault = {0};
    struct buffer name = {0};
    if (!app_may_write(app)) {
        return;
    }
    char *proposed = version_propose_name(app_workbook(app), policy, &fault);
    if (proposed == NULL) {
        app_say_fault(app, &fault);
        return;
    }
    const struct prompt_options options = {.label = "Version of the draft: ", .text = proposed};
    if (dialog_prompt(app_stage(app), &options, &name)) {
        store_draft(app, policy, buffer_text(&name));
    }
    buffer_free(&name);
    free(proposed);
}

/* Opens the document of the version in work, else of the one in force, to be read. */
static void open_document(struct app *app, int64_t policy) {
    struct policy_versions versions;
    if (!policy_versions_load(app, policy, &versions)) {
        return;
    }
    int64_t version = versions.work.id != 0 ? versions.work.id : versions.current.id;
    if (version != 0) {
        seal_keys_act(app, REGISTER_POLICY_VERSION, DO_OPEN_FILE, &version, 1);
    } else {
        app_say(app, MEANING_MESSAGE, "No version is in work or approved: D begins one");
    }
    policy_versions_free(&versions);
}

static void show_acknowledged(struct app *app, int64_t policy) {
    const struct view_place place = {
        .register_id = REGISTER_POLICY, .id = policy, .owner_field = -1, .field = -1};
    app_open_page(app, &acknowledge_view_ops, &place);
}

/* What 5.2 a to d want to find in the information security policy. */
static const struct {
    int field;
    char letter;
    const char *label;
} contents[] = {
    {POLICY_FITS_PURPOSE, 'a', "fits the purpose of the organisation"},
    {POLICY_FRAMES_OBJECTIVES, 'b', "holds objectives, or the frame for setting them"},
    {POLICY_COMMITS_REQUIREMENTS, 'c', "commits to meeting the requirements"},
    {POLICY_COMMITS_IMPROVEMENT, 'd', "commits to getting better"},
};

static bool is_ticked(const struct record *policy, size_t content) {
    return strcmp(value_text(&policy->values[contents[content].field]), "yes") == 0;
}

/* Asks which content was found or not; the menu's index, or DIALOG_NO_ANSWER. */
static int choose_content(struct app *app, const struct record *policy, size_t chosen) {
    struct menu_item items[COUNT(contents)];
    for (size_t i = 0; i < COUNT(contents); i++) {
        items[i] =
            (struct menu_item){.letter = contents[i].letter,
                               .label = contents[i].label,
                               .detail = is_ticked(policy, i) ? "yes: ticked" : "not ticked"};
    }
    struct buffer title = {0};
    buffer_addf(&title, "5.2: what %s says (Esc ends)", value_text(&policy->values[POLICY_REF]));
    const struct menu menu = {
        .title = buffer_text(&title), .items = items, .count = COUNT(contents), .chosen = chosen};
    int answer = dialog_choose(app_stage(app), &menu);
    buffer_free(&title);
    return answer;
}

struct tick {
    const struct record *policy;
    int field;
    bool is_met;
};

static bool write_tick(void *context, struct workbook *workbook, struct fault *fault) {
    const struct tick *tick = context;
    struct value value = value_of_text(tick->is_met ? "yes" : "no");
    bool is_done = edit_set(workbook, tick->policy, tick->field, &value, fault);
    value_free(&value);
    return is_done;
}

/* Turns a tick round, in a batch of its own. */
static bool toggle_content(struct app *app, const struct record *policy, size_t content) {
    struct tick tick = {
        .policy = policy, .field = contents[content].field, .is_met = !is_ticked(policy, content)};
    struct buffer label = {0};
    buffer_addf(&label, "policy %s: 5.2 %c is %s", value_text(&policy->values[POLICY_REF]),
                contents[content].letter, tick.is_met ? "met" : "not met");
    bool is_done = write_batch(app, buffer_text(&label), write_tick, &tick);
    buffer_free(&label);
    return is_done;
}

static void tick_contents(struct app *app, int64_t policy) {
    size_t chosen = 0;
    bool goes_on = app_may_write(app);
    while (goes_on) {
        struct record record = {0};
        struct fault fault = {0};
        goes_on = record_load(app_workbook(app), REGISTER_POLICY, policy, &record, &fault) ==
                  LOOKUP_FOUND;
        if (goes_on) {
            int answer = choose_content(app, &record, chosen);
            goes_on = answer != DIALOG_NO_ANSWER && toggle_content(app, &record, (size_t)answer);
            chosen = goes_on ? (size_t)answer : chosen;
            record_free(&record);
        }
        fault_clear(&fault);
    }
}

static const struct {
    int action;
    bool is_for_all; /* of the marked policies, else for the first */
    void (*act)(struct app *app, int64_t policy);
} handlers[] = {
    {DO_STEP_VERSION, true, next_step},
    {DO_WITHDRAW_VERSION, true, withdraw},
    {DO_CONFIRM_POLICY, true, confirm},
    {DO_START_DRAFT, true, start_draft},
    {DO_SHOW_ACKNOWLEDGED, false, show_acknowledged},
    {DO_OPEN_FILE, false, open_document},
    {DO_TICK_CONTENTS, false, tick_contents},
};

unsigned policy_keys_act(struct app *app, int action, const int64_t *policies, size_t count) {
    for (size_t i = 0; i < COUNT(handlers); i++) {
        if (handlers[i].action != action) {
            continue;
        }
        size_t end = handlers[i].is_for_all || count == 0 ? count : 1;
        for (size_t policy = 0; policy < end; policy++) {
            handlers[i].act(app, policies[policy]);
        }
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    return OUTCOME_NONE;
}

static const struct binding bindings[] = {
    {.key = 'w',
     .action = DO_STEP_VERSION,
     .where = WHERE_WRITABLE,
     .name = "next-step",
     .label = "next step",
     .help = "draft to review, review to approved, approved: confirm as still right",
     .weight = 9},
    {.key = 'D',
     .action = DO_START_DRAFT,
     .where = WHERE_WRITABLE,
     .name = "draft",
     .label = "draft",
     .help = "begin the draft of a new version",
     .weight = 7},
    {.key = 'c',
     .action = DO_CONFIRM_POLICY,
     .where = WHERE_WRITABLE,
     .name = "confirm-review",
     .help = "confirm the approved version as still right, without a new one"},
    {.key = 'W',
     .action = DO_WITHDRAW_VERSION,
     .where = WHERE_WRITABLE,
     .name = "withdraw",
     .help = "withdraw the version in work, else the approved one, after asking"},
    {.key = 'p',
     .action = DO_SHOW_ACKNOWLEDGED,
     .name = "acknowledged",
     .label = "who confirmed",
     .help = "who has acknowledged the policy and who has not",
     .weight = 8},
    {.key = 'o',
     .action = DO_OPEN_FILE,
     .name = "open-file",
     .help = "open the document of the newest version to read it; t ticks what it holds"},
    {.key = 't',
     .action = DO_TICK_CONTENTS,
     .where = WHERE_WRITABLE,
     .name = "tick",
     .label = "5.2 a-d",
     .help = "tick the contents of 5.2 a to d while reading the policy",
     .weight = 5},
};

const struct binding_table policy_bindings = {
    .title = "Policies", .bindings = bindings, .count = COUNT(bindings)};
