/* The terminal: opened, asked for events, drawn on, and given back clean whatever happens. */
#ifndef CLAUSE5_SCREEN_TERMINAL_H
#define CLAUSE5_SCREEN_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/screen/keycode.h"
#include "clause5/screen/palette.h"

/* One at a time: curses and the signal flags are of the process. */
struct terminal;

/* How the marks are drawn. */
enum terminal_glyphs {
    GLYPHS_AUTO,    /* UTF-8 where the locale is, ASCII marks on the Linux console */
    GLYPHS_ASCII,   /* always + x ! o ^ v # */
    GLYPHS_UNICODE, /* UTF-8 marks on the Linux console too; still ASCII in an ASCII locale */
};

/* Zeroed options are right for a program on its own standard input and output. */
struct terminal_options {
    const char *term; /* terminfo name; NULL: TERM */
    int input_fd;     /* 0: standard input */
    int output_fd;    /* 0: standard output */
    enum palette_scheme scheme;
    enum terminal_glyphs glyphs;
};

enum terminal_event_kind {
    TERMINAL_IDLE,    /* nothing came within the time */
    TERMINAL_KEY,     /* key */
    TERMINAL_PASTE,   /* text, pasted as one */
    TERMINAL_RESIZED, /* the terminal has another size: draw everything */
    TERMINAL_RESUMED, /* back from ^Z or from another program: draw everything */
    TERMINAL_CLICKED, /* row and column, only while the mouse is on */
    TERMINAL_ENDING,  /* SIGTERM, SIGHUP, SIGINT or the terminal is gone: leave at once */
};

struct terminal_event {
    enum terminal_event_kind kind;
    uint32_t key;     /* of TERMINAL_KEY: a keycode or a character */
    const char *text; /* of TERMINAL_PASTE: UTF-8, valid until the next terminal_wait */
    int row, column;  /* of TERMINAL_CLICKED, from 0 */
};

/* True where input and output are terminals, so that terminal_open can work. */
bool terminal_is_there(const struct terminal_options *options);

/* Opens the terminal: curses, raw keys, signal handlers that set flags only, the farewell of die.
 * The caller has called setlocale(LC_ALL, ""). The real size is used, whatever LINES and COLUMNS
 * say. Returns NULL with a FAULT_USAGE where there is no terminal or terminfo does not know it.
 * Close with terminal_close. */
struct terminal *terminal_open(const struct terminal_options *options, struct fault *fault);

/* Gives the terminal back as it was, restores the signal handlers and frees; safe on NULL. */
void terminal_close(struct terminal *terminal);

/* Returns the next event, waiting at most WAIT_MS milliseconds (0: only what is there already);
 * TERMINAL_IDLE where nothing came. A resize, resume or end is told before keys, and is never
 * lost. ^Z suspends the program in here and comes back with TERMINAL_RESUMED, and so does ^L, which
 * has the screen sent whole. Once ENDING was
 * told, every later call tells it again. The loop of a program drains before it draws:
 *
 *     for (;;) {
 *         draw();
 *         struct terminal_event event = terminal_wait(terminal, 250);
 *         while (event.kind != TERMINAL_IDLE) {
 *             if (event.kind == TERMINAL_ENDING) { return; }
 *             handle(&event);
 *             event = terminal_wait(terminal, 0);
 *         }
 *         ... idle work in small slices ...
 *     }
 */
struct terminal_event terminal_wait(struct terminal *terminal, int wait_ms);

/* True once the terminal is gone or a signal asked to end, without waiting. */
bool terminal_is_ending(const struct terminal *terminal);

/* True where Esc was pressed since the last call or the program shall end: for work that lasts.
 * Other keys pressed meanwhile are dropped; a resize is kept for the next terminal_wait. */
bool terminal_was_stopped(struct terminal *terminal);

/* The size in cells. */
int terminal_height(const struct terminal *terminal);
int terminal_width(const struct terminal *terminal);

/* True where marks and boxes are drawn in UTF-8. */
bool terminal_is_unicode(const struct terminal *terminal);

/* Starts a frame: everything is blank and the cursor is nowhere. Draw through area.h. */
void terminal_frame_begin(struct terminal *terminal);

/* Sends what differs from the last frame, in one write where the system takes it. */
void terminal_frame_end(struct terminal *terminal);

/* Makes the next frame be sent whole, such as after something wrote over the screen. */
void terminal_forget(struct terminal *terminal);

/* Turns the mouse on or off (`:set mouse`); off at first. */
void terminal_set_mouse(struct terminal *terminal, bool is_on);

/* Leaves the screen for another program (terminal_return comes back with a whole redraw). Between
 * the two nothing may be drawn; SIGINT is ignored meanwhile, since it is meant for the other. */
void terminal_lend(struct terminal *terminal);
void terminal_return(struct terminal *terminal);

/* Sends LEN_BYTES bytes of a control sequence past curses, such as OSC 52; never foreign text. */
void terminal_send(struct terminal *terminal, const char *bytes, size_t len_bytes);

#endif
