/* A finding of the checks as a row: where Enter leads from it, and what it asks for. */
#ifndef CLAUSE5_PANES_FINDING_ROW_H
#define CLAUSE5_PANES_FINDING_ROW_H

#include "clause5/audit/check.h"
#include "panes/frame/app.h"
#include "panes/list/view_rows.h"

/* Lets Enter on the row lead to the record and field to mend, or to the register that lacks one. */
void finding_row_lead(struct view_row *row, const struct finding *finding);

/* Says on the message row which check the row is of and what mends it; nothing for other rows. */
void finding_row_explain(struct app *app, const struct view_row *row);

#endif
