/* A line of the checklist beside its list, on wide screens. */
#ifndef CLAUSE5_PANES_LINE_DETAIL_H
#define CLAUSE5_PANES_LINE_DETAIL_H

#include "panes/frame/app.h"

/* Draws what is asked and found on the line of that assessment; nothing where it is gone. */
void line_detail_draw(struct app *app, int64_t assessment, const struct area *area);

/* Draws the line of the later round NOW with the result and note of both; BEFORE may be 0. */
void line_detail_draw_pair(struct app *app, int64_t before, int64_t now, const struct area *area);

#endif
