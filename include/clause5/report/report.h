/* The report: one self-contained HTML page of what the workbook holds and what it shows. */
#ifndef CLAUSE5_REPORT_REPORT_H
#define CLAUSE5_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "clause5/base/buffer.h"
#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

/* Appends the report about the round of that ref, or about the newest round that is no supplier
 * audit where AUDIT is NULL; a workbook without rounds has a report as well. The page holds no
 * script and needs no other file; every text of the workbook is escaped. False with FAULT_USAGE
 * where there is no such round, else with the fault of reading. */
bool report_write(struct workbook *workbook, const char *audit, struct buffer *out,
                  struct fault *fault);

/* A section of the report, in the order of the page. */
struct report_section {
    const char *id;    /* of its element */
    const char *title; /* its heading */
};

/* Returns the section at INDEX, counted from 0; NULL behind the last. */
const struct report_section *report_section_at(size_t index);

#endif
