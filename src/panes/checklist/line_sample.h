/* Samples of a line of the walk: drawn, looked at again, their result recorded. */
#ifndef CLAUSE5_PANES_LINE_SAMPLE_H
#define CLAUSE5_PANES_LINE_SAMPLE_H

#include "panes/checklist/walk.h"
#include "panes/frame/app.h"

/* Asks whether to draw a sample for the line or to look at one that was drawn, and does it. */
void line_sample_ask(struct app *app, const struct walk_line *line);

#endif
