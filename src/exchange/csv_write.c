/* Owns the writing of CSV cells and rows; knows nothing of registers. */
#include "clause5/exchange/csv_write.h"

#include <stddef.h>
#include <string.h>

#include "clause5/register/type.h"

static const char FORMULA_STARTS[] = "=+-@\t\r";

static bool starts_formula(const char *text) {
    return *text != '\0' && *text <= '@' && strchr(FORMULA_STARTS, *text) != NULL;
}

bool csv_is_formula(const char *text) {
    /* Most texts begin with a letter, a digit or not at all. */
    return (*text == '\'' || starts_formula(text)) && starts_formula(text + strspn(text, "'")) &&
           !number_is_plain(text);
}

const char *csv_unguard(const char *text) {
    return *text == '\'' && starts_formula(text + strspn(text, "'")) ? text + 1 : text;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static bool needs_quotes(const char *text, size_t len_bytes, char delimiter) {
    for (size_t i = 0; i < len_bytes; i++) {
        char c = text[i];
        if (c == delimiter || c == '"' || c == '\r' || c == '\n') {
            return true;
        }
    }
    return len_bytes > 0 && (is_blank(text[0]) || is_blank(text[len_bytes - 1]));
}

static void add_quoted(struct buffer *out, const char *text) {
    buffer_add_byte(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            buffer_add_byte(out, '"');
        }
        buffer_add_byte(out, *text);
    }
    buffer_add_byte(out, '"');
}

void csv_write_cell(struct csv_writer *writer, const char *text) {
    char delimiter = ',';
    struct buffer guarded = {0};
    if (writer->delimiter != '\0') {
        delimiter = writer->delimiter;
    }
    if (writer->cells++ > 0) {
        buffer_add_byte(writer->out, delimiter);
    }
    if (!writer->is_exact && csv_is_formula(text)) {
        buffer_add_byte(&guarded, '\'');
        buffer_add(&guarded, text);
        text = buffer_text(&guarded);
    }
    size_t len_bytes = strlen(text);
    if (needs_quotes(text, len_bytes, delimiter)) {
        add_quoted(writer->out, text);
    } else {
        buffer_append(writer->out, text, len_bytes);
    }
    buffer_free(&guarded);
}

void csv_end_row(struct csv_writer *writer) {
    const struct buffer *out = writer->out;
    bool is_blank_line =
        writer->cells <= 1 && (out->len_bytes == 0 || out->bytes[out->len_bytes - 1] == '\n');
    buffer_add(writer->out, is_blank_line ? "\"\"\r\n" : "\r\n");
    writer->cells = 0;
}

void csv_write_row(struct csv_writer *writer, const char *const *cells, int count) {
    for (int i = 0; i < count; i++) {
        csv_write_cell(writer, cells[i]);
    }
    csv_end_row(writer);
}
