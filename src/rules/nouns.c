/* Owns the plurals of records; knows no rule. */
#include "rules/nouns.h"

#include <ctype.h>
#include <inttypes.h>

#include "clause5/base/memory.h"

/* A register's label is a heading and its plural need not stand in a sentence ("Evidence"). */
static const char *const plurals[] = {
    [REGISTER_WORKBOOK] = "workbooks",
    [REGISTER_PERSON] = "people",
    [REGISTER_POLICY] = "policies",
    [REGISTER_POLICY_VERSION] = "versions",
    [REGISTER_TRANSLATION] = "translations",
    [REGISTER_ACKNOWLEDGEMENT] = "acknowledgements",
    [REGISTER_OBLIGATION] = "obligations",
    [REGISTER_POLICY_OBLIGATION] = "policy obligations",
    [REGISTER_ROLE] = "roles",
    [REGISTER_ACTIVITY] = "activities",
    [REGISTER_RESPONSIBILITY] = "responsibilities",
    [REGISTER_COURSE] = "courses",
    [REGISTER_ROLE_COURSE] = "courses of roles",
    [REGISTER_TRAINING] = "trainings",
    [REGISTER_COMMUNICATION] = "communications",
    [REGISTER_OBJECTIVE] = "objectives",
    [REGISTER_KPI] = "KPIs",
    [REGISTER_MEASUREMENT] = "measurements",
    [REGISTER_REQUIREMENT] = "requirements",
    [REGISTER_AUDIT] = "audits",
    [REGISTER_ASSESSMENT] = "assessments",
    [REGISTER_SAMPLE] = "samples",
    [REGISTER_EVIDENCE] = "pieces of evidence",
    [REGISTER_EVIDENCE_LINK] = "evidence links",
    [REGISTER_REVIEW] = "reviews",
    [REGISTER_ATTENDANCE] = "attendances",
    [REGISTER_REVIEW_INPUT] = "review inputs",
    [REGISTER_DECISION] = "decisions",
    [REGISTER_ACTION] = "actions",
    [REGISTER_RESOURCE] = "resources",
    [REGISTER_EXCEPTION] = "exceptions",
};
_Static_assert(COUNT(plurals) == REGISTER_COUNT, "one plural per register");

void noun_add_count(struct buffer *out, enum register_id register_id, int64_t count) {
    const char *noun = count == 1 ? register_describe(register_id)->singular : plurals[register_id];
    buffer_addf(out, "%" PRId64 " %s", count, noun);
}

char *noun_within_sentence(const char *label) {
    char *noun = memory_copy_text(label);
    if (noun[0] != '\0' && !isupper((unsigned char)noun[1])) {
        noun[0] = (char)tolower((unsigned char)noun[0]);
    }
    return noun;
}
