/* Owns reading where objectives and KPIs stand; what the colours mean is said by the words of the
 * checks, and nothing here is drawn. */
#include "clause5/audit/kpi.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/words.h"
#include "clause5/base/clock.h"
#include "clause5/base/memory.h"
#include "clause5/register/type.h"
#include "clause5/store/query.h"

static const char *const colour_words[] = {
    [KPI_COLOUR_NONE] = "no value",
    [KPI_COLOUR_GREEN] = "green",
    [KPI_COLOUR_AMBER] = "amber",
    [KPI_COLOUR_RED] = "red",
};
_Static_assert(COUNT(colour_words) == KPI_COLOURS, "one word per colour");

const char *kpi_colour_word(enum kpi_colour colour) {
    return colour_words[colour];
}

static enum kpi_colour colour_named(const char *word) {
    for (int colour = KPI_COLOUR_GREEN; colour < KPI_COLOURS; colour++) {
        if (strcmp(word, colour_words[colour]) == 0) {
            return (enum kpi_colour)colour;
        }
    }
    return KPI_COLOUR_NONE;
}

static double number_of(struct query *query, int column) {
    return query_is_empty(query, column) ? (double)NAN : query_number(query, column);
}

static void copy_day(char day[static DATE_TEXT_SIZE], const char *text) {
    memset(day, 0, DATE_TEXT_SIZE);
    strncpy(day, text, DATE_TEXT_SIZE - 1);
}

/* The columns of figures/kpis.sql in order. */
enum {
    KPI_COLUMN_ID,
    KPI_COLUMN_OBJECTIVE,
    KPI_COLUMN_REF,
    KPI_COLUMN_TITLE,
    KPI_COLUMN_UNIT,
    KPI_COLUMN_DIRECTION,
    KPI_COLUMN_MEASURED,
    KPI_COLUMN_TARGET,
    KPI_COLUMN_LOWER,
    KPI_COLUMN_UPPER,
    KPI_COLUMN_VALUE,
    KPI_COLUMN_DAY,
    KPI_COLUMN_BAR,
    KPI_COLUMN_COLOUR,
    KPI_COLUMN_LATE,
    KPI_COLUMN_CONTRADICTS,
};

static void add_kpi(struct kpi_list *kpis, struct query *query) {
    kpis->items =
        memory_reserve(kpis->items, &kpis->capacity, kpis->count + 1, sizeof *kpis->items);
    struct kpi_standing *kpi = &kpis->items[kpis->count++];
    const char *direction = query_text(query, KPI_COLUMN_DIRECTION);
    *kpi = (struct kpi_standing){
        .id = query_whole(query, KPI_COLUMN_ID),
        .objective = query_whole(query, KPI_COLUMN_OBJECTIVE),
        .direction = strcmp(direction, "up") == 0     ? KPI_UP
                     : strcmp(direction, "down") == 0 ? KPI_DOWN
                                                      : KPI_WITHIN,
        .is_measured = query_whole(query, KPI_COLUMN_MEASURED) == 1,
        .target = number_of(query, KPI_COLUMN_TARGET),
        .lower = number_of(query, KPI_COLUMN_LOWER),
        .upper = number_of(query, KPI_COLUMN_UPPER),
        .value = number_of(query, KPI_COLUMN_VALUE),
        .bar = number_of(query, KPI_COLUMN_BAR),
        .is_late = query_whole(query, KPI_COLUMN_LATE) == 1,
        .contradicts = query_whole(query, KPI_COLUMN_CONTRADICTS) == 1,
    };
    kpi->ref = memory_copy_text(query_text(query, KPI_COLUMN_REF));
    kpi->title = memory_copy_text(query_text(query, KPI_COLUMN_TITLE));
    kpi->unit = memory_copy_text(query_text(query, KPI_COLUMN_UNIT));
    kpi->colour = colour_named(query_text(query, KPI_COLUMN_COLOUR));
    copy_day(kpi->measured_on, query_text(query, KPI_COLUMN_DAY));
}

/* Reads what was measured of one KPI. */
static bool read_points(struct workbook *workbook, struct kpi_standing *kpi, struct fault *fault) {
    static const char sql[] = "SELECT measured_on, value FROM measurement"
                              " WHERE kpi = :kpi AND measured_on <= :today ORDER BY measured_on";
    char today[DATE_TEXT_SIZE];
    struct query *query = query_open(workbook, sql, fault);
    if (query == NULL) {
        return false;
    }
    workbook_print_today(workbook, today);
    query_bind_whole(query, ":kpi", kpi->id);
    query_bind_text(query, ":today", today);
    int step = query_step(query, fault);
    for (; step == 1; step = query_step(query, fault)) {
        struct kpi_point point = {.value = query_number(query, 1)};
        if (date_parse(query_text(query, 0), &point.day)) {
            kpi->points = memory_reserve(kpi->points, &kpi->point_capacity, kpi->point_count + 1,
                                         sizeof *kpi->points);
            kpi->points[kpi->point_count++] = point;
        }
    }
    query_close(query);
    return step == 0;
}

bool kpi_list_load(struct workbook *workbook, struct kpi_list *kpis, struct fault *fault) {
    struct query *query = words_query_open_file(workbook, "figures/kpis.sql", fault);
    int step = query == NULL ? -1 : query_step(query, fault);
    for (; step == 1; step = query_step(query, fault)) {
        add_kpi(kpis, query);
    }
    query_close(query);
    bool is_read = step == 0;
    for (size_t i = 0; is_read && i < kpis->count; i++) {
        is_read = read_points(workbook, &kpis->items[i], fault);
    }
    return is_read;
}

void kpi_list_free(struct kpi_list *kpis) {
    for (size_t i = 0; i < kpis->count; i++) {
        free(kpis->items[i].ref);
        free(kpis->items[i].title);
        free(kpis->items[i].unit);
        free(kpis->items[i].points);
    }
    free(kpis->items);
    *kpis = (struct kpi_list){0};
}

const struct kpi_standing *kpi_list_find(const struct kpi_list *kpis, int64_t id) {
    for (size_t i = 0; i < kpis->count; i++) {
        if (kpis->items[i].id == id) {
            return &kpis->items[i];
        }
    }
    return NULL;
}

void kpi_print_target(const struct kpi_standing *kpi, bool is_unicode, struct buffer *out) {
    if (kpi->direction == KPI_WITHIN) {
        if (!isnan(kpi->lower) && !isnan(kpi->upper)) {
            number_print(kpi->lower, out);
            buffer_add(out, " to ");
            number_print(kpi->upper, out);
        }
    } else if (!isnan(kpi->target)) {
        bool is_up = kpi->direction == KPI_UP;
        buffer_add(out, is_unicode ? (is_up ? "≥ " : "≤ ") : (is_up ? ">= " : "<= "));
        number_print(kpi->target, out);
    }
}

double kpi_trend(const struct kpi_standing *kpi) {
    return kpi->point_count < 2
               ? 0
               : kpi->points[kpi->point_count - 1].value - kpi->points[kpi->point_count - 2].value;
}

/* The columns of figures/objectives.sql in order. */
enum {
    OBJECTIVE_COLUMN_ID,
    OBJECTIVE_COLUMN_REF,
    OBJECTIVE_COLUMN_TITLE,
    OBJECTIVE_COLUMN_STATUS,
    OBJECTIVE_COLUMN_DUE,
    OBJECTIVE_COLUMN_OPEN,
    OBJECTIVE_COLUMN_CONTRADICTION,
    OBJECTIVE_COLUMN_LACKS,
    OBJECTIVE_COLUMN_STEPS,
    OBJECTIVE_COLUMN_STEPS_DONE,
};

static void add_objective(struct objective_list *objectives, struct query *query,
                          const char *today) {
    objectives->items = memory_reserve(objectives->items, &objectives->capacity,
                                       objectives->count + 1, sizeof *objectives->items);
    struct objective_standing *objective = &objectives->items[objectives->count++];
    *objective = (struct objective_standing){
        .id = query_whole(query, OBJECTIVE_COLUMN_ID),
        .is_open = query_whole(query, OBJECTIVE_COLUMN_OPEN) == 1,
        .steps = (int)query_whole(query, OBJECTIVE_COLUMN_STEPS),
        .steps_done = (int)query_whole(query, OBJECTIVE_COLUMN_STEPS_DONE),
    };
    objective->ref = memory_copy_text(query_text(query, OBJECTIVE_COLUMN_REF));
    objective->title = memory_copy_text(query_text(query, OBJECTIVE_COLUMN_TITLE));
    objective->status = memory_copy_text(query_text(query, OBJECTIVE_COLUMN_STATUS));
    copy_day(objective->due_on, query_text(query, OBJECTIVE_COLUMN_DUE));
    objective->is_late =
        objective->is_open && objective->due_on[0] != '\0' && strcmp(objective->due_on, today) < 0;
    objective->lacks =
        memory_copy_text(objective->is_open ? query_text(query, OBJECTIVE_COLUMN_LACKS) : "");
    if (!query_is_empty(query, OBJECTIVE_COLUMN_CONTRADICTION)) {
        objective->contradiction =
            memory_copy_text(query_text(query, OBJECTIVE_COLUMN_CONTRADICTION));
    }
}

bool objective_list_load(struct workbook *workbook, struct objective_list *objectives,
                         struct fault *fault) {
    char today[DATE_TEXT_SIZE];
    struct query *query = words_query_open_file(workbook, "figures/objectives.sql", fault);
    int step = query == NULL ? -1 : query_step(query, fault);
    workbook_print_today(workbook, today);
    for (; step == 1; step = query_step(query, fault)) {
        add_objective(objectives, query, today);
    }
    query_close(query);
    return step == 0;
}

void objective_list_free(struct objective_list *objectives) {
    for (size_t i = 0; i < objectives->count; i++) {
        free(objectives->items[i].ref);
        free(objectives->items[i].title);
        free(objectives->items[i].status);
        free(objectives->items[i].contradiction);
        free(objectives->items[i].lacks);
    }
    free(objectives->items);
    *objectives = (struct objective_list){0};
}

const char *objective_letter_words(char letter) {
    static const char *const words[] = {
        "follows a policy",  "can be measured",    "answers risk or duty", "is watched",
        "is made known",     "is kept up to date", "is on record",         "has a plan",
        "has what it needs", "has an owner",       "has a date",           "has a way of judging",
    };
    return letter >= 'a' && letter <= 'l' ? words[letter - 'a'] : "";
}
