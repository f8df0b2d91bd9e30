/* Text for people on standard output: wrapped at 80 columns. */
#ifndef CLAUSE5_COMMAND_PROSE_H
#define CLAUSE5_COMMAND_PROSE_H

#include "clause5/base/buffer.h"

enum { PROSE_COLUMNS = 80 };

/* Appends TERM at column INDENT and TEXT from column TEXT_COLUMN on, wrapped between words; each
 * line of TEXT begins a new one. Where TERM leaves no room the text begins on the next line. Either
 * may be
 * "". Foreign characters are made harmless. */
struct prose {
    int indent;
    int text_column;
};
void prose_add(struct buffer *out, const struct prose *where, const char *term, const char *text);

#endif
