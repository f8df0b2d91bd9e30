/* Owns the value before of a record, also where copies were merged crosswise; knows nothing of the
 * two sides now.
 *
 * Where A merged B while B merged A, both know A and B as they then were, and neither of the two
 * came first. The past is then what a merge of the two gives: a field that one of them changed has
 * the changed value, one that both changed differently has none that could be called the one
 * before. For that merge in turn the past of the two is needed, and so on back; only fields in
 * which they differ are asked for, so that the older pasts are hardly ever read. */
#include "store/origin.h"

#include <stdlib.h>

#include "clause5/base/memory.h"

/* A record at some batch. */
struct state {
    bool exists;
    field_set unsure; /* all fields where it is not known whether it existed */
    struct value *values;
};

static int field_count(const struct fork_record *record) {
    return register_describe(record->register_id)->field_count;
}

static void state_free(struct state *state, const struct fork_record *record) {
    if (state->values != NULL) {
        values_free(state->values, field_count(record));
    }
    free(state->values);
    *state = (struct state){0};
}

struct origin *origin_new(const struct lineage *lineage, const struct node_list *nodes,
                          struct fault *fault) {
    struct origin *origin = memory_zero(1, sizeof *origin);
    struct node_list others = {.items = nodes->items, .count = nodes->count - 1};
    for (size_t i = 0; i < nodes->count; i++) {
        node_list_add(&origin->nodes, nodes->items[i]);
    }
    bool good = overlay_build(&origin->overlay, lineage, nodes->items[nodes->count - 1], fault);
    if (good && others.count > 0) {
        origin->rest = origin_new(lineage, &others, fault);
        good = origin->rest != NULL;
    }
    if (!good) {
        origin_free(origin);
        return NULL;
    }
    return origin;
}

void origin_free(struct origin *origin) {
    if (origin == NULL) {
        return;
    }
    overlay_free(&origin->overlay);
    origin_free(origin->rest);
    origin_free(origin->base);
    free(origin->nodes.items);
    free(origin);
}

/* Makes the past that the last batch shares with the others; it stays NULL where there is none. */
static bool make_base(struct origin *origin, const struct lineage *lineage, struct fault *fault) {
    bool *of_rest = memory_zero(lineage->count + 1, sizeof *of_rest);
    bool *of_last = memory_zero(lineage->count + 1, sizeof *of_last);
    struct node_list starts = {0};
    struct node_list last_starts = {0};
    struct node_list bases = {0};
    for (size_t i = 0; i + 1 < origin->nodes.count; i++) {
        lineage_mark_known(lineage, origin->nodes.items[i], of_rest, &starts);
    }
    lineage_mark_known(lineage, origin->nodes.items[origin->nodes.count - 1], of_last,
                       &last_starts);
    for (size_t i = 0; i < lineage->count; i++) {
        of_rest[i] = of_rest[i] && of_last[i];
    }
    lineage_find_bases(lineage, of_rest, &starts, &bases);
    if (bases.count > 0) {
        origin->base = origin_new(lineage, &bases, fault);
    }
    bool good = bases.count == 0 || origin->base != NULL;
    origin->base_is_made = good;
    free(of_rest);
    free(of_last);
    free(starts.items);
    free(last_starts.items);
    free(bases.items);
    return good;
}

/* The record at the last batch of the origin: rolled back, or as now. */
static void read_last(const struct origin *origin, const struct fork_record *record,
                      struct state *state) {
    const struct overlay_record *past =
        overlay_find(&origin->overlay, record->register_id, record->id);
    *state = (struct state){.exists = past == NULL ? record->ours != NULL : past->exists};
    if (!state->exists) {
        return;
    }
    state->values = memory_zero((size_t)field_count(record), sizeof *state->values);
    for (int i = 0; i < field_count(record); i++) {
        bool is_known = past != NULL && (past->known & (field_set)1 << i) != 0;
        if (is_known || record->ours != NULL) {
            state->values[i] = value_copy(is_known ? &past->values[i] : &record->ours[i]);
        }
    }
}

static bool states_equal(const struct fork_record *record, const struct state *a,
                         const struct state *b) {
    return a->exists == b->exists && a->unsure == 0 && b->unsure == 0 &&
           (!a->exists || image_compare(record->register_id, a->values, b->values) == 0);
}

static void take_value(struct value *to, const struct value *from) {
    struct value copy = value_copy(from);
    value_free(to);
    *to = copy;
}

/* Merges OTHER into STATE field by field over BASE; both exist. BASE may not. */
static void merge_fields(const struct fork_record *record, const struct state *base,
                         struct state *state, const struct state *other) {
    for (int i = 0; i < field_count(record); i++) {
        field_set bit = (field_set)1 << i;
        bool is_sure = base->exists && ((base->unsure | state->unsure | other->unsure) & bit) == 0;
        if (((state->unsure | other->unsure) & bit) == 0 &&
            value_equals(&state->values[i], &other->values[i])) {
            continue;
        }
        if (is_sure && value_equals(&state->values[i], &base->values[i])) {
            take_value(&state->values[i], &other->values[i]);
        } else if (!is_sure || !value_equals(&other->values[i], &base->values[i])) {
            state->unsure |= bit;
        }
    }
}

/* Merges OTHER into STATE where one of them does not exist: whichever of them is as BASE gives way;
 * else the one that exists stands, with no value that is sure. */
static void merge_existence(const struct fork_record *record, const struct state *base,
                            struct state *state, struct state *other) {
    bool other_wins = states_equal(record, base, state);
    bool is_clear = other_wins || states_equal(record, base, other);
    if (other_wins || (!is_clear && !state->exists)) {
        struct state swapped = *state;
        *state = *other;
        *other = swapped;
    }
    if (!is_clear) {
        state->unsure = (field_set)-1;
    }
}

static bool read_state(struct origin *origin, const struct lineage *lineage,
                       const struct fork_record *record, struct state *state, struct fault *fault) {
    struct state last = {0};
    struct state base = {0};
    if (origin->rest == NULL) {
        read_last(origin, record, state);
        return true;
    }
    bool good = read_state(origin->rest, lineage, record, state, fault);
    read_last(origin, record, &last);
    if (good && !states_equal(record, state, &last)) {
        good = (origin->base_is_made || make_base(origin, lineage, fault)) &&
               (origin->base == NULL || read_state(origin->base, lineage, record, &base, fault));
        if (good && state->exists && last.exists) {
            merge_fields(record, &base, state, &last);
        } else if (good && state->exists != last.exists) {
            merge_existence(record, &base, state, &last);
        }
    }
    state_free(&last, record);
    state_free(&base, record);
    return good;
}

bool origin_fill(struct origin *origin, const struct lineage *lineage, struct fork_record *record,
                 struct fault *fault) {
    struct state state = {0};
    bool good = read_state(origin, lineage, record, &state, fault);
    if (good && state.exists) {
        record->base = state.values;
        record->unsure = state.unsure;
        return true;
    }
    state_free(&state, record);
    return good;
}
