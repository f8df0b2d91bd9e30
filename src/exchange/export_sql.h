/* The SELECT that gives a register as a file holds it. */
#ifndef EXCHANGE_EXPORT_SQL_H
#define EXCHANGE_EXPORT_SQL_H

#include <stdbool.h>

#include "clause5/base/buffer.h"
#include "clause5/register/register.h"

/* Returns the field whose records the export takes one after the other: the first part of a longer
 * key, where it is a reference. NULL where there is none. */
const struct field *export_lead(enum register_id register_id);

/* Appends a SELECT of the ids of these records in the order of their keys, bytewise. */
void export_sql_leads(struct buffer *sql, const struct field *lead);

/* Appends a SELECT of one column per field, references as keys, then the joined columns of the
 * sheet where WITH_JOINED; the rows in the order of their keys, part by part, bytewise. Where there
 * is a lead, only the rows of the record :lead, or without one where that is not bound. */
void export_sql(struct buffer *sql, enum register_id register_id, bool with_joined);

/* Returns the names of the joined columns, NULL-ended; of a register without any, an empty list. */
const char *const *export_joined_names(enum register_id register_id);

#endif
