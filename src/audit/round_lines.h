/* The order of lines, for the files that sort them. */
#ifndef AUDIT_ROUND_LINES_H
#define AUDIT_ROUND_LINES_H

/* Compares two struct round_line by clause and ref, as qsort wants it. */
int round_compare_lines(const void *a, const void *b);

#endif
