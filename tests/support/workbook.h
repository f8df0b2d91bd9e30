/* A workbook in a place of its own, for the tests of every room. */
#ifndef CLAUSE5_TESTS_SUPPORT_WORKBOOK_H
#define CLAUSE5_TESTS_SUPPORT_WORKBOOK_H

#include "clause5/store/workbook.h"
#include "support/place.h"

/* Makes test.c5 in the place, with the workbook's own row alone (organisation "Test") in a founding
 * batch, and opens it for writing. The day is CLAUSE5_TODAY where set. The caller closes it. */
struct workbook *support_workbook_new(struct place *place);

/* Opens test.c5; fails the test where that is refused. */
struct workbook *support_workbook_open(struct place *place, enum workbook_mode mode);

/* Gives the workbook another organisation, in a batch of that name. */
void support_workbook_rename(struct workbook *workbook, const char *name);

#endif
