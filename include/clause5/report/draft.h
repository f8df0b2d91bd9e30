/* Drafts of the documents that clause 5 asks for, filled from the workbook, as Markdown. */
#ifndef CLAUSE5_REPORT_DRAFT_H
#define CLAUSE5_REPORT_DRAFT_H

#include <stdbool.h>

#include "clause5/base/buffer.h"
#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

/* Returns the names of the templates, in the order of product.md, closed by NULL. */
const char *const *draft_names(void);

/* Appends the draft of that template. What the workbook lacks is marked [to fill: ...]; all text
 * from the workbook is escaped, so that it cannot become markup. False with FAULT_USAGE where there
 * is no such template, else with the fault of reading. */
bool draft_write(struct workbook *workbook, const char *name, struct buffer *out,
                 struct fault *fault);

#endif
