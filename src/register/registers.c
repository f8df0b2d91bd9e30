/* Owns the order of the registers and finding them by name. */
#include "clause5/register/register.h"

#include <string.h>

#include "clause5/base/memory.h"
#include "register/tables.h"

static const struct register_description *const registers[] = {
    [REGISTER_WORKBOOK] = &register_workbook,
    [REGISTER_PERSON] = &register_person,
    [REGISTER_POLICY] = &register_policy,
    [REGISTER_POLICY_VERSION] = &register_policy_version,
    [REGISTER_TRANSLATION] = &register_translation,
    [REGISTER_ACKNOWLEDGEMENT] = &register_acknowledgement,
    [REGISTER_OBLIGATION] = &register_obligation,
    [REGISTER_POLICY_OBLIGATION] = &register_policy_obligation,
    [REGISTER_ROLE] = &register_role,
    [REGISTER_ACTIVITY] = &register_activity,
    [REGISTER_RESPONSIBILITY] = &register_responsibility,
    [REGISTER_COURSE] = &register_course,
    [REGISTER_ROLE_COURSE] = &register_role_course,
    [REGISTER_TRAINING] = &register_training,
    [REGISTER_COMMUNICATION] = &register_communication,
    [REGISTER_OBJECTIVE] = &register_objective,
    [REGISTER_KPI] = &register_kpi,
    [REGISTER_MEASUREMENT] = &register_measurement,
    [REGISTER_REQUIREMENT] = &register_requirement,
    [REGISTER_AUDIT] = &register_audit,
    [REGISTER_ASSESSMENT] = &register_assessment,
    [REGISTER_SAMPLE] = &register_sample,
    [REGISTER_EVIDENCE] = &register_evidence,
    [REGISTER_EVIDENCE_LINK] = &register_evidence_link,
    [REGISTER_REVIEW] = &register_review,
    [REGISTER_ATTENDANCE] = &register_attendance,
    [REGISTER_REVIEW_INPUT] = &register_review_input,
    [REGISTER_DECISION] = &register_decision,
    [REGISTER_ACTION] = &register_action,
    [REGISTER_RESOURCE] = &register_resource,
    [REGISTER_EXCEPTION] = &register_exception,
};
_Static_assert(COUNT(registers) == REGISTER_COUNT, "one row per register");
_Static_assert((int)ACTION_FIELDS == (int)REGISTER_FIELDS_MOST,
               "the widest register sets the bound");

const struct register_description *register_describe(enum register_id id) {
    return registers[id];
}

enum register_id register_find(const char *name) {
    for (int id = 0; id < REGISTER_COUNT; id++) {
        if (strcmp(registers[id]->name, name) == 0) {
            return (enum register_id)id;
        }
    }
    return REGISTER_NONE;
}

int register_find_field(enum register_id id, const char *name) {
    for (int field = 0; field < registers[id]->field_count; field++) {
        if (strcmp(registers[id]->fields[field].name, name) == 0) {
            return field;
        }
    }
    return -1;
}

bool register_is_key_field(enum register_id id, int field) {
    for (int part = 0; part < registers[id]->key_count; part++) {
        if (registers[id]->key[part] == field) {
            return true;
        }
    }
    return false;
}
