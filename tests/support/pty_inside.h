/* What the files of the terminal harness share; tests include pty.h. */
#ifndef CLAUSE5_TESTS_SUPPORT_PTY_INSIDE_H
#define CLAUSE5_TESTS_SUPPORT_PTY_INSIDE_H

#include <termios.h>
#include <vterm.h>

#include "support/place.h"
#include "support/pty.h"

struct terminal {
    int master;  /* -1 after a hang-up */
    int slave;   /* ours, to look at its modes and its unread input; -1 once the program ended */
    int reports; /* the leader's word: the program's id, then its wait status */
    pid_t leader;
    pid_t program;
    char last_sent; /* the last byte typed */
    bool has_ended;
    int wait_status;
    struct termios modes_before;
    struct termios modes_after;
    struct place *home;
    VTerm *vterm;
    VTermScreen *screen;
    bool is_alternate;
    bool is_alternate_used;
    bool is_cursor_shown;
    int bells;
    bool has_title;
    struct buffer raw;
    struct buffer text; /* what terminal_row and terminal_screen return */
};

/* Makes the terminal in memory; releases it. */
void terminal_screen_new(struct terminal *terminal, int rows, int cols);
void terminal_screen_free(struct terminal *terminal);

/* Reads all that the program has written so far; false where nothing had come. */
bool terminal_pump(struct terminal *terminal);

/* Waits at most WAIT_MS for the program to write or to end, then reads as terminal_pump. */
void terminal_pump_for(struct terminal *terminal, int wait_ms);

/* Writes bytes as if typed. */
void terminal_send_bytes(struct terminal *terminal, const char *bytes, size_t len_bytes);

/* Shows the screen and what was wanted, ends the program, releases the terminal, fails the test. */
struct terminal_place {
    const char *file;
    int line;
};
void terminal_fail(struct terminal *terminal, const struct terminal_place *where,
                   const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Ends the program whatever it does, and releases everything. */
void terminal_abandon(struct terminal *terminal);

#endif
