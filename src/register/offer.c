/* Owns what a cell can be offered as that holds more than its field takes. Offers only what leaves
 * no doubt; nothing is ever stored by it. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/register/reading.h"
#include "clause5/register/type.h"
#include "register/parse.h"

enum { WORD_BYTES_MOST = 15 };

/* Passes over the one of PREFIXES that TEXT begins with, the longest standing first. */
static const char *skip_one(const char *text, const char *const *prefixes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(prefixes[i]);
        if (strncmp(text, prefixes[i], len) == 0) {
            return text + len;
        }
    }
    return text;
}

/* Passes over what may stand before a number: "<", "at least" signs and currencies. */
static const char *skip_before_number(const char *text) {
    static const char *const signs[] = {
        "<=",           ">=",           "<",   ">",        "=",   "~",   "\xE2\x89\xA4",
        "\xE2\x89\xA5", "\xE2\x89\x88", "EUR", "USD",      "GBP", "CHF", "CAD",
        "AUD",          "\xE2\x82\xAC", "$",   "\xC2\xA3", " ",   "\t",  "\xC2\xA0"};
    for (;;) {
        const char *after = skip_one(text, signs, COUNT(signs));
        if (after == text) {
            return text;
        }
        text = after;
    }
}

/* Returns the bytes at TEXT that may belong to a number. */
static size_t number_bytes(const char *text) {
    static const char *const inside[] = {"0",
                                         "1",
                                         "2",
                                         "3",
                                         "4",
                                         "5",
                                         "6",
                                         "7",
                                         "8",
                                         "9",
                                         ".",
                                         ",",
                                         "'",
                                         " ",
                                         "\xC2\xA0",
                                         "\xE2\x80\xAF",
                                         "\xE2\x80\x89",
                                         "\xE2\x80\x99"};
    const char *at = *text == '-' || *text == '+' ? text + 1 : text;
    const char *after_digit = text;
    for (;;) {
        const char *after = skip_one(at, inside, COUNT(inside));
        if (after == at) {
            return (size_t)(after_digit - text);
        }
        after_digit = isdigit((unsigned char)*at) ? after : after_digit;
        at = after;
    }
}

/* True where what follows a number makes another number of it: a range, a fraction, a time, a day,
 * or a word such as thousand. */
static bool changes_number(const char *rest) {
    static const char words[] = "k;m;b;t;bn;mn;mm;mio;mrd;tsd;million;millions;billion;billions;"
                                "thousand;thousands;hundred;lakh;crore;millionen;milliarden;"
                                "tausend;to;bis;or;of;von;x;e";
    static const char *const blanks[] = {" ", "\xC2\xA0", "\xE2\x80\xAF", "."};
    for (const char *after; (after = skip_one(rest, blanks, COUNT(blanks))) != rest;) {
        rest = after;
    }
    if (*rest != '\0' && (strchr("-/:*^+xX", *rest) != NULL || strncmp(rest, "\xE2\x80", 2) == 0 ||
                          strncmp(rest, "\xC2\xB1", 2) == 0 || strncmp(rest, "\xC3\x97", 2) == 0)) {
        return true;
    }
    size_t len = 0;
    while (isalpha((unsigned char)rest[len])) {
        len++;
    }
    if (len == 0 || len > WORD_BYTES_MOST) {
        return false;
    }
    char word[WORD_BYTES_MOST + 1] = "";
    memcpy(word, rest, len);
    bool is_currency = len == 1 && (rest[1] & 0x80) != 0; /* T€ and k€ */
    const char *behind = rest + len + strspn(rest + len, " ");
    bool has_more = isdigit((unsigned char)*behind) && /* 2h 45min; but 0 in 2026 */
                    !choice_list_holds("in;by;until;per;on;as;since;from;at;for", word, false);
    return is_currency || has_more || choice_list_holds(words, word, false);
}

static bool offer_number(const struct field *field, const char *text, struct buffer *offered) {
    const char *begin = skip_before_number(text);
    size_t len = number_bytes(begin);
    if (len == 0 || changes_number(begin + len)) {
        return false;
    }
    char *digits = memory_copy_bytes(begin, len);
    struct buffer plain = {0};
    struct value value = {0};
    struct fault fault = {0};
    bool is_offered = number_read_any(digits, &plain) &&
                      field_parse(field, buffer_text(&plain), &value, &fault) &&
                      value.kind != VALUE_EMPTY;
    if (is_offered) {
        field_print(field, &value, offered);
    }
    value_free(&value);
    fault_clear(&fault);
    buffer_free(&plain);
    free(digits);
    return is_offered;
}

/* Returns the only day that the text can be read as; where the year is short, day.month.year. */
static bool find_only_day(const char *text, date_days *day) {
    struct date_reading reading;
    int found = 0;
    if (!date_read(text, &reading)) {
        return false;
    }
    if (reading.has_short_year && strchr(text, '.') != NULL && reading.can[DATE_WAY_DMY]) {
        *day = reading.day[DATE_WAY_DMY];
        return true;
    }
    for (int way = 0; way < DATE_WAY_SERIAL; way++) {
        if (reading.can[way] && (found == 0 || reading.day[way] != *day)) {
            *day = reading.day[way];
            found++;
        }
    }
    return found == 1;
}

/* Finds the only YYYY-MM-DD that stands in the text. */
static bool find_iso_within(const char *text, date_days *day) {
    int found = 0;
    for (const char *at = text; strlen(at) >= DATE_TEXT_SIZE - 1; at++) {
        char iso[DATE_TEXT_SIZE] = "";
        date_days read;
        memcpy(iso, at, DATE_TEXT_SIZE - 1);
        bool is_apart = (at == text || !isdigit((unsigned char)at[-1])) &&
                        !isdigit((unsigned char)at[DATE_TEXT_SIZE - 1]);
        if (is_apart && date_parse(iso, &read)) {
            *day = read;
            found++;
        }
    }
    return found == 1;
}

/* Returns a copy without what stands in parentheses, or behind " - ", at the end; NULL where
 * nothing does. The caller frees. */
static char *without_tail(const char *text) {
    const char *end = strstr(text, " - ");
    const char *open = strchr(text, '(');
    end = end == NULL || (open != NULL && open < end) ? open : end;
    if (end == NULL || end == text) {
        return NULL;
    }
    char *head = memory_copy_bytes(text, (size_t)(end - text));
    char *trimmed = text_trim(head);
    free(head);
    return trimmed;
}

static bool offer_date(const struct field *field, const char *text, struct buffer *offered) {
    (void)field;
    date_days day;
    char *head = without_tail(text);
    bool is_found = find_only_day(text, &day) || (head != NULL && find_only_day(head, &day)) ||
                    find_iso_within(text, &day);
    free(head);
    if (is_found) {
        char iso[DATE_TEXT_SIZE];
        date_print(day, iso);
        buffer_add(offered, iso);
    }
    return is_found;
}

/* Returns a copy without the last word, where that has a digit in it: "Internal audit 2026-Q1" and
 * "Incident INC-004". NULL otherwise. The caller frees. */
static char *without_number(const char *text) {
    const char *last = strrchr(text, ' ');
    bool has_digit = last != NULL && last != text && strpbrk(last, "0123456789") != NULL;
    return has_digit ? memory_copy_bytes(text, (size_t)(last - text)) : NULL;
}

/* Offers what HEAD, which is freed, reads as; NULL offers nothing. */
static bool offer_head(const struct field *field, char *head, struct buffer *offered) {
    struct value value = {0};
    struct fault fault = {0};
    bool is_offered =
        head != NULL && field_parse_sheet(field, head, &value, &fault) && value.kind != VALUE_EMPTY;
    if (is_offered) {
        field_print(field, &value, offered);
    }
    value_free(&value);
    fault_clear(&fault);
    free(head);
    return is_offered;
}

static bool offer_word(const struct field *field, const char *text, struct buffer *offered) {
    return offer_head(field, without_tail(text), offered) ||
           offer_head(field, without_number(text), offered);
}

bool field_offer(const struct field *field, const char *text, struct buffer *offered) {
    static bool (*const offers[FIELD_TYPE_COUNT])(const struct field *, const char *,
                                                  struct buffer *) = {
        [FIELD_WHOLE] = offer_number, [FIELD_NUMBER] = offer_number, [FIELD_DATE] = offer_date,
        [FIELD_YESNO] = offer_word,   [FIELD_CHOICE] = offer_word,
    };
    char *trimmed = text_trim(text);
    bool is_offered = offers[field->type] != NULL && offers[field->type](field, trimmed, offered);
    free(trimmed);
    return is_offered;
}
