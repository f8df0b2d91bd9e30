/* What the form of a new record has filled in at first. */
#ifndef CLAUSE5_PANES_RECORD_PROPOSALS_H
#define CLAUSE5_PANES_RECORD_PROPOSALS_H

#include <stdbool.h>

#include "clause5/register/register.h"
#include "clause5/register/value.h"
#include "clause5/store/workbook.h"

/* Fills what nearly every new record of the register begins with into those of VALUES that are
 * empty: the next ref, today, this year, the first status. IS_PROPOSED, one per field, becomes true
 * for what was filled. */
void record_proposals_fill(struct workbook *workbook, enum register_id register_id,
                           struct value *values, bool *is_proposed);

#endif
