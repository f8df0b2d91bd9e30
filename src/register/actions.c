/* Owns the description of action; knows nothing of files or screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct choice action_source_choices[] = {
    {.value = "finding",
     .label = "finding",
     .synonyms = "audit;audit finding;internal audit;external audit;nonconformity"},
    {.value = "management review",
     .label = "management review",
     .synonyms = "review;management review meeting"},
    {.value = "incident", .label = "incident", .synonyms = "security incident;event"},
    {.value = "feedback",
     .label = "feedback",
     .synonyms = "customer complaint;complaint;suggestion;customer feedback;employee suggestion"},
    {.value = "kpi", .label = "KPI", .synonyms = "metric;measurement;performance"},
    {.value = "risk", .label = "risk", .synonyms = "risk assessment;risk treatment"},
    {.value = "plan", .label = "plan", .synonyms = "project;objective"},
    {.value = "check", .label = "check", .synonyms = "gap"},
    {.value = "other", .label = "other"},
    {.value = NULL},
};

static const struct choice action_cause_method_choices[] = {
    {.value = "none", .label = "none", .synonyms = "n/a"},
    {.value = "5 whys", .label = "5 whys", .synonyms = "five whys;5 why;5-why;why-why"},
    {.value = "ishikawa",
     .label = "Ishikawa",
     .synonyms = "fishbone;fishbone diagram;cause and effect"},
    {.value = "other", .label = "other", .synonyms = "fmea;fault tree"},
    {.value = NULL},
};

static const struct choice action_status_choices[] = {
    {.value = "open",
     .label = "open",
     .synonyms = "new;not started;todo;to do;pending;planned;not yet started;offen"},
    {.value = "in progress",
     .label = "in progress",
     .synonyms = "ongoing;started;in work;wip;working;under way;underway;in arbeit;doing"},
    {.value = "done",
     .label = "done",
     .synonyms = "completed;complete;implemented;finished;resolved;fixed;erledigt;umgesetzt"},
    {.value = "verified", .label = "verified", .synonyms = "effective;effectiveness verified"},
    {.value = "closed", .label = "closed", .synonyms = "geschlossen;complete and verified"},
    {.value = "cancelled",
     .label = "cancelled",
     .synonyms = "canceled;rejected;withdrawn;dropped;abgebrochen"},
    {.value = NULL},
};

static const struct field action_fields[] = {
    [ACTION_REF] =
        {
            .name = "ref",
            .label = "Ref",
            .help = "A short code for the action that stays for good, such as CA-001",
            .meaning = "",
            .synonyms = "id;action id;capa id;no",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY,
            .width = 13,
        },
    [ACTION_TITLE] =
        {
            .name = "title",
            .label = "Title",
            .help = "What is to be put right or done, in one sentence",
            .meaning = "",
            .synonyms = "action;finding / nonconformity;finding;nonconformity",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 36,
        },
    [ACTION_SOURCE] =
        {
            .name = "source",
            .label = "Source",
            .help = "What gave rise to it",
            .meaning = "",
            .synonyms = "origin",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = action_source_choices,
            .width = 17,
        },
    [ACTION_SOURCE_REF] =
        {
            .name = "source_ref",
            .label = "Source ref",
            .help = "The code of the record that gave rise to it",
            .meaning = "key of what raised it, such as 2026-IA/5.3.a or MR-2026/D1",
            .synonyms = "source reference;origin ref",
            .type = FIELD_SOURCE,
        },
    [ACTION_RAISED_ON] =
        {
            .name = "raised_on",
            .label = "Raised on",
            .help = "The day on which it was noticed",
            .meaning = "",
            .synonyms = "date raised;raised;date;opened;date opened",
            .type = FIELD_DATE,
            .flags = FIELD_REQUIRED,
        },
    [ACTION_RAISED_BY] =
        {
            .name = "raised_by",
            .label = "Raised by",
            .help = "Who noticed it",
            .meaning = "",
            .synonyms = "reported by",
            .type = FIELD_TEXT,
        },
    [ACTION_DESCRIPTION] =
        {
            .name = "description",
            .label = "Description",
            .help = "What happened, where and since when",
            .meaning = "",
            .synonyms = "details",
            .type = FIELD_LONG_TEXT,
        },
    [ACTION_CORRECTION] =
        {
            .name = "correction",
            .label = "Correction",
            .help = "What was done on the same day to limit the damage",
            .meaning = "what was put right at once",
            .synonyms = "correction (immediate);immediate correction;immediate action;containment",
            .type = FIELD_LONG_TEXT,
        },
    [ACTION_CAUSE_METHOD] =
        {
            .name = "cause_method",
            .label = "Method of finding the cause",
            .help = "How you looked for the cause; 5 whys means asking why five times over",
            .meaning = "",
            .type = FIELD_CHOICE,
            .choices = action_cause_method_choices,
        },
    [ACTION_ROOT_CAUSE] =
        {
            .name = "root_cause",
            .label = "Root cause",
            .help = "Why it could happen at all, not only what went wrong",
            .meaning = "",
            .synonyms = "cause",
            .type = FIELD_LONG_TEXT,
        },
    [ACTION_SIMILAR] =
        {
            .name = "similar",
            .label = "Similar",
            .help = "Where else the same might happen, and whether you have looked there",
            .meaning = "whether the like exists or could occur elsewhere (10.2 b 3)",
            .synonyms = "similar cases",
            .type = FIELD_LONG_TEXT,
        },
    [ACTION_CORRECTIVE_ACTION] =
        {
            .name = "corrective_action",
            .label = "Corrective action",
            .help = "What you change so that it does not happen again",
            .meaning = "",
            .synonyms = "corrective actions;measures",
            .type = FIELD_LONG_TEXT,
        },
    [ACTION_OWNER] =
        {
            .name = "owner",
            .label = "Owner",
            .help = "The one role or person who gets it done",
            .meaning = "",
            .synonyms = "responsible;action owner;assigned to",
            .type = FIELD_PARTY,
        },
    [ACTION_DUE_ON] =
        {
            .name = "due_on",
            .label = "Due on",
            .help = "The day by which it should be done",
            .meaning = "",
            .synonyms = "due date;deadline;due;target date",
            .type = FIELD_DATE,
        },
    [ACTION_STATUS] =
        {
            .name = "status",
            .label = "Status",
            .help = "Where it stands; done becomes verified once you know that it worked",
            .meaning = "",
            .synonyms = "state",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = action_status_choices,
            .width = 12,
        },
    [ACTION_DONE_ON] =
        {
            .name = "done_on",
            .label = "Done on",
            .help = "The day on which it was done",
            .meaning = "",
            .synonyms = "completion date;completed;date completed;done",
            .type = FIELD_DATE,
        },
    [ACTION_VERIFY_DUE_ON] =
        {
            .name = "verify_due_on",
            .label = "Verify due on",
            .help = "When to look whether it worked; leave some weeks so that you can tell",
            .meaning = "default 90 days after done_on",
            .synonyms = "verification due;effectiveness check due",
            .type = FIELD_DATE,
        },
    [ACTION_EFFECTIVENESS] =
        {
            .name = "effectiveness",
            .label = "Effectiveness",
            .help = "How you know that the trouble has not come back",
            .meaning = "how it was judged to have worked",
            .synonyms = "effectiveness check;effectiveness review;verification",
            .type = FIELD_LONG_TEXT,
        },
    [ACTION_VERIFIED_BY] =
        {
            .name = "verified_by",
            .label = "Verified by",
            .help = "Who looked whether it worked, best not the one who did it",
            .meaning = "",
            .synonyms = "verifier",
            .type = FIELD_PARTY,
            .flags = FIELD_APPROVAL,
        },
    [ACTION_VERIFIED_ON] =
        {
            .name = "verified_on",
            .label = "Verified on",
            .help = "The day on which that was looked at",
            .meaning = "",
            .synonyms = "verification date;date verified",
            .type = FIELD_DATE,
        },
    [ACTION_OBJECTIVE] =
        {
            .name = "objective",
            .label = "Objective",
            .help = "The objective that it brings nearer",
            .meaning = "",
            .synonyms = "objective ref;linked objective",
            .type = FIELD_REFERENCE,
            .target = REGISTER_OBJECTIVE,
            .width = 11,
        },
    [ACTION_POLICY] =
        {
            .name = "policy",
            .label = "Policy",
            .help = "The document that it changes",
            .meaning = "",
            .synonyms = "policy ref;linked policy",
            .type = FIELD_REFERENCE,
            .target = REGISTER_POLICY,
            .width = 11,
        },
    [ACTION_COST] =
        {
            .name = "cost",
            .label = "Cost",
            .help = "What it costs, in the currency of the workbook",
            .meaning = "",
            .synonyms = "costs;budget",
            .type = FIELD_NUMBER,
        },
};
_Static_assert(COUNT(action_fields) == ACTION_FIELDS, "one row per field");

const struct register_description register_action = {
    .name = "action",
    .label = "Actions",
    .singular = "action",
    .meaning = "a corrective action, improvement or plan step",
    .help =
        "Everything that has to be put right or made better, with somebody in charge and a date. Findings of audits end up here.",
    .pane = "Actions",
    .ref_prefix = "CA-",
    .fields = action_fields,
    .field_count = ACTION_FIELDS,
    .list_first = (const int[]){ACTION_TITLE, ACTION_OWNER, ACTION_DUE_ON, ACTION_STATUS,
                                ACTION_SOURCE, ACTION_SOURCE_REF, -1},
    .key = {ACTION_REF},
    .key_count = 1,
};
