/* One line asked for on the message row: `:` commands, `/` search, filters, notes, names. */
#ifndef CLAUSE5_SCREEN_PROMPT_H
#define CLAUSE5_SCREEN_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "clause5/base/fault.h"
#include "clause5/screen/area.h"
#include "clause5/screen/candidates.h"
#include "clause5/screen/outcome.h"
#include "clause5/screen/terminal.h"

struct prompt;

/* Earlier answers, oldest first, for Up and Down. A zeroed struct is empty; the caller keeps one
 * per kind of prompt and frees it with prompt_history_free. */
struct prompt_history {
    char **lines;
    size_t count, capacity;
};

struct prompt_options {
    const char *label; /* before the text: ":", "/", "Note: "; copied */
    const char *text;  /* at first; NULL: empty */
    bool is_kept;      /* TEXT is to be continued; else the first character typed replaces it */
    void *context;

    /* Adds what TYPED may become; each value replaces the whole text. May be NULL. */
    void (*complete)(void *context, const char *typed, struct candidates *out);

    /* Checks the text at Enter; false with a fault keeps the prompt open and shows it. May be
     * NULL. */
    bool (*accept)(void *context, const char *text, struct fault *fault);

    struct prompt_history *history; /* NULL: none */
};

/* Makes a prompt. Free with prompt_free. */
struct prompt *prompt_new(const struct prompt_options *options);

/* Releases the prompt; safe on NULL. */
void prompt_free(struct prompt *prompt);

/* Takes an event: editing keys, the first of which keeps a given text while the first character
 * replaces it; Tab extends the text to what all candidates share, then goes from
 * one to the next, S-Tab back; Up and Down through the history; Enter accepts (DONE), Esc leaves
 * (LEAVE), as does Backspace in an empty text. CHANGED where the text changed, so that a search may
 * follow the typing. */
unsigned prompt_handle(struct prompt *prompt, const struct terminal_event *event);

/* Returns the text as it stands; valid until the next change. */
const char *prompt_text(const struct prompt *prompt);

/* Draws the prompt in the last row of SCREEN but one and its keys in the last, up to six candidates
 * or the fault above it, and puts the terminal's cursor into the text. */
void prompt_draw(struct prompt *prompt, const struct area *screen);

/* Releases the lines and leaves the history empty and ready. */
void prompt_history_free(struct prompt_history *history);

#endif
