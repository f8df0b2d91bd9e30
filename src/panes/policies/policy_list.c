/* Owns what the list of policies says beyond any list: the version in force and the one in work,
 * the review in words, how many acknowledged. Its keys are policy_keys.c. */
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/words.h"
#include "clause5/base/memory.h"
#include "clause5/store/query.h"
#include "panes/frame/panes.h"
#include "panes/policies/policy_keys.h"
#include "panes/policies/policy_versions.h"

enum {
    SOON_DAYS = 30, /* a review within these is marked */
    BAR_CELLS = 4,
};

struct tally {
    int64_t policy;
    int64_t expected, done;
};

/* How many acknowledged each policy, in the order of the policies' ids. */
struct tallies {
    struct tally *items;
    size_t count, capacity;
};

static void forget(void *known) {
    struct tallies *tallies = known;
    free(tallies->items);
    free(tallies);
}

static void *know(struct app *app, struct fault *fault) {
    struct tallies *tallies = memory_zero(1, sizeof *tallies);
    struct query *query =
        words_query_open_file(app_workbook(app), "figures/acknowledged.sql", fault);
    int step = query == NULL ? -1 : query_step(query, fault);
    for (; step == 1; step = query_step(query, fault)) {
        tallies->items = memory_reserve(tallies->items, &tallies->capacity, tallies->count + 1,
                                        sizeof *tallies->items);
        tallies->items[tallies->count++] = (struct tally){.policy = query_whole(query, 0),
                                                          .expected = query_whole(query, 1),
                                                          .done = query_whole(query, 2)};
    }
    query_close(query);
    if (step != 0) {
        forget(tallies);
        return NULL;
    }
    return tallies;
}

static int compare_tally(const void *a, const void *b) {
    const struct tally *left = a;
    const struct tally *right = b;
    return (left->policy > right->policy) - (left->policy < right->policy);
}

static const struct tally *find_tally(const struct tallies *tallies, int64_t policy) {
    const struct tally wanted = {.policy = policy};
    return tallies->count == 0 ? NULL
                               : bsearch(&wanted, tallies->items, tallies->count,
                                         sizeof *tallies->items, compare_tally);
}

/* "2.0 approved"; retired policies keep the word of their last version. */
static void print_version(struct app *app, const void *known, const struct record *record,
                          struct shown_cell *cell) {
    (void)known;
    struct policy_versions versions;
    if (!policy_versions_load(app, record->id, &versions)) {
        return;
    }
    const struct policy_version_seen *shown = versions.current.id != 0 ? &versions.current
                                              : versions.work.id != 0  ? &versions.work
                                                                       : &versions.last;
    if (shown->id == 0) {
        buffer_add(&cell->text, "no version");
        cell->meaning = MEANING_OPEN;
    } else {
        buffer_addf(&cell->text, "%s %s", shown->version, shown->status);
        cell->meaning = shown == &versions.last   ? MEANING_DIM
                        : shown == &versions.work ? MEANING_OPEN
                                                  : MEANING_TEXT;
    }
    policy_versions_free(&versions);
}

/* The version that follows, where one is in force. */
static void print_work(struct app *app, const void *known, const struct record *record,
                       struct shown_cell *cell) {
    (void)known;
    struct policy_versions versions;
    if (!policy_versions_load(app, record->id, &versions)) {
        return;
    }
    if (versions.current.id != 0 && versions.work.id != 0) {
        buffer_addf(&cell->text, "%s %s", versions.work.version, versions.work.status);
    }
    policy_versions_free(&versions);
}

static const char *plural(int count) {
    return count == 1 ? "" : "s";
}

/* The review in words: how late, how soon, else the day. */
static void print_review(struct app *app, const void *known, const struct record *record,
                         struct shown_cell *cell) {
    (void)known;
    date_days due = 0;
    if (!date_parse(value_text(&record->values[POLICY_NEXT_REVIEW_ON]), &due)) {
        return;
    }
    int days = due - workbook_today(app_workbook(app));
    if (days < 0) {
        buffer_addf(&cell->text, "%d day%s late", -days, plural(-days));
        cell->mark = MARK_BAD;
    } else if (days == 0) {
        buffer_add(&cell->text, "today");
        cell->mark = MARK_WARNING;
    } else if (days <= SOON_DAYS) {
        buffer_addf(&cell->text, "in %d day%s", days, plural(days));
        cell->mark = MARK_WARNING;
    } else {
        buffer_add(&cell->text, value_text(&record->values[POLICY_NEXT_REVIEW_ON]));
    }
    cell->meaning = palette_mark_meaning(cell->mark);
}

/* The owner by ref or name: the list has no room for both. */
static void print_owner(struct app *app, const void *known, const struct record *record,
                        struct shown_cell *cell) {
    (void)known;
    const struct field *field = &register_describe(REGISTER_POLICY)->fields[POLICY_OWNER];
    struct fault fault = {0};
    if (!record_print_value(app_workbook(app), field, &record->values[POLICY_OWNER], &cell->text,
                            &fault)) {
        fault_clear(&fault);
    }
}

static void print_bar(struct app *app, const struct tally *tally, struct buffer *out) {
    int64_t filled = tally->done * BAR_CELLS / tally->expected;
    for (int64_t i = 0; i < BAR_CELLS; i++) {
        buffer_add(out, palette_mark(app_terminal(app), i < filled ? MARK_FULL : MARK_DOT));
    }
    buffer_addf(out, " %lld%%", (long long)(tally->done * 100 / tally->expected));
}

/* How many of those who should have acknowledged: nothing where nobody must, or not yet. */
static void print_acknowledged(struct app *app, const void *known, const struct record *record,
                               struct shown_cell *cell) {
    const char *who = value_text(&record->values[POLICY_MUST_ACKNOWLEDGE]);
    if (who[0] == '\0' || strcmp(who, "nobody") == 0) {
        return;
    }
    if (known == NULL) {
        buffer_add(&cell->text, palette_mark(app_terminal(app), MARK_ELLIPSIS));
        return;
    }
    const struct tally *tally = find_tally(known, record->id);
    if (tally == NULL || tally->expected == 0) {
        buffer_add(&cell->text, "not due");
        cell->meaning = MEANING_DIM;
        return;
    }
    print_bar(app, tally, &cell->text);
    cell->meaning = tally->done >= tally->expected ? MEANING_GOOD : MEANING_WARNING;
}

static const struct own_column columns[] = {
    {.column = {.title = "Ref", .width = 10}, .field = POLICY_REF},
    {.column = {.title = "Title", .width = 34, .least_width = 22, .grow = 3},
     .field = POLICY_TITLE},
    {.column = {.title = "Version", .width = 13}, .field = -1, .print = print_version},
    {.column = {.title = "Review", .width = 14},
     .field = POLICY_NEXT_REVIEW_ON,
     .print = print_review},
    {.column = {.title = "Confirmed", .width = 9},
     .field = POLICY_MUST_ACKNOWLEDGE,
     .print = print_acknowledged},
    {.column = {.title = "Owner", .width = 5, .priority = 1, .grow = 1},
     .field = POLICY_OWNER,
     .print = print_owner},
    {.column = {.title = "In work", .width = 13, .priority = 1}, .field = -1, .print = print_work},
    {.column = {.title = "Kind", .width = 20, .least_width = 12, .priority = 2},
     .field = POLICY_KIND},
    {.column = {.title = "Classification", .width = 14, .priority = 3},
     .field = POLICY_CLASSIFICATION},
    {.column = {.title = "Location", .width = 24, .least_width = 12, .priority = 4},
     .field = POLICY_LOCATION},
};

const struct list_extra policy_list = {
    .columns = columns,
    .column_count = COUNT(columns),
    .is_tree = true,
    .parent_field = POLICY_PARENT,
    .know = know,
    .forget = forget,
    .bindings = &policy_bindings,
    .act = policy_keys_act,
};
