/* Owns the way from a name in a cell to a record: the workbook's own rules of finding, and the
 * making of what is missing. Knows nothing of files or rows. */
#include "exchange/import_lookup.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/rules/edit.h"
#include "clause5/store/query.h"
#include "exchange/guess.h"

void import_lookup_clear(struct import_lookup *lookup) {
    known_names_free(lookup->known);
    lookup->known = NULL;
}

/* Runs a query of id and of whether it fits exactly, the exact ones first; an exact one wins, else
 * several are a fault. */
static enum lookup find_by_sql(struct workbook *workbook, const char *sql, const char *text,
                               int64_t *id, struct fault *fault) {
    struct query *query = query_open(workbook, sql, fault);
    if (query == NULL) {
        return LOOKUP_FAULT;
    }
    query_bind_text(query, ":text", text);
    enum lookup result = LOOKUP_NONE;
    bool is_exact = false;
    int got;
    while ((got = query_step(query, fault)) == 1) {
        if (result == LOOKUP_FOUND && is_exact && query_whole(query, 1) == 0) {
            break;
        }
        if (result == LOOKUP_FOUND) {
            fault_set(fault, FAULT_REFUSED, "\"%s\" fits several (write the ref of one)", text);
            result = LOOKUP_FAULT;
            break;
        }
        *id = query_whole(query, 0);
        is_exact = query_whole(query, 1) != 0;
        result = LOOKUP_FOUND;
    }
    query_close(query);
    return got < 0 ? LOOKUP_FAULT : result;
}

static enum lookup find_by_title(struct workbook *workbook, enum register_id register_id,
                                 const char *text, int64_t *id, struct fault *fault) {
    struct buffer sql = {0};
    buffer_addf(&sql,
                "SELECT id, title = :text FROM %s WHERE title = :text COLLATE NOCASE"
                " ORDER BY title <> :text LIMIT 2",
                register_describe(register_id)->name);
    enum lookup result = find_by_sql(workbook, buffer_text(&sql), text, id, fault);
    buffer_free(&sql);
    return result;
}

enum lookup import_find_titled(struct workbook *workbook, enum register_id register_id,
                               const char *text, int64_t *id, struct fault *fault) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    const struct register_description *described = register_describe(register_id);
    values[described->key[0]] = value_of_text(text);
    enum lookup result = record_find(workbook, register_id, values, id, fault);
    values_free(values, REGISTER_FIELDS_MOST);
    if (result != LOOKUP_NONE || register_find_field(register_id, "title") < 0) {
        return result;
    }
    return find_by_title(workbook, register_id, text, id, fault);
}

enum lookup import_find_role(struct workbook *workbook, const char *text, int64_t *id,
                             struct fault *fault) {
    enum lookup result = import_find_titled(workbook, REGISTER_ROLE, text, id, fault);
    char *code = NULL, *title = NULL;
    if (result == LOOKUP_NONE && guess_code_in_parentheses(text, &code, &title)) {
        result = import_find_titled(workbook, REGISTER_ROLE, code, id, fault);
        if (result == LOOKUP_NONE) {
            result = import_find_titled(workbook, REGISTER_ROLE, title, id, fault);
        }
        free(code);
        free(title);
    }
    return result;
}

/* Returns WANTED, or WANTED2, WANTED3 ... as long as there is a role of that ref. NULL with the
 * fault. */
static char *make_unique_ref(struct workbook *workbook, enum register_id register_id,
                             const char *wanted, struct fault *fault) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    int key = register_describe(register_id)->key[0];
    for (int number = 1;; number++) {
        struct buffer ref = {0};
        buffer_add(&ref, wanted);
        if (number > 1) {
            buffer_addf(&ref, "%d", number);
        }
        int64_t id;
        values[key] = value_of_text(buffer_text(&ref));
        enum lookup found = record_find(workbook, register_id, values, &id, fault);
        values_free(values, REGISTER_FIELDS_MOST);
        if (found == LOOKUP_NONE) {
            return buffer_take(&ref);
        }
        buffer_free(&ref);
        if (found == LOOKUP_FAULT) {
            return NULL;
        }
    }
}

static bool fill_person(struct workbook *workbook, const char *text, struct value *values,
                        struct fault *fault) {
    (void)workbook;
    (void)fault;
    char *name = guess_first_last(text);
    values[PERSON_NAME] = value_of_text(name == NULL ? text : name);
    free(name);
    if (strchr(text, '@') != NULL) {
        values[PERSON_EMAIL] = value_of_text(text);
    }
    return true;
}

static bool fill_role(struct workbook *workbook, const char *text, struct value *values,
                      struct fault *fault) {
    char *wanted = NULL, *title = NULL;
    guess_role_ref(text, &wanted, &title);
    char *ref = make_unique_ref(workbook, REGISTER_ROLE, wanted, fault);
    if (ref != NULL) {
        values[ROLE_REF] = value_of_text(ref);
        values[ROLE_TITLE] = value_of_text(title);
        values[ROLE_KIND] = value_of_text(guess_role_kind(title));
    }
    bool is_filled = ref != NULL;
    free(ref);
    free(wanted);
    free(title);
    return is_filled;
}

/* A ref where the text looks like one, else the next number, and the text as the title. */
static bool fill_numbered(struct workbook *workbook, enum register_id register_id, const char *text,
                          struct value *values) {
    int ref_field = register_find_field(register_id, "ref");
    char *ref =
        guess_is_ref(text) ? memory_copy_text(text) : record_next_ref(workbook, register_id);
    values[ref_field] = value_of_text(ref);
    values[register_find_field(register_id, "title")] = value_of_text(text);
    free(ref);
    return values[ref_field].kind == VALUE_TEXT;
}

static bool fill_course(struct workbook *workbook, const char *text, struct value *values,
                        struct fault *fault) {
    values[COURSE_AUDIENCE] = value_of_text("roles"); /* nobody is said to need it by that */
    return fill_numbered(workbook, REGISTER_COURSE, text, values) ||
           fault_set(fault, FAULT_FAILED, "no number is free for a course");
}

static bool fill_obligation(struct workbook *workbook, const char *text, struct value *values,
                            struct fault *fault) {
    values[OBLIGATION_KIND] = value_of_text("legal");
    return fill_numbered(workbook, REGISTER_OBLIGATION, text, values) ||
           fault_set(fault, FAULT_FAILED, "no number is free for an obligation");
}

static bool fill_activity(struct workbook *workbook, const char *text, struct value *values,
                          struct fault *fault) {
    values[ACTIVITY_CLAUSE] = value_of_text(guess_clause(text));
    return fill_numbered(workbook, REGISTER_ACTIVITY, text, values) ||
           fault_set(fault, FAULT_FAILED, "no number is free for an activity");
}

/* What --create-missing makes. */
static const struct maker {
    enum register_id register_id;
    bool (*fill)(struct workbook *workbook, const char *text, struct value *values,
                 struct fault *fault);
} makers[] = {{REGISTER_PERSON, fill_person},
              {REGISTER_ROLE, fill_role},
              {REGISTER_COURSE, fill_course},
              {REGISTER_OBLIGATION, fill_obligation},
              {REGISTER_ACTIVITY, fill_activity}};

static const struct maker *find_maker(enum register_id register_id) {
    for (size_t i = 0; i < COUNT(makers); i++) {
        if (makers[i].register_id == register_id) {
            return &makers[i];
        }
    }
    return NULL;
}

/* Finds a role that was made from a bare code, which is all that its title says, where the code is
 * what TEXT would get. */
static enum lookup find_bare_role(struct workbook *workbook, const char *text,
                                  struct record *record, struct fault *fault) {
    char *code = NULL;
    char *title = NULL;
    int64_t id;
    guess_role_ref(text, &code, &title);
    struct value values[REGISTER_FIELDS_MOST] = {[ROLE_REF] = value_of_text(code)};
    enum lookup result = record_find(workbook, REGISTER_ROLE, values, &id, fault);
    values_free(values, REGISTER_FIELDS_MOST);
    if (result == LOOKUP_FOUND) {
        result = record_load(workbook, REGISTER_ROLE, id, record, fault);
    }
    if (result == LOOKUP_FOUND && (strcmp(value_text(&record->values[ROLE_TITLE]),
                                          value_text(&record->values[ROLE_REF])) != 0 ||
                                   strcmp(title, code) == 0)) {
        record_free(record);
        result = LOOKUP_NONE;
    }
    free(code);
    free(title);
    return result;
}

/* Gives the title TEXT to a role that had its code alone, instead of making a second one. */
static enum lookup entitle_role(struct import_lookup *lookup, struct workbook *workbook,
                                const char *text, int64_t *id, struct fault *fault) {
    struct record record;
    enum lookup result = find_bare_role(workbook, text, &record, fault);
    if (result != LOOKUP_FOUND) {
        return result;
    }
    char *code = NULL;
    char *title = NULL;
    guess_role_ref(text, &code, &title);
    value_free(&record.values[ROLE_TITLE]);
    record.values[ROLE_TITLE] = value_of_text(title);
    *id = record.id;
    bool is_stored = edit_update(workbook, REGISTER_ROLE, record.id, record.values, fault);
    lookup->has_made = lookup->has_made || is_stored;
    if (is_stored && lookup->entitled != NULL) {
        lookup->entitled(lookup->context, code, title);
    }
    record_free(&record);
    free(code);
    free(title);
    return is_stored ? LOOKUP_FOUND : LOOKUP_FAULT;
}

bool import_make(struct import_lookup *lookup, struct workbook *workbook,
                 enum register_id register_id, const char *text, int64_t *id, struct fault *fault) {
    const struct maker *maker = find_maker(register_id);
    struct value values[REGISTER_FIELDS_MOST] = {0};
    *id = 0;
    if (register_id == REGISTER_ROLE) {
        enum lookup found = entitle_role(lookup, workbook, text, id, fault);
        if (found != LOOKUP_NONE) {
            return found == LOOKUP_FOUND;
        }
    }
    bool is_made = maker->fill(workbook, text, values, fault) &&
                   edit_insert(workbook, register_id, values, id, fault);
    lookup->has_made = lookup->has_made || is_made;
    if (is_made && lookup->made != NULL) {
        struct buffer told = {0};
        const char *key = value_text(&values[register_describe(register_id)->key[0]]);
        buffer_addf(&told, "%s \"%s\"", register_describe(register_id)->singular, key);
        if (strcmp(key, text) != 0) {
            buffer_addf(&told, " for \"%s\"", text);
        }
        lookup->made(lookup->context, register_id, buffer_text(&told));
        buffer_free(&told);
    }
    values_free(values, REGISTER_FIELDS_MOST);
    if (!is_made && fault->kind == FAULT_REFUSED) {
        /* The field is of what was to be made, not of the row that names it. */
        fault->field_plus_one = 0;
    }
    return is_made;
}

/* Finds a record by what the cell says; "Weber, Anna" also finds Anna Weber. */
static enum lookup find_named(struct workbook *workbook, const struct field *field,
                              const char *text, int64_t *id, struct fault *fault) {
    enum lookup result = edit_find_reference(workbook, field, text, id, fault);
    bool names_people = field->type == FIELD_PARTY || field->target == REGISTER_PERSON;
    char *name = result == LOOKUP_NONE && names_people ? guess_first_last(text) : NULL;
    if (name != NULL) {
        result = edit_find_reference(workbook, field, name, id, fault);
    }
    free(name);
    return result;
}

static enum lookup find_or_make(struct import_lookup *lookup, struct workbook *workbook,
                                const struct field *field, const char *text, int64_t *id,
                                struct fault *fault) {
    enum lookup result = find_named(workbook, field, text, id, fault);
    if (result != LOOKUP_NONE || !lookup->creates_missing) {
        return result;
    }
    enum register_id target = field->type == FIELD_REFERENCE ? field->target
                              : guess_is_role(text)          ? REGISTER_ROLE
                                                             : REGISTER_PERSON;
    if (find_maker(target) == NULL) {
        return LOOKUP_NONE;
    }
    result = target == REGISTER_ROLE ? import_find_role(workbook, text, id, fault)
                                     : import_find_titled(workbook, target, text, id, fault);
    if (result != LOOKUP_NONE) {
        return result;
    }
    return import_make(lookup, workbook, target, text, id, fault) ? LOOKUP_FOUND : LOOKUP_FAULT;
}

enum lookup import_find(struct import_lookup *lookup, struct workbook *workbook,
                        const struct field *field, const char *text, int64_t *id,
                        struct fault *fault) {
    if (known_names_find(lookup->known, field, text, id)) {
        return LOOKUP_FOUND;
    }
    enum lookup result = find_or_make(lookup, workbook, field, text, id, fault);
    if (result == LOOKUP_FOUND) {
        known_names_add(&lookup->known, field, text, *id);
    }
    return result;
}
