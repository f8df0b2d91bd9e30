/* Owns the way of every write: a batch, the rules of a row, what follows a renaming, the rules at
 * the batch's end. Knows no single rule. */
#include "clause5/rules/edit.h"

#include "clause5/store/batch.h"
#include "rules/rename.h"
#include "rules/rule.h"

bool edit_begin(struct workbook *workbook, const char *label, struct fault *fault) {
    return batch_begin(workbook, label, fault);
}

/* Returns whether the row is stored; where the file refuses it as a repetition, says of what. */
static bool explain_repeated(struct row *row, bool is_stored, struct fault *fault) {
    struct fault better = {0};
    if (is_stored || fault->kind != FAULT_REFUSED) {
        return is_stored;
    }
    if (!check_unique(row, &better) && better.kind == FAULT_REFUSED) {
        fault_clear(fault);
        *fault = better;
        return false;
    }
    fault_clear(&better);
    return false;
}

bool edit_insert(struct workbook *workbook, enum register_id register_id,
                 const struct value *values, int64_t *id, struct fault *fault) {
    struct asker asker = {.workbook = workbook};
    struct row row = {
        .asker = &asker, .register_id = register_id, .id = *id, .values = values, .is_new = true};
    bool is_stored =
        row_check_at_once(&row, fault) &&
        explain_repeated(&row, batch_insert(workbook, register_id, row.values, id, fault), fault);
    row_free(&row);
    asker_close(&asker);
    return is_stored;
}

bool edit_begin_bulk(struct workbook *workbook, enum register_id register_id, struct fault *fault) {
    return rules_of(register_id)->at_once == NULL && batch_begin_bulk(workbook, register_id, fault);
}

static bool values_differ(const struct record *record, const struct value *values) {
    int count = register_describe(record->register_id)->field_count;
    for (int field = 0; field < count; field++) {
        if (!value_equals(&record->values[field], &values[field])) {
            return true;
        }
    }
    return false;
}

/* Reads a record that has to be there. */
static bool load_existing(struct workbook *workbook, enum register_id register_id, int64_t id,
                          struct record *record, struct fault *fault) {
    enum lookup found = record_load(workbook, register_id, id, record, fault);
    if (found == LOOKUP_NONE) {
        fault_set(fault, FAULT_REFUSED,
                  "the %s is no longer there, so it cannot be changed: go back to the list",
                  register_describe(register_id)->singular);
    }
    return found == LOOKUP_FOUND;
}

bool edit_update(struct workbook *workbook, enum register_id register_id, int64_t id,
                 const struct value *values, struct fault *fault) {
    struct record before = {0};
    if (!load_existing(workbook, register_id, id, &before, fault)) {
        return false;
    }
    bool is_stored = true;
    if (values_differ(&before, values)) {
        struct asker asker = {.workbook = workbook};
        struct row row = {.asker = &asker,
                          .register_id = register_id,
                          .id = id,
                          .before = before.values,
                          .values = values};
        is_stored = row_check_at_once(&row, fault) &&
                    explain_repeated(&row, rename_store(&asker, &before, row.values, fault), fault);
        row_free(&row);
        asker_close(&asker);
    }
    record_free(&before);
    return is_stored;
}

bool edit_set(struct workbook *workbook, const struct record *record, int field,
              const struct value *value, struct fault *fault) {
    struct record changed = {0};
    if (!load_existing(workbook, record->register_id, record->id, &changed, fault)) {
        return false;
    }
    struct value copy = value_copy(value);
    value_free(&changed.values[field]);
    changed.values[field] = copy;
    bool is_stored = edit_update(workbook, record->register_id, record->id, changed.values, fault);
    record_free(&changed);
    return is_stored;
}

bool edit_commit(struct workbook *workbook, struct fault *fault) {
    struct fault first = {0};
    int breaches = edit_check(workbook, NULL, &first);
    if (breaches == 0) {
        return batch_commit(workbook, fault);
    }
    fault_clear(fault);
    *fault = first;
    batch_abandon(workbook);
    return false;
}

void edit_abandon(struct workbook *workbook) {
    batch_abandon(workbook);
}
