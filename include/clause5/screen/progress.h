/* How far something is that lasts longer than half a second, and whether Esc stops it. */
#ifndef CLAUSE5_SCREEN_PROGRESS_H
#define CLAUSE5_SCREEN_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/screen/dialog.h"

/* Zero it, fill the first four, and call progress_step often; it reads the clock, not the count. */
struct progress {
    const struct stage *stage;
    const char *label; /* "Importing policy" */
    const char *unit;  /* "rows" */
    int64_t total;     /* 0: not known */
    int64_t started_ms, drawn_ms, polled_ms;
    bool is_stopped;
};

/* Tells that DONE of the total are done. Draws the message row at most ten times a second, and not
 * in the first half second. Returns false once Esc was pressed or the program shall end: the caller
 * stops and leaves everything as it was. */
bool progress_step(struct progress *progress, int64_t done);

/* As progress_step, and draws nothing: for where the workbook is busy and no view may read it. */
bool progress_poll(struct progress *progress);

/* Appends the line: label, share, count, rate and time left, as known after ELAPSED_MS. */
void progress_print(const struct progress *progress, int64_t done, int64_t elapsed_ms,
                    struct buffer *out);

#endif
