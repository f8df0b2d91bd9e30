/* Owns reading the types that are neither numbers with a point nor words out of a list; knows
 * nothing of printing or of the workbook. */
#include "register/parse.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/text.h"
#include "clause5/register/type.h"

enum {
    SHOWN_CELLS = 40, /* of a value in a message; more is cut with … */
    WHOLE_DIGITS_MOST = 15,
    DIGEST_DIGITS = 64,       /* SHA-256 in hexadecimal */
    LANGUAGE_SUBTAG_MOST = 8, /* RFC 5646, 2.1 */
};
static const int64_t WHOLE_MOST = 999999999999999;

bool parse_refuse(struct fault *fault, const char *text, const char *format, ...) {
    struct buffer message = {0};
    buffer_add_byte(&message, '"');
    text_show(&message, text, SHOWN_CELLS);
    buffer_add(&message, "\" ");
    va_list arguments;
    va_start(arguments, format);
    buffer_add_list(&message, format, arguments);
    va_end(arguments);
    fault_set(fault, FAULT_REFUSED, "%s", buffer_text(&message));
    buffer_free(&message);
    return false;
}

bool parse_text(const struct field *field, const char *text, struct value *value,
                struct fault *fault) {
    (void)field;
    (void)fault;
    *value = value_of_text(text);
    return true;
}

bool parse_whole(const struct field *field, const char *text, struct value *value,
                 struct fault *fault) {
    int64_t most = field->least == 0 && field->most == 0 ? WHOLE_MOST : field->most;
    const char *digits = *text == '-' || *text == '+' ? text + 1 : text;
    if (*digits == '\0' || digits[strspn(digits, "0123456789")] != '\0') {
        return parse_refuse(
            fault, text, "is not a whole number (use digits only, from %" PRId64 " to %" PRId64 ")",
            field->least, most);
    }
    bool is_long = strlen(digits + strspn(digits, "0")) > WHOLE_DIGITS_MOST;
    int64_t whole = is_long ? INT64_MAX : strtoll(text, NULL, 10);
    if (is_long || whole < field->least || whole > most) {
        return parse_refuse(fault, text,
                            "is out of range (use a whole number from %" PRId64 " to %" PRId64 ")",
                            field->least, most);
    }
    *value = value_of_whole(whole);
    return true;
}

bool parse_number(const struct field *field, const char *text, struct value *value,
                  struct fault *fault) {
    (void)field;
    double number;
    if (!number_parse(text, &number, fault)) {
        return false;
    }
    *value = value_of_number(number);
    return true;
}

static bool take_date(bool is_read, const date_days *day, struct value *value) {
    if (is_read) {
        char text[DATE_TEXT_SIZE];
        date_print(*day, text);
        *value = value_of_text(text);
    }
    return is_read;
}

/* True for a day that is written as it should be, in a year that is too far away. */
static bool is_far_date(const char *text) {
    static const char shape[] = "0000-00-00";
    bool is_shaped = strlen(text) == strlen(shape);
    for (size_t i = 0; is_shaped && shape[i] != '\0'; i++) {
        is_shaped = shape[i] == '-' ? text[i] == '-' : text[i] >= '0' && text[i] <= '9';
    }
    if (!is_shaped) {
        return false;
    }
    long year = strtol(text, NULL, 10);
    return year < DATE_FIRST_YEAR || year > DATE_LAST_YEAR;
}

bool parse_date(const struct field *field, const char *text, struct value *value,
                struct fault *fault) {
    (void)field;
    date_days day = 0;
    return take_date(date_parse(text, &day), &day, value) ||
           parse_refuse(fault, text,
                        is_far_date(text) ? "is out of range (the years 1900 to 2199 are known)"
                                          : "is not a date (use YYYY-MM-DD)");
}

bool parse_date_typed(const struct field *field, const struct typed_text *typed,
                      struct value *value, struct fault *fault) {
    (void)field;
    date_days day = 0;
    return take_date(date_parse_typed(typed->text, typed->today, &day), &day, value) ||
           parse_refuse(fault, typed->text,
                        "is not a date (use YYYY-MM-DD, today, or +30d, -1w, +6m)");
}

/* Something on both sides of the one @, and no blanks: the rest is for the mail server to judge. */
bool parse_email(const struct field *field, const char *text, struct value *value,
                 struct fault *fault) {
    const char *at = strchr(text, '@');
    bool is_address = at != NULL && at != text && at[1] != '\0' && strchr(at + 1, '@') == NULL &&
                      text[strcspn(text, " \t\r\n,;<>")] == '\0';
    return is_address ? parse_text(field, text, value, fault)
                      : parse_refuse(fault, text,
                                     "is not an e-mail address (use one such as "
                                     "anna@example.com)");
}

/* RFC 5646 by its shape: subtags of letters and digits between hyphens, the first of letters. */
static bool is_language(const char *text) {
    size_t first = strcspn(text, "-");
    bool is_private = first == 1 && (*text == 'x' || *text == 'X') && text[1] == '-';
    for (size_t i = 0; i < first; i++) {
        if (!isalpha((unsigned char)text[i])) {
            return false;
        }
    }
    if ((first < 2 && !is_private) || first > LANGUAGE_SUBTAG_MOST) {
        return false;
    }
    for (text += first; *text == '-';) {
        size_t length = strcspn(++text, "-");
        if (length == 0 || length > LANGUAGE_SUBTAG_MOST) {
            return false;
        }
        for (; length > 0; length--, text++) {
            if (!isalnum((unsigned char)*text)) {
                return false;
            }
        }
    }
    return true;
}

bool parse_language(const struct field *field, const char *text, struct value *value,
                    struct fault *fault) {
    return is_language(text) ? parse_text(field, text, value, fault)
                             : parse_refuse(fault, text,
                                            "is not a language code (use one such as de or "
                                            "pt-BR)");
}

bool parse_register(const struct field *field, const char *text, struct value *value,
                    struct fault *fault) {
    (void)field;
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const char *name = register_describe((enum register_id)id)->name;
        if (text_compare_ascii_case(name, text) == 0) {
            *value = value_of_text(name);
            return true;
        }
    }
    return parse_refuse(fault, text, "is not a register (use a name such as policy or audit)");
}

bool parse_digest(const struct field *field, const char *text, struct value *value,
                  struct fault *fault) {
    (void)field;
    if (strlen(text) != DIGEST_DIGITS || text[strspn(text, "0123456789abcdefABCDEF")] != '\0') {
        return parse_refuse(fault, text, "is not a SHA-256 digest (use its %d hex digits)",
                            DIGEST_DIGITS);
    }
    *value = value_of_text(text);
    for (char *c = value->text; *c != '\0'; c++) {
        *c = (char)tolower((unsigned char)*c);
    }
    return true;
}
