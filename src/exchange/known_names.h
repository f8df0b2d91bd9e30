/* Names that were looked up lately and the records they lead to. */
#ifndef EXCHANGE_KNOWN_NAMES_H
#define EXCHANGE_KNOWN_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/register/register.h"

struct known_names;

/* Returns whether what TEXT leads to in FIELD is known, and the id if so. NULL knows nothing. */
bool known_names_find(const struct known_names *names, const struct field *field, const char *text,
                      int64_t *id);

/* Notes where TEXT leads to in FIELD, and may forget another name for it. NULL becomes a table,
 * which is freed with known_names_free. */
void known_names_add(struct known_names **names, const struct field *field, const char *text,
                     int64_t id);

void known_names_free(struct known_names *names);

#endif
