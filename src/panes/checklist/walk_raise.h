/* What a line of the walk gives rise to in other registers. Each opens a form with what the line
 * already says. */
#ifndef CLAUSE5_PANES_WALK_RAISE_H
#define CLAUSE5_PANES_WALK_RAISE_H

#include "panes/checklist/walk.h"
#include "panes/frame/app.h"

/* An action with the finding as its source and the note as its description. */
void walk_raise_action(struct app *app, const struct walk_line *line);

/* A sample drawn today for the requirement. */
void walk_raise_sample(struct app *app, const struct walk_line *line);

/* A link from known evidence to the line. */
void walk_raise_evidence_link(struct app *app, const struct walk_line *line);

#endif
