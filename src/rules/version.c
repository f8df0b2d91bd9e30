/* Owns the steps of a policy version: which may follow which, and what each sets. Knows no form. */
#include "clause5/rules/workflow.h"

#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "rules/ask.h"
#include "rules/step.h"

enum { REVIEW_MONTHS = 12 }; /* registers.tsv, policy.review_months: the default */

enum version_status { DRAFT, IN_REVIEW, APPROVED, SUPERSEDED, WITHDRAWN, VERSION_STATUSES };

static const char *const status_words[] = {
    [DRAFT] = "draft",           [IN_REVIEW] = "in review", [APPROVED] = "approved",
    [SUPERSEDED] = "superseded", [WITHDRAWN] = "withdrawn",
};
_Static_assert(COUNT(status_words) == VERSION_STATUSES, "one word per status");

#define STATUS_BIT(status) (1u << (status))

static const struct {
    const char *word;
    unsigned from; /* the statuses that may take it */
    enum version_status to;
} steps[] = {
    [VERSION_SUBMIT] = {"submit for review", STATUS_BIT(DRAFT), IN_REVIEW},
    [VERSION_APPROVE] = {"approve", STATUS_BIT(DRAFT) | STATUS_BIT(IN_REVIEW), APPROVED},
    [VERSION_CONFIRM] = {"confirm", STATUS_BIT(APPROVED), APPROVED},
    [VERSION_WITHDRAW] = {"withdraw",
                          STATUS_BIT(DRAFT) | STATUS_BIT(IN_REVIEW) | STATUS_BIT(APPROVED),
                          WITHDRAWN},
};
_Static_assert(COUNT(steps) == VERSION_STEPS, "one row per step");

static const enum version_step next_steps[] = {
    [DRAFT] = VERSION_SUBMIT,       [IN_REVIEW] = VERSION_APPROVE, [APPROVED] = VERSION_CONFIRM,
    [SUPERSEDED] = VERSION_NO_STEP, [WITHDRAWN] = VERSION_NO_STEP,
};
_Static_assert(COUNT(next_steps) == VERSION_STATUSES, "one step per status");

/* Every stored status is one of the words. */
static enum version_status status_of(const struct value *status) {
    for (int i = 0; i < VERSION_STATUSES; i++) {
        if (strcmp(status_words[i], value_text(status)) == 0) {
            return (enum version_status)i;
        }
    }
    return WITHDRAWN;
}

const char *version_step_word(enum version_step step) {
    return step == VERSION_NO_STEP ? "" : steps[step].word;
}

enum version_step version_next_step(const struct value *status) {
    return next_steps[status_of(status)];
}

bool version_may_step(const struct value *status, enum version_step step) {
    return step != VERSION_NO_STEP && (steps[step].from & STATUS_BIT(status_of(status))) != 0;
}

static void set_text(struct value *value, const char *text) {
    value_free(value);
    *value = value_of_text(text);
}

static void set_day(struct value *value, date_days day) {
    char text[DATE_TEXT_SIZE];
    date_print(day, text);
    set_text(value, text);
}

/* What a step works with. */
struct stepping {
    struct workbook *workbook;
    struct record version;
    enum version_step step;
    const struct version_details *details;
    date_days on;
};

/* product.md: approving supersedes the one before. */
static bool supersede_others(const struct stepping *stepping, struct fault *fault) {
    struct asker asker = {.workbook = stepping->workbook};
    struct whole_list others = {0};
    const struct question question = {
        .sql = "SELECT id FROM policy_version"
               " WHERE policy = :policy AND id <> :id AND status = 'approved' ORDER BY id",
        .arguments = {{":policy", .whole = stepping->version.values[POLICY_VERSION_POLICY].whole},
                      {":id", .whole = stepping->version.id}}};
    bool is_stored = ask_all(&asker, &question, &others, fault);
    asker_close(&asker);
    for (size_t i = 0; is_stored && i < others.count; i++) {
        struct record other = {.register_id = REGISTER_POLICY_VERSION, .id = others.items[i]};
        struct value superseded = value_of_text(status_words[SUPERSEDED]);
        is_stored = edit_set(stepping->workbook, &other, POLICY_VERSION_STATUS, &superseded, fault);
        value_free(&superseded);
    }
    whole_list_free(&others);
    return is_stored;
}

/* registers.tsv, policy.next_review_on: set from the cycle on approval and on each review. */
static bool set_next_review(const struct stepping *stepping, date_days from, struct fault *fault) {
    struct record policy = {0};
    int64_t id = stepping->version.values[POLICY_VERSION_POLICY].whole;
    if (record_load(stepping->workbook, REGISTER_POLICY, id, &policy, fault) != LOOKUP_FOUND) {
        return false;
    }
    const struct value *cycle = &policy.values[POLICY_REVIEW_MONTHS];
    int months = cycle->kind == VALUE_WHOLE ? (int)cycle->whole : REVIEW_MONTHS;
    set_day(&policy.values[POLICY_NEXT_REVIEW_ON], date_add_months(from, months));
    bool is_stored = edit_update(stepping->workbook, REGISTER_POLICY, id, policy.values, fault);
    record_free(&policy);
    return is_stored;
}

static bool approve(struct stepping *stepping, struct fault *fault) {
    const struct version_details *details = stepping->details;
    struct value *values = stepping->version.values;
    date_days from = stepping->on;
    if (details->approved_by != 0) {
        value_free(&values[POLICY_VERSION_APPROVED_BY]);
        values[POLICY_VERSION_APPROVED_BY] = value_of_whole(details->approved_by);
    }
    set_day(&values[POLICY_VERSION_APPROVED_ON], stepping->on);
    if (details->has_effective_day) {
        set_day(&values[POLICY_VERSION_EFFECTIVE_ON], details->effective_on);
    }
    /* What the draft says already about its start holds. */
    if (values[POLICY_VERSION_EFFECTIVE_ON].kind != VALUE_EMPTY) {
        date_parse(value_text(&values[POLICY_VERSION_EFFECTIVE_ON]), &from);
    }
    return supersede_others(stepping, fault) && set_next_review(stepping, from, fault);
}

static bool confirm(struct stepping *stepping, struct fault *fault) {
    set_day(&stepping->version.values[POLICY_VERSION_REVIEWED_ON], stepping->on);
    return set_next_review(stepping, stepping->on, fault);
}

static bool carry_out(struct stepping *stepping, struct fault *fault) {
    static bool (*const effects[])(struct stepping *, struct fault *) = {
        [VERSION_APPROVE] = approve,
        [VERSION_CONFIRM] = confirm,
        [VERSION_WITHDRAW] = NULL,
    };
    struct record *version = &stepping->version;
    set_text(&version->values[POLICY_VERSION_STATUS], status_words[steps[stepping->step].to]);
    return (effects[stepping->step] == NULL || effects[stepping->step](stepping, fault)) &&
           edit_update(stepping->workbook, REGISTER_POLICY_VERSION, version->id, version->values,
                       fault);
}

/* Says whether the step may be taken, else why not. */
static bool check_step(struct stepping *stepping, const char *name, struct fault *fault) {
    const struct value *status = &stepping->version.values[POLICY_VERSION_STATUS];
    if (version_may_step(status, stepping->step)) {
        return true;
    }
    const char *next = version_step_word(version_next_step(status));
    return fault_refuse_field(fault, POLICY_VERSION_STATUS,
                              "version %s is %s, so this step (%s) cannot be taken: %s%s", name,
                              value_text(status), version_step_word(stepping->step),
                              next[0] != '\0' ? "the next one is to " : "begin a new draft", next);
}

static bool step_version(struct stepping *stepping, const char *name, struct fault *fault) {
    struct buffer label = {0};
    struct step step;
    buffer_addf(&label, "%s %s", version_step_word(stepping->step), name);
    bool is_stored = check_step(stepping, name, fault) &&
                     step_begin(&step, stepping->workbook, buffer_text(&label), fault);
    if (is_stored) {
        is_stored = step_end(&step, carry_out(stepping, fault), fault);
    }
    buffer_free(&label);
    return is_stored;
}

/* Appends "POL-001 2.0". */
static bool print_name(struct workbook *workbook, const struct record *version, struct buffer *out,
                       struct fault *fault) {
    enum lookup found = record_print_key_of(
        workbook, REGISTER_POLICY, version->values[POLICY_VERSION_POLICY].whole, out, fault);
    buffer_addf(out, " %s", value_text(&version->values[POLICY_VERSION_VERSION]));
    return found != LOOKUP_FAULT;
}

bool version_take_step(struct workbook *workbook, int64_t version, enum version_step step,
                       const struct version_details *details, struct fault *fault) {
    static const struct version_details no_details = {0};
    struct stepping stepping = {
        .workbook = workbook, .step = step, .details = details != NULL ? details : &no_details};
    struct buffer name = {0};
    stepping.on = stepping.details->has_day ? stepping.details->on : workbook_today(workbook);
    enum lookup found =
        record_load(workbook, REGISTER_POLICY_VERSION, version, &stepping.version, fault);
    if (found == LOOKUP_NONE) {
        return fault_set(fault, FAULT_REFUSED,
                         "the version is no longer there: go back to the list");
    }
    if (found == LOOKUP_FAULT) {
        return false;
    }
    bool is_stored = print_name(workbook, &stepping.version, &name, fault) &&
                     step_version(&stepping, buffer_text(&name), fault);
    buffer_free(&name);
    record_free(&stepping.version);
    return is_stored;
}
