/* What a user does to whole rounds: start, choose, close, reopen. */
#ifndef CLAUSE5_PANES_ROUND_ACTIONS_H
#define CLAUSE5_PANES_ROUND_ACTIONS_H

#include "panes/app.h"

/* Asks what kind of round and what it is called, and starts it. Returns its id, or 0 where it was
 * left. */
int64_t round_actions_start(struct app *app);

/* Shows the rounds, the newest first. Returns the id of the chosen one, or 0. */
int64_t round_actions_choose(struct app *app);

/* Asks for the conclusion and closes the round. */
void round_actions_close(struct app *app, int64_t audit);

/* Asks for the reason and opens a closed round again. */
void round_actions_reopen(struct app *app, int64_t audit);

/* Returns the round to walk: the newest that is not closed, else the newest; 0 where there is none.
 */
int64_t round_actions_current(struct app *app);

#endif
