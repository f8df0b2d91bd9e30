/* Owns the terminal's modes, size and frames. Knows nothing of widgets; reading keys is input.c,
 * signals are signals.c. */
#include "clause5/screen/terminal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#include "clause5/base/clock.h"
#include "clause5/base/die.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "screen/terminal_state.h"

enum { ESCAPE_DELAY_MS = 25, PASTE_PATIENCE_MS = 2000 };

static const char paste_on[] = "\033[?2004h";
static const char paste_off[] = "\033[?2004l";

/* The terminal to give back when the process ends in any other way than terminal_close. */
static struct terminal *open_terminal;

void terminal_write(const struct terminal *terminal, const char *bytes, size_t len_bytes) {
    while (len_bytes > 0) {
        ssize_t written = write(terminal->output_fd, bytes, len_bytes);
        if (written < 0 && errno != EINTR) {
            return; /* The terminal is gone; the next wait says so. */
        }
        if (written > 0) {
            bytes += written;
            len_bytes -= (size_t)written;
        }
    }
}

static void leave_screen(struct terminal *terminal) {
    if (terminal->has_paste) {
        terminal_write(terminal, paste_off, sizeof paste_off - 1);
    }
    endwin();
}

static void enter_screen(struct terminal *terminal) {
    reset_prog_mode();
    terminal_forget(terminal);
    if (terminal->has_paste) {
        terminal_write(terminal, paste_on, sizeof paste_on - 1);
    }
}

static void give_back_at_exit(void) {
    if (open_terminal != NULL && !open_terminal->is_lent) {
        leave_screen(open_terminal);
    }
    open_terminal = NULL;
}

static int fd_or(int fd, int otherwise) {
    return fd > 0 ? fd : otherwise;
}

bool terminal_is_there(const struct terminal_options *options) {
    return isatty(fd_or(options->input_fd, STDIN_FILENO)) == 1 &&
           isatty(fd_or(options->output_fd, STDOUT_FILENO)) == 1;
}

/* Brings curses to the size the system tells. Returns whether it changed. */
static bool take_size(struct terminal *terminal) {
    struct winsize size = {0};
    if (ioctl(terminal->output_fd, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 ||
        size.ws_col == 0) {
        return false;
    }
    if (size.ws_row == LINES && size.ws_col == COLS) {
        return false;
    }
    resize_term(size.ws_row, size.ws_col);
    return true;
}

static void set_modes(struct terminal *terminal) {
    set_escdelay(ESCAPE_DELAY_MS);
    raw();
    noecho();
    nonl();
    typeahead(-1); /* a frame is sent whole, whatever is typed meanwhile */
    terminal->keys = newpad(1, 1);
    if (terminal->keys == NULL) {
        die("the terminal has no room for its keys");
    }
    keypad(terminal->keys, TRUE);
    nodelay(terminal->keys, TRUE);
}

/* Asks terminfo first whether the terminal is one that can be drawn on: a newterm that fails does
 * not release what it took. */
static bool is_known(const char *term, int fd) {
    int error = 0;
    if (setupterm(term, fd, &error) != OK) {
        return false;
    }
    const char *move_cursor = tigetstr("cup");
    bool can_move = move_cursor != NULL && move_cursor != (char *)-1;
    del_curterm(cur_term);
    return can_move;
}

static bool open_curses(struct terminal *terminal, const char *term, struct fault *fault) {
    terminal->input = fdopen(dup(terminal->input_fd), "r");
    terminal->output = fdopen(dup(terminal->output_fd), "w");
    if (terminal->input == NULL || terminal->output == NULL) {
        return fault_set(fault, FAULT_FAILED, "cannot use the terminal: %s", strerror(errno));
    }
    use_env(FALSE);
    use_tioctl(TRUE);
    if (is_known(term, terminal->output_fd)) {
        terminal->screen = newterm(term, terminal->output, terminal->input);
    }
    if (terminal->screen == NULL) {
        return fault_set(fault, FAULT_USAGE,
                         "the terminal type \"%s\" is not known here, or cannot show a full "
                         "screen; set TERM to one that can, such as xterm or vt100",
                         term);
    }
    return true;
}

static void close_files(struct terminal *terminal) {
    if (terminal->input != NULL) {
        fclose(terminal->input);
    }
    if (terminal->output != NULL) {
        fclose(terminal->output);
    }
    whole_frame_close(terminal);
}

struct terminal *terminal_open(const struct terminal_options *options, struct fault *fault) {
    static bool has_exit_hook;
    const char *term = options->term != NULL ? options->term : getenv("TERM");
    if (!terminal_is_there(options) || term == NULL || term[0] == '\0') {
        fault_set(fault, FAULT_USAGE, "this needs a terminal for input and output, and TERM set");
        return NULL;
    }
    struct terminal *terminal = memory_zero(1, sizeof *terminal);
    terminal->input_fd = fd_or(options->input_fd, STDIN_FILENO);
    terminal->output_fd = fd_or(options->output_fd, STDOUT_FILENO);
    whole_frame_open(terminal);
    signals_install(&terminal->signals);
    if (!open_curses(terminal, term, fault)) {
        signals_restore(&terminal->signals, false);
        close_files(terminal);
        free(terminal);
        return NULL;
    }
    set_modes(terminal);
    palette_open(terminal, options);
    input_open(terminal);
    terminal->is_unicode = text_locale_is_utf8() && options->glyphs != GLYPHS_ASCII &&
                           (options->glyphs == GLYPHS_UNICODE || strcmp(term, "linux") != 0);
    const char *alternate_screen = tigetstr("smcup");
    terminal->has_paste = alternate_screen != NULL && alternate_screen != (char *)-1;
    take_size(terminal);
    if (terminal->has_paste) {
        terminal_write(terminal, paste_on, sizeof paste_on - 1);
    }
    open_terminal = terminal;
    die_set_farewell(give_back_at_exit);
    if (!has_exit_hook) {
        has_exit_hook = atexit(give_back_at_exit) == 0;
    }
    return terminal;
}

void terminal_close(struct terminal *terminal) {
    if (terminal == NULL) {
        return;
    }
    if (!terminal->is_lent) {
        leave_screen(terminal);
    }
    open_terminal = NULL;
    die_set_farewell(NULL);
    signals_restore(&terminal->signals, terminal->is_gone);
    delwin(terminal->keys);
    delscreen(terminal->screen);
    close_files(terminal);
    buffer_free(&terminal->pasted);
    free(terminal);
}

static void suspend(struct terminal *terminal) {
    leave_screen(terminal);
    signals_stop_group();
    enter_screen(terminal);
    take_size(terminal);
}

/* What signals asked for comes before any key. */
static bool next_signalled(struct terminal *terminal, struct terminal_event *event) {
    if (terminal_is_ending(terminal)) {
        event->kind = TERMINAL_ENDING;
        return true;
    }
    if (signals_take(SIGNALS_STOP)) {
        suspend(terminal);
        event->kind = TERMINAL_RESUMED;
        return true;
    }
    if (signals_take(SIGNALS_CONTINUE)) {
        enter_screen(terminal);
        take_size(terminal);
        event->kind = TERMINAL_RESUMED;
        return true;
    }
    if (signals_take(SIGNALS_RESIZE) && take_size(terminal)) {
        terminal_forget(terminal);
        event->kind = TERMINAL_RESIZED;
        return true;
    }
    return false;
}

/* A paste whose end was lost on the way is told as far as it came. */
static bool next_unfinished_paste(struct terminal *terminal, struct terminal_event *event) {
    if (!terminal->is_pasting || clock_monotonic_ms() - terminal->paste_ms < PASTE_PATIENCE_MS) {
        return false;
    }
    terminal->is_pasting = false;
    *event =
        (struct terminal_event){.kind = TERMINAL_PASTE, .text = buffer_text(&terminal->pasted)};
    return true;
}

/* ^Z and ^L are about the screen itself, so no program needs to know them. */
static struct terminal_event see_to_screen_keys(struct terminal *terminal,
                                                struct terminal_event event) {
    if (event.kind == TERMINAL_KEY && event.key == KEYCODE_CTRL('Z')) {
        suspend(terminal);
    } else if (event.kind == TERMINAL_KEY && event.key == KEYCODE_CTRL('L')) {
        terminal_forget(terminal);
    } else {
        return event;
    }
    return (struct terminal_event){.kind = TERMINAL_RESUMED};
}

struct terminal_event terminal_wait(struct terminal *terminal, int wait_ms) {
    int64_t end_ms = wait_ms > 0 ? clock_monotonic_ms() + wait_ms : 0;
    struct terminal_event event = {.kind = TERMINAL_IDLE};
    for (;;) {
        if (next_signalled(terminal, &event)) {
            return event;
        }
        if (input_read(terminal, &event)) {
            return see_to_screen_keys(terminal, event);
        }
        int64_t left_ms = wait_ms > 0 ? end_ms - clock_monotonic_ms() : 0;
        if (left_ms < 0 || wait_ms <= 0) {
            next_unfinished_paste(terminal, &event);
            return event;
        }
        if (signals_wait_input(terminal->input_fd, (int)left_ms) == SIGNALS_GONE) {
            terminal->is_gone = true;
        }
    }
}

bool terminal_is_ending(const struct terminal *terminal) {
    return terminal->is_gone || signals_came(SIGNALS_END);
}

bool terminal_was_stopped(struct terminal *terminal) {
    struct terminal_event event = {.kind = TERMINAL_IDLE};
    while (input_read(terminal, &event)) {
        if (event.kind == TERMINAL_KEY && event.key == KEYCODE_ESC) {
            return true;
        }
    }
    return terminal_is_ending(terminal);
}

int terminal_height(const struct terminal *terminal) {
    (void)terminal;
    return LINES;
}

int terminal_width(const struct terminal *terminal) {
    (void)terminal;
    return COLS;
}

bool terminal_is_unicode(const struct terminal *terminal) {
    return terminal->is_unicode;
}

void terminal_frame_begin(struct terminal *terminal) {
    terminal->cursor_row = LINES - 1;
    terminal->cursor_column = 0;
    werase(stdscr);
}

void terminal_frame_end(struct terminal *terminal) {
    wmove(stdscr, terminal->cursor_row, terminal->cursor_column);
    wnoutrefresh(stdscr);
    whole_frame_send(terminal);
}

void terminal_forget(struct terminal *terminal) {
    (void)terminal;
    clearok(curscr, TRUE);
}

void terminal_set_mouse(struct terminal *terminal, bool is_on) {
    (void)terminal;
    mouseinterval(0);
    mousemask(is_on ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
}

void terminal_lend(struct terminal *terminal) {
    leave_screen(terminal);
    terminal->is_lent = true;
    signals_lend();
}

void terminal_return(struct terminal *terminal) {
    signals_return();
    terminal->is_lent = false;
    enter_screen(terminal);
    take_size(terminal);
}

void terminal_send(struct terminal *terminal, const char *bytes, size_t len_bytes) {
    terminal_write(terminal, bytes, len_bytes);
}
