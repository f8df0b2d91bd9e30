/* The SQL functions that queries of other rooms may use beside SQLite's own. */
#ifndef CLAUSE5_STORE_FUNCTIONS_H
#define CLAUSE5_STORE_FUNCTIONS_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

/* Gives the connection its functions; each gives NULL for NULL.
 * add_months(day, months): the day so many months later, or the month's last day where it does not
 *   exist (checks.md, "Last N months").
 * key_part(text): a part of a record's key as it stands in one cell (contract.md, Values).
 * created_on(id): the day (UTC) on which a record was made, which its id bears.
 * plain(number): the shortest decimal.
 * some_of(text): an aggregate that lists up to six texts, else the first five and how many more. */
bool functions_register(struct workbook *workbook, struct fault *fault);

#endif
