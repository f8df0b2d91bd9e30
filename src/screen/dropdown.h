/* Completions on the screen, as forms and prompts show them. */
#ifndef CLAUSE5_SRC_SCREEN_DROPDOWN_H
#define CLAUSE5_SRC_SCREEN_DROPDOWN_H

#include "clause5/screen/area.h"
#include "clause5/screen/candidates.h"

enum { DROPDOWN_ROWS = 6, DROPDOWN_NONE = -1 };

/* Returns the rows that the candidates take, at most DROPDOWN_ROWS. */
int dropdown_rows(const struct candidates *candidates);

/* Draws the candidates over the area, scrolled so that the chosen one (DROPDOWN_NONE: none) is in
 * it. */
void dropdown_draw(const struct candidates *candidates, int chosen, const struct area *area);

#endif
