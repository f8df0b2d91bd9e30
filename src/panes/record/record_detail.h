/* A record at a glance, beside a list on a wide screen. */
#ifndef CLAUSE5_PANES_RECORD_DETAIL_H
#define CLAUSE5_PANES_RECORD_DETAIL_H

#include "clause5/screen/area.h"
#include "clause5/store/record.h"

/* Draws the filled fields of the record, label and wrapped value, from the top of the area. */
void record_detail_draw(struct workbook *workbook, const struct record *record,
                        const struct area *area);

#endif
