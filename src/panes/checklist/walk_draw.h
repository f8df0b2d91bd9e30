/* The walk's screen: one line of a round with all that is said about it. */
#ifndef CLAUSE5_PANES_WALK_DRAW_H
#define CLAUSE5_PANES_WALK_DRAW_H

#include "clause5/screen/area.h"
#include "panes/checklist/walk.h"
#include "panes/checklist/walk_known.h"

/* Draws the line over the area: what is asked above, what was found below. KNOWN is what the checks
 * say of it, NULL while it is being worked out. What does not fit in between is cut, and a hint
 * says that w shows all of it. */
void walk_draw_line(const struct walk_line *line, const struct walk_known *known,
                    const struct area *area);

/* Appends all that is said of the line, as text to be read. */
void walk_print_line(const struct walk_line *line, const struct walk_known *known,
                     const struct terminal *terminal, struct buffer *out);

#endif
