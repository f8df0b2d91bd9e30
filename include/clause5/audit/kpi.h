/* Where objectives and their KPIs stand: the newest value, measured or computed, its colour, and
 * what that says against the stated status. The rules are checks.md, KPI status, Contradiction and
 * Not measured, written once as words of the checks (data/checks/words.sql). */
#ifndef CLAUSE5_AUDIT_KPI_H
#define CLAUSE5_AUDIT_KPI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/base/date.h"
#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

enum kpi_colour {
    KPI_COLOUR_NONE,
    KPI_COLOUR_GREEN,
    KPI_COLOUR_AMBER,
    KPI_COLOUR_RED,
    KPI_COLOURS
};

/* Returns "green", "amber", "red", or "no value". */
const char *kpi_colour_word(enum kpi_colour colour);

enum kpi_direction { KPI_UP, KPI_DOWN, KPI_WITHIN };

/* One value of a KPI. */
struct kpi_point {
    date_days day;
    double value;
};

/* One KPI today. Its texts and points are owned by the list. */
struct kpi_standing {
    int64_t id, objective; /* objective 0: of none */
    char *ref, *title, *unit;
    enum kpi_direction direction;
    bool is_measured;            /* else computed by the workbook, and nothing is entered */
    double target, lower, upper; /* NAN where not set */
    double value;                /* newest; NAN where there is none */
    double bar; /* what the value is held against; NAN without one or within limits */
    char measured_on[DATE_TEXT_SIZE]; /* "" without a value */
    enum kpi_colour colour;
    bool is_late;             /* not measured in its period */
    bool contradicts;         /* its colour speaks against the objective's stated status */
    struct kpi_point *points; /* measurements up to today in order of their days */
    size_t point_count, point_capacity;
};

struct kpi_list {
    struct kpi_standing *items; /* in order of their refs */
    size_t count, capacity;
};

/* Reads every KPI; release with kpi_list_free either way. */
bool kpi_list_load(struct workbook *workbook, struct kpi_list *kpis, struct fault *fault);
void kpi_list_free(struct kpi_list *kpis);

/* Returns the KPI of that id, or NULL. */
const struct kpi_standing *kpi_list_find(const struct kpi_list *kpis, int64_t id);

/* Appends the target as people write it, "<= 5", ">= 40" or "2 to 5", with signs where IS_UNICODE;
 * nothing where none is set. */
void kpi_print_target(const struct kpi_standing *kpi, bool is_unicode, struct buffer *out);

/* Returns the newest point less the one before, 0 where there are not two. */
double kpi_trend(const struct kpi_standing *kpi);

/* One objective today. Its texts are owned by the list. */
struct objective_standing {
    int64_t id;
    char *ref, *title, *status;
    char due_on[DATE_TEXT_SIZE]; /* "" without one */
    bool is_open;
    bool is_late;          /* open and past its date */
    char *contradiction;   /* the KPIs that speak against its status; NULL where none does */
    char *lacks;           /* letters of 6.2 a to l that an open objective lacks, such as "ce" */
    int steps, steps_done; /* actions of its plan */
};

struct objective_list {
    struct objective_standing *items; /* in order of their refs */
    size_t count, capacity;
};

/* Reads every objective; release with objective_list_free either way. */
bool objective_list_load(struct workbook *workbook, struct objective_list *objectives,
                         struct fault *fault);
void objective_list_free(struct objective_list *objectives);

/* Returns what 6.2 wants under that letter, in a few words; "" for another letter. */
const char *objective_letter_words(char letter);

#endif
