/* Owns what rules ask of a row and how they name it; knows no rule. */
#include "rules/row.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "rules/nouns.h"

void row_free(struct row *row) {
    if (row->own != NULL) {
        values_free(row->own, register_describe(row->register_id)->field_count);
        free(row->own);
        row->own = NULL;
    }
}

bool row_is_empty(const struct row *row, int field) {
    return row->values[field].kind == VALUE_EMPTY;
}

const char *row_text(const struct row *row, int field) {
    return value_text(&row->values[field]);
}

int64_t row_whole(const struct row *row, int field) {
    return row->values[field].kind == VALUE_WHOLE ? row->values[field].whole : 0;
}

bool row_is(const struct row *row, int field, const char *word) {
    return strcmp(row_text(row, field), word) == 0;
}

bool row_has_changed(const struct row *row, int field) {
    if (row->before == NULL) {
        return !row_is_empty(row, field);
    }
    return !value_equals(&row->before[field], &row->values[field]);
}

void row_complete(struct row *row, int field, const struct value *value) {
    int count = register_describe(row->register_id)->field_count;
    if (row->own == NULL) {
        row->own = memory_zero((size_t)count, sizeof *row->own);
        values_copy(row->own, row->values, count);
        row->values = row->own;
    }
    struct value copy = value_copy(value);
    value_free(&row->own[field]);
    row->own[field] = copy;
}

/* The key as the row has it now. A record that cannot be named is named by its register alone. */
static void row_add_name(const struct row *row, struct buffer *out) {
    const struct register_description *description = register_describe(row->register_id);
    struct record record = {.register_id = row->register_id, .id = row->id};
    struct buffer key = {0};
    struct fault ignored = {0};
    for (int field = 0; field < description->field_count; field++) {
        record.values[field] = row->values[field];
    }
    bool is_named =
        record_print_key(row->asker->workbook, &record, &key, &ignored) && key.len_bytes > 0;
    if (is_named) {
        buffer_addf(out, "%s %s", description->singular, buffer_text(&key));
    } else {
        buffer_addf(out, "the new %s", description->singular);
    }
    buffer_free(&key);
    fault_clear(&ignored);
}

bool row_refuse(const struct row *row, struct fault *fault, int field, const char *format, ...) {
    struct buffer text = {0};
    va_list arguments;
    va_start(arguments, format);
    row_add_name(row, &text);
    buffer_add(&text, " ");
    buffer_add_list(&text, format, arguments);
    va_end(arguments);
    if (field >= 0) {
        fault_refuse_field(fault, field, "%s", buffer_text(&text));
    } else {
        fault_set(fault, FAULT_REFUSED, "%s", buffer_text(&text));
    }
    buffer_free(&text);
    return false;
}

char *row_field_noun(enum register_id register_id, int field) {
    return noun_within_sentence(register_describe(register_id)->fields[field].label);
}
