/* Owns the order of registers by their references, taken from the descriptions. */
#include "exchange/order.h"

#include <stdbool.h>

/* True where the field may name a record of TARGET. */
static bool may_name(const struct field *field, enum register_id target) {
    switch (field->type) {
    case FIELD_REFERENCE:
        return field->target == target;
    case FIELD_PARTY:
        return target == REGISTER_ROLE || target == REGISTER_PERSON;
    case FIELD_VERSION:
        return target == REGISTER_POLICY_VERSION;
    case FIELD_RECORD:
        return true; /* the key of any record */
    default:
        return false;
    }
}

static bool refers(enum register_id from, enum register_id to) {
    const struct register_description *described = register_describe(from);
    for (int field = 0; field < described->field_count; field++) {
        if (may_name(&described->fields[field], to)) {
            return true;
        }
    }
    return false;
}

/* True where nothing that the register refers to is still to come. Registers that may name any
 * record wait for all that do not, and for nothing among themselves. */
static bool is_ready(enum register_id id, const bool *is_placed) {
    bool names_any = refers(id, REGISTER_WORKBOOK);
    for (int other = 0; other < REGISTER_COUNT; other++) {
        enum register_id to = (enum register_id)other;
        if (is_placed[other] || to == id || !refers(id, to)) {
            continue;
        }
        if (!names_any || !refers(to, REGISTER_WORKBOOK)) {
            return false;
        }
    }
    return true;
}

void order_by_references(enum register_id order[static REGISTER_COUNT]) {
    bool is_placed[REGISTER_COUNT] = {false};
    int placed = 0;
    while (placed < REGISTER_COUNT) {
        int before = placed;
        for (int id = 0; id < REGISTER_COUNT; id++) {
            if (!is_placed[id] && is_ready((enum register_id)id, is_placed)) {
                is_placed[id] = true;
                order[placed++] = (enum register_id)id;
            }
        }
        /* Registers that refer to each other in a circle come in their own order. */
        for (int id = 0; id < REGISTER_COUNT && placed == before; id++) {
            if (!is_placed[id]) {
                is_placed[id] = true;
                order[placed++] = (enum register_id)id;
            }
        }
    }
}
