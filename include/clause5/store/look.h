/* Looking at a workbook as it stood at the end of a day, read-only (architecture.md, History). */
#ifndef CLAUSE5_STORE_LOOK_H
#define CLAUSE5_STORE_LOOK_H

#include <stdbool.h>

#include "clause5/base/date.h"
#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

/* From now on everything that reads the registers by their plain names reads them as they stood at
 * the end of that local day: after the newest batch of that day or an earlier one, and batches
 * later than it are no longer told by history_visit. The workbook's clock says that day, and
 * nothing can be written. FAULT_REFUSED where the day lies before the first batch. After a fault
 * the present is shown. What was read before is to be read again.
 *
 * A workbook opened for reading keeps a read transaction while it looks back, so that what it shows
 * cannot change under it; whoever writes to the file waits until then. */
bool look_at_day(struct workbook *workbook, date_days day, struct fault *fault);

/* Comes back to the present. Does nothing there. */
bool look_at_present(struct workbook *workbook, struct fault *fault);

/* True where the workbook is looked at as of a day, which workbook_clock then names. */
bool look_is_back(const struct workbook *workbook);

#endif
