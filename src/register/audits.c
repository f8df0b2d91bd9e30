/* Owns the description of audit; knows nothing of files or screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct choice audit_kind_choices[] = {
    {.value = "self-assessment",
     .label = "self-assessment",
     .synonyms = "self assessment;gap analysis"},
    {.value = "internal",
     .label = "internal",
     .synonyms = "internal audit;internal isms audit;first party"},
    {.value = "stage 1", .label = "stage 1", .synonyms = "stage 1 audit"},
    {.value = "stage 2", .label = "stage 2", .synonyms = "stage 2 audit"},
    {.value = "surveillance",
     .label = "surveillance",
     .synonyms = "surveillance audit;surveillance audit 1;surveillance audit 2"},
    {.value = "recertification",
     .label = "recertification",
     .synonyms = "recertification audit;re-certification;re-certification audit"},
    {.value = "supplier",
     .label = "supplier",
     .synonyms = "supplier audit;second party;vendor audit"},
    {.value = NULL},
};

static const struct choice audit_method_choices[] = {
    {.value = "on-site",
     .label = "on-site",
     .synonyms = "onsite;on site;in person;physical;vor ort"},
    {.value = "remote", .label = "remote", .synonyms = "online;virtual"},
    {.value = "hybrid", .label = "hybrid", .synonyms = "mixed"},
    {.value = NULL},
};

static const struct choice audit_conclusion_choices[] = {
    {.value = "conforms", .label = "conforms"},
    {.value = "substantially conforms", .label = "substantially conforms"},
    {.value = "does not yet conform", .label = "does not yet conform"},
    {.value = "ready for stage 2", .label = "ready for stage 2"},
    {.value = "not ready for stage 2", .label = "not ready for stage 2"},
    {.value = NULL},
};

static const struct field audit_fields[] = {
    [AUDIT_REF] =
        {
            .name = "ref",
            .label = "Ref",
            .help = "A short code for the round, such as 2026-IA for the internal audit of 2026",
            .meaning = "such as 2026-IA",
            .synonyms = "id;audit id",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY,
            .width = 11,
        },
    [AUDIT_TITLE] =
        {
            .name = "title",
            .label = "Title",
            .help = "A name that tells it from other rounds",
            .meaning = "",
            .synonyms = "audit;audit title",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 32,
        },
    [AUDIT_KIND] =
        {
            .name = "kind",
            .label = "Kind",
            .help = "Who looks and why; start with a self-assessment to find out where you stand",
            .meaning = "",
            .synonyms = "type;audit type",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = audit_kind_choices,
            .width = 16,
        },
    [AUDIT_AUDITOR] =
        {
            .name = "auditor",
            .label = "Auditor",
            .help = "Who goes through the checklist; for an internal audit nobody who did the work",
            .meaning = "",
            .synonyms = "lead auditor;auditors",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 22,
        },
    [AUDIT_METHOD] =
        {
            .name = "method",
            .label = "Method",
            .help = "Whether you meet in person, by video or both",
            .meaning = "",
            .type = FIELD_CHOICE,
            .choices = audit_method_choices,
        },
    [AUDIT_STARTS_ON] =
        {
            .name = "starts_on",
            .label = "Starts on",
            .help = "The first day of the round",
            .meaning = "",
            .synonyms = "start date;start;date;audit date",
            .type = FIELD_DATE,
            .flags = FIELD_REQUIRED,
        },
    [AUDIT_ENDS_ON] =
        {
            .name = "ends_on",
            .label = "Ends on",
            .help = "The last day of talks and looking; leave empty until then",
            .meaning = "",
            .synonyms = "end date;end",
            .type = FIELD_DATE,
        },
    [AUDIT_SCOPE] =
        {
            .name = "scope",
            .label = "Scope",
            .help = "Which parts of the firm are looked at this time",
            .meaning = "",
            .synonyms = "audit scope",
            .type = FIELD_LONG_TEXT,
        },
    [AUDIT_CRITERIA] =
        {
            .name = "criteria",
            .label = "Criteria",
            .help = "Against what it is judged: the standard, your policies, contracts",
            .meaning = "what it is held against (9.2.2 a)",
            .synonyms = "audit criteria",
            .type = FIELD_LONG_TEXT,
        },
    [AUDIT_REPORTED_TO] =
        {
            .name = "reported_to",
            .label = "Reported to",
            .help = "Who got the report",
            .meaning = "9.2.2 c",
            .synonyms = "report to",
            .type = FIELD_TEXT,
        },
    [AUDIT_REPORTED_ON] =
        {
            .name = "reported_on",
            .label = "Reported on",
            .help = "The day on which the report was handed over",
            .meaning = "",
            .synonyms = "report date",
            .type = FIELD_DATE,
        },
    [AUDIT_PREVIOUS] =
        {
            .name = "previous",
            .label = "Previous",
            .help = "The earlier round whose notes and evidence are shown beside this one",
            .meaning = "the round it carries over from",
            .synonyms = "previous audit",
            .type = FIELD_REFERENCE,
            .target = REGISTER_AUDIT,
            .width = 11,
        },
    [AUDIT_CONCLUSION] =
        {
            .name = "conclusion",
            .label = "Conclusion",
            .help = "The verdict on the whole, in one of the usual phrases",
            .meaning = "",
            .type = FIELD_CHOICE,
            .choices = audit_conclusion_choices,
        },
    [AUDIT_SUMMARY] =
        {
            .name = "summary",
            .label = "Summary",
            .help = "The most important things found, good and bad, in a few sentences",
            .meaning = "",
            .synonyms = "executive summary",
            .type = FIELD_LONG_TEXT,
        },
    [AUDIT_ACCEPTED_BY] =
        {
            .name = "accepted_by",
            .label = "Accepted by",
            .help = "Who in the firm took note of the results",
            .meaning = "who of the audited organisation took the result",
            .type = FIELD_PARTY,
            .width = 22,
        },
    [AUDIT_ACCEPTED_ON] =
        {
            .name = "accepted_on",
            .label = "Accepted on",
            .help = "The day of that",
            .meaning = "",
            .type = FIELD_DATE,
        },
    [AUDIT_CLOSED_ON] =
        {
            .name = "closed_on",
            .label = "Closed on",
            .help = "The day after which nothing is changed any more; set when you close the round",
            .meaning = "a closed round can no longer be changed, only reopened with a reason",
            .synonyms = "closed",
            .type = FIELD_DATE,
            .flags = FIELD_SET_BY_PROGRAM,
        },
    [AUDIT_CLOSING_HEAD] =
        {
            .name = "closing_head",
            .label = "Closing head",
            .help = "A seal of all entries at that moment; it shows later changes",
            .meaning = "head of the history when it was closed; set by the program",
            .type = FIELD_TEXT,
            .flags = FIELD_SET_BY_PROGRAM,
            .width = 14,
        },
};
_Static_assert(COUNT(audit_fields) == AUDIT_FIELDS, "one row per field");

const struct register_description register_audit = {
    .name = "audit",
    .label = "Audits",
    .singular = "audit",
    .meaning = "one round of walking the checklist",
    .help =
        "Rounds of going through the checklist: your own self-assessment first, then internal audits and those of others. Each keeps its own results.",
    .pane = "Checklist",
    .fields = audit_fields,
    .field_count = AUDIT_FIELDS,
    .list_first = (const int[]){AUDIT_TITLE, AUDIT_KIND, AUDIT_STARTS_ON, AUDIT_ENDS_ON,
                                AUDIT_AUDITOR, AUDIT_CONCLUSION, -1},
    .key = {AUDIT_REF},
    .key_count = 1,
};
