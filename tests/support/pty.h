/* Drives a program on a terminal of its own: a pseudo-terminal with libvterm behind it.
 *
 * Nothing here waits for a time: it waits for a text, for the program to be idle, or for its end,
 * and fails the test, showing the screen, where that does not come. A failing call ends the program
 * and releases the terminal. Rows and columns count from 0; negative rows count from the bottom. */
#ifndef CLAUSE5_TESTS_SUPPORT_PTY_H
#define CLAUSE5_TESTS_SUPPORT_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "clause5/base/buffer.h"

struct terminal;

struct terminal_plan {
    const char *const *argv; /* NULL-ended; the first is found along PATH */
    int rows;                /* 0 for 24 */
    int cols;                /* 0 for 80 */
    const char *const *env;  /* NULL-ended NAME=VALUE over the environment of spawn.h, or NULL */
    const char *folder;      /* where it runs; NULL for here */
};

struct terminal_end {
    int status;             /* as a shell gives it: 128 and more for a signal */
    bool is_alternate_left; /* the main screen shows again */
    bool is_cursor_shown;   /* and the cursor */
    bool is_pen_reset;      /* no colour or attribute is left on */
    bool is_mode_restored;  /* echo and line editing are as they were */
    bool is_alternate_used; /* it had gone to the alternate screen */
};

/* Starts the program in the foreground of a new session, as a shell with job control would, with an
 * empty HOME of its own. Release with terminal_finish. */
struct terminal *terminal_start(const struct terminal_plan *plan);

/* As terminal_start at 24 by 80: TERMINAL(folder, CLAUSE5_BINARY, "acme.c5"). */
#define TERMINAL(in_folder, ...)                                                                   \
    terminal_start(&(struct terminal_plan){.argv = (const char *const[]){__VA_ARGS__, NULL},       \
                                           .folder = (in_folder)})

/* Types the bytes as they are. */
void terminal_type(struct terminal *terminal, const char *bytes);

/* Presses a key: a name of the table in pty_keys.c (Enter, Esc, Tab, S-Tab, Up, PgDn, Home, F1
 * ...), one character, C- with a letter (C-r), or M- with a character. After Esc it waits for idle,
 * so that what is typed next is no Alt key. */
#define terminal_key(terminal, name) terminal_key_at(terminal, name, __FILE__, __LINE__)

/* Presses the keys named, one space between two: terminal_keys(t, "j j Enter"). */
#define terminal_keys(terminal, names) terminal_keys_at(terminal, names, __FILE__, __LINE__)

/* Waits until TEXT stands on the screen, within one row. */
#define terminal_expect(terminal, text) terminal_expect_at(terminal, text, __FILE__, __LINE__)

/* Waits until TEXT stands nowhere on the screen. */
#define terminal_expect_gone(terminal, text)                                                       \
    terminal_expect_gone_at(terminal, text, __FILE__, __LINE__)

/* Waits until TEXT stands in the row. */
#define terminal_expect_row(terminal, row, text)                                                   \
    terminal_expect_row_at(terminal, &(struct terminal_row_text){row, text}, __FILE__, __LINE__)

/* Waits until the program is idle: it has read all that was typed and has said all it will, and it
 * and its children wait for something to happen. */
#define terminal_settle(terminal) terminal_settle_at(terminal, __FILE__, __LINE__)

/* Waits until the program is stopped, as by Ctrl-Z; terminal_signal with SIGCONT wakes it. */
#define terminal_expect_stopped(terminal) terminal_expect_stopped_at(terminal, __FILE__, __LINE__)

/* Waits until the program has ended; the screen can still be looked at. */
#define terminal_expect_end(terminal) terminal_expect_end_at(terminal, __FILE__, __LINE__)

/* As terminal_expect_end, then releases the terminal (NULL is nothing) and tells how it was left.
 * Fails where a sanitizer reported something, showing the report. */
#define terminal_finish(terminal) terminal_finish_at(terminal, __FILE__, __LINE__)

void terminal_key_at(struct terminal *terminal, const char *name, const char *file, int line);
void terminal_keys_at(struct terminal *terminal, const char *names, const char *file, int line);
void terminal_expect_at(struct terminal *terminal, const char *text, const char *file, int line);
void terminal_expect_gone_at(struct terminal *terminal, const char *text, const char *file,
                             int line);
struct terminal_row_text {
    int row;
    const char *text;
};
void terminal_expect_row_at(struct terminal *terminal, const struct terminal_row_text *wanted,
                            const char *file, int line);
void terminal_settle_at(struct terminal *terminal, const char *file, int line);
void terminal_expect_stopped_at(struct terminal *terminal, const char *file, int line);
void terminal_expect_end_at(struct terminal *terminal, const char *file, int line);
struct terminal_end terminal_finish_at(struct terminal *terminal, const char *file, int line);

/* Gives the terminal another size and tells the program. */
void terminal_resize(struct terminal *terminal, int rows, int cols);

/* Sends the program a signal. */
void terminal_signal(struct terminal *terminal, int number);

/* Takes the terminal away, as a lost connection does; the program gets SIGHUP. */
void terminal_hang_up(struct terminal *terminal);

/* Returns the process id of the program. */
pid_t terminal_pid(const struct terminal *terminal);

/* Returns the HOME of the program. */
const char *terminal_home(const struct terminal *terminal);

/* Returns the row's text in UTF-8, its trailing blanks cut; a wide character stands once. Lives
 * until the next call with the same terminal. */
const char *terminal_row(struct terminal *terminal, int row);

/* As terminal_row, for all rows with a newline after each. */
const char *terminal_screen(struct terminal *terminal);

/* True where TEXT stands on the screen now; *ROW and *COL (NULL is fine) tell its first cell. */
bool terminal_find(struct terminal *terminal, const char *text, int *row, int *col);

/* Tells where the cursor stands. */
void terminal_cursor(const struct terminal *terminal, int *row, int *col);

/* True where the cursor is shown. */
bool terminal_has_cursor(const struct terminal *terminal);

/* True where the cell has every attribute NAMED, such as "reverse" or "bold|colour". The names:
 * reverse, bold, underline, italic, blink, colour (foreground or background not the default). */
bool terminal_has_attribute(struct terminal *terminal, int row, int col, const char *names);

/* Returns all bytes that the program wrote so far. */
const struct buffer *terminal_raw(const struct terminal *terminal);

/* Returns how often the program rang the bell. */
int terminal_bells(const struct terminal *terminal);

/* True where the program ever set a title of the terminal's window or icon. */
bool terminal_has_title(const struct terminal *terminal);

#endif
