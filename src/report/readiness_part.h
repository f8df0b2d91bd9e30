/* The parts of the report that show readiness (product.md, Readiness). */
#ifndef REPORT_READINESS_PART_H
#define REPORT_READINESS_PART_H

#include "report/frame.h"

/* Appends the tile of the summary: the whole as percent. */
void readiness_part_add_tile(struct frame *frame);

#endif
