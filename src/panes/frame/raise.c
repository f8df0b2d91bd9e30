/* Owns the three questions from which an action comes, and its batch. Where the action comes from
 * is said by the caller. */
#include "panes/frame/raise.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/clock.h"
#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/query.h"
#include "clause5/store/record.h"
#include "panes/record/record_complete.h"

static const struct field *owner_field(void) {
    return &register_describe(REGISTER_ACTION)->fields[ACTION_OWNER];
}

static void complete(void *context, const char *typed, struct candidates *out) {
    record_complete_party(app_workbook(context), typed, out);
}

static bool find_party(struct app *app, const char *text, int64_t *party, struct fault *fault) {
    *party = 0;
    if (text[0] == '\0') {
        return true;
    }
    enum lookup found = reference_find(app_workbook(app), owner_field(), text, party, fault);
    return found == LOOKUP_NONE
               ? fault_set(fault, FAULT_REFUSED, "There is no role or person \"%s\"", text)
               : found == LOOKUP_FOUND;
}

static bool accept_party(void *context, const char *text, struct fault *fault) {
    int64_t party = 0;
    return find_party(context, text, &party, fault);
}

bool raise_ask_party(struct app *app, const char *label, int64_t proposed, int64_t *party) {
    struct buffer text = {0};
    struct buffer answer = {0};
    struct fault fault = {0};
    if (proposed != 0) {
        const struct value value = value_of_whole(proposed);
        if (!record_print_value(app_workbook(app), owner_field(), &value, &text, &fault)) {
            fault_clear(&fault);
        }
    }
    const struct prompt_options options = {.label = label,
                                           .text = buffer_text(&text),
                                           .context = app,
                                           .complete = complete,
                                           .accept = accept_party};
    bool is_given = dialog_prompt(app_stage(app), &options, &answer) &&
                    find_party(app, buffer_text(&answer), party, &fault);
    fault_clear(&fault);
    buffer_free(&text);
    buffer_free(&answer);
    return is_given;
}

int64_t raise_propose_leader(struct app *app) {
    static const char sql[] = "SELECT id FROM role WHERE kind = 'top management'"
                              " AND holder IS NOT NULL ORDER BY id LIMIT 1";
    struct fault fault = {0};
    struct query *query = query_open(app_workbook(app), sql, &fault);
    int64_t id = query != NULL && query_step(query, &fault) == 1 ? query_whole(query, 0) : 0;
    query_close(query);
    fault_clear(&fault);
    return id;
}

static bool read_day(struct app *app, const char *text, char day[static DATE_TEXT_SIZE],
                     struct fault *fault) {
    date_days number = 0;
    day[0] = '\0';
    if (text[0] == '\0') {
        return true;
    }
    if (!date_parse_typed(text, workbook_today(app_workbook(app)), &number)) {
        return fault_set(fault, FAULT_REFUSED, "\"%s\" is not a date (use YYYY-MM-DD)", text);
    }
    date_print(number, day);
    return true;
}

static bool accept_day(void *context, const char *text, struct fault *fault) {
    char day[DATE_TEXT_SIZE];
    return read_day(context, text, day, fault);
}

bool raise_ask_day(struct app *app, const char *label, const char *proposed,
                   char day[static DATE_TEXT_SIZE]) {
    char shown[DATE_TEXT_SIZE] = "";
    struct buffer answer = {0};
    struct fault fault = {0};
    if (proposed != NULL && !read_day(app, proposed, shown, &fault)) {
        fault_clear(&fault);
    }
    const struct prompt_options options = {
        .label = label, .text = shown, .context = app, .accept = accept_day};
    bool is_given = dialog_prompt(app_stage(app), &options, &answer) &&
                    read_day(app, buffer_text(&answer), day, &fault);
    fault_clear(&fault);
    buffer_free(&answer);
    return is_given;
}

static bool ask_title(struct app *app, const char *proposed, struct buffer *title) {
    const struct prompt_options options = {.label = "Action: ", .text = proposed};
    return dialog_prompt(app_stage(app), &options, title) && title->len_bytes > 0;
}

/* Stores the action, and its id in the record it comes from. */
static int64_t store(struct app *app, const struct raise_plan *plan, const struct value *values,
                     const char *label, struct fault *fault) {
    struct workbook *workbook = app_workbook(app);
    struct record record = {0};
    int64_t id = 0;
    if (record_load(workbook, plan->register_id, plan->id, &record, fault) != LOOKUP_FOUND ||
        !edit_begin(workbook, label, fault)) {
        record_free(&record);
        return 0;
    }
    bool is_done = edit_insert(workbook, REGISTER_ACTION, values, &id, fault);
    const struct value link = value_of_whole(id);
    is_done = is_done &&
              (plan->link_field < 0 || edit_set(workbook, &record, plan->link_field, &link, fault));
    is_done = is_done && edit_commit(workbook, fault);
    if (!is_done) {
        edit_abandon(workbook);
    }
    record_free(&record);
    return is_done ? id : 0;
}

/* Fills what is known before the questions; false where the numbering failed. */
static void fill_known(struct app *app, const struct raise_plan *plan, struct value *values) {
    struct workbook *workbook = app_workbook(app);
    char today[DATE_TEXT_SIZE];
    struct buffer key = {0};
    struct fault fault = {0};
    char *ref = record_propose_ref(workbook, REGISTER_ACTION);
    app_print_today(app, today);
    if (record_print_key_of(workbook, plan->register_id, plan->id, &key, &fault) == LOOKUP_FAULT) {
        fault_clear(&fault);
    }
    values[ACTION_REF] = value_of_text(ref == NULL ? "" : ref);
    values[ACTION_SOURCE] = value_of_text(plan->source);
    values[ACTION_SOURCE_REF] = value_of_text(buffer_text(&key));
    values[ACTION_RAISED_ON] = value_of_text(today);
    values[ACTION_RAISED_BY] = value_of_text(workbook_actor(workbook));
    values[ACTION_DESCRIPTION] = value_of_text(plan->description == NULL ? "" : plan->description);
    values[ACTION_STATUS] = value_of_text("open");
    values[ACTION_OBJECTIVE] = value_of_id(plan->objective);
    values[ACTION_POLICY] = value_of_id(plan->policy);
    buffer_free(&key);
    free(ref);
}

int64_t raise_action(struct app *app, const struct raise_plan *plan) {
    struct value values[ACTION_FIELDS] = {0};
    struct buffer title = {0};
    struct buffer label = {0};
    struct fault fault = {0};
    char due[DATE_TEXT_SIZE];
    int64_t owner = 0;
    int64_t id = 0;
    if (!app_may_write(app) || !ask_title(app, plan->title, &title) ||
        !raise_ask_party(app, "Owner: ", plan->owner, &owner) ||
        !raise_ask_day(app, "Due: ", plan->due == NULL ? "+30d" : plan->due, due)) {
        goto out;
    }
    fill_known(app, plan, values);
    values[ACTION_TITLE] = value_of_text(buffer_text(&title));
    values[ACTION_OWNER] = value_of_id(owner);
    values[ACTION_DUE_ON] = value_of_text(due);
    buffer_addf(&label, "add action %s from %s", value_text(&values[ACTION_REF]),
                value_text(&values[ACTION_SOURCE_REF]));
    id = store(app, plan, values, buffer_text(&label), &fault);
    if (id != 0) {
        app_stored(app, "%s", buffer_text(&label));
    } else {
        app_say_fault(app, &fault);
    }
out:
    values_free(values, ACTION_FIELDS);
    buffer_free(&title);
    buffer_free(&label);
    return id;
}

static int64_t id_of(const struct value *value) {
    return value->kind == VALUE_WHOLE ? value->whole : 0;
}

unsigned raise_from_objective(struct app *app, int64_t objective) {
    struct record record = {0};
    struct fault fault = {0};
    if (record_load(app_workbook(app), REGISTER_OBJECTIVE, objective, &record, &fault) ==
        LOOKUP_FOUND) {
        const char *due = value_text(&record.values[OBJECTIVE_DUE_ON]);
        raise_action(app, &(struct raise_plan){
                              .source = "plan",
                              .register_id = REGISTER_OBJECTIVE,
                              .id = objective,
                              .due = due[0] == '\0' ? NULL : due,
                              .owner = id_of(&record.values[OBJECTIVE_OWNER]),
                              .objective = objective,
                              .policy = id_of(&record.values[OBJECTIVE_POLICY]),
                              .link_field = -1,
                          });
        record_free(&record);
    }
    fault_clear(&fault);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

unsigned raise_from_kpi(struct app *app, int64_t kpi) {
    struct record record = {0};
    struct fault fault = {0};
    if (record_load(app_workbook(app), REGISTER_KPI, kpi, &record, &fault) == LOOKUP_FOUND) {
        raise_action(app, &(struct raise_plan){
                              .title = value_text(&record.values[KPI_TITLE]),
                              .source = "kpi",
                              .register_id = REGISTER_KPI,
                              .id = kpi,
                              .owner = id_of(&record.values[KPI_OWNER]),
                              .objective = id_of(&record.values[KPI_OBJECTIVE]),
                              .policy = id_of(&record.values[KPI_POLICY]),
                              .link_field = -1,
                          });
        record_free(&record);
    }
    fault_clear(&fault);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}
