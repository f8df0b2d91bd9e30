/* Owns what stands in the box of the dashboard; knows nothing of lists and keys. */
#include "panes/objectives/kpi_chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/register/type.h"
#include "clause5/screen/chart.h"

enum { LETTER_CELLS = 25 };

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static void label_day(void *context, double x, struct buffer *out) {
    (void)context;
    struct date_parts parts = date_to_parts((date_days)lround(x));
    buffer_addf(out, "%d %s %d", parts.day, months[parts.month - 1], parts.year);
}

/* Returns how many levels the KPI has: a target, or two limits. */
static size_t levels_of(const struct kpi_standing *kpi, struct chart_level levels[static 2]) {
    if (kpi->direction == KPI_WITHIN) {
        levels[0] = (struct chart_level){kpi->lower, "lower limit"};
        levels[1] = (struct chart_level){kpi->upper, "upper limit"};
        return 2;
    }
    levels[0] = (struct chart_level){kpi->target, "target"};
    return isnan(kpi->target) ? 0U : 1U;
}

static void put_chart(const struct kpi_standing *kpi, const struct area *area) {
    struct chart_level levels[2];
    struct chart_point *points = memory_zero(kpi->point_count + 1, sizeof *points);
    for (size_t i = 0; i < kpi->point_count; i++) {
        points[i] = (struct chart_point){kpi->points[i].day, kpi->points[i].value};
    }
    const struct chart chart = {.points = points,
                                .count = kpi->point_count,
                                .levels = levels,
                                .level_count = levels_of(kpi, levels),
                                .label_x = label_day};
    if (!kpi->is_measured && kpi->point_count == 0) {
        area_put_wrapped(area, (struct spot){0}, MEANING_DIM,
                         "Computed from the workbook whenever it is looked at; nothing is entered "
                         "and no earlier values are kept.");
    } else {
        chart_draw(&chart, area);
    }
    free(points);
}

static enum mark mark_of(enum kpi_colour colour) {
    static const enum mark marks[] = {[KPI_COLOUR_NONE] = MARK_OPEN,
                                      [KPI_COLOUR_GREEN] = MARK_GOOD,
                                      [KPI_COLOUR_AMBER] = MARK_WARNING,
                                      [KPI_COLOUR_RED] = MARK_BAD};
    return marks[colour];
}

/* "4.2 on 2026-11-10: green, held against 6.5 on the way to <= 5". */
static void print_standing(const struct kpi_standing *kpi, bool is_unicode, struct buffer *out) {
    if (isnan(kpi->value)) {
        buffer_add(out, kpi->is_measured ? "nothing measured yet: m enters a value" : "no value");
        return;
    }
    number_print(round(kpi->value * 100) / 100, out);
    buffer_addf(out, " on %s", kpi->measured_on);
    if (kpi->colour != KPI_COLOUR_NONE) {
        buffer_addf(out, ": %s", kpi_colour_word(kpi->colour));
    }
    if (!isnan(kpi->bar) && !isnan(kpi->target) && kpi->direction != KPI_WITHIN &&
        fabs(kpi->bar - kpi->target) > 1e-9) {
        buffer_add(out, ", held against ");
        number_print(round(kpi->bar * 100) / 100, out);
        buffer_add(out, " on the way to ");
        kpi_print_target(kpi, is_unicode, out);
    } else if (!isnan(kpi->target) || kpi->direction == KPI_WITHIN) {
        buffer_add(out, ", held against ");
        kpi_print_target(kpi, is_unicode, out);
    }
    if (kpi->is_late) {
        buffer_add(out, "; not measured in its period");
    }
}

void kpi_chart_draw(const struct kpi_standing *kpi, const struct area *area) {
    struct buffer text = {0};
    buffer_addf(&text, "%s %s%s%s", kpi->ref, kpi->title, kpi->unit[0] != '\0' ? ", " : "",
                kpi->unit);
    struct area inside = area_box(area, buffer_text(&text));
    struct area chart = area_rows(inside, 0, inside.height - 1);
    struct area line = area_rows(inside, inside.height - 1, 1);
    put_chart(kpi, &chart);
    buffer_clear(&text);
    print_standing(kpi, terminal_is_unicode(area->terminal), &text);
    area_put_mark(&line, (struct spot){0}, mark_of(kpi->colour));
    area_put(&line, (struct spot){.column = 2}, palette_mark_meaning(mark_of(kpi->colour)),
             buffer_text(&text));
    buffer_free(&text);
}

/* Puts the twelve letters, each met or lacking, in as many columns as fit; returns the rows used.
 */
static int put_letters(const struct objective_standing *objective, const struct area *area) {
    int columns = area->width / LETTER_CELLS;
    columns = columns < 1 ? 1 : columns > 4 ? 4 : columns;
    int rows = (12 + columns - 1) / columns;
    for (int place = 0; place < 12; place++) {
        char letter = "abcdefghijkl"[place];
        enum mark mark = strchr(objective->lacks, letter) != NULL ? MARK_BAD : MARK_GOOD;
        struct spot spot = {place % rows, place / rows * LETTER_CELLS, LETTER_CELLS - 1};
        area_put_mark(area, spot, mark);
        spot.column += 2;
        spot.width -= 2;
        area_print(area, spot, mark == MARK_BAD ? MEANING_BAD : MEANING_TEXT, "%c %s", letter,
                   objective_letter_words(letter));
    }
    return rows;
}

void objective_draw(const struct objective_standing *objective, const struct area *area) {
    struct buffer title = {0};
    buffer_addf(&title, "%s %s", objective->ref, objective->title);
    struct area inside = area_box(area, buffer_text(&title));
    buffer_free(&title);
    int row = 0;
    if (objective->is_open) {
        row = put_letters(objective, &inside);
    } else {
        area_print(&inside, (struct spot){0}, MEANING_TEXT, "%s", objective->status);
        row = 1;
    }
    if (objective->contradiction != NULL) {
        area_put_mark(&inside, (struct spot){.row = row}, MARK_BAD);
        area_print(&inside, (struct spot){row, 2, 0}, MEANING_BAD, "stated as %s, but %s",
                   objective->status, objective->contradiction);
        row++;
    }
    area_print(&inside, (struct spot){row, 0, 0}, MEANING_DIM,
               objective->steps == 0 ? "No action carries it out yet: t adds a step of the plan"
                                     : "Actions that carry it out: %d of %d done",
               objective->steps_done, objective->steps);
}
