/* Owns closing a round and opening it again; which rounds may be closed is a rule
 * (checklist_rules.c). */
#include "clause5/rules/workflow.h"

#include <stdlib.h>

#include "clause5/base/text.h"
#include "clause5/rules/edit.h"
#include "clause5/store/batch.h"
#include "clause5/store/history.h"
#include "rules/step.h"

static bool load_round(struct workbook *workbook, int64_t audit, struct record *round,
                       struct fault *fault) {
    enum lookup found = record_load(workbook, REGISTER_AUDIT, audit, round, fault);
    if (found == LOOKUP_NONE) {
        fault_set(fault, FAULT_REFUSED, "the round is no longer there: go back to the list");
    }
    return found == LOOKUP_FOUND;
}

static void set_text(struct value *value, const char *text) {
    value_free(value);
    *value = value_of_text(text);
}

static bool store_closed(struct workbook *workbook, const struct record *round,
                         struct fault *fault) {
    struct buffer label = {0};
    struct step step;
    buffer_addf(&label, "close %s", value_text(&round->values[AUDIT_REF]));
    bool is_stored = step_begin(&step, workbook, buffer_text(&label), fault);
    if (is_stored) {
        is_stored = edit_update(workbook, REGISTER_AUDIT, round->id, round->values, fault);
        is_stored = step_end(&step, is_stored, fault);
    }
    buffer_free(&label);
    return is_stored;
}

bool workflow_close_round(struct workbook *workbook, int64_t audit, const char *conclusion,
                          struct fault *fault) {
    char head[HISTORY_HEAD_SIZE];
    char today[DATE_TEXT_SIZE];
    struct record round = {0};
    if (!history_head(workbook, head, fault) || !load_round(workbook, audit, &round, fault)) {
        return false;
    }
    workbook_print_today(workbook, today);
    set_text(&round.values[AUDIT_CLOSED_ON], today);
    set_text(&round.values[AUDIT_CLOSING_HEAD], head);
    if (conclusion != NULL) {
        set_text(&round.values[AUDIT_CONCLUSION], conclusion);
    }
    bool is_stored = store_closed(workbook, &round, fault);
    record_free(&round);
    return is_stored;
}

/* The one change that a closed round takes, past the rule that forbids all others. */
static bool store_reopened(struct workbook *workbook, struct record *round, const char *reason,
                           struct fault *fault) {
    struct buffer label = {0};
    struct step step;
    buffer_addf(&label, "reopen %s: %s", value_text(&round->values[AUDIT_REF]), reason);
    bool is_stored = step_begin(&step, workbook, buffer_text(&label), fault);
    if (is_stored) {
        value_free(&round->values[AUDIT_CLOSED_ON]);
        value_free(&round->values[AUDIT_CLOSING_HEAD]);
        is_stored = batch_update(workbook, REGISTER_AUDIT, round->id, round->values, fault);
        is_stored = step_end(&step, is_stored, fault);
    }
    buffer_free(&label);
    return is_stored;
}

bool workflow_reopen_round(struct workbook *workbook, int64_t audit, const char *reason,
                           struct fault *fault) {
    char *said = text_trim(reason);
    struct record round = {0};
    bool is_stored = false;
    if (said[0] == '\0') {
        fault_set(fault, FAULT_REFUSED,
                  "a closed round is reopened only with a reason: say why, for the history");
    } else if (load_round(workbook, audit, &round, fault)) {
        is_stored = round.values[AUDIT_CLOSED_ON].kind != VALUE_EMPTY
                        ? store_reopened(workbook, &round, said, fault)
                        : fault_refuse_field(fault, AUDIT_CLOSED_ON,
                                             "audit %s is open already, so it need not be reopened",
                                             value_text(&round.values[AUDIT_REF]));
        record_free(&round);
    }
    free(said);
    return is_stored;
}
