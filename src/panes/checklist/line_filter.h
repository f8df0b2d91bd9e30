/* What narrows the checklist's list: words, and terms such as clause:5.2 or result:minor. */
#ifndef CLAUSE5_PANES_LINE_FILTER_H
#define CLAUSE5_PANES_LINE_FILTER_H

#include "clause5/audit/round.h"
#include "clause5/screen/candidates.h"

/* True where the line fits every term of FILTER (NULL or "": all lines fit). Terms stand between
 * blanks: clause:5.2 (a clause, or a ref that begins so), state:open, state:done, state:to or
 * state:in (as the state begins), result:minor (a part of the result's word), findings, practices,
 * mine (assessed by ACTOR); any other term is a part of the ref, the title or the result. */
bool line_filter_fits(const char *filter, const struct round_line *line, const char *actor);

/* Completes the last term of what is typed; CONTEXT is the struct round_lines that it narrows. */
void line_filter_complete(void *context, const char *typed, struct candidates *out);

#endif
