/* What the walk shows of one line: read from the workbook, without drawing. */
#ifndef CLAUSE5_PANES_WALK_H
#define CLAUSE5_PANES_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/screen/palette.h"
#include "clause5/store/record.h"
#include "clause5/store/workbook.h"

/* A line of text with the mark before it. */
struct walk_fact {
    enum mark mark;
    char *text;
};

/* A zeroed struct is empty. */
struct walk_facts {
    struct walk_fact *items;
    size_t count, capacity;
};

/* Adds a fact; the text is copied. */
void walk_facts_add(struct walk_facts *facts, enum mark mark, const char *text);

/* Releases the facts and leaves them empty. */
void walk_facts_free(struct walk_facts *facts);

/* One line of the round, with all that is said about it. */
struct walk_line {
    struct record assessment;
    struct record requirement;
    char *key;                  /* of the assessment, such as 2026-IA/5.1.a */
    struct walk_facts evidence; /* linked, with the state of the seal */
    struct walk_facts actions;  /* that the line raised, with their state */
    struct walk_facts samples;  /* drawn for it in this round, the newest first */
    char *previous;             /* result and note of the round carried over from; "" for none */
};

/* Reads the line of that assessment; false with the fault, or without one where it is gone. The
 * caller releases with walk_line_free. */
bool walk_line_load(struct workbook *workbook, int64_t assessment, struct walk_line *line,
                    struct fault *fault);
void walk_line_free(struct walk_line *line);

#endif
