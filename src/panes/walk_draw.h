/* The walk's screen: one line of a round with all that is said about it. */
#ifndef CLAUSE5_PANES_WALK_DRAW_H
#define CLAUSE5_PANES_WALK_DRAW_H

#include "clause5/screen/area.h"
#include "panes/walk.h"

/* Draws the line over the area: what is asked above, what was found below; what does not fit in
 * between is cut with a hint that Enter shows it. */
void walk_draw_line(struct workbook *workbook, const struct walk_line *line,
                    const struct area *area);

#endif
