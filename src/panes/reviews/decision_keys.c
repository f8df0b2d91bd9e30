/* Owns what becomes of a decision: an action with t, a resource line with $. A decision that has
 * one goes there instead. */
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/words.h"
#include "clause5/base/clock.h"
#include "clause5/base/memory.h"
#include "clause5/register/type.h"
#include "clause5/rules/edit.h"
#include "clause5/store/record.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/frame/raise.h"

enum { CATEGORIES_MOST = 12 };

static int64_t id_of(const struct value *value) {
    return value->kind == VALUE_WHOLE ? value->whole : 0;
}

static unsigned make_action(struct app *app, const struct record *decision) {
    if (decision->values[DECISION_ACTION].kind == VALUE_WHOLE) {
        return app_open_record(app, REGISTER_ACTION, decision->values[DECISION_ACTION].whole, -1);
    }
    const char *due = value_text(&decision->values[DECISION_DUE_ON]);
    raise_action(app, &(struct raise_plan){
                          .title = value_text(&decision->values[DECISION_TITLE]),
                          .source = "management review",
                          .register_id = REGISTER_DECISION,
                          .id = decision->id,
                          .due = due[0] == '\0' ? NULL : due,
                          .owner = id_of(&decision->values[DECISION_OWNER]),
                          .link_field = DECISION_ACTION,
                      });
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static bool read_amount(const char *text, struct value *amount, struct fault *fault) {
    const struct field *field = &register_describe(REGISTER_RESOURCE)->fields[RESOURCE_PLANNED];
    return field_parse(field, text, amount, fault);
}

static bool accept_amount(void *context, const char *text, struct fault *fault) {
    struct value amount = {0};
    (void)context;
    bool is_good = read_amount(text, &amount, fault);
    value_free(&amount);
    return is_good;
}

/* Asks how much is planned; an empty answer leaves it open. False where it was left. */
static bool ask_amount(struct app *app, struct value *amount) {
    const struct prompt_options options = {.label = "Planned amount: ", .accept = accept_amount};
    struct buffer answer = {0};
    struct fault fault = {0};
    bool is_given = dialog_prompt(app_stage(app), &options, &answer) &&
                    read_amount(buffer_text(&answer), amount, &fault);
    fault_clear(&fault);
    buffer_free(&answer);
    return is_given;
}

/* Lets the user choose a category; NULL where it was left. */
static const char *ask_category(struct app *app) {
    const struct choice *choices =
        register_describe(REGISTER_RESOURCE)->fields[RESOURCE_CATEGORY].choices;
    struct menu_item items[CATEGORIES_MOST];
    size_t count = 0;
    for (; count < CATEGORIES_MOST && choices[count].value != NULL; count++) {
        items[count] = (struct menu_item){.label = choices[count].label};
    }
    const struct menu menu = {.title = "Category of the resource", .items = items, .count = count};
    int chosen = dialog_choose(app_stage(app), &menu);
    return chosen == DIALOG_NO_ANSWER ? NULL : choices[chosen].value;
}

/* Returns the financial year of today. */
static int64_t this_year(struct app *app, struct fault *fault) {
    struct query *query =
        words_query_open(app_workbook(app), "SELECT year FROM financial_year", fault);
    int64_t year = query != NULL && query_step(query, fault) == 1 ? query_whole(query, 0) : 0;
    query_close(query);
    return year;
}

/* Stores the line and its link in one batch. */
static bool store_resource(struct app *app, const struct record *decision,
                           const struct value *values, const char *label, struct fault *fault) {
    struct workbook *workbook = app_workbook(app);
    int64_t id = 0;
    if (!edit_begin(workbook, label, fault)) {
        return false;
    }
    bool is_good = edit_insert(workbook, REGISTER_RESOURCE, values, &id, fault);
    const struct value link = value_of_whole(id);
    is_good = is_good && edit_set(workbook, decision, DECISION_RESOURCE, &link, fault) &&
              edit_commit(workbook, fault);
    if (!is_good) {
        edit_abandon(workbook);
    }
    return is_good;
}

static void add_resource(struct app *app, const struct record *decision, const char *category,
                         const struct value *amount) {
    struct fault fault = {0};
    struct buffer label = {0};
    struct buffer reason = {0};
    const char *decided = value_text(&decision->values[DECISION_REF]);
    char *ref = record_propose_ref(app_workbook(app), REGISTER_RESOURCE);
    buffer_addf(&label, "add resource %s from %s", ref == NULL ? "" : ref, decided);
    buffer_addf(&reason, "Decided as %s.", decided);
    struct value values[RESOURCE_FIELDS] = {
        [RESOURCE_REF] = value_of_text(ref == NULL ? "" : ref),
        [RESOURCE_YEAR] = value_of_whole(this_year(app, &fault)),
        [RESOURCE_CATEGORY] = value_of_text(category),
        [RESOURCE_TITLE] = value_copy(&decision->values[DECISION_TITLE]),
        [RESOURCE_RATIONALE] = value_of_text(buffer_text(&reason)),
        [RESOURCE_PLANNED] = value_copy(amount),
    };
    if (fault.kind == FAULT_NONE &&
        store_resource(app, decision, values, buffer_text(&label), &fault)) {
        app_stored(app, "%s", buffer_text(&label));
    } else {
        app_say_fault(app, &fault);
    }
    values_free(values, RESOURCE_FIELDS);
    buffer_free(&label);
    buffer_free(&reason);
    free(ref);
}

static unsigned make_resource(struct app *app, const struct record *decision) {
    struct value amount = {0};
    if (decision->values[DECISION_RESOURCE].kind == VALUE_WHOLE) {
        return app_open_record(app, REGISTER_RESOURCE, decision->values[DECISION_RESOURCE].whole,
                               -1);
    }
    const char *category = app_may_write(app) ? ask_category(app) : NULL;
    if (category != NULL && ask_amount(app, &amount)) {
        add_resource(app, decision, category, &amount);
    }
    value_free(&amount);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Begins a decision of the review that the list belongs to, else of the newest one, numbered behind
 * its others: MR-2026-D4. */
static void propose(struct app *app, struct value *values) {
    static const char sql[] =
        "SELECT r.id, r.ref || '-D' || (1 + coalesce(max(CAST(substr(d.ref, length(r.ref) + 3)"
        " AS INTEGER)), 0))"
        " FROM review r LEFT JOIN decision d"
        " ON d.review = r.id AND substr(d.ref, 1, length(r.ref) + 2) = r.ref || '-D'"
        " WHERE r.id = :review"
        " OR (:review = 0 AND r.id = (SELECT id FROM review WHERE coalesce(held_on, planned_on)"
        " <= :today ORDER BY kind <> 'management review', coalesce(held_on, planned_on) DESC, id DESC LIMIT 1))"
        " GROUP BY r.id";
    struct fault fault = {0};
    char today[DATE_TEXT_SIZE];
    struct query *query = query_open(app_workbook(app), sql, &fault);
    app_print_today(app, today);
    if (query != NULL) {
        query_bind_whole(query, ":review", id_of(&values[DECISION_REVIEW]));
        query_bind_text(query, ":today", today);
        if (query_step(query, &fault) == 1) {
            values[DECISION_REVIEW] = value_of_whole(query_whole(query, 0));
            values[DECISION_REF] = value_of_text(query_text(query, 1));
        }
        query_close(query);
    }
    fault_clear(&fault);
}

static unsigned act(struct app *app, int action, const int64_t *records, size_t count) {
    struct record decision = {0};
    struct fault fault = {0};
    unsigned outcome = OUTCOME_HANDLED | OUTCOME_REDRAW;
    if (action != DO_RAISE && action != DO_ADD_RESOURCE) {
        return OUTCOME_NONE;
    }
    if (count > 0 && record_load(app_workbook(app), REGISTER_DECISION, records[0], &decision,
                                 &fault) == LOOKUP_FOUND) {
        outcome = action == DO_RAISE ? make_action(app, &decision) : make_resource(app, &decision);
        record_free(&decision);
    }
    fault_clear(&fault);
    return outcome;
}

static const struct binding bindings[] = {
    {.key = 't',
     .action = DO_RAISE,
     .name = "action",
     .label = "action",
     .help = "make an action of the decision, or go to the one it has",
     .weight = 9},
    {.key = '$',
     .action = DO_ADD_RESOURCE,
     .name = "resource",
     .label = "resource",
     .help = "make a resource line of the decision, or go to the one it has",
     .weight = 9},
};

static const struct binding_table binding_table = {
    .title = "Decisions", .bindings = bindings, .count = COUNT(bindings)};

const struct list_extra decision_keys = {
    .bindings = &binding_table, .propose = propose, .act = act};
