/* The loop that every conversation of dialog.h runs. */
#ifndef CLAUSE5_SRC_SCREEN_CONVERSATION_H
#define CLAUSE5_SRC_SCREEN_CONVERSATION_H

#include "clause5/screen/dialog.h"

struct conversation {
    void *state;
    void (*draw)(void *state, const struct area *screen);
    bool (*handle)(void *state, const struct terminal_event *event); /* false: it is over */
};

/* Draws the stage and the conversation over it, and hands it events, until it is over. False where
 * the program shall end instead. */
bool conversation_run(const struct stage *stage, const struct conversation *conversation);

/* Draws "key label" pairs from COLUMN on. Returns the column behind them. */
int conversation_draw_answers(const struct area *line, int column, const struct answer *answers,
                              size_t count);

/* Draws the pairs over the last row of SCREEN, in place of the keys of what is behind. */
void conversation_draw_keys(const struct area *screen, const struct answer *keys, size_t count);

#endif
