/* New rows of one register that go into the file together. */
#ifndef CLAUSE5_STORE_ROW_BLOCK_H
#define CLAUSE5_STORE_ROW_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"
#include "clause5/store/workbook.h"

struct row_block;

/* Returns an empty block, freed with row_block_free; free takes NULL as well, and forgets what
 * waits. */
struct row_block *row_block_new(enum register_id register_id);
void row_block_free(struct row_block *block);

/* Takes a copy of the row, whose id nobody else has, and writes it at the latest with
 * row_block_write. False with the fault, which may be about rows that waited: then the transaction
 * must not go on, unless the fault is FAULT_REFUSED, which is about this row. */
bool row_block_add(struct workbook *workbook, struct row_block *block, int64_t id,
                   const struct value *values, struct fault *fault);

/* Writes what waits. */
bool row_block_write(struct workbook *workbook, struct row_block *block, struct fault *fault);

#endif
