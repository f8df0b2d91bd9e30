/* Owns the description of resource; knows nothing of files or screens. */
#include "register/tables.h"

#include "clause5/base/memory.h"
#include "clause5/register/fields.h"

static const struct choice resource_category_choices[] = {
    {.value = "people", .label = "people"},
    {.value = "training", .label = "training"},
    {.value = "technology", .label = "technology"},
    {.value = "consultancy", .label = "consultancy"},
    {.value = "audit", .label = "audit"},
    {.value = "insurance", .label = "insurance"},
    {.value = "other", .label = "other"},
    {.value = NULL}};

static const struct field resource_fields[] = {
    [RESOURCE_REF] = {.name = "ref",
                      .label = "Ref",
                      .help = "",
                      .meaning = "",
                      .type = FIELD_TEXT,
                      .flags = FIELD_REQUIRED | FIELD_UNIQUE | FIELD_KEY},
    [RESOURCE_YEAR] = {.name = "year",
                       .label = "Year",
                       .help = "",
                       .meaning = "",
                       .type = FIELD_WHOLE,
                       .flags = FIELD_REQUIRED,
                       .least = 2000,
                       .most = 2100},
    [RESOURCE_CATEGORY] = {.name = "category",
                           .label = "Category",
                           .help = "",
                           .meaning = "",
                           .type = FIELD_CHOICE,
                           .flags = FIELD_REQUIRED,
                           .choices = resource_category_choices},
    [RESOURCE_TITLE] = {.name = "title",
                        .label = "Title",
                        .help = "",
                        .meaning = "",
                        .type = FIELD_TEXT,
                        .flags = FIELD_REQUIRED},
    [RESOURCE_RATIONALE] = {.name = "rationale",
                            .label = "Rationale",
                            .help = "",
                            .meaning = "why, and the risk appetite it fits",
                            .type = FIELD_LONG_TEXT},
    [RESOURCE_PLANNED] =
        {.name = "planned", .label = "Planned", .help = "", .meaning = "", .type = FIELD_NUMBER},
    [RESOURCE_APPROVED] =
        {.name = "approved", .label = "Approved", .help = "", .meaning = "", .type = FIELD_NUMBER},
    [RESOURCE_SPENT] =
        {.name = "spent", .label = "Spent", .help = "", .meaning = "", .type = FIELD_NUMBER},
    [RESOURCE_APPROVED_BY] = {.name = "approved_by",
                              .label = "Approved by",
                              .help = "",
                              .meaning = "",
                              .type = FIELD_PARTY,
                              .flags = FIELD_APPROVAL},
    [RESOURCE_APPROVED_ON] = {.name = "approved_on",
                              .label = "Approved on",
                              .help = "",
                              .meaning = "",
                              .type = FIELD_DATE},
    [RESOURCE_OBJECTIVE] = {.name = "objective",
                            .label = "Objective",
                            .help = "",
                            .meaning = "",
                            .type = FIELD_REFERENCE,
                            .target = REGISTER_OBJECTIVE},
};
_Static_assert(COUNT(resource_fields) == RESOURCE_FIELDS, "one row per field");

const struct register_description register_resource = {
    .name = "resource",
    .label = "Resources",
    .singular = "resource",
    .meaning = "a line of the ISMS budget or resource plan",
    .pane = "Resources",
    .fields = resource_fields,
    .field_count = RESOURCE_FIELDS,
    .key = {RESOURCE_REF},
    .key_count = 1,
    .ref_prefix = "RES-",
};
