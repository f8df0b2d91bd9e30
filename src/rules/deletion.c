/* Owns finding what a deletion takes with it and what forbids it; writes nothing. */
#include "rules/deletion.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/query.h"
#include "rules/rename.h"
#include "rules/rule.h"

static void mention_add(struct mention_list *list, struct record_name holder, int field) {
    list->items =
        memory_reserve(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    list->items[list->count++] = (struct mention){.holder = holder, .field = field};
}

void deletion_free(struct deletion *plan) {
    record_set_free(&plan->doomed);
    free(plan->losses.items);
    free(plan->refusals.items);
    asker_close(&plan->asker);
}

/* One reference: a part of a key dooms its row, a required one speaks against, others are lost. */
static bool plan_mention(void *context, enum register_id register_id, int64_t id, int field) {
    struct deletion *plan = context;
    const struct field *described = &register_describe(register_id)->fields[field];
    struct record_name holder = {.register_id = register_id, .id = id};
    if (register_is_key_field(register_id, field)) {
        record_set_add(&plan->doomed, register_id, id);
    } else if ((described->flags & FIELD_REQUIRED) != 0) {
        mention_add(&plan->refusals, holder, field);
    } else {
        mention_add(&plan->losses, holder, field);
    }
    return true;
}

/* A version is named by its text. */
static bool plan_version(struct deletion *plan, int64_t id, struct fault *fault) {
    struct record version = {0};
    bool is_read = record_load(plan->asker.workbook, REGISTER_POLICY_VERSION, id, &version,
                               fault) == LOOKUP_FOUND;
    for (int named = 0; is_read && named < REGISTER_COUNT; named++) {
        const struct register_description *description = register_describe((enum register_id)named);
        struct whole_list rows = {0};
        is_read =
            version_find_rows(&plan->asker, (enum register_id)named, version.values, &rows, fault);
        for (int field = 0; field < description->field_count && rows.count > 0; field++) {
            for (size_t i = 0; description->fields[field].type == FIELD_VERSION && i < rows.count;
                 i++) {
                plan_mention(plan, (enum register_id)named, rows.items[i], field);
            }
        }
        whole_list_free(&rows);
    }
    record_free(&version);
    return is_read;
}

/* The registers whose rows name any record by its key. */
static const enum register_id naming[] = {REGISTER_EVIDENCE_LINK, REGISTER_EXCEPTION};
_Static_assert(COUNT(naming) == 2, "as many as struct deletion remembers");

/* Most registers are named by no link and no exception: asked once. */
static bool is_named_at_all(struct deletion *plan, size_t place, enum register_id register_id,
                            struct fault *fault) {
    int8_t *known = &plan->is_named[place][register_id];
    if (*known == 0) {
        struct buffer sql = {0};
        int64_t id = 0;
        buffer_addf(&sql, "SELECT id FROM \"%s\" WHERE register = :register LIMIT 1",
                    register_describe(naming[place])->name);
        const struct question question = {
            .sql = buffer_text(&sql),
            .arguments = {{":register", .text = register_describe(register_id)->name}}};
        *known = ask_first(&plan->asker, &question, &id, fault) == LOOKUP_FOUND ? 1 : -1;
        buffer_free(&sql);
    }
    return *known == 1;
}

static bool plan_named_by(struct deletion *plan, size_t place, struct record_name record,
                          struct fault *fault) {
    struct buffer key = {0};
    struct buffer sql = {0};
    struct whole_list rows = {0};
    bool is_read = record_print_key_of(plan->asker.workbook, record.register_id, record.id, &key,
                                       fault) != LOOKUP_FAULT;
    buffer_addf(&sql,
                "SELECT id FROM \"%s\""
                " WHERE register = :register AND record = :record COLLATE NOCASE",
                register_describe(naming[place])->name);
    const struct question question = {
        .sql = buffer_text(&sql),
        .arguments = {{":register", .text = register_describe(record.register_id)->name},
                      {":record", .text = buffer_text(&key)}}};
    is_read = is_read && ask_all(&plan->asker, &question, &rows, fault);
    for (size_t i = 0; is_read && i < rows.count; i++) {
        record_set_add(&plan->doomed, naming[place], rows.items[i]);
    }
    whole_list_free(&rows);
    buffer_free(&sql);
    buffer_free(&key);
    return is_read;
}

static bool plan_record(struct deletion *plan, struct record_name record, struct fault *fault) {
    const struct reference_visitor visitor = {.visit = plan_mention, .context = plan};
    if (!record_visit_referrers(plan->asker.workbook, record.register_id, record.id, &visitor,
                                fault)) {
        return false;
    }
    if (record.register_id == REGISTER_POLICY_VERSION && !plan_version(plan, record.id, fault)) {
        return false;
    }
    for (size_t place = 0; place < COUNT(naming); place++) {
        if (is_named_at_all(plan, place, record.register_id, fault) &&
            !plan_named_by(plan, place, record, fault)) {
            return false;
        }
    }
    return fault->kind == FAULT_NONE;
}

/* An action keeps its row and loses its source. The keys of all that goes hold the first one's. */
static bool plan_sources(struct deletion *plan, struct fault *fault) {
    struct buffer key = {0};
    struct query *query = query_open(plan->asker.workbook,
                                     "SELECT id, source, source_ref FROM action"
                                     " WHERE instr(lower(source_ref), lower(:key)) > 0 ORDER BY id",
                                     fault);
    if (query != NULL &&
        record_print_key_of(plan->asker.workbook, plan->doomed.items[0].register_id,
                            plan->doomed.items[0].id, &key, fault) == LOOKUP_FOUND) {
        query_bind_text(query, ":key", buffer_text(&key));
    }
    buffer_free(&key);
    int step = -1;
    while (query != NULL && (step = query_step(query, fault)) == 1) {
        struct source source = {0};
        struct record_name action = {.register_id = REGISTER_ACTION, .id = query_whole(query, 0)};
        enum lookup found = source_find(plan->asker.workbook, query_text(query, 1),
                                        query_text(query, 2), &source, fault);
        if (found == LOOKUP_FAULT) {
            step = -1;
            break;
        }
        if (found == LOOKUP_FOUND && record_set_has(&plan->doomed, source.register_id, source.id)) {
            mention_add(&plan->losses, action, ACTION_SOURCE_REF);
        }
    }
    query_close(query);
    return step == 0 && fault->kind == FAULT_NONE;
}

/* Names the record that FAULT is about, as "communication COM-001". */
static bool name_record(struct deletion *plan, struct record_name record, struct buffer *out,
                        struct fault *fault) {
    buffer_addf(out, "%s ", register_describe(record.register_id)->singular);
    return record_print_key_of(plan->asker.workbook, record.register_id, record.id, out, fault) !=
           LOOKUP_FAULT;
}

static bool refuse_required(struct deletion *plan, struct fault *fault) {
    for (size_t i = 0; i < plan->refusals.count; i++) {
        const struct mention *mention = &plan->refusals.items[i];
        struct record_name holder = mention->holder;
        if (record_set_has(&plan->doomed, holder.register_id, holder.id)) {
            continue;
        }
        struct buffer name = {0};
        struct buffer holder_name = {0};
        char *noun = row_field_noun(holder.register_id, mention->field);
        if (name_record(plan, plan->doomed.items[0], &name, fault) &&
            name_record(plan, holder, &holder_name, fault)) {
            fault_set(fault, FAULT_REFUSED,
                      "%s cannot be deleted, because %s needs it as its %s: change or delete that "
                      "one first",
                      buffer_text(&name), buffer_text(&holder_name), noun);
        }
        buffer_free(&name);
        buffer_free(&holder_name);
        free(noun);
        return false;
    }
    return true;
}

/* Returns the round that a record belongs to, or 0. */
static bool find_round(struct deletion *plan, struct record_name record, int64_t *audit,
                       struct fault *fault) {
    static const char *const sql[REGISTER_COUNT] = {
        [REGISTER_AUDIT] = "SELECT id FROM audit WHERE id = :id",
        [REGISTER_ASSESSMENT] = "SELECT audit FROM assessment WHERE id = :id",
        [REGISTER_SAMPLE] = "SELECT audit FROM sample WHERE id = :id",
    };
    *audit = 0;
    if (sql[record.register_id] == NULL) {
        return true;
    }
    const struct question question = {.sql = sql[record.register_id],
                                      .arguments = {{":id", .whole = record.id}}};
    return ask_first(&plan->asker, &question, audit, fault) != LOOKUP_FAULT;
}

/* A closed round can no longer be changed, not even through what it names. */
static bool check_not_closed(struct deletion *plan, struct record_name record,
                             struct fault *fault) {
    int64_t audit = 0;
    if (!find_round(plan, record, &audit, fault)) {
        return false;
    }
    if (audit == 0) {
        return true;
    }
    enum lookup closed = round_find_closed(&plan->asker, audit, fault);
    if (closed != LOOKUP_FOUND) {
        return closed == LOOKUP_NONE;
    }
    struct buffer name = {0};
    struct buffer round = {0};
    if (name_record(plan, plan->doomed.items[0], &name, fault) &&
        record_print_key_of(plan->asker.workbook, REGISTER_AUDIT, audit, &round, fault) !=
            LOOKUP_FAULT) {
        fault_set(fault, FAULT_REFUSED,
                  "%s cannot be deleted, because the round %s is closed and would change: reopen "
                  "the round first, with a reason",
                  buffer_text(&name), buffer_text(&round));
    }
    buffer_free(&name);
    buffer_free(&round);
    return false;
}

static bool check_closed_rounds(struct deletion *plan, struct fault *fault) {
    for (size_t i = 0; i < plan->doomed.count; i++) {
        if (!check_not_closed(plan, plan->doomed.items[i], fault)) {
            return false;
        }
    }
    for (size_t i = 0; i < plan->losses.count; i++) {
        if (!check_not_closed(plan, plan->losses.items[i].holder, fault)) {
            return false;
        }
    }
    return true;
}

/* What stays in any case: the workbook's own page and the lines that ship with the program. */
static bool check_may_go(struct deletion *plan, struct record_name record, struct fault *fault) {
    struct buffer key = {0};
    if (record.register_id == REGISTER_WORKBOOK) {
        return fault_set(fault, FAULT_REFUSED,
                         "the workbook's own page cannot be deleted: empty its fields instead");
    }
    enum lookup found =
        record_print_key_of(plan->asker.workbook, record.register_id, record.id, &key, fault);
    bool may_go = found == LOOKUP_FOUND;
    if (found == LOOKUP_NONE) {
        fault_set(fault, FAULT_REFUSED, "the %s is no longer there, so it need not be deleted",
                  register_describe(record.register_id)->singular);
    } else if (may_go && record.register_id == REGISTER_REQUIREMENT &&
               record.id == record_shipped_id(buffer_text(&key))) {
        may_go = fault_set(fault, FAULT_REFUSED,
                           "requirement %s ships with the program and cannot be deleted: in a "
                           "round, record what applies",
                           buffer_text(&key));
    }
    buffer_free(&key);
    return may_go;
}

bool deletion_plan(struct deletion *plan, struct workbook *workbook, struct record_name record,
                   struct fault *fault) {
    plan->asker.workbook = workbook;
    fault_clear(fault);
    if (!check_may_go(plan, record, fault)) {
        return false;
    }
    record_set_add(&plan->doomed, record.register_id, record.id);
    for (size_t i = 0; i < plan->doomed.count; i++) {
        struct record_name next = plan->doomed.items[i];
        if (!plan_record(plan, next, fault)) {
            return false;
        }
    }
    return plan_sources(plan, fault) && refuse_required(plan, fault) &&
           check_closed_rounds(plan, fault);
}
