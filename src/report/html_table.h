/* A query as a table of the report. The name of each column is its heading; behind | stands its
 * form:
 *
 *   date, due      a day; due is marked where it is past
 *   amount         a sum, right-aligned;  number: a count, right-aligned
 *   state          a word with its sign and colour
 *   text           paragraphs;  code: in fixed width;  path: a place, which may break anywhere
 *   title          a line of text that wants room
 *   ref            a key, kept on one line
 *   at:KIND        a ref that others lead to;  to:KIND: refs, a line each, that lead there
 *
 * A column without a form is one line of text. The first column heads its row. */
#ifndef REPORT_HTML_TABLE_H
#define REPORT_HTML_TABLE_H

#include <stdbool.h>

#include "clause5/store/query.h"
#include "report/frame.h"

/* What stands around a table; our own words. */
struct html_table {
    const char *query;   /* in data/report/report.sql */
    const char *caption; /* what it shows */
    const char *empty;   /* a sentence for where it has no row */
};

/* Appends the table, or the sentence where it has no row. False with the frame's fault. */
bool html_table_add(struct frame *frame, const struct html_table *table);

/* As html_table_add for a query that is open; it is left at its end. */
bool html_table_add_query(struct frame *frame, const struct html_table *table, struct query *query);

#endif
