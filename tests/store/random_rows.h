/* Random records from the descriptions, and a kept copy of all registers to compare with. */
#ifndef CLAUSE5_TESTS_STORE_RANDOM_ROWS_H
#define CLAUSE5_TESTS_STORE_RANDOM_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"
#include "clause5/store/workbook.h"

/* A generator with a seed of its own, so that every run is the same. */
struct dice {
    uint64_t state;
};

/* Returns a number from 0 to LIMIT - 1. */
unsigned dice_roll(struct dice *dice, unsigned limit);

/* Fills every field that takes a value of its own; required references lead to records that are
 * there or are made in the open batch. Keys are unique by a counter. */
void random_values(struct dice *dice, struct workbook *workbook, enum register_id register_id,
                   struct value *values);

/* Returns the id of a random record, 0 where the register is empty. */
int64_t random_record(struct dice *dice, struct workbook *workbook, enum register_id register_id);

/* Inserts a random record in the open batch and returns its id; 0 where it was refused. */
int64_t random_insert(struct dice *dice, struct workbook *workbook, enum register_id register_id);

/* Changes some fields of a random record in the open batch; false where there is none or the change
 * was refused. */
bool random_update(struct dice *dice, struct workbook *workbook, enum register_id register_id);

/* Returns everything that the registers hold as one text, to be freed with free. */
char *dump_registers(struct workbook *workbook);

#endif
