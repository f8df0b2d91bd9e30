/* Owns the description of course, role_course, training, communication; knows nothing of files or
 * screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct choice course_audience_choices[] = {
    {.value = "everyone", .label = "everyone", .synonyms = "everybody;all;all staff;all employees"},
    {.value = "top management",
     .label = "top management",
     .synonyms = "management;executives;leadership;board"},
    {.value = "roles", .label = "roles"},
    {.value = NULL},
};

static const struct choice communication_kind_choices[] = {
    {.value = "leadership message",
     .label = "leadership message",
     .synonyms = "message from management"},
    {.value = "campaign", .label = "campaign", .synonyms = "awareness campaign"},
    {.value = "briefing", .label = "briefing", .synonyms = "meeting;presentation"},
    {.value = "policy communication", .label = "policy communication"},
    {.value = "recognition", .label = "recognition", .synonyms = "award;thanks"},
    {.value = "other", .label = "other"},
    {.value = NULL},
};

static const struct choice communication_channel_choices[] = {
    {.value = "email", .label = "e-mail", .synonyms = "mail;e-mail;mailing"},
    {.value = "meeting",
     .label = "meeting",
     .synonyms = "town hall;all-hands;presentation;team meeting"},
    {.value = "newsletter", .label = "newsletter"},
    {.value = "poster", .label = "poster", .synonyms = "notice board"},
    {.value = "intranet", .label = "intranet", .synonyms = "wiki;portal"},
    {.value = "training", .label = "training", .synonyms = "e-learning;workshop"},
    {.value = "other", .label = "other"},
    {.value = NULL},
};

static const struct choice communication_audience_choices[] = {
    {.value = "all staff",
     .label = "all staff",
     .synonyms = "all employees;everyone;employees;everybody;all;company-wide;whole company"},
    {.value = "department", .label = "department", .synonyms = "departments;team"},
    {.value = "roles", .label = "roles"},
    {.value = "top management",
     .label = "top management",
     .synonyms = "management;executives;board"},
    {.value = "external", .label = "external", .synonyms = "customers;suppliers;public;partners"},
    {.value = NULL},
};

static const struct field course_fields[] = {
    [COURSE_REF] =
        {
            .name = "ref",
            .label = "Ref",
            .help = "A short code for the course that stays for good, such as TRN-001",
            .meaning = "",
            .synonyms = "id;course id;training id",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY,
            .width = 11,
        },
    [COURSE_TITLE] =
        {
            .name = "title",
            .label = "Title",
            .help = "What it is called in the invitation",
            .meaning = "",
            .synonyms = "course;training;course name;training title",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 36,
        },
    [COURSE_AUDIENCE] =
        {
            .name = "audience",
            .label = "Audience",
            .help = "Who has to take it; choose roles to name the jobs one by one",
            .meaning = "roles: those named in role_course",
            .synonyms = "target group",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = course_audience_choices,
        },
    [COURSE_VALID_MONTHS] =
        {
            .name = "valid_months",
            .label = "Valid for, months",
            .help = "How many months until it has to be repeated; leave empty if once is enough",
            .meaning = "how long a completion counts; empty for ever",
            .synonyms = "refresh interval (months);refresh interval;validity;valid for",
            .type = FIELD_WHOLE,
            .least = 1,
            .most = 120,
        },
};
_Static_assert(COUNT(course_fields) == COURSE_FIELDS, "one row per field");

const struct register_description register_course = {
    .name = "course",
    .label = "Courses",
    .singular = "course",
    .meaning = "a training that people or roles need",
    .help =
        "Training that people need for security, from the yearly briefing for everybody to courses for one job. What is listed here can be planned and counted.",
    .pane = "Awareness",
    .ref_prefix = "TRN-",
    .fields = course_fields,
    .field_count = COURSE_FIELDS,
    .key = {COURSE_REF},
    .key_count = 1,
};

static const struct field role_course_fields[] = {
    [ROLE_COURSE_ROLE] =
        {
            .name = "role",
            .label = "Role",
            .help = "The job that needs the training",
            .meaning = "",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_ROLE,
            .width = 8,
        },
    [ROLE_COURSE_COURSE] =
        {
            .name = "course",
            .label = "Course",
            .help = "The course that its holder has to take",
            .meaning = "",
            .synonyms = "training;required competence;required training",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_COURSE,
            .width = 11,
        },
};
_Static_assert(COUNT(role_course_fields) == ROLE_COURSE_FIELDS, "one row per field");

const struct register_description register_role_course = {
    .name = "role_course",
    .label = "Courses of roles",
    .singular = "course of a role",
    .meaning = "a role needs a course",
    .help =
        "Which job needs which course. Whoever holds the job is then expected to have taken it.",
    .pane = "Awareness",
    .fields = role_course_fields,
    .field_count = ROLE_COURSE_FIELDS,
    .key = {ROLE_COURSE_ROLE, ROLE_COURSE_COURSE},
    .key_count = 2,
};

static const struct field training_fields[] = {
    [TRAINING_PERSON] =
        {
            .name = "person",
            .label = "Person",
            .help = "Who takes the course",
            .meaning = "",
            .synonyms = "employee;employee name;name;participant",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_PERSON,
            .width = 24,
        },
    [TRAINING_COURSE] =
        {
            .name = "course",
            .label = "Course",
            .help = "What is learned, as listed under Courses",
            .meaning = "",
            .synonyms = "training;training title;course name",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_COURSE,
            .width = 11,
        },
    [TRAINING_DUE_ON] =
        {
            .name = "due_on",
            .label = "Due on",
            .help = "The last day on which it should be done",
            .meaning = "where an imported file has none, completed_on stands in",
            .synonyms = "due date;due;planned date",
            .type = FIELD_DATE,
            .flags = FIELD_REQUIRED,
        },
    [TRAINING_COMPLETED_ON] =
        {
            .name = "completed_on",
            .label = "Completed on",
            .help = "The day it was finished; leave empty until then",
            .meaning = "",
            .synonyms = "completion date;completed;date completed;completed date",
            .type = FIELD_DATE,
        },
    [TRAINING_RESULT] =
        {
            .name = "result",
            .label = "Result",
            .help = "The mark or the number of the certificate",
            .meaning = "mark, certificate number",
            .synonyms = "certificate;certificate no;score",
            .type = FIELD_TEXT,
        },
    [TRAINING_PROVIDER] =
        {
            .name = "provider",
            .label = "Provider",
            .help = "Who gave the course: a firm, a colleague or a website",
            .meaning = "",
            .synonyms = "trainer;training provider",
            .type = FIELD_TEXT,
        },
    [TRAINING_EVALUATION] =
        {
            .name = "evaluation",
            .label = "Evaluation",
            .help = "How you know that it helped, such as a test or a look at the work afterwards",
            .meaning = "whether it worked (7.2 c)",
            .synonyms = "effectiveness",
            .type = FIELD_TEXT,
        },
};
_Static_assert(COUNT(training_fields) == TRAINING_FIELDS, "one row per field");

const struct register_description register_training = {
    .name = "training",
    .label = "Training",
    .singular = "training",
    .meaning = "one person completed, or is to complete, one course",
    .help =
        "Who has taken which course, and who still has to. It proves that people can do what their job asks for.",
    .pane = "Awareness",
    .fields = training_fields,
    .field_count = TRAINING_FIELDS,
    .key = {TRAINING_PERSON, TRAINING_COURSE, TRAINING_DUE_ON},
    .key_count = 3,
};

static const struct field communication_fields[] = {
    [COMMUNICATION_REF] =
        {
            .name = "ref",
            .label = "Ref",
            .help = "A short code for the message that stays for good, such as COM-001",
            .meaning = "",
            .synonyms = "id;communication id",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY,
            .width = 11,
        },
    [COMMUNICATION_TITLE] =
        {
            .name = "title",
            .label = "Title",
            .help = "What people should remember, in one sentence",
            .meaning = "the message in a line",
            .synonyms = "subject;message;topic;communication content",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 36,
        },
    [COMMUNICATION_KIND] =
        {
            .name = "kind",
            .label = "Kind",
            .help =
                "What sort of message it is; a leadership message comes from top management itself",
            .meaning = "",
            .synonyms = "type",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = communication_kind_choices,
            .width = 20,
        },
    [COMMUNICATION_PLANNED_ON] =
        {
            .name = "planned_on",
            .label = "Planned on",
            .help = "The day on which it should go out",
            .meaning = "when it is to be sent (7.4 b); one of planned_on and sent_on is needed",
            .synonyms = "planned date;planned;planned for",
            .type = FIELD_DATE,
        },
    [COMMUNICATION_SENT_ON] =
        {
            .name = "sent_on",
            .label = "Sent on",
            .help = "The day it went out; leave empty until then",
            .meaning = "",
            .synonyms = "sent;date sent;date;sent date",
            .type = FIELD_DATE,
        },
    [COMMUNICATION_SENDER] =
        {
            .name = "sender",
            .label = "Sender",
            .help = "The role or person in whose name it goes out",
            .meaning = "",
            .synonyms = "from;sent by",
            .type = FIELD_PARTY,
            .flags = FIELD_REQUIRED,
        },
    [COMMUNICATION_CHANNEL] =
        {
            .name = "channel",
            .label = "Channel",
            .help = "How it reaches people",
            .meaning = "",
            .synonyms = "medium",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = communication_channel_choices,
            .width = 12,
        },
    [COMMUNICATION_AUDIENCE] =
        {
            .name = "audience",
            .label = "Audience",
            .help = "Who gets it; choose external for customers, suppliers or authorities",
            .meaning = "",
            .synonyms = "recipients;stakeholder;to",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = communication_audience_choices,
            .width = 14,
        },
    [COMMUNICATION_AUDIENCE_DETAIL] =
        {
            .name = "audience_detail",
            .label = "Audience detail",
            .help = "Name the departments, jobs or partners when not everybody is meant",
            .meaning = "which department, roles or outside parties",
            .synonyms = "details of audience",
            .type = FIELD_TEXT,
        },
    [COMMUNICATION_REACH] =
        {
            .name = "reach",
            .label = "Reach",
            .help = "The number of people who got it or came",
            .meaning = "how many people it reached",
            .synonyms = "recipients count;number of people",
            .type = FIELD_WHOLE,
            .width = 6,
        },
    [COMMUNICATION_POLICY] =
        {
            .name = "policy",
            .label = "Policy",
            .help = "The document that the message tells people about",
            .meaning = "",
            .synonyms = "policy ref",
            .type = FIELD_REFERENCE,
            .target = REGISTER_POLICY,
            .width = 11,
        },
    [COMMUNICATION_ROLE] =
        {
            .name = "role",
            .label = "Role",
            .help = "The job that the message introduces",
            .meaning = "",
            .type = FIELD_REFERENCE,
            .target = REGISTER_ROLE,
            .width = 8,
        },
    [COMMUNICATION_FEEDBACK] =
        {
            .name = "feedback",
            .label = "Feedback",
            .help = "Questions and reactions, so that the next message gets better",
            .meaning = "what came back",
            .synonyms = "response;responses",
            .type = FIELD_LONG_TEXT,
        },
};
_Static_assert(COUNT(communication_fields) == COMMUNICATION_FIELDS, "one row per field");

const struct register_description register_communication = {
    .name = "communication",
    .label = "Communications",
    .singular = "communication",
    .meaning = "a message, campaign or briefing",
    .help =
        "Messages about security to staff and outsiders, sent or planned. Leaders speaking up in person is what auditors look for here.",
    .pane = "Awareness",
    .ref_prefix = "COM-",
    .fields = communication_fields,
    .field_count = COMMUNICATION_FIELDS,
    .list_first =
        (const int[]){COMMUNICATION_TITLE, COMMUNICATION_PLANNED_ON, COMMUNICATION_SENT_ON,
                      COMMUNICATION_AUDIENCE, COMMUNICATION_KIND, -1},
    .key = {COMMUNICATION_REF},
    .key_count = 1,
};
