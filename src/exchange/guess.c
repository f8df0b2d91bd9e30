/* Owns the guesses from names; knows no workbook. */
#include "exchange/guess.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"

enum { CODE_BYTES_MOST = 12, REF_BYTES_MOST = 24, CAPITALS_MOST = 5 };

static bool is_word_byte(char byte) {
    return isalnum((unsigned char)byte) || (byte & 0x80) != 0;
}

/* True where WORDS stand in TEXT as words of their own, a plural s allowed. */
static bool has_words(const char *text, const char *words) {
    size_t len = strlen(words);
    for (const char *at = text; *at != '\0'; at++) {
        if (strncasecmp(at, words, len) != 0 || (at > text && is_word_byte(at[-1]))) {
            continue;
        }
        const char *end = at + len;
        end += *end == 's' ? 1 : 0;
        if (!is_word_byte(*end)) {
            return true;
        }
    }
    return false;
}

static bool has_any_words(const char *text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (has_words(text, words[i])) {
            return true;
        }
    }
    return false;
}

static bool is_in_capitals(const char *text) {
    bool has_letter = false;
    for (; *text != '\0'; text++) {
        if ((*text & 0x80) != 0 || islower((unsigned char)*text)) {
            return false;
        }
        has_letter = has_letter || isupper((unsigned char)*text);
    }
    return has_letter;
}

bool guess_is_role(const char *name) {
    static const char *const words[] = {"Officer", "Lead", "Manager", "Head", "Team", "Director"};
    return is_in_capitals(name) || has_any_words(name, words, COUNT(words));
}

bool guess_code_in_parentheses(const char *text, char **code, char **title) {
    const char *open = strrchr(text, '(');
    size_t len = strlen(text);
    if (open == NULL || open == text || text[len - 1] != ')') {
        return false;
    }
    size_t code_len = len - (size_t)(open - text) - 2;
    if (code_len == 0 || code_len > CODE_BYTES_MOST || !isalpha((unsigned char)open[1]) ||
        strcspn(open + 1, " \t(") < code_len) {
        return false;
    }
    char *before = memory_copy_bytes(text, (size_t)(open - text));
    *code = memory_copy_bytes(open + 1, code_len);
    *title = text_trim(before);
    free(before);
    return true;
}

static char *take_initials(const char *title) {
    struct buffer initials = {0};
    for (const char *at = title; *at != '\0'; at++) {
        if (!is_word_byte(*at) || isdigit((unsigned char)*at) ||
            (at > title && is_word_byte(at[-1]))) {
            continue;
        }
        uint32_t code;
        size_t len = text_decode(at, strlen(at), &code);
        if (len == 1) {
            buffer_add_byte(&initials, (char)toupper((unsigned char)*at));
        } else {
            buffer_append(&initials, at, len);
        }
    }
    buffer_add(&initials, initials.len_bytes == 0 ? "ROLE" : "");
    return buffer_take(&initials);
}

void guess_role_ref(const char *text, char **ref, char **title) {
    if (guess_code_in_parentheses(text, ref, title)) {
        return;
    }
    bool is_code =
        strlen(text) <= CAPITALS_MOST && is_in_capitals(text) && strpbrk(text, " \t/\\") == NULL;
    *title = memory_copy_text(text);
    *ref = is_code ? memory_copy_text(text) : take_initials(text);
}

const char *guess_role_kind(const char *title) {
    static const char *const top[] = {"top management",
                                      "CEO",
                                      "CFO",
                                      "COO",
                                      "CTO",
                                      "CIO",
                                      "chief executive",
                                      "chief",
                                      "managing director",
                                      "executive board",
                                      "board",
                                      "executive management"};
    size_t len = strlen(title);
    bool is_heads = len > 6 && strcasecmp(title + len - 6, " heads") == 0;
    if (strncasecmp(title, "all ", 4) == 0 || is_heads) {
        return "group";
    }
    return has_any_words(title, top, COUNT(top)) ? "top management" : "operational";
}

bool guess_is_ref(const char *text) {
    return strpbrk(text, " \t") == NULL && strpbrk(text, "0123456789") != NULL &&
           strlen(text) <= REF_BYTES_MOST;
}

const char *guess_clause(const char *title) {
    /* The first that fits counts: what is more special stands first. */
    static const struct {
        const char *words, *clause;
    } clauses[] = {{"internal audit", "9.2"},
                   {"management review", "9.3"},
                   {"corrective action", "10.2"},
                   {"nonconformity", "10.2"},
                   {"awareness", "7.3"},
                   {"training", "7.2"},
                   {"competence", "7.2"},
                   {"communication", "7.4"},
                   {"budget", "7.1"},
                   {"resource", "7.1"},
                   {"objective", "6.2"},
                   {"responsibilities", "5.3"},
                   {"assign role", "5.3"},
                   {"policy", "5.2"},
                   {"policies", "5.2"},
                   {"ISMS scope", "4.3"}};
    for (size_t i = 0; i < COUNT(clauses); i++) {
        if (has_words(title, clauses[i].words)) {
            return clauses[i].clause;
        }
    }
    return "";
}

bool guess_is_legend(const char *text) {
    static const char *const words[] = {
        "legend",      "total",         "totals",     "grand total",  "subtotal",
        "sub-total",   "sum",           "legende",    "summe",        "gesamt",
        "gesamtsumme", "total general", "sous-total", "zwischensumme"};
    char *trimmed = text_trim(text);
    size_t len = strlen(trimmed);
    if (len > 0 && trimmed[len - 1] == ':') {
        trimmed[len - 1] = '\0';
    }
    bool is_legend = false;
    for (size_t i = 0; i < COUNT(words); i++) {
        is_legend = is_legend || strcasecmp(trimmed, words[i]) == 0;
    }
    free(trimmed);
    return is_legend;
}

bool guess_is_remark(const char *text) {
    /* Each is followed by a colon, a number or the end, or is a phrase that no name begins with. */
    static const char *const words[] = {"legend", "key",     "note",    "notes",  "total",
                                        "totals", "sum",     "count",   "source", "page",
                                        "seite",  "hinweis", "legende", "summe",  "anzahl",
                                        "gesamt", "remark",  "remarks", "rows",   "records"};
    static const char *const phrases[] = {"exported on",
                                          "exported by",
                                          "exported at",
                                          "generated on",
                                          "generated by",
                                          "printed on",
                                          "report generated",
                                          "end of ",
                                          "created with",
                                          "(c) ",
                                          "\xC2\xA9",
                                          "* ",
                                          "erstellt am",
                                          "exportiert am",
                                          "stand:",
                                          "as of ",
                                          "last updated",
                                          "---",
                                          "===",
                                          "***"};
    char *trimmed = text_trim(text);
    bool is_remark = false;
    for (size_t i = 0; i < COUNT(phrases); i++) {
        is_remark = is_remark || strncasecmp(trimmed, phrases[i], strlen(phrases[i])) == 0;
    }
    for (size_t i = 0; i < COUNT(words) && !is_remark; i++) {
        size_t len = strlen(words[i]);
        const char *rest = trimmed + len;
        if (strncasecmp(trimmed, words[i], len) == 0) {
            rest += strspn(rest, " \t");
            is_remark = *rest == '\0' || *rest == ':' || *rest == '=' ||
                        (rest > trimmed + len && isdigit((unsigned char)*rest));
        }
    }
    /* "R = responsible", "25 records" */
    const char *equals = strstr(trimmed, " = ");
    is_remark = is_remark || (equals != NULL && equals - trimmed <= 3);
    char *end = trimmed + strspn(trimmed, "0123456789");
    is_remark = is_remark || (end > trimmed &&
                              (strcasecmp(end, " records") == 0 || strcasecmp(end, " rows") == 0 ||
                               strcasecmp(end, " entries") == 0));
    free(trimmed);
    return is_remark;
}

char *guess_first_last(const char *text) {
    static const char *const suffixes[] = {"Inc", "Ltd",  "LLC", "GmbH", "AG", "KG",  "SE",
                                           "PLC", "Corp", "Co",  "Jr",   "Sr", "II",  "III",
                                           "PhD", "MBA",  "MD",  "Esq",  "Dr", "Prof"};
    const char *comma = strchr(text, ',');
    if (comma == NULL || strchr(comma + 1, ',') != NULL ||
        strpbrk(text, "0123456789@;/()&\"\n") != NULL || guess_is_role(text)) {
        return NULL;
    }
    char *before = memory_copy_bytes(text, (size_t)(comma - text));
    char *last = text_trim(before), *first = text_trim(comma + 1);
    free(before);
    bool is_name = *last != '\0' && *first != '\0';
    for (size_t i = 0; i < COUNT(suffixes) && is_name; i++) {
        size_t len = strlen(suffixes[i]);
        is_name = strncasecmp(first, suffixes[i], len) != 0 || is_word_byte(first[len]);
    }
    struct buffer name = {0};
    buffer_addf(&name, "%s %s", first, last);
    free(first);
    free(last);
    if (!is_name) {
        buffer_free(&name);
        return NULL;
    }
    return buffer_take(&name);
}
