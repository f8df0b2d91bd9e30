/* Owns what a new record is proposed to begin with; must not know the form that shows it. */
#include "panes/record/record_proposals.h"

#include <stdlib.h>

#include "clause5/base/date.h"
#include "clause5/base/memory.h"
#include "clause5/register/fields.h"
#include "clause5/store/record.h"

enum proposal_kind { PROPOSE_TODAY, PROPOSE_YEAR, PROPOSE_CHOICE };

static const struct proposal {
    enum register_id register_id;
    int field;
    enum proposal_kind kind;
    const char *choice; /* of PROPOSE_CHOICE */
} proposals[] = {
    {REGISTER_ACKNOWLEDGEMENT, ACKNOWLEDGEMENT_ACKNOWLEDGED_ON, PROPOSE_TODAY, NULL},
    {REGISTER_MEASUREMENT, MEASUREMENT_MEASURED_ON, PROPOSE_TODAY, NULL},
    {REGISTER_SAMPLE, SAMPLE_DRAWN_ON, PROPOSE_TODAY, NULL},
    {REGISTER_ACTION, ACTION_RAISED_ON, PROPOSE_TODAY, NULL},
    {REGISTER_RESOURCE, RESOURCE_YEAR, PROPOSE_YEAR, NULL},
    {REGISTER_ACTION, ACTION_STATUS, PROPOSE_CHOICE, "open"},
    {REGISTER_OBJECTIVE, OBJECTIVE_STATUS, PROPOSE_CHOICE, "not started"},
    {REGISTER_POLICY_VERSION, POLICY_VERSION_STATUS, PROPOSE_CHOICE, "draft"},
    {REGISTER_REVIEW_INPUT, REVIEW_INPUT_STATE, PROPOSE_CHOICE, "open"},
};

static struct value make(const struct proposal *proposal, date_days today) {
    char day[DATE_TEXT_SIZE];
    switch (proposal->kind) {
    case PROPOSE_TODAY:
        date_print(today, day);
        return value_of_text(day);
    case PROPOSE_YEAR:
        return value_of_whole(date_to_parts(today).year);
    case PROPOSE_CHOICE:
        break;
    }
    return value_of_text(proposal->choice);
}

static void fill_ref(struct workbook *workbook, enum register_id register_id, struct value *values,
                     bool *is_proposed) {
    const struct register_description *described = register_describe(register_id);
    int field = described->key[0];
    if (described->key_count != 1 || values[field].kind != VALUE_EMPTY) {
        return;
    }
    char *ref = record_propose_ref(workbook, register_id);
    if (ref != NULL) {
        values[field] = value_of_text(ref);
        is_proposed[field] = true;
    }
    free(ref);
}

void record_proposals_fill(struct workbook *workbook, enum register_id register_id,
                           struct value *values, bool *is_proposed) {
    fill_ref(workbook, register_id, values, is_proposed);
    for (size_t i = 0; i < COUNT(proposals); i++) {
        const struct proposal *proposal = &proposals[i];
        if (proposal->register_id == register_id && values[proposal->field].kind == VALUE_EMPTY) {
            values[proposal->field] = make(proposal, workbook_clock(workbook)->today);
            is_proposed[proposal->field] = true;
        }
    }
}
