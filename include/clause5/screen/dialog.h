/* Small conversations that hold everything else until they are answered. Each runs its own loop of
 * events, so that the caller reads as a straight line; behind it the caller's screen is drawn. Each
 * returns "no answer" at once when the program shall end (terminal_is_ending). */
#ifndef CLAUSE5_SCREEN_DIALOG_H
#define CLAUSE5_SCREEN_DIALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/screen/area.h"
#include "clause5/screen/form.h"
#include "clause5/screen/prompt.h"

/* What a conversation stands on: the terminal, and how to draw what is behind. */
struct stage {
    struct terminal *terminal;
    void *context;
    void (*draw)(void *context); /* draws between frame_begin and frame_end; may be NULL */
};

struct answer {
    uint32_t key;      /* keycode or character; letters in either case are the same */
    const char *label; /* "delete", "keep" */
};

enum { DIALOG_NO_ANSWER = -1 };

/* Asks TEXT in the last rows of the screen with its answers, "y delete  Esc keep", and waits for
 * one of the keys. Returns the index of the answer, or DIALOG_NO_ANSWER on Esc where no answer has
 * Esc. Other keys do nothing, so that a doubled key answers nothing. */
int dialog_ask(const struct stage *stage, const char *text, const struct answer *answers,
               size_t count);

/* One line of a menu; letter 0: the first letter of the label that is still free. */
struct menu_item {
    char letter;
    const char *label, *detail; /* detail may be NULL */
};

struct menu {
    const char *title;
    const struct menu_item *items;
    size_t count;
    size_t chosen; /* at first */
};

/* Shows a box to choose one of several from by letter, or arrows and Enter. Returns the index, or
 * DIALOG_NO_ANSWER on Esc. */
int dialog_choose(const struct stage *stage, const struct menu *menu);

/* Shows TEXT over the whole screen under TITLE, wrapped, until Esc, q or Enter; arrows, jk, g, G,
 * PgUp, PgDn, Space and / move in it. */
void dialog_show_text(const struct stage *stage, const char *title, const char *text);

/* Runs a prompt to its end. True with its text in ANSWER (replaced), false where it was left. */
bool dialog_prompt(const struct stage *stage, const struct prompt_options *options,
                   struct buffer *answer);

/* Runs FORM over the whole screen but the last two rows to its end. True where it was saved. The
 * caller frees the form. */
bool dialog_form(const struct stage *stage, struct form *form);

#endif
