/* Owns entering measurements: the question, the one line that answers it, and the keys of the lists
 * in which it can be asked. */
#include "panes/objectives/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/kpi.h"
#include "clause5/base/clock.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/register/type.h"
#include "clause5/rules/edit.h"
#include "clause5/store/record.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/frame/raise.h"

enum { CHOICES_MOST = 26 };

/* What was typed: a value, and its day. */
struct answer_value {
    double value;
    date_days day;
};

/* Reads `4.2`, `4,2` or `4.2 @ DATE`. */
static bool read_answer(struct app *app, const char *text, struct answer_value *answer,
                        struct fault *fault) {
    date_days today = workbook_today(app_workbook(app));
    size_t value_bytes = strcspn(text, "@");
    char *before = memory_copy_bytes(text, value_bytes);
    char *value = text_trim(before);
    char *day = text_trim(text[value_bytes] == '@' ? text + value_bytes + 1 : "today");
    char *comma = strchr(value, ',');
    if (comma != NULL && strchr(comma + 1, ',') == NULL && strchr(value, '.') == NULL) {
        *comma = '.';
    }
    bool is_good = number_parse(value, &answer->value, fault);
    if (is_good && !date_parse_typed(day, today, &answer->day)) {
        is_good = fault_set(fault, FAULT_REFUSED, "\"%s\" is not a date (use YYYY-MM-DD)", day);
    }
    if (is_good && answer->day > today) {
        is_good = fault_set(fault, FAULT_REFUSED, "Nothing is measured before its day");
    }
    free(before);
    free(value);
    free(day);
    return is_good;
}

static bool accept(void *context, const char *text, struct fault *fault) {
    struct answer_value answer;
    return text[0] == '\0' || read_answer(context, text, &answer, fault);
}

/* Stores the value over one of the same day, where there is one. */
static bool store(struct app *app, int64_t kpi, const struct answer_value *answer,
                  const char *label, struct fault *fault) {
    struct workbook *workbook = app_workbook(app);
    char day[DATE_TEXT_SIZE];
    date_print(answer->day, day);
    struct value values[MEASUREMENT_FIELDS] = {
        [MEASUREMENT_KPI] = value_of_whole(kpi),
        [MEASUREMENT_MEASURED_ON] = value_of_text(day),
        [MEASUREMENT_VALUE] = value_of_number(answer->value),
    };
    int64_t id = 0;
    struct record before = {0};
    enum lookup found = record_find(workbook, REGISTER_MEASUREMENT, values, &id, fault);
    if (found == LOOKUP_FOUND) {
        found = record_load(workbook, REGISTER_MEASUREMENT, id, &before, fault);
    }
    bool is_done = found != LOOKUP_FAULT && edit_begin(workbook, label, fault);
    if (is_done) {
        is_done =
            (found == LOOKUP_FOUND
                 ? edit_set(workbook, &before, MEASUREMENT_VALUE, &values[MEASUREMENT_VALUE], fault)
                 : edit_insert(workbook, REGISTER_MEASUREMENT, values, &id, fault)) &&
            edit_commit(workbook, fault);
        if (!is_done) {
            edit_abandon(workbook);
        }
    }
    record_free(&before);
    values_free(values, MEASUREMENT_FIELDS);
    return is_done;
}

static void store_answer(struct app *app, const struct kpi_standing *kpi, const char *text) {
    struct answer_value answer;
    struct buffer label = {0};
    struct fault fault = {0};
    char day[DATE_TEXT_SIZE];
    if (!read_answer(app, text, &answer, &fault)) {
        app_say_fault(app, &fault);
        return;
    }
    buffer_addf(&label, "measure %s: ", kpi->ref);
    number_print(answer.value, &label);
    if (answer.day != workbook_today(app_workbook(app))) {
        date_print(answer.day, day);
        buffer_addf(&label, " on %s", day);
    }
    if (store(app, kpi->id, &answer, buffer_text(&label), &fault)) {
        app_stored(app, "%s", buffer_text(&label));
    } else {
        app_say_fault(app, &fault);
    }
    buffer_free(&label);
}

/* The question says what is asked for and what was last answered; it is kept short, so that the
 * answer has room beside it. */
static void print_question(const struct kpi_standing *kpi, struct buffer *out) {
    buffer_addf(out, "%s%s%s", kpi->ref, kpi->unit[0] != '\0' ? ", " : "", kpi->unit);
    if (!isnan(kpi->value)) {
        buffer_add(out, " (last ");
        number_print(kpi->value, out);
        buffer_add(out, ")");
    }
    buffer_add(out, ": ");
}

static void ask(struct app *app, const struct kpi_standing *kpi) {
    struct buffer question = {0};
    struct buffer answer = {0};
    if (!kpi->is_measured) {
        app_say(app, MEANING_MESSAGE, "%s is computed from the workbook: nothing is entered",
                kpi->ref);
        return;
    }
    if (!app_may_write(app)) {
        return;
    }
    print_question(kpi, &question);
    const struct prompt_options options = {
        .label = buffer_text(&question), .context = app, .accept = accept};
    if (dialog_prompt(app_stage(app), &options, &answer) && answer.len_bytes > 0) {
        store_answer(app, kpi, buffer_text(&answer));
    }
    buffer_free(&question);
    buffer_free(&answer);
}

unsigned measure_kpi(struct app *app, int64_t kpi) {
    struct kpi_list kpis = {0};
    struct fault fault = {0};
    if (kpi_list_load(app_workbook(app), &kpis, &fault)) {
        const struct kpi_standing *standing = kpi_list_find(&kpis, kpi);
        if (standing != NULL) {
            ask(app, standing);
        }
    } else {
        app_say_fault(app, &fault);
    }
    kpi_list_free(&kpis);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Lets the user choose a measured KPI of the objective; NULL where there is none or it was left. */
static const struct kpi_standing *choose(struct app *app, const struct kpi_list *kpis,
                                         int64_t objective) {
    struct menu_item items[CHOICES_MOST];
    const struct kpi_standing *found[CHOICES_MOST];
    size_t count = 0;
    for (size_t i = 0; i < kpis->count && count < CHOICES_MOST; i++) {
        const struct kpi_standing *kpi = &kpis->items[i];
        if (kpi->objective == objective && kpi->is_measured) {
            items[count] = (struct menu_item){
                .letter = (char)('a' + count), .label = kpi->ref, .detail = kpi->title};
            found[count++] = kpi;
        }
    }
    if (count == 0) {
        app_say(app, MEANING_MESSAGE, "No KPI of this objective is measured: a on KPIs adds one");
        return NULL;
    }
    const struct menu menu = {.title = "Measure", .items = items, .count = count};
    int chosen = count == 1 ? 0 : dialog_choose(app_stage(app), &menu);
    return chosen == DIALOG_NO_ANSWER ? NULL : found[chosen];
}

unsigned measure_objective(struct app *app, int64_t objective) {
    struct kpi_list kpis = {0};
    struct fault fault = {0};
    if (kpi_list_load(app_workbook(app), &kpis, &fault)) {
        const struct kpi_standing *kpi = choose(app, &kpis, objective);
        if (kpi != NULL) {
            ask(app, kpi);
        }
    } else {
        app_say_fault(app, &fault);
    }
    kpi_list_free(&kpis);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned act_on_kpis(struct app *app, int action, const int64_t *records, size_t count) {
    if (action == DO_RAISE) {
        return count == 0 ? (unsigned)OUTCOME_HANDLED : raise_from_kpi(app, records[0]);
    }
    if (action != DO_MEASURE) {
        return OUTCOME_NONE;
    }
    for (size_t i = 0; i < count; i++) {
        measure_kpi(app, records[i]);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Measures again what the chosen measurement is of. */
static unsigned act_on_measurements(struct app *app, int action, const int64_t *records,
                                    size_t count) {
    struct record measurement = {0};
    struct fault fault = {0};
    if (action != DO_MEASURE || count == 0) {
        return action == DO_MEASURE ? (unsigned)OUTCOME_HANDLED : (unsigned)OUTCOME_NONE;
    }
    if (record_load(app_workbook(app), REGISTER_MEASUREMENT, records[0], &measurement, &fault) ==
        LOOKUP_FOUND) {
        measure_kpi(app, measurement.values[MEASUREMENT_KPI].whole);
        record_free(&measurement);
    }
    fault_clear(&fault);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned act_on_objectives(struct app *app, int action, const int64_t *records,
                                  size_t count) {
    if (action != DO_MEASURE && action != DO_RAISE) {
        return OUTCOME_NONE;
    }
    if (count == 0) {
        return OUTCOME_HANDLED;
    }
    return action == DO_MEASURE ? measure_objective(app, records[0])
                                : raise_from_objective(app, records[0]);
}

static const struct binding bindings[] = {
    {.key = 'm',
     .action = DO_MEASURE,
     .where = WHERE_WRITABLE,
     .name = "measure",
     .label = "measure",
     .help = "enter a value of the KPI, for today or with @ for another day",
     .weight = 9},
    {.key = 't',
     .action = DO_RAISE,
     .name = "action",
     .label = "action",
     .help = "add an action: a step of the objective's plan, or what the KPI calls for",
     .weight = 8},
};

static const struct binding_table with_action = {
    .title = "Objectives and KPIs", .bindings = bindings, .count = COUNT(bindings)};
static const struct binding_table without_action = {
    .title = "Measurements", .bindings = bindings, .count = 1};

const struct list_extra kpi_keys = {.bindings = &with_action, .act = act_on_kpis};
const struct list_extra objective_keys = {.bindings = &with_action, .act = act_on_objectives};
const struct list_extra measurement_keys = {.bindings = &without_action,
                                            .act = act_on_measurements};
