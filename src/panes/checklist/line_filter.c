/* Owns the terms by which lines of a round are narrowed; knows nothing of where they are shown. */
#include "panes/checklist/line_filter.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"

/* A line that is judged, and who looks. */
struct judged {
    const struct round_line *line;
    const char *actor;
};

static bool starts_with(const char *text, const char *start) {
    return strncasecmp(text, start, strlen(start)) == 0;
}

static bool fits_clause(const struct judged *judged, const char *value) {
    return strcasecmp(judged->line->clause, value) == 0 || starts_with(judged->line->ref, value);
}

static bool fits_state(const struct judged *judged, const char *value) {
    enum assessment_state state = judged->line->state;
    return (value[0] != '\0' && starts_with("open", value) && state != ASSESSMENT_DONE) ||
           starts_with(assessment_state_word(state), value);
}

static bool fits_result(const struct judged *judged, const char *value) {
    return strcasestr(round_verdict_word(judged->line->verdict), value) != NULL;
}

static bool is_finding(const struct judged *judged, const char *value) {
    (void)value;
    enum round_verdict verdict = judged->line->verdict;
    return verdict == ROUND_MAJOR || verdict == ROUND_MINOR || verdict == ROUND_CONCERN;
}

static bool is_practice(const struct judged *judged, const char *value) {
    (void)value;
    return judged->line->is_practice;
}

static bool is_mine(const struct judged *judged, const char *value) {
    (void)value;
    return strcmp(judged->line->assessed_by, judged->actor) == 0;
}

/* The terms: those that end in a colon take a value. */
static const struct {
    const char *term, *detail;
    bool (*fits)(const struct judged *judged, const char *value);
} terms[] = {
    {"clause:", "a clause, such as clause:5.2", fits_clause},
    {"state:", "open, done, to do, in progress", fits_state},
    {"result:", "a part of the result, such as result:minor", fits_result},
    {"findings", "major, minor and areas of concern", is_finding},
    {"practices", "the good practices", is_practice},
    {"mine", "what I assessed", is_mine},
};

static bool shows(const struct round_line *line, const char *words) {
    return strcasestr(line->ref, words) != NULL || strcasestr(line->title, words) != NULL ||
           strcasestr(round_verdict_word(line->verdict), words) != NULL;
}

static bool fits_term(const struct judged *judged, const char *term) {
    for (size_t i = 0; i < COUNT(terms); i++) {
        size_t len = strlen(terms[i].term);
        bool has_value = terms[i].term[len - 1] == ':';
        if (has_value ? starts_with(term, terms[i].term) : strcasecmp(term, terms[i].term) == 0) {
            return terms[i].fits(judged, term + len);
        }
    }
    return shows(judged->line, term);
}

bool line_filter_fits(const char *filter, const struct round_line *line, const char *actor) {
    const struct judged judged = {.line = line, .actor = actor};
    bool fits = true;
    if (filter == NULL) {
        return true;
    }
    char *copy = memory_copy_text(filter);
    char *rest = NULL;
    for (char *term = strtok_r(copy, " ", &rest); term != NULL && fits;
         term = strtok_r(NULL, " ", &rest)) {
        fits = fits_term(&judged, term);
    }
    free(copy);
    return fits;
}

/* A term being typed, behind what is typed before it. */
struct typing {
    const char *typed, *term;
    struct candidates *out;
};

static void offer(const struct typing *typing, const char *name, const char *value,
                  const char *detail) {
    struct buffer term = {0};
    struct buffer whole = {0};
    buffer_addf(&term, "%s%s", name, value);
    if (starts_with(buffer_text(&term), typing->term) &&
        strcmp(buffer_text(&term), typing->term) != 0) {
        buffer_append(&whole, typing->typed, (size_t)(typing->term - typing->typed));
        buffer_add(&whole, buffer_text(&term));
        candidates_add(typing->out, buffer_text(&whole), detail);
    }
    buffer_free(&term);
    buffer_free(&whole);
}

static void offer_clauses(const struct typing *typing, const struct round_lines *lines) {
    const char *last = "";
    for (size_t i = 0; i < lines->count; i++) {
        if (strcmp(lines->items[i].clause, last) != 0) {
            last = lines->items[i].clause;
            offer(typing, "clause:", last, NULL);
        }
    }
}

void line_filter_complete(void *context, const char *typed, struct candidates *out) {
    static const char *const states[] = {"open", "done", "to", "in"};
    static const char *const results[] = {"major",       "minor",    "concern",
                                          "partial",     "conforms", "observation",
                                          "opportunity", "good",     "not"};
    const char *blank = strrchr(typed, ' ');
    const struct typing typing = {
        .typed = typed, .term = blank == NULL ? typed : blank + 1, .out = out};
    if (strchr(typing.term, ':') == NULL) {
        for (size_t i = 0; i < COUNT(terms); i++) {
            offer(&typing, terms[i].term, "", terms[i].detail);
        }
        return;
    }
    offer_clauses(&typing, context);
    for (size_t i = 0; i < COUNT(states); i++) {
        offer(&typing, "state:", states[i], NULL);
    }
    for (size_t i = 0; i < COUNT(results); i++) {
        offer(&typing, "result:", results[i], NULL);
    }
}
