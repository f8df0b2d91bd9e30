/* The language of the drafts: Markdown with places that the workbook fills.
 *
 *   {{NAME}}            the value of that name, escaped; nothing where it is empty
 *   {{NAME: WORDS}}     the same, and [to fill: WORDS] where it is empty
 *   {{NAME FORM}}       FORM is date (3 March 2026), amount (1,200.50) or block (paragraphs);
 *                       WORDS may follow
 *   {{#QUERY}}...{{/}}  once for each row of the query, whose columns are names within
 *   {{^QUERY}}...{{/}}  once where the query has no row
 *   {{?NAME}}...{{/}}   once where the value is not empty
 *   {{!NAME}}...{{/}}   once where the value is empty
 *
 * A closing tag may repeat the name, {{/QUERY}}, and is then held to it. A line with nothing but an
 * opening or closing tag leaves no line. Queries are those of
 * queries.h; every name in force where one is used is bound to its parameter of that name. The
 * query "facts" has one row, whose columns are in force everywhere. */
#ifndef REPORT_TEMPLATE_H
#define REPORT_TEMPLATE_H

#include <stdbool.h>

#include "clause5/base/buffer.h"
#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

/* A template and where its queries stand; the texts must outlive the rendering. */
struct template_source {
    const char *name; /* for messages */
    const char *text;
    const char *queries; /* a file of queries, as queries_open takes it */
};

/* Appends the template, filled from the workbook. False with the fault where reading failed, or
 * where the template names what there is not (FAULT_FAILED). */
bool template_render(const struct template_source *source, struct workbook *workbook,
                     struct buffer *out, struct fault *fault);

#endif
