/* Owns the description of review, attendance, review_input, decision; knows nothing of files or
 * screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct choice review_kind_choices[] = {
    {.value = "management review",
     .label = "management review",
     .synonyms = "management review meeting;mr"},
    {.value = "steering meeting",
     .label = "steering meeting",
     .synonyms = "steering committee;steering"},
    {.value = "briefing", .label = "briefing", .synonyms = "leadership briefing"},
    {.value = NULL},
};

static const struct choice review_verdict_choices[] = {
    {.value = "yes",
     .label = "yes",
     .synonyms = "y;fully;suitable;adequate;effective;ja;oui;x;✓;✔;1;true"},
    {.value = "partly", .label = "partly", .synonyms = "partially;partial;in part;teilweise"},
    {.value = "no", .label = "no", .synonyms = "n;not;nein;non;0;false"},
    {.value = NULL},
};

static const struct choice attendance_attended_choices[] = {
    {.value = "yes", .label = "yes", .synonyms = "present;attended;y;x;✓;✔;ja;oui;1;true"},
    {.value = "no", .label = "no", .synonyms = "absent;not present;n;nein;non;0;false"},
    {.value = "excused", .label = "excused", .synonyms = "apologies;apology;entschuldigt"},
    {.value = NULL},
};

static const struct choice review_input_input_choices[] = {
    {.value = "a previous actions", .label = "a previous actions"},
    {.value = "b issues", .label = "b issues"},
    {.value = "c interested parties", .label = "c interested parties"},
    {.value = "d1 nonconformities", .label = "d1 nonconformities"},
    {.value = "d2 measurements", .label = "d2 measurements"},
    {.value = "d3 audit results", .label = "d3 audit results"},
    {.value = "d4 objectives", .label = "d4 objectives"},
    {.value = "e feedback", .label = "e feedback"},
    {.value = "f risks", .label = "f risks"},
    {.value = "g improvement", .label = "g improvement"},
    {.value = NULL},
};

static const struct choice review_input_state_choices[] = {
    {.value = "open", .label = "open", .synonyms = "to do;pending"},
    {.value = "discussed", .label = "discussed", .synonyms = "done;covered;closed"},
    {.value = "no change", .label = "no change", .synonyms = "unchanged"},
    {.value = "not covered", .label = "not covered", .synonyms = "skipped"},
    {.value = NULL},
};

static const struct choice decision_category_choices[] = {
    {.value = "improvement", .label = "improvement", .synonyms = "improvements"},
    {.value = "isms change", .label = "ISMS change", .synonyms = "change;changes"},
    {.value = "resource allocation",
     .label = "resource allocation",
     .synonyms = "resources;resource;budget"},
    {.value = "risk acceptance", .label = "risk acceptance", .synonyms = "risk"},
    {.value = "objective adjustment",
     .label = "objective adjustment",
     .synonyms = "objective;objectives"},
    {.value = "policy update", .label = "policy update", .synonyms = "policy"},
    {.value = "other", .label = "other"},
    {.value = NULL},
};

static const struct field review_fields[] = {
    [REVIEW_REF] =
        {
            .name = "ref",
            .label = "Ref",
            .help = "A short code for the meeting, such as MR-2026",
            .meaning = "",
            .synonyms = "id;review id;meeting id",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY,
            .width = 11,
        },
    [REVIEW_TITLE] =
        {
            .name = "title",
            .label = "Title",
            .help = "A name that tells it from other meetings",
            .meaning = "",
            .synonyms = "review;meeting",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 32,
        },
    [REVIEW_KIND] =
        {
            .name = "kind",
            .label = "Kind",
            .help = "Only a management review counts for the standard; the others are good habits",
            .meaning = "",
            .synonyms = "type;meeting type",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = review_kind_choices,
            .width = 18,
        },
    [REVIEW_PLANNED_ON] =
        {
            .name = "planned_on",
            .label = "Planned on",
            .help = "The day for which people are invited",
            .meaning = "",
            .synonyms = "planned date;planned for",
            .type = FIELD_DATE,
        },
    [REVIEW_HELD_ON] =
        {
            .name = "held_on",
            .label = "Held on",
            .help = "The day on which it took place; leave empty until then",
            .meaning = "",
            .synonyms = "date;date held;meeting date",
            .type = FIELD_DATE,
        },
    [REVIEW_CHAIR] =
        {
            .name = "chair",
            .label = "Chair",
            .help = "Who led the meeting, best the managing director",
            .meaning = "",
            .synonyms = "chairperson;chaired by",
            .type = FIELD_REFERENCE,
            .flags = FIELD_APPROVAL,
            .target = REGISTER_PERSON,
            .width = 22,
        },
    [REVIEW_MINUTES] =
        {
            .name = "minutes",
            .label = "Minutes",
            .help = "Path or web address of the written record",
            .meaning = "",
            .synonyms = "protocol",
            .type = FIELD_FILE,
        },
    [REVIEW_SUITABLE] =
        {
            .name = "suitable",
            .label = "Suitable",
            .help = "Whether your way of handling security still fits the firm",
            .meaning = "",
            .type = FIELD_CHOICE,
            .choices = review_verdict_choices,
            .width = 7,
        },
    [REVIEW_ADEQUATE] =
        {
            .name = "adequate",
            .label = "Adequate",
            .help = "Whether it covers all that it should",
            .meaning = "",
            .type = FIELD_CHOICE,
            .choices = review_verdict_choices,
            .width = 7,
        },
    [REVIEW_EFFECTIVE] =
        {
            .name = "effective",
            .label = "Effective",
            .help = "Whether it brings about what you want",
            .meaning = "",
            .type = FIELD_CHOICE,
            .choices = review_verdict_choices,
            .width = 7,
        },
    [REVIEW_SUMMARY] =
        {
            .name = "summary",
            .label = "Summary",
            .help = "What was said and agreed, in a few sentences",
            .meaning = "",
            .synonyms = "notes",
            .type = FIELD_LONG_TEXT,
        },
};
_Static_assert(COUNT(review_fields) == REVIEW_FIELDS, "one row per field");

const struct register_description register_review = {
    .name = "review",
    .label = "Reviews",
    .singular = "review",
    .meaning = "a management review or other leadership meeting",
    .help =
        "Meetings in which the leadership looks at security. At least one management review a year is a must; shorter ones in between help.",
    .pane = "Reviews",
    .fields = review_fields,
    .field_count = REVIEW_FIELDS,
    .list_first = (const int[]){REVIEW_TITLE, REVIEW_HELD_ON, REVIEW_PLANNED_ON, REVIEW_CHAIR,
                                REVIEW_KIND, -1},
    .key = {REVIEW_REF},
    .key_count = 1,
};

static const struct field attendance_fields[] = {
    [ATTENDANCE_REVIEW] =
        {
            .name = "review",
            .label = "Review",
            .help = "The meeting",
            .meaning = "",
            .synonyms = "review id;meeting",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_REVIEW,
            .width = 11,
        },
    [ATTENDANCE_PERSON] =
        {
            .name = "person",
            .label = "Person",
            .help = "Who was asked to come",
            .meaning = "",
            .synonyms = "name;attendee;participant",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_PERSON,
            .width = 24,
        },
    [ATTENDANCE_ATTENDED] =
        {
            .name = "attended",
            .label = "Attended",
            .help = "Whether the person came; excused means told beforehand",
            .meaning = "",
            .synonyms = "present",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = attendance_attended_choices,
            .width = 9,
        },
};
_Static_assert(COUNT(attendance_fields) == ATTENDANCE_FIELDS, "one row per field");

const struct register_description register_attendance = {
    .name = "attendance",
    .label = "Attendance",
    .singular = "attendance",
    .meaning = "who was invited to a review and came",
    .help =
        "Who was asked to a meeting and who came. A management review without top management does not count.",
    .pane = "Reviews",
    .fields = attendance_fields,
    .field_count = ATTENDANCE_FIELDS,
    .key = {ATTENDANCE_REVIEW, ATTENDANCE_PERSON},
    .key_count = 2,
};

static const struct field review_input_fields[] = {
    [REVIEW_INPUT_REVIEW] =
        {
            .name = "review",
            .label = "Review",
            .help = "The meeting in which the topic came up",
            .meaning = "",
            .synonyms = "review id;meeting",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_REVIEW,
            .width = 11,
        },
    [REVIEW_INPUT_INPUT] =
        {
            .name = "input",
            .label = "Input",
            .help = "One of the topics that the standard asks for",
            .meaning = "",
            .synonyms = "topic;agenda item",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = review_input_input_choices,
            .width = 22,
        },
    [REVIEW_INPUT_STATE] =
        {
            .name = "state",
            .label = "State",
            .help = "Whether it was talked about; no change means you looked and nothing was new",
            .meaning = "",
            .synonyms = "status",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = review_input_state_choices,
            .width = 12,
        },
    [REVIEW_INPUT_SUMMARY] =
        {
            .name = "summary",
            .label = "Summary",
            .help = "What was reported; begin with the figures that are filled in for you",
            .meaning =
                "filled with what the workbook knows on the day (previous actions, KPI status, audit results, feedback), then edited",
            .synonyms = "notes;discussion",
            .type = FIELD_LONG_TEXT,
        },
};
_Static_assert(COUNT(review_input_fields) == REVIEW_INPUT_FIELDS, "one row per field");

const struct register_description register_review_input = {
    .name = "review_input",
    .label = "Review inputs",
    .singular = "review input",
    .meaning = "one of the inputs of 9.3.2 in one review",
    .help =
        "The ten topics that a management review has to cover. They come filled in with what the workbook knows.",
    .pane = "Reviews",
    .fields = review_input_fields,
    .field_count = REVIEW_INPUT_FIELDS,
    .key = {REVIEW_INPUT_REVIEW, REVIEW_INPUT_INPUT},
    .key_count = 2,
};

static const struct field decision_fields[] = {
    [DECISION_REF] =
        {
            .name = "ref",
            .label = "Ref",
            .help = "A short code for the decision, such as MR-2026/D1",
            .meaning = "",
            .synonyms = "id;decision id",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY,
            .width = 12,
        },
    [DECISION_REVIEW] =
        {
            .name = "review",
            .label = "Review",
            .help = "The meeting in which it was made",
            .meaning = "",
            .synonyms = "review id;meeting",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_REVIEW,
            .width = 11,
        },
    [DECISION_INPUT] =
        {
            .name = "input",
            .label = "Input",
            .help = "The topic that led to it, such as d3 audit results",
            .meaning = "which input it answers",
            .synonyms = "topic",
            .type = FIELD_TEXT,
            .width = 18,
        },
    [DECISION_TITLE] =
        {
            .name = "title",
            .label = "Title",
            .help = "What was decided, in one sentence",
            .meaning = "",
            .synonyms = "decision",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 36,
        },
    [DECISION_CATEGORY] =
        {
            .name = "category",
            .label = "Category",
            .help = "What sort of decision it is",
            .meaning = "",
            .synonyms = "type",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = decision_category_choices,
            .width = 20,
        },
    [DECISION_OWNER] =
        {
            .name = "owner",
            .label = "Owner",
            .help = "Who sees to it that it happens",
            .meaning = "",
            .synonyms = "responsible",
            .type = FIELD_PARTY,
        },
    [DECISION_DUE_ON] =
        {
            .name = "due_on",
            .label = "Due on",
            .help = "The day by which it should have happened",
            .meaning = "",
            .synonyms = "due date;deadline",
            .type = FIELD_DATE,
        },
    [DECISION_ACTION] =
        {
            .name = "action",
            .label = "Action",
            .help = "The entry under Actions by which it is done",
            .meaning = "the action that carries it out",
            .synonyms = "action id;linked action",
            .type = FIELD_REFERENCE,
            .target = REGISTER_ACTION,
            .width = 11,
        },
    [DECISION_RESOURCE] =
        {
            .name = "resource",
            .label = "Resource",
            .help = "The entry under Resources that pays for it",
            .meaning = "the money it allots",
            .synonyms = "resource id",
            .type = FIELD_REFERENCE,
            .target = REGISTER_RESOURCE,
            .width = 11,
        },
};
_Static_assert(COUNT(decision_fields) == DECISION_FIELDS, "one row per field");

const struct register_description register_decision = {
    .name = "decision",
    .label = "Decisions",
    .singular = "decision",
    .meaning = "an output of a review",
    .help =
        "What the leadership decided in a meeting: improvements, changes, money. Each should end in an action or a budget line.",
    .pane = "Reviews",
    .ref_prefix = "DEC-",
    .fields = decision_fields,
    .field_count = DECISION_FIELDS,
    .list_first = (const int[]){DECISION_TITLE, DECISION_OWNER, DECISION_DUE_ON, DECISION_ACTION,
                                DECISION_REVIEW, -1},
    .key = {DECISION_REF},
    .key_count = 1,
};
