/* Queries of any room that use the words of the checks (data/checks/words.sql and the words of the
 * families), so that a figure on a page is counted as the checks count it. */
#ifndef CLAUSE5_AUDIT_WORDS_H
#define CLAUSE5_AUDIT_WORDS_H

#include "clause5/base/fault.h"
#include "clause5/store/query.h"
#include "clause5/store/workbook.h"

/* Prepares SQL, one SELECT without a WITH of its own in front, with the words that it names before
 * it, and binds :today. NULL with the fault; the caller ends with query_close. */
struct query *words_query_open(struct workbook *workbook, const char *sql, struct fault *fault);

/* As words_query_open for the file at PATH below data/, such as "figures/kpis.sql". */
struct query *words_query_open_file(struct workbook *workbook, const char *path,
                                    struct fault *fault);

#endif
