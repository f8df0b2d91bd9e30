/* Owns which changes of an import overwrite work that somebody has finished: an assessment that is
 * done, a version of a policy that was approved. Filling what was empty overwrites nothing, nor
 * does a step of the workflow or the confirmation of a review. */
#include <string.h>

#include "exchange/import_job.h"

static bool is_one_of(const struct value *value, const char *const *words) {
    for (; *words != NULL; words++) {
        if (strcmp(value_text(value), *words) == 0) {
            return true;
        }
    }
    return false;
}

static const char *const approved_words[] = {"approved", "superseded", "withdrawn", NULL};
static const char *const done_words[] = {"done", NULL};

/* Of a version: what was approved stays; when it was last reviewed and that another one took its
 * place come later. */
static bool is_step_of_version(const struct import_part *part, int field) {
    return field == POLICY_VERSION_REVIEWED_ON ||
           (field == POLICY_VERSION_STATUS && is_one_of(&part->values[field], approved_words));
}

const char *import_find_overwritten(const struct record *record, const struct import_part *part,
                                    const bool *changes, int *field) {
    bool is_version = record->register_id == REGISTER_POLICY_VERSION &&
                      is_one_of(&record->values[POLICY_VERSION_STATUS], approved_words);
    bool is_assessment = record->register_id == REGISTER_ASSESSMENT &&
                         is_one_of(&record->values[ASSESSMENT_STATE], done_words);
    if (!is_version && !is_assessment) {
        return NULL;
    }
    int count = register_describe(record->register_id)->field_count;
    for (*field = 0; *field < count; (*field)++) {
        if (changes[*field] && record->values[*field].kind != VALUE_EMPTY &&
            !(is_version && is_step_of_version(part, *field))) {
            return is_version ? "was approved" : "is done";
        }
    }
    return NULL;
}
