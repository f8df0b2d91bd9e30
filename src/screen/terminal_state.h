/* The inside of struct terminal, for the files that make it, read its keys and draw on it. */
#ifndef CLAUSE5_SRC_SCREEN_TERMINAL_STATE_H
#define CLAUSE5_SRC_SCREEN_TERMINAL_STATE_H

#define NCURSES_NOMACROS 1
#include <curses.h>
#include <stdio.h>

#include "clause5/base/buffer.h"
#include "clause5/screen/terminal.h"
#include "screen/signals.h"

struct terminal {
    SCREEN *screen;
    WINDOW *keys; /* a pad: reading from it never refreshes the screen */
    FILE *input, *output;
    int input_fd, output_fd;
    int gathering_fd; /* of a frame until it is sent whole; -1: there is none */
    enum palette_scheme scheme;
    bool is_unicode, has_paste, is_gone, is_lent;
    int cursor_row, cursor_column;
    struct signals_saved signals;
    unsigned char partial[4]; /* bytes of a character that has not come whole */
    size_t partial_bytes;
    struct buffer pasted;
    bool is_pasting;
    int64_t paste_ms; /* when its last character came */
};

/* How one meaning is shown on this terminal. */
struct ink {
    attr_t attributes;
    short pair;
};

/* Chooses the scheme and makes its colour pairs. */
void palette_open(struct terminal *terminal, const struct terminal_options *options);

/* Returns how MEANING is shown. */
struct ink palette_ink(const struct terminal *terminal, enum meaning meaning);

/* Writes to the terminal past curses. Where the terminal is gone, nothing: the next wait says so.
 */
void terminal_write(const struct terminal *terminal, const char *bytes, size_t len_bytes);

/* Sends what changed since the last frame in one piece. Between open and close. */
void whole_frame_open(struct terminal *terminal);
void whole_frame_send(struct terminal *terminal);
void whole_frame_close(struct terminal *terminal);

/* Makes the keys that terminfo does not name known to curses. */
void input_open(struct terminal *terminal);

/* Reads the next whole key or paste without waiting. False where there is none. ^Z comes as
 * KEYCODE_CTRL('Z'). */
bool input_read(struct terminal *terminal, struct terminal_event *event);

#endif
