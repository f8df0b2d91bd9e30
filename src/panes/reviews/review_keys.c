/* Owns the conversations about reviews: planning one with its inputs, filling them anew, holding it
 * with its verdicts. What is stored is said by the audit room. */
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/review.h"
#include "clause5/base/clock.h"
#include "clause5/base/memory.h"
#include "clause5/store/record.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/frame/raise.h"
#include "panes/record/record_actions.h"

static const char *const verdict_words[] = {"yes", "partly", "no"};

static date_days today(struct app *app) {
    return workbook_today(app_workbook(app));
}

/* Asks for the day and the ref of a new management review, and makes it. */
static int64_t plan_review(struct app *app) {
    char day[DATE_TEXT_SIZE];
    date_days planned_on = today(app);
    struct buffer ref = {0};
    struct fault fault = {0};
    int64_t id = 0;
    if (!raise_ask_day(app, "Held or planned on: ", "today", day)) {
        return 0;
    }
    if (day[0] != '\0' && !date_parse(day, &planned_on)) {
        return 0;
    }
    char *proposed = review_propose_ref(app_workbook(app), date_to_parts(planned_on).year, &fault);
    fault_clear(&fault);
    const struct prompt_options options = {.label = "Ref of the review: ", .text = proposed};
    if (dialog_prompt(app_stage(app), &options, &ref) && ref.len_bytes > 0) {
        const struct review_plan plan = {
            .ref = buffer_text(&ref), .title = "Management review", .planned_on = planned_on};
        if (review_start(app_workbook(app), &plan, &id, &fault)) {
            app_stored(app, "plan %s with its ten inputs: Enter shows them", buffer_text(&ref));
        } else {
            id = 0;
            app_say_fault(app, &fault);
        }
    }
    free(proposed);
    buffer_free(&ref);
    return id;
}

static unsigned add(struct app *app) {
    static const struct menu_item items[] = {
        {.letter = 'm',
         .label = "management review",
         .detail = "with its ten inputs, filled from the workbook today"},
        {.letter = 'o', .label = "other meeting", .detail = "as a form"},
    };
    const struct menu menu = {.title = "Add", .items = items, .count = COUNT(items)};
    int chosen = app_may_write(app) ? dialog_choose(app_stage(app), &menu) : DIALOG_NO_ANSWER;
    int64_t id = 0;
    if (chosen == 0) {
        id = plan_review(app);
    } else if (chosen == 1) {
        id = record_actions_add(app, REGISTER_REVIEW, -1, 0);
    }
    if (id != 0) {
        app_show_record(app, REGISTER_REVIEW, id);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Asks what becomes of texts that stand in open inputs; false where it was left. */
static bool ask_sparing(struct app *app, const struct review_count *count, bool *is_sparing) {
    static const struct answer answers[] = {
        {'k', "keep them"}, {'r', "replace them"}, {KEYCODE_ESC, "leave"}};
    struct buffer question = {0};
    *is_sparing = true;
    if (count->open_with_text == 0) {
        return true;
    }
    buffer_addf(&question, "%d open inputs have a text.", count->open_with_text);
    int answer = dialog_ask(app_stage(app), buffer_text(&question), answers, COUNT(answers));
    buffer_free(&question);
    *is_sparing = answer == 0;
    return answer == 0 || answer == 1;
}

static unsigned fill(struct app *app, int64_t review) {
    struct review_count count = {0};
    struct fault fault = {0};
    bool is_sparing = true;
    int filled = 0;
    if (!app_may_write(app)) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    if (!review_count_inputs(app_workbook(app), review, &count, &fault)) {
        return app_say_fault(app, &fault);
    }
    if (!ask_sparing(app, &count, &is_sparing)) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    if (!review_fill(app_workbook(app), review, is_sparing, &filled, &fault)) {
        return app_say_fault(app, &fault);
    }
    if (filled == 0) {
        app_say(app, MEANING_MESSAGE, "Every input is as the workbook has it today");
    } else {
        app_stored(app, "fill %d inputs from the workbook", filled);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Asks for one verdict; false where it was left. */
static bool ask_verdict(struct app *app, const char *title, const char **verdict) {
    static const struct menu_item items[] = {
        {.label = "yes"}, {.label = "partly"}, {.label = "no"}};
    const struct menu menu = {.title = title, .items = items, .count = COUNT(items)};
    int chosen = dialog_choose(app_stage(app), &menu);
    if (chosen == DIALOG_NO_ANSWER) {
        return false;
    }
    *verdict = verdict_words[chosen];
    return true;
}

static bool ask_inputs(struct app *app, int64_t review, struct review_holding *holding) {
    static const struct answer answers[] = {{'d', "all were discussed"},
                                            {'n', "note them as not covered"},
                                            {'k', "keep them open"},
                                            {KEYCODE_ESC, "leave"}};
    static const char *const ends[] = {"discussed", "not covered", NULL};
    struct review_count count = {0};
    struct fault fault = {0};
    if (!review_count_inputs(app_workbook(app), review, &count, &fault)) {
        app_say_fault(app, &fault);
        return false;
    }
    if (count.open == 0) {
        return true;
    }
    struct buffer question = {0};
    buffer_addf(&question, "%d of its inputs are still open.", count.open);
    int answer = dialog_ask(app_stage(app), buffer_text(&question), answers, COUNT(answers));
    buffer_free(&question);
    if (answer < 0 || answer >= (int)COUNT(ends)) {
        return false;
    }
    holding->open_inputs_end = ends[answer];
    return true;
}

/* Asks when the next one is; an empty answer plans none. REF is the caller's to free. */
static bool ask_next(struct app *app, struct review_holding *holding, char **ref) {
    struct record book = {0};
    struct fault fault = {0};
    int months = 12;
    char proposed[DATE_TEXT_SIZE];
    char day[DATE_TEXT_SIZE];
    if (record_load(app_workbook(app), REGISTER_WORKBOOK, WORKBOOK_ROW_ID, &book, &fault) ==
            LOOKUP_FOUND &&
        book.values[WORKBOOK_REVIEW_INTERVAL].kind == VALUE_WHOLE) {
        months = (int)book.values[WORKBOOK_REVIEW_INTERVAL].whole;
    }
    record_free(&book);
    fault_clear(&fault);
    date_print(date_add_months(holding->on, months), proposed);
    if (!raise_ask_day(app, "Next management review (empty: none): ", proposed, day)) {
        return false;
    }
    if (day[0] != '\0' && date_parse(day, &holding->next_on)) {
        *ref = review_propose_ref(app_workbook(app), date_to_parts(holding->next_on).year, &fault);
        holding->next_ref = *ref;
        if (*ref == NULL) {
            app_say_fault(app, &fault);
        }
        return *ref != NULL;
    }
    return true;
}

/* Asks all that a management review ends with. */
static bool ask_ending(struct app *app, int64_t review, struct review_holding *holding,
                       char **next_ref) {
    return ask_verdict(app, "Is the ISMS suitable?", &holding->suitable) &&
           ask_verdict(app, "Is it adequate?", &holding->adequate) &&
           ask_verdict(app, "Is it effective?", &holding->effective) &&
           ask_inputs(app, review, holding) && ask_next(app, holding, next_ref);
}

static void hold_record(struct app *app, const struct record *review) {
    struct review_holding holding = {.on = today(app)};
    struct fault fault = {0};
    char day[DATE_TEXT_SIZE];
    char *next_ref = NULL;
    const char *ref = value_text(&review->values[REVIEW_REF]);
    bool is_management = strcmp(value_text(&review->values[REVIEW_KIND]), "management review") == 0;
    if (review->values[REVIEW_HELD_ON].kind != VALUE_EMPTY) {
        app_say(app, MEANING_MESSAGE, "%s was held on %s: a plans the next one", ref,
                value_text(&review->values[REVIEW_HELD_ON]));
        return;
    }
    if (!raise_ask_day(app, "Held on: ", "today", day) || !date_parse(day, &holding.on) ||
        (is_management && !ask_ending(app, review->id, &holding, &next_ref))) {
        app_say(app, MEANING_MESSAGE, "%s stays as it was", ref);
    } else if (review_hold(app_workbook(app), review->id, &holding, &fault)) {
        app_stored(app, next_ref != NULL ? "hold %s, plan %s" : "hold %s%s", ref,
                   next_ref != NULL ? next_ref : "");
    } else {
        app_say_fault(app, &fault);
    }
    free(next_ref);
}

static unsigned hold(struct app *app, int64_t id) {
    struct record review = {0};
    struct fault fault = {0};
    if (app_may_write(app) &&
        record_load(app_workbook(app), REGISTER_REVIEW, id, &review, &fault) == LOOKUP_FOUND) {
        hold_record(app, &review);
        record_free(&review);
    }
    fault_clear(&fault);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned act(struct app *app, int action, const int64_t *records, size_t count) {
    switch (action) {
    case DO_PLAN_REVIEW:
        return add(app);
    case DO_FILL_REVIEW:
        return count == 0 ? (unsigned)OUTCOME_HANDLED : fill(app, records[0]);
    case DO_HOLD_REVIEW:
        return count == 0 ? (unsigned)OUTCOME_HANDLED : hold(app, records[0]);
    default:
        return OUTCOME_NONE;
    }
}

static const struct binding bindings[] = {
    {.key = 'a',
     .action = DO_PLAN_REVIEW,
     .where = WHERE_WRITABLE,
     .name = "plan-review",
     .label = "add",
     .help = "add a management review with its ten inputs filled, or another meeting",
     .weight = 9},
    {.key = 'w',
     .action = DO_HOLD_REVIEW,
     .where = WHERE_WRITABLE,
     .name = "hold",
     .label = "hold",
     .help = "the review was held: its day, its verdicts, and when the next one is",
     .weight = 9},
    {.key = 'r',
     .action = DO_FILL_REVIEW,
     .where = WHERE_WRITABLE,
     .name = "fill-inputs",
     .label = "refill",
     .help = "fill the open inputs with what the workbook knows today",
     .weight = 8},
};

static const struct binding_table binding_table = {
    .title = "Reviews", .bindings = bindings, .count = COUNT(bindings)};

const struct list_extra review_keys = {.bindings = &binding_table, .act = act};
