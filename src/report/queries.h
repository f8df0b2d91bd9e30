/* The SQL of this room, which lies in data/report: a file holds many queries, each a paragraph
 * headed
 * "-- query: NAME". Before each stands what all share, data/report/prelude.sql: names such as
 * present and party_name. A query that needs more of the kind begins with a comma. */
#ifndef REPORT_QUERIES_H
#define REPORT_QUERIES_H

#include "clause5/audit/check.h"
#include "clause5/base/fault.h"
#include "clause5/store/query.h"
#include "clause5/store/workbook.h"

/* Opens the query NAME of the embedded FILE with :today bound. NULL with FAULT_FAILED where there
 * is no such query, or with the fault of opening it, which names the query; the caller ends with
 * query_close. */
struct query *queries_open(struct workbook *workbook, const char *file, const char *name,
                           struct fault *fault);

/* As queries_open, with the words of the checks (data/checks/words.sql) before the query in place
 * of the prelude. */
struct query *queries_open_known(struct check_run *run, const char *file, const char *name,
                                 struct fault *fault);

#endif
