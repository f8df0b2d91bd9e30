/* Owns the reading of numbers as spreadsheets have them, with points, commas and what parts the
 * thousands; knows nothing of columns or of fields. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/register/reading.h"
#include "clause5/register/type.h"

enum { GROUP_DIGITS = 3 };

/* What may part groups of digits. */
static const char *const separators[] = {
    " ", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "'", "\xE2\x80\x99", ".", ","};

/* Returns the separator at TEXT, NULL where there is none: never the sign before the fraction. */
static const char *separator_at(const char *text, char decimal) {
    for (size_t i = 0; i < COUNT(separators); i++) {
        if (separators[i][0] != decimal &&
            strncmp(text, separators[i], strlen(separators[i])) == 0) {
            return separators[i];
        }
    }
    return NULL;
}

/* Takes the groups before the fraction; returns where they end, NULL where they are none. */
static const char *take_groups(const char *text, char decimal, struct buffer *plain) {
    size_t digits = strspn(text, "0123456789");
    const char *parted_by = NULL;
    const char *first = text;
    if (digits == 0) {
        return NULL;
    }
    buffer_append(plain, text, digits);
    text += digits;
    for (;;) {
        const char *separator = separator_at(text, decimal);
        if (separator == NULL) {
            return text;
        }
        bool is_group =
            strspn(text + strlen(separator), "0123456789") == GROUP_DIGITS &&
            (parted_by == NULL ? digits <= GROUP_DIGITS && *first != '0' : parted_by == separator);
        if (!is_group) {
            return NULL;
        }
        text += strlen(separator);
        buffer_append(plain, text, GROUP_DIGITS);
        text += GROUP_DIGITS;
        parted_by = separator;
    }
}

bool number_read(const char *text, char decimal, struct buffer *plain) {
    struct buffer read = {0};
    static const char minus[] = "\xE2\x88\x92";
    bool has_minus = strncmp(text, minus, sizeof minus - 1) == 0;
    if (has_minus || *text == '-' || *text == '+') {
        buffer_add(&read, has_minus || *text == '-' ? "-" : "");
        text += has_minus ? sizeof minus - 1 : 1;
    }
    const char *end = take_groups(text, decimal, &read);
    if (end != NULL && *end == decimal) {
        size_t digits = strspn(end + 1, "0123456789");
        buffer_add_byte(&read, '.');
        buffer_append(&read, end + 1, digits);
        end = digits > 0 ? end + 1 + digits : NULL;
    }
    bool is_number = end != NULL && *end == '\0';
    if (is_number) {
        buffer_add(plain, buffer_text(&read));
    }
    buffer_free(&read);
    return is_number;
}

bool number_read_any(const char *text, struct buffer *plain) {
    struct buffer point = {0}, comma = {0};
    bool has_point = number_read(text, '.', &point);
    bool has_comma = number_read(text, ',', &comma);
    bool is_one = has_point != has_comma ||
                  (has_point && has_comma && strcmp(buffer_text(&point), buffer_text(&comma)) == 0);
    if (is_one) {
        buffer_add(plain, buffer_text(has_point ? &point : &comma));
    }
    buffer_free(&point);
    buffer_free(&comma);
    return is_one;
}
