/* The bulk of a batch: what batch.c asks of bulk.c. */
#ifndef CLAUSE5_STORE_BULK_H
#define CLAUSE5_STORE_BULK_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"
#include "clause5/store/workbook.h"

/* True where no bulk is open, or where the record belongs to it and every reference leads
 * somewhere. Else FAULT_REFUSED for a reference, FAULT_FAILED for another register. */
bool bulk_allows_insert(struct workbook *workbook, enum register_id register_id,
                        const struct value *values, struct fault *fault);

/* Takes a new record of the open bulk under an id that nobody else has; it is written with others.
 * FAULT_REFUSED is about this record; after any other fault the batch can only be abandoned. */
bool bulk_insert(struct workbook *workbook, int64_t id, const struct value *values,
                 struct fault *fault);

/* Ends the bulk when its transaction is over: SQLite looks after references again. */
void bulk_forget(struct workbook *workbook);

#endif
