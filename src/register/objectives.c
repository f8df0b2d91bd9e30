/* Owns the description of objective; knows nothing of files or screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct choice objective_status_choices[] = {
    {.value = "not started",
     .label = "not started",
     .synonyms = "planned;open;pending;not yet started"},
    {.value = "on track", .label = "on track", .synonyms = "green;on schedule"},
    {.value = "at risk", .label = "at risk", .synonyms = "amber;yellow;orange;in danger"},
    {.value = "off track", .label = "off track", .synonyms = "red;behind;delayed;late;overdue"},
    {.value = "achieved",
     .label = "achieved",
     .synonyms = "done;completed;complete;reached;met;closed"},
    {.value = "not achieved",
     .label = "not achieved",
     .synonyms = "missed;failed;not met;not reached"},
    {.value = "cancelled", .label = "cancelled", .synonyms = "canceled;dropped;withdrawn"},
    {.value = NULL},
};

static const struct field objective_fields[] = {
    [OBJECTIVE_REF] =
        {
            .name = "ref",
            .label = "Ref",
            .help = "A short code for the objective that stays for good, such as OBJ-01",
            .meaning = "",
            .synonyms = "id;objective id",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY,
            .width = 11,
        },
    [OBJECTIVE_TITLE] =
        {
            .name = "title",
            .label = "Title",
            .help = "What will be better and by how much, in one sentence",
            .meaning = "",
            .synonyms = "objective;goal;security objective",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 36,
        },
    [OBJECTIVE_POLICY] =
        {
            .name = "policy",
            .label = "Policy",
            .help = "The document whose promise it helps to keep",
            .meaning = "the policy it follows from (6.2 a)",
            .synonyms = "policy ref;linked policy",
            .type = FIELD_REFERENCE,
            .target = REGISTER_POLICY,
            .width = 11,
        },
    [OBJECTIVE_BUSINESS_GOAL] =
        {
            .name = "business_goal",
            .label = "Business goal",
            .help = "How it helps the firm earn trust, save money or grow",
            .meaning = "the goal of the organisation it supports",
            .synonyms = "business objective",
            .type = FIELD_LONG_TEXT,
        },
    [OBJECTIVE_RISK] =
        {
            .name = "risk",
            .label = "Risk",
            .help = "The danger it makes smaller, or the rule that asks for it",
            .meaning = "risk or requirement it answers (6.2 c)",
            .synonyms = "linked risk;linked iso clause / risk;linked iso clause/risk",
            .type = FIELD_LONG_TEXT,
        },
    [OBJECTIVE_OBLIGATION] =
        {
            .name = "obligation",
            .label = "Obligation",
            .help = "The law or contract that makes it necessary",
            .meaning = "",
            .synonyms = "obligation ref",
            .type = FIELD_REFERENCE,
            .target = REGISTER_OBLIGATION,
            .width = 11,
        },
    [OBJECTIVE_PLAN] =
        {
            .name = "plan",
            .label = "Plan",
            .help = "The steps in order, each small enough to be ticked off",
            .meaning = "what will be done (6.2 h)",
            .synonyms = "action plan;actions;activities",
            .type = FIELD_LONG_TEXT,
        },
    [OBJECTIVE_RESOURCES] =
        {
            .name = "resources",
            .label = "Resources",
            .help = "People, hours, money and tools, roughly",
            .meaning = "what is needed (6.2 i)",
            .synonyms = "budget;resources required",
            .type = FIELD_LONG_TEXT,
        },
    [OBJECTIVE_OWNER] =
        {
            .name = "owner",
            .label = "Owner",
            .help = "The one role or person who has to make it happen",
            .meaning = "who is responsible (6.2 j)",
            .synonyms = "responsible;objective owner",
            .type = FIELD_PARTY,
        },
    [OBJECTIVE_STARTS_ON] =
        {
            .name = "starts_on",
            .label = "Starts on",
            .help = "The day on which work begins",
            .meaning = "",
            .synonyms = "start date;start",
            .type = FIELD_DATE,
        },
    [OBJECTIVE_DUE_ON] =
        {
            .name = "due_on",
            .label = "Due on",
            .help = "The day on which it has to be reached",
            .meaning = "when it is complete (6.2 k)",
            .synonyms = "due date;deadline;target date;due",
            .type = FIELD_DATE,
        },
    [OBJECTIVE_EVALUATION] =
        {
            .name = "evaluation",
            .label = "Evaluation",
            .help = "How you will tell whether it worked; a measure under KPIs is best",
            .meaning = "how results are judged (6.2 l)",
            .synonyms = "evaluation method",
            .type = FIELD_LONG_TEXT,
        },
    [OBJECTIVE_STATUS] =
        {
            .name = "status",
            .label = "Status",
            .help = "How it looks today; be honest, the measures are shown beside it",
            .meaning = "",
            .synonyms = "state",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = objective_status_choices,
            .width = 12,
        },
    [OBJECTIVE_APPROVED_BY] =
        {
            .name = "approved_by",
            .label = "Approved by",
            .help = "Who of the leadership agreed to it",
            .meaning = "",
            .synonyms = "approver",
            .type = FIELD_PARTY,
            .flags = FIELD_APPROVAL,
        },
    [OBJECTIVE_APPROVED_ON] =
        {
            .name = "approved_on",
            .label = "Approved on",
            .help = "The day of that agreement",
            .meaning = "",
            .synonyms = "approval date;date approved",
            .type = FIELD_DATE,
        },
    [OBJECTIVE_COMMUNICATED_ON] =
        {
            .name = "communicated_on",
            .label = "Communicated on",
            .help = "The day on which those who work on it were told",
            .meaning = "",
            .synonyms = "communicated",
            .type = FIELD_DATE,
        },
    [OBJECTIVE_AUDIENCE] =
        {
            .name = "audience",
            .label = "Audience",
            .help = "Whom you told: departments, jobs or everybody",
            .meaning = "",
            .type = FIELD_TEXT,
        },
    [OBJECTIVE_REVIEWED_ON] =
        {
            .name = "reviewed_on",
            .label = "Reviewed on",
            .help = "When you last asked whether it is still the right objective",
            .meaning = "last updated as appropriate (6.2 f)",
            .synonyms = "last review;last reviewed;last review date",
            .type = FIELD_DATE,
        },
    [OBJECTIVE_REVIEW_MONTHS] =
        {
            .name = "review_months",
            .label = "Review cycle, months",
            .help = "How many months may pass until you ask that again",
            .meaning = "default 12",
            .synonyms = "review cycle;review frequency",
            .type = FIELD_WHOLE,
            .least = 1,
            .most = 60,
            .width = 6,
        },
};
_Static_assert(COUNT(objective_fields) == OBJECTIVE_FIELDS, "one row per field");

const struct register_description register_objective = {
    .name = "objective",
    .label = "Objectives",
    .singular = "objective",
    .meaning = "an information security objective",
    .help =
        "What you want to reach in security, each with a plan, a date and somebody in charge. Three to six are enough for a small firm.",
    .pane = "Objectives",
    .ref_prefix = "OBJ-",
    .fields = objective_fields,
    .field_count = OBJECTIVE_FIELDS,
    .list_first = (const int[]){OBJECTIVE_TITLE, OBJECTIVE_OWNER, OBJECTIVE_DUE_ON,
                                OBJECTIVE_STATUS, OBJECTIVE_POLICY, -1},
    .key = {OBJECTIVE_REF},
    .key_count = 1,
};
