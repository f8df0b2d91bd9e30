/* Owns the texts of the checks with their values; knows nothing of where the values come from. */
#include "audit/check_template.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"

/* Returns the index of a column, or -1. */
static int find_column(struct query *query, const char *name) {
    int columns = query_columns(query);
    for (int i = 0; i < columns; i++) {
        if (strcmp(query_column_name(query, i), name) == 0) {
            return i;
        }
    }
    return -1;
}

const char *template_find_column(void *query, const char *name) {
    int column = find_column(query, name);
    return column < 0 ? NULL : query_text(query, column);
}

/* Appends the value that PLACE, the inside of { }, asks for; false where it is empty. A name that
 * there is no value for stays as it is, for the test that looks for it. */
static bool fill_value(char *place, const struct template_values *values, struct buffer *out) {
    char *one = strchr(place, ':');
    char *many = one == NULL ? NULL : strchr(one + 1, ':');
    if (many != NULL) {
        *one++ = '\0';
        *many++ = '\0';
    }
    const char *value = values->find(values->context, place);
    if (value == NULL) {
        buffer_addf(out, "{%s}", place);
        return true;
    }
    buffer_add(out, value);
    if (many != NULL) {
        buffer_addf(out, " %s", strcmp(value, "1") == 0 ? one : many);
    }
    return *value != '\0';
}

/* Appends TEXT up to LEN_BYTES without looking for [ ]; false where a value in it is empty. */
static bool fill_plain(const char *text, size_t len_bytes, const struct template_values *values,
                       struct buffer *out) {
    const char *end = text + len_bytes;
    bool is_whole = true;
    for (const char *at = text; at < end;) {
        const char *close = *at == '{' ? memchr(at, '}', (size_t)(end - at)) : NULL;
        if (close == NULL) {
            buffer_add_byte(out, *at++);
            continue;
        }
        char *place = memory_copy_bytes(at + 1, (size_t)(close - at - 1));
        is_whole = fill_value(place, values, out) && is_whole;
        free(place);
        at = close + 1;
    }
    return is_whole;
}

void template_fill(const char *text, const struct template_values *values, struct buffer *out) {
    for (const char *at = text; *at != '\0';) {
        size_t plain = strcspn(at, "[");
        fill_plain(at, plain, values, out);
        at += plain;
        if (*at == '\0') {
            break;
        }
        size_t inside = strcspn(at + 1, "]");
        struct buffer part = {0};
        if (fill_plain(at + 1, inside, values, &part)) {
            buffer_add(out, buffer_text(&part));
        }
        buffer_free(&part);
        at += 1 + inside + (at[1 + inside] == ']');
    }
}
