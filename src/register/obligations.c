/* Owns the description of obligation, policy_obligation; knows nothing of files or screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct choice obligation_kind_choices[] = {
    {.value = "legal", .label = "legal", .synonyms = "law;statutory;legislation;act"},
    {.value = "regulatory", .label = "regulatory", .synonyms = "regulation;regulator"},
    {.value = "contractual",
     .label = "contractual",
     .synonyms = "contract;customer;contracts;customer contract"},
    {.value = "voluntary", .label = "voluntary", .synonyms = "voluntary commitment;standard"},
    {.value = NULL},
};

static const struct field obligation_fields[] = {
    [OBLIGATION_REF] =
        {
            .name = "ref",
            .label = "Ref",
            .help = "A short code for the duty that stays for good, such as OBL-001",
            .meaning = "",
            .synonyms = "id;obligation id;no",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY,
            .width = 11,
        },
    [OBLIGATION_TITLE] =
        {
            .name = "title",
            .label = "Title",
            .help = "The law, rule or contract in a few words that everybody recognises",
            .meaning = "",
            .synonyms = "obligation;regulation;law",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 36,
        },
    [OBLIGATION_KIND] =
        {
            .name = "kind",
            .label = "Kind",
            .help =
                "Legal for laws, regulatory for an authority's rules, contractual for customers, else voluntary",
            .meaning = "",
            .synonyms = "type",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = obligation_kind_choices,
            .width = 12,
        },
    [OBLIGATION_SOURCE] =
        {
            .name = "source",
            .label = "Source",
            .help = "Where exactly it is written: the article, section or contract clause",
            .meaning = "law, article, contract",
            .synonyms = "article / section;article;section;reference",
            .type = FIELD_TEXT,
        },
    [OBLIGATION_REQUIREMENT] =
        {
            .name = "requirement",
            .label = "Requirement",
            .help = "What you have to do, in your own words",
            .meaning = "what it asks for",
            .synonyms = "requirements;what is required",
            .type = FIELD_LONG_TEXT,
        },
    [OBLIGATION_OWNER] =
        {
            .name = "owner",
            .label = "Owner",
            .help = "Who keeps an eye on changes and knows how you comply",
            .meaning = "",
            .synonyms = "responsible;obligation owner",
            .type = FIELD_PARTY,
        },
    [OBLIGATION_REVIEWED_ON] =
        {
            .name = "reviewed_on",
            .label = "Reviewed on",
            .help = "When somebody last looked whether the law or contract has changed",
            .meaning = "last checked for changes",
            .synonyms = "last review;last reviewed",
            .type = FIELD_DATE,
        },
    [OBLIGATION_NOTE] =
        {
            .name = "note",
            .label = "Note",
            .help = "Anything else, such as the authority to talk to",
            .meaning = "",
            .synonyms = "comment;comments;remarks",
            .type = FIELD_LONG_TEXT,
        },
};
_Static_assert(COUNT(obligation_fields) == OBLIGATION_FIELDS, "one row per field");

const struct register_description register_obligation = {
    .name = "obligation",
    .label = "Obligations",
    .singular = "obligation",
    .meaning = "a legal, regulatory, contractual or voluntary duty",
    .help =
        "Laws, contracts and promises that ask you to protect information. List each duty once and link the policy that takes care of it.",
    .pane = "Policies",
    .ref_prefix = "OBL-",
    .fields = obligation_fields,
    .field_count = OBLIGATION_FIELDS,
    .list_first = (const int[]){OBLIGATION_TITLE, OBLIGATION_KIND, OBLIGATION_OWNER,
                                OBLIGATION_REVIEWED_ON, -1},
    .key = {OBLIGATION_REF},
    .key_count = 1,
};

static const struct field policy_obligation_fields[] = {
    [POLICY_OBLIGATION_POLICY] =
        {
            .name = "policy",
            .label = "Policy",
            .help = "The document that says how you fulfil the duty",
            .meaning = "",
            .synonyms = "doc id;document id;policy ref",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_POLICY,
            .width = 11,
        },
    [POLICY_OBLIGATION_OBLIGATION] =
        {
            .name = "obligation",
            .label = "Obligation",
            .help = "The duty that is fulfilled by it",
            .meaning = "",
            .synonyms = "obligation id;obligation ref",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_OBLIGATION,
            .width = 11,
        },
};
_Static_assert(COUNT(policy_obligation_fields) == POLICY_OBLIGATION_FIELDS, "one row per field");

const struct register_description register_policy_obligation = {
    .name = "policy_obligation",
    .label = "Policy obligations",
    .singular = "policy obligation",
    .meaning = "a policy covers an obligation",
    .help =
        "Which policy takes care of which duty. A duty that no policy covers is shown as a gap.",
    .pane = "Policies",
    .fields = policy_obligation_fields,
    .field_count = POLICY_OBLIGATION_FIELDS,
    .key = {POLICY_OBLIGATION_POLICY, POLICY_OBLIGATION_OBLIGATION},
    .key_count = 2,
};
