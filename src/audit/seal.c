/* Owns the sealing of files and the look at seals; knows nothing of how digests are made. */
#include "clause5/audit/seal.h"

#include <stdlib.h>
#include <string.h>

#include "audit/seal_fields.h"
#include "clause5/base/buffer.h"
#include "clause5/base/date.h"
#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/batch.h"
#include "clause5/store/file_digest.h"
#include "clause5/store/query.h"
#include "clause5/store/record.h"

static const char *const state_words[] = {
    [SEAL_UNCHANGED] = "unchanged",
    [SEAL_CHANGED] = "changed",
    [SEAL_MISSING] = "missing",
    [SEAL_UNREADABLE] = "unreadable",
};
_Static_assert(COUNT(state_words) == SEAL_STATES, "one word per state");

const char *seal_state_word(enum seal_state state) {
    return state_words[state];
}

static const struct seal_fields sealed[] = {
    {.register_id = REGISTER_EVIDENCE,
     .location = EVIDENCE_LOCATION,
     .sha256 = EVIDENCE_SHA256,
     .size_bytes = EVIDENCE_SIZE_BYTES,
     .expires_on = EVIDENCE_EXPIRES_ON,
     .verified_on = EVIDENCE_VERIFIED_ON,
     .verified_state = EVIDENCE_VERIFIED_STATE},
    {.register_id = REGISTER_POLICY_VERSION,
     .location = POLICY_VERSION_LOCATION,
     .sha256 = POLICY_VERSION_SHA256,
     .size_bytes = POLICY_VERSION_SIZE_BYTES,
     .expires_on = -1,
     .verified_on = -1,
     .verified_state = -1},
};

size_t seal_fields_count(void) {
    return COUNT(sealed);
}

const struct seal_fields *seal_fields_at(size_t index) {
    return &sealed[index];
}

static const struct seal_fields *fields_of(enum register_id register_id) {
    for (size_t i = 0; i < COUNT(sealed); i++) {
        if (sealed[i].register_id == register_id) {
            return &sealed[i];
        }
    }
    return NULL;
}

static void set_value(struct value *value, struct value with) {
    value_free(value);
    *value = with;
}

static void set_day(struct workbook *workbook, struct value *value) {
    char today[DATE_TEXT_SIZE];
    workbook_print_today(workbook, today);
    set_value(value, value_of_text(today));
}

/* Loads a record that has to be there. */
static bool load(struct workbook *workbook, enum register_id register_id, int64_t id,
                 struct record *record, struct fault *fault) {
    enum lookup found = record_load(workbook, register_id, id, record, fault);
    if (found == LOOKUP_NONE) {
        fault_set(fault, FAULT_REFUSED, "the %s is no longer there: go back to the list",
                  register_describe(register_id)->singular);
    }
    return found == LOOKUP_FOUND;
}

/* Refuses a location that no file can be read from. */
static bool check_location(const char *location, struct fault *fault) {
    if (location[0] == '\0') {
        return fault_set(fault, FAULT_REFUSED,
                         "there is no location to seal: say where the file lies");
    }
    return strstr(location, "://") == NULL ||
           fault_set(fault, FAULT_REFUSED,
                     "%s is a web address, which cannot be sealed: save it as a file and name that",
                     location);
}

static bool read_digest(struct workbook *workbook, const char *location, struct file_digest *digest,
                        struct fault *fault) {
    if (!check_location(location, fault)) {
        return false;
    }
    enum lookup found = file_digest_read(workbook, location, digest, fault);
    return found == LOOKUP_FOUND ||
           (found == LOOKUP_NONE &&
            fault_set(fault, FAULT_REFUSED, "%s is not there: name the file where it lies now",
                      location));
}

/* Stores the record in the open batch, else in one of its own. */
static bool store(struct workbook *workbook, const struct record *record, const char *verb,
                  struct fault *fault) {
    bool owns_batch = !batch_is_open(workbook);
    struct buffer label = {0};
    buffer_addf(&label, "%s ", verb);
    bool is_stored =
        record_print_key(workbook, record, &label, fault) &&
        (!owns_batch || edit_begin(workbook, buffer_text(&label), fault)) &&
        edit_update(workbook, record->register_id, record->id, record->values, fault) &&
        (!owns_batch || edit_commit(workbook, fault));
    if (!is_stored && owns_batch) {
        edit_abandon(workbook);
    }
    buffer_free(&label);
    return is_stored;
}

bool seal_record(struct workbook *workbook, enum register_id register_id, int64_t id,
                 struct fault *fault) {
    const struct seal_fields *fields = fields_of(register_id);
    struct record record = {0};
    struct file_digest digest;
    if (fields == NULL) {
        return fault_set(fault, FAULT_REFUSED, "records of %s have no file to seal",
                         register_describe(register_id)->label);
    }
    bool is_sealed =
        load(workbook, register_id, id, &record, fault) &&
        read_digest(workbook, value_text(&record.values[fields->location]), &digest, fault);
    if (is_sealed) {
        set_value(&record.values[fields->sha256], value_of_text(digest.sha256));
        set_value(&record.values[fields->size_bytes], value_of_whole(digest.size_bytes));
        if (fields->verified_on >= 0) {
            set_day(workbook, &record.values[fields->verified_on]);
            set_value(&record.values[fields->verified_state],
                      value_of_text(state_words[SEAL_UNCHANGED]));
        }
        is_sealed = store(workbook, &record, "seal", fault);
    }
    record_free(&record);
    return is_sealed;
}

/* The look at all seals, or one. */
struct seal_walk {
    struct workbook *workbook;
    const struct seal_visitor *visitor;
    bool wants_more;
    int count;
};

/* Compares the file with the seal. False where the user stopped it. */
static bool compare_file(struct seal_walk *walk, const struct seal_fields *fields,
                         const struct record *record, struct seal_look *look,
                         struct fault *reason) {
    const struct value *size = &record->values[fields->size_bytes];
    struct file_digest digest;
    if (!check_location(look->location, reason)) {
        look->state = SEAL_UNREADABLE;
        return true;
    }
    switch (file_digest_read(walk->workbook, look->location, &digest, reason)) {
    case LOOKUP_FAULT:
        look->state = SEAL_UNREADABLE;
        return reason->kind != FAULT_STOPPED;
    case LOOKUP_NONE:
        look->state = SEAL_MISSING;
        return true;
    case LOOKUP_FOUND:
        break;
    }
    bool is_same = strcmp(digest.sha256, value_text(&record->values[fields->sha256])) == 0 &&
                   (size->kind != VALUE_WHOLE || size->whole == digest.size_bytes);
    look->state = is_same ? SEAL_UNCHANGED : SEAL_CHANGED;
    return true;
}

/* Keeps the day and the state with the record, in the open batch. */
static bool keep_state(struct seal_walk *walk, const struct seal_fields *fields,
                       struct record *record, enum seal_state state, struct fault *fault) {
    if (fields->verified_on < 0 || state == SEAL_UNREADABLE || !batch_is_open(walk->workbook)) {
        return true;
    }
    set_day(walk->workbook, &record->values[fields->verified_on]);
    set_value(&record->values[fields->verified_state], value_of_text(state_words[state]));
    return edit_update(walk->workbook, record->register_id, record->id, record->values, fault);
}

static void note_expiry(const struct workbook *workbook, const struct seal_fields *fields,
                        const struct record *record, struct seal_look *look) {
    date_days day;
    if (fields->expires_on < 0 || record->values[fields->expires_on].kind == VALUE_EMPTY) {
        return;
    }
    look->expires_on = value_text(&record->values[fields->expires_on]);
    look->is_expired = date_parse(look->expires_on, &day) && day < workbook_today(workbook);
}

static bool look_at(struct seal_walk *walk, const struct seal_fields *fields, struct record *record,
                    struct fault *fault) {
    struct buffer key = {0};
    struct fault reason = {0};
    struct seal_look look = {.register_id = record->register_id,
                             .id = record->id,
                             .location = value_text(&record->values[fields->location])};
    bool is_good = record_print_key(walk->workbook, record, &key, fault);
    look.record = buffer_text(&key);
    note_expiry(walk->workbook, fields, record, &look);
    if (is_good && !compare_file(walk, fields, record, &look, &reason)) {
        is_good = fault_set(fault, FAULT_STOPPED, "%s", fault_text(&reason));
    }
    look.reason = fault_text(&reason);
    if (is_good) {
        walk->count++;
        walk->wants_more = walk->visitor->visit(walk->visitor->context, &look);
        is_good = keep_state(walk, fields, record, look.state, fault);
    }
    fault_clear(&reason);
    buffer_free(&key);
    return is_good;
}

static bool look_at_id(struct seal_walk *walk, const struct seal_fields *fields, int64_t id,
                       struct fault *fault) {
    struct record record = {0};
    bool is_good = load(walk->workbook, fields->register_id, id, &record, fault);
    if (is_good && record.values[fields->sha256].kind == VALUE_EMPTY) {
        is_good = fault_set(fault, FAULT_REFUSED, "it is not sealed: seal it first");
    } else if (is_good) {
        is_good = look_at(walk, fields, &record, fault);
    }
    record_free(&record);
    return is_good;
}

/* Looks at the sealed records of one register. Their ids are read before anything is written. */
static bool look_at_register(struct seal_walk *walk, const struct seal_fields *fields,
                             struct fault *fault) {
    const struct register_description *described = register_describe(fields->register_id);
    struct buffer sql = {0};
    int64_t *ids = NULL;
    size_t count = 0;
    size_t capacity = 0;
    buffer_addf(&sql, "SELECT id FROM \"%s\" WHERE sha256 IS NOT NULL ORDER BY \"%s\", id",
                described->name, described->fields[described->key[0]].name);
    struct query *query = query_open(walk->workbook, buffer_text(&sql), fault);
    int step;
    while ((step = query == NULL ? -1 : query_step(query, fault)) == 1) {
        ids = memory_reserve(ids, &capacity, count + 1, sizeof *ids);
        ids[count++] = query_whole(query, 0);
    }
    query_close(query);
    buffer_free(&sql);
    bool is_good = step == 0;
    for (size_t i = 0; i < count && is_good && walk->wants_more; i++) {
        is_good = look_at_id(walk, fields, ids[i], fault);
    }
    free(ids);
    return is_good;
}

/* Runs the look in a batch where the workbook can be written to. */
static int run_walk(struct seal_walk *walk,
                    bool (*look)(struct seal_walk *walk, const void *what, struct fault *fault),
                    const void *what, struct fault *fault) {
    bool owns_batch = workbook_is_writable(walk->workbook) && !batch_is_open(walk->workbook);
    bool is_good = (!owns_batch || edit_begin(walk->workbook, "verify evidence", fault)) &&
                   look(walk, what, fault) && (!owns_batch || edit_commit(walk->workbook, fault));
    if (!is_good && owns_batch) {
        edit_abandon(walk->workbook);
    }
    return is_good ? walk->count : -1;
}

static bool look_at_all(struct seal_walk *walk, const void *what, struct fault *fault) {
    bool is_good = true;
    (void)what;
    for (size_t i = 0; i < COUNT(sealed) && is_good; i++) {
        is_good = look_at_register(walk, &sealed[i], fault);
    }
    return is_good;
}

int seal_verify_all(struct workbook *workbook, const struct seal_visitor *visitor,
                    struct fault *fault) {
    struct seal_walk walk = {.workbook = workbook, .visitor = visitor, .wants_more = true};
    return run_walk(&walk, look_at_all, NULL, fault);
}

static bool look_at_one(struct seal_walk *walk, const void *what, struct fault *fault) {
    const struct record *named = what;
    const struct seal_fields *fields = fields_of(named->register_id);
    return fields == NULL ? fault_set(fault, FAULT_REFUSED, "records of %s have no file to seal",
                                      register_describe(named->register_id)->label)
                          : look_at_id(walk, fields, named->id, fault);
}

int seal_verify_record(struct workbook *workbook, enum register_id register_id, int64_t id,
                       const struct seal_visitor *visitor, struct fault *fault) {
    struct seal_walk walk = {.workbook = workbook, .visitor = visitor, .wants_more = true};
    const struct record named = {.register_id = register_id, .id = id};
    return run_walk(&walk, look_at_one, &named, fault);
}
