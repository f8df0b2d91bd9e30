/* Owns the records of samples and the numbering of a register's rows; the draw is sample_draw.c. */
#include "clause5/audit/sample.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/date.h"
#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/query.h"
#include "clause5/store/record.h"

static const char *const method_words[] = {
    [SAMPLE_RANDOM] = "random", [SAMPLE_JUDGEMENT] = "judgement", [SAMPLE_ALL] = "all"};
_Static_assert(COUNT(method_words) == SAMPLE_METHODS, "one word per method");

/* What stands before a register's name in the note of a sample. */
static const char from_register[] = "From the register ";

/* A row with its key. */
struct keyed_row {
    char *key;
    int64_t id;
};

static int compare_keys(const void *a, const void *b) {
    const struct keyed_row *left = a;
    const struct keyed_row *right = b;
    return strcmp(left->key, right->key);
}

/* Reads all rows with their keys. Returns how many, -1 with the fault. */
static int read_keyed(struct workbook *workbook, enum register_id register_id,
                      struct keyed_row **rows, struct fault *fault) {
    struct buffer sql = {0};
    size_t count = 0;
    size_t capacity = 0;
    int step;
    buffer_addf(&sql, "SELECT id FROM \"%s\"", register_describe(register_id)->name);
    struct query *query = query_open(workbook, buffer_text(&sql), fault);
    while ((step = query == NULL ? -1 : query_step(query, fault)) == 1) {
        struct buffer key = {0};
        int64_t id = query_whole(query, 0);
        *rows = memory_reserve(*rows, &capacity, count + 1, sizeof **rows);
        if (record_print_key_of(workbook, register_id, id, &key, fault) == LOOKUP_FAULT) {
            step = -1;
        }
        (*rows)[count++] = (struct keyed_row){.key = buffer_take(&key), .id = id};
        if (step < 0 || count > SAMPLE_POPULATION_MOST) {
            break;
        }
    }
    query_close(query);
    buffer_free(&sql);
    if (count > 1) {
        qsort(*rows, count, sizeof **rows, compare_keys);
    }
    for (size_t i = 0; i < count; i++) {
        free((*rows)[i].key);
    }
    return step < 0 ? -1 : (int)count;
}

int sample_read_rows(struct workbook *workbook, enum register_id register_id, int64_t **ids,
                     struct fault *fault) {
    struct keyed_row *rows = NULL;
    int count = read_keyed(workbook, register_id, &rows, fault);
    *ids = memory_zero(count > 0 ? (size_t)count : 1, sizeof **ids);
    for (int i = 0; i < count; i++) {
        (*ids)[i] = rows[i].id;
    }
    free(rows);
    return count;
}

/* The audit and the requirement of a line, which a sample names. */
static bool read_line(struct workbook *workbook, int64_t assessment, struct value *values,
                      struct fault *fault) {
    struct record line = {0};
    enum lookup found = record_load(workbook, REGISTER_ASSESSMENT, assessment, &line, fault);
    if (found != LOOKUP_FOUND) {
        return found == LOOKUP_NONE &&
               fault_set(fault, FAULT_REFUSED, "the line is no longer in the round");
    }
    char today[DATE_TEXT_SIZE];
    workbook_print_today(workbook, today);
    values[SAMPLE_AUDIT] = value_copy(&line.values[ASSESSMENT_AUDIT]);
    values[SAMPLE_REQUIREMENT] = value_copy(&line.values[ASSESSMENT_REQUIREMENT]);
    values[SAMPLE_DRAWN_ON] = value_of_text(today);
    record_free(&line);
    return true;
}

int64_t sample_of_today(struct workbook *workbook, int64_t assessment, struct fault *fault) {
    struct value values[SAMPLE_FIELDS] = {0};
    int64_t id = 0;
    bool is_good = read_line(workbook, assessment, values, fault);
    enum lookup found =
        is_good ? record_find(workbook, REGISTER_SAMPLE, values, &id, fault) : LOOKUP_FAULT;
    values_free(values, SAMPLE_FIELDS);
    return found == LOOKUP_FOUND ? id : found == LOOKUP_NONE ? 0 : -1;
}

/* From what and how: read again by sample_register_of. */
static void print_note(const struct sample_plan *plan, struct buffer *out) {
    if (plan->register_id != REGISTER_NONE) {
        buffer_addf(out, "%s%s, its rows numbered in the order of their keys.", from_register,
                    register_describe(plan->register_id)->name);
    } else {
        buffer_addf(out, "From a list numbered 1 to %d.", plan->population);
    }
    if (plan->method == SAMPLE_RANDOM) {
        buffer_addf(out,
                    " Draw sha256-rank: the %zu numbers with the smallest SHA-256 of the text "
                    "%s:NUMBER.",
                    plan->items->count, plan->seed);
    }
}

enum register_id sample_register_of(const char *note) {
    const char *place = strstr(note, from_register);
    if (place == NULL) {
        return REGISTER_NONE;
    }
    place += sizeof from_register - 1;
    char *name = memory_copy_bytes(place, strcspn(place, ", "));
    enum register_id found = register_find(name);
    free(name);
    return found;
}

static void fill_sample(const struct sample_plan *plan, struct value *values) {
    struct buffer drawn = {0};
    struct buffer note = {0};
    sample_print_items(plan->items, &drawn);
    print_note(plan, &note);
    values[SAMPLE_POPULATION] = value_of_whole(plan->population);
    values[SAMPLE_SIZE] = value_of_whole((int64_t)plan->items->count);
    values[SAMPLE_METHOD] = value_of_text(method_words[plan->method]);
    values[SAMPLE_SEED] = value_of_text(plan->method == SAMPLE_RANDOM ? plan->seed : "");
    values[SAMPLE_DRAWN] = value_of_text(buffer_text(&drawn));
    values[SAMPLE_NOTE] = value_of_text(buffer_text(&note));
    buffer_free(&drawn);
    buffer_free(&note);
}

static bool begin(struct workbook *workbook, const struct sample_plan *plan, struct fault *fault) {
    struct buffer label = {0};
    buffer_addf(&label, "sample %zu of %d for ", plan->items->count, plan->population);
    bool is_begun = record_print_key_of(workbook, REGISTER_ASSESSMENT, plan->assessment, &label,
                                        fault) == LOOKUP_FOUND &&
                    edit_begin(workbook, buffer_text(&label), fault);
    buffer_free(&label);
    return is_begun;
}

bool sample_store(struct workbook *workbook, const struct sample_plan *plan, int64_t *id,
                  struct fault *fault) {
    struct value values[SAMPLE_FIELDS] = {0};
    *id = sample_of_today(workbook, plan->assessment, fault);
    bool is_stored = *id >= 0 && read_line(workbook, plan->assessment, values, fault) &&
                     begin(workbook, plan, fault);
    if (is_stored) {
        fill_sample(plan, values);
        is_stored = (*id != 0 ? edit_update(workbook, REGISTER_SAMPLE, *id, values, fault)
                              : edit_insert(workbook, REGISTER_SAMPLE, values, id, fault)) &&
                    edit_commit(workbook, fault);
        if (!is_stored) {
            edit_abandon(workbook);
        }
    }
    values_free(values, SAMPLE_FIELDS);
    return is_stored;
}
