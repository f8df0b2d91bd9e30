/* Owns deleting and saying beforehand what a deletion does; what it takes along is found by
 * deletion.c. */
#include "clause5/rules/edit.h"

#include <stdlib.h>

#include "clause5/store/batch.h"
#include "rules/deletion.h"
#include "rules/nouns.h"
#include "rules/row.h"

static bool empty_reference(struct workbook *workbook, const struct mention *loss,
                            struct fault *fault) {
    struct record record = {0};
    enum lookup found =
        record_load(workbook, loss->holder.register_id, loss->holder.id, &record, fault);
    if (found != LOOKUP_FOUND) {
        return found == LOOKUP_NONE;
    }
    value_free(&record.values[loss->field]);
    bool is_stored =
        batch_update(workbook, loss->holder.register_id, loss->holder.id, record.values, fault);
    record_free(&record);
    return is_stored;
}

/* Rows that hold others in their keys come after them in the list, and go first. */
static bool deletion_carry_out(const struct deletion *plan, struct workbook *workbook,
                               struct fault *fault) {
    for (size_t i = 0; i < plan->losses.count; i++) {
        const struct mention *loss = &plan->losses.items[i];
        if (!record_set_has(&plan->doomed, loss->holder.register_id, loss->holder.id) &&
            !empty_reference(workbook, loss, fault)) {
            return false;
        }
    }
    for (size_t i = plan->doomed.count; i > 0; i--) {
        const struct record_name *doomed = &plan->doomed.items[i - 1];
        if (!batch_delete(workbook, doomed->register_id, doomed->id, fault)) {
            return false;
        }
    }
    return true;
}

bool edit_delete(struct workbook *workbook, enum register_id register_id, int64_t id,
                 struct fault *fault) {
    struct deletion plan = {0};
    struct record_name record = {.register_id = register_id, .id = id};
    bool is_deleted =
        deletion_plan(&plan, workbook, record, fault) && deletion_carry_out(&plan, workbook, fault);
    deletion_free(&plan);
    return is_deleted;
}

/* Puts what stands between the parts of a list, the last one after "and". */
static void add_separator(struct buffer *out, int place, int count) {
    if (place > 0) {
        buffer_add(out, place == count - 1 ? " and " : ", ");
    }
}

/* "12 acknowledgements and 2 versions go with it" */
static void describe_doomed(const struct deletion *plan, struct buffer *out) {
    int64_t counts[REGISTER_COUNT] = {0};
    int kinds = 0;
    for (size_t i = 1; i < plan->doomed.count; i++) {
        kinds += counts[plan->doomed.items[i].register_id]++ == 0;
    }
    int place = 0;
    for (int id = 0; id < REGISTER_COUNT; id++) {
        if (counts[id] > 0) {
            add_separator(out, place++, kinds);
            noun_add_count(out, (enum register_id)id, counts[id]);
        }
    }
    if (kinds > 0) {
        buffer_add(out, plan->doomed.count == 2 ? " goes with it" : " go with it");
    }
}

/* Counts the fields that are lost in rows that stay. */
static int count_losses(const struct deletion *plan,
                        int64_t counts[REGISTER_COUNT][REGISTER_FIELDS_MOST]) {
    int kinds = 0;
    for (size_t i = 0; i < plan->losses.count; i++) {
        const struct mention *loss = &plan->losses.items[i];
        if (!record_set_has(&plan->doomed, loss->holder.register_id, loss->holder.id)) {
            kinds += counts[loss->holder.register_id][loss->field]++ == 0;
        }
    }
    return kinds;
}

/* "3 objectives lose their policy" */
static void describe_losses(const struct deletion *plan, struct buffer *out) {
    int64_t counts[REGISTER_COUNT][REGISTER_FIELDS_MOST] = {{0}};
    int kinds = count_losses(plan, counts);
    int place = 0;
    for (int id = 0; id < REGISTER_COUNT; id++) {
        for (int field = 0; field < REGISTER_FIELDS_MOST; field++) {
            int64_t count = counts[id][field];
            if (count == 0) {
                continue;
            }
            char *noun = row_field_noun((enum register_id)id, field);
            add_separator(out, place++, kinds);
            noun_add_count(out, (enum register_id)id, count);
            buffer_addf(out, count == 1 ? " loses its %s" : " lose their %s", noun);
            free(noun);
        }
    }
}

bool edit_describe_delete(struct workbook *workbook, enum register_id register_id, int64_t id,
                          struct buffer *out, struct fault *fault) {
    struct deletion plan = {0};
    struct record_name record = {.register_id = register_id, .id = id};
    bool is_allowed = deletion_plan(&plan, workbook, record, fault);
    if (is_allowed) {
        struct buffer losses = {0};
        size_t start = out->len_bytes;
        describe_doomed(&plan, out);
        describe_losses(&plan, &losses);
        if (losses.len_bytes > 0) {
            buffer_addf(out, "%s%s", out->len_bytes > start ? "; " : "", buffer_text(&losses));
        }
        if (out->len_bytes == start) {
            buffer_add(out, "nothing else goes with it");
        }
        buffer_free(&losses);
    }
    deletion_free(&plan);
    return is_allowed;
}
