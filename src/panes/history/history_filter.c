/* Owns the words that narrow the history; knows nothing of how it is shown. */
#include "panes/history/history_filter.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/register/register.h"

enum term_kind { TERM_WORD, TERM_BY, TERM_IN, TERM_SINCE, TERM_UNTIL, TERM_ON };

struct history_term {
    enum term_kind kind;
    bool is_negative;
    char *word;
    date_days day;
    enum register_id register_id;
};

/* The first words, and others that people use for them. */
static const struct {
    const char *name;
    enum term_kind kind;
} names[] = {
    {"by", TERM_BY},       {"who", TERM_BY},      {"actor", TERM_BY},   {"in", TERM_IN},
    {"register", TERM_IN}, {"since", TERM_SINCE}, {"from", TERM_SINCE}, {"until", TERM_UNTIL},
    {"to", TERM_UNTIL},    {"on", TERM_ON},
};

static enum term_kind find_kind(const char *name, size_t len_bytes) {
    for (size_t i = 0; i < COUNT(names); i++) {
        if (strlen(names[i].name) == len_bytes &&
            strncasecmp(names[i].name, name, len_bytes) == 0) {
            return names[i].kind;
        }
    }
    return TERM_WORD;
}

/* Returns the next word at *AT, to be freed, and moves *AT behind it; NULL at the end. Where
 * quotes begin it goes on to their end, and up to the first colon where ENDS_AT_COLON. */
static char *take_word(const char **at, bool ends_at_colon) {
    const char *begin = *at + strspn(*at, " \t");
    if (*begin == '\0') {
        return NULL;
    }
    bool is_quoted = *begin == '"';
    begin += is_quoted;
    size_t len = strcspn(begin, is_quoted ? "\"" : ends_at_colon ? " \t:" : " \t");
    *at = begin + len + (is_quoted && begin[len] == '"');
    return memory_copy_bytes(begin, len);
}

static enum register_id find_register(const char *word) {
    enum register_id found = register_find(word);
    for (int id = 0; id < REGISTER_COUNT && found == REGISTER_NONE; id++) {
        const struct register_description *described = register_describe((enum register_id)id);
        if (text_compare_ascii_case(described->label, word) == 0 ||
            text_compare_ascii_case(described->singular, word) == 0) {
            found = (enum register_id)id;
        }
    }
    return found;
}

static bool read_value(struct history_term *term, date_days today, struct fault *fault) {
    switch (term->kind) {
    case TERM_WORD:
    case TERM_BY:
        return true;
    case TERM_IN:
        term->register_id = find_register(term->word);
        return term->register_id != REGISTER_NONE ||
               fault_set(fault, FAULT_REFUSED,
                         "\"%s\" is no register (such as policy, or acknowledgement)", term->word);
    case TERM_SINCE:
    case TERM_UNTIL:
    case TERM_ON:
        break;
    }
    return date_parse_typed(term->word, today, &term->day) ||
           fault_set(fault, FAULT_REFUSED, "\"%s\" is not a date (use YYYY-MM-DD, today or -1w)",
                     term->word);
}

/* Reads one term at *AT: true with a kind and a word, false at the end. */
static bool take_term(const char **at, struct history_term *term) {
    *at += strspn(*at, " \t");
    *term = (struct history_term){.is_negative = **at == '-' && (*at)[1] != '\0'};
    *at += term->is_negative;
    const char *rest = *at;
    bool is_quoted = *rest == '"';
    char *first = take_word(&rest, true);
    if (first == NULL) {
        return false;
    }
    enum term_kind kind = is_quoted ? TERM_WORD : find_kind(first, strlen(first));
    free(first);
    if (kind != TERM_WORD) {
        rest += *rest == ':';
        term->word = take_word(&rest, false);
    }
    if (term->word != NULL) {
        term->kind = kind;
        *at = rest;
    } else {
        term->word = take_word(at, false);
    }
    return true;
}

bool history_filter_parse(struct history_filter *filter, const char *text, date_days today,
                          struct fault *fault) {
    struct history_term term;
    bool is_good = true;
    *filter = (struct history_filter){0};
    while (is_good && take_term(&text, &term)) {
        is_good = read_value(&term, today, fault);
        filter->terms = memory_reserve(filter->terms, &filter->capacity, filter->count + 1,
                                       sizeof *filter->terms);
        filter->terms[filter->count++] = term;
    }
    if (!is_good) {
        history_filter_free(filter);
    }
    return is_good;
}

void history_filter_free(struct history_filter *filter) {
    for (size_t i = 0; i < filter->count; i++) {
        free(filter->terms[i].word);
    }
    free(filter->terms);
    *filter = (struct history_filter){0};
}

static bool has_day(const struct history_term *term, const struct history_batch *batch) {
    date_days day;
    if (!history_batch_day(batch, &day)) {
        return false;
    }
    return term->kind == TERM_SINCE   ? day >= term->day
           : term->kind == TERM_UNTIL ? day <= term->day
                                      : day == term->day;
}

static bool ask_term(const struct history_term *term, struct workbook *workbook,
                     const struct history_batch *batch, bool *does_fit, struct fault *fault) {
    switch (term->kind) {
    case TERM_WORD:
        *does_fit = strcasestr(batch->label, term->word) != NULL ||
                    strcasestr(batch->actor, term->word) != NULL ||
                    strstr(batch->time, term->word) != NULL;
        return true;
    case TERM_BY:
        *does_fit = strcasestr(batch->actor, term->word) != NULL;
        return true;
    case TERM_IN:
        return history_batch_touches(workbook, batch->number, term->register_id, does_fit, fault);
    case TERM_SINCE:
    case TERM_UNTIL:
    case TERM_ON:
        break;
    }
    *does_fit = has_day(term, batch);
    return true;
}

bool history_filter_passes(const struct history_filter *filter, struct workbook *workbook,
                           const struct history_batch *batch, bool *passes, struct fault *fault) {
    *passes = true;
    for (size_t i = 0; i < filter->count && *passes; i++) {
        const struct history_term *term = &filter->terms[i];
        bool does_fit = false;
        if (!ask_term(term, workbook, batch, &does_fit, fault)) {
            return false;
        }
        *passes = does_fit != term->is_negative;
    }
    return true;
}
