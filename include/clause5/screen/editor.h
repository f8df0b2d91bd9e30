/* Editing a text in place: one line that scrolls sideways, or many that wrap. */
#ifndef CLAUSE5_SCREEN_EDITOR_H
#define CLAUSE5_SCREEN_EDITOR_H

#include <stdbool.h>
#include <stddef.h>

#include "clause5/screen/area.h"
#include "clause5/screen/outcome.h"
#include "clause5/screen/terminal.h"

struct editor;

/* Makes an editor of a copy of TEXT (UTF-8; invalid bytes are kept until edited), the caret behind
 * it. With IS_MULTILINE line ends are kept and ^N breaks the line; else pasted line ends become
 * blanks. Free with editor_free. */
struct editor *editor_new(const char *text, bool is_multiline);

/* Releases the editor; safe on NULL. */
void editor_free(struct editor *editor);

/* Takes a key or a paste. Keys: characters, Backspace, Delete, Left, Right, Home, End, ^Left,
 * ^Right, ^A, ^U (kills to the start), ^K (to the end), ^W (the word before), ^Y (puts the killed
 * text back); in many lines Up and Down within the text and ^N for a new line. Returns outcome
 * flags: CHANGED where the text changed, NONE for every other key, Up and Down at the edge of the
 * text included. The caret never stands between a letter and its marks. */
unsigned editor_handle(struct editor *editor, const struct terminal_event *event);

/* Returns the text; valid until the next change. */
const char *editor_text(const struct editor *editor);

/* Replaces the text; the caret stands behind it. */
void editor_set_text(struct editor *editor, const char *text);

/* Returns the rows that the text takes in WIDTH cells, at least 1. */
int editor_rows(const struct editor *editor, int width);

/* Draws the text over the whole area in MEANING_INPUT, scrolled so that the caret is in it, and
 * puts the terminal's cursor at the caret. */
void editor_draw(struct editor *editor, const struct area *area);

#endif
