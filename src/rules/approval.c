/* Owns who decides where a role is named: its holder of the day, so that a successor does not
 * inherit the approval (contract.md, Values); the role itself where it is vacant. */
#include "rules/rule.h"

#include "clause5/base/date.h"
#include "clause5/rules/edit.h"

/* Puts the present holder of the role in *HOLDER; LOOKUP_NONE where there is none. */
static enum lookup role_find_holder(struct asker *asker, int64_t role, int64_t *holder,
                                    struct fault *fault) {
    char today[DATE_TEXT_SIZE];
    workbook_print_today(asker->workbook, today);
    /* checks.md: present is joined_on empty or <= today, and left_on empty or >= today. */
    const struct question question = {
        .sql = "SELECT person.id FROM role JOIN person ON person.id = role.holder"
               " WHERE role.id = :role"
               "   AND (person.joined_on IS NULL OR person.joined_on <= :today)"
               "   AND (person.left_on IS NULL OR person.left_on >= :today)",
        .arguments = {{":role", .whole = role}, {":today", .text = today}}};
    return ask_first(asker, &question, holder, fault);
}

static bool complete_approval(struct row *row, int field, struct fault *fault) {
    int64_t party = row_whole(row, field);
    if (party_register(row->asker->workbook, party) != REGISTER_ROLE) {
        return true;
    }
    int64_t holder = 0;
    enum lookup found = role_find_holder(row->asker, party, &holder, fault);
    if (found == LOOKUP_FOUND) {
        struct value value = value_of_whole(holder);
        row_complete(row, field, &value);
        return true;
    }
    /* A role that nobody holds stays: what people's lists say of the past names roles that have no
     * holder yet, and refusing it would lose who approved. */
    return found != LOOKUP_FAULT;
}

bool complete_approvals(struct row *row, struct fault *fault) {
    const struct register_description *description = register_describe(row->register_id);
    for (int field = 0; field < description->field_count; field++) {
        if ((description->fields[field].flags & FIELD_APPROVAL) != 0 &&
            row_has_changed(row, field) && !row_is_empty(row, field) &&
            !complete_approval(row, field, fault)) {
            return false;
        }
    }
    return true;
}

/* A field of a person that decides, such as the chair of a review. */
static bool takes_role_for_person(const struct field *field) {
    return field->type == FIELD_REFERENCE && field->target == REGISTER_PERSON &&
           (field->flags & FIELD_APPROVAL) != 0;
}

enum lookup edit_find_reference(struct workbook *workbook, const struct field *field,
                                const char *text, int64_t *id, struct fault *fault) {
    static const struct field party = {.name = "party", .type = FIELD_PARTY};
    struct asker asker = {.workbook = workbook};
    int64_t role = 0;
    enum lookup found = reference_find(workbook, field, text, id, fault);
    if (found != LOOKUP_NONE || !takes_role_for_person(field)) {
        return found;
    }
    found = reference_find(workbook, &party, text, &role, fault);
    if (found != LOOKUP_FOUND) {
        return found;
    }
    found = role_find_holder(&asker, role, id, fault);
    asker_close(&asker);
    if (found == LOOKUP_NONE) {
        fault_set(fault, FAULT_REFUSED,
                  "\"%s\" is a role that nobody holds today: name the person, or give the role a "
                  "holder first",
                  text);
        return LOOKUP_FAULT;
    }
    return found;
}
