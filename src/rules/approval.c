/* Owns who decides where a role is named: its holder of the day, so that a successor does not
 * inherit the approval (contract.md, Values); the role itself where it is vacant. */
#include "rules/rule.h"

#include "clause5/base/date.h"

/* Puts the present holder of the role in *HOLDER; LOOKUP_NONE where there is none. */
static enum lookup role_find_holder(struct asker *asker, int64_t role, int64_t *holder,
                                    struct fault *fault) {
    char today[DATE_TEXT_SIZE];
    date_print(workbook_clock(asker->workbook)->today, today);
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
