/* What a handler asks its caller to do: no handler of this room draws. */
#ifndef CLAUSE5_SCREEN_OUTCOME_H
#define CLAUSE5_SCREEN_OUTCOME_H

/* Flags, joined with |. A handler that returns OUTCOME_NONE did not know the key, and its caller
 * may try the next table. */
enum outcome {
    OUTCOME_NONE = 0,
    OUTCOME_HANDLED = 1 << 0, /* the event was meant for this widget */
    OUTCOME_REDRAW = 1 << 1,  /* something on the screen is no longer true */
    OUTCOME_CHANGED = 1 << 2, /* the text, value or choice in the widget changed */
    OUTCOME_MOVED = 1 << 3,   /* the cursor of a list stands on another row */
    OUTCOME_DONE = 1 << 4,    /* the widget has its answer: accepted, chosen, stored */
    OUTCOME_LEAVE = 1 << 5,   /* the widget was left without an answer */
    OUTCOME_FAULT = 1 << 6,   /* something failed; the widget's fault says what */
};

#endif
