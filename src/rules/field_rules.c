/* Owns the rules that the descriptions of fields state: type, choice, range, required, unique.
 * Knows no register by name. */
#include "rules/rule.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/date.h"
#include "clause5/register/type.h"

static bool value_is_choice(const struct field *field, const struct value *value) {
    for (const struct choice *choice = field->choices; choice->value != NULL; choice++) {
        if (strcmp(choice->value, value_text(value)) == 0) {
            return true;
        }
    }
    return false;
}

static bool value_is_within(const struct field *field, const struct value *value) {
    bool is_bounded = field->least != 0 || field->most != 0;
    int64_t least = is_bounded ? field->least : 0;
    int64_t most = is_bounded ? field->most : INT64_C(999999999999999);
    return value->kind == VALUE_WHOLE && value->whole >= least && value->whole <= most;
}

/* Values come parsed; this keeps a slip of any caller out of the file. */
static bool value_fits(const struct field *field, const struct value *value) {
    date_days day;
    switch (field->type) {
    case FIELD_WHOLE:
        return value_is_within(field, value);
    case FIELD_NUMBER:
        return value->kind == VALUE_NUMBER;
    case FIELD_REFERENCE:
    case FIELD_PARTY:
        return value->kind == VALUE_WHOLE;
    case FIELD_DATE:
        return date_parse(value_text(value), &day);
    case FIELD_YESNO:
        return strcmp(value_text(value), "yes") == 0 || strcmp(value_text(value), "no") == 0;
    case FIELD_CHOICE:
        return value_is_choice(field, value);
    default:
        return value->kind == VALUE_TEXT;
    }
}

static bool refuse_value(const struct row *row, int field, struct fault *fault) {
    const struct field *described = &register_describe(row->register_id)->fields[field];
    char *noun = row_field_noun(row->register_id, field);
    struct buffer shown = {0};
    field_print(described, &row->values[field], &shown);
    row_refuse(row, fault, field, "cannot have \"%s\" as its %s: give a %s%s", buffer_text(&shown),
               noun, field_type_word(described->type),
               described->type == FIELD_CHOICE ? " that is listed" : "");
    buffer_free(&shown);
    free(noun);
    return false;
}

bool check_values_fit(struct row *row, struct fault *fault) {
    const struct register_description *description = register_describe(row->register_id);
    for (int field = 0; field < description->field_count; field++) {
        if (!row_is_empty(row, field) &&
            !value_fits(&description->fields[field], &row->values[field])) {
            return refuse_value(row, field, fault);
        }
    }
    return true;
}

bool check_required(struct row *row, struct fault *fault) {
    const struct register_description *description = register_describe(row->register_id);
    for (int field = 0; field < description->field_count; field++) {
        if ((description->fields[field].flags & FIELD_REQUIRED) != 0 && row_is_empty(row, field)) {
            char *noun = row_field_noun(row->register_id, field);
            row_refuse(row, fault, field, "needs its field %s: fill it in", noun);
            free(noun);
            return false;
        }
    }
    return true;
}

static bool row_key_has_changed(const struct row *row) {
    const struct register_description *description = register_describe(row->register_id);
    for (int part = 0; part < description->key_count; part++) {
        if (row_has_changed(row, description->key[part])) {
            return true;
        }
    }
    return false;
}

/* contract.md, Values: a second key differing only in ASCII case is refused. */
static bool check_unique_key(struct row *row, struct fault *fault) {
    const struct register_description *description = register_describe(row->register_id);
    if (description->key_count == 0 || !row_key_has_changed(row)) {
        return true;
    }
    int64_t other = 0;
    enum lookup found =
        record_find(row->asker->workbook, row->register_id, row->values, &other, fault);
    if (found != LOOKUP_FOUND || other == row->id) {
        return found != LOOKUP_FAULT;
    }
    struct buffer key = {0};
    if (record_print_key_of(row->asker->workbook, row->register_id, other, &key, fault) !=
        LOOKUP_FAULT) {
        row_refuse(row, fault, description->key[description->key_count - 1],
                   "is there already as %s (capitals make no difference): change that one, or give "
                   "this one another key",
                   buffer_text(&key));
    }
    buffer_free(&key);
    return false;
}

static bool check_unique_field(struct row *row, int field, struct fault *fault) {
    const struct register_description *description = register_describe(row->register_id);
    struct buffer sql = {0};
    buffer_addf(&sql, "SELECT id FROM \"%s\" WHERE \"%s\" = :value COLLATE NOCASE AND id <> :id",
                description->name, description->fields[field].name);
    struct question question = {
        .sql = buffer_text(&sql),
        .arguments = {{":value", .text = row_text(row, field)}, {":id", .whole = row->id}}};
    int64_t other = 0;
    enum lookup found = ask_first(row->asker, &question, &other, fault);
    buffer_free(&sql);
    if (found != LOOKUP_FOUND) {
        return found == LOOKUP_NONE;
    }
    struct buffer key = {0};
    char *noun = row_field_noun(row->register_id, field);
    bool is_read = record_print_key_of(row->asker->workbook, row->register_id, other, &key,
                                       fault) != LOOKUP_FAULT;
    if (is_read) {
        row_refuse(row, fault, field, "has the same %s, \"%s\", as %s %s: give each its own", noun,
                   row_text(row, field), description->singular, buffer_text(&key));
    }
    buffer_free(&key);
    free(noun);
    return false;
}

bool check_unique(struct row *row, struct fault *fault) {
    const struct register_description *description = register_describe(row->register_id);
    if (!check_unique_key(row, fault)) {
        return false;
    }
    for (int field = 0; field < description->field_count; field++) {
        if ((description->fields[field].flags & FIELD_UNIQUE) != 0 &&
            !register_is_key_field(row->register_id, field) && !row_is_empty(row, field) &&
            row_has_changed(row, field) && !check_unique_field(row, field, fault)) {
            return false;
        }
    }
    return true;
}
