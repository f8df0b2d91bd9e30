/* Owns the description of role, activity, responsibility; knows nothing of files or screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct choice role_kind_choices[] = {
    {.value = "top management",
     .label = "top management",
     .synonyms = "management;executive;executive management;board"},
    {.value = "isms", .label = "ISMS", .synonyms = "information security;security"},
    {.value = "operational", .label = "operational", .synonyms = "operations;business;it"},
    {.value = "third party",
     .label = "third party",
     .synonyms = "supplier;contractor;external;vendor;outsourced"},
    {.value = "group", .label = "group", .synonyms = "committee;team;all staff;all employees"},
    {.value = NULL},
};

static const struct choice responsibility_code_choices[] = {
    {.value = "R", .label = "responsible"},
    {.value = "A", .label = "accountable"},
    {.value = "A/R",
     .label = "accountable and responsible",
     .synonyms = "R/A;AR;RA;A,R;R,A;A + R;R + A;R & A;A & R;A|R;R|A"},
    {.value = "C", .label = "consulted"},
    {.value = "I", .label = "informed"},
    {.value = NULL},
};

static const struct field role_fields[] = {
    [ROLE_REF] =
        {
            .name = "ref",
            .label = "Ref",
            .help = "The letters people use for it, such as CEO for the managing director",
            .meaning = "short code such as ISO, CEO",
            .synonyms = "role id;code;abbreviation;short name",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY,
            .width = 8,
        },
    [ROLE_TITLE] =
        {
            .name = "title",
            .label = "Title",
            .help = "The full name of the job, such as Information Security Officer",
            .meaning = "",
            .synonyms = "role;role title;role name",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 32,
        },
    [ROLE_KIND] =
        {
            .name = "kind",
            .label = "Kind",
            .help =
                "Top management leads, isms runs security, operational the business; group means many people",
            .meaning = "group: all employees, a committee; has no single holder",
            .synonyms = "type;role type",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = role_kind_choices,
            .width = 14,
        },
    [ROLE_KEY_ROLE] =
        {
            .name = "key_role",
            .label = "Key role",
            .help =
                "Say yes if things stop when this person is ill; the program then asks for a deputy",
            .meaning = "the ISMS stops working without it: a deputy is expected",
            .synonyms = "critical role",
            .type = FIELD_YESNO,
            .width = 5,
        },
    [ROLE_HOLDER] =
        {
            .name = "holder",
            .label = "Holder",
            .help = "Who does the job now; leave empty while it is vacant",
            .meaning = "",
            .synonyms = "assigned to;person;incumbent;role holder",
            .type = FIELD_REFERENCE,
            .target = REGISTER_PERSON,
            .width = 22,
        },
    [ROLE_DEPUTY] =
        {
            .name = "deputy",
            .label = "Deputy",
            .help = "Who steps in during holidays and illness; somebody other than the holder",
            .meaning = "takes over when the holder is away or leaves",
            .synonyms = "substitute;backup;stand-in",
            .type = FIELD_REFERENCE,
            .target = REGISTER_PERSON,
            .width = 22,
        },
    [ROLE_ASSIGNED_ON] =
        {
            .name = "assigned_on",
            .label = "Assigned on",
            .help = "The day the job was given to its present holder",
            .meaning = "",
            .synonyms = "assigned;assignment date;date assigned",
            .type = FIELD_DATE,
        },
    [ROLE_ACCEPTED_ON] =
        {
            .name = "accepted_on",
            .label = "Accepted on",
            .help = "The day the holder said yes to the duties, best in writing",
            .meaning = "the holder confirmed the duties",
            .synonyms = "accepted;acceptance date",
            .type = FIELD_DATE,
        },
    [ROLE_COMMUNICATED_ON] =
        {
            .name = "communicated_on",
            .label = "Communicated on",
            .help = "The day the others were told who does this job",
            .meaning = "made known in the organisation",
            .synonyms = "announced on;communicated",
            .type = FIELD_DATE,
        },
    [ROLE_RESPONSIBILITIES] =
        {
            .name = "responsibilities",
            .label = "Responsibilities",
            .help = "What the holder has to do, a line each",
            .meaning = "",
            .synonyms = "duties;tasks",
            .type = FIELD_LONG_TEXT,
        },
    [ROLE_COMPETENCE] =
        {
            .name = "competence",
            .label = "Competence",
            .help = "What one must know or have learned to do this job well",
            .meaning = "needed education, training, experience (7.2 a)",
            .synonyms = "required competence;competence required",
            .type = FIELD_LONG_TEXT,
        },
    [ROLE_AUTHORITY] =
        {
            .name = "authority",
            .label = "Authority",
            .help = "What the holder may decide alone: money, stopping a system, granting access",
            .meaning = "what it may decide",
            .synonyms = "powers;authorities",
            .type = FIELD_LONG_TEXT,
        },
    [ROLE_AUTHORITY_GRANTED_BY] =
        {
            .name = "authority_granted_by",
            .label = "Authority granted by",
            .help = "Who of the leadership gave these powers",
            .meaning = "",
            .synonyms = "granted by",
            .type = FIELD_PARTY,
            .flags = FIELD_APPROVAL,
        },
    [ROLE_REPORTS_TO] =
        {
            .name = "reports_to",
            .label = "Reports to",
            .help = "The job one level up that this one answers to",
            .meaning = "reporting line; no cycles; drawn as the organisation chart",
            .synonyms = "reporting line",
            .type = FIELD_REFERENCE,
            .target = REGISTER_ROLE,
            .width = 8,
        },
    [ROLE_ESCALATES_TO] =
        {
            .name = "escalates_to",
            .label = "Escalates to",
            .help = "The job to turn to when a problem cannot be solved here",
            .meaning = "where problems go",
            .synonyms = "escalation;escalation to",
            .type = FIELD_REFERENCE,
            .target = REGISTER_ROLE,
            .width = 8,
        },
    [ROLE_ENSURES_CONFORMITY] =
        {
            .name = "ensures_conformity",
            .label = "Ensures conformity",
            .help = "Say yes for the one job that keeps your system in line with the standard",
            .meaning = "ensures that the ISMS conforms to the standard (5.3 a)",
            .type = FIELD_YESNO,
            .width = 5,
        },
    [ROLE_REPORTS_PERFORMANCE] =
        {
            .name = "reports_performance",
            .label = "Reports performance",
            .help = "Say yes for the one job that tells the leadership how security is doing",
            .meaning = "reports how the ISMS performs to top management (5.3 b)",
            .type = FIELD_YESNO,
            .width = 5,
        },
    [ROLE_JOB_DESCRIPTION] =
        {
            .name = "job_description",
            .label = "Job description",
            .help = "Path or web address of the paper that describes the job",
            .meaning = "",
            .synonyms = "role description",
            .type = FIELD_FILE,
        },
    [ROLE_AGREEMENT] =
        {
            .name = "agreement",
            .label = "Agreement",
            .help = "For outsiders: path or web address of the contract that names their duties",
            .meaning = "contract that sets a third party's duties",
            .synonyms = "contract",
            .type = FIELD_FILE,
        },
};
_Static_assert(COUNT(role_fields) == ROLE_FIELDS, "one row per field");

const struct register_description register_role = {
    .name = "role",
    .label = "Roles",
    .singular = "role",
    .meaning = "a role with information security duties",
    .help =
        "Jobs in information security, whoever holds them: the officer, the managing director, system owners. Every task in the responsibility matrix needs one.",
    .pane = "Roles",
    .fields = role_fields,
    .field_count = ROLE_FIELDS,
    .list_first = (const int[]){ROLE_TITLE, ROLE_HOLDER, ROLE_DEPUTY, ROLE_KEY_ROLE, ROLE_KIND, -1},
    .key = {ROLE_REF},
    .key_count = 1,
};

static const struct field activity_fields[] = {
    [ACTIVITY_REF] =
        {
            .name = "ref",
            .label = "Ref",
            .help = "A short code for the task that stays for good, such as ACT-001",
            .meaning = "",
            .synonyms = "id;activity id;task id",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY,
            .width = 11,
        },
    [ACTIVITY_TITLE] =
        {
            .name = "title",
            .label = "Title",
            .help =
                "The task in a few words that begin with what is done, such as Run internal audits",
            .meaning = "",
            .synonyms = "activity;task;process;activity / task",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 40,
        },
    [ACTIVITY_CLAUSE] =
        {
            .name = "clause",
            .label = "Clause",
            .help = "The part of the standard behind it, such as 9.2 for internal audits",
            .meaning = "clause of the standard it serves",
            .synonyms = "iso clause;clause no",
            .type = FIELD_TEXT,
            .width = 8,
        },
    [ACTIVITY_POLICY] =
        {
            .name = "policy",
            .label = "Policy",
            .help = "The document that describes how the task is done",
            .meaning = "",
            .synonyms = "policy ref;procedure",
            .type = FIELD_REFERENCE,
            .target = REGISTER_POLICY,
            .width = 11,
        },
    [ACTIVITY_NOTE] =
        {
            .name = "note",
            .label = "Note",
            .help = "Anything worth knowing, such as how often it is done",
            .meaning = "",
            .synonyms = "comment;comments;remarks",
            .type = FIELD_LONG_TEXT,
        },
};
_Static_assert(COUNT(activity_fields) == ACTIVITY_FIELDS, "one row per field");

const struct register_description register_activity = {
    .name = "activity",
    .label = "Activities",
    .singular = "activity",
    .meaning = "a row of the responsibility matrix",
    .help =
        "Tasks of information security, one line each, such as running internal audits. Together with the roles they make the responsibility matrix.",
    .pane = "Roles",
    .ref_prefix = "ACT-",
    .fields = activity_fields,
    .field_count = ACTIVITY_FIELDS,
    .key = {ACTIVITY_REF},
    .key_count = 1,
};

static const struct field responsibility_fields[] = {
    [RESPONSIBILITY_ACTIVITY] =
        {
            .name = "activity",
            .label = "Activity",
            .help = "The task of the matrix row",
            .meaning = "",
            .synonyms = "task;process",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_ACTIVITY,
            .width = 11,
        },
    [RESPONSIBILITY_ROLE] =
        {
            .name = "role",
            .label = "Role",
            .help = "The job of the matrix column",
            .meaning = "",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_ROLE,
            .width = 8,
        },
    [RESPONSIBILITY_CODE] =
        {
            .name = "code",
            .label = "Code",
            .help =
                "R does the work, A answers for it, A/R does both, C is asked before, I is told after",
            .meaning = "responsible, accountable, both, consulted, informed",
            .synonyms = "raci;rasci",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = responsibility_code_choices,
            .width = 12,
        },
};
_Static_assert(COUNT(responsibility_fields) == RESPONSIBILITY_FIELDS, "one row per field");

const struct register_description register_responsibility = {
    .name = "responsibility",
    .label = "Responsibilities",
    .singular = "responsibility",
    .meaning = "one cell of the responsibility matrix",
    .help =
        "Who does what: one cell of the responsibility matrix. Each task needs at least one R and exactly one A.",
    .pane = "Roles",
    .fields = responsibility_fields,
    .field_count = RESPONSIBILITY_FIELDS,
    .key = {RESPONSIBILITY_ACTIVITY, RESPONSIBILITY_ROLE},
    .key_count = 2,
};
