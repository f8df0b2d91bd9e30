/* The keys of a keyboard as numbers, apart from curses' own. A number below KEYCODE_NAMED is a
 * Unicode character or a control character; Tab, Enter, Esc and Backspace are theirs. */
#ifndef CLAUSE5_SCREEN_KEYCODE_H
#define CLAUSE5_SCREEN_KEYCODE_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/buffer.h"

enum keycode {
    KEYCODE_NONE = 0,
    KEYCODE_TAB = 0x09,
    KEYCODE_ENTER = 0x0D,
    KEYCODE_ESC = 0x1B,
    KEYCODE_SPACE = 0x20,
    KEYCODE_BACKSPACE = 0x7F,
    KEYCODE_NAMED = 0x110000, /* the first number beyond Unicode */
    KEYCODE_UP = KEYCODE_NAMED,
    KEYCODE_DOWN,
    KEYCODE_LEFT,
    KEYCODE_RIGHT,
    KEYCODE_PAGE_UP,
    KEYCODE_PAGE_DOWN,
    KEYCODE_HOME,
    KEYCODE_END,
    KEYCODE_INSERT,
    KEYCODE_DELETE,
    KEYCODE_SHIFT_TAB,
    KEYCODE_WORD_LEFT, /* Ctrl with an arrow */
    KEYCODE_WORD_RIGHT,
    KEYCODE_F1,
    KEYCODE_F12 = KEYCODE_F1 + 11,
    KEYCODE_END_OF_KEYS,
};

/* The key of Ctrl with LETTER, such as KEYCODE_CTRL('R'). ^I and ^M cannot be told from Tab and
 * Enter; ^J and ^H read as Enter and Backspace, ^C as Esc, and ^Z and ^L never arrive:
 * terminal_wait sees to them. */
#define KEYCODE_CTRL(letter) ((uint32_t)(letter)&0x1F)

/* The key F1 to F12. */
#define KEYCODE_F(number) ((uint32_t)KEYCODE_F1 + (uint32_t)(number)-1)

/* True for a key that puts a character into a text: no control, no named key. */
bool keycode_is_character(uint32_t key);

/* Appends the name of KEY as the bottom line, the help and the man page show it: a, ?, Space, Tab,
 * S-Tab, Enter, Esc, PgDn, ^R, F1. */
void keycode_print(struct buffer *out, uint32_t key);

#endif
