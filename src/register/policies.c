/* Owns the description of policy, policy_version; knows nothing of files or screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct choice policy_kind_choices[] = {
    {.value = "information security policy",
     .label = "information security policy",
     .synonyms = "isms policy;is policy"},
    {.value = "topic policy", .label = "topic policy", .synonyms = "policy;topic-specific policy"},
    {.value = "procedure", .label = "procedure"},
    {.value = "standard", .label = "standard"},
    {.value = "leadership statement",
     .label = "leadership statement",
     .synonyms = "statement;management statement"},
    {.value = "other", .label = "other", .synonyms = "record;form;template"},
    {.value = NULL},
};

static const struct choice policy_classification_choices[] = {
    {.value = "public", .label = "public", .synonyms = "open"},
    {.value = "internal",
     .label = "internal",
     .synonyms = "internal use;internal use only;for internal use;internal only"},
    {.value = "confidential", .label = "confidential", .synonyms = "company confidential"},
    {.value = "restricted", .label = "restricted", .synonyms = "secret;strictly confidential"},
    {.value = NULL},
};

static const struct choice policy_must_acknowledge_choices[] = {
    {.value = "nobody", .label = "nobody", .synonyms = "none;no one;no"},
    {.value = "audience", .label = "audience", .synonyms = "target audience"},
    {.value = "everyone", .label = "everyone", .synonyms = "everybody;all;all staff;all employees"},
    {.value = NULL},
};

static const struct choice policy_version_status_choices[] = {
    {.value = "draft", .label = "draft", .synonyms = "in draft;drafted;entwurf"},
    {.value = "in review",
     .label = "in review",
     .synonyms = "under review;review;pending approval;for review;awaiting approval;in approval"},
    {.value = "approved",
     .label = "approved",
     .synonyms =
         "published;live;in force;effective;active;released;current;valid;final;in use;freigegeben"},
    {.value = "superseded", .label = "superseded", .synonyms = "replaced;outdated;old"},
    {.value = "withdrawn",
     .label = "withdrawn",
     .synonyms = "obsolete;archived;retired;deprecated;cancelled;canceled"},
    {.value = NULL},
};

static const struct field policy_fields[] = {
    [POLICY_REF] =
        {
            .name = "ref",
            .label = "Ref",
            .help =
                "A short code that stays for good; people and other records point to the document by it",
            .meaning = "such as POL-001",
            .synonyms = "doc id;document id;doc no;document number;policy id;id",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY,
            .width = 11,
        },
    [POLICY_TITLE] =
        {
            .name = "title",
            .label = "Title",
            .help = "The document's name as it stands on its first page",
            .meaning = "",
            .synonyms = "document;document title;policy;policy name;document name",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED,
            .width = 36,
        },
    [POLICY_KIND] =
        {
            .name = "kind",
            .label = "Kind",
            .help =
                "Choose information security policy for the one at the top, topic policy for those below it",
            .meaning = "",
            .synonyms = "type;document type;doc type",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = policy_kind_choices,
            .width = 26,
        },
    [POLICY_PARENT] =
        {
            .name = "parent",
            .label = "Parent",
            .help =
                "The document one level up that this one puts into detail; leave empty at the top",
            .meaning = "the policy it derives from; no cycles; shown as a tree",
            .synonyms = "parent document;derived from",
            .type = FIELD_REFERENCE,
            .target = REGISTER_POLICY,
            .width = 11,
        },
    [POLICY_OWNER] =
        {
            .name = "owner",
            .label = "Owner",
            .help = "The role or person who keeps it up to date and answers questions about it",
            .meaning = "who keeps it",
            .synonyms = "document owner;policy owner;responsible",
            .type = FIELD_PARTY,
            .width = 20,
        },
    [POLICY_SCOPE] =
        {
            .name = "scope",
            .label = "Scope",
            .help =
                "Where it applies: sites, systems, people; leave empty where it applies to everybody",
            .meaning = "",
            .synonyms = "applies to",
            .type = FIELD_LONG_TEXT,
        },
    [POLICY_SUMMARY] =
        {
            .name = "summary",
            .label = "Summary",
            .help = "What it asks of people, in words that a newcomer understands",
            .meaning = "plain-language summary",
            .synonyms = "description",
            .type = FIELD_LONG_TEXT,
        },
    [POLICY_AUDIENCE] =
        {
            .name = "audience",
            .label = "Audience",
            .help = "Departments and role codes that have to know it, such as IT; HR",
            .meaning = "who must know it: departments and role refs, separated by ;",
            .type = FIELD_TEXT,
        },
    [POLICY_CLASSIFICATION] =
        {
            .name = "classification",
            .label = "Classification",
            .help = "Who may read it; the policy for everybody is usually public or internal",
            .meaning = "",
            .synonyms = "confidentiality",
            .type = FIELD_CHOICE,
            .choices = policy_classification_choices,
            .width = 14,
        },
    [POLICY_LOCATION] =
        {
            .name = "location",
            .label = "Location",
            .help = "Path or web address where staff find the current text",
            .meaning = "where the current document is published",
            .synonyms = "link;url;path",
            .type = FIELD_FILE,
        },
    [POLICY_REVIEW_MONTHS] =
        {
            .name = "review_months",
            .label = "Review cycle, months",
            .help = "How many months may pass before somebody reads it again; most firms take 12",
            .meaning = "review cycle; default 12",
            .synonyms = "review cycle;review frequency;review interval",
            .type = FIELD_WHOLE,
            .least = 1,
            .most = 60,
            .width = 6,
        },
    [POLICY_NEXT_REVIEW_ON] =
        {
            .name = "next_review_on",
            .label = "Next review on",
            .help =
                "When somebody should read it again; filled in for you at each approval or review",
            .meaning =
                "set from the cycle on approval and on each confirmed review; may be set by hand",
            .synonyms = "next review;next review date;review due;due for review",
            .type = FIELD_DATE,
            .width = 10,
        },
    [POLICY_MUST_ACKNOWLEDGE] =
        {
            .name = "must_acknowledge",
            .label = "Who must acknowledge",
            .help = "Who should confirm having read it; you then see who has not yet done so",
            .meaning = "whose acknowledgement is expected",
            .type = FIELD_CHOICE,
            .choices = policy_must_acknowledge_choices,
            .width = 10,
        },
    [POLICY_FITS_PURPOSE] =
        {
            .name = "fits_purpose",
            .label = "Fits the purpose",
            .help = "Say yes once you have read it and it suits your kind of business",
            .meaning = "5.2 a ticked by reading the document",
            .type = FIELD_YESNO,
            .width = 5,
        },
    [POLICY_FRAMES_OBJECTIVES] =
        {
            .name = "frames_objectives",
            .label = "Frames objectives",
            .help = "Say yes if it states security objectives or says how they are set",
            .meaning = "5.2 b",
            .type = FIELD_YESNO,
            .width = 5,
        },
    [POLICY_COMMITS_REQUIREMENTS] =
        {
            .name = "commits_requirements",
            .label = "Commits to requirements",
            .help = "Say yes if it promises to meet the laws, contracts and rules that apply",
            .meaning = "5.2 c",
            .type = FIELD_YESNO,
            .width = 5,
        },
    [POLICY_COMMITS_IMPROVEMENT] =
        {
            .name = "commits_improvement",
            .label = "Commits to improvement",
            .help = "Say yes if it promises to keep improving information security",
            .meaning = "5.2 d",
            .type = FIELD_YESNO,
            .width = 5,
        },
    [POLICY_ENFORCEMENT] =
        {
            .name = "enforcement",
            .label = "Enforcement",
            .help =
                "What happens when somebody breaks it, such as a reference to the disciplinary rules",
            .meaning = "consequences of violating it",
            .synonyms = "consequences",
            .type = FIELD_LONG_TEXT,
        },
    [POLICY_RELATED] =
        {
            .name = "related",
            .label = "Related",
            .help = "Staff rules and other documents that must not contradict it",
            .meaning = "HR policies, code of conduct and others it must agree with",
            .synonyms = "related documents;references",
            .type = FIELD_LONG_TEXT,
        },
};
_Static_assert(COUNT(policy_fields) == POLICY_FIELDS, "one row per field");

const struct register_description register_policy = {
    .name = "policy",
    .label = "Policies",
    .singular = "policy",
    .meaning = "a policy or other governing document",
    .help =
        "The rules that top management sets for information security, one line a document. Start with the information security policy, the one that an auditor asks for first.",
    .pane = "Policies",
    .ref_prefix = "POL-",
    .fields = policy_fields,
    .field_count = POLICY_FIELDS,
    .key = {POLICY_REF},
    .key_count = 1,
};

static const struct field policy_version_fields[] = {
    [POLICY_VERSION_POLICY] =
        {
            .name = "policy",
            .label = "Policy",
            .help = "The document that this is an edition of",
            .meaning = "",
            .synonyms = "doc id;document id;policy ref",
            .type = FIELD_REFERENCE,
            .flags = FIELD_REQUIRED,
            .target = REGISTER_POLICY,
            .width = 11,
        },
    [POLICY_VERSION_VERSION] =
        {
            .name = "version",
            .label = "Version",
            .help =
                "The number printed on the document; count up a whole number for a new approval",
            .meaning = "such as 2.0",
            .synonyms = "version no;version number;rev;revision;current version",
            .type = FIELD_TEXT,
            .flags = FIELD_REQUIRED | FIELD_KEY,
            .width = 8,
        },
    [POLICY_VERSION_STATUS] =
        {
            .name = "status",
            .label = "Status",
            .help =
                "Where this edition stands; only one can be in force and only one in the making",
            .meaning =
                "at most one draft or in review and one approved per policy; approving supersedes the one before",
            .synonyms = "document status",
            .type = FIELD_CHOICE,
            .flags = FIELD_REQUIRED,
            .choices = policy_version_status_choices,
            .width = 10,
        },
    [POLICY_VERSION_AUTHOR] =
        {
            .name = "author",
            .label = "Author",
            .help = "Who wrote or changed the text",
            .meaning = "",
            .synonyms = "written by;prepared by;drafted by",
            .type = FIELD_PARTY,
        },
    [POLICY_VERSION_REVIEWERS] =
        {
            .name = "reviewers",
            .label = "Reviewers",
            .help = "Names of those who were asked for comments before it was approved",
            .meaning = "who was asked to review the draft",
            .synonyms = "reviewed with",
            .type = FIELD_TEXT,
        },
    [POLICY_VERSION_CHANGE_SUMMARY] =
        {
            .name = "change_summary",
            .label = "Change summary",
            .help = "What is different from the edition before, so that readers need not compare",
            .meaning = "what changed and why",
            .synonyms = "changes;change history;change description",
            .type = FIELD_LONG_TEXT,
        },
    [POLICY_VERSION_MATERIAL_CHANGE] =
        {
            .name = "material_change",
            .label = "Material change",
            .help =
                "Say yes if people must read it anew; confirmations of older editions then lapse",
            .meaning = "acknowledgements of earlier versions no longer count",
            .type = FIELD_YESNO,
            .width = 5,
        },
    [POLICY_VERSION_DRAFTED_ON] =
        {
            .name = "drafted_on",
            .label = "Drafted on",
            .help = "When work on this edition began",
            .meaning = "",
            .synonyms = "draft date;created;date created;creation date",
            .type = FIELD_DATE,
        },
    [POLICY_VERSION_APPROVED_BY] =
        {
            .name = "approved_by",
            .label = "Approved by",
            .help = "Who decided that it applies; for the main policy this must be top management",
            .meaning = "required once approved",
            .synonyms = "approver;approval by;authorised by;approved",
            .type = FIELD_PARTY,
            .flags = FIELD_APPROVAL,
        },
    [POLICY_VERSION_APPROVED_ON] =
        {
            .name = "approved_on",
            .label = "Approved on",
            .help = "The day of that decision",
            .meaning =
                "required once approved; where an imported file has none, the effective date stands in and the import says so",
            .synonyms = "approval date;date approved;date of approval",
            .type = FIELD_DATE,
        },
    [POLICY_VERSION_EFFECTIVE_ON] =
        {
            .name = "effective_on",
            .label = "Effective on",
            .help = "The first day on which it applies; often the day of approval or soon after",
            .meaning = "",
            .synonyms = "effective date;effective from;valid from;in force since",
            .type = FIELD_DATE,
        },
    [POLICY_VERSION_REVIEWED_ON] =
        {
            .name = "reviewed_on",
            .label = "Reviewed on",
            .help = "When somebody last read it through and found that it may stay as it is",
            .meaning = "last confirmed as still right without a new version",
            .synonyms = "last review;last reviewed;last review date",
            .type = FIELD_DATE,
        },
    [POLICY_VERSION_LOCATION] =
        {
            .name = "location",
            .label = "Location",
            .help = "Path or web address of exactly this edition, such as the signed file",
            .meaning = "this version's document",
            .type = FIELD_FILE,
        },
    [POLICY_VERSION_SHA256] =
        {
            .name = "sha256",
            .label = "SHA-256",
            .help = "A fingerprint of the file; it shows later whether a single letter was changed",
            .meaning = "set by the program when the document is sealed, as for evidence",
            .type = FIELD_DIGEST,
            .flags = FIELD_SET_BY_PROGRAM,
        },
    [POLICY_VERSION_SIZE_BYTES] =
        {
            .name = "size_bytes",
            .label = "Size in bytes",
            .help = "How big the file was when its fingerprint was taken",
            .meaning = "set with it",
            .type = FIELD_WHOLE,
            .flags = FIELD_SET_BY_PROGRAM,
            .width = 10,
        },
};
_Static_assert(COUNT(policy_version_fields) == POLICY_VERSION_FIELDS, "one row per field");

const struct register_description register_policy_version = {
    .name = "policy_version",
    .label = "Versions",
    .singular = "version",
    .meaning = "one version of a policy",
    .help =
        "Each edition of a policy with who approved it and when. It shows an auditor which text was in force on which day.",
    .pane = "Policies",
    .fields = policy_version_fields,
    .field_count = POLICY_VERSION_FIELDS,
    .list_first =
        (const int[]){POLICY_VERSION_STATUS, POLICY_VERSION_APPROVED_BY, POLICY_VERSION_APPROVED_ON,
                      POLICY_VERSION_REVIEWED_ON, POLICY_VERSION_AUTHOR, -1},
    .key = {POLICY_VERSION_POLICY, POLICY_VERSION_VERSION},
    .key_count = 2,
};
