/* Owns the description of person; knows nothing of files or screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct field person_fields[] = {
    [PERSON_NAME] =
        {
            .name = "name",
            .label = "Name",
            .help =
                "First and last name as used in the firm; it must be told apart from all others",
            .meaning = "full name",
            .synonyms = "full name;employee;employee name",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY,
            .width = 24,
        },
    [PERSON_EMAIL] =
        {
            .name = "email",
            .label = "E-mail",
            .help = "The work address; it also finds the person when you import lists",
            .meaning = "mail address, also accepted wherever a person is named",
            .synonyms = "e-mail;mail;email address;e-mail address",
            .type = FIELD_EMAIL,
            .flags = FIELD_UNIQUE,
            .width = 28,
        },
    [PERSON_JOB_TITLE] =
        {
            .name = "job_title",
            .label = "Job title",
            .help = "What it says on the business card, such as Head of Sales",
            .meaning = "",
            .synonyms = "position;function",
            .type = FIELD_TEXT,
            .width = 24,
        },
    [PERSON_DEPARTMENT] =
        {
            .name = "department",
            .label = "Department",
            .help = "The part of the firm, spelt the same for all its people, such as Production",
            .meaning = "",
            .synonyms = "team;unit",
            .type = FIELD_TEXT,
            .width = 16,
        },
    [PERSON_ORGANISATION] =
        {
            .name = "organisation",
            .label = "Organisation",
            .help = "Leave empty for your own staff; for outsiders write the firm they work for",
            .meaning = "empty for the own organisation; else the contractor or supplier",
            .synonyms = "company;organization",
            .type = FIELD_TEXT,
            .width = 20,
        },
    [PERSON_TOP_MANAGEMENT] =
        {
            .name = "top_management",
            .label = "Top management",
            .help = "Say yes for those who lead the firm: only their approval counts as leadership",
            .meaning = "counts as top management for approvals, reviews and checks",
            .type = FIELD_YESNO,
        },
    [PERSON_COMPETENCE] =
        {
            .name = "competence",
            .label = "Competence",
            .help =
                "Degrees, courses and years of practice in security, and where the proof is kept",
            .meaning = "education, training, experience held, with proof (7.2 b, d)",
            .synonyms = "qualifications;skills",
            .type = FIELD_LONG_TEXT,
        },
    [PERSON_JOINED_ON] =
        {
            .name = "joined_on",
            .label = "Joined on",
            .help = "First working day; newcomers are expected to read the policies within a month",
            .meaning = "",
            .synonyms = "start date;hire date;joined",
            .type = FIELD_DATE,
        },
    [PERSON_LEFT_ON] =
        {
            .name = "left_on",
            .label = "Left on",
            .help = "Last working day; then look at Roles to see what must be handed over",
            .meaning = "after this day the person holds nothing",
            .synonyms = "end date;leaving date;left",
            .type = FIELD_DATE,
        },
};
_Static_assert(COUNT(person_fields) == PERSON_FIELDS, "one row per field");

const struct register_description register_person = {
    .name = "person",
    .label = "People",
    .singular = "person",
    .meaning = "somebody with a part in the ISMS, inside or outside the organisation",
    .help =
        "Everybody with a part in information security, inside or outside the firm: leaders first, then whoever owns a policy, a role or an action. Roles, approvals and training all point to the people here.",
    .pane = "People",
    .fields = person_fields,
    .field_count = PERSON_FIELDS,
    .list_first = (const int[]){PERSON_NAME, PERSON_JOB_TITLE, PERSON_DEPARTMENT, PERSON_EMAIL, -1},
    .key = {PERSON_NAME},
    .key_count = 1,
};
