/* Owns what follows a renaming: record keys in evidence links, exceptions and actions, versions in
 * acknowledgements and translations. Knows no rule. */
#include "rules/rename.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/batch.h"
#include "clause5/store/query.h"

/* A text that names a record whose key may change: it is written anew from the key that the record
 * has afterwards. */
struct follower {
    enum register_id register_id; /* the row that holds the text */
    int64_t id;
    int field;
    enum register_id target_register; /* the record that it names */
    int64_t target_id;
    char *suffix; /* what stands behind the key */
};

struct rename {
    struct asker *asker;
    const struct record *before;
    struct follower *followers;
    size_t count;
    size_t capacity;
};

/* Where record keys stand. The column beside says the register, or for an action its source. */
static const struct {
    enum register_id register_id;
    int beside;
    int field;
} places[] = {
    {REGISTER_EVIDENCE_LINK, EVIDENCE_LINK_REGISTER, EVIDENCE_LINK_RECORD},
    {REGISTER_EXCEPTION, EXCEPTION_REGISTER, EXCEPTION_RECORD},
    {REGISTER_ACTION, ACTION_SOURCE, ACTION_SOURCE_REF},
};

/* True where the key of HOLDER holds that of NAMED, or is it. */
static bool key_holds(enum register_id holder, enum register_id named) {
    const struct register_description *description = register_describe(holder);
    if (holder == named) {
        return true;
    }
    for (int part = 0; part < description->key_count; part++) {
        const struct field *field = &description->fields[description->key[part]];
        if ((field->type == FIELD_REFERENCE && key_holds(field->target, named)) ||
            (field->type == FIELD_VERSION && named == REGISTER_POLICY_VERSION)) {
            return true;
        }
    }
    return false;
}

static void rename_add(struct rename *rename, const struct follower *follower) {
    rename->followers = memory_reserve(rename->followers, &rename->capacity, rename->count + 1,
                                       sizeof *rename->followers);
    rename->followers[rename->count++] = *follower;
}

/* Finds what the text names, and notes the row where that record's key is at stake. */
static bool rename_note(struct rename *rename, struct follower *follower, const char *beside,
                        const char *text, struct fault *fault) {
    struct workbook *workbook = rename->asker->workbook;
    struct source source = {.register_id = register_find(beside)};
    enum lookup found = LOOKUP_NONE;
    if (follower->register_id == REGISTER_ACTION) {
        found = source_find(workbook, beside, text, &source, fault);
    } else if (source.register_id != REGISTER_NONE &&
               key_holds(source.register_id, rename->before->register_id)) {
        found = record_find_key(workbook, source.register_id, text, &source.id, fault);
    }
    if (found != LOOKUP_FOUND || !key_holds(source.register_id, rename->before->register_id)) {
        return found != LOOKUP_FAULT;
    }
    follower->target_register = source.register_id;
    follower->target_id = source.id;
    follower->suffix = memory_copy_text(text + strlen(text) - source.suffix_bytes);
    rename_add(rename, follower);
    return true;
}

/* Every key that holds the old one has it as a part of its text. */
static bool rename_collect_place(struct rename *rename, size_t place, const char *old_key,
                                 struct fault *fault) {
    const struct register_description *description = register_describe(places[place].register_id);
    const char *text = description->fields[places[place].field].name;
    struct buffer sql = {0};
    buffer_addf(&sql,
                "SELECT id, \"%s\", \"%s\" FROM \"%s\" WHERE instr(lower(\"%s\"), lower(:key)) > 0",
                description->fields[places[place].beside].name, text, description->name, text);
    struct query *query = query_open(rename->asker->workbook, buffer_text(&sql), fault);
    buffer_free(&sql);
    if (query == NULL) {
        return false;
    }
    query_bind_text(query, ":key", old_key);
    int step;
    bool is_noted = true;
    while (is_noted && (step = query_step(query, fault)) == 1) {
        struct follower follower = {.register_id = places[place].register_id,
                                    .id = query_whole(query, 0),
                                    .field = places[place].field};
        is_noted =
            rename_note(rename, &follower, query_text(query, 1), query_text(query, 2), fault);
    }
    query_close(query);
    return is_noted && step == 0;
}

static bool rename_collect(struct rename *rename, struct fault *fault) {
    struct buffer key = {0};
    bool is_read = record_print_key(rename->asker->workbook, rename->before, &key, fault);
    for (size_t place = 0; is_read && place < COUNT(places); place++) {
        is_read = rename_collect_place(rename, place, buffer_text(&key), fault);
    }
    buffer_free(&key);
    return is_read;
}

/* Writes one text anew. Links and exceptions can be named themselves, so this renames in turn. */
static bool follow_one(struct rename *rename, const struct follower *follower,
                       struct fault *fault) {
    struct workbook *workbook = rename->asker->workbook;
    struct record row = {0};
    struct buffer text = {0};
    bool is_stored = true;
    enum lookup found = record_load(workbook, follower->register_id, follower->id, &row, fault);
    if (found != LOOKUP_FOUND) {
        return found == LOOKUP_NONE;
    }
    struct record changed = {.register_id = row.register_id, .id = row.id};
    values_copy(changed.values, row.values, register_describe(row.register_id)->field_count);
    found =
        record_print_key_of(workbook, follower->target_register, follower->target_id, &text, fault);
    buffer_add(&text, follower->suffix);
    if (found == LOOKUP_FOUND &&
        strcmp(value_text(&row.values[follower->field]), buffer_text(&text)) != 0) {
        value_free(&changed.values[follower->field]);
        changed.values[follower->field] = value_of_text(buffer_text(&text));
        is_stored = rename_store(rename->asker, &row, changed.values, fault);
    }
    record_free(&changed);
    record_free(&row);
    buffer_free(&text);
    return found != LOOKUP_FAULT && is_stored;
}

static bool rename_follow(struct rename *rename, struct fault *fault) {
    bool is_stored = true;
    for (size_t i = 0; is_stored && i < rename->count; i++) {
        is_stored = follow_one(rename, &rename->followers[i], fault);
    }
    return is_stored;
}

static void rename_free(struct rename *rename) {
    for (size_t i = 0; i < rename->count; i++) {
        free(rename->followers[i].suffix);
    }
    free(rename->followers);
}

/* Sets version and policy of the rows that name the renamed version. */
static bool follow_version_row(struct asker *asker, enum register_id register_id, int64_t id,
                               const struct value *values, struct fault *fault) {
    const struct register_description *description = register_describe(register_id);
    struct record row = {0};
    enum lookup found = record_load(asker->workbook, register_id, id, &row, fault);
    if (found != LOOKUP_FOUND) {
        return found == LOOKUP_NONE;
    }
    for (int field = 0; field < description->field_count; field++) {
        if (description->fields[field].type == FIELD_VERSION) {
            value_free(&row.values[field]);
            row.values[field] = value_copy(&values[POLICY_VERSION_VERSION]);
        }
    }
    int policy = register_find_field(register_id, "policy");
    row.values[policy] = values[POLICY_VERSION_POLICY];
    bool is_stored = batch_update(asker->workbook, register_id, id, row.values, fault);
    record_free(&row);
    return is_stored;
}

bool version_find_rows(struct asker *asker, enum register_id register_id,
                       const struct value *version, struct whole_list *rows, struct fault *fault) {
    const struct register_description *description = register_describe(register_id);
    for (int field = 0; field < description->field_count; field++) {
        if (description->fields[field].type != FIELD_VERSION) {
            continue;
        }
        struct buffer sql = {0};
        buffer_addf(&sql, "SELECT id FROM \"%s\" WHERE policy = :policy AND \"%s\" = :version",
                    description->name, description->fields[field].name);
        const struct question question = {
            .sql = buffer_text(&sql),
            .arguments = {{":policy", .whole = version[POLICY_VERSION_POLICY].whole},
                          {":version", .text = value_text(&version[POLICY_VERSION_VERSION])}}};
        bool is_read = ask_all(asker, &question, rows, fault);
        buffer_free(&sql);
        if (!is_read) {
            return false;
        }
    }
    return true;
}

static bool follow_version_in(struct asker *asker, enum register_id register_id,
                              const struct record *before, const struct value *values,
                              struct fault *fault) {
    struct whole_list rows = {0};
    bool is_stored = version_find_rows(asker, register_id, before->values, &rows, fault);
    for (size_t i = 0; is_stored && i < rows.count; i++) {
        is_stored = follow_version_row(asker, register_id, rows.items[i], values, fault);
    }
    whole_list_free(&rows);
    return is_stored;
}

static bool follow_version(struct asker *asker, const struct record *before,
                           const struct value *values, struct fault *fault) {
    if (before->register_id != REGISTER_POLICY_VERSION) {
        return true;
    }
    for (int id = 0; id < REGISTER_COUNT; id++) {
        if (!follow_version_in(asker, (enum register_id)id, before, values, fault)) {
            return false;
        }
    }
    return true;
}

static bool key_differs(const struct record *before, const struct value *values) {
    const struct register_description *description = register_describe(before->register_id);
    for (int part = 0; part < description->key_count; part++) {
        int field = description->key[part];
        if (!value_equals(&before->values[field], &values[field])) {
            return true;
        }
    }
    return false;
}

bool rename_store(struct asker *asker, const struct record *before, const struct value *values,
                  struct fault *fault) {
    struct workbook *workbook = asker->workbook;
    if (!key_differs(before, values)) {
        return batch_update(workbook, before->register_id, before->id, values, fault);
    }
    struct rename rename = {.asker = asker, .before = before};
    bool is_stored = rename_collect(&rename, fault) &&
                     batch_update(workbook, before->register_id, before->id, values, fault) &&
                     follow_version(asker, before, values, fault) && rename_follow(&rename, fault);
    rename_free(&rename);
    return is_stored;
}
