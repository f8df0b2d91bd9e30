/* Owns the program on the pseudo-terminal: its start, its bytes, its signals, its end. A leader
 * stands between the test and the program, as a shell does: without it the program's process group
 * is orphaned, and the kernel then ignores SIGTSTP. */
#include "support/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "support/pty_inside.h"
#include "support/spawn.h"

enum { DEFAULT_ROWS = 24, DEFAULT_COLS = 80, LEADER_REPORTS = 3, POLL_MS = 100 };

/* In the leader's child: into a process group of its own, in the foreground. */
static _Noreturn void be_program(const struct terminal_plan *plan, char **environment) {
    setpgid(0, 0);
    tcsetpgrp(STDIN_FILENO, getpid()); /* SIGTTOU is blocked until spawn_become */
    spawn_become(plan->argv, plan->folder, environment);
}

/* In the leader: waits for the program's end and passes a hang-up on, as a shell does: the kernel
 * tells only the leader. */
static int wait_for_end(pid_t program) {
    sigset_t awaited;
    sigemptyset(&awaited);
    sigaddset(&awaited, SIGHUP);
    sigaddset(&awaited, SIGCHLD);
    int wait_status = 0;
    int number = 0;
    while (waitpid(program, &wait_status, WNOHANG) != program) {
        sigwait(&awaited, &number);
        if (number == SIGHUP) {
            kill(program, SIGHUP);
        }
    }
    return wait_status;
}

static void tell(int word) {
    if (write(LEADER_REPORTS, &word, sizeof word) != (ssize_t)sizeof word) {
        _exit(1);
    }
}

/* In the leader: starts the program, tells its id, waits, tells its wait status. */
static _Noreturn void be_leader(int slave, int reports, const struct terminal_plan *plan,
                                char **environment) {
    sigset_t all;
    sigfillset(&all);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigprocmask(SIG_BLOCK, &all, NULL);
    signal(SIGHUP, SIG_DFL);
    signal(SIGCHLD, SIG_DFL);
    setsid();
    ioctl(slave, TIOCSCTTY, 0);
    for (int stream = 0; stream < LEADER_REPORTS; stream++) {
        dup2(slave, stream);
    }
    dup2(reports, LEADER_REPORTS);
    closefrom(LEADER_REPORTS + 1);
    fcntl(LEADER_REPORTS, F_SETFD, FD_CLOEXEC);
    pid_t program = fork();
    if (program == 0) {
        be_program(plan, environment);
    }
    tell((int)program);
    tell(wait_for_end(program));
    _exit(0);
}

/* Where a sanitizer of the program writes: beside its HOME, since the screen cannot hold it. */
static void add_sanitizer_options(struct buffer *out, const char *name, const char *folder) {
    const char *options = getenv(name);
    buffer_addf(out, "%s=%s:log_path=%s/sanitizer", name, options != NULL ? options : "", folder);
}

static char **make_environment(struct terminal *terminal, const struct terminal_plan *plan) {
    struct buffer asan = {0};
    struct buffer ubsan = {0};
    size_t extras = 0;
    while (plan->env != NULL && plan->env[extras] != NULL) {
        extras++;
    }
    add_sanitizer_options(&asan, "ASAN_OPTIONS", place_path(terminal->home, ""));
    add_sanitizer_options(&ubsan, "UBSAN_OPTIONS", place_path(terminal->home, ""));
    const char **extra = memory_zero(extras + 3, sizeof *extra);
    extra[0] = buffer_text(&asan);
    extra[1] = buffer_text(&ubsan);
    for (size_t i = 0; i < extras; i++) {
        extra[i + 2] = plan->env[i];
    }
    char **environment = spawn_environment(terminal_home(terminal), extra);
    free(extra);
    buffer_free(&asan);
    buffer_free(&ubsan);
    return environment;
}

static void open_terminal(struct terminal *terminal, int rows, int cols) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    assert_int_equal(openpty(&terminal->master, &terminal->slave, NULL, NULL, &size), 0);
    assert_int_equal(fcntl(terminal->master, F_SETFL, O_NONBLOCK), 0);
    assert_int_equal(fcntl(terminal->master, F_SETFD, FD_CLOEXEC), 0);
    assert_int_equal(fcntl(terminal->slave, F_SETFD, FD_CLOEXEC), 0);
    assert_int_equal(tcgetattr(terminal->slave, &terminal->modes_before), 0);
}

static void start_leader(struct terminal *terminal, const struct terminal_plan *plan) {
    int pipe_ends[2];
    char **environment = make_environment(terminal, plan);
    assert_int_equal(pipe2(pipe_ends, O_CLOEXEC), 0);
    terminal->leader = fork();
    assert_true(terminal->leader >= 0);
    if (terminal->leader == 0) {
        be_leader(terminal->slave, pipe_ends[1], plan, environment);
    }
    close(pipe_ends[1]);
    spawn_environment_free(environment);
    terminal->reports = pipe_ends[0];
    int program = 0;
    assert_int_equal(read(terminal->reports, &program, sizeof program), (int)sizeof program);
    terminal->program = program;
}

struct terminal *terminal_start(const struct terminal_plan *plan) {
    struct terminal *terminal = memory_zero(1, sizeof *terminal);
    int rows = plan->rows > 0 ? plan->rows : DEFAULT_ROWS;
    int cols = plan->cols > 0 ? plan->cols : DEFAULT_COLS;
    terminal->home = place_new();
    place_make_folder(terminal->home, "home");
    terminal_screen_new(terminal, rows, cols);
    open_terminal(terminal, rows, cols);
    start_leader(terminal, plan);
    return terminal;
}

bool terminal_pump(struct terminal *terminal) {
    bool has_read = false;
    char part[8192];
    for (ssize_t len; terminal->master >= 0;) {
        len = read(terminal->master, part, sizeof part);
        if (len <= 0) {
            break;
        }
        buffer_append(&terminal->raw, part, (size_t)len);
        vterm_input_write(terminal->vterm, part, (size_t)len);
        has_read = true;
    }
    return has_read;
}

/* Keeps how the program left the terminal, then lets go of our side of it. */
static void note_end(struct terminal *terminal) {
    terminal->has_ended = true;
    if (terminal->slave >= 0) {
        tcgetattr(terminal->slave, &terminal->modes_after);
        terminal_pump(terminal);
        close(terminal->slave);
        terminal->slave = -1;
    }
}

void terminal_pump_for(struct terminal *terminal, int wait_ms) {
    struct pollfd watched[] = {{.fd = terminal->master, .events = POLLIN},
                               {.fd = terminal->reports, .events = POLLIN}};
    bool is_watching_end = !terminal->has_ended;
    poll(watched, is_watching_end ? 2 : 1, wait_ms);
    terminal_pump(terminal);
    if (is_watching_end && watched[1].revents != 0) {
        int word = 0;
        ssize_t len = read(terminal->reports, &word, sizeof word);
        terminal->wait_status = len == (ssize_t)sizeof word ? word : SIGKILL;
        note_end(terminal);
    }
}

void terminal_send_bytes(struct terminal *terminal, const char *bytes, size_t len_bytes) {
    long last_ms = spawn_now_ms() + spawn_patience_ms();
    while (len_bytes > 0 && terminal->master >= 0 && spawn_now_ms() < last_ms) {
        ssize_t len = write(terminal->master, bytes, len_bytes);
        if (len > 0) {
            terminal->last_sent = bytes[len - 1];
            bytes += len;
            len_bytes -= (size_t)len;
        } else if (errno == EAGAIN) {
            terminal_pump_for(terminal, POLL_MS);
        } else if (errno != EINTR) {
            break;
        }
    }
}

void terminal_resize(struct terminal *terminal, int rows, int cols) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    terminal_pump(terminal);
    vterm_set_size(terminal->vterm, rows, cols);
    assert_int_equal(ioctl(terminal->master, TIOCSWINSZ, &size), 0);
}

void terminal_signal(struct terminal *terminal, int number) {
    if (!terminal->has_ended) {
        kill(terminal->program, number);
    }
}

void terminal_hang_up(struct terminal *terminal) {
    terminal_pump(terminal);
    if (terminal->slave >= 0) {
        close(terminal->slave);
    }
    close(terminal->master);
    terminal->slave = terminal->master = -1;
}

pid_t terminal_pid(const struct terminal *terminal) {
    return terminal->program;
}

const char *terminal_home(const struct terminal *terminal) {
    return place_path(terminal->home, "home");
}

void terminal_abandon(struct terminal *terminal) {
    if (!terminal->has_ended) {
        kill(terminal->program, SIGKILL);
        kill(terminal->leader, SIGKILL);
    }
    waitpid(terminal->leader, NULL, 0);
    if (terminal->master >= 0) {
        close(terminal->master);
    }
    if (terminal->slave >= 0) {
        close(terminal->slave);
    }
    close(terminal->reports);
    terminal_screen_free(terminal);
    place_free(terminal->home);
    free(terminal);
}
