/* Owns which records of the two sides are one: those of one id, and those that both sides added
 * under one key. Knows nothing of conflicts. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "exchange/merge_inside.h"

enum { DEPTH_NAMING = 100 }; /* registers whose keys name any record come last */

static const char part_end[] = "\x1f";

struct merge_item *items_find(const struct merge *merge, enum register_id register_id, int64_t id) {
    int64_t place;
    if (register_id == REGISTER_NONE || !id_map_find(&merge->by_id[register_id], id, &place)) {
        return NULL;
    }
    return &merge->items[place];
}

static void add_item(struct merge *merge, const struct fork_record *record) {
    struct merge_item item = {
        .register_id = record->register_id,
        .id = record->id,
        .records = {record, record},
        .base = record->base,
        .sides = {record->ours, record->theirs},
        .unsure = record->unsure,
        .names = {{.register_id = REGISTER_NONE}, {.register_id = REGISTER_NONE}}};
    merge->items =
        memory_reserve(merge->items, &merge->capacity, merge->count + 1, sizeof *merge->items);
    id_map_add(&merge->by_id[item.register_id], item.id, (int64_t)merge->count);
    merge->items[merge->count++] = item;
}

/* How deep the key of a register is made of the keys of others. */
static int key_depth(enum register_id register_id) {
    const struct register_description *description = register_describe(register_id);
    int depth = 0;
    for (int i = 0; i < description->key_count; i++) {
        const struct field *field = &description->fields[description->key[i]];
        int part = field->type == FIELD_REFERENCE ? 1 + key_depth(field->target)
                   : field->type == FIELD_RECORD  ? DEPTH_NAMING
                                                  : 0;
        depth = part > depth ? part : depth;
    }
    return depth;
}

static int64_t pair_of(const struct merge *merge, enum register_id register_id, int64_t id) {
    int64_t mapped;
    return id_map_find(&merge->pairs[register_id], id, &mapped) ? mapped : id;
}

/* The id in the merged workbook of what a field of theirs refers to. */
static int64_t map_reference(const struct merge *merge, const struct field *field, int64_t id) {
    if (field->type == FIELD_REFERENCE) {
        return pair_of(merge, field->target, id);
    }
    return pair_of(merge, REGISTER_PERSON, pair_of(merge, REGISTER_ROLE, id));
}

static bool is_relation(const struct field *field) {
    return field->type == FIELD_REFERENCE || field->type == FIELD_PARTY;
}

static void add_lower(struct buffer *out, const char *text) {
    for (; *text != '\0'; text++) {
        buffer_add_byte(out, (char)(*text >= 'A' && *text <= 'Z' ? *text - 'A' + 'a' : *text));
    }
}

/* One part of what both sides must have alike to be one record. */
static void add_part(const struct merge *merge, const struct merge_item *item, int index,
                     enum merge_side side, struct buffer *out) {
    const struct field *field = &register_describe(item->register_id)->fields[index];
    const struct value *value = &item->sides[side][index];
    const struct merge_name *name = &item->names[side];
    if (is_relation(field)) {
        int64_t id = side == SIDE_THEIRS ? map_reference(merge, field, value->whole) : value->whole;
        buffer_addf(out, "%lld", (long long)id);
    } else if (field->type == FIELD_RECORD && name->register_id != REGISTER_NONE) {
        int64_t id = side == SIDE_THEIRS ? pair_of(merge, name->register_id, name->id) : name->id;
        buffer_addf(out, "#%lld", (long long)id);
    } else {
        add_lower(out, value_text(value));
    }
    buffer_add(out, part_end);
}

static bool is_numbered_by_ref(const struct register_description *description) {
    return description->key_count == 1 &&
           strcmp(description->fields[description->key[0]].name, "ref") == 0;
}

/* Appends the whole key; of a register with a ref its title as well, since a ref alone is given
 * without knowing of the other copy. */
static void add_identity(const struct merge *merge, const struct merge_item *item, int unique,
                         enum merge_side side, struct buffer *out) {
    const struct register_description *description = register_describe(item->register_id);
    if (unique >= 0) {
        add_part(merge, item, unique, side, out);
        return;
    }
    for (int i = 0; i < description->key_count; i++) {
        add_part(merge, item, description->key[i], side, out);
    }
    if (is_numbered_by_ref(description)) {
        add_part(merge, item, register_find_field(item->register_id, "title"), side, out);
    }
}

struct candidate {
    char *identity;
    size_t item;
};

struct candidate_list {
    struct candidate *items;
    size_t count, capacity;
};

static int compare_candidates(const void *a, const void *b) {
    return strcmp(((const struct candidate *)a)->identity, ((const struct candidate *)b)->identity);
}

/* Lists the records of a register that only one side has; by a unique field where UNIQUE is not
 * negative. */
static void list_candidates(const struct merge *merge, enum register_id register_id, int unique,
                            enum merge_side side, struct candidate_list *list) {
    for (size_t i = 0; i < merge->count; i++) {
        const struct merge_item *item = &merge->items[i];
        struct buffer identity = {0};
        if (item->register_id != register_id || item->is_gone || item->sides[side] == NULL ||
            item->sides[1 - side] != NULL ||
            (unique >= 0 && item->sides[side][unique].kind == VALUE_EMPTY)) {
            continue;
        }
        add_identity(merge, item, unique, side, &identity);
        list->items =
            memory_reserve(list->items, &list->capacity, list->count + 1, sizeof *list->items);
        list->items[list->count++] =
            (struct candidate){.identity = buffer_take(&identity), .item = i};
    }
    if (list->count > 0) {
        qsort(list->items, list->count, sizeof *list->items, compare_candidates);
    }
}

static void free_candidates(struct candidate_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].identity);
    }
    free(list->items);
}

/* Makes the record that only theirs has a side of the one that only ours has. */
static void join(struct merge *merge, size_t ours, size_t theirs) {
    struct merge_item *item = &merge->items[ours];
    struct merge_item *other = &merge->items[theirs];
    id_map_add(&merge->pairs[item->register_id], other->id, item->id);
    item->records[SIDE_THEIRS] = other->records[SIDE_THEIRS];
    item->sides[SIDE_THEIRS] = other->sides[SIDE_THEIRS];
    item->names[SIDE_THEIRS] = other->names[SIDE_THEIRS];
    other->names[SIDE_THEIRS] = (struct merge_name){.register_id = REGISTER_NONE};
    if (item->base == NULL) {
        item->base = other->base;
        item->unsure = other->unsure;
    }
    other->is_gone = true;
}

static void pair_by(struct merge *merge, enum register_id register_id, int unique) {
    struct candidate_list ours = {0};
    struct candidate_list theirs = {0};
    list_candidates(merge, register_id, unique, SIDE_OURS, &ours);
    if (ours.count > 0) {
        list_candidates(merge, register_id, unique, SIDE_THEIRS, &theirs);
    }
    for (size_t i = 0; i < theirs.count; i++) {
        const struct candidate *found = bsearch(&theirs.items[i], ours.items, ours.count,
                                                sizeof *ours.items, compare_candidates);
        if (found != NULL && merge->items[found->item].sides[SIDE_THEIRS] == NULL) {
            join(merge, found->item, theirs.items[i].item);
        }
    }
    free_candidates(&ours);
    free_candidates(&theirs);
}

static void pair_register(struct merge *merge, enum register_id register_id) {
    const struct register_description *description = register_describe(register_id);
    if (description->key_count == 0) {
        return;
    }
    pair_by(merge, register_id, -1);
    for (int i = 0; i < description->field_count; i++) {
        if ((description->fields[i].flags & FIELD_UNIQUE) != 0 &&
            !register_is_key_field(register_id, i)) {
            pair_by(merge, register_id, i);
        }
    }
}

/* Registers whose keys hold others' come after those. */
static void pair_all(struct merge *merge) {
    for (int depth = 0; depth <= 2 * DEPTH_NAMING; depth++) {
        for (int id = 0; id < REGISTER_COUNT; id++) {
            if (key_depth((enum register_id)id) == depth) {
                pair_register(merge, (enum register_id)id);
            }
        }
    }
}

static void map_values(const struct merge *merge, enum register_id register_id,
                       struct value *values) {
    const struct register_description *description = register_describe(register_id);
    for (int i = 0; values != NULL && i < description->field_count; i++) {
        if (is_relation(&description->fields[i]) && values[i].kind == VALUE_WHOLE) {
            values[i].whole = map_reference(merge, &description->fields[i], values[i].whole);
        }
    }
}

/* From here on theirs speaks of records by the ids of the merged workbook. What was there before
 * may be known from theirs, too. */
static void map_all(struct merge *merge) {
    for (size_t i = 0; i < merge->count; i++) {
        struct merge_item *item = &merge->items[i];
        if (item->is_gone) {
            continue;
        }
        map_values(merge, item->register_id, item->sides[SIDE_THEIRS]);
        map_values(merge, item->register_id, item->base);
        struct merge_name *name = &item->names[SIDE_THEIRS];
        if (name->register_id != REGISTER_NONE) {
            name->id = pair_of(merge, name->register_id, name->id);
        }
    }
}

static void note_deleters(struct merge *merge) {
    for (size_t i = 0; i < merge->count; i++) {
        struct merge_item *item = &merge->items[i];
        bool has_ours = item->sides[SIDE_OURS] != NULL;
        bool has_theirs = item->sides[SIDE_THEIRS] != NULL;
        item->deleter = item->is_gone || item->base == NULL || has_ours == has_theirs ? SIDE_NONE
                        : has_ours                                                    ? SIDE_THEIRS
                                                                                      : SIDE_OURS;
    }
}

bool items_make(struct merge *merge, struct fault *fault) {
    for (size_t i = 0; i < fork_count(merge->fork); i++) {
        add_item(merge, fork_record(merge->fork, i));
    }
    if (!names_resolve(merge, fault)) {
        return false;
    }
    pair_all(merge);
    map_all(merge);
    note_deleters(merge);
    return names_translate(merge, fault);
}

void items_free(struct merge *merge) {
    for (size_t i = 0; i < merge->count; i++) {
        struct merge_item *item = &merge->items[i];
        if (item->owns_merged) {
            values_free(item->merged, merge_field_count(item));
            free(item->merged);
        }
        free(item->names[SIDE_OURS].suffix);
        free(item->names[SIDE_THEIRS].suffix);
    }
    for (int id = 0; id < REGISTER_COUNT; id++) {
        id_map_free(&merge->by_id[id]);
        id_map_free(&merge->pairs[id]);
    }
    free(merge->items);
}
