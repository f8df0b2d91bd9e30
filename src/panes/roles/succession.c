/* Owns what falls without a person and who takes it over; knows nothing of how it is shown. */
#include "panes/roles/succession.h"

#include <stdlib.h>

#include "clause5/audit/words.h"
#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/query.h"

static void forget_items(struct succession_plan *plan) {
    for (size_t i = 0; i < plan->count; i++) {
        free(plan->items[i].ref);
        free(plan->items[i].title);
        free(plan->items[i].through_ref);
    }
    plan->count = 0;
    free(plan->name);
    plan->name = NULL;
}

void succession_free(struct succession_plan *plan) {
    forget_items(plan);
    free(plan->items);
    free(plan->choices);
}

static const struct succession_choice *find_choice(const struct succession_plan *plan, int64_t id,
                                                   int field) {
    for (size_t i = 0; i < plan->choice_count; i++) {
        if (plan->choices[i].id == id && plan->choices[i].field == field) {
            return &plan->choices[i];
        }
    }
    return NULL;
}

static void add_item(struct succession_plan *plan, struct query *query) {
    plan->items =
        memory_reserve(plan->items, &plan->capacity, plan->count + 1, sizeof *plan->items);
    struct succession_item *item = &plan->items[plan->count++];
    *item = (struct succession_item){
        .kind = (enum succession_kind)query_whole(query, 0),
        .register_id = register_find(query_text(query, 1)),
        .id = query_whole(query, 2),
        .field = -1,
        .ref = memory_copy_text(query_text(query, 4)),
        .title = memory_copy_text(query_text(query, 5)),
        .successor = query_whole(query, 6),
        .through = query_whole(query, 7),
        .through_ref = memory_copy_text(query_text(query, 8)),
    };
    if (!query_is_empty(query, 3)) {
        item->field = register_find_field(item->register_id, query_text(query, 3));
    }
    const struct succession_choice *choice = find_choice(plan, item->id, item->field);
    item->successor = choice != NULL ? choice->successor : item->successor;
}

bool succession_load(struct succession_plan *plan, struct app *app, struct fault *fault) {
    struct query *query = words_query_open_file(app_workbook(app), "figures/succession.sql", fault);
    struct buffer name = {0};
    int step = -1;
    forget_items(plan);
    succession_print_party(app, plan->person, &name);
    plan->name = buffer_take(&name);
    if (query != NULL) {
        query_bind_whole(query, ":person", plan->person);
        step = query_step(query, fault);
    }
    for (; step == 1; step = query_step(query, fault)) {
        add_item(plan, query);
    }
    query_close(query);
    return step == 0;
}

void succession_choose(struct succession_plan *plan, size_t item, int64_t successor) {
    const struct succession_choice choice = {
        .id = plan->items[item].id, .field = plan->items[item].field, .successor = successor};
    plan->items[item].successor = successor;
    for (size_t i = 0; i < plan->choice_count; i++) {
        if (plan->choices[i].id == choice.id && plan->choices[i].field == choice.field) {
            plan->choices[i] = choice;
            return;
        }
    }
    plan->choices = memory_reserve(plan->choices, &plan->choice_capacity, plan->choice_count + 1,
                                   sizeof *plan->choices);
    plan->choices[plan->choice_count++] = choice;
}

int64_t succession_of(const struct succession_plan *plan, const struct succession_item *item) {
    for (size_t i = 0; item->through != 0 && i < plan->count; i++) {
        if (plan->items[i].kind == SUCCESSION_ROLE && plan->items[i].id == item->through) {
            return plan->items[i].successor;
        }
    }
    return item->successor;
}

void succession_print_party(struct app *app, int64_t party, struct buffer *out) {
    const struct field *field = &register_describe(REGISTER_ACTION)->fields[ACTION_OWNER];
    const struct value value = value_of_whole(party);
    struct fault fault = {0};
    if (!record_print_value(app_workbook(app), field, &value, out, &fault)) {
        fault_clear(&fault);
    }
}

/* Names of what can change hands, one and many. */
static const struct {
    const char *one, *many;
} words[] = {
    [SUCCESSION_ROLE] = {"role", "roles"},
    [SUCCESSION_DEPUTY] = {"deputyship", "deputyships"},
    [SUCCESSION_ACTIVITY] = {"activity", "activities"},
    [SUCCESSION_POLICY] = {"policy", "policies"},
    [SUCCESSION_OBJECTIVE] = {"objective", "objectives"},
    [SUCCESSION_KPI] = {"KPI", "KPIs"},
    [SUCCESSION_ACTION] = {"action", "actions"},
    [SUCCESSION_APPROVAL] = {"approval", "approvals"},
};
_Static_assert(COUNT(words) == SUCCESSION_KINDS, "one row per kind");

/* Appends "2 roles, 1 action" for what changes by itself and goes to the successor. */
static size_t print_share(const struct succession_plan *plan, int64_t successor,
                          struct buffer *out) {
    size_t total = 0;
    for (size_t kind = 0; kind < SUCCESSION_KINDS; kind++) {
        size_t count = 0;
        for (size_t i = 0; i < plan->count; i++) {
            const struct succession_item *item = &plan->items[i];
            count += item->kind == kind && item->field >= 0 && item->successor == successor;
        }
        if (count > 0) {
            buffer_addf(out, "%s%zu %s", total > 0 ? ", " : "", count,
                        count == 1 ? words[kind].one : words[kind].many);
        }
        total += count;
    }
    return total;
}

/* True where an earlier item goes to the same successor. */
static bool is_told(const struct succession_plan *plan, size_t item) {
    for (size_t i = 0; i < item; i++) {
        if (plan->items[i].field >= 0 && plan->items[i].successor == plan->items[item].successor) {
            return true;
        }
    }
    return false;
}

size_t succession_print_changes(const struct succession_plan *plan, struct app *app,
                                struct buffer *out) {
    size_t changes = 0;
    struct buffer left = {0};
    for (size_t i = 0; i < plan->count; i++) {
        int64_t successor = plan->items[i].successor;
        if (plan->items[i].field < 0 || successor == 0 || is_told(plan, i)) {
            continue;
        }
        buffer_add(out, changes > 0 ? "; " : "");
        changes += print_share(plan, successor, out);
        buffer_add(out, " to ");
        succession_print_party(app, successor, out);
    }
    if (print_share(plan, 0, &left) > 0) {
        buffer_addf(out, "%s%s stay as they are: nobody is named for them", changes > 0 ? "; " : "",
                    buffer_text(&left));
    }
    buffer_free(&left);
    return changes;
}

static void set_value(struct record *record, int field, struct value value) {
    value_free(&record->values[field]);
    record->values[field] = value;
}

/* Gives the role to its new holder. */
static void set_holder(struct record *role, int64_t successor, const char *today) {
    const struct value *deputy = &role->values[ROLE_DEPUTY];
    if (deputy->kind == VALUE_WHOLE && deputy->whole == successor) {
        set_value(role, ROLE_DEPUTY, (struct value){0});
    }
    set_value(role, ROLE_HOLDER, value_of_whole(successor));
    set_value(role, ROLE_ASSIGNED_ON, value_of_text(today));
    set_value(role, ROLE_ACCEPTED_ON, (struct value){0});
    set_value(role, ROLE_COMMUNICATED_ON, (struct value){0});
}

static bool write_item(struct workbook *workbook, const struct succession_item *item,
                       struct fault *fault) {
    struct record record = {0};
    char today[DATE_TEXT_SIZE];
    enum lookup found = record_load(workbook, item->register_id, item->id, &record, fault);
    if (found != LOOKUP_FOUND) {
        return found == LOOKUP_NONE;
    }
    workbook_print_today(workbook, today);
    if (item->kind == SUCCESSION_ROLE) {
        set_holder(&record, item->successor, today);
    } else {
        set_value(&record, item->field, value_of_whole(item->successor));
    }
    bool is_done = edit_update(workbook, item->register_id, item->id, record.values, fault);
    record_free(&record);
    return is_done;
}

bool succession_write(void *context, struct workbook *workbook, struct fault *fault) {
    const struct succession_plan *plan = context;
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->items[i].field >= 0 && plan->items[i].successor != 0 &&
            !write_item(workbook, &plan->items[i], fault)) {
            return false;
        }
    }
    return true;
}

/* Appends the plan line by line, as the note of the evidence. */
static void print_note(const struct succession_drill *drill, struct buffer *out) {
    buffer_addf(out, "What falls without %s, and who takes it over:", drill->plan->name);
    for (size_t i = 0; i < drill->plan->count; i++) {
        const struct succession_item *item = &drill->plan->items[i];
        int64_t successor = succession_of(drill->plan, item);
        buffer_addf(out, "\n%s %s, %s: ", words[item->kind].one, item->ref, item->title);
        if (successor != 0) {
            succession_print_party(drill->app, successor, out);
        } else {
            buffer_add(out, item->kind == SUCCESSION_APPROVAL ? "the next version needs another "
                                                                "approver"
                                                              : "nobody");
        }
    }
}

static bool link_role(struct workbook *workbook, int64_t evidence, int64_t role,
                      struct fault *fault) {
    struct buffer key = {0};
    int64_t id = 0;
    bool is_done = record_print_key_of(workbook, REGISTER_ROLE, role, &key, fault) == LOOKUP_FOUND;
    struct value values[EVIDENCE_LINK_FIELDS] = {
        [EVIDENCE_LINK_EVIDENCE] = value_of_whole(evidence),
        [EVIDENCE_LINK_REGISTER] = value_of_text(register_describe(REGISTER_ROLE)->name),
        [EVIDENCE_LINK_RECORD] = value_of_text(buffer_text(&key)),
    };
    is_done = is_done && edit_insert(workbook, REGISTER_EVIDENCE_LINK, values, &id, fault);
    values_free(values, EVIDENCE_LINK_FIELDS);
    buffer_free(&key);
    return is_done;
}

bool succession_write_drill(void *context, struct workbook *workbook, struct fault *fault) {
    const struct succession_drill *drill = context;
    struct buffer title = {0};
    struct buffer note = {0};
    char today[DATE_TEXT_SIZE];
    int64_t id = 0;
    workbook_print_today(workbook, today);
    buffer_addf(&title, "Succession drill: %s", drill->plan->name);
    print_note(drill, &note);
    struct value values[EVIDENCE_FIELDS] = {
        [EVIDENCE_REF] = value_of_text(drill->ref),
        [EVIDENCE_TITLE] = value_of_text(buffer_text(&title)),
        [EVIDENCE_KIND] = value_of_text("record"),
        [EVIDENCE_DATED_ON] = value_of_text(today),
        [EVIDENCE_COLLECTED_ON] = value_of_text(today),
        [EVIDENCE_COLLECTED_BY] = value_of_text(workbook_actor(workbook)),
        [EVIDENCE_NOTE] = value_of_text(buffer_text(&note)),
    };
    bool is_done = edit_insert(workbook, REGISTER_EVIDENCE, values, &id, fault);
    for (size_t i = 0; is_done && i < drill->plan->count; i++) {
        is_done = drill->plan->items[i].kind != SUCCESSION_ROLE ||
                  link_role(workbook, id, drill->plan->items[i].id, fault);
    }
    values_free(values, EVIDENCE_FIELDS);
    buffer_free(&title);
    buffer_free(&note);
    return is_done;
}
