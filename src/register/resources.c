/* Owns the description of resource; knows nothing of files or screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct choice resource_category_choices[] = {
    {.value = "people",
     .label = "people",
     .synonyms = "staff;personnel;human resources;hr;headcount;salaries"},
    {.value = "training", .label = "training", .synonyms = "awareness;education"},
    {.value = "technology",
     .label = "technology",
     .synonyms = "tools;software;hardware;tool;it;licences;licenses"},
    {.value = "consultancy",
     .label = "consultancy",
     .synonyms = "consulting;consultants;external services"},
    {.value = "audit", .label = "audit", .synonyms = "audits;certification"},
    {.value = "insurance", .label = "insurance", .synonyms = "cyber insurance"},
    {.value = "other", .label = "other"},
    {.value = NULL},
};

static const struct field resource_fields[] = {
    [RESOURCE_REF] =
        {
            .name = "ref",
            .label = "Ref",
            .help = "A short code for the budget line that stays for good, such as RES-01",
            .meaning = "",
            .synonyms = "id;resource id",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY,
            .width = 11,
        },
    [RESOURCE_YEAR] =
        {
            .name = "year",
            .label = "Year",
            .help = "The financial year in which it is spent",
            .meaning = "",
            .synonyms = "financial year;fiscal year",
            .type = FIELD_WHOLE,
            .flags = FIELD_REQUIRED,
            .least = 2000,
            .most = 2100,
            .width = 6,
        },
    [RESOURCE_CATEGORY] =
        {
            .name = "category",
            .label = "Category",
            .help = "What the money is spent on",
            .meaning = "",
            .synonyms = "type",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = resource_category_choices,
            .width = 12,
        },
    [RESOURCE_TITLE] =
        {
            .name = "title",
            .label = "Title",
            .help = "What is bought or who is paid, in a few words",
            .meaning = "",
            .synonyms = "resource;item;description",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 32,
        },
    [RESOURCE_RATIONALE] =
        {
            .name = "rationale",
            .label = "Rationale",
            .help = "Why it is worth the money, and which danger it makes smaller",
            .meaning = "why, and the risk appetite it fits",
            .synonyms = "justification;reason",
            .type = FIELD_LONG_TEXT,
        },
    [RESOURCE_PLANNED] =
        {
            .name = "planned",
            .label = "Planned",
            .help = "The amount asked for",
            .meaning = "",
            .synonyms = "planned amount;budget;plan",
            .type = FIELD_NUMBER,
            .width = 11,
        },
    [RESOURCE_APPROVED] =
        {
            .name = "approved",
            .label = "Approved",
            .help = "The amount that was granted",
            .meaning = "",
            .synonyms = "approved amount;approved budget",
            .type = FIELD_NUMBER,
            .width = 11,
        },
    [RESOURCE_SPENT] =
        {
            .name = "spent",
            .label = "Spent",
            .help = "The amount paid so far",
            .meaning = "",
            .synonyms = "actual;actuals;actual amount",
            .type = FIELD_NUMBER,
            .width = 11,
        },
    [RESOURCE_APPROVED_BY] =
        {
            .name = "approved_by",
            .label = "Approved by",
            .help = "Who of the leadership granted it",
            .meaning = "",
            .synonyms = "approver",
            .type = FIELD_PARTY,
            .flags = FIELD_APPROVAL,
        },
    [RESOURCE_APPROVED_ON] =
        {
            .name = "approved_on",
            .label = "Approved on",
            .help = "The day on which it was granted",
            .meaning = "",
            .synonyms = "approval date;date approved",
            .type = FIELD_DATE,
        },
    [RESOURCE_OBJECTIVE] =
        {
            .name = "objective",
            .label = "Objective",
            .help = "The objective that it pays for",
            .meaning = "",
            .synonyms = "objective ref;linked objective",
            .type = FIELD_REFERENCE,
            .target = REGISTER_OBJECTIVE,
            .width = 11,
        },
};
_Static_assert(COUNT(resource_fields) == RESOURCE_FIELDS, "one row per field");

const struct register_description register_resource = {
    .name = "resource",
    .label = "Resources",
    .singular = "resource",
    .meaning = "a line of the ISMS budget or resource plan",
    .help =
        "Money and people for security, year by year. A budget approved by the leadership is the plainest proof of its support.",
    .pane = "Resources",
    .ref_prefix = "RES-",
    .fields = resource_fields,
    .field_count = RESOURCE_FIELDS,
    .list_first = (const int[]){RESOURCE_TITLE, RESOURCE_YEAR, RESOURCE_PLANNED, RESOURCE_APPROVED,
                                RESOURCE_SPENT, RESOURCE_CATEGORY, -1},
    .key = {RESOURCE_REF},
    .key_count = 1,
};
