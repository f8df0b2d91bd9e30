/* A terminal for widget tests: the room's own terminal on a pty, the other side of which is a
 * terminal in memory (libvterm) that a thread keeps reading, so that no write ever blocks. */
#ifndef CLAUSE5_TESTS_SCREEN_STAGE_H
#define CLAUSE5_TESTS_SCREEN_STAGE_H

#include <stdbool.h>

#include "clause5/screen/area.h"
#include "clause5/screen/terminal.h"

struct screen_stage;

struct stage_size {
    int rows, columns;
};

/* Opens a terminal of SIZE with the terminfo name TERM under LOCALE ("C.UTF-8" or "C"). */
struct screen_stage *stage_open(const char *locale, const char *term, struct stage_size size);

/* Gives everything back and checks that the terminal's modes are those from before. */
void stage_close(struct screen_stage *stage);

struct terminal *stage_terminal(struct screen_stage *stage);

/* Starts a frame and returns the whole screen. */
struct area stage_begin(struct screen_stage *stage);

/* Ends the frame and waits until all of it was read. */
void stage_end(struct screen_stage *stage);

/* Returns a row of the terminal in memory without trailing blanks; valid until the next call. */
const char *stage_row(struct screen_stage *stage, int row);

/* Fails unless ROW shows exactly TEXT, trailing blanks apart. */
void stage_expect(struct screen_stage *stage, int row, const char *text);

/* True where any row contains TEXT. */
bool stage_shows(struct screen_stage *stage, const char *text);

struct stage_look {
    bool is_bold, is_underlined, is_reversed, has_colour;
};

/* How a cell is shown. */
struct stage_look stage_look(struct screen_stage *stage, int row, int column);

/* Where the cursor stands. */
void stage_expect_cursor(struct screen_stage *stage, int row, int column);

/* Types BYTES on the keyboard. */
void stage_type(struct screen_stage *stage, const char *bytes);

/* Waits for one event; fails where none comes. */
struct terminal_event stage_event(struct screen_stage *stage);

/* A key as if typed, past the keyboard. */
struct terminal_event stage_key(uint32_t key);

/* Changes the size of the terminal and tells the program, as a window does. */
void stage_resize(struct screen_stage *stage, struct stage_size size);

/* Everything that reached the terminal since stage_open; valid until the next call. */
const char *stage_bytes(struct screen_stage *stage, size_t *len_bytes);

#endif
