/* Owns the making of a workbook out of a wreck, and the list of what is lost. Knows nothing of
 * pages (clause5/store/wreck.h).
 *
 * Rows go in with the mechanism alone and not through the rules: what breaks a rule is still the
 * user's, so the rules are asked afterwards and told. */
#include "clause5/exchange/salvage.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/exchange/out_file.h"
#include "clause5/rules/whole.h"
#include "clause5/store/batch.h"
#include "clause5/store/history.h"
#include "clause5/store/verify.h"
#include "clause5/store/wreck.h"
#include "exchange/catalogue.h"

enum { MENDING_ROUNDS = 20 };

/* Rows of one register that are lost, with ids one behind the other; empty where last_id is 0. */
struct lost_run {
    int64_t first_id, last_id;
};

/* The making of the new workbook. */
struct salvaging {
    const char *path; /* of the damaged one */
    const char *actor;
    const struct clock *clock;
    struct wreck *wreck;
    struct workbook *target;
    struct salvage *salvage;
    enum register_id register_id; /* that is read */
    int64_t id;                   /* of the row at hand */
    struct lost_run run;
    bool has_own_row;
    struct fault *fault; /* of a write that failed */
};

static void tell(struct salvaging *salvaging, const char *what, const char *why) {
    buffer_addf(&salvaging->salvage->told, "%s: %s\n", what, why);
}

/* "policy POL-001", or by its id. */
static void name_row(struct salvaging *salvaging, const struct value *values, struct buffer *name) {
    const struct register_description *described = register_describe(salvaging->register_id);
    const int key = described->key_count > 0 ? described->key[0] : 0;
    buffer_addf(name, "%s ", described->singular);
    if (values != NULL && values[key].kind == VALUE_TEXT) {
        buffer_add(name, value_text(&values[key]));
    } else {
        buffer_addf(name, "with the id %lld", (long long)salvaging->id);
    }
}

static void tell_row(struct salvaging *salvaging, const struct value *values, const char *why) {
    struct buffer name = {0};
    name_row(salvaging, values, &name);
    tell(salvaging, buffer_text(&name), why);
    buffer_free(&name);
}

/* Bytes that are no text become question marks, and are told. */
static void mend_text(struct salvaging *salvaging, struct value *values, int field) {
    struct value *value = &values[field];
    size_t at;
    bool is_mended = false;
    if (value->kind != VALUE_TEXT) {
        return;
    }
    while ((at = text_find_invalid(value->text, value->len_bytes)) < value->len_bytes) {
        value->text[at] = '?';
        is_mended = true;
    }
    if (is_mended) {
        struct buffer why = {0};
        buffer_addf(&why, "%s held bytes that are no text; they are ? now",
                    register_describe(salvaging->register_id)->fields[field].label);
        tell_row(salvaging, values, buffer_text(&why));
        buffer_free(&why);
    }
}

/* Puts the row in. A field that forbids it is emptied and told, until it fits or cannot. */
static bool insert_row(struct salvaging *salvaging, struct value *values) {
    struct fault refusal = {0};
    int64_t id = salvaging->id;
    for (int tries = 0; tries <= REGISTER_FIELDS_MOST; tries++) {
        fault_clear(&refusal);
        if (batch_insert(salvaging->target, salvaging->register_id, values, &id, &refusal)) {
            salvaging->salvage->rows++;
            return true;
        }
        int field = fault_field(&refusal);
        if (refusal.kind != FAULT_REFUSED) {
            *salvaging->fault = refusal;
            return false;
        }
        if (field < 0 || values[field].kind == VALUE_EMPTY) {
            break;
        }
        tell_row(salvaging, values, fault_text(&refusal));
        value_free(&values[field]);
        values[field] = (struct value){0};
    }
    salvaging->salvage->lost++;
    tell_row(salvaging, values, fault_text(&refusal));
    fault_clear(&refusal);
    return true;
}

static bool take_row(void *context, int64_t id, struct value *values) {
    struct salvaging *salvaging = context;
    const int count = register_describe(salvaging->register_id)->field_count;
    salvaging->id = id;
    for (int field = 0; field < count; field++) {
        mend_text(salvaging, values, field);
    }
    /* What ships with the program is in already. */
    if (salvaging->register_id == REGISTER_REQUIREMENT &&
        id == record_shipped_id(value_text(&values[REQUIREMENT_REF]))) {
        return true;
    }
    salvaging->has_own_row |= salvaging->register_id == REGISTER_WORKBOOK;
    return insert_row(salvaging, values);
}

/* Tells the lost rows that were noted so far and have ids one behind the other. */
static void tell_run(struct salvaging *salvaging) {
    const struct register_description *described = register_describe(salvaging->register_id);
    struct lost_run *run = &salvaging->run;
    const long long count = (long long)run->last_id - run->first_id + 1;
    struct buffer *told = &salvaging->salvage->told;
    if (run->last_id == 0) {
        return;
    }
    if (count == 1) {
        buffer_addf(told, "%s with the id %lld: cannot be read\n", described->singular,
                    (long long)run->first_id);
    } else {
        buffer_addf(told, "%s: %lld records, with the ids %lld to %lld, cannot be read\n",
                    described->label, count, (long long)run->first_id, (long long)run->last_id);
    }
    *run = (struct lost_run){0};
}

static void note_lost(struct salvaging *salvaging, int64_t id, const char *key) {
    struct lost_run *run = &salvaging->run;
    salvaging->salvage->lost++;
    if (key != NULL || id != run->last_id + 1) {
        tell_run(salvaging);
    }
    if (key != NULL) {
        buffer_addf(&salvaging->salvage->told, "%s %s: cannot be read\n",
                    register_describe(salvaging->register_id)->singular, key);
    } else {
        run->first_id = run->last_id == 0 ? id : run->first_id;
        run->last_id = id;
    }
}

/* A line that ships with the program is there again, whatever became of it, and of the workbook's
 * own row more is said elsewhere. */
static void take_lost(void *context, int64_t id, const char *key) {
    struct salvaging *salvaging = context;
    struct record record = {0};
    struct fault unread = {0};
    bool is_there = salvaging->register_id == REGISTER_WORKBOOK ||
                    (salvaging->register_id == REGISTER_REQUIREMENT &&
                     record_load(salvaging->target, REGISTER_REQUIREMENT, id, &record, &unread) ==
                         LOOKUP_FOUND);
    record_free(&record);
    fault_clear(&unread);
    if (!is_there && id != 0) {
        note_lost(salvaging, id, key);
    } else if (!is_there) {
        buffer_addf(&salvaging->salvage->told,
                    "%s: a part of the table cannot be read, and nothing says what stood there\n",
                    register_describe(salvaging->register_id)->label);
    }
}

/* The workbook's own row must be there: with the name of the file where it is lost. */
static bool ensure_own_row(struct salvaging *salvaging) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    int64_t id = WORKBOOK_ROW_ID;
    if (salvaging->has_own_row) {
        return true;
    }
    const char *slash = strrchr(salvaging->path, '/');
    values[WORKBOOK_ORGANISATION] = value_of_text(slash == NULL ? salvaging->path : slash + 1);
    bool is_stored =
        batch_insert(salvaging->target, REGISTER_WORKBOOK, values, &id, salvaging->fault);
    tell(salvaging, "workbook",
         "the organisation and what else stands in the workbook's own row cannot be read");
    values_free(values, REGISTER_FIELDS_MOST);
    return is_stored;
}

static bool read_registers(struct salvaging *salvaging) {
    const struct wreck_visitor visitor = {.row = take_row, .lost = take_lost, .context = salvaging};
    for (int id = 0; id < REGISTER_COUNT; id++) {
        salvaging->register_id = (enum register_id)id;
        if (!wreck_read(salvaging->wreck, (enum register_id)id, &visitor, salvaging->fault)) {
            return false;
        }
        tell_run(salvaging);
        if (id == REGISTER_WORKBOOK && !ensure_own_row(salvaging)) {
            return false;
        }
    }
    return true;
}

/* References that lead nowhere, gathered before anything is changed. */
struct broken {
    struct broken_place {
        enum register_id register_id;
        int64_t id;
        int field;
    } * items;
    size_t count, capacity;
};

static bool note_broken(void *context, enum register_id register_id, int64_t id, int field) {
    struct broken *broken = context;
    broken->items =
        memory_reserve(broken->items, &broken->capacity, broken->count + 1, sizeof *broken->items);
    broken->items[broken->count++] =
        (struct broken_place){.register_id = register_id, .id = id, .field = field};
    return true;
}

/* Empties the reference where that is allowed, else takes the record out. */
static bool mend_reference(struct salvaging *salvaging, const struct broken_place *place) {
    struct record record = {0};
    struct buffer why = {0};
    enum lookup found =
        record_load(salvaging->target, place->register_id, place->id, &record, salvaging->fault);
    if (found != LOOKUP_FOUND || place->field < 0) {
        record_free(&record);
        return found == LOOKUP_NONE; /* it went with another */
    }
    const struct field *field = &register_describe(place->register_id)->fields[place->field];
    bool is_kept = (field->flags & FIELD_REQUIRED) == 0;
    salvaging->register_id = place->register_id;
    salvaging->id = place->id;
    buffer_addf(&why,
                is_kept ? "%s is empty now, since what it named is lost"
                        : "is left out, since its %s is lost",
                field->label);
    tell_row(salvaging, record.values, buffer_text(&why));
    buffer_free(&why);
    bool is_good;
    if (is_kept) {
        value_free(&record.values[place->field]);
        record.values[place->field] = (struct value){0};
        is_good = batch_update(salvaging->target, place->register_id, place->id, record.values,
                               salvaging->fault);
    } else {
        salvaging->salvage->lost++;
        salvaging->salvage->rows--;
        is_good = batch_delete(salvaging->target, place->register_id, place->id, salvaging->fault);
    }
    record_free(&record);
    return is_good;
}

/* What leads nowhere is mended until nothing does: a record that is taken out may be named. */
static bool mend_references(struct salvaging *salvaging) {
    bool is_good = true;
    size_t count = 1;
    for (int round = 0; round < MENDING_ROUNDS && is_good && count > 0; round++) {
        struct broken broken = {0};
        const struct broken_visitor visitor = {.visit = note_broken, .context = &broken};
        is_good = verify_visit_broken(salvaging->target, &visitor, salvaging->fault);
        for (size_t i = 0; i < broken.count && is_good; i++) {
            is_good = mend_reference(salvaging, &broken.items[i]);
        }
        count = broken.count;
        free(broken.items);
    }
    return is_good;
}

static void tell_breach(void *context, enum register_id register_id, int64_t id,
                        const struct fault *breach) {
    struct salvaging *salvaging = context;
    struct record record = {0};
    struct fault unread = {0};
    salvaging->register_id = register_id;
    salvaging->id = id;
    bool is_read =
        record_load(salvaging->target, register_id, id, &record, &unread) == LOOKUP_FOUND;
    tell_row(salvaging, is_read ? record.values : NULL, fault_text(breach));
    record_free(&record);
    fault_clear(&unread);
}

static bool fill_target(struct salvaging *salvaging) {
    const struct breach_visitor breaches = {.visit = tell_breach, .context = salvaging};
    struct buffer label = {0};
    const char *slash = strrchr(salvaging->path, '/');
    buffer_addf(&label, "salvage what could be read of %s",
                slash == NULL ? salvaging->path : slash + 1);
    workbook_set_actor(salvaging->target, salvaging->actor);
    bool is_good = batch_begin(salvaging->target, buffer_text(&label), salvaging->fault);
    if (is_good) {
        history_mark_founding(salvaging->target);
        is_good = catalogue_insert(salvaging->target, salvaging->fault) &&
                  read_registers(salvaging) && mend_references(salvaging) &&
                  batch_commit(salvaging->target, salvaging->fault);
    }
    buffer_free(&label);
    return is_good && whole_check(salvaging->target, &breaches, salvaging->fault) >= 0;
}

/* Makes the target with the whole history where all of it can be read. */
static bool copy_whole(struct salvaging *salvaging) {
    struct fault reason = {0};
    const char *path = buffer_text(&salvaging->salvage->path);
    salvaging->target = workbook_create(path, salvaging->clock, salvaging->fault);
    if (salvaging->target == NULL) {
        return false;
    }
    if (wreck_copy_whole(salvaging->wreck, salvaging->target, &reason)) {
        salvaging->salvage->has_history = true;
        return true;
    }
    fault_clear(&reason);
    workbook_close(salvaging->target);
    salvaging->target = workbook_create(path, salvaging->clock, salvaging->fault);
    return salvaging->target != NULL && fill_target(salvaging);
}

/* Names the new workbook beside the damaged one, and its list. */
static void name_target(const char *path, struct salvage *salvage) {
    const size_t len_bytes = strlen(path);
    const size_t stem_bytes =
        len_bytes > 3 && strcmp(path + len_bytes - 3, ".c5") == 0 ? len_bytes - 3 : len_bytes;
    for (int i = 1;; i++) {
        struct buffer stem = {0};
        buffer_append(&stem, path, stem_bytes);
        buffer_add(&stem, "-salvaged");
        if (i > 1) {
            buffer_addf(&stem, "-%d", i);
        }
        buffer_clear(&salvage->path);
        buffer_clear(&salvage->list);
        buffer_addf(&salvage->path, "%s.c5", buffer_text(&stem));
        buffer_addf(&salvage->list, "%s.txt", buffer_text(&stem));
        buffer_free(&stem);
        if (access(buffer_text(&salvage->path), F_OK) != 0 &&
            access(buffer_text(&salvage->list), F_OK) != 0) {
            return;
        }
    }
}

static void begin_list(const struct salvaging *salvaging, struct buffer *out) {
    const struct salvage *salvage = salvaging->salvage;
    buffer_addf(out, "Salvaged from %s into %s\n\n", salvaging->path, buffer_text(&salvage->path));
    if (salvage->has_history) {
        buffer_add(out, "Nothing is lost: every record was read, and the history proves it.\n");
        return;
    }
    buffer_addf(
        out,
        "%lld records could be read, %lld that are known of could not. The history could not be proven, so a "
        "new one begins; the damaged file still holds what is left of the old one.\n",
        (long long)salvage->rows, (long long)salvage->lost);
    if (wreck_has_lost_schema(salvaging->wreck)) {
        buffer_add(out, "The beginning of the file was lost; the tables were looked for where "
                        "every workbook has them.\n");
    }
    buffer_add(out, salvage->told.len_bytes > 0
                        ? "\nWhat could not be read, or does not fit any more:\n\n"
                        : "\nNothing that was found had to be left out.\n");
}

/* Writes the list beside the new workbook, and keeps it as it is. */
static bool write_list(const struct salvaging *salvaging) {
    struct salvage *salvage = salvaging->salvage;
    const struct out_target target = {.path = buffer_text(&salvage->list)};
    struct buffer text = {0};
    begin_list(salvaging, &text);
    buffer_add(&text, buffer_text(&salvage->told));
    struct out_file *file = out_file_open(&target, salvaging->fault);
    bool is_written = file != NULL;
    if (is_written) {
        out_file_write(file, text.bytes, text.len_bytes);
        is_written = out_file_publish(file, salvaging->fault);
    }
    buffer_free(&salvage->told);
    salvage->told = text;
    return is_written;
}

bool salvage_workbook(const char *path, const char *actor, const struct clock *clock,
                      struct salvage *salvage, struct fault *fault) {
    struct salvaging salvaging = {
        .path = path, .actor = actor, .clock = clock, .salvage = salvage, .fault = fault};
    *salvage = (struct salvage){0};
    name_target(path, salvage);
    salvaging.wreck = wreck_open(path, clock, fault);
    bool is_made = salvaging.wreck != NULL && copy_whole(&salvaging);
    if (is_made && !salvage->has_history && salvage->rows == 0) {
        is_made = fault_set(fault, FAULT_FAILED,
                            "%s: not a single record can be read of it, so nothing was made", path);
    }
    is_made = is_made && write_list(&salvaging);
    if (is_made) {
        is_made = workbook_publish(salvaging.target, fault);
    } else {
        workbook_close(salvaging.target);
    }
    wreck_close(salvaging.wreck);
    return is_made;
}

void salvage_free(struct salvage *salvage) {
    buffer_free(&salvage->path);
    buffer_free(&salvage->list);
    buffer_free(&salvage->told);
}
