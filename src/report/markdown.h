/* Foreign text inside Markdown: it shows as it is written and is never taken for markup. */
#ifndef REPORT_MARKDOWN_H
#define REPORT_MARKDOWN_H

#include "clause5/base/buffer.h"

/* Appends TEXT on one line, in a paragraph, a heading, a list or a cell of a table: line ends
 * become spaces. */
void markdown_add_inline(struct buffer *out, const char *text);

/* Appends TEXT as paragraphs: a blank line parts them, and a single line end stays one. Nothing
 * follows the last. */
void markdown_add_block(struct buffer *out, const char *text);

#endif
