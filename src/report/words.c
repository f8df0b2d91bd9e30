/* Owns the wording of dates and sums; knows nothing of where they stand. */
#include "report/words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/date.h"
#include "clause5/base/memory.h"
#include "report/markdown.h"

void words_add_date(struct buffer *out, const char *text) {
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    _Static_assert(COUNT(months) == 12, "one name per month");
    date_days day = 0;
    if (!date_parse(text, &day)) {
        markdown_add_inline(out, text);
        return;
    }
    struct date_parts parts = date_to_parts(day);
    buffer_addf(out, "%d %s %d", parts.day, months[parts.month - 1], parts.year);
}

void words_add_amount(struct buffer *out, const char *text) {
    char digits[64];
    char *end = NULL;
    double amount = strtod(text, &end);
    if (*text == '\0' || *end != '\0' || !isfinite(amount) || fabs(amount) >= 1e15) {
        markdown_add_inline(out, text);
        return;
    }
    bool is_whole = fabs(amount - round(amount)) < 0.005;
    snprintf(digits, sizeof digits, "%.*f", is_whole ? 0 : 2, fabs(amount));
    size_t whole_digits = strcspn(digits, ".");
    buffer_add(out, amount < 0 && strtod(digits, NULL) > 0 ? "-" : "");
    for (size_t i = 0; digits[i] != '\0'; i++) {
        if (i > 0 && i < whole_digits && (whole_digits - i) % 3 == 0) {
            buffer_add_byte(out, ',');
        }
        buffer_add_byte(out, digits[i]);
    }
}
