/* Owns planning, filling and holding management reviews, each in one batch; knows nothing of what
 * the texts say, nor who asks. */
#include "clause5/audit/review.h"

#include <stdlib.h>
#include <string.h>

#include "audit/review_texts.h"
#include "clause5/audit/words.h"
#include "clause5/base/clock.h"
#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/query.h"
#include "clause5/store/record.h"

static struct value value_of_day(date_days day) {
    char text[DATE_TEXT_SIZE];
    date_print(day, text);
    return value_of_text(text);
}

/* Ends the batch the way it went. */
static bool end_batch(struct workbook *workbook, bool is_good, struct fault *fault) {
    is_good = is_good && edit_commit(workbook, fault);
    if (!is_good) {
        edit_abandon(workbook);
    }
    return is_good;
}

/* Returns the chair of the newest review held, else somebody of top management; 0 where nobody is.
 */
static int64_t find_chair(struct workbook *workbook, struct fault *fault) {
    static const char sql[] =
        "SELECT coalesce((SELECT n.chair FROM newest_review n JOIN present p ON p.id = n.chair),"
        " (SELECT id FROM leader ORDER BY id LIMIT 1), 0)";
    struct query *query = words_query_open(workbook, sql, fault);
    int64_t chair = query != NULL && query_step(query, fault) == 1 ? query_whole(query, 0) : 0;
    query_close(query);
    return chair;
}

static bool insert_review(struct workbook *workbook, const struct review_plan *plan, int64_t chair,
                          int64_t *id, struct fault *fault) {
    struct value values[REVIEW_FIELDS] = {
        [REVIEW_REF] = value_of_text(plan->ref),
        [REVIEW_TITLE] = value_of_text(plan->title),
        [REVIEW_KIND] = value_of_text("management review"),
        [REVIEW_PLANNED_ON] = value_of_day(plan->planned_on),
    };
    if (chair != 0) {
        values[REVIEW_CHAIR] = value_of_whole(chair);
    }
    *id = 0;
    bool is_stored = edit_insert(workbook, REGISTER_REVIEW, values, id, fault);
    values_free(values, REVIEW_FIELDS);
    return is_stored;
}

/* Whom the review is for, read before the batch begins. */
struct people {
    int64_t *items;
    size_t count, capacity;
};

static bool load_leaders(struct workbook *workbook, struct people *people, struct fault *fault) {
    struct query *query = words_query_open(workbook, "SELECT id FROM leader ORDER BY name", fault);
    int step = query == NULL ? -1 : query_step(query, fault);
    for (; step == 1; step = query_step(query, fault)) {
        people->items = memory_reserve(people->items, &people->capacity, people->count + 1,
                                       sizeof *people->items);
        people->items[people->count++] = query_whole(query, 0);
    }
    query_close(query);
    return step == 0;
}

static bool invite(struct workbook *workbook, int64_t review, const struct people *people,
                   struct fault *fault) {
    bool is_good = true;
    for (size_t i = 0; is_good && i < people->count; i++) {
        int64_t id = 0;
        struct value values[ATTENDANCE_FIELDS] = {
            [ATTENDANCE_REVIEW] = value_of_whole(review),
            [ATTENDANCE_PERSON] = value_of_whole(people->items[i]),
            [ATTENDANCE_ATTENDED] = value_of_text("no"),
        };
        is_good = edit_insert(workbook, REGISTER_ATTENDANCE, values, &id, fault);
        values_free(values, ATTENDANCE_FIELDS);
    }
    return is_good;
}

/* What filling an input may do. */
struct filling {
    struct workbook *workbook;
    int64_t review;
    const struct review_texts *texts;
    bool is_sparing;
    int filled;
};

static bool insert_input(struct filling *filling, const struct value *values, struct fault *fault) {
    int64_t id = 0;
    filling->filled++;
    return edit_insert(filling->workbook, REGISTER_REVIEW_INPUT, values, &id, fault);
}

/* Fills an input that is there; one that is dealt with stays as it is. */
static bool update_input(struct filling *filling, int64_t id, const struct value *summary,
                         struct fault *fault) {
    struct record record = {0};
    if (record_load(filling->workbook, REGISTER_REVIEW_INPUT, id, &record, fault) != LOOKUP_FOUND) {
        return false;
    }
    const struct value *before = &record.values[REVIEW_INPUT_SUMMARY];
    bool is_open = strcmp(value_text(&record.values[REVIEW_INPUT_STATE]), "open") == 0;
    bool is_kept = filling->is_sparing && before->kind != VALUE_EMPTY;
    bool is_good = true;
    if (is_open && !is_kept && !value_equals(before, summary)) {
        filling->filled++;
        is_good = edit_set(filling->workbook, &record, REVIEW_INPUT_SUMMARY, summary, fault);
    }
    record_free(&record);
    return is_good;
}

static bool fill_input(struct filling *filling, int input, struct fault *fault) {
    struct value values[REVIEW_INPUT_FIELDS] = {
        [REVIEW_INPUT_REVIEW] = value_of_whole(filling->review),
        [REVIEW_INPUT_INPUT] = value_of_text(review_input_name(input)),
        [REVIEW_INPUT_STATE] = value_of_text("open"),
        [REVIEW_INPUT_SUMMARY] = value_of_text(buffer_text(&filling->texts->inputs[input])),
    };
    int64_t id = 0;
    enum lookup found = record_find(filling->workbook, REGISTER_REVIEW_INPUT, values, &id, fault);
    bool is_good = found == LOOKUP_FOUND
                       ? update_input(filling, id, &values[REVIEW_INPUT_SUMMARY], fault)
                       : found == LOOKUP_NONE && insert_input(filling, values, fault);
    values_free(values, REVIEW_INPUT_FIELDS);
    return is_good;
}

static bool fill_inputs(struct filling *filling, struct fault *fault) {
    bool is_good = true;
    for (int input = 0; is_good && input < REVIEW_INPUTS; input++) {
        is_good = fill_input(filling, input, fault);
    }
    return is_good;
}

static bool begin(struct workbook *workbook, const char *verb, const char *ref,
                  struct fault *fault) {
    struct buffer label = {0};
    buffer_addf(&label, "%s %s", verb, ref);
    bool is_begun = edit_begin(workbook, buffer_text(&label), fault);
    buffer_free(&label);
    return is_begun;
}

bool review_start(struct workbook *workbook, const struct review_plan *plan, int64_t *id,
                  struct fault *fault) {
    struct review_texts texts = {0};
    struct people leaders = {0};
    int64_t chair = find_chair(workbook, fault);
    bool is_good = fault->kind == FAULT_NONE && review_texts_load(workbook, &texts, fault) &&
                   load_leaders(workbook, &leaders, fault) &&
                   begin(workbook, "plan", plan->ref, fault);
    if (is_good) {
        is_good =
            insert_review(workbook, plan, chair, id, fault) &&
            invite(workbook, *id, &leaders, fault) &&
            fill_inputs(&(struct filling){.workbook = workbook, .review = *id, .texts = &texts},
                        fault);
        is_good = end_batch(workbook, is_good, fault);
    }
    review_texts_free(&texts);
    free(leaders.items);
    return is_good;
}

bool review_fill(struct workbook *workbook, int64_t review, bool is_sparing, int *filled,
                 struct fault *fault) {
    struct review_texts texts = {0};
    struct record record = {0};
    struct filling filling = {
        .workbook = workbook, .review = review, .texts = &texts, .is_sparing = is_sparing};
    bool is_good = record_load(workbook, REGISTER_REVIEW, review, &record, fault) == LOOKUP_FOUND;
    if (is_good && record.values[REVIEW_HELD_ON].kind != VALUE_EMPTY) {
        is_good = fault_set(
            fault, FAULT_REFUSED, "%s was held on %s: what it had before it stays as it was",
            value_text(&record.values[REVIEW_REF]), value_text(&record.values[REVIEW_HELD_ON]));
    }
    is_good = is_good && review_texts_load(workbook, &texts, fault) &&
              begin(workbook, "fill the inputs of", value_text(&record.values[REVIEW_REF]), fault);
    if (is_good) {
        is_good = end_batch(workbook, fill_inputs(&filling, fault), fault);
    }
    *filled = filling.filled;
    review_texts_free(&texts);
    record_free(&record);
    return is_good;
}

bool review_count_inputs(struct workbook *workbook, int64_t review, struct review_count *count,
                         struct fault *fault) {
    static const char sql[] = "SELECT count(*), count(summary) FROM review_input"
                              " WHERE review = :review AND state = 'open'";
    struct query *query = query_open(workbook, sql, fault);
    if (query == NULL) {
        return false;
    }
    query_bind_whole(query, ":review", review);
    int step = query_step(query, fault);
    if (step == 1) {
        count->open = (int)query_whole(query, 0);
        count->open_with_text = (int)query_whole(query, 1);
    }
    query_close(query);
    return step == 1;
}

/* Ends each input that is still open with STATE. */
static bool end_inputs(struct workbook *workbook, int64_t review, const char *state,
                       struct fault *fault) {
    struct value end = value_of_text(state);
    bool is_good = true;
    for (int input = 0; is_good && input < REVIEW_INPUTS; input++) {
        struct record record = {0};
        int64_t id = 0;
        struct value key[REVIEW_INPUT_FIELDS] = {
            [REVIEW_INPUT_REVIEW] = value_of_whole(review),
            [REVIEW_INPUT_INPUT] = value_of_text(review_input_name(input)),
        };
        enum lookup found = record_find(workbook, REGISTER_REVIEW_INPUT, key, &id, fault);
        if (found == LOOKUP_FOUND) {
            found = record_load(workbook, REGISTER_REVIEW_INPUT, id, &record, fault);
        }
        is_good = found != LOOKUP_FAULT;
        if (found == LOOKUP_FOUND &&
            strcmp(value_text(&record.values[REVIEW_INPUT_STATE]), "open") == 0) {
            is_good = edit_set(workbook, &record, REVIEW_INPUT_STATE, &end, fault);
        }
        record_free(&record);
        values_free(key, REVIEW_INPUT_FIELDS);
    }
    value_free(&end);
    return is_good;
}

static void set_text(struct value *value, const char *text) {
    if (text != NULL) {
        value_free(value);
        *value = value_of_text(text);
    }
}

static bool store_verdicts(struct workbook *workbook, struct record *review,
                           const struct review_holding *holding, struct fault *fault) {
    value_free(&review->values[REVIEW_HELD_ON]);
    review->values[REVIEW_HELD_ON] = value_of_day(holding->on);
    set_text(&review->values[REVIEW_SUITABLE], holding->suitable);
    set_text(&review->values[REVIEW_ADEQUATE], holding->adequate);
    set_text(&review->values[REVIEW_EFFECTIVE], holding->effective);
    return edit_update(workbook, REGISTER_REVIEW, review->id, review->values, fault);
}

static bool plan_next(struct workbook *workbook, const struct record *review,
                      const struct review_holding *holding, struct fault *fault) {
    const struct value *chair = &review->values[REVIEW_CHAIR];
    int64_t id = 0;
    return holding->next_ref == NULL ||
           insert_review(workbook,
                         &(struct review_plan){.ref = holding->next_ref,
                                               .title = "Management review",
                                               .planned_on = holding->next_on},
                         chair->kind == VALUE_WHOLE ? chair->whole : 0, &id, fault);
}

bool review_hold(struct workbook *workbook, int64_t id, const struct review_holding *holding,
                 struct fault *fault) {
    struct record review = {0};
    bool is_good = record_load(workbook, REGISTER_REVIEW, id, &review, fault) == LOOKUP_FOUND;
    if (is_good && review.values[REVIEW_HELD_ON].kind != VALUE_EMPTY) {
        is_good = fault_set(fault, FAULT_REFUSED, "%s was held already, on %s",
                            value_text(&review.values[REVIEW_REF]),
                            value_text(&review.values[REVIEW_HELD_ON]));
    }
    is_good = is_good && begin(workbook, "hold", value_text(&review.values[REVIEW_REF]), fault);
    if (is_good) {
        is_good = store_verdicts(workbook, &review, holding, fault) &&
                  (holding->open_inputs_end == NULL ||
                   end_inputs(workbook, id, holding->open_inputs_end, fault)) &&
                  plan_next(workbook, &review, holding, fault);
        is_good = end_batch(workbook, is_good, fault);
    }
    record_free(&review);
    return is_good;
}

char *review_propose_ref(struct workbook *workbook, int year, struct fault *fault) {
    for (int number = 1; number < 100; number++) {
        struct buffer ref = {0};
        int64_t id = 0;
        buffer_addf(&ref, "MR-%d", year);
        if (number > 1) {
            buffer_addf(&ref, "-%d", number);
        }
        enum lookup found =
            record_find_key(workbook, REGISTER_REVIEW, buffer_text(&ref), &id, fault);
        if (found == LOOKUP_NONE) {
            return buffer_take(&ref);
        }
        buffer_free(&ref);
        if (found == LOOKUP_FAULT) {
            return NULL;
        }
    }
    fault_set(fault, FAULT_REFUSED, "There are 99 reviews of %d: give this one a ref", year);
    return NULL;
}
