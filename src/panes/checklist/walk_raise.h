/* The action that a line of the walk gives rise to. */
#ifndef CLAUSE5_PANES_WALK_RAISE_H
#define CLAUSE5_PANES_WALK_RAISE_H

#include "panes/checklist/walk.h"
#include "panes/frame/app.h"

/* Asks for title (the note is proposed), owner and due date, and stores an action with the line as
 * its source and the note as its description. */
void walk_raise_action(struct app *app, const struct walk_line *line);

#endif
