/* Owns the description of review, attendance, review_input, decision; knows nothing of files or
 * screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct choice review_kind_choices[] = {
    {.value = "management review", .label = "management review"},
    {.value = "steering meeting", .label = "steering meeting"},
    {.value = "briefing", .label = "briefing"},
    {.value = NULL}};

static const struct choice review_suitable_choices[] = {{.value = "yes", .label = "yes"},
                                                        {.value = "partly", .label = "partly"},
                                                        {.value = "no", .label = "no"},
                                                        {.value = NULL}};

static const struct choice review_adequate_choices[] = {{.value = "yes", .label = "yes"},
                                                        {.value = "partly", .label = "partly"},
                                                        {.value = "no", .label = "no"},
                                                        {.value = NULL}};

static const struct choice review_effective_choices[] = {{.value = "yes", .label = "yes"},
                                                         {.value = "partly", .label = "partly"},
                                                         {.value = "no", .label = "no"},
                                                         {.value = NULL}};

static const struct choice attendance_attended_choices[] = {
    {.value = "yes", .label = "yes"},
    {.value = "no", .label = "no"},
    {.value = "excused", .label = "excused"},
    {.value = NULL}};

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
    {.value = NULL}};

static const struct choice review_input_state_choices[] = {
    {.value = "open", .label = "open"},
    {.value = "discussed", .label = "discussed"},
    {.value = "no change", .label = "no change"},
    {.value = "not covered", .label = "not covered"},
    {.value = NULL}};

static const struct choice decision_category_choices[] = {
    {.value = "improvement", .label = "improvement"},
    {.value = "isms change", .label = "isms change"},
    {.value = "resource allocation", .label = "resource allocation"},
    {.value = "risk acceptance", .label = "risk acceptance"},
    {.value = "objective adjustment", .label = "objective adjustment"},
    {.value = "policy update", .label = "policy update"},
    {.value = "other", .label = "other"},
    {.value = NULL}};

static const struct field review_fields[] = {
    [REVIEW_REF] = {.name = "ref",
                    .label = "Ref",
                    .help = "",
                    .meaning = "",
                    .type = FIELD_TEXT,
                    .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY},
    [REVIEW_TITLE] = {.name = "title",
                      .label = "Title",
                      .help = "",
                      .meaning = "",
                      .type = FIELD_TEXT,
                      .flags = FIELD_REQUIRED},
    [REVIEW_KIND] = {.name = "kind",
                     .label = "Kind",
                     .help = "",
                     .meaning = "",
                     .type = FIELD_CHOICE,
                     .flags = FIELD_REQUIRED,
                     .choices = review_kind_choices},
    [REVIEW_PLANNED_ON] = {.name = "planned_on",
                           .label = "Planned on",
                           .help = "",
                           .meaning = "",
                           .type = FIELD_DATE},
    [REVIEW_HELD_ON] =
        {.name = "held_on", .label = "Held on", .help = "", .meaning = "", .type = FIELD_DATE},
    [REVIEW_CHAIR] = {.name = "chair",
                      .label = "Chair",
                      .help = "",
                      .meaning = "",
                      .type = FIELD_REFERENCE,
                      .target = REGISTER_PERSON},
    [REVIEW_MINUTES] =
        {.name = "minutes", .label = "Minutes", .help = "", .meaning = "", .type = FIELD_FILE},
    [REVIEW_SUITABLE] = {.name = "suitable",
                         .label = "Suitable",
                         .help = "",
                         .meaning = "",
                         .type = FIELD_CHOICE,
                         .choices = review_suitable_choices},
    [REVIEW_ADEQUATE] = {.name = "adequate",
                         .label = "Adequate",
                         .help = "",
                         .meaning = "",
                         .type = FIELD_CHOICE,
                         .choices = review_adequate_choices},
    [REVIEW_EFFECTIVE] = {.name = "effective",
                          .label = "Effective",
                          .help = "",
                          .meaning = "",
                          .type = FIELD_CHOICE,
                          .choices = review_effective_choices},
    [REVIEW_SUMMARY] =
        {.name = "summary", .label = "Summary", .help = "", .meaning = "", .type = FIELD_LONG_TEXT},
};
_Static_assert(COUNT(review_fields) == REVIEW_FIELDS, "one row per field");

const struct register_description register_review = {
    .name = "review",
    .label = "Reviews",
    .singular = "review",
    .meaning = "a management review or other leadership meeting",
    .pane = "Reviews",
    .fields = review_fields,
    .field_count = REVIEW_FIELDS,
    .key = {REVIEW_REF},
    .key_count = 1,
};

static const struct field attendance_fields[] = {
    [ATTENDANCE_REVIEW] = {.name = "review",
                           .label = "Review",
                           .help = "",
                           .meaning = "",
                           .type = FIELD_REFERENCE,
                           .flags = FIELD_REQUIRED,
                           .target = REGISTER_REVIEW},
    [ATTENDANCE_PERSON] = {.name = "person",
                           .label = "Person",
                           .help = "",
                           .meaning = "",
                           .type = FIELD_REFERENCE,
                           .flags = FIELD_REQUIRED,
                           .target = REGISTER_PERSON},
    [ATTENDANCE_ATTENDED] = {.name = "attended",
                             .label = "Attended",
                             .help = "",
                             .meaning = "",
                             .type = FIELD_CHOICE,
                             .flags = FIELD_REQUIRED,
                             .choices = attendance_attended_choices},
};
_Static_assert(COUNT(attendance_fields) == ATTENDANCE_FIELDS, "one row per field");

const struct register_description register_attendance = {
    .name = "attendance",
    .label = "Attendance",
    .singular = "attendance",
    .meaning = "who was invited to a review and came",
    .pane = "Reviews",
    .fields = attendance_fields,
    .field_count = ATTENDANCE_FIELDS,
    .key = {ATTENDANCE_REVIEW, ATTENDANCE_PERSON},
    .key_count = 2,
};

static const struct field review_input_fields[] = {
    [REVIEW_INPUT_REVIEW] = {.name = "review",
                             .label = "Review",
                             .help = "",
                             .meaning = "",
                             .type = FIELD_REFERENCE,
                             .flags = FIELD_REQUIRED,
                             .target = REGISTER_REVIEW},
    [REVIEW_INPUT_INPUT] = {.name = "input",
                            .label = "Input",
                            .help = "",
                            .meaning = "",
                            .type = FIELD_CHOICE,
                            .flags = FIELD_REQUIRED,
                            .choices = review_input_input_choices},
    [REVIEW_INPUT_STATE] = {.name = "state",
                            .label = "State",
                            .help = "",
                            .meaning = "",
                            .type = FIELD_CHOICE,
                            .flags = FIELD_REQUIRED,
                            .choices = review_input_state_choices},
    [REVIEW_INPUT_SUMMARY] =
        {.name = "summary",
         .label = "Summary",
         .help = "",
         .meaning =
             "filled with what the workbook knows on the day (previous actions, KPI status, audit results, feedback), then edited",
         .type = FIELD_LONG_TEXT},
};
_Static_assert(COUNT(review_input_fields) == REVIEW_INPUT_FIELDS, "one row per field");

const struct register_description register_review_input = {
    .name = "review_input",
    .label = "Review inputs",
    .singular = "review input",
    .meaning = "one of the inputs of 9.3.2 in one review",
    .pane = "Reviews",
    .fields = review_input_fields,
    .field_count = REVIEW_INPUT_FIELDS,
    .key = {REVIEW_INPUT_REVIEW, REVIEW_INPUT_INPUT},
    .key_count = 2,
};

static const struct field decision_fields[] = {
    [DECISION_REF] = {.name = "ref",
                      .label = "Ref",
                      .help = "",
                      .meaning = "",
                      .type = FIELD_TEXT,
                      .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY},
    [DECISION_REVIEW] = {.name = "review",
                         .label = "Review",
                         .help = "",
                         .meaning = "",
                         .type = FIELD_REFERENCE,
                         .flags = FIELD_REQUIRED,
                         .target = REGISTER_REVIEW},
    [DECISION_INPUT] = {.name = "input",
                        .label = "Input",
                        .help = "",
                        .meaning = "which input it answers",
                        .type = FIELD_TEXT},
    [DECISION_TITLE] = {.name = "title",
                        .label = "Title",
                        .help = "",
                        .meaning = "",
                        .type = FIELD_TEXT,
                        .flags = FIELD_REQUIRED},
    [DECISION_CATEGORY] = {.name = "category",
                           .label = "Category",
                           .help = "",
                           .meaning = "",
                           .type = FIELD_CHOICE,
                           .flags = FIELD_REQUIRED,
                           .choices = decision_category_choices},
    [DECISION_OWNER] =
        {.name = "owner", .label = "Owner", .help = "", .meaning = "", .type = FIELD_PARTY},
    [DECISION_DUE_ON] =
        {.name = "due_on", .label = "Due on", .help = "", .meaning = "", .type = FIELD_DATE},
    [DECISION_ACTION] = {.name = "action",
                         .label = "Action",
                         .help = "",
                         .meaning = "the action that carries it out",
                         .type = FIELD_REFERENCE,
                         .target = REGISTER_ACTION},
    [DECISION_RESOURCE] = {.name = "resource",
                           .label = "Resource",
                           .help = "",
                           .meaning = "the money it allots",
                           .type = FIELD_REFERENCE,
                           .target = REGISTER_RESOURCE},
};
_Static_assert(COUNT(decision_fields) == DECISION_FIELDS, "one row per field");

const struct register_description register_decision = {
    .name = "decision",
    .label = "Decisions",
    .singular = "decision",
    .meaning = "an output of a review",
    .pane = "Reviews",
    .fields = decision_fields,
    .field_count = DECISION_FIELDS,
    .key = {DECISION_REF},
    .key_count = 1,
    .ref_prefix = "DEC-",
};
