/* Owns keys: finding a record by its key, and writing a key into one cell and reading it back.
 *
 * A cell joins the parts of a key with "/"; inside a part "/" is written "\/" and "\" is "\\". A
 * part that is a reference is the key of what it refers to. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/register/type.h"
#include "clause5/store/record.h"
#include "store/database.h"

/* Binds the key's parts and reads the one id: the key's index knows no case, so there is one record
 * at most, and an exact match is it. */
static enum lookup find_bound(struct workbook *workbook, sqlite3_stmt *statement,
                              const struct value *const *parts, int count, int64_t *id,
                              struct fault *fault) {
    for (int i = 0; i < count; i++) {
        database_bind(statement, i + 1, parts[i]);
    }
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        *id = sqlite3_column_int64(statement, 0);
    } else if (result != SQLITE_DONE) {
        database_fault(workbook, fault, "look for a record");
    }
    sqlite3_reset(statement);
    return result == SQLITE_ROW ? LOOKUP_FOUND : result == SQLITE_DONE ? LOOKUP_NONE : LOOKUP_FAULT;
}

enum lookup record_find(struct workbook *workbook, enum register_id register_id,
                        const struct value *values, int64_t *id, struct fault *fault) {
    const struct register_description *description = register_describe(register_id);
    const struct value *parts[REGISTER_KEY_PARTS_MOST];
    struct buffer sql = {0};
    buffer_addf(&sql, "SELECT id FROM \"%s\"", description->name);
    for (int i = 0; i < description->key_count; i++) {
        const struct field *field = &description->fields[description->key[i]];
        parts[i] = &values[description->key[i]];
        buffer_addf(&sql, "%s \"%s\" = ?%d%s", i == 0 ? " WHERE" : " AND", field->name, i + 1,
                    strcmp(field_type_sql(field->type), "TEXT") == 0 ? " COLLATE NOCASE" : "");
    }
    sqlite3_stmt *statement = database_statement(workbook, sql.bytes, fault);
    buffer_free(&sql);
    if (statement == NULL) {
        return LOOKUP_FAULT;
    }
    return find_bound(workbook, statement, parts, description->key_count, id, fault);
}

/* Takes the next part of a key off TEXT, unescaped; NULL at the end. */
static char *take_part(const char **text) {
    struct buffer part = {0};
    const char *at = *text;
    if (at == NULL) {
        return NULL;
    }
    for (; *at != '\0' && *at != '/'; at++) {
        if (*at == '\\' && (at[1] == '/' || at[1] == '\\')) {
            at++;
        }
        buffer_add_byte(&part, *at);
    }
    *text = *at == '/' ? at + 1 : NULL;
    return buffer_take(&part);
}

/* Turns the text of a part into the value to look for; LOOKUP_NONE where it can be none. */
static enum lookup parse_part(struct workbook *workbook, const struct field *field,
                              const char *text, struct value *value, struct fault *fault) {
    struct fault refusal = {0};
    int64_t id;
    if (field->type == FIELD_REFERENCE || field->type == FIELD_PARTY) {
        enum lookup lookup = reference_find(workbook, field, text, &id, fault);
        *value = lookup == LOOKUP_FOUND ? value_of_whole(id) : (struct value){0};
        return lookup;
    }
    if (!field_parse(field, text, value, &refusal)) {
        *value = value_of_text(text);
        fault_clear(&refusal);
    }
    return value->kind == VALUE_EMPTY ? LOOKUP_NONE : LOOKUP_FOUND;
}

static enum lookup find_parts(struct workbook *workbook, enum register_id register_id,
                              const char *key, int64_t *id, struct fault *fault) {
    const struct register_description *description = register_describe(register_id);
    struct value values[REGISTER_FIELDS_MOST] = {0};
    enum lookup lookup = LOOKUP_FOUND;
    const char *rest = key;
    for (int i = 0; i < description->key_count && lookup == LOOKUP_FOUND; i++) {
        int field = description->key[i];
        char *part = take_part(&rest);
        lookup = part == NULL ? LOOKUP_NONE
                              : parse_part(workbook, &description->fields[field], part,
                                           &values[field], fault);
        free(part);
    }
    if (lookup == LOOKUP_FOUND) {
        lookup = rest != NULL ? LOOKUP_NONE : record_find(workbook, register_id, values, id, fault);
    }
    values_free(values, description->field_count);
    return lookup;
}

/* A key of one part may stand as it is, as people type it, though it holds a "/". */
static enum lookup find_whole(struct workbook *workbook, enum register_id register_id,
                              const char *key, int64_t *id, struct fault *fault) {
    const struct register_description *description = register_describe(register_id);
    struct value values[REGISTER_FIELDS_MOST] = {0};
    int field = description->key[0];
    enum lookup lookup =
        parse_part(workbook, &description->fields[field], key, &values[field], fault);
    if (lookup == LOOKUP_FOUND) {
        lookup = record_find(workbook, register_id, values, id, fault);
    }
    values_free(values, description->field_count);
    return lookup;
}

enum lookup record_find_key(struct workbook *workbook, enum register_id register_id,
                            const char *key, int64_t *id, struct fault *fault) {
    const struct register_description *description = register_describe(register_id);
    char *trimmed = text_trim(key);
    enum lookup lookup = LOOKUP_NONE;
    if (description->key_count == 0) {
        *id = WORKBOOK_ROW_ID;
        lookup = trimmed[0] == '\0' ? LOOKUP_FOUND : LOOKUP_NONE;
    } else if (description->key_count == 1) {
        lookup = find_whole(workbook, register_id, trimmed, id, fault);
    }
    if (lookup == LOOKUP_NONE && description->key_count > 0 && trimmed[0] != '\0' &&
        (description->key_count > 1 || strchr(trimmed, '\\') != NULL)) {
        lookup = find_parts(workbook, register_id, trimmed, id, fault);
    }
    free(trimmed);
    return lookup;
}

static void add_escaped(struct buffer *out, const char *text) {
    for (; *text != '\0'; text++) {
        if (*text == '/' || *text == '\\') {
            buffer_add_byte(out, '\\');
        }
        buffer_add_byte(out, *text);
    }
}

/* The part of a key as text, not yet escaped: what a reference leads to by its own key's text. */
static bool print_part(struct workbook *workbook, const struct field *field,
                       const struct value *value, struct buffer *out, struct fault *fault) {
    struct record target;
    if (field->type != FIELD_REFERENCE) {
        field_print(field, value, out);
        return true;
    }
    enum lookup lookup = record_load(workbook, field->target, value->whole, &target, fault);
    if (lookup == LOOKUP_FOUND) {
        int key = register_describe(field->target)->key[0];
        buffer_add(out, value_text(&target.values[key]));
        record_free(&target);
    } else if (lookup == LOOKUP_NONE) {
        buffer_add(out, "?");
    }
    return lookup != LOOKUP_FAULT;
}

bool record_print_key(struct workbook *workbook, const struct record *record, struct buffer *out,
                      struct fault *fault) {
    const struct register_description *description = register_describe(record->register_id);
    for (int i = 0; i < description->key_count; i++) {
        int field = description->key[i];
        struct buffer part = {0};
        bool good =
            print_part(workbook, &description->fields[field], &record->values[field], &part, fault);
        buffer_add(out, i > 0 ? "/" : "");
        add_escaped(out, buffer_text(&part));
        buffer_free(&part);
        if (!good) {
            return false;
        }
    }
    return true;
}

enum lookup record_print_key_of(struct workbook *workbook, enum register_id register_id, int64_t id,
                                struct buffer *out, struct fault *fault) {
    struct record record;
    enum lookup lookup = record_load(workbook, register_id, id, &record, fault);
    if (lookup == LOOKUP_FOUND) {
        lookup = record_print_key(workbook, &record, out, fault) ? LOOKUP_FOUND : LOOKUP_FAULT;
        record_free(&record);
    }
    return lookup;
}
