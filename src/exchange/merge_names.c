/* Owns texts that name records by their keys: evidence links, exceptions, sources of actions, and
 * the versions that acknowledgements and translations name. Between two copies such a text means a
 * record and not its letters, as either copy may have renamed it. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/batch.h"
#include "exchange/merge_inside.h"

int names_field(enum register_id register_id) {
    const struct register_description *description = register_describe(register_id);
    for (int i = 0; i < description->field_count; i++) {
        enum field_type type = description->fields[i].type;
        if (type == FIELD_RECORD || type == FIELD_SOURCE || type == FIELD_VERSION) {
            return i;
        }
    }
    return -1;
}

/* A key that fits several records names none of them for sure. */
static enum lookup settle_lookup(enum lookup lookup, struct fault *local, struct fault *fault) {
    if (lookup != LOOKUP_FAULT || local->kind == FAULT_REFUSED) {
        fault_clear(local);
        return lookup == LOOKUP_FOUND ? LOOKUP_FOUND : LOOKUP_NONE;
    }
    fault_clear(fault);
    *fault = *local;
    return LOOKUP_FAULT;
}

static enum lookup find_version(struct workbook *workbook, enum register_id register_id,
                                const struct value *values, int field, struct merge_name *name,
                                struct fault *fault) {
    struct value key[REGISTER_FIELDS_MOST] = {0};
    /* Borrowed: record_find only reads. */
    key[POLICY_VERSION_POLICY] = values[register_find_field(register_id, "policy")];
    key[POLICY_VERSION_VERSION] = values[field];
    name->register_id = REGISTER_POLICY_VERSION;
    return record_find(workbook, REGISTER_POLICY_VERSION, key, &name->id, fault);
}

static enum lookup find_record(struct workbook *workbook, enum register_id register_id,
                               const struct value *values, int field, struct merge_name *name,
                               struct fault *fault) {
    int beside = register_find_field(register_id, "register");
    name->register_id = register_find(value_text(&values[beside]));
    return name->register_id == REGISTER_NONE
               ? LOOKUP_NONE
               : record_find_key(workbook, name->register_id, value_text(&values[field]), &name->id,
                                 fault);
}

static enum lookup find_source(struct workbook *workbook, const struct value *values, int field,
                               struct merge_name *name, struct fault *fault) {
    const char *suffix = "";
    enum lookup found =
        edit_find_source(workbook, value_text(&values[ACTION_SOURCE]), value_text(&values[field]),
                         &name->register_id, &name->id, &suffix, fault);
    if (found == LOOKUP_FOUND) {
        name->suffix = memory_copy_text(suffix);
    }
    return found;
}

static bool resolve(struct merge *merge, struct merge_item *item, enum merge_side side,
                    struct fault *fault) {
    const int field = names_field(item->register_id);
    const struct value *values = item->sides[side];
    struct workbook *workbook = merge->workbooks[side];
    struct merge_name name = {.register_id = REGISTER_NONE};
    struct fault local = {0};
    enum lookup found = LOOKUP_NONE;
    if (field < 0 || values == NULL || values[field].kind == VALUE_EMPTY) {
        return true;
    }
    switch (register_describe(item->register_id)->fields[field].type) {
    case FIELD_VERSION:
        found = find_version(workbook, item->register_id, values, field, &name, &local);
        break;
    case FIELD_SOURCE:
        found = find_source(workbook, values, field, &name, &local);
        break;
    default:
        found = find_record(workbook, item->register_id, values, field, &name, &local);
        break;
    }
    found = settle_lookup(found, &local, fault);
    if (found == LOOKUP_FOUND) {
        item->names[side] = name;
    }
    return found != LOOKUP_FAULT;
}

bool names_resolve(struct merge *merge, struct fault *fault) {
    for (size_t i = 0; i < merge->count; i++) {
        if (!resolve(merge, &merge->items[i], SIDE_OURS, fault) ||
            !resolve(merge, &merge->items[i], SIDE_THEIRS, fault)) {
            return false;
        }
    }
    return true;
}

/* Appends the text that names the record in ours; LOOKUP_NONE where ours does not have it. */
static enum lookup print_name(struct merge *merge, enum field_type type,
                              const struct merge_name *name, struct buffer *text,
                              struct fault *fault) {
    struct workbook *ours = merge->workbooks[SIDE_OURS];
    struct record version = {0};
    if (type != FIELD_VERSION) {
        enum lookup found = record_print_key_of(ours, name->register_id, name->id, text, fault);
        buffer_add(text, name->suffix);
        return found;
    }
    enum lookup found = record_load(ours, REGISTER_POLICY_VERSION, name->id, &version, fault);
    if (found == LOOKUP_FOUND) {
        buffer_add(text, value_text(&version.values[POLICY_VERSION_VERSION]));
        record_free(&version);
    }
    return found;
}

static bool translate(struct merge *merge, struct merge_item *item, struct fault *fault) {
    const struct merge_name *name = &item->names[SIDE_THEIRS];
    const int field = names_field(item->register_id);
    struct buffer text = {0};
    if (item->is_gone || name->register_id == REGISTER_NONE) {
        return true;
    }
    enum lookup found = print_name(merge, register_describe(item->register_id)->fields[field].type,
                                   name, &text, fault);
    if (found == LOOKUP_FOUND) {
        struct value *value = &item->sides[SIDE_THEIRS][field];
        value_free(value);
        *value = value_of_text(buffer_text(&text));
    }
    buffer_free(&text);
    return found != LOOKUP_FAULT;
}

bool names_translate(struct merge *merge, struct fault *fault) {
    for (size_t i = 0; i < merge->count; i++) {
        if (!translate(merge, &merge->items[i], fault)) {
            return false;
        }
    }
    return true;
}

/* The name that the merged text holds: that of the side it came from. */
static const struct merge_name *merged_name(const struct merge_item *item, int field) {
    const struct value *ours = item->sides[SIDE_OURS];
    bool is_ours = ours != NULL && value_equals(&ours[field], &item->merged[field]) &&
                   item->names[SIDE_OURS].register_id != REGISTER_NONE;
    return &item->names[is_ours ? SIDE_OURS : SIDE_THEIRS];
}

static bool follow(struct merge *merge, const struct merge_item *item, struct fault *fault) {
    const int field = names_field(item->register_id);
    struct workbook *ours = merge->workbooks[SIDE_OURS];
    struct buffer text = {0};
    struct record row = {0};
    if (field < 0 || item->is_gone || item->merged == NULL ||
        item->merged[field].kind == VALUE_EMPTY) {
        return true;
    }
    const struct merge_name *name = merged_name(item, field);
    if (name->register_id == REGISTER_NONE) {
        return true;
    }
    enum lookup found = print_name(merge, register_describe(item->register_id)->fields[field].type,
                                   name, &text, fault);
    bool good = found != LOOKUP_FAULT;
    if (found == LOOKUP_FOUND &&
        strcmp(buffer_text(&text), value_text(&item->merged[field])) != 0 &&
        record_load(ours, item->register_id, item->id, &row, fault) == LOOKUP_FOUND) {
        value_free(&row.values[field]);
        row.values[field] = value_of_text(buffer_text(&text));
        good = batch_update(ours, item->register_id, item->id, row.values, fault);
        record_free(&row);
    }
    buffer_free(&text);
    return good;
}

bool names_follow(struct merge *merge, struct fault *fault) {
    for (size_t i = 0; i < merge->count; i++) {
        if (!follow(merge, &merge->items[i], fault)) {
            return false;
        }
    }
    return true;
}
