/* The questions that a step of an action asks, on the board and in the list. */
#ifndef CLAUSE5_PANES_ACTION_STEPS_H
#define CLAUSE5_PANES_ACTION_STEPS_H

#include "panes/frame/app.h"

/* The keys of the steps, as rows of a table of bindings. */
#define ACTION_STEP_BINDINGS                                                                       \
    {.key = 'w',                                                                                   \
     .action = DO_STEP_ACTION,                                                                     \
     .where = WHERE_WRITABLE,                                                                      \
     .name = "next-step",                                                                          \
     .label = "next step",                                                                         \
     .help = "begin it, set it down as done, verify that it worked, close it",                     \
     .weight = 9},                                                                                 \
        {.key = '<',                                                                               \
         .action = DO_REOPEN_ACTION,                                                               \
         .where = WHERE_WRITABLE,                                                                  \
         .name = "reopen",                                                                         \
         .label = "take up again",                                                                 \
         .help = "an action that was done or closed is in progress again",                         \
         .weight = 7},                                                                             \
    {                                                                                              \
        .key = 'W', .action = DO_CANCEL_ACTION, .where = WHERE_WRITABLE, .name = "cancel",         \
        .help = "give the action up, with the reason"                                              \
    }

/* Takes the step that comes next: asks what it needs, stores it in one batch and says so. A look
 * whether it worked may end in taking it up again. Returns outcome flags. */
unsigned action_steps_next(struct app *app, int64_t action);

/* Takes the action up again, with what was found. */
unsigned action_steps_reopen(struct app *app, int64_t action);

/* Gives the action up, with the reason. */
unsigned action_steps_cancel(struct app *app, int64_t action);

#endif
