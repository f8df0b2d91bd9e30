/* Workbooks of the sets that ship with the program, for the tests of this room. */
#ifndef CLAUSE5_TESTS_REPORT_SHIPPED_H
#define CLAUSE5_TESTS_REPORT_SHIPPED_H

#include "clause5/exchange/seed.h"
#include "clause5/store/workbook.h"
#include "support/place.h"

/* Makes test.c5 in the place and opens it for writing. But for the sample the organisation is Acme
 * Ltd, its leader Ada Lovelace and its security officer Alan Turing. The caller closes it. */
struct workbook *shipped_new(struct place *place, enum seed_set set);

#endif
