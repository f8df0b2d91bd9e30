/* Owns what becomes of every record, worked out from the choices alone, so that it can be worked
 * out anew after each of them. A conflict that is not decided counts as ours. */
#include <stdlib.h>

#include "clause5/base/memory.h"
#include "exchange/merge_inside.h"

static void drop_merged(struct merge_item *item) {
    if (item->owns_merged) {
        values_free(item->merged, merge_field_count(item));
        free(item->merged);
    }
    item->owns_merged = false;
    item->merged = NULL;
}

void settle_set(struct merge_item *item, int field, const struct value *value) {
    const int count = merge_field_count(item);
    if (!item->owns_merged) {
        struct value *own = memory_zero((size_t)count, sizeof *own);
        values_copy(own, item->merged, count);
        item->merged = own;
        item->owns_merged = true;
    }
    struct value copy = value_copy(value);
    value_free(&item->merged[field]);
    item->merged[field] = copy;
}

static void reset(struct merge_item *item) {
    drop_merged(item);
    item->chosen = 0;
    item->forced = SIDE_NONE;
    item->is_kept = false;
    item->stays_open = false;
}

static void force(void *context, struct merge_item *item) {
    item->forced = *(const enum merge_side *)context;
}

static void apply_choice(struct merge *merge, const struct conflict *conflict) {
    struct merge_item *item = &merge->items[conflict->item];
    enum merge_side side = conflict->shown.choice == MERGE_THEIRS ? SIDE_THEIRS : SIDE_OURS;
    switch (conflict->kind) {
    case CONFLICT_FIELDS:
        item->chosen |= side == SIDE_THEIRS ? conflict->fields : 0;
        break;
    case CONFLICT_DELETED:
        item->is_kept = item->is_kept || side == conflict->keeper;
        break;
    case CONFLICT_REFERENCE:
        /* Against it, the reference leads nowhere, and goes with all that do (cut_all_links). */
        if (side == conflict->keeper) {
            merge->items[conflict->target].is_kept = true;
        }
        break;
    case CONFLICT_CLOSING:
        if (side == conflict->keeper) {
            rounds_visit(merge, item->id, force, &side);
        } else {
            item->stays_open = true;
        }
        break;
    case CONFLICT_ROW:
        item->forced = side;
        break;
    }
}

/* True where both were deleted by one batch: the one went with the other. */
static bool went_together(const struct merge *merge, const struct merge_item *a,
                          const struct merge_item *b) {
    bool is_theirs = a->deleter == SIDE_THEIRS;
    if (a->deleter != b->deleter) {
        return false;
    }
    /* The same batch gives the same text, not a copy. */
    return fork_writer_of(merge->fork, a->records[a->deleter], -1, is_theirs).time ==
           fork_writer_of(merge->fork, b->records[b->deleter], -1, is_theirs).time;
}

/* A record that is kept needs what it stands on, and brings back what went with it. */
static bool keep_along(struct merge *merge, struct merge_item *item) {
    struct link links[LINKS_MOST];
    enum merge_side keeper = (enum merge_side)(1 - item->deleter);
    int count = links_of(merge, item, item->sides[keeper], keeper, links);
    bool has_changed = false;
    for (int i = 0; i < count; i++) {
        struct merge_item *target = items_find(merge, links[i].register_id, links[i].id);
        if (!links[i].binds || target == NULL || target->deleter != item->deleter) {
            continue;
        }
        if (item->is_kept && !target->is_kept) {
            target->is_kept = true;
            has_changed = true;
        } else if (!item->is_kept && target->is_kept && went_together(merge, item, target)) {
            item->is_kept = true;
            has_changed = true;
        }
    }
    return has_changed;
}

static void keep_all_along(struct merge *merge) {
    bool has_changed = true;
    while (has_changed) {
        has_changed = false;
        for (size_t i = 0; i < merge->count; i++) {
            struct merge_item *item = &merge->items[i];
            if (!item->is_gone && item->deleter != SIDE_NONE && keep_along(merge, item)) {
                has_changed = true;
            }
        }
    }
}

/* A reference that a deletion emptied stays where its record is kept after all. */
static bool keeps_reference(const struct merge *merge, const struct merge_item *item, int field,
                            enum merge_side from) {
    const struct field *described = &register_describe(item->register_id)->fields[field];
    if (item->base == NULL || item->base[field].kind != VALUE_WHOLE ||
        item->sides[from][field].kind != VALUE_EMPTY) {
        return false;
    }
    int64_t id = item->base[field].whole;
    const struct merge_item *target =
        described->type == FIELD_REFERENCE ? items_find(merge, described->target, id)
        : described->type == FIELD_PARTY   ? items_find(merge, REGISTER_ROLE, id)
                                           : NULL;
    if (target == NULL && described->type == FIELD_PARTY) {
        target = items_find(merge, REGISTER_PERSON, id);
    }
    return target != NULL && target->is_kept && target->deleter == from;
}

static void merge_fields_of(const struct merge *merge, struct merge_item *item) {
    const struct value *ours = item->sides[SIDE_OURS];
    const struct value *theirs = item->sides[SIDE_THEIRS];
    merge_fields from_theirs = item->taken | (item->chosen & item->clashing);
    item->merged = item->sides[SIDE_OURS];
    for (int i = 0; i < merge_field_count(item); i++) {
        enum merge_side from = (from_theirs & merge_bit(i)) != 0 ? SIDE_THEIRS : SIDE_OURS;
        if (keeps_reference(merge, item, i, from)) {
            from = (enum merge_side)(1 - from);
        }
        if (from == SIDE_THEIRS && !value_equals(&ours[i], &theirs[i])) {
            settle_set(item, i, &theirs[i]);
        }
    }
}

static void leave_open(struct merge_item *item) {
    const struct value empty = {0};
    settle_set(item, AUDIT_CLOSED_ON, &empty);
    settle_set(item, AUDIT_CLOSING_HEAD, &empty);
}

static void settle_item(const struct merge *merge, struct merge_item *item) {
    bool has_both = item->sides[SIDE_OURS] != NULL && item->sides[SIDE_THEIRS] != NULL;
    if (item->forced != SIDE_NONE) {
        item->merged = item->sides[item->forced];
    } else if (item->deleter != SIDE_NONE) {
        item->merged = item->is_kept ? item->sides[1 - item->deleter] : NULL;
    } else if (has_both) {
        merge_fields_of(merge, item);
    } else {
        item->merged = item->sides[item->sides[SIDE_OURS] != NULL ? SIDE_OURS : SIDE_THEIRS];
    }
    if (item->stays_open && item->merged != NULL) {
        leave_open(item);
    }
}

/* Takes away a reference that leads nowhere, or with it the row that cannot be without it. */
static void cut_link(struct merge_item *item, const struct link *link) {
    const struct value empty = {0};
    if (link->binds) {
        drop_merged(item);
    } else {
        settle_set(item, link->field, &empty);
    }
}

static enum merge_side side_of(const struct merge_item *item, int field) {
    const struct value *ours = item->sides[SIDE_OURS];
    return ours != NULL && value_equals(&ours[field], &item->merged[field]) ? SIDE_OURS
                                                                            : SIDE_THEIRS;
}

/* Links of the merged row whose record is not there. */
static bool cut_links(struct merge *merge, struct merge_item *item) {
    struct link links[LINKS_MOST];
    const int naming = names_field(item->register_id);
    bool has_cut = false;
    int count = 0;
    if (item->merged != NULL) {
        count = links_of(merge, item, item->merged, naming < 0 ? SIDE_OURS : side_of(item, naming),
                         links);
    }
    for (int i = 0; i < count && item->merged != NULL; i++) {
        const struct merge_item *target = items_find(merge, links[i].register_id, links[i].id);
        if (target != NULL && target->merged == NULL) {
            cut_link(item, &links[i]);
            has_cut = true;
        }
    }
    return has_cut;
}

static void cut_all_links(struct merge *merge) {
    bool has_cut = true;
    while (has_cut) {
        has_cut = false;
        for (size_t i = 0; i < merge->count; i++) {
            has_cut = (!merge->items[i].is_gone && cut_links(merge, &merge->items[i])) || has_cut;
        }
    }
}

void settle(struct merge *merge) {
    for (size_t i = 0; i < merge->count; i++) {
        reset(&merge->items[i]);
    }
    for (size_t i = 0; i < merge->conflict_count; i++) {
        apply_choice(merge, &merge->conflicts[i]);
    }
    keep_all_along(merge);
    for (size_t i = 0; i < merge->count; i++) {
        if (!merge->items[i].is_gone) {
            settle_item(merge, &merge->items[i]);
        }
    }
    cut_all_links(merge);
}
