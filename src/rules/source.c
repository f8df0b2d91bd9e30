/* Owns the answer to what raised an action; knows nothing of renaming or deleting. */
#include "rules/rename.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"

enum { SOURCE_REGISTERS_MOST = 4 };

/* Where a source is looked for first, by the words of action.source. */
static const struct {
    const char *word;
    enum register_id registers[SOURCE_REGISTERS_MOST]; /* closed by REGISTER_NONE */
} preferences[] = {
    {"finding", {REGISTER_ASSESSMENT, REGISTER_AUDIT, REGISTER_REQUIREMENT, REGISTER_NONE}},
    {"management review",
     {REGISTER_DECISION, REGISTER_REVIEW, REGISTER_REVIEW_INPUT, REGISTER_NONE}},
    {"kpi", {REGISTER_KPI, REGISTER_MEASUREMENT, REGISTER_OBJECTIVE, REGISTER_NONE}},
    {"feedback", {REGISTER_COMMUNICATION, REGISTER_REVIEW_INPUT, REGISTER_NONE}},
};

/* A key that fits several records names none of them for sure. */
static enum lookup find_in(struct workbook *workbook, enum register_id register_id, const char *key,
                           struct source *source, struct fault *fault) {
    struct fault local = {0};
    source->register_id = register_id;
    enum lookup found = record_find_key(workbook, register_id, key, &source->id, &local);
    if (found != LOOKUP_FAULT || local.kind == FAULT_REFUSED) {
        fault_clear(&local);
        return found == LOOKUP_FOUND ? LOOKUP_FOUND : LOOKUP_NONE;
    }
    fault_clear(fault);
    *fault = local;
    return LOOKUP_FAULT;
}

static enum lookup find_preferred(struct workbook *workbook, const char *word, const char *key,
                                  struct source *source, struct fault *fault) {
    for (size_t i = 0; i < COUNT(preferences); i++) {
        const enum register_id *ids = preferences[i].registers;
        if (strcmp(preferences[i].word, word) != 0) {
            continue;
        }
        for (int place = 0; ids[place] != REGISTER_NONE; place++) {
            enum lookup found = find_in(workbook, ids[place], key, source, fault);
            if (found != LOOKUP_NONE) {
                return found;
            }
        }
    }
    return LOOKUP_NONE;
}

static enum lookup find_anywhere(struct workbook *workbook, const char *key, struct source *source,
                                 struct fault *fault) {
    for (int id = 0; id < REGISTER_COUNT; id++) {
        if (register_describe((enum register_id)id)->key_count == 0) {
            continue;
        }
        enum lookup found = find_in(workbook, (enum register_id)id, key, source, fault);
        if (found != LOOKUP_NONE) {
            return found;
        }
    }
    return LOOKUP_NONE;
}

enum lookup source_find(struct workbook *workbook, const char *source_word, const char *text,
                        struct source *source, struct fault *fault) {
    char *key = memory_copy_text(text);
    size_t len_bytes = strlen(key);
    enum lookup found = LOOKUP_NONE;
    while (found == LOOKUP_NONE && key[0] != '\0') {
        source->suffix_bytes = len_bytes - strlen(key);
        found = find_preferred(workbook, source_word, key, source, fault);
        if (found == LOOKUP_NONE) {
            found = find_anywhere(workbook, key, source, fault);
        }
        char *slash = strrchr(key, '/');
        if (slash == NULL) {
            break;
        }
        *slash = '\0';
    }
    free(key);
    return found;
}

enum lookup edit_find_source(struct workbook *workbook, const char *source, const char *source_ref,
                             enum register_id *register_id, int64_t *id, const char **suffix,
                             struct fault *fault) {
    struct source found = {0};
    enum lookup lookup = source_find(workbook, source, source_ref, &found, fault);
    if (lookup == LOOKUP_FOUND) {
        *register_id = found.register_id;
        *id = found.id;
        *suffix = source_ref + strlen(source_ref) - found.suffix_bytes;
    }
    return lookup;
}
