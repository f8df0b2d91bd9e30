/* Foreign text inside HTML, and the few shapes that the report is built of. All text from the
 * workbook goes through html_add_text. */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "clause5/base/buffer.h"

/* Appends TEXT so that it shows as it is written, in an element or a quoted attribute; line ends
 * become spaces. */
void html_add_text(struct buffer *out, const char *text);

/* Appends TEXT as paragraphs: a blank line parts them, a single line end becomes <br>. */
void html_add_paragraphs(struct buffer *out, const char *text);

/* Appends the id of a place, "KIND-REF", with what no id may hold written as hexadecimal digits. */
void html_add_id(struct buffer *out, const char *kind, const char *ref);

/* Appends a date given as YYYY-MM-DD as "3 Mar 2026"; any other text as html_add_text. */
void html_add_date(struct buffer *out, const char *text);

/* How a word of the workbook is meant; the class of the style sheet. */
enum html_mark { HTML_PLAIN, HTML_GOOD, HTML_WARNING, HTML_BAD, HTML_OPEN, HTML_MARKS };

/* Returns the class, "" for HTML_PLAIN. */
const char *html_mark_class(enum html_mark mark);

/* Returns the mark that goes with a status, result, grade or other word that the registers know;
 * HTML_PLAIN for any other. A word with ", late" behind it is bad. */
enum html_mark html_mark_of(const char *word);

/* Appends a word with its sign and colour. */
void html_add_state(struct buffer *out, enum html_mark mark, const char *word);

/* Appends <dt>NAME</dt><dd>TEXT</dd> with TEXT as paragraphs; nothing where it is empty. */
void html_add_fact(struct buffer *out, const char *name, const char *text);

/* Appends a section's beginning with its heading, and its end. TITLE and ID are our own. */
void html_begin_section(struct buffer *out, const char *id, const char *title);
void html_end_section(struct buffer *out);

#endif
