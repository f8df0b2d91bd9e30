/* Owns the conversation about samples of a line. How a sample is drawn and kept is the audit
 * room's. */
#include "panes/checklist/line_sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/sample.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/rules/edit.h"
#include "clause5/store/query.h"
#include "panes/record/record_text.h"

enum { SAMPLES_MOST = 6, NUMBER_DIGITS = 7 };

/* What is asked step by step. */
struct drawing {
    struct app *app;
    const struct walk_line *line;
    struct sample_plan plan;
    struct sample_items items;
    struct buffer seed;
};

/* Reads a whole number of at least 1. */
static bool read_count(const char *text, int *count) {
    char *trimmed = text_trim(text);
    const char *at = trimmed;
    bool is_number = text_take_number(&at, NUMBER_DIGITS, count) && *at == '\0' && *count > 0;
    free(trimmed);
    return is_number;
}

/* What the items are: a number of them, or the rows of a register. */
static bool read_population(struct drawing *drawing, const char *text, struct fault *fault) {
    int64_t *ids = NULL;
    char *name = text_trim(text);
    drawing->plan.register_id = REGISTER_NONE;
    bool is_good = read_count(name, &drawing->plan.population);
    if (!is_good) {
        drawing->plan.register_id = register_find(name);
        is_good = drawing->plan.register_id != REGISTER_NONE ||
                  fault_set(fault, FAULT_REFUSED,
                            "\"%s\" is neither a number of items nor a register", name);
        if (is_good) {
            drawing->plan.population = sample_read_rows(app_workbook(drawing->app),
                                                        drawing->plan.register_id, &ids, fault);
            is_good = drawing->plan.population > 0 ||
                      (drawing->plan.population == 0 &&
                       fault_set(fault, FAULT_REFUSED, "the register %s has no rows yet", name));
            free(ids);
        }
    }
    free(name);
    return is_good && (drawing->plan.population <= SAMPLE_POPULATION_MOST ||
                       fault_set(fault, FAULT_REFUSED, "a population has at most %d items",
                                 SAMPLE_POPULATION_MOST));
}

static bool accept_population(void *context, const char *text, struct fault *fault) {
    return read_population(context, text, fault);
}

static void complete_population(void *context, const char *typed, struct candidates *out) {
    (void)context;
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const struct register_description *described = register_describe((enum register_id)id);
        if (strncmp(described->name, typed, strlen(typed)) == 0) {
            candidates_add(out, described->name, described->label);
        }
    }
}

static bool ask_population(struct drawing *drawing) {
    struct buffer answer = {0};
    const struct prompt_options options = {.label = "Drawn from (how many items, or a register): ",
                                           .context = drawing,
                                           .complete = complete_population,
                                           .accept = accept_population};
    bool is_given = dialog_prompt(app_stage(drawing->app), &options, &answer);
    buffer_free(&answer);
    return is_given;
}

static bool accept_size(void *context, const char *text, struct fault *fault) {
    const struct drawing *drawing = context;
    int size = 0;
    return (read_count(text, &size) && size <= drawing->plan.population) ||
           fault_set(fault, FAULT_REFUSED, "of %d items 1 to %d can be drawn",
                     drawing->plan.population, drawing->plan.population);
}

static bool ask_size(struct drawing *drawing, int *size) {
    struct buffer answer = {0};
    struct buffer label = {0};
    char proposed[16];
    snprintf(proposed, sizeof proposed, "%d", sample_propose_size(drawing->plan.population));
    buffer_addf(&label, "How many of %d: ", drawing->plan.population);
    const struct prompt_options options = {
        .label = buffer_text(&label), .text = proposed, .context = drawing, .accept = accept_size};
    bool is_given = dialog_prompt(app_stage(drawing->app), &options, &answer) &&
                    read_count(buffer_text(&answer), size);
    buffer_free(&answer);
    buffer_free(&label);
    return is_given;
}

static bool ask_seed(struct drawing *drawing) {
    struct buffer proposed = {0};
    struct buffer answer = {0};
    sample_propose_seed(&proposed);
    const struct prompt_options options = {.label = "Seed (recorded, so that it can be repeated): ",
                                           .text = buffer_text(&proposed)};
    bool is_given = dialog_prompt(app_stage(drawing->app), &options, &answer);
    char *seed = text_trim(buffer_text(&answer));
    buffer_add(&drawing->seed, seed);
    drawing->plan.seed = buffer_text(&drawing->seed);
    free(seed);
    buffer_free(&proposed);
    buffer_free(&answer);
    return is_given;
}

static bool choose_at_random(struct drawing *drawing, struct fault *fault) {
    int size = 0;
    return ask_size(drawing, &size) && ask_seed(drawing) &&
           sample_draw(drawing->plan.seed, drawing->plan.population, size, &drawing->items, fault);
}

static bool accept_items(void *context, const char *text, struct fault *fault) {
    const struct drawing *drawing = context;
    struct sample_items items;
    bool is_good = sample_read_items(text, drawing->plan.population, &items, fault);
    sample_items_free(&items);
    return is_good;
}

static bool choose_by_judgement(struct drawing *drawing, struct fault *fault) {
    struct buffer answer = {0};
    const struct prompt_options options = {
        .label = "Items, such as 3, 7, 12: ", .context = drawing, .accept = accept_items};
    bool is_given =
        dialog_prompt(app_stage(drawing->app), &options, &answer) &&
        sample_read_items(buffer_text(&answer), drawing->plan.population, &drawing->items, fault);
    buffer_free(&answer);
    return is_given;
}

static bool choose_all(struct drawing *drawing, struct fault *fault) {
    return sample_draw("all", drawing->plan.population, drawing->plan.population, &drawing->items,
                       fault);
}

/* How the items of each method are chosen. */
static bool (*const choosers[])(struct drawing *drawing, struct fault *fault) = {
    [SAMPLE_RANDOM] = choose_at_random,
    [SAMPLE_JUDGEMENT] = choose_by_judgement,
    [SAMPLE_ALL] = choose_all,
};
_Static_assert(COUNT(choosers) == SAMPLE_METHODS, "one chooser per method");

/* Appends the items, a line each, with the records that they stand for. */
static void print_items(struct app *app, const struct sample_items *items,
                        enum register_id register_id, struct buffer *out) {
    int64_t *ids = NULL;
    struct fault fault = {0};
    int rows = register_id == REGISTER_NONE
                   ? 0
                   : sample_read_rows(app_workbook(app), register_id, &ids, &fault);
    for (size_t i = 0; i < items->count; i++) {
        struct record record = {0};
        int number = items->numbers[i];
        buffer_addf(out, "%7d", number);
        if (ids != NULL && number <= rows &&
            record_load(app_workbook(app), register_id, ids[number - 1], &record, &fault) ==
                LOOKUP_FOUND) {
            buffer_add(out, "  ");
            record_text_name(app_workbook(app), &record, out);
            record_free(&record);
        }
        buffer_add(out, "\n");
    }
    fault_clear(&fault);
    free(ids);
}

/* Says how anybody repeats a random draw. */
static void print_recipe(const struct record *sample, struct buffer *out) {
    const char *seed = value_text(&sample->values[SAMPLE_SEED]);
    long long population = (long long)sample->values[SAMPLE_POPULATION].whole;
    long long size = (long long)sample->values[SAMPLE_SIZE].whole;
    buffer_addf(out,
                "\nTo repeat it elsewhere, in a shell:\nfor i in $(seq %lld); do printf '%%s "
                "%%s\\n' \"$(printf '%s:%%s' $i | sha256sum)\" $i; done | sort | head -%lld\n",
                population, seed, size);
}

/* Draws again from the recorded seed and says whether the same items come. */
static void print_repeated(const struct record *sample, const struct sample_items *items,
                           struct buffer *out) {
    struct sample_items again;
    struct fault fault = {0};
    const struct value *values = sample->values;
    bool is_drawn =
        sample_draw(value_text(&values[SAMPLE_SEED]), (int)values[SAMPLE_POPULATION].whole,
                    (int)values[SAMPLE_SIZE].whole, &again, &fault);
    bool is_same = is_drawn && again.count == items->count &&
                   memcmp(again.numbers, items->numbers, again.count * sizeof *again.numbers) == 0;
    if (is_drawn) {
        buffer_add(out, is_same ? "\nDrawn again from the seed: the same items.\n"
                                : "\nDrawn again from the seed: OTHER items, namely ");
        if (!is_same) {
            sample_print_items(&again, out);
            buffer_add(out, "\n");
        }
    }
    fault_clear(&fault);
    sample_items_free(&again);
}

/* Shows what was drawn, and of a random draw that it can be repeated. */
static void show(struct app *app, const struct record *sample) {
    struct buffer text = {0};
    struct sample_items items;
    struct fault fault = {0};
    const struct value *values = sample->values;
    const char *seed = value_text(&values[SAMPLE_SEED]);
    bool is_random = seed[0] != '\0';
    const char *note = value_text(&values[SAMPLE_NOTE]);
    buffer_addf(&text, "%lld of %lld, %s%s%s, drawn on %s\n\n",
                (long long)values[SAMPLE_SIZE].whole, (long long)values[SAMPLE_POPULATION].whole,
                value_text(&values[SAMPLE_METHOD]), is_random ? ", seed " : "", seed,
                value_text(&values[SAMPLE_DRAWN_ON]));
    if (sample_read_items(value_text(&values[SAMPLE_DRAWN]), SAMPLE_POPULATION_MOST, &items,
                          &fault)) {
        print_items(app, &items, sample_register_of(note), &text);
        if (is_random) {
            print_repeated(sample, &items, &text);
            print_recipe(sample, &text);
        }
    } else {
        buffer_addf(&text, "%s\n", value_text(&values[SAMPLE_DRAWN]));
    }
    buffer_addf(&text, "\n%s\n", note);
    dialog_show_text(app_stage(app), "The sample", buffer_text(&text));
    fault_clear(&fault);
    sample_items_free(&items);
    buffer_free(&text);
}

static bool load(struct app *app, int64_t id, struct record *sample) {
    struct fault fault = {0};
    bool is_there =
        record_load(app_workbook(app), REGISTER_SAMPLE, id, sample, &fault) == LOOKUP_FOUND;
    if (fault.kind != FAULT_NONE) {
        app_say_fault(app, &fault);
    }
    return is_there;
}

static void show_stored(struct app *app, int64_t id) {
    struct record sample = {0};
    if (load(app, id, &sample)) {
        show(app, &sample);
        record_free(&sample);
    }
}

/* True where none was drawn today for the line, or it may be replaced. */
static bool may_replace(struct app *app, int64_t assessment) {
    static const struct answer answers[] = {{'y', "draw again"}, {KEYCODE_ESC, "keep it"}};
    struct fault fault = {0};
    int64_t id = sample_of_today(app_workbook(app), assessment, &fault);
    if (id < 0) {
        app_say_fault(app, &fault);
        return false;
    }
    return id == 0 || dialog_ask(app_stage(app),
                                 "A sample was drawn for this line today. Another one takes its "
                                 "place; the history keeps both.",
                                 answers, COUNT(answers)) == 0;
}

static void draw_new(struct app *app, const struct walk_line *line, enum sample_method method) {
    struct fault fault = {0};
    int64_t id = 0;
    struct drawing drawing = {.app = app, .line = line};
    drawing.plan.assessment = line->assessment.id;
    drawing.plan.method = method;
    drawing.plan.items = &drawing.items;
    if (!may_replace(app, line->assessment.id)) {
        return;
    }
    bool is_chosen = ask_population(&drawing) && choosers[method](&drawing, &fault);
    if (is_chosen && sample_store(app_workbook(app), &drawing.plan, &id, &fault)) {
        app_stored(app, "sample %zu of %d for %s", drawing.items.count, drawing.plan.population,
                   line->key);
        show_stored(app, id);
    } else if (fault.kind != FAULT_NONE) {
        app_say_fault(app, &fault);
    }
    sample_items_free(&drawing.items);
    buffer_free(&drawing.seed);
}

static bool accept_deviations(void *context, const char *text, struct fault *fault) {
    const struct record *sample = context;
    const char *at = text;
    int count = 0;
    return (text_take_number(&at, NUMBER_DIGITS, &count) && *at == '\0' &&
            count <= sample->values[SAMPLE_SIZE].whole) ||
           fault_set(fault, FAULT_REFUSED, "of the sample 0 to %lld items can deviate",
                     (long long)sample->values[SAMPLE_SIZE].whole);
}

/* What was answered. */
struct sample_result {
    struct buffer count, seen;
};

/* What was seen goes before what the note says of the draw. */
static bool store_result(struct workbook *workbook, struct record *sample,
                         const struct sample_result *result, struct fault *fault) {
    struct value *values = sample->values;
    const char *seen = buffer_text(&result->seen);
    const char *count = buffer_text(&result->count);
    struct buffer note = {0};
    buffer_addf(&note, "%s%s%s", seen, seen[0] == '\0' ? "" : "\n",
                value_text(&values[SAMPLE_NOTE]));
    value_free(&values[SAMPLE_DEVIATIONS]);
    value_free(&values[SAMPLE_NOTE]);
    values[SAMPLE_DEVIATIONS] = value_of_whole(strtoll(count, NULL, 10));
    values[SAMPLE_NOTE] = value_of_text(buffer_text(&note));
    buffer_free(&note);
    if (!edit_begin(workbook, "result of a sample", fault)) {
        return false;
    }
    if (!edit_update(workbook, REGISTER_SAMPLE, sample->id, values, fault)) {
        edit_abandon(workbook);
        return false;
    }
    return edit_commit(workbook, fault);
}

/* Asks how many items deviate and what was seen, and stores both. */
static void record_result(struct app *app, struct record *sample) {
    struct sample_result result = {0};
    struct fault fault = {0};
    const struct prompt_options how_many = {.label = "Items that deviate (Esc leaves it open): ",
                                            .context = sample,
                                            .accept = accept_deviations};
    const struct prompt_options what = {.label = "What was seen (may stay empty): "};
    if (dialog_prompt(app_stage(app), &how_many, &result.count) &&
        dialog_prompt(app_stage(app), &what, &result.seen)) {
        if (store_result(app_workbook(app), sample, &result, &fault)) {
            app_stored(app, "%s of the sample deviate", buffer_text(&result.count));
        } else {
            app_say_fault(app, &fault);
        }
    }
    buffer_free(&result.count);
    buffer_free(&result.seen);
}

static void look_again(struct app *app, int64_t id) {
    struct record sample = {0};
    if (!load(app, id, &sample)) {
        return;
    }
    show(app, &sample);
    if (workbook_is_writable(app_workbook(app))) {
        record_result(app, &sample);
    }
    record_free(&sample);
}

/* The samples of the line, newest first, as items of the menu behind the methods. */
struct sample_menu {
    struct menu_item items[SAMPLE_METHODS + SAMPLES_MOST];
    int64_t ids[SAMPLE_METHODS + SAMPLES_MOST];
    char *labels[SAMPLES_MOST];
    size_t count;
};

static void fill_menu(const struct walk_line *line, struct query *query, struct sample_menu *menu) {
    struct fault fault = {0};
    query_bind_whole(query, ":audit", line->assessment.values[ASSESSMENT_AUDIT].whole);
    query_bind_whole(query, ":requirement", line->requirement.id);
    size_t shown = 0;
    while (shown < SAMPLES_MOST && query_step(query, &fault) == 1) {
        struct buffer label = {0};
        buffer_addf(&label, "%s of %s drawn %s: look again, result", query_text(query, 1),
                    query_text(query, 2), query_text(query, 3));
        menu->labels[shown] = buffer_take(&label);
        menu->ids[menu->count] = query_whole(query, 0);
        menu->items[menu->count++] =
            (struct menu_item){.letter = (char)('1' + shown), .label = menu->labels[shown]};
        shown++;
    }
    fault_clear(&fault);
}

void line_sample_ask(struct app *app, const struct walk_line *line) {
    static const char sql[] = "SELECT id, size, population, drawn_on FROM sample"
                              " WHERE audit = :audit AND requirement = :requirement"
                              " ORDER BY drawn_on DESC, id DESC";
    struct sample_menu menu = {
        .items = {[SAMPLE_RANDOM] = {'r', "draw at random", "from a seed that is recorded"},
                  [SAMPLE_JUDGEMENT] = {'j', "choose by judgement", "you name the items"},
                  [SAMPLE_ALL] = {'a', "all items", "the whole population"}},
        .count = SAMPLE_METHODS};
    struct fault fault = {0};
    struct query *query = query_open(app_workbook(app), sql, &fault);
    if (query != NULL) {
        fill_menu(line, query, &menu);
        query_close(query);
    }
    fault_clear(&fault);
    int chosen =
        dialog_choose(app_stage(app),
                      &(struct menu){.title = "Sample", .items = menu.items, .count = menu.count});
    if (chosen >= SAMPLE_METHODS) {
        look_again(app, menu.ids[chosen]);
    } else if (chosen != DIALOG_NO_ANSWER && app_may_write(app)) {
        draw_new(app, line, (enum sample_method)chosen);
    }
    for (size_t i = 0; i < SAMPLES_MOST; i++) {
        free(menu.labels[i]);
    }
}
