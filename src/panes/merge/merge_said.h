/* A merge in words. */
#ifndef CLAUSE5_PANES_MERGE_SAID_H
#define CLAUSE5_PANES_MERGE_SAID_H

#include "clause5/base/buffer.h"
#include "clause5/exchange/merge.h"

/* Appends "Mia Sato, 2026-11-20 10:12"; nothing where nobody is known. */
void merge_said_writer(struct buffer *out, const char *actor, const char *time);

/* Appends what comes from theirs in one line: "3 new, 1 changed; 1 renumbered". */
void merge_said_total(const struct merge *merge, struct buffer *out);

/* Appends counts per register, refs given anew and what is to be mended, a line each. */
void merge_said_report(const struct merge *merge, struct buffer *out);

#endif
