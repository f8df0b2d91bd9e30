/* Owns the words of conflicts: which record, which field, what either side has, who and when. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "exchange/merge_inside.h"

static enum merge_side any_side(const struct merge_item *item) {
    return item->sides[SIDE_OURS] != NULL ? SIDE_OURS : SIDE_THEIRS;
}

/* Prints a value as that side's workbook reads it; what theirs has under an id of ours is read from
 * ours. */
static bool print_value(struct merge *merge, const struct merge_item *item, enum merge_side side,
                        int field, struct buffer *out, struct fault *fault) {
    const struct field *described = &register_describe(item->register_id)->fields[field];
    const struct value *value = &item->sides[side][field];
    size_t start = out->len_bytes;
    if (value->kind == VALUE_EMPTY) {
        buffer_add(out, "(empty)");
        return true;
    }
    return record_print_value(merge->workbooks[side], described, value, out, fault) &&
           (out->len_bytes > start ||
            record_print_value(merge->workbooks[1 - side], described, value, out, fault));
}

/* "title, owner" */
static void print_fields(const struct merge_item *item, merge_fields fields, struct buffer *out) {
    const struct register_description *description = register_describe(item->register_id);
    const char *separator = "";
    for (int i = 0; i < description->field_count; i++) {
        if ((fields & merge_bit(i)) != 0) {
            buffer_addf(out, "%s%s", separator, description->fields[i].name);
            separator = ", ";
        }
    }
}

/* "title: Access control; owner: Mia Sato" */
static bool print_row(struct merge *merge, const struct merge_item *item, enum merge_side side,
                      merge_fields fields, struct buffer *out, struct fault *fault) {
    const struct register_description *description = register_describe(item->register_id);
    const char *separator = "";
    for (int i = 0; i < description->field_count; i++) {
        if ((fields & merge_bit(i)) == 0) {
            continue;
        }
        buffer_addf(out, "%s%s: ", separator, description->fields[i].name);
        separator = "; ";
        if (!print_value(merge, item, side, i, out, fault)) {
            return false;
        }
    }
    return true;
}

static int only_field(merge_fields fields) {
    int field = 0;
    while ((fields & merge_bit(field)) == 0) {
        field++;
    }
    return (fields & ~merge_bit(field)) == 0 ? field : -1;
}

/* The field that a conflict is about; -1 where it is about the row. Fields that are one statement
 * go by the one that people look for. */
static int conflict_field(const struct merge_item *item, const struct conflict *conflict) {
    if (conflict->kind == CONFLICT_DELETED || conflict->kind == CONFLICT_ROW) {
        return -1;
    }
    if (only_field(conflict->fields) >= 0) {
        return only_field(conflict->fields);
    }
    switch (item->register_id) {
    case REGISTER_ASSESSMENT:
        return ASSESSMENT_RESULT;
    case REGISTER_EVIDENCE:
        return EVIDENCE_SHA256;
    default:
        return POLICY_VERSION_SHA256;
    }
}

static bool print_closing(struct merge *merge, const struct merge_item *item,
                          const struct conflict *conflict, enum merge_side side, struct buffer *out,
                          struct fault *fault) {
    if (side == conflict->keeper) {
        buffer_add(out, "closed on ");
        return print_value(merge, item, side, AUDIT_CLOSED_ON, out, fault);
    }
    buffer_addf(out, "went on with %zu of its records", conflict->target);
    return true;
}

static bool print_side(struct merge *merge, const struct conflict *conflict, enum merge_side side,
                       struct buffer *out, struct fault *fault) {
    const struct merge_item *item = &merge->items[conflict->item];
    switch (conflict->kind) {
    case CONFLICT_DELETED:
        if (side != conflict->keeper) {
            buffer_add(out, "deleted");
            return true;
        }
        buffer_add(out, "changed: ");
        print_fields(item, conflict->fields, out);
        return true;
    case CONFLICT_REFERENCE:
        if (side != conflict->keeper) {
            buffer_add(out, "deleted");
            return true;
        }
        return print_value(merge, item, side, only_field(conflict->fields), out, fault);
    case CONFLICT_CLOSING:
        return print_closing(merge, item, conflict, side, out, fault);
    case CONFLICT_FIELDS:
        if (only_field(conflict->fields) >= 0) {
            return print_value(merge, item, side, only_field(conflict->fields), out, fault);
        }
        break;
    case CONFLICT_ROW:
        break;
    }
    return print_row(merge, item, side, conflict->fields, out, fault);
}

static struct fork_writer writer_of(const struct merge *merge, const struct conflict *conflict,
                                    enum merge_side side) {
    const struct merge_item *item = &merge->items[conflict->item];
    int field = conflict_field(item, conflict);
    if (conflict->kind == CONFLICT_REFERENCE && side != conflict->keeper) {
        item = &merge->items[conflict->target];
        field = -1;
    }
    return fork_writer_of(merge->fork, item->records[side], field, side == SIDE_THEIRS);
}

static void name_writers(const struct merge *merge, struct conflict *conflict) {
    const struct fork_writer ours = writer_of(merge, conflict, SIDE_OURS);
    const struct fork_writer theirs = writer_of(merge, conflict, SIDE_THEIRS);
    conflict->shown.our_actor = ours.actor;
    conflict->shown.our_time = ours.time;
    conflict->shown.their_actor = theirs.actor;
    conflict->shown.their_time = theirs.time;
}

/* The key as the side prints it that has the record; ids of ours in rows of theirs are read from
 * ours. */
static bool print_record(struct merge *merge, const struct merge_item *item, struct buffer *out,
                         struct fault *fault) {
    enum merge_side side = any_side(item);
    return record_print_key_of(merge->workbooks[side], item->register_id, item->records[side]->id,
                               out, fault) != LOOKUP_FAULT;
}

bool conflict_add(struct merge *merge, const struct conflict *conflict, struct fault *fault) {
    struct merge_item *item = &merge->items[conflict->item];
    struct conflict added = *conflict;
    struct buffer record = {0};
    struct buffer ours = {0};
    struct buffer theirs = {0};
    const int field = conflict_field(item, conflict);
    bool good = print_record(merge, item, &record, fault) &&
                print_side(merge, conflict, SIDE_OURS, &ours, fault) &&
                print_side(merge, conflict, SIDE_THEIRS, &theirs, fault);
    name_writers(merge, &added);
    added.shown.register_id = item->register_id;
    added.shown.field = field < 0 ? "" : register_describe(item->register_id)->fields[field].name;
    added.shown.record = buffer_take(&record);
    added.shown.ours = buffer_take(&ours);
    added.shown.theirs = buffer_take(&theirs);
    merge->conflicts = memory_reserve(merge->conflicts, &merge->conflict_capacity,
                                      merge->conflict_count + 1, sizeof *merge->conflicts);
    merge->conflicts[merge->conflict_count++] = added;
    return good;
}

void conflicts_free(struct merge *merge) {
    for (size_t i = 0; i < merge->conflict_count; i++) {
        const struct merge_conflict *shown = &merge->conflicts[i].shown;
        free((char *)shown->record);
        free((char *)shown->ours);
        free((char *)shown->theirs);
    }
    free(merge->conflicts);
}
