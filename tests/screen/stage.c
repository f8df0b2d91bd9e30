/* Owns the pty and the terminal in memory behind widget tests. */
#include "stage.h"

#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"

/* A string that vterm drops: when it was read, everything before it was. */
static const char sentinel[] = "\033]777;sync\007";

struct screen_stage {
    struct terminal *terminal;
    VTerm *vterm;
    VTermScreen *screen;
    int keyboard_fd, terminal_fd;
    struct stage_size size;
    struct termios before;
    pthread_t reader;
    pthread_mutex_t lock;
    pthread_cond_t read_more;
    size_t matched, syncs_seen, syncs_sent;
    struct buffer bytes;
    struct buffer row;
};

static void take_bytes(struct screen_stage *stage, const char *bytes, size_t len) {
    pthread_mutex_lock(&stage->lock);
    vterm_input_write(stage->vterm, bytes, len);
    buffer_append(&stage->bytes, bytes, len);
    for (size_t i = 0; i < len; i++) {
        stage->matched = bytes[i] == sentinel[stage->matched] ? stage->matched + 1
                         : bytes[i] == sentinel[0]            ? 1
                                                              : 0;
        if (stage->matched == sizeof sentinel - 1) {
            stage->matched = 0;
            stage->syncs_seen++;
            pthread_cond_broadcast(&stage->read_more);
        }
    }
    pthread_mutex_unlock(&stage->lock);
}

static void *read_output(void *context) {
    struct screen_stage *stage = context;
    char bytes[4096];
    for (;;) {
        ssize_t len = read(stage->keyboard_fd, bytes, sizeof bytes);
        if (len <= 0) {
            return NULL;
        }
        take_bytes(stage, bytes, (size_t)len);
    }
}

static void wait_until_read(struct screen_stage *stage) {
    stage->syncs_sent++;
    assert_int_equal(write(stage->terminal_fd, sentinel, sizeof sentinel - 1), sizeof sentinel - 1);
    pthread_mutex_lock(&stage->lock);
    while (stage->syncs_seen < stage->syncs_sent) {
        pthread_cond_wait(&stage->read_more, &stage->lock);
    }
    pthread_mutex_unlock(&stage->lock);
}

/* Starts the reader with every signal closed: they are for the thread under test. */
static void start_reader(struct screen_stage *stage) {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    assert_int_equal(pthread_create(&stage->reader, NULL, read_output, stage), 0);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

struct screen_stage *stage_open(const char *locale, const char *term, struct stage_size size) {
    struct screen_stage *stage = memory_zero(1, sizeof *stage);
    struct winsize window = {.ws_row = (unsigned short)size.rows,
                             .ws_col = (unsigned short)size.columns};
    assert_non_null(setlocale(LC_ALL, locale));
    assert_int_equal(openpty(&stage->keyboard_fd, &stage->terminal_fd, NULL, NULL, &window), 0);
    assert_int_equal(tcgetattr(stage->terminal_fd, &stage->before), 0);
    stage->size = size;
    stage->vterm = vterm_new(size.rows, size.columns);
    vterm_set_utf8(stage->vterm, 1);
    stage->screen = vterm_obtain_screen(stage->vterm);
    vterm_screen_enable_altscreen(stage->screen, 1);
    vterm_screen_reset(stage->screen, 1);
    pthread_mutex_init(&stage->lock, NULL);
    pthread_cond_init(&stage->read_more, NULL);
    start_reader(stage);
    struct fault fault = {0};
    struct terminal_options options = {
        .term = term, .input_fd = stage->terminal_fd, .output_fd = stage->terminal_fd};
    stage->terminal = terminal_open(&options, &fault);
    assert_string_equal(fault_text(&fault), "");
    return stage;
}

void stage_close(struct screen_stage *stage) {
    struct termios after = {0};
    terminal_close(stage->terminal);
    if (tcgetattr(stage->terminal_fd, &after) == 0) {
        assert_int_equal(after.c_lflag, stage->before.c_lflag);
        assert_int_equal(after.c_iflag, stage->before.c_iflag);
        assert_int_equal(after.c_oflag, stage->before.c_oflag);
    }
    close(stage->terminal_fd); /* the reader's next read fails */
    pthread_join(stage->reader, NULL);
    close(stage->keyboard_fd);
    vterm_free(stage->vterm);
    buffer_free(&stage->bytes);
    buffer_free(&stage->row);
    pthread_cond_destroy(&stage->read_more);
    pthread_mutex_destroy(&stage->lock);
    free(stage);
}

struct terminal *stage_terminal(struct screen_stage *stage) {
    return stage->terminal;
}

struct area stage_begin(struct screen_stage *stage) {
    terminal_frame_begin(stage->terminal);
    return area_of_terminal(stage->terminal);
}

void stage_end(struct screen_stage *stage) {
    terminal_frame_end(stage->terminal);
    wait_until_read(stage);
}

static void add_utf8(struct buffer *out, uint32_t code) {
    if (code < 0x80) {
        buffer_add_byte(out, (char)code);
    } else if (code < 0x800) {
        buffer_addf(out, "%c%c", 0xC0 | code >> 6, 0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        buffer_addf(out, "%c%c%c", 0xE0 | code >> 12, 0x80 | (code >> 6 & 0x3F),
                    0x80 | (code & 0x3F));
    } else {
        buffer_addf(out, "%c%c%c%c", 0xF0 | code >> 18, 0x80 | (code >> 12 & 0x3F),
                    0x80 | (code >> 6 & 0x3F), 0x80 | (code & 0x3F));
    }
}

const char *stage_row(struct screen_stage *stage, int row) {
    pthread_mutex_lock(&stage->lock);
    buffer_clear(&stage->row);
    for (int column = 0; column < stage->size.columns; column++) {
        VTermScreenCell cell = {0};
        vterm_screen_get_cell(stage->screen, (VTermPos){row, column}, &cell);
        if (cell.chars[0] == (uint32_t)-1) {
            continue; /* the right half of a wide character */
        }
        if (cell.chars[0] == 0) {
            buffer_add_byte(&stage->row, ' ');
        }
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++) {
            add_utf8(&stage->row, cell.chars[i]);
        }
    }
    while (stage->row.len_bytes > 0 && stage->row.bytes[stage->row.len_bytes - 1] == ' ') {
        stage->row.bytes[--stage->row.len_bytes] = '\0';
    }
    pthread_mutex_unlock(&stage->lock);
    return buffer_text(&stage->row);
}

void stage_expect(struct screen_stage *stage, int row, const char *text) {
    assert_string_equal(stage_row(stage, row), text);
}

bool stage_shows(struct screen_stage *stage, const char *text) {
    for (int row = 0; row < stage->size.rows; row++) {
        if (strstr(stage_row(stage, row), text) != NULL) {
            return true;
        }
    }
    return false;
}

struct stage_look stage_look(struct screen_stage *stage, int row, int column) {
    VTermScreenCell cell = {0};
    pthread_mutex_lock(&stage->lock);
    vterm_screen_get_cell(stage->screen, (VTermPos){row, column}, &cell);
    pthread_mutex_unlock(&stage->lock);
    return (struct stage_look){.is_bold = cell.attrs.bold != 0,
                               .is_underlined = cell.attrs.underline != 0,
                               .is_reversed = cell.attrs.reverse != 0,
                               .has_colour = !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg)};
}

void stage_expect_cursor(struct screen_stage *stage, int row, int column) {
    VTermPos position = {0};
    pthread_mutex_lock(&stage->lock);
    vterm_state_get_cursorpos(vterm_obtain_state(stage->vterm), &position);
    pthread_mutex_unlock(&stage->lock);
    assert_int_equal(position.row, row);
    assert_int_equal(position.col, column);
}

void stage_type(struct screen_stage *stage, const char *bytes) {
    assert_int_equal(write(stage->keyboard_fd, bytes, strlen(bytes)), strlen(bytes));
}

struct terminal_event stage_event(struct screen_stage *stage) {
    struct terminal_event event = terminal_wait(stage->terminal, 20000);
    assert_int_not_equal(event.kind, TERMINAL_IDLE);
    return event;
}

struct terminal_event stage_key(uint32_t key) {
    return (struct terminal_event){.kind = TERMINAL_KEY, .key = key};
}

void stage_resize(struct screen_stage *stage, struct stage_size size) {
    struct winsize window = {.ws_row = (unsigned short)size.rows,
                             .ws_col = (unsigned short)size.columns};
    pthread_mutex_lock(&stage->lock);
    stage->size = size;
    vterm_set_size(stage->vterm, size.rows, size.columns);
    pthread_mutex_unlock(&stage->lock);
    assert_int_equal(ioctl(stage->keyboard_fd, TIOCSWINSZ, &window), 0);
    assert_int_equal(kill(getpid(), SIGWINCH), 0);
}

const char *stage_bytes(struct screen_stage *stage, size_t *len_bytes) {
    wait_until_read(stage);
    *len_bytes = stage->bytes.len_bytes;
    return buffer_text(&stage->bytes);
}
