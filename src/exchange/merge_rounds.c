/* Owns what a merge must know of rounds: one that is closed can no longer be changed, so a round
 * that one side closed does not silently get the other side's work. */
#include "exchange/merge_inside.h"

static int round_field(enum register_id register_id) {
    return register_id == REGISTER_ASSESSMENT ? (int)ASSESSMENT_AUDIT
           : register_id == REGISTER_SAMPLE   ? (int)SAMPLE_AUDIT
                                              : -1;
}

static bool belongs(const struct merge_item *item, int64_t audit) {
    const int field = round_field(item->register_id);
    for (int side = 0; side < SIDES && field >= 0; side++) {
        if (item->sides[side] != NULL && item->sides[side][field].whole == audit) {
            return true;
        }
    }
    return item->register_id == REGISTER_AUDIT && item->id == audit;
}

void rounds_visit(struct merge *merge, int64_t audit,
                  void (*visit)(void *context, struct merge_item *item), void *context) {
    for (size_t i = 0; i < merge->count; i++) {
        if (!merge->items[i].is_gone && belongs(&merge->items[i], audit)) {
            visit(context, &merge->items[i]);
        }
    }
}

/* True where the row of A has something that B and what was before have not. */
static bool adds(const struct merge_item *item, const struct value *a, const struct value *b) {
    for (int i = 0; i < merge_field_count(item); i++) {
        bool is_old = item->base != NULL && value_equals(&a[i], &item->base[i]);
        if (!is_old && (b == NULL || !value_equals(&a[i], &b[i]))) {
            return true;
        }
    }
    return false;
}

/* Counts what the side that did not close has done in the round. */
struct work {
    enum merge_side worker;
    int lines;
};

static void count_work(void *context, struct merge_item *item) {
    struct work *work = context;
    const struct value *worked = item->sides[work->worker];
    const struct value *other = item->sides[1 - work->worker];
    bool has_deleted = worked == NULL && item->base != NULL && other != NULL;
    if (has_deleted || (worked != NULL && adds(item, worked, other))) {
        work->lines++;
    }
}

static bool is_closed(const struct value *round) {
    return round != NULL && round[AUDIT_CLOSED_ON].kind != VALUE_EMPTY;
}

static bool compare_round(struct merge *merge, const struct merge_item *round,
                          enum merge_side closer, struct fault *fault) {
    struct work work = {.worker = (enum merge_side)(1 - closer)};
    if (is_closed(round->base) || !is_closed(round->sides[closer]) ||
        round->sides[work.worker] == NULL || is_closed(round->sides[work.worker])) {
        return true;
    }
    rounds_visit(merge, round->id, count_work, &work);
    return work.lines == 0 ||
           conflict_add(merge,
                        &(struct conflict){.kind = CONFLICT_CLOSING,
                                           .item = (size_t)(round - merge->items),
                                           .fields = merge_bit(AUDIT_CLOSED_ON),
                                           .target = (size_t)work.lines,
                                           .keeper = closer},
                        fault);
}

bool rounds_compare(struct merge *merge, struct fault *fault) {
    bool good = true;
    for (size_t i = 0; i < merge->count && good; i++) {
        const struct merge_item *item = &merge->items[i];
        if (item->register_id == REGISTER_AUDIT && !item->is_gone) {
            good = compare_round(merge, item, SIDE_OURS, fault) &&
                   compare_round(merge, item, SIDE_THEIRS, fault);
        }
    }
    return good;
}
