/* The inside of struct editor, for the files that change it and draw it. */
#ifndef CLAUSE5_SRC_SCREEN_EDITOR_STATE_H
#define CLAUSE5_SRC_SCREEN_EDITOR_STATE_H

#include "clause5/base/buffer.h"
#include "clause5/screen/editor.h"

struct editor {
    struct buffer text, killed;
    size_t caret; /* a byte offset, never inside a character with its marks */
    bool is_multiline;
    size_t shown_from; /* one line: the first byte drawn */
    int first_row;     /* many lines: the first row drawn */
    int width;         /* in which the rows were last drawn; 0: never */
    int wish_column;   /* the column that Up and Down keep to; -1: none */
};

/* Moves the caret a row up or down as the text was last drawn. OUTCOME_NONE where there is no such
 * row, so that a form may go to another field. */
unsigned editor_move_rows(struct editor *editor, int steps);

#endif
