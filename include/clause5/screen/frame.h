/* The frame of every screen: who and when, panes, views, the body, the message, the keys. */
#ifndef CLAUSE5_SCREEN_FRAME_H
#define CLAUSE5_SCREEN_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "clause5/screen/area.h"
#include "clause5/screen/bindings.h"

/* product.md, Keys: below this one plain line says so. */
enum { FRAME_LEAST_WIDTH = 60, FRAME_LEAST_HEIGHT = 17 };

/* From this width on a list and its detail stand side by side. */
enum { FRAME_WIDE = 120 };

/* What the frame says. The texts belong to the caller and may be NULL. */
struct frame {
    const char *title, *title_right; /* row 1: organisation; date and head */
    const char *const *tabs;         /* row 2: "1 Overview", ... */
    size_t tab_count, tab_chosen;    /* tab_chosen may be tab_count: none */
    const char *const *views;        /* row 3: "Register", "Versions", ... */
    size_t view_count, view_chosen;
    const char *view_right;       /* row 3: the filter, the count, the open round */
    const char *message;          /* above the keys, wrapped over up to three rows */
    enum meaning message_meaning; /* MEANING_MESSAGE, GOOD, FAULT, ... */
    const struct keymap *keymap;  /* the last rows, as many as it asks for; NULL: blank */
};

/* Draws the frame between terminal_frame_begin and terminal_frame_end. True with the area between
 * views and message in *BODY; false where the terminal is too small, which is then all it says. */
bool frame_draw(struct terminal *terminal, const struct frame *frame, struct area *body);

#endif
