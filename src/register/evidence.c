/* Owns the description of evidence, evidence_link; knows nothing of files or screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct choice evidence_kind_choices[] = {
    {.value = "document", .label = "document", .synonyms = "doc;policy;procedure"},
    {.value = "record", .label = "record", .synonyms = "records"},
    {.value = "screenshot", .label = "screenshot", .synonyms = "screen shot;image"},
    {.value = "log", .label = "log", .synonyms = "log file;logs"},
    {.value = "report", .label = "report", .synonyms = "audit report"},
    {.value = "certificate", .label = "certificate", .synonyms = "cert"},
    {.value = "interview", .label = "interview", .synonyms = "interviews"},
    {.value = "observation", .label = "observation", .synonyms = "site visit"},
    {.value = "other", .label = "other"},
    {.value = NULL},
};

static const struct choice evidence_verified_state_choices[] = {
    {.value = "unchanged", .label = "unchanged"},
    {.value = "changed", .label = "changed"},
    {.value = "missing", .label = "missing"},
    {.value = NULL},
};

static const struct field evidence_fields[] = {
    [EVIDENCE_REF] =
        {
            .name = "ref",
            .label = "Ref",
            .help = "A short code for the proof that stays for good, such as EV-001",
            .meaning = "",
            .synonyms = "id;evidence id",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY,
            .width = 11,
        },
    [EVIDENCE_TITLE] =
        {
            .name = "title",
            .label = "Title",
            .help = "What it is, such as Budget 2026, signed",
            .meaning = "",
            .synonyms = "evidence;document;description",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 36,
        },
    [EVIDENCE_KIND] =
        {
            .name = "kind",
            .label = "Kind",
            .help = "What sort of proof it is",
            .meaning = "",
            .synonyms = "type",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = evidence_kind_choices,
            .width = 12,
        },
    [EVIDENCE_LOCATION] =
        {
            .name = "location",
            .label = "Location",
            .help = "Path or web address where the file can be found",
            .meaning = "the file stays where it is",
            .synonyms = "file;link;url;path",
            .type = FIELD_FILE,
        },
    [EVIDENCE_SHA256] =
        {
            .name = "sha256",
            .label = "SHA-256",
            .help = "A fingerprint of the file; it shows later whether a single letter was changed",
            .meaning = "set by the program when the file is sealed",
            .type = FIELD_DIGEST,
            .flags = FIELD_SET_BY_PROGRAM,
        },
    [EVIDENCE_SIZE_BYTES] =
        {
            .name = "size_bytes",
            .label = "Size in bytes",
            .help = "How big the file was when its fingerprint was taken",
            .meaning = "set with it",
            .type = FIELD_WHOLE,
            .flags = FIELD_SET_BY_PROGRAM,
            .width = 10,
        },
    [EVIDENCE_DATED_ON] =
        {
            .name = "dated_on",
            .label = "Dated on",
            .help = "The day printed on it, or on which the picture was taken",
            .meaning = "date the evidence itself bears",
            .synonyms = "document date",
            .type = FIELD_DATE,
        },
    [EVIDENCE_COLLECTED_ON] =
        {
            .name = "collected_on",
            .label = "Collected on",
            .help = "The day on which you got to see it",
            .meaning = "",
            .synonyms = "date;date collected",
            .type = FIELD_DATE,
        },
    [EVIDENCE_COLLECTED_BY] =
        {
            .name = "collected_by",
            .label = "Collected by",
            .help = "Who got to see it",
            .meaning = "",
            .type = FIELD_TEXT,
        },
    [EVIDENCE_EXPIRES_ON] =
        {
            .name = "expires_on",
            .label = "Expires on",
            .help =
                "The day after which it proves nothing any more, such as the end of a certificate",
            .meaning = "",
            .synonyms = "expiry date;expires;valid until",
            .type = FIELD_DATE,
        },
    [EVIDENCE_VERIFIED_ON] =
        {
            .name = "verified_on",
            .label = "Verified on",
            .help = "The day on which the file was last compared with its fingerprint",
            .meaning = "set by verifying",
            .type = FIELD_DATE,
            .flags = FIELD_SET_BY_PROGRAM,
        },
    [EVIDENCE_VERIFIED_STATE] =
        {
            .name = "verified_state",
            .label = "Verified state",
            .help = "What that comparison showed",
            .meaning = "set by verifying",
            .type = FIELD_CHOICE,
            .flags = FIELD_SET_BY_PROGRAM,
            .choices = evidence_verified_state_choices,
            .width = 12,
        },
    [EVIDENCE_NOTE] =
        {
            .name = "note",
            .label = "Note",
            .help = "What it shows and where in it to look",
            .meaning = "",
            .synonyms = "comment;remarks",
            .type = FIELD_LONG_TEXT,
        },
};
_Static_assert(COUNT(evidence_fields) == EVIDENCE_FIELDS, "one row per field");

const struct register_description register_evidence = {
    .name = "evidence",
    .label = "Evidence",
    .singular = "piece of evidence",
    .meaning = "something that shows a requirement is met",
    .help =
        "Papers, pictures and talks that prove what you say, each noted once. The files stay where they are; the workbook remembers where and what they looked like.",
    .pane = "Checklist",
    .ref_prefix = "EV-",
    .fields = evidence_fields,
    .field_count = EVIDENCE_FIELDS,
    .list_first = (const int[]){EVIDENCE_TITLE, EVIDENCE_KIND, EVIDENCE_VERIFIED_STATE,
                                EVIDENCE_EXPIRES_ON, EVIDENCE_LOCATION, -1},
    .key = {EVIDENCE_REF},
    .key_count = 1,
};

static const struct field evidence_link_fields[] = {
    [EVIDENCE_LINK_EVIDENCE] =
        {
            .name = "evidence",
            .label = "Evidence",
            .help = "The proof that is used",
            .meaning = "",
            .synonyms = "evidence id",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_EVIDENCE,
            .width = 11,
        },
    [EVIDENCE_LINK_REGISTER] =
        {
            .name = "register",
            .label = "Register",
            .help = "The kind of record that it supports",
            .meaning = "name of the register",
            .type = FIELD_REGISTER,
            .flags = FIELD_REQUIRED,
            .width = 15,
        },
    [EVIDENCE_LINK_RECORD] =
        {
            .name = "record",
            .label = "Record",
            .help = "The code of that record; the parts of a longer one with / between",
            .meaning = "its key, such as POL-001 or 2026-IA/5.1.a",
            .type = FIELD_RECORD,
            .flags = FIELD_REQUIRED,
        },
};
_Static_assert(COUNT(evidence_link_fields) == EVIDENCE_LINK_FIELDS, "one row per field");

const struct register_description register_evidence_link = {
    .name = "evidence_link",
    .label = "Evidence links",
    .singular = "evidence link",
    .meaning = "evidence used for any row of any register",
    .help =
        "Which proof belongs to which record. Link one proof to as many records as it supports.",
    .pane = "Checklist",
    .fields = evidence_link_fields,
    .field_count = EVIDENCE_LINK_FIELDS,
    .key = {EVIDENCE_LINK_EVIDENCE, EVIDENCE_LINK_REGISTER, EVIDENCE_LINK_RECORD},
    .key_count = 3,
};
