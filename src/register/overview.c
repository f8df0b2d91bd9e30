/* Owns the description of workbook, exception; knows nothing of files or screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct field workbook_fields[] = {
    [WORKBOOK_ORGANISATION] =
        {
            .name = "organisation",
            .label = "Organisation",
            .help = "The legal name of the firm that is assessed; it heads every screen and report",
            .meaning = "name of the organisation assessed",
            .synonyms = "company;organization;client",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 30,
        },
    [WORKBOOK_SCOPE] =
        {
            .name = "scope",
            .label = "Scope",
            .help =
                "Which sites, services and people the security management covers, in a sentence or two",
            .meaning = "scope of the ISMS",
            .synonyms = "isms scope",
            .type = FIELD_LONG_TEXT,
        },
    [WORKBOOK_STRATEGIC_DIRECTION] =
        {
            .name = "strategic_direction",
            .label = "Strategic direction",
            .help =
                "What the firm wants to reach in the coming years; objectives are held against it",
            .meaning = "the business goals that objectives must support",
            .synonyms = "strategy;business goals",
            .type = FIELD_LONG_TEXT,
        },
    [WORKBOOK_ASSESSOR] =
        {
            .name = "assessor",
            .label = "Assessor",
            .help = "Your own name; it is written beside every change you make",
            .meaning = "who keeps this workbook; the actor recorded in the history",
            .type = FIELD_TEXT,
        },
    [WORKBOOK_CURRENCY] =
        {
            .name = "currency",
            .label = "Currency",
            .help = "The three letters of the currency you plan in, such as EUR, GBP or USD",
            .meaning = "ISO 4217 code used by the resource register; default EUR",
            .type = FIELD_TEXT,
            .width = 8,
        },
    [WORKBOOK_YEAR_START_MONTH] =
        {
            .name = "year_start_month",
            .label = "First month of the financial year",
            .help = "1 for January to 12 for December; budgets are compared by this financial year",
            .meaning =
                "first month of the financial year; default 1; a year is named after its first day's year",
            .type = FIELD_WHOLE,
            .least = 1,
            .most = 12,
        },
    [WORKBOOK_REVIEW_INTERVAL] =
        {
            .name = "review_interval",
            .label = "Months between reviews",
            .help =
                "How often top management looks at information security as a whole; 12 means once a year",
            .meaning = "months between management reviews; default 12",
            .type = FIELD_WHOLE,
            .least = 1,
            .most = 36,
        },
    [WORKBOOK_AUDIT_INTERVAL] =
        {
            .name = "audit_interval",
            .label = "Months between audits",
            .help = "How often somebody independent checks your own work; 12 means once a year",
            .meaning = "months between internal audits; default 12",
            .type = FIELD_WHOLE,
            .least = 1,
            .most = 36,
        },
};
_Static_assert(COUNT(workbook_fields) == WORKBOOK_FIELDS, "one row per field");

const struct register_description register_workbook = {
    .name = "workbook",
    .label = "Workbook",
    .singular = "workbook",
    .meaning = "the workbook itself: exactly one row",
    .help =
        "The organisation that this workbook is about. Its scope and intervals are used by the checks and printed in every report.",
    .pane = "Overview",
    .fields = workbook_fields,
    .field_count = WORKBOOK_FIELDS,
    .key_count = 0,
};

static const struct field exception_fields[] = {
    [EXCEPTION_CHECK] =
        {
            .name = "check",
            .label = "Check",
            .help = "The warning to set aside, by its short name",
            .meaning = "id of checks.tsv",
            .type = FIELD_CHECK,
            .flags = FIELD_REQUIRED,
            .width = 24,
        },
    [EXCEPTION_REGISTER] =
        {
            .name = "register",
            .label = "Register",
            .help = "The kind of record that it is about",
            .meaning = "",
            .type = FIELD_REGISTER,
            .flags = FIELD_REQUIRED,
            .width = 15,
        },
    [EXCEPTION_RECORD] =
        {
            .name = "record",
            .label = "Record",
            .help = "The code of that record, or - where the warning is about something missing",
            .meaning = "its key",
            .type = FIELD_RECORD,
            .flags = FIELD_REQUIRED,
        },
    [EXCEPTION_REASON] =
        {
            .name = "reason",
            .label = "Reason",
            .help = "Why it is acceptable for now, so that others can follow you",
            .meaning = "",
            .synonyms = "justification",
            .type = FIELD_LONG_TEXT,
            .flags = FIELD_REQUIRED,
        },
    [EXCEPTION_UNTIL_ON] =
        {
            .name = "until_on",
            .label = "Until",
            .help = "The last day on which it stays set aside; a year at most is wise",
            .meaning = "the check counts again after this day",
            .synonyms = "valid until;until;expires",
            .type = FIELD_DATE,
            .flags = FIELD_REQUIRED,
        },
    [EXCEPTION_DECIDED_BY] =
        {
            .name = "decided_by",
            .label = "Decided by",
            .help = "Who takes the responsibility for waiting",
            .meaning = "",
            .synonyms = "approved by",
            .type = FIELD_PARTY,
            .flags = FIELD_APPROVAL,
        },
    [EXCEPTION_DECIDED_ON] =
        {
            .name = "decided_on",
            .label = "Decided on",
            .help = "The day of that decision",
            .meaning = "",
            .synonyms = "date",
            .type = FIELD_DATE,
        },
};
_Static_assert(COUNT(exception_fields) == EXCEPTION_FIELDS, "one row per field");

const struct register_description register_exception = {
    .name = "exception",
    .label = "Exceptions",
    .singular = "exception",
    .meaning = "a check set aside for a record, with a reason",
    .help =
        "Warnings that you have looked at and set aside for a while, each with its reason. They come back by themselves after the day you set.",
    .pane = "Overview",
    .fields = exception_fields,
    .field_count = EXCEPTION_FIELDS,
    .key = {EXCEPTION_CHECK, EXCEPTION_REGISTER, EXCEPTION_RECORD},
    .key_count = 3,
};
