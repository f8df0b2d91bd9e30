/* Owns the look at a batch as a whole: the rules between rows, run over what it touched. */
#include "clause5/rules/edit.h"

#include "clause5/store/batch.h"
#include "rules/rule.h"

enum { RANGE_LEAST = 100 };

/* One look at the batch. */
struct look {
    struct asker asker;
    const struct breach_visitor *visitor;
    struct whole_list audits; /* inserted or changed */
    struct fault *fault;
    int breaches; /* -1 once something failed */
};

static bool note_audit(void *context, enum register_id register_id, int64_t id, enum touch touch) {
    struct look *look = context;
    if (register_id == REGISTER_AUDIT && touch != TOUCH_DELETED) {
        whole_list_add(&look->audits, id);
    }
    return true;
}

static bool report_breach(struct look *look, const struct row *row, struct fault *breach) {
    if (breach->kind != FAULT_REFUSED) {
        fault_clear(look->fault);
        *look->fault = *breach;
        look->breaches = -1;
        return false;
    }
    look->breaches++;
    if (look->visitor != NULL) {
        look->visitor->visit(look->visitor->context, row->register_id, row->id, breach);
    } else {
        fault_clear(look->fault);
        *look->fault = *breach;
        return false;
    }
    fault_clear(breach);
    return true;
}

static bool check_record(struct look *look, const struct record *record, enum touch touch) {
    struct row row = {.asker = &look->asker,
                      .register_id = record->register_id,
                      .id = record->id,
                      .values = record->values,
                      .is_new = touch == TOUCH_INSERTED,
                      .touched_audits = &look->audits};
    struct fault breach = {0};
    return row_check_list(rules_of(record->register_id)->at_end, &row, &breach) ||
           report_breach(look, &row, &breach);
}

static bool check_touched(void *context, enum register_id register_id, int64_t id,
                          enum touch touch) {
    struct look *look = context;
    struct record record = {0};
    if (touch == TOUCH_DELETED || rules_of(register_id)->at_end == NULL) {
        return true;
    }
    enum lookup found = record_load(look->asker.workbook, register_id, id, &record, look->fault);
    if (found != LOOKUP_FOUND) {
        look->breaches = found == LOOKUP_NONE ? look->breaches : -1;
        return found == LOOKUP_NONE;
    }
    bool goes_on = check_record(look, &record, touch);
    record_free(&record);
    return goes_on;
}

/* A batch of a few records is told more quickly one by one. */
static bool range_keeps(void *context, enum register_id register_id, int64_t first_id,
                        int64_t last_id) {
    struct look *look = context;
    const struct register_rules *rules = rules_of(register_id);
    return rules->at_end == NULL || (rules->all_keep != NULL && last_id - first_id >= RANGE_LEAST &&
                                     rules->all_keep(&look->asker, first_id, last_id));
}

/* Without a visitor it stops at the first breach, which is then in FAULT. */
int edit_check(struct workbook *workbook, const struct breach_visitor *visitor,
               struct fault *fault) {
    struct look look = {.asker = {.workbook = workbook}, .visitor = visitor, .fault = fault};
    const struct touch_visitor noting = {.visit = note_audit, .context = &look};
    const struct touch_visitor checking = {
        .visit = check_touched, .passes_over = range_keeps, .context = &look};
    bool has_failed = batch_has_touched(workbook, REGISTER_AUDIT) &&
                      !batch_visit_touched(workbook, &noting, fault);
    if (!has_failed) {
        has_failed = !batch_visit_touched(workbook, &checking, fault) && look.breaches == 0;
    }
    whole_list_free(&look.audits);
    asker_close(&look.asker);
    return has_failed ? -1 : look.breaches;
}

/* What is looked for among the touched records. */
struct search {
    enum register_id register_id;
    int64_t id;
    bool is_found;
};

static bool find_inserted(void *context, enum register_id register_id, int64_t id,
                          enum touch touch) {
    struct search *search = context;
    if (register_id == search->register_id && id == search->id && touch == TOUCH_INSERTED) {
        search->is_found = true;
    }
    return !search->is_found;
}

bool batch_has_inserted(struct workbook *workbook, enum register_id register_id, int64_t id) {
    struct search search = {.register_id = register_id, .id = id};
    const struct touch_visitor visitor = {.visit = find_inserted, .context = &search};
    struct fault ignored = {0};
    bool is_read = batch_has_touched(workbook, register_id) &&
                   batch_visit_touched(workbook, &visitor, &ignored);
    fault_clear(&ignored);
    return is_read && search.is_found;
}

bool edit_check_record(struct workbook *workbook, enum register_id register_id, int64_t id,
                       bool *fits, struct fault *fault) {
    struct asker asker = {.workbook = workbook};
    struct record record = {0};
    enum lookup found = record_load(workbook, register_id, id, &record, fault);
    *fits = true;
    if (found != LOOKUP_FOUND) {
        return found == LOOKUP_NONE;
    }
    /* The workbook's own page is there already, and asks whether it is not. */
    struct row row = {.asker = &asker,
                      .register_id = register_id,
                      .id = id,
                      .before = register_id == REGISTER_WORKBOOK ? record.values : NULL,
                      .values = record.values,
                      .is_new = true};
    *fits = check_values_fit(&row, fault) && check_required(&row, fault);
    bool is_kept = *fits && row_check_list(rules_of(register_id)->at_once, &row, fault);
    row_free(&row);
    record_free(&record);
    asker_close(&asker);
    return is_kept;
}
