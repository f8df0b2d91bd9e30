/* Owns what the list of translations says beyond any list: the approved version beside the one that
 * is translated, and in words whether it is behind, as the checks count it. */
#include <stdlib.h>

#include "clause5/audit/words.h"
#include "clause5/base/memory.h"
#include "clause5/store/query.h"
#include "panes/frame/panes.h"

struct standing {
    int64_t translation;
    char *approved;
    bool is_behind;
};

/* In the order of the translations' ids; those of policies without an approved version are not
 * here. */
struct standings {
    struct standing *items;
    size_t count, capacity;
};

static void forget(void *known) {
    struct standings *standings = known;
    for (size_t i = 0; i < standings->count; i++) {
        free(standings->items[i].approved);
    }
    free(standings->items);
    free(standings);
}

static void *know(struct app *app, struct fault *fault) {
    struct standings *standings = memory_zero(1, sizeof *standings);
    struct query *query =
        words_query_open_file(app_workbook(app), "figures/translations.sql", fault);
    int step = query == NULL ? -1 : query_step(query, fault);
    for (; step == 1; step = query_step(query, fault)) {
        standings->items = memory_reserve(standings->items, &standings->capacity,
                                          standings->count + 1, sizeof *standings->items);
        standings->items[standings->count++] =
            (struct standing){.translation = query_whole(query, 0),
                              .approved = memory_copy_text(query_text(query, 1)),
                              .is_behind = query_whole(query, 2) != 0};
    }
    query_close(query);
    if (step != 0) {
        forget(standings);
        return NULL;
    }
    return standings;
}

static int compare_standing(const void *a, const void *b) {
    const struct standing *left = a;
    const struct standing *right = b;
    return (left->translation > right->translation) - (left->translation < right->translation);
}

static const struct standing *find_standing(const struct standings *standings,
                                            int64_t translation) {
    const struct standing wanted = {.translation = translation};
    return standings == NULL || standings->count == 0
               ? NULL
               : bsearch(&wanted, standings->items, standings->count, sizeof *standings->items,
                         compare_standing);
}

static void print_approved(struct app *app, const void *known, const struct record *record,
                           struct shown_cell *cell) {
    const struct standing *standing = find_standing(known, record->id);
    if (known == NULL) {
        buffer_add(&cell->text, palette_mark(app_terminal(app), MARK_ELLIPSIS));
    } else if (standing == NULL) {
        buffer_add(&cell->text, "none");
        cell->meaning = MEANING_DIM;
    } else {
        buffer_add(&cell->text, standing->approved);
    }
}

static void print_standing(struct app *app, const void *known, const struct record *record,
                           struct shown_cell *cell) {
    (void)app;
    const struct standing *standing = find_standing(known, record->id);
    if (standing != NULL) {
        buffer_add(&cell->text, standing->is_behind ? "behind" : "current");
        cell->mark = standing->is_behind ? MARK_WARNING : MARK_GOOD;
        cell->meaning = palette_mark_meaning(cell->mark);
    }
}

static const struct own_column columns[] = {
    {.column = {.title = "Policy", .width = 10}, .field = TRANSLATION_POLICY},
    {.column = {.title = "Language", .width = 10, .least_width = 8}, .field = TRANSLATION_LANGUAGE},
    {.column = {.title = "Version", .width = 8, .least_width = 7}, .field = TRANSLATION_VERSION},
    {.column = {.title = "Approved", .width = 8}, .field = -1, .print = print_approved},
    {.column = {.title = "Standing", .width = 9}, .field = -1, .print = print_standing},
    {.column = {.title = "Translated on", .width = 13, .priority = 1},
     .field = TRANSLATION_TRANSLATED_ON},
    {.column = {.title = "Checked by", .width = 22, .least_width = 10, .grow = 1, .priority = 2},
     .field = TRANSLATION_CHECKED_BY},
    {.column = {.title = "Location", .width = 30, .least_width = 12, .grow = 2, .priority = 3},
     .field = TRANSLATION_LOCATION},
};

const struct list_extra translation_list = {
    .columns = columns,
    .column_count = COUNT(columns),
    .know = know,
    .forget = forget,
};
