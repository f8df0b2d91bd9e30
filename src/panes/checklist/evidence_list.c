/* Owns what the list of evidence says beyond any list: how its file stands, and how many lines and
 * records use it. Its keys are seal_keys.c. */
#include <stdlib.h>

#include "clause5/base/memory.h"
#include "clause5/store/query.h"
#include "panes/checklist/seal_keys.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"

/* How often one is linked. */
struct use {
    int64_t evidence, links;
};

/* Of all evidence that is linked, in the order of ids. */
struct uses {
    struct use *items;
    size_t count, capacity;
};

static void forget(void *known) {
    struct uses *uses = known;
    free(uses->items);
    free(uses);
}

static void *know(struct app *app, struct fault *fault) {
    struct uses *uses = memory_zero(1, sizeof *uses);
    struct query *query = query_open(app_workbook(app),
                                     "SELECT evidence, count(*) FROM evidence_link"
                                     " GROUP BY evidence ORDER BY evidence",
                                     fault);
    int step = query == NULL ? -1 : query_step(query, fault);
    for (; step == 1; step = query_step(query, fault)) {
        uses->items =
            memory_reserve(uses->items, &uses->capacity, uses->count + 1, sizeof *uses->items);
        uses->items[uses->count++] =
            (struct use){.evidence = query_whole(query, 0), .links = query_whole(query, 1)};
    }
    query_close(query);
    if (step != 0) {
        forget(uses);
        return NULL;
    }
    return uses;
}

static int compare_uses(const void *a, const void *b) {
    const struct use *left = a;
    const struct use *right = b;
    return (left->evidence > right->evidence) - (left->evidence < right->evidence);
}

static void print_uses(struct app *app, const void *known, const struct record *record,
                       struct shown_cell *cell) {
    (void)app;
    const struct uses *uses = known;
    const struct use wanted = {.evidence = record->id};
    if (uses == NULL) {
        return;
    }
    const struct use *use = uses->count == 0 ? NULL
                                             : bsearch(&wanted, uses->items, uses->count,
                                                       sizeof *uses->items, compare_uses);
    if (use == NULL) {
        buffer_add(&cell->text, "unused");
        cell->meaning = MEANING_DIM;
    } else {
        buffer_addf(&cell->text, "%lld", (long long)use->links);
    }
}

/* Expired weighs more than how the file was when it was last looked at, changed or missing most. */
static void print_file(struct app *app, const void *known, const struct record *record,
                       struct shown_cell *cell) {
    (void)known;
    const struct value *values = record->values;
    const char *state = value_text(&values[EVIDENCE_VERIFIED_STATE]);
    const char *expires = value_text(&values[EVIDENCE_EXPIRES_ON]);
    date_days day = 0;
    bool is_expired = date_parse(expires, &day) && day < workbook_today(app_workbook(app));
    if (state[0] != '\0' && state[0] != 'u') {
        buffer_addf(&cell->text, "%s %s", state, value_text(&values[EVIDENCE_VERIFIED_ON]));
        cell->mark = MARK_BAD;
    } else if (is_expired) {
        buffer_addf(&cell->text, "expired %s", expires);
        cell->mark = MARK_WARNING;
    } else if (state[0] != '\0') {
        buffer_addf(&cell->text, "%s %s", state, value_text(&values[EVIDENCE_VERIFIED_ON]));
        cell->mark = MARK_GOOD;
    } else {
        bool is_sealed = values[EVIDENCE_SHA256].kind != VALUE_EMPTY;
        buffer_add(&cell->text, is_sealed ? "sealed" : "not sealed");
        cell->mark = is_sealed ? MARK_GOOD : MARK_OPEN;
    }
    cell->meaning = palette_mark_meaning(cell->mark);
}

static const struct own_column columns[] = {
    {.column = {.title = "Ref", .width = 7}, .field = EVIDENCE_REF},
    {.column = {.title = "Title", .width = 26, .least_width = 18, .grow = 2},
     .field = EVIDENCE_TITLE},
    {.column = {.title = "Kind", .width = 11, .priority = 1}, .field = EVIDENCE_KIND},
    {.column = {.title = "File", .width = 22}, .field = EVIDENCE_LOCATION, .print = print_file},
    {.column = {.title = "Used", .width = 6}, .field = -1, .print = print_uses},
    {.column = {.title = "Collected", .width = 10, .priority = 2}, .field = EVIDENCE_COLLECTED_ON},
    {.column = {.title = "Expires", .width = 10, .priority = 3}, .field = EVIDENCE_EXPIRES_ON},
    {.column = {.title = "Location", .width = 20, .least_width = 12, .grow = 1, .priority = 4},
     .field = EVIDENCE_LOCATION},
};

static unsigned act(struct app *app, int action, const int64_t *records, size_t count) {
    return seal_keys_act(app, REGISTER_EVIDENCE, action, records, count);
}

static const struct binding bindings[] = {SEAL_BINDINGS};

static const struct binding_table binding_table = {
    .title = "Evidence", .bindings = bindings, .count = COUNT(bindings)};

const struct list_extra evidence_keys = {
    .columns = columns,
    .column_count = COUNT(columns),
    .know = know,
    .forget = forget,
    .bindings = &binding_table,
    .act = act,
};
