/* Owns what a row refers to: by id, or by a text that names a record. Knows nothing of merging. */
#include "exchange/merge_inside.h"

/* The register of a party: whichever of the two has it among the items; else it is untouched. */
static enum register_id party_of(const struct merge *merge, int64_t id) {
    return items_find(merge, REGISTER_ROLE, id) != NULL ? REGISTER_ROLE : REGISTER_PERSON;
}

static bool binds(enum register_id register_id, int field) {
    const struct field *described = &register_describe(register_id)->fields[field];
    return (described->flags & FIELD_REQUIRED) != 0 || register_is_key_field(register_id, field);
}

int links_of(const struct merge *merge, const struct merge_item *item, const struct value *values,
             enum merge_side side, struct link links[LINKS_MOST]) {
    const struct register_description *description = register_describe(item->register_id);
    int count = 0;
    for (int i = 0; values != NULL && i < description->field_count; i++) {
        const struct field *field = &description->fields[i];
        struct link link = {.field = i, .binds = binds(item->register_id, i)};
        if (values[i].kind == VALUE_EMPTY) {
            continue;
        }
        if (field->type == FIELD_REFERENCE || field->type == FIELD_PARTY) {
            link.id = values[i].whole;
            link.register_id =
                field->type == FIELD_REFERENCE ? field->target : party_of(merge, link.id);
        } else if ((field->type == FIELD_RECORD || field->type == FIELD_VERSION) &&
                   item->names[side].register_id != REGISTER_NONE) {
            link.id = item->names[side].id;
            link.register_id = item->names[side].register_id;
        } else {
            continue;
        }
        links[count++] = link;
    }
    return count;
}
