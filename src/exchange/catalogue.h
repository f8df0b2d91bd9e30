/* The checklist that ships with the program, as rows of a new workbook. */
#ifndef CLAUSE5_EXCHANGE_CATALOGUE_H
#define CLAUSE5_EXCHANGE_CATALOGUE_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

/* Inserts every line that ships with the program, in the open batch. */
bool catalogue_insert(struct workbook *workbook, struct fault *fault);

#endif
