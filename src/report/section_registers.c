/* Owns the parts of the report that show registers as they are: tables and their captions. */
#include "clause5/base/memory.h"
#include "report/html_table.h"
#include "report/sections.h"

static bool add_tables(struct frame *frame, const struct html_table *tables, size_t count) {
    bool is_good = true;
    for (size_t i = 0; i < count && is_good; i++) {
        is_good = html_table_add(frame, &tables[i]);
    }
    return is_good;
}

bool section_evidence(struct frame *frame) {
    static const struct html_table tables[] = {
        {.query = "evidence",
         .caption = "Index of evidence, with the beginning of the digest of what is sealed",
         .empty = "No evidence is recorded."},
    };
    return add_tables(frame, tables, COUNT(tables));
}

bool section_policies(struct frame *frame) {
    static const struct html_table tables[] = {
        {.query = "policies",
         .caption = "Policies and other governing documents",
         .empty = "No policy is recorded."},
        {.query = "obligations",
         .caption = "Legal, regulatory, contractual and voluntary duties",
         .empty = "No duty is recorded."},
    };
    return add_tables(frame, tables, COUNT(tables));
}

bool section_roles(struct frame *frame) {
    static const struct html_table tables[] = {
        {.query = "roles",
         .caption = "Roles with information security duties",
         .empty = "No role is recorded."},
    };
    return add_tables(frame, tables, COUNT(tables));
}

bool section_reviews(struct frame *frame) {
    static const struct html_table tables[] = {
        {.query = "reviews",
         .caption = "Management reviews and other leadership meetings; a management review has ten "
                    "inputs",
         .empty = "No review is recorded."},
        {.query = "decisions",
         .caption = "What the reviews decided",
         .empty = "No decision is recorded."},
    };
    return add_tables(frame, tables, COUNT(tables));
}

bool section_actions(struct frame *frame) {
    static const struct html_table tables[] = {
        {.query = "actions",
         .caption = "Corrective actions, improvements and plan steps",
         .empty = "No action is recorded."},
    };
    return add_tables(frame, tables, COUNT(tables));
}

bool section_resources(struct frame *frame) {
    static const struct html_table tables[] = {
        {.query = "resources",
         .caption = "Money for the information security management system, by year and category",
         .empty = "No resources are planned."},
    };
    return add_tables(frame, tables, COUNT(tables));
}
