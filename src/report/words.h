/* Dates and counts as sentences have them. */
#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include "clause5/base/buffer.h"

/* Appends a date given as YYYY-MM-DD as "3 March 2026"; a text that is no such date as
 * markdown_add_inline would, for then somebody wrote it so. */
void words_add_date(struct buffer *out, const char *text);

/* Appends a sum of money with commas between thousands, and with two decimals only where it has
 * any; a text that is no number as words_add_date does. */
void words_add_amount(struct buffer *out, const char *text);

#endif
