/* Owns the description of requirement, assessment, sample; knows nothing of files or screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct choice requirement_kind_choices[] = {
    {.value = "requirement", .label = "requirement"},
    {.value = "practice", .label = "practice"},
    {.value = NULL},
};

static const struct choice assessment_state_choices[] = {
    {.value = "to do", .label = "to do", .synonyms = "open;not started;todo;pending;planned"},
    {.value = "in progress", .label = "in progress", .synonyms = "started;ongoing;wip"},
    {.value = "done", .label = "done", .synonyms = "completed;complete;finished;closed"},
    {.value = NULL},
};

static const struct choice assessment_result_choices[] = {
    {.value = "not assessed", .label = "not assessed", .synonyms = "open;not yet assessed"},
    {.value = "conforms",
     .label = "conforms",
     .synonyms =
         "conformity;compliant;conforming;conformant;comply;complies;conform;met;pass;passed;yes;ok;fulfilled"},
    {.value = "partial",
     .label = "partial",
     .synonyms = "partially;partly;partially compliant;partially conforming;partly met"},
    {.value = "nonconforming",
     .label = "nonconforming",
     .synonyms =
         "nonconformity;non-conforming;non-conformity;non-compliant;nonconformance;nc;not compliant;not met;fail;failed;no"},
    {.value = "not applicable", .label = "not applicable", .synonyms = "n/a;na"},
    {.value = "not sampled", .label = "not sampled"},
    {.value = NULL},
};

static const struct choice assessment_grade_choices[] = {
    {.value = "major nonconformity",
     .label = "major nonconformity",
     .synonyms = "major;major nc;major nonconformance;major non-conformity"},
    {.value = "minor nonconformity",
     .label = "minor nonconformity",
     .synonyms = "minor;minor nc;minor nonconformance;minor non-conformity"},
    {.value = "area of concern", .label = "area of concern"},
    {.value = "observation", .label = "observation", .synonyms = "obs"},
    {.value = "opportunity",
     .label = "opportunity",
     .synonyms = "ofi;opportunity for improvement;improvement"},
    {.value = "good practice", .label = "good practice", .synonyms = "strength;positive"},
    {.value = NULL},
};

static const struct choice sample_method_choices[] = {
    {.value = "random", .label = "random", .synonyms = "randomly"},
    {.value = "judgement", .label = "judgement", .synonyms = "judgment;judgemental;targeted"},
    {.value = "all", .label = "all", .synonyms = "full;100%;complete"},
    {.value = NULL},
};

static const struct field requirement_fields[] = {
    [REQUIREMENT_REF] =
        {
            .name = "ref",
            .label = "Ref",
            .help = "The number in the standard; your own lines start with X-",
            .meaning = "such as 5.1.a; own lines start with X-",
            .synonyms = "id;requirement id",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY,
            .width = 9,
        },
    [REQUIREMENT_CLAUSE] =
        {
            .name = "clause",
            .label = "Clause",
            .help = "The part of the standard under which the line is shown",
            .meaning = "such as 5.1",
            .synonyms = "iso clause",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 7,
        },
    [REQUIREMENT_KIND] =
        {
            .name = "kind",
            .label = "Kind",
            .help = "A requirement is a must, a practice is what good firms do beyond it",
            .meaning = "a requirement is assessed in every audit; a practice in a self-assessment",
            .synonyms = "type",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = requirement_kind_choices,
            .width = 11,
        },
    [REQUIREMENT_TITLE] =
        {
            .name = "title",
            .label = "Title",
            .help = "What has to be there, in a few words",
            .meaning = "in the project's own words",
            .synonyms = "requirement",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 44,
        },
    [REQUIREMENT_GUIDANCE] =
        {
            .name = "guidance",
            .label = "Guidance",
            .help = "What a small firm can do to get there",
            .meaning = "how to meet it",
            .synonyms = "how to",
            .type = FIELD_LONG_TEXT,
        },
    [REQUIREMENT_LOOK_FOR] =
        {
            .name = "look_for",
            .label = "Look for",
            .help = "Papers and facts that show it is there, a line each",
            .meaning = "what an auditor wants to see, a line each",
            .synonyms = "evidence to look for",
            .type = FIELD_LONG_TEXT,
        },
    [REQUIREMENT_QUESTIONS] =
        {
            .name = "questions",
            .label = "Questions",
            .help = "Questions for the people in charge, a line each",
            .meaning = "what to ask, a line each",
            .synonyms = "interview questions",
            .type = FIELD_LONG_TEXT,
        },
    [REQUIREMENT_SOURCE] =
        {
            .name = "source",
            .label = "Source",
            .help = "Where in the map of topics the line comes from",
            .meaning = "ids of spec/coverage.tsv that it answers",
            .type = FIELD_TEXT,
        },
};
_Static_assert(COUNT(requirement_fields) == REQUIREMENT_FIELDS, "one row per field");

const struct register_description register_requirement = {
    .name = "requirement",
    .label = "Requirements",
    .singular = "requirement",
    .meaning =
        "a line of the checklist; the catalogue that ships with the program, plus the user's own lines",
    .help =
        "The checklist: what clauses 5 to 10 ask of leadership, in plain words. The lines that come with the program stay as they are; add your own with X- in front.",
    .pane = "Checklist",
    .ref_prefix = "X-",
    .fields = requirement_fields,
    .field_count = REQUIREMENT_FIELDS,
    .list_first = (const int[]){REQUIREMENT_TITLE, REQUIREMENT_KIND, -1},
    .key = {REQUIREMENT_REF},
    .key_count = 1,
};

static const struct field assessment_fields[] = {
    [ASSESSMENT_AUDIT] =
        {
            .name = "audit",
            .label = "Audit",
            .help = "The round in which the line was looked at",
            .meaning = "",
            .synonyms = "audit id",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_AUDIT,
            .width = 11,
        },
    [ASSESSMENT_REQUIREMENT] =
        {
            .name = "requirement",
            .label = "Requirement",
            .help = "The line of the checklist",
            .meaning = "",
            .synonyms = "requirement id",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_REQUIREMENT,
            .width = 9,
        },
    [ASSESSMENT_STATE] =
        {
            .name = "state",
            .label = "State",
            .help = "Whether you still have to look, are at it, or are done",
            .meaning = "",
            .synonyms = "progress",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = assessment_state_choices,
            .width = 11,
        },
    [ASSESSMENT_RESULT] =
        {
            .name = "result",
            .label = "Result",
            .help = "Whether the firm does what the line asks for",
            .meaning =
                "partial only in a self-assessment; not applicable only for practices, X- lines and supplier audits, with a note: clauses 4 to 10 cannot be excluded",
            .synonyms = "compliance",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = assessment_result_choices,
            .width = 14,
        },
    [ASSESSMENT_GRADE] =
        {
            .name = "grade",
            .label = "Grade",
            .help = "How serious or how good it is; a nonconformity is a must that is not met",
            .meaning =
                "nonconforming needs major or minor, in stage 1 area of concern; observation, opportunity and good practice go with conforms, or with partial; not applicable, not sampled and not assessed have none; state done needs a result, to do has not assessed",
            .synonyms = "severity",
            .type = FIELD_CHOICE,
            .choices = assessment_grade_choices,
            .width = 19,
        },
    [ASSESSMENT_NOTE] =
        {
            .name = "note",
            .label = "Note",
            .help = "What you saw, heard or read, exact enough to find it again",
            .meaning = "required with any grade and with partial: the objective evidence",
            .synonyms = "notes;comment;finding",
            .type = FIELD_LONG_TEXT,
        },
    [ASSESSMENT_INTERVIEWED] =
        {
            .name = "interviewed",
            .label = "Interviewed",
            .help = "Names of those you talked to",
            .meaning = "",
            .synonyms = "interviewee",
            .type = FIELD_TEXT,
        },
    [ASSESSMENT_ASSESSED_ON] =
        {
            .name = "assessed_on",
            .label = "Assessed on",
            .help = "The day on which you looked",
            .meaning = "",
            .synonyms = "date",
            .type = FIELD_DATE,
        },
    [ASSESSMENT_ASSESSED_BY] =
        {
            .name = "assessed_by",
            .label = "Assessed by",
            .help = "Who looked",
            .meaning = "",
            .synonyms = "assessor",
            .type = FIELD_TEXT,
        },
    [ASSESSMENT_CARRIED_NOTE] =
        {
            .name = "carried_note",
            .label = "Note of the last round",
            .help = "What was noted on this line last time; it cannot be changed here",
            .meaning = "note of the round before, read only",
            .type = FIELD_LONG_TEXT,
            .flags = FIELD_SET_BY_PROGRAM,
        },
};
_Static_assert(COUNT(assessment_fields) == ASSESSMENT_FIELDS, "one row per field");

const struct register_description register_assessment = {
    .name = "assessment",
    .label = "Assessments",
    .singular = "assessment",
    .meaning = "one requirement in one round",
    .help =
        "What was found for each line of the checklist in one round. The walk fills this in with one key a line.",
    .pane = "Checklist",
    .fields = assessment_fields,
    .field_count = ASSESSMENT_FIELDS,
    .list_first = (const int[]){ASSESSMENT_RESULT, ASSESSMENT_GRADE, ASSESSMENT_ASSESSED_ON,
                                ASSESSMENT_ASSESSED_BY, -1},
    .key = {ASSESSMENT_AUDIT, ASSESSMENT_REQUIREMENT},
    .key_count = 2,
};

static const struct field sample_fields[] = {
    [SAMPLE_AUDIT] =
        {
            .name = "audit",
            .label = "Audit",
            .help = "The round in which the items were picked",
            .meaning = "",
            .synonyms = "audit id",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_AUDIT,
            .width = 11,
        },
    [SAMPLE_REQUIREMENT] =
        {
            .name = "requirement",
            .label = "Requirement",
            .help = "The line of the checklist that they are to prove",
            .meaning = "",
            .synonyms = "requirement id",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_REQUIREMENT,
            .width = 9,
        },
    [SAMPLE_POPULATION] =
        {
            .name = "population",
            .label = "Population",
            .help = "The number of items to choose from, such as all staff who joined this year",
            .meaning = "how many items there are",
            .synonyms = "population size",
            .type = FIELD_WHOLE,
            .flags = FIELD_REQUIRED,
            .width = 10,
        },
    [SAMPLE_SIZE] =
        {
            .name = "size",
            .label = "Size",
            .help = "The number of items you look at",
            .meaning = "how many were drawn",
            .synonyms = "sample size",
            .type = FIELD_WHOLE,
            .flags = FIELD_REQUIRED,
            .width = 6,
        },
    [SAMPLE_METHOD] =
        {
            .name = "method",
            .label = "Method",
            .help = "Random leaves it to chance, judgement to you, all takes every item",
            .meaning = "",
            .synonyms = "sampling method",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = sample_method_choices,
        },
    [SAMPLE_SEED] =
        {
            .name = "seed",
            .label = "Seed",
            .help = "Any number; the same one gives the same draw again",
            .meaning = "recorded, so that the draw can be repeated in front of the client",
            .type = FIELD_TEXT,
            .width = 12,
        },
    [SAMPLE_DRAWN] =
        {
            .name = "drawn",
            .label = "Drawn",
            .help = "Which items it was, by their number in the list",
            .meaning = "item numbers, sorted",
            .type = FIELD_LONG_TEXT,
        },
    [SAMPLE_DEVIATIONS] =
        {
            .name = "deviations",
            .label = "Deviations",
            .help = "How many of them were not as they should be",
            .meaning = "",
            .synonyms = "exceptions found",
            .type = FIELD_WHOLE,
            .width = 10,
        },
    [SAMPLE_DRAWN_ON] =
        {
            .name = "drawn_on",
            .label = "Drawn on",
            .help = "The day of the draw",
            .meaning = "",
            .synonyms = "date",
            .type = FIELD_DATE,
            .flags = FIELD_REQUIRED,
        },
    [SAMPLE_NOTE] =
        {
            .name = "note",
            .label = "Note",
            .help = "What was unusual about it",
            .meaning = "",
            .synonyms = "comment",
            .type = FIELD_LONG_TEXT,
        },
};
_Static_assert(COUNT(sample_fields) == SAMPLE_FIELDS, "one row per field");

const struct register_description register_sample = {
    .name = "sample",
    .label = "Samples",
    .singular = "sample",
    .meaning = "a sample drawn for a requirement",
    .help =
        "Which items were picked when there were too many to look at all of them. With the seed the draw can be repeated in front of others.",
    .pane = "Checklist",
    .fields = sample_fields,
    .field_count = SAMPLE_FIELDS,
    .key = {SAMPLE_AUDIT, SAMPLE_REQUIREMENT, SAMPLE_DRAWN_ON},
    .key_count = 3,
};
