/* Owns a merge from the comparison to the batch; what becomes of a record is worked out by the
 * files beside this one. */
#include "clause5/exchange/merge.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/rules/edit.h"
#include "clause5/store/batch.h"
#include "exchange/merge_inside.h"

struct workbook *merge_open_theirs(const char *ours, const char *theirs, const struct clock *clock,
                                   struct fault *fault) {
    struct stat a;
    struct stat b;
    /* Closing one of two openings of a file drops the locks of the other, so this is asked first.
     */
    if (stat(ours, &a) == 0 && stat(theirs, &b) == 0 && a.st_dev == b.st_dev &&
        a.st_ino == b.st_ino) {
        fault_set(fault, FAULT_USAGE,
                  "%s and %s are the same file: name the other copy of the workbook", ours, theirs);
        return NULL;
    }
    return workbook_open(theirs, WORKBOOK_READ, clock, fault);
}

char *merge_make_label(const char *path) {
    const char *slash = strrchr(path, '/');
    struct buffer label = {0};
    buffer_add(&label, "merge ");
    text_show(&label, slash == NULL ? path : slash + 1, 0);
    return buffer_take(&label);
}

struct merge *merge_open(struct workbook *ours, struct workbook *theirs, struct fault *fault) {
    struct merge *merge = memory_zero(1, sizeof *merge);
    merge->workbooks[SIDE_OURS] = ours;
    merge->workbooks[SIDE_THEIRS] = theirs;
    merge->fork = fork_open(ours, theirs, fault);
    if (merge->fork == NULL || !items_make(merge, fault) || !compare_all(merge, fault)) {
        merge_close(merge);
        return NULL;
    }
    return merge;
}

static void forget_report(struct merge *merge) {
    for (size_t i = 0; i < merge->renumbering_count; i++) {
        free((char *)merge->renumberings[i].from);
        free((char *)merge->renumberings[i].to);
    }
    for (size_t i = 0; i < merge->finding_count; i++) {
        free(merge->findings[i]);
    }
    merge->renumbering_count = 0;
    merge->finding_count = 0;
    memset(merge->counts, 0, sizeof merge->counts);
}

void merge_close(struct merge *merge) {
    if (merge == NULL) {
        return;
    }
    forget_report(merge);
    free(merge->renumberings);
    free(merge->findings);
    conflicts_free(merge);
    items_free(merge);
    fork_close(merge->fork);
    free(merge);
}

bool merge_is_known(const struct merge *merge) {
    return fork_is_known(merge->fork);
}

size_t merge_conflict_count(const struct merge *merge) {
    return merge->conflict_count;
}

const struct merge_conflict *merge_conflict_at(const struct merge *merge, size_t index) {
    return &merge->conflicts[index].shown;
}

void merge_choose(struct merge *merge, size_t index, enum merge_choice choice) {
    merge->conflicts[index].shown.choice = choice;
}

void merge_choose_all(struct merge *merge, enum merge_choice choice) {
    for (size_t i = 0; i < merge->conflict_count; i++) {
        merge_choose(merge, i, choice);
    }
}

size_t merge_open_count(const struct merge *merge) {
    size_t count = 0;
    for (size_t i = 0; i < merge->conflict_count; i++) {
        count += merge->conflicts[i].shown.choice == MERGE_OPEN;
    }
    return count;
}

void merge_add_finding(struct merge *merge, char *text) {
    merge->findings = memory_reserve(merge->findings, &merge->finding_capacity,
                                     merge->finding_count + 1, sizeof *merge->findings);
    merge->findings[merge->finding_count++] = text;
}

static bool rows_equal(const struct merge_item *item, const struct value *a,
                       const struct value *b) {
    for (int i = 0; i < merge_field_count(item); i++) {
        if (!value_equals(&a[i], &b[i])) {
            return false;
        }
    }
    return true;
}

/* Counts what the item brings to ours; true where it brings anything. */
static bool count_item(struct merge *merge, const struct merge_item *item) {
    struct merge_counts *counts = &merge->counts[item->register_id];
    const struct value *ours = item->sides[SIDE_OURS];
    if (item->is_gone || (ours == NULL && item->merged == NULL)) {
        return false;
    }
    if (ours == NULL) {
        counts->added++;
    } else if (item->merged == NULL) {
        counts->deleted++;
    } else if (!rows_equal(item, ours, item->merged)) {
        counts->changed++;
    } else {
        return false;
    }
    return true;
}

/* A file from elsewhere may hold texts that are none. */
static bool check_texts(const struct merge_item *item, struct fault *fault) {
    for (int i = 0; item->merged != NULL && i < merge_field_count(item); i++) {
        const struct value *value = &item->merged[i];
        if (value->kind == VALUE_TEXT &&
            text_find_invalid(value->text, value->len_bytes) != value->len_bytes) {
            return fault_set(fault, FAULT_REFUSED,
                             "a %s of theirs has a %s that is not valid UTF-8: it was altered by "
                             "another program and cannot be merged",
                             register_describe(item->register_id)->singular,
                             register_describe(item->register_id)->fields[i].name);
        }
    }
    return true;
}

/* The workbook's own page cannot be deleted in any copy by this program, and neither can what ships
 * with it. */
static bool check_stays(const struct merge_item *item, struct fault *fault) {
    const struct value *ours = item->sides[SIDE_OURS];
    bool must_stay = item->register_id == REGISTER_WORKBOOK ||
                     (item->register_id == REGISTER_REQUIREMENT && ours != NULL &&
                      item->id == record_shipped_id(value_text(&ours[REQUIREMENT_REF])));
    return item->merged != NULL || !must_stay ||
           fault_set(fault, FAULT_REFUSED,
                     "theirs lacks a %s that every workbook has: it was altered by another program "
                     "and cannot be merged",
                     register_describe(item->register_id)->singular);
}

static bool write_items(struct merge *merge, struct fault *fault) {
    struct fork_row *rows = memory_zero(merge->count + 1, sizeof *rows);
    size_t count = 0;
    bool good = true;
    for (size_t i = 0; i < merge->count && good; i++) {
        const struct merge_item *item = &merge->items[i];
        if (count_item(merge, item)) {
            rows[count++] = (struct fork_row){
                .register_id = item->register_id, .id = item->id, .values = item->merged};
            good = check_texts(item, fault) && check_stays(item, fault);
        }
    }
    good = good && fork_write(merge->fork, rows, count, fault) && names_follow(merge, fault);
    free(rows);
    return good;
}

/* True where the row has fields that it did not have on ours, and others not on theirs. */
static bool is_mixed(const struct merge_item *item) {
    return item->sides[SIDE_OURS] != NULL && item->sides[SIDE_THEIRS] != NULL &&
           item->merged != NULL && !rows_equal(item, item->merged, item->sides[SIDE_OURS]) &&
           !rows_equal(item, item->merged, item->sides[SIDE_THEIRS]);
}

static merge_fields fields_apart(const struct merge_item *item) {
    merge_fields fields = 0;
    for (int i = 0; i < merge_field_count(item); i++) {
        if (!value_equals(&item->sides[SIDE_OURS][i], &item->sides[SIDE_THEIRS][i])) {
            fields |= merge_bit(i);
        }
    }
    return fields;
}

/* Fields of both sides that cannot stand together are one conflict; what theirs alone brings and
 * breaks a rule between rows is told. */
static bool take_breach(struct merge *merge, struct merge_item *item, struct fault *breach,
                        struct fault *fault) {
    if (breach->kind != FAULT_REFUSED) {
        *fault = *breach;
        return false;
    }
    bool good = true;
    if (is_mixed(item) && !item->is_row_conflict) {
        item->is_row_conflict = true;
        good = conflict_add(merge,
                            &(struct conflict){.kind = CONFLICT_ROW,
                                               .item = (size_t)(item - merge->items),
                                               .fields = fields_apart(item)},
                            fault);
    } else {
        merge_add_finding(merge, memory_copy_text(fault_text(breach)));
    }
    fault_clear(breach);
    return good;
}

static bool check_item(struct merge *merge, struct merge_item *item, struct fault *fault) {
    struct fault breach = {0};
    bool fits = true;
    const struct value *ours = item->sides[SIDE_OURS];
    if (item->is_gone || item->merged == NULL ||
        (ours != NULL && rows_equal(item, ours, item->merged)) ||
        edit_check_record(merge->workbooks[SIDE_OURS], item->register_id, item->id, &fits,
                          &breach)) {
        return true;
    }
    if (!fits && !is_mixed(item)) {
        *fault = breach;
        return fault_prefix(fault, "theirs was altered by another program and cannot be merged");
    }
    return take_breach(merge, item, &breach, fault);
}

static void note_breach(void *context, enum register_id register_id, int64_t id,
                        const struct fault *breach) {
    (void)register_id;
    (void)id;
    merge_add_finding(context, memory_copy_text(fault_text(breach)));
}

static bool check_rules(struct merge *merge, struct fault *fault) {
    const struct breach_visitor visitor = {.visit = note_breach, .context = merge};
    for (size_t i = 0; i < merge->count; i++) {
        if (!check_item(merge, &merge->items[i], fault)) {
            return false;
        }
    }
    return edit_check(merge->workbooks[SIDE_OURS], &visitor, fault) >= 0;
}

/* Puts all in place in an open batch. */
static bool put_together(struct merge *merge, struct fault *fault) {
    forget_report(merge);
    settle(merge);
    return keys_part(merge, fault) && write_items(merge, fault) && check_rules(merge, fault);
}

/* True where theirs did anything since that the history is to know. What only its own merge of ours
 * brought it is nothing new, or two copies would go on merging each other for ever. */
static bool is_worth_a_batch(const struct merge *merge) {
    for (size_t i = 0; i < merge->count; i++) {
        const struct merge_item *item = &merge->items[i];
        const struct value *theirs = item->sides[SIDE_THEIRS];
        if (item->is_gone || (theirs == NULL && item->base == NULL)) {
            continue;
        }
        if (theirs == NULL || item->base == NULL || item->unsure != 0 ||
            !rows_equal(item, theirs, item->base)) {
            return true;
        }
    }
    return false;
}

enum merge_end merge_try(struct merge *merge, struct fault *fault) {
    size_t conflicts = merge->conflict_count;
    struct workbook *ours = merge->workbooks[SIDE_OURS];
    if (merge_is_known(merge)) {
        return MERGE_STORED;
    }
    bool good = fork_begin(merge->fork, "merge", fault) && put_together(merge, fault);
    batch_abandon(ours);
    if (!good) {
        return MERGE_FAULT;
    }
    return merge->conflict_count > conflicts || merge_open_count(merge) > 0 ? MERGE_HELD
                                                                            : MERGE_STORED;
}

enum merge_end merge_store(struct merge *merge, const char *label, struct fault *fault) {
    size_t conflicts = merge->conflict_count;
    struct workbook *ours = merge->workbooks[SIDE_OURS];
    if (merge_is_known(merge)) {
        return MERGE_STORED;
    }
    if (merge_open_count(merge) > 0) {
        return MERGE_HELD;
    }
    enum merge_end end = MERGE_FAULT;
    if (fork_begin(merge->fork, label, fault) && put_together(merge, fault)) {
        bool is_held = merge->conflict_count > conflicts;
        bool is_needed = !is_held && is_worth_a_batch(merge);
        end = is_held ? MERGE_HELD : MERGE_STORED;
        if (is_needed && !fork_commit(merge->fork, fault)) {
            end = MERGE_FAULT;
        }
    }
    batch_abandon(ours);
    return end;
}

struct merge_counts merge_counts_of(const struct merge *merge, enum register_id register_id) {
    return merge->counts[register_id];
}

size_t merge_renumbering_count(const struct merge *merge) {
    return merge->renumbering_count;
}

const struct merge_renumbering *merge_renumbering_at(const struct merge *merge, size_t index) {
    return &merge->renumberings[index];
}

size_t merge_finding_count(const struct merge *merge) {
    return merge->finding_count;
}

const char *merge_finding_at(const struct merge *merge, size_t index) {
    return merge->findings[index];
}
