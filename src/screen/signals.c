/* Owns the signal handlers and their flags, which are of the process and the only mutable facts of
 * this room outside a context beside the open terminal. Knows nothing of curses. */
#include "screen/signals.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "clause5/base/memory.h"

static volatile sig_atomic_t flags[SIGNALS_FLAGS];

/* Set where whoever started the program has no job control: a stop would never end. */
static bool has_no_job_control;

static const struct {
    int signal;
    enum signals_flag flag;
} caught[] = {
    {SIGWINCH, SIGNALS_RESIZE}, {SIGCONT, SIGNALS_CONTINUE}, {SIGTSTP, SIGNALS_STOP},
    {SIGTERM, SIGNALS_END},     {SIGHUP, SIGNALS_END},       {SIGINT, SIGNALS_END},
};
_Static_assert(COUNT(caught) == SIGNALS_CAUGHT, "one saved action per signal");

static void note_signal(int signal) {
    for (size_t i = 0; i < COUNT(caught); i++) {
        if (caught[i].signal == signal) {
            flags[caught[i].flag] = 1;
        }
    }
}

static void set_action(int signal, void (*handler)(int)) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, NULL);
}

void signals_install(struct signals_saved *saved) {
    for (size_t i = 0; i < SIGNALS_FLAGS; i++) {
        flags[i] = 0;
    }
    for (size_t i = 0; i < COUNT(caught); i++) {
        sigaction(caught[i].signal, NULL, &saved->actions[i]);
        set_action(caught[i].signal, note_signal);
        if (caught[i].signal == SIGTSTP) {
            has_no_job_control = saved->actions[i].sa_handler == SIG_IGN;
        }
    }
}

void signals_restore(const struct signals_saved *saved, bool is_gone) {
    for (size_t i = 0; i < COUNT(caught); i++) {
        if (is_gone && caught[i].signal == SIGHUP) {
            set_action(SIGHUP, SIG_IGN);
        } else {
            sigaction(caught[i].signal, &saved->actions[i], NULL);
        }
    }
}

bool signals_came(enum signals_flag flag) {
    return flags[flag] != 0;
}

bool signals_take(enum signals_flag flag) {
    bool came = flags[flag] != 0;
    flags[flag] = 0;
    return came;
}

static bool any_came(void) {
    for (size_t i = 0; i < SIGNALS_FLAGS; i++) {
        if (flags[i] != 0) {
            return true;
        }
    }
    return false;
}

/* Readable with nothing to read is how a terminal says that its other side is closed. */
static enum signals_wait judge(const struct pollfd *poll_fd) {
    int waiting_bytes = 0;
    if ((poll_fd->revents & POLLIN) != 0) {
        bool is_empty = ioctl(poll_fd->fd, FIONREAD, &waiting_bytes) == 0 && waiting_bytes == 0;
        return is_empty ? SIGNALS_GONE : SIGNALS_INPUT;
    }
    return poll_fd->revents != 0 ? SIGNALS_GONE : SIGNALS_TIMEOUT;
}

enum signals_wait signals_wait_input(int fd, int wait_ms) {
    sigset_t closed;
    sigset_t open;
    sigemptyset(&closed);
    for (size_t i = 0; i < COUNT(caught); i++) {
        sigaddset(&closed, caught[i].signal);
    }
    sigprocmask(SIG_BLOCK, &closed, &open);
    enum signals_wait result = SIGNALS_FLAGGED;
    if (!any_came()) {
        struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
        struct timespec wait = {.tv_sec = wait_ms / 1000, .tv_nsec = wait_ms % 1000 * 1000000L};
        int count = ppoll(&poll_fd, 1, &wait, &open);
        if (count >= 0) {
            result = count == 0 ? SIGNALS_TIMEOUT : judge(&poll_fd);
        } else if (errno != EINTR) {
            result = SIGNALS_GONE;
        }
    }
    sigprocmask(SIG_SETMASK, &open, NULL);
    return result;
}

void signals_stop_group(void) {
    flags[SIGNALS_STOP] = 0;
    if (has_no_job_control) {
        return;
    }
    set_action(SIGTSTP, SIG_DFL);
    kill(0, SIGTSTP);
    set_action(SIGTSTP, note_signal);
    flags[SIGNALS_CONTINUE] = 0;
}

void signals_lend(void) {
    set_action(SIGINT, SIG_IGN);
    set_action(SIGQUIT, SIG_IGN);
    set_action(SIGTSTP, has_no_job_control ? SIG_IGN : SIG_DFL);
}

void signals_return(void) {
    set_action(SIGINT, note_signal);
    set_action(SIGQUIT, SIG_DFL);
    set_action(SIGTSTP, note_signal);
}
