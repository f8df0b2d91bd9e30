/* How records are counted and named in sentences. */
#ifndef RULES_NOUNS_H
#define RULES_NOUNS_H

#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/register/register.h"

/* Appends "1 version" or "2 versions". */
void noun_add_count(struct buffer *out, enum register_id register_id, int64_t count);

/* Returns a label as it stands within a sentence ("Next review on" as "next review on", "KPI" as it
 * is); the caller frees with free. */
char *noun_within_sentence(const char *label);

#endif
