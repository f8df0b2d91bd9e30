/* Owns the comparison of the two sides, field by field over the value before: what is taken, what
 * is in conflict. Knows nothing of choices. */
#include <string.h>

#include "clause5/base/memory.h"
#include "exchange/merge_inside.h"

/* Fields that are one statement. Where both sides changed any of them, those in MAIN decide: if
 * they differ, all are one conflict; if they are the same, or there are none, all come from the
 * side with the later DAY, as they only say when and by whom it was last done. */
struct knot {
    enum register_id register_id;
    merge_fields all, main;
    int day;
};

#define BIT(field) ((merge_fields)1 << (field))

static const struct knot knots[] = {
    {.register_id = REGISTER_ASSESSMENT,
     .all = BIT(ASSESSMENT_STATE) | BIT(ASSESSMENT_RESULT) | BIT(ASSESSMENT_GRADE) |
            BIT(ASSESSMENT_ASSESSED_ON) | BIT(ASSESSMENT_ASSESSED_BY),
     .main = BIT(ASSESSMENT_STATE) | BIT(ASSESSMENT_RESULT) | BIT(ASSESSMENT_GRADE),
     .day = ASSESSMENT_ASSESSED_ON},
    {.register_id = REGISTER_AUDIT,
     .all = BIT(AUDIT_CLOSED_ON) | BIT(AUDIT_CLOSING_HEAD),
     .main = 0,
     .day = AUDIT_CLOSED_ON},
    {.register_id = REGISTER_EVIDENCE,
     .all = BIT(EVIDENCE_SHA256) | BIT(EVIDENCE_SIZE_BYTES),
     .main = BIT(EVIDENCE_SHA256),
     .day = EVIDENCE_SHA256},
    {.register_id = REGISTER_EVIDENCE,
     .all = BIT(EVIDENCE_VERIFIED_ON) | BIT(EVIDENCE_VERIFIED_STATE),
     .main = 0,
     .day = EVIDENCE_VERIFIED_ON},
    {.register_id = REGISTER_POLICY_VERSION,
     .all = BIT(POLICY_VERSION_SHA256) | BIT(POLICY_VERSION_SIZE_BYTES),
     .main = BIT(POLICY_VERSION_SHA256),
     .day = POLICY_VERSION_SHA256},
};

/* How the two sides of a row stand to the value before and to each other. */
struct changes {
    merge_fields by[SIDES];
    merge_fields differing;
};

static merge_fields fields_differing(const struct merge_item *item, const struct value *a,
                                     const struct value *b) {
    static const struct value empty = {0};
    merge_fields set = 0;
    for (int i = 0; i < merge_field_count(item); i++) {
        if (!value_equals(a == NULL ? &empty : &a[i], b == NULL ? &empty : &b[i])) {
            set |= merge_bit(i);
        }
    }
    return set;
}

/* A field without a value before counts as changed by both. */
static struct changes find_changes(const struct merge_item *item) {
    const struct value *ours = item->sides[SIDE_OURS];
    const struct value *theirs = item->sides[SIDE_THEIRS];
    return (struct changes){.by = {fields_differing(item, item->base, ours) | item->unsure,
                                   fields_differing(item, item->base, theirs) | item->unsure},
                            .differing = fields_differing(item, ours, theirs)};
}

/* Dates are ISO texts, so that letters tell what is later; of the same day the lesser texts stand,
 * the same whichever side merges. */
static bool theirs_stands(const struct merge_item *item, const struct knot *knot) {
    const struct value *ours = item->sides[SIDE_OURS];
    const struct value *theirs = item->sides[SIDE_THEIRS];
    int order = strcmp(value_text(&theirs[knot->day]), value_text(&ours[knot->day]));
    for (int i = 0; i < merge_field_count(item) && order == 0; i++) {
        if ((knot->all & merge_bit(i)) != 0) {
            order = strcmp(value_text(&ours[i]), value_text(&theirs[i]));
        }
    }
    return order > 0;
}

static bool add_clash(struct merge *merge, struct merge_item *item, merge_fields fields,
                      struct fault *fault) {
    item->clashing |= fields;
    return conflict_add(merge,
                        &(struct conflict){.kind = CONFLICT_FIELDS,
                                           .item = (size_t)(item - merge->items),
                                           .fields = fields},
                        fault);
}

/* Settles the fields of a knot that both sides changed; they are then done with. */
static bool compare_knot(struct merge *merge, struct merge_item *item, const struct knot *knot,
                         struct changes *changes, struct fault *fault) {
    merge_fields differing = changes->differing & knot->all;
    merge_fields main = differing & knot->main;
    bool good = true;
    if (differing == 0 || (changes->by[SIDE_OURS] & knot->all) == 0 ||
        (changes->by[SIDE_THEIRS] & knot->all) == 0) {
        return true;
    }
    changes->differing &= ~knot->all;
    if (main == 0) {
        item->taken |= theirs_stands(item, knot) ? differing : 0;
    } else if ((changes->by[SIDE_OURS] & knot->main) == 0) {
        item->taken |= differing;
    } else if ((changes->by[SIDE_THEIRS] & knot->main) != 0) {
        good = add_clash(merge, item, differing, fault);
    }
    return good;
}

/* True where the side's reference is empty only because the side deleted what it referred to. */
static bool was_emptied(const struct merge *merge, const struct merge_item *item, int field,
                        enum merge_side side) {
    const struct field *described = &register_describe(item->register_id)->fields[field];
    const enum register_id targets[] = {
        described->type == FIELD_REFERENCE ? described->target : REGISTER_ROLE, REGISTER_PERSON};
    bool is_relation = described->type == FIELD_REFERENCE || described->type == FIELD_PARTY;
    if (!is_relation || item->base == NULL || item->base[field].kind != VALUE_WHOLE ||
        item->sides[side][field].kind != VALUE_EMPTY) {
        return false;
    }
    for (int i = 0; i < (described->type == FIELD_PARTY ? 2 : 1); i++) {
        const struct merge_item *target = items_find(merge, targets[i], item->base[field].whole);
        if (target != NULL && target->deleter == side) {
            return true;
        }
    }
    return false;
}

/* Where the other side set the reference anew, that it was emptied here is no contradiction. */
static void pass_over_emptied(const struct merge *merge, const struct merge_item *item,
                              struct changes *changes) {
    merge_fields both = changes->differing & changes->by[SIDE_OURS] & changes->by[SIDE_THEIRS];
    for (int i = 0; i < merge_field_count(item); i++) {
        for (int side = 0; side < SIDES && (both & merge_bit(i)) != 0; side++) {
            if (was_emptied(merge, item, i, (enum merge_side)side)) {
                changes->by[side] &= ~merge_bit(i);
            }
        }
    }
}

static bool compare_fields(struct merge *merge, struct merge_item *item, struct fault *fault) {
    struct changes changes = find_changes(item);
    bool good = true;
    pass_over_emptied(merge, item, &changes);
    for (size_t i = 0; i < COUNT(knots) && good; i++) {
        good = knots[i].register_id != item->register_id ||
               compare_knot(merge, item, &knots[i], &changes, fault);
    }
    item->taken |= changes.differing & changes.by[SIDE_THEIRS] & ~changes.by[SIDE_OURS];
    merge_fields both = changes.differing & changes.by[SIDE_THEIRS] & changes.by[SIDE_OURS];
    for (int i = 0; i < merge_field_count(item) && good; i++) {
        good = (both & merge_bit(i)) == 0 || add_clash(merge, item, merge_bit(i), fault);
    }
    return good;
}

/* A record that one side deleted and the other changed. */
static bool compare_deleted(struct merge *merge, const struct merge_item *item,
                            struct fault *fault) {
    enum merge_side keeper = (enum merge_side)(1 - item->deleter);
    merge_fields changed = fields_differing(item, item->base, item->sides[keeper]) | item->unsure;
    return changed == 0 || conflict_add(merge,
                                        &(struct conflict){.kind = CONFLICT_DELETED,
                                                           .item = (size_t)(item - merge->items),
                                                           .fields = changed,
                                                           .keeper = keeper},
                                        fault);
}

/* What a side added, or made refer to another record, while the other side deleted that. */
static bool compare_links(struct merge *merge, const struct merge_item *item, enum merge_side side,
                          struct fault *fault) {
    struct link links[LINKS_MOST];
    const struct value *values = item->sides[side];
    int count = item->deleter == SIDE_NONE ? links_of(merge, item, values, side, links) : 0;
    bool good = true;
    for (int i = 0; i < count && good; i++) {
        const struct merge_item *target = items_find(merge, links[i].register_id, links[i].id);
        bool is_old = item->base != NULL &&
                      value_equals(&item->base[links[i].field], &values[links[i].field]);
        if (target == NULL || is_old || target->deleter != (enum merge_side)(1 - side)) {
            continue;
        }
        good = conflict_add(merge,
                            &(struct conflict){.kind = CONFLICT_REFERENCE,
                                               .item = (size_t)(item - merge->items),
                                               .fields = merge_bit(links[i].field),
                                               .target = (size_t)(target - merge->items),
                                               .keeper = side},
                            fault);
    }
    return good;
}

static bool compare_item(struct merge *merge, struct merge_item *item, struct fault *fault) {
    bool has_both = item->sides[SIDE_OURS] != NULL && item->sides[SIDE_THEIRS] != NULL;
    if (item->is_gone) {
        return true;
    }
    if (item->deleter != SIDE_NONE) {
        return compare_deleted(merge, item, fault);
    }
    return (!has_both || compare_fields(merge, item, fault)) &&
           compare_links(merge, item, SIDE_OURS, fault) &&
           compare_links(merge, item, SIDE_THEIRS, fault);
}

bool compare_all(struct merge *merge, struct fault *fault) {
    bool good = true;
    for (size_t i = 0; i < merge->count && good; i++) {
        good = compare_item(merge, &merge->items[i], fault);
    }
    return good && rounds_compare(merge, fault);
}
