/* Owns the look at all rows of a workbook; knows no single rule. */
#include "clause5/rules/whole.h"

#include "clause5/store/query.h"
#include "rules/rule.h"

/* One look over the workbook. */
struct whole {
    struct asker asker;
    const struct breach_visitor *visitor;
    struct whole_list audits; /* all of them: closed rounds are no breach */
    int breaches;
};

/* Whether the register's rules of the moment hold for rows at rest, too. That of the workbook wants
 * it to be the first; those of the checklist ask whether the round is open; what its lines must
 * keep is asked from their requirement. */
static bool keeps_at_rest(enum register_id register_id) {
    return register_id != REGISTER_WORKBOOK && register_id != REGISTER_REQUIREMENT &&
           register_id != REGISTER_AUDIT && register_id != REGISTER_ASSESSMENT &&
           register_id != REGISTER_SAMPLE;
}

static bool keeps_all(struct row *row, struct fault *breach) {
    const struct register_rules *rules = rules_of(row->register_id);
    return check_values_fit(row, breach) && check_required(row, breach) &&
           (!keeps_at_rest(row->register_id) || row_check_list(rules->at_once, row, breach)) &&
           row_check_list(rules->at_end, row, breach);
}

/* False where reading failed; a breach is told and true. */
static bool check_record(struct whole *whole, const struct record *record, struct fault *fault) {
    struct row row = {.asker = &whole->asker,
                      .register_id = record->register_id,
                      .id = record->id,
                      .values = record->values,
                      .is_new = record->register_id == REGISTER_AUDIT,
                      .touched_audits = &whole->audits};
    struct fault breach = {0};
    bool is_kept = keeps_all(&row, &breach);
    row_free(&row);
    if (is_kept) {
        return true;
    }
    if (breach.kind != FAULT_REFUSED) {
        fault_clear(fault);
        *fault = breach;
        return false;
    }
    whole->breaches++;
    whole->visitor->visit(whole->visitor->context, record->register_id, record->id, &breach);
    fault_clear(&breach);
    return true;
}

static bool check_id(struct whole *whole, enum register_id register_id, int64_t id,
                     struct fault *fault) {
    struct record record = {0};
    enum lookup found = record_load(whole->asker.workbook, register_id, id, &record, fault);
    bool is_read = found != LOOKUP_FAULT;
    if (found == LOOKUP_FOUND) {
        is_read = check_record(whole, &record, fault);
    }
    record_free(&record);
    return is_read;
}

static bool check_register(struct whole *whole, enum register_id register_id, struct fault *fault) {
    struct buffer sql = {0};
    buffer_addf(&sql, "SELECT id FROM \"%s\" ORDER BY id", register_describe(register_id)->name);
    struct query *query = query_open(whole->asker.workbook, buffer_text(&sql), fault);
    int step = query == NULL ? -1 : query_step(query, fault);
    while (step == 1) {
        step = check_id(whole, register_id, query_whole(query, 0), fault) ? query_step(query, fault)
                                                                          : -1;
    }
    query_close(query);
    buffer_free(&sql);
    return step == 0;
}

int whole_check(struct workbook *workbook, const struct breach_visitor *visitor,
                struct fault *fault) {
    struct whole whole = {.asker = {.workbook = workbook}, .visitor = visitor};
    bool is_read = ask_all(&whole.asker, &(struct question){.sql = "SELECT id FROM audit"},
                           &whole.audits, fault);
    for (int id = 0; id < REGISTER_COUNT && is_read; id++) {
        is_read = check_register(&whole, (enum register_id)id, fault);
    }
    whole_list_free(&whole.audits);
    asker_close(&whole.asker);
    return is_read ? whole.breaches : -1;
}
