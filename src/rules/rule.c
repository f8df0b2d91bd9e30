/* Owns which rules each register keeps; knows none of them. Registers without a line keep what
 * their description says and no more. */
#include "rules/rule.h"

#include "clause5/base/memory.h"

static const struct register_rules rules[REGISTER_COUNT] = {
    [REGISTER_WORKBOOK] = {.at_once = workbook_rules},
    [REGISTER_PERSON] = {.at_once = person_rules},
    [REGISTER_POLICY] = {.at_end = policy_rules_at_end},
    [REGISTER_POLICY_VERSION] = {.at_once = policy_version_rules,
                                 .at_end = policy_version_rules_at_end},
    [REGISTER_TRANSLATION] = {.at_end = translation_rules_at_end},
    [REGISTER_ACKNOWLEDGEMENT] = {.at_end = acknowledgement_rules_at_end,
                                  .all_keep = acknowledgement_versions_exist},
    [REGISTER_ROLE] = {.at_once = role_rules, .at_end = role_rules_at_end},
    [REGISTER_COMMUNICATION] = {.at_once = communication_rules},
    [REGISTER_KPI] = {.at_once = kpi_rules},
    [REGISTER_REQUIREMENT] = {.at_once = requirement_rules, .at_end = requirement_rules_at_end},
    [REGISTER_AUDIT] = {.at_once = audit_rules, .at_end = audit_rules_at_end},
    [REGISTER_ASSESSMENT] = {.at_once = assessment_rules, .at_end = assessment_rules_at_end},
    [REGISTER_SAMPLE] = {.at_once = sample_rules, .at_end = sample_rules_at_end},
    [REGISTER_EVIDENCE_LINK] = {.at_once = evidence_link_rules,
                                .at_end = evidence_link_rules_at_end},
    [REGISTER_EXCEPTION] = {.at_once = exception_rules, .at_end = exception_rules_at_end},
};

const struct register_rules *rules_of(enum register_id register_id) {
    return &rules[register_id];
}

/* What every register keeps. */
static row_check *const field_rules[] = {
    check_values_fit,
    check_required,
    complete_approvals,
    NULL,
};

bool row_check_list(row_check *const *list, struct row *row, struct fault *fault) {
    for (int i = 0; list != NULL && list[i] != NULL; i++) {
        if (!list[i](row, fault)) {
            return false;
        }
    }
    return true;
}

bool row_check_at_once(struct row *row, struct fault *fault) {
    return row_check_list(field_rules, row, fault) &&
           row_check_list(rules[row->register_id].at_once, row, fault);
}
