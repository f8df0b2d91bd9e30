/* What follows when a record is renamed. */
#ifndef RULES_RENAME_H
#define RULES_RENAME_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "clause5/store/record.h"
#include "rules/ask.h"

/* Stores VALUES over the record that is BEFORE, within the open batch and without further rules;
 * where its key changes, the record keys and versions that name it follow (contract.md, Values). */
bool rename_store(struct asker *asker, const struct record *before, const struct value *values,
                  struct fault *fault);

/* Collects the ids of the register's rows that name a version (given by the values of its
 * policy_version) in a FIELD_VERSION field. */
bool version_find_rows(struct asker *asker, enum register_id register_id,
                       const struct value *version, struct whole_list *rows, struct fault *fault);

/* What raised an action, found from its source and source_ref. As the text names no register, those
 * that fit the source come first, then all in order; a text that goes on behind a key with "/"
 * names that key's record.
 * suffix_bytes is the length of what goes on. */
struct source {
    enum register_id register_id;
    int64_t id;
    size_t suffix_bytes;
};
enum lookup source_find(struct workbook *workbook, const char *source_word, const char *text,
                        struct source *source, struct fault *fault);

#endif
