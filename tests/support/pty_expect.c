/* Owns what a test waits for on the terminal, and how a failure is shown. */
#include <dirent.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "support/pty_inside.h"
#include "support/spawn.h"

/* After ESC a program waits 25 ms for the rest of a key, and only looks idle. */
enum { STEP_MS = 20, SAMPLE_MS = 5, IDLE_MS = 15, IDLE_AFTER_ESC_MS = 60 };

static const char RUNTIME_ERROR[] = "runtime error: ";

static void show_screen(struct terminal *terminal) {
    int row = 0;
    int col = 0;
    terminal_cursor(terminal, &row, &col);
    print_error("cursor at row %d, column %d%s; ", row, col,
                terminal_has_cursor(terminal) ? "" : " (hidden)");
    if (terminal->has_ended) {
        print_error("the program has ended with status %d\n",
                    spawn_exit_status(terminal->wait_status));
    } else {
        print_error("the program runs\n");
    }
    int rows = 0;
    int cols = 0;
    vterm_get_size(terminal->vterm, &rows, &cols);
    while (rows > 0 && *terminal_row(terminal, rows - 1) == '\0') {
        rows--;
    }
    for (int at = 0; at < rows; at++) {
        print_error("%3d|%s\n", at, terminal_row(terminal, at));
    }
}

/* Appends what sanitizers reported: in files beside HOME, or, as gcc's UndefinedBehaviorSanitizer
 * does whatever it is told, on the terminal. */
static void collect_sanitizer_reports(struct terminal *terminal, struct buffer *out) {
    const char *said = buffer_text(&terminal->raw);
    const char *report =
        memmem(said, terminal->raw.len_bytes, RUNTIME_ERROR, strlen(RUNTIME_ERROR));
    if (report != NULL) {
        buffer_addf(out, "%.*s\n", (int)strcspn(report, "\r\n"), report);
    }
    DIR *folder = opendir(place_path(terminal->home, ""));
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        if (strncmp(entry->d_name, "sanitizer", strlen("sanitizer")) == 0) {
            buffer_addf(out, "%s\n", place_read(terminal->home, entry->d_name, NULL));
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
}

void terminal_fail(struct terminal *terminal, const struct terminal_place *where,
                   const char *format, ...) {
    struct buffer wish = {0};
    va_list arguments;
    va_start(arguments, format);
    buffer_add_list(&wish, format, arguments);
    va_end(arguments);
    print_error("%s; ", buffer_text(&wish));
    show_screen(terminal);
    buffer_clear(&wish);
    collect_sanitizer_reports(terminal, &wish);
    print_error("%s", buffer_text(&wish));
    buffer_free(&wish);
    terminal_abandon(terminal);
    _fail(where->file, where->line);
}

/* Waits until the condition holds; false where patience is out, or the program has ended first. */
static bool wait_until(struct terminal *terminal, bool (*holds)(struct terminal *, const void *),
                       const void *wanted) {
    long last_ms = spawn_now_ms() + spawn_patience_ms();
    terminal_pump_for(terminal, 0);
    while (!holds(terminal, wanted)) {
        if (terminal->has_ended || spawn_now_ms() > last_ms) {
            return false;
        }
        terminal_pump_for(terminal, STEP_MS);
    }
    return true;
}

static bool has_text(struct terminal *terminal, const void *wanted) {
    return terminal_find(terminal, wanted, NULL, NULL);
}

static bool has_no_text(struct terminal *terminal, const void *wanted) {
    return !terminal_find(terminal, wanted, NULL, NULL);
}

static bool has_row_text(struct terminal *terminal, const void *wanted) {
    const struct terminal_row_text *row_text = wanted;
    return strstr(terminal_row(terminal, row_text->row), row_text->text) != NULL;
}

static bool is_stopped(struct terminal *terminal, const void *wanted) {
    (void)wanted;
    return spawn_is_stopped(terminal->program);
}

static bool is_ended(struct terminal *terminal, const void *wanted) {
    (void)wanted;
    return terminal->has_ended;
}

void terminal_expect_at(struct terminal *terminal, const char *text, const char *file, int line) {
    if (!wait_until(terminal, has_text, text)) {
        terminal_fail(terminal, &(struct terminal_place){file, line},
                      "\"%s\" does not come to stand on the screen", text);
    }
}

void terminal_expect_gone_at(struct terminal *terminal, const char *text, const char *file,
                             int line) {
    if (!wait_until(terminal, has_no_text, text)) {
        terminal_fail(terminal, &(struct terminal_place){file, line},
                      "\"%s\" does not leave the screen", text);
    }
}

void terminal_expect_row_at(struct terminal *terminal, const struct terminal_row_text *wanted,
                            const char *file, int line) {
    if (!wait_until(terminal, has_row_text, wanted)) {
        terminal_fail(terminal, &(struct terminal_place){file, line},
                      "\"%s\" does not come to stand in row %d", wanted->text, wanted->row);
    }
}

void terminal_expect_stopped_at(struct terminal *terminal, const char *file, int line) {
    if (!wait_until(terminal, is_stopped, NULL)) {
        terminal_fail(terminal, &(struct terminal_place){file, line}, "it does not stop");
    }
    terminal_pump(terminal);
}

void terminal_expect_end_at(struct terminal *terminal, const char *file, int line) {
    if (!wait_until(terminal, is_ended, NULL)) {
        terminal_fail(terminal, &(struct terminal_place){file, line}, "it does not end");
    }
}

/* True where all that was typed is read, all is said, and the program waits. poll() makes the
 * kernel hand over what is still between the two sides, so that the order here leaves no gap. */
static bool is_idle(struct terminal *terminal) {
    size_t heard_bytes = terminal->raw.len_bytes;
    terminal_pump_for(terminal, SAMPLE_MS);
    struct pollfd unread = {.fd = terminal->slave, .events = POLLIN};
    bool has_unread = terminal->slave >= 0 && poll(&unread, 1, 0) > 0;
    bool is_waiting = spawn_is_waiting(terminal->program);
    terminal_pump(terminal);
    return is_waiting && !has_unread && terminal->raw.len_bytes == heard_bytes;
}

void terminal_settle_at(struct terminal *terminal, const char *file, int line) {
    long start_ms = spawn_now_ms();
    long idle_since_ms = start_ms;
    long idle_ms = terminal->last_sent == '\x1b' ? IDLE_AFTER_ESC_MS : IDLE_MS;
    while (!terminal->has_ended && spawn_now_ms() - idle_since_ms < idle_ms) {
        if (!is_idle(terminal)) {
            idle_since_ms = spawn_now_ms();
        }
        if (idle_since_ms - start_ms > spawn_patience_ms()) {
            terminal_fail(terminal, &(struct terminal_place){file, line}, "it is never idle");
            return;
        }
    }
}

static bool is_pen_plain(struct terminal *terminal) {
    static const VTermAttr switches[] = {VTERM_ATTR_BOLD, VTERM_ATTR_UNDERLINE, VTERM_ATTR_REVERSE,
                                         VTERM_ATTR_BLINK};
    VTermState *state = vterm_obtain_state(terminal->vterm);
    VTermValue value;
    for (size_t i = 0; i < COUNT(switches); i++) {
        value.number = 0;
        if (vterm_state_get_penattr(state, switches[i], &value) && value.number != 0) {
            return false;
        }
    }
    return vterm_state_get_penattr(state, VTERM_ATTR_FOREGROUND, &value) &&
           VTERM_COLOR_IS_DEFAULT_FG(&value.color) &&
           vterm_state_get_penattr(state, VTERM_ATTR_BACKGROUND, &value) &&
           VTERM_COLOR_IS_DEFAULT_BG(&value.color);
}

static bool is_mode_restored(const struct terminal *terminal) {
    const struct termios *before = &terminal->modes_before;
    const struct termios *after = &terminal->modes_after;
    return before->c_iflag == after->c_iflag && before->c_oflag == after->c_oflag &&
           before->c_lflag == after->c_lflag;
}

struct terminal_end terminal_finish_at(struct terminal *terminal, const char *file, int line) {
    if (terminal == NULL) {
        return (struct terminal_end){.status = -1};
    }
    terminal_expect_end_at(terminal, file, line);
    struct terminal_end end = {
        .status = spawn_exit_status(terminal->wait_status),
        .is_alternate_left = !terminal->is_alternate,
        .is_alternate_used = terminal->is_alternate_used,
        .is_cursor_shown = terminal->is_cursor_shown,
        .is_pen_reset = is_pen_plain(terminal),
        .is_mode_restored = is_mode_restored(terminal),
    };
    struct buffer reports = {0};
    collect_sanitizer_reports(terminal, &reports);
    bool has_reports = reports.len_bytes > 0;
    buffer_free(&reports);
    if (has_reports) {
        terminal_fail(terminal, &(struct terminal_place){file, line}, "a sanitizer reported");
        return end;
    }
    terminal_abandon(terminal);
    return end;
}
