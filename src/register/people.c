/* Owns the description of person; knows nothing of files or screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct field person_fields[] = {
    [PERSON_NAME] = {.name = "name",
                     .label = "Name",
                     .help = "",
                     .meaning = "full name",
                     .type = FIELD_TEXT,
                     .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY},
    [PERSON_EMAIL] = {.name = "email",
                      .label = "E-mail",
                      .help = "",
                      .meaning = "mail address, also accepted wherever a person is named",
                      .type = FIELD_EMAIL,
                      .flags = FIELD_UNIQUE},
    [PERSON_JOB_TITLE] =
        {.name = "job_title", .label = "Job title", .help = "", .meaning = "", .type = FIELD_TEXT},
    [PERSON_DEPARTMENT] = {.name = "department",
                           .label = "Department",
                           .help = "",
                           .meaning = "",
                           .type = FIELD_TEXT},
    [PERSON_ORGANISATION] = {.name = "organisation",
                             .label = "Organisation",
                             .help = "",
                             .meaning =
                                 "empty for the own organisation; else the contractor or supplier",
                             .type = FIELD_TEXT},
    [PERSON_TOP_MANAGEMENT] = {.name = "top_management",
                               .label = "Top management",
                               .help = "",
                               .meaning =
                                   "counts as top management for approvals, reviews and checks",
                               .type = FIELD_YESNO},
    [PERSON_COMPETENCE] = {.name = "competence",
                           .label = "Competence",
                           .help = "",
                           .meaning = "education, training, experience held, with proof (7.2 b, d)",
                           .type = FIELD_LONG_TEXT},
    [PERSON_JOINED_ON] =
        {.name = "joined_on", .label = "Joined on", .help = "", .meaning = "", .type = FIELD_DATE},
    [PERSON_LEFT_ON] = {.name = "left_on",
                        .label = "Left on",
                        .help = "",
                        .meaning = "after this day the person holds nothing",
                        .type = FIELD_DATE},
};
_Static_assert(COUNT(person_fields) == PERSON_FIELDS, "one row per field");

const struct register_description register_person = {
    .name = "person",
    .label = "People",
    .singular = "person",
    .meaning = "somebody with a part in the ISMS, inside or outside the organisation",
    .pane = "People",
    .fields = person_fields,
    .field_count = PERSON_FIELDS,
    .key = {PERSON_NAME},
    .key_count = 1,
};
