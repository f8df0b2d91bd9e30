/* What a user does to whole rounds: start, choose, close, reopen. All of it is about the chosen
 * round. */
#ifndef CLAUSE5_PANES_ROUND_ACTIONS_H
#define CLAUSE5_PANES_ROUND_ACTIONS_H

#include "clause5/audit/round.h"
#include "panes/frame/app.h"

/* Asks what kind of round, what it is called and what it carries over from, starts it and chooses
 * it. */
void round_actions_start(struct app *app);

/* Shows the rounds, the newest first, and chooses one. */
void round_actions_choose(struct app *app);

/* Lets the user choose a round under TITLE; 0 where it was left or there is none. */
int64_t round_actions_ask(struct app *app, const char *title);

/* Lets the user choose one of a field's choices; NULL where it was left. */
const char *round_actions_ask_choice(struct app *app, const struct field *field, const char *title);

/* Asks for the conclusion and closes the chosen round. Where lines are still open, shows them
 * instead, and returns the assessment that the user wants to go to; else 0. */
int64_t round_actions_close(struct app *app);

/* Adds the lines that the chosen round lacks because they joined the checklist after its start. */
void round_actions_complete(struct app *app);

/* Asks for the reason and opens the closed round again. */
void round_actions_reopen(struct app *app);

/* Returns the chosen round, else the newest that is not closed, else the newest; 0 where there is
 * none. */
int64_t round_actions_current(struct app *app);

/* True where the chosen round is closed. */
bool round_actions_is_closed(struct app *app);

/* Appends "2026-IA  39 of 74 done  ✘ 4  closed" for the chosen round with its LINES. */
void round_actions_describe(struct app *app, const struct round_lines *lines, struct buffer *out);

#endif
