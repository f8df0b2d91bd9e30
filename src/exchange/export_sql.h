/* The SELECT that gives a register as a file holds it. */
#ifndef EXCHANGE_EXPORT_SQL_H
#define EXCHANGE_EXPORT_SQL_H

#include <stdbool.h>

#include "clause5/base/buffer.h"
#include "clause5/register/register.h"

/* Appends a SELECT of one column per field, references as keys, then the joined columns of the
 * sheet where WITH_JOINED; the rows in the order of their keys, part by part, bytewise. */
void export_sql(struct buffer *sql, enum register_id register_id, bool with_joined);

/* Returns the names of the joined columns, NULL-ended; of a register without any, an empty list. */
const char *const *export_joined_names(enum register_id register_id);

#endif
