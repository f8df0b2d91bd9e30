/* What the walk shows of one line: read from the workbook, without drawing. */
#ifndef CLAUSE5_PANES_WALK_H
#define CLAUSE5_PANES_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/base/fault.h"
#include "clause5/store/record.h"
#include "clause5/store/workbook.h"

/* One line of the round, with all that is said about it. */
struct walk_line {
    struct record assessment;
    struct record requirement;
    char *key;      /* of the assessment, such as 2026-IA/5.1.a */
    char *evidence; /* linked evidence, a line each; "" for none */
    char *actions;  /* actions that the line raised, a line each; "" for none */
    char *previous; /* the result and note of the round carried over from; "" for none */
};

/* Reads the line of that assessment; false with the fault, or without one where it is gone. The
 * caller releases with walk_line_free. */
bool walk_line_load(struct workbook *workbook, int64_t assessment, struct walk_line *line,
                    struct fault *fault);
void walk_line_free(struct walk_line *line);

#endif
