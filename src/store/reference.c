/* Owns what references and parties are called: from a name to an id and back. */
#include <stdlib.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/register/type.h"
#include "clause5/store/record.h"
#include "store/database.h"

/* What a name may be of a role and of a person, in the order of contract.md, Values. All are read
 * as (id, name, is exact). */
static const char *const role_names[] = {
    "SELECT id, ref, ref = ?1 FROM role WHERE ref = ?1 COLLATE NOCASE",
    "SELECT id, ref, title = ?1 FROM role WHERE title = ?1 COLLATE NOCASE", NULL};
static const char *const person_names[] = {
    "SELECT id, name, email = ?1 FROM person WHERE email = ?1 COLLATE NOCASE",
    "SELECT id, name, name = ?1 FROM person WHERE name = ?1 COLLATE NOCASE", NULL};

/* The records that a name fits so far. An exact match puts those aside that fit but for case. */
struct name_hits {
    int count;
    bool is_exact;
    int64_t id;
    struct buffer names; /* for the refusal */
};

static void hits_add(struct name_hits *hits, int64_t id, const char *name, bool is_exact) {
    if (is_exact && !hits->is_exact) {
        hits->count = 0;
        buffer_clear(&hits->names);
    }
    if (is_exact >= hits->is_exact) {
        hits->is_exact = is_exact;
        hits->id = id;
        buffer_addf(&hits->names, "%s%s", hits->count > 0 ? ", " : "", name);
        hits->count++;
    }
}

static bool collect(struct workbook *workbook, const char *sql, const char *name,
                    struct name_hits *hits, struct fault *fault) {
    sqlite3_stmt *statement = database_statement(workbook, sql, fault);
    int result;
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        hits_add(hits, sqlite3_column_int64(statement, 0), database_text(statement, 1),
                 sqlite3_column_int(statement, 2) != 0);
    }
    if (result != SQLITE_DONE) {
        database_fault(workbook, fault, "look for a name");
    }
    sqlite3_reset(statement);
    return result == SQLITE_DONE;
}

/* Looks through the kinds of names until one fits. */
static bool collect_first(struct workbook *workbook, const char *const *queries, const char *name,
                          struct name_hits *hits, struct fault *fault) {
    struct name_hits found = {0};
    bool good = true;
    for (; good && *queries != NULL && found.count == 0; queries++) {
        good = collect(workbook, *queries, name, &found, fault);
    }
    if (found.count > 0) {
        buffer_addf(&hits->names, "%s%s", hits->count > 0 ? ", " : "", buffer_text(&found.names));
        hits->count += found.count;
        hits->id = found.id;
    }
    buffer_free(&found.names);
    return good;
}

static enum lookup judge_hits(struct name_hits *hits, const char *name, int64_t *id,
                              struct fault *fault) {
    enum lookup lookup = LOOKUP_NONE;
    if (hits->count == 1) {
        *id = hits->id;
        lookup = LOOKUP_FOUND;
    } else if (hits->count > 1) {
        fault_set(fault, FAULT_REFUSED, "\"%s\" may be several: %s; name one of them exactly", name,
                  buffer_text(&hits->names));
        lookup = LOOKUP_FAULT;
    }
    buffer_free(&hits->names);
    return lookup;
}

enum lookup reference_find(struct workbook *workbook, const struct field *field, const char *text,
                           int64_t *id, struct fault *fault) {
    const bool is_party = field->type == FIELD_PARTY;
    struct name_hits hits = {0};
    enum lookup lookup = LOOKUP_FAULT;
    char *name = text_trim(text);
    if (!is_party && field->target != REGISTER_PERSON) {
        lookup = record_find_key(workbook, field->target, name, id, fault);
    } else if ((!is_party || collect_first(workbook, role_names, name, &hits, fault)) &&
               collect_first(workbook, person_names, name, &hits, fault)) {
        lookup = judge_hits(&hits, name, id, fault);
        if (lookup == LOOKUP_NONE && !is_party) {
            lookup = record_find_key(workbook, REGISTER_PERSON, name, id, fault);
        }
    }
    buffer_free(&hits.names);
    free(name);
    return lookup;
}

/* Prints the party's own name: a role's ref, a person's name. */
static enum lookup print_party(struct workbook *workbook, int64_t id, struct buffer *out,
                               struct record *record, struct fault *fault) {
    enum lookup lookup = record_load(workbook, REGISTER_ROLE, id, record, fault);
    if (lookup == LOOKUP_NONE) {
        lookup = record_load(workbook, REGISTER_PERSON, id, record, fault);
    }
    if (lookup == LOOKUP_FOUND) {
        int name = record->register_id == REGISTER_ROLE ? (int)ROLE_REF : (int)PERSON_NAME;
        buffer_add(out, value_text(&record->values[name]));
    }
    return lookup;
}

bool record_print_value(struct workbook *workbook, const struct field *field,
                        const struct value *value, struct buffer *out, struct fault *fault) {
    struct record party;
    enum lookup lookup = LOOKUP_FOUND;
    if (value->kind == VALUE_EMPTY) {
        return true;
    }
    if (field->type == FIELD_PARTY) {
        lookup = print_party(workbook, value->whole, out, &party, fault);
        if (lookup == LOOKUP_FOUND) {
            record_free(&party);
        }
    } else if (field->type == FIELD_REFERENCE) {
        lookup = record_print_key_of(workbook, field->target, value->whole, out, fault);
    } else {
        field_print(field, value, out);
    }
    return lookup != LOOKUP_FAULT;
}

/* Adds who holds the role: ISO (Anna Weber). */
static bool add_holder(struct workbook *workbook, const struct record *role, struct buffer *out,
                       struct fault *fault) {
    const struct value *holder = &role->values[ROLE_HOLDER];
    struct record person;
    if (holder->kind != VALUE_WHOLE) {
        return true;
    }
    enum lookup lookup = record_load(workbook, REGISTER_PERSON, holder->whole, &person, fault);
    if (lookup == LOOKUP_FOUND) {
        buffer_addf(out, " (%s)", value_text(&person.values[PERSON_NAME]));
        record_free(&person);
    }
    return lookup != LOOKUP_FAULT;
}

bool record_print_shown(struct workbook *workbook, const struct field *field,
                        const struct value *value, struct buffer *out, struct fault *fault) {
    struct record party;
    if (value->kind == VALUE_EMPTY || field->type == FIELD_REFERENCE) {
        return record_print_value(workbook, field, value, out, fault);
    }
    if (field->type != FIELD_PARTY) {
        field_print_shown(field, value, out);
        return true;
    }
    enum lookup lookup = print_party(workbook, value->whole, out, &party, fault);
    bool good = lookup != LOOKUP_FAULT;
    if (lookup == LOOKUP_FOUND) {
        good = party.register_id == REGISTER_PERSON || add_holder(workbook, &party, out, fault);
        record_free(&party);
    }
    return good;
}
