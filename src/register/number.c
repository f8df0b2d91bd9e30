/* Owns decimal numbers as people and files write them; knows nothing of fields. Nothing here
 * depends on the locale: C's conversions see only digits and an exponent, never a decimal point. */
#include "clause5/register/type.h"

#include <ctype.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/text.h"
#include "register/parse.h"

enum {
    DIGITS_ALWAYS_ENOUGH = 17, /* of any double, by IEEE 754 */
    SCIENTIFIC_SIZE = 40,      /* bytes of a sign, 17 digits, a point of any locale and e-324 */
};

/* The digits of a decimal: 0.DIGITS times ten to the power of POINT. */
struct decimal {
    char digits[DIGITS_ALWAYS_ENOUGH + 1];
    int count;
    int point;
    bool is_negative;
};

static double decimal_value(const struct decimal *decimal) {
    char text[SCIENTIFIC_SIZE];
    snprintf(text, sizeof text, "%s%se%d", decimal->is_negative ? "-" : "", decimal->digits,
             decimal->point - decimal->count);
    return strtod(text, NULL);
}

static struct decimal decimal_of(double number, int digits) {
    char text[SCIENTIFIC_SIZE];
    snprintf(text, sizeof text, "%.*e", digits - 1, number);
    struct decimal decimal = {.is_negative = number < 0};
    const char *c = text;
    for (; *c != 'e' && *c != '\0'; c++) {
        if (isdigit((unsigned char)*c) && decimal.count < DIGITS_ALWAYS_ENOUGH) {
            decimal.digits[decimal.count++] = *c;
        }
    }
    decimal.point = *c == 'e' ? (int)strtol(c + 1, NULL, 10) + 1 : 1;
    while (decimal.count > 1 && decimal.digits[decimal.count - 1] == '0') {
        decimal.digits[--decimal.count] = '\0';
    }
    return decimal;
}

void number_print(double number, struct buffer *out) {
    if (!(fabs(number) > 0)) {
        buffer_add_byte(out, '0');
        return;
    }
    /* Whatever reads back from 15 digits is shortest without its closing zeros: every decimal of
     * 15 digits survives the way through a double. */
    struct decimal decimal = decimal_of(number, NUMBER_DIGITS_MOST);
    for (int digits = NUMBER_DIGITS_MOST + 1;
         digits <= DIGITS_ALWAYS_ENOUGH && decimal_value(&decimal) != number; digits++) {
        decimal = decimal_of(number, digits);
    }
    buffer_add(out, decimal.is_negative ? "-" : "");
    if (decimal.point <= 0) {
        buffer_add(out, "0.");
    }
    for (int zero = decimal.point; zero < 0; zero++) {
        buffer_add_byte(out, '0');
    }
    for (int i = 0; i < decimal.count; i++) {
        if (i > 0 && i == decimal.point) {
            buffer_add_byte(out, '.');
        }
        buffer_add_byte(out, decimal.digits[i]);
    }
    for (int zero = decimal.count; zero < decimal.point; zero++) {
        buffer_add_byte(out, '0');
    }
}

static size_t count_digits(const char *text) {
    return strspn(text, "0123456789");
}

static const char *after_sign(const char *text) {
    return *text == '-' || *text == '+' ? text + 1 : text;
}

bool number_is_plain(const char *text) {
    const char *whole = after_sign(text);
    const char *rest = whole + count_digits(whole);
    if (rest == whole) {
        return false;
    }
    if (*rest != '.') {
        return *rest == '\0';
    }
    size_t fraction = count_digits(rest + 1);
    return fraction > 0 && rest[1 + fraction] == '\0';
}

/* Takes the significant digits of a plain number; false where there are too many or the number is
 * beyond all measure. */
static bool decimal_read(const char *text, struct decimal *decimal) {
    *decimal = (struct decimal){.is_negative = *text == '-'};
    int zeros = 0;
    bool is_fraction = false;
    for (const char *c = after_sign(text); *c != '\0'; c++) {
        if (*c == '.') {
            is_fraction = true;
            continue;
        }
        bool is_leading = decimal->count == 0 && *c == '0';
        if (is_leading) {
            decimal->point -= is_fraction;
        } else {
            decimal->point += !is_fraction;
        }
        if (*c == '0') {
            zeros += !is_leading;
            continue;
        }
        if (decimal->count + zeros >= NUMBER_DIGITS_MOST) {
            return false;
        }
        for (; zeros > 0; zeros--) {
            decimal->digits[decimal->count++] = '0';
        }
        decimal->digits[decimal->count++] = *c;
    }
    return abs(decimal->point) < DBL_MAX_10_EXP;
}

bool number_parse(const char *text, double *number, struct fault *fault) {
    struct decimal decimal;
    char *trimmed = text_trim(text);
    bool is_good = false;
    if (!number_is_plain(trimmed)) {
        parse_refuse(fault, trimmed, "is not a number (use digits and a point, such as 1.5)");
    } else if (strlen(trimmed) >= INT16_MAX || !decimal_read(trimmed, &decimal)) {
        parse_refuse(fault, trimmed, "is too precise or too large (use at most %d digits)",
                     NUMBER_DIGITS_MOST);
    } else {
        *number = decimal.count == 0 ? 0 : decimal_value(&decimal);
        is_good = true;
    }
    free(trimmed);
    return is_good;
}
