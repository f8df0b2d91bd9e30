/* Owns completion in forms, one function per type of field; knows nothing of drawing. */
#include "panes/record/record_complete.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/store/query.h"
#include "clause5/store/record.h"
#include "panes/frame/complete_path.h"

enum { CANDIDATES_MOST = 6 };

/* Asks for at most six rows of value and detail; :typed is the text, :like the text with % round
 * it. */
static void add_rows(struct workbook *workbook, const char *sql, const char *typed,
                     struct candidates *out) {
    struct fault fault = {0};
    struct query *query = query_open(workbook, sql, &fault);
    if (query == NULL) {
        fault_clear(&fault);
        return;
    }
    query_bind_text(query, ":typed", typed);
    query_bind_whole(query, ":most", CANDIDATES_MOST);
    while (query_step(query, &fault) == 1) {
        candidates_add(out, query_text(query, 0), query_text(query, 1));
    }
    fault_clear(&fault);
    query_close(query);
}

static bool has_candidate(const struct candidates *candidates, const char *value) {
    for (size_t i = 0; i < candidates->count; i++) {
        if (text_compare_ascii_case(candidates->items[i].value, value) == 0) {
            return true;
        }
    }
    return false;
}

/* Returns the field that says what a record is, beside its key: title or job title; NULL where
 * there is none. */
static const char *title_field(enum register_id id) {
    if (register_find_field(id, "title") >= 0) {
        return "title";
    }
    return id == REGISTER_PERSON ? "job_title" : "''";
}

static void complete_reference(struct workbook *workbook, const struct field *field,
                               const char *typed, struct candidates *out) {
    const struct register_description *target = register_describe(field->target);
    const char *key = target->fields[target->key[0]].name;
    const char *title = title_field(field->target);
    struct buffer sql = {0};
    buffer_addf(
        &sql,
        "SELECT %s, %s FROM %s WHERE instr(lower(%s), lower(:typed)) > 0 OR instr(lower(%s), lower(:typed)) > 0 "
        "ORDER BY instr(lower(%s), lower(:typed)) <> 1, %s LIMIT :most",
        key, title, target->name, key, title, key, key);
    add_rows(workbook, buffer_text(&sql), typed, out);
    buffer_free(&sql);
    if (typed[0] != '\0' && !has_candidate(out, typed)) {
        candidates_add_create(out, typed, target->singular);
    }
}

void record_complete_party(struct workbook *workbook, const char *typed, struct candidates *out) {
    add_rows(workbook,
             "SELECT ref, title FROM role"
             " WHERE instr(lower(ref), lower(:typed)) > 0 OR instr(lower(title), lower(:typed)) > 0"
             " ORDER BY instr(lower(ref), lower(:typed)) <> 1, ref LIMIT :most",
             typed, out);
    add_rows(
        workbook,
        "SELECT name, job_title FROM person"
        " WHERE instr(lower(name), lower(:typed)) > 0 OR instr(lower(email), lower(:typed)) > 0"
        " ORDER BY instr(lower(name), lower(:typed)) <> 1, name LIMIT :most",
        typed, out);
}

static void complete_version(struct workbook *workbook, const char *policy, const char *typed,
                             struct candidates *out) {
    struct fault fault = {0};
    struct query *query = query_open(
        workbook,
        "SELECT policy_version.version, policy_version.status"
        " FROM policy_version JOIN policy ON policy.id = policy_version.policy"
        " WHERE policy.ref = :policy COLLATE NOCASE AND instr(policy_version.version, :typed) = 1"
        " ORDER BY policy_version.status = 'approved' DESC, policy_version.id DESC LIMIT 6",
        &fault);
    if (query == NULL) {
        fault_clear(&fault);
        return;
    }
    query_bind_text(query, ":policy", policy);
    query_bind_text(query, ":typed", typed);
    while (query_step(query, &fault) == 1) {
        candidates_add(out, query_text(query, 0), query_text(query, 1));
    }
    fault_clear(&fault);
    query_close(query);
}

static void complete_register(const char *typed, struct candidates *out) {
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const struct register_description *described = register_describe((enum register_id)id);
        if (strncmp(described->name, typed, strlen(typed)) == 0) {
            candidates_add(out, described->name, described->label);
        }
    }
}

/* Keys of the register named in the field beside; only where a key is one text, which is where
 * typing helps most. */
static void complete_record(struct workbook *workbook, const char *register_name, const char *typed,
                            struct candidates *out) {
    enum register_id id = register_find(register_name);
    if (id == REGISTER_NONE || register_describe(id)->key_count != 1) {
        return;
    }
    const struct field as_reference = {.type = FIELD_REFERENCE, .target = id};
    struct candidates found = {0};
    complete_reference(workbook, &as_reference, typed, &found);
    for (size_t i = 0; i < found.count; i++) {
        if (!found.items[i].is_create) {
            candidates_add(out, found.items[i].value, found.items[i].detail);
        }
    }
    candidates_free(&found);
}

/* Returns the text of the field of that name beside the one that is completed, "" where there is
 * none. */
static const char *beside(const struct record_complete_request *request, const char *name) {
    int field = register_find_field(request->register_id, name);
    return field < 0 ? "" : form_value(request->form, (size_t)field);
}

void record_complete(struct workbook *workbook, const struct record_complete_request *request,
                     struct candidates *out) {
    const struct field *field = &register_describe(request->register_id)->fields[request->field];
    const char *typed = form_value(request->form, (size_t)request->field);
    switch (field->type) {
    case FIELD_REFERENCE:
        complete_reference(workbook, field, typed, out);
        break;
    case FIELD_PARTY:
        record_complete_party(workbook, typed, out);
        if (typed[0] != '\0' && !has_candidate(out, typed)) {
            candidates_add_create(out, typed, "person");
        }
        break;
    case FIELD_VERSION:
        complete_version(workbook, beside(request, "policy"), typed, out);
        break;
    case FIELD_REGISTER:
        complete_register(typed, out);
        break;
    case FIELD_RECORD:
        complete_record(workbook, beside(request, "register"), typed, out);
        break;
    case FIELD_FILE:
        complete_path(typed, out);
        break;
    default:
        break;
    }
}
