/* Owns the description of translation, acknowledgement; knows nothing of files or screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct choice acknowledgement_channel_choices[] = {
    {.value = "portal", .label = "portal", .synonyms = "intranet;lms;online;e-learning"},
    {.value = "email", .label = "e-mail", .synonyms = "mail;e-mail"},
    {.value = "paper", .label = "paper", .synonyms = "signature;signed;form"},
    {.value = "briefing", .label = "briefing", .synonyms = "meeting;talk"},
    {.value = "training", .label = "training", .synonyms = "course;onboarding"},
    {.value = "other", .label = "other"},
    {.value = NULL},
};

static const struct field translation_fields[] = {
    [TRANSLATION_POLICY] =
        {
            .name = "policy",
            .label = "Policy",
            .help = "The document that was translated",
            .meaning = "",
            .synonyms = "doc id;document id;policy ref",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_POLICY,
            .width = 11,
        },
    [TRANSLATION_LANGUAGE] =
        {
            .name = "language",
            .label = "Language",
            .help =
                "The short code of the language, such as de for German or pt-BR for Brazilian Portuguese",
            .meaning = "BCP 47 code such as de or pt-BR",
            .synonyms = "lang",
            .type = FIELD_LANGUAGE,
            .flags = FIELD_REQUIRED,
        },
    [TRANSLATION_VERSION] =
        {
            .name = "version",
            .label = "Version",
            .help = "The edition that the translator worked from",
            .meaning = "version it translates",
            .synonyms = "source version",
            .type = FIELD_VERSION,
            .flags = FIELD_REQUIRED,
            .width = 8,
        },
    [TRANSLATION_TRANSLATED_ON] =
        {
            .name = "translated_on",
            .label = "Translated on",
            .help = "The day the translation was finished",
            .meaning = "",
            .synonyms = "translation date;date translated",
            .type = FIELD_DATE,
        },
    [TRANSLATION_CHECKED_BY] =
        {
            .name = "checked_by",
            .label = "Checked by",
            .help = "Who knows both languages and has compared the texts",
            .meaning = "",
            .synonyms = "translation checked by",
            .type = FIELD_PARTY,
        },
    [TRANSLATION_LOCATION] =
        {
            .name = "location",
            .label = "Location",
            .help = "Path or web address where readers of that language find it",
            .meaning = "",
            .synonyms = "link;url;path",
            .type = FIELD_FILE,
        },
};
_Static_assert(COUNT(translation_fields) == TRANSLATION_FIELDS, "one row per field");

const struct register_description register_translation = {
    .name = "translation",
    .label = "Translations",
    .singular = "translation",
    .meaning = "a policy in another language",
    .help =
        "Policies in the languages your people speak. Each line says which edition it translates, so that you see when one falls behind.",
    .pane = "Policies",
    .fields = translation_fields,
    .field_count = TRANSLATION_FIELDS,
    .key = {TRANSLATION_POLICY, TRANSLATION_LANGUAGE},
    .key_count = 2,
};

static const struct field acknowledgement_fields[] = {
    [ACKNOWLEDGEMENT_POLICY] =
        {
            .name = "policy",
            .label = "Policy",
            .help = "The document that was read",
            .meaning = "",
            .synonyms = "doc id;document id;policy ref",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_POLICY,
            .width = 11,
        },
    [ACKNOWLEDGEMENT_VERSION] =
        {
            .name = "version",
            .label = "Version",
            .help = "The edition that was read, as numbered in the register of policies",
            .meaning = "",
            .type = FIELD_VERSION,
            .flags = FIELD_REQUIRED,
            .width = 8,
        },
    [ACKNOWLEDGEMENT_PERSON] =
        {
            .name = "person",
            .label = "Person",
            .help = "Who confirmed it",
            .meaning = "",
            .synonyms = "employee;employee name;name;user",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_PERSON,
            .width = 24,
        },
    [ACKNOWLEDGEMENT_ACKNOWLEDGED_ON] =
        {
            .name = "acknowledged_on",
            .label = "Acknowledged on",
            .help = "The day of the confirmation",
            .meaning = "",
            .synonyms = "date;acknowledgement date;date acknowledged;signed on",
            .type = FIELD_DATE,
            .flags = FIELD_REQUIRED,
        },
    [ACKNOWLEDGEMENT_CHANNEL] =
        {
            .name = "channel",
            .label = "Channel",
            .help = "How it was confirmed: in the staff portal, by e-mail, on paper or in a talk",
            .meaning = "",
            .synonyms = "method;via",
            .type = FIELD_CHOICE,
            .choices = acknowledgement_channel_choices,
        },
    [ACKNOWLEDGEMENT_NOTE] =
        {
            .name = "note",
            .label = "Note",
            .help = "Anything worth knowing, such as where the signed sheet is kept",
            .meaning = "",
            .synonyms = "comment;remark;remarks",
            .type = FIELD_TEXT,
        },
};
_Static_assert(COUNT(acknowledgement_fields) == ACKNOWLEDGEMENT_FIELDS, "one row per field");

const struct register_description register_acknowledgement = {
    .name = "acknowledgement",
    .label = "Acknowledgements",
    .singular = "acknowledgement",
    .meaning = "one person confirmed one version of a policy",
    .help =
        "Who has confirmed having read which policy, and when. It is the usual proof that policies reach the people they are meant for.",
    .pane = "Policies",
    .fields = acknowledgement_fields,
    .field_count = ACKNOWLEDGEMENT_FIELDS,
    .key = {ACKNOWLEDGEMENT_POLICY, ACKNOWLEDGEMENT_VERSION, ACKNOWLEDGEMENT_PERSON},
    .key_count = 3,
};
