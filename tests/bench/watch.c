/* Owns the pseudo-terminal of a measured program. Must not know what is measured. */
#include "watch.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { END_PATIENCE_MS = 2000 };

int64_t watch_now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* The child notes when it calls exec where the parent can read it, so that fork does not count. */
static _Noreturn void become(char *const *argv, int64_t *started_ns) {
    setenv("TERM", "xterm-256color", 1);
    *started_ns = watch_now_ns();
    execvp(argv[0], argv);
    perror(argv[0]);
    _exit(127);
}

bool watch_start(struct watch *watch, char *const *argv) {
    struct winsize size = {.ws_row = WATCH_ROWS, .ws_col = WATCH_COLUMNS};
    int64_t *started_ns =
        mmap(NULL, sizeof *started_ns, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (started_ns == MAP_FAILED) {
        perror("mmap");
        return false;
    }
    *started_ns = watch_now_ns();
    watch->pid = forkpty(&watch->terminal, NULL, NULL, &size);
    if (watch->pid == 0) {
        become(argv, started_ns);
    }
    bool is_good = watch->pid > 0;
    if (is_good) {
        struct pollfd ready = {.fd = watch->terminal, .events = POLLIN};
        poll(&ready, 1, END_PATIENCE_MS);
        watch->started_ns = *started_ns;
    } else {
        perror("forkpty");
    }
    munmap(started_ns, sizeof *started_ns);
    return is_good;
}

int64_t watch_until_still(struct watch *watch, int quiet_ms, int patience_ms) {
    char bytes[65536];
    int64_t last_ns = 0;
    struct pollfd ready = {.fd = watch->terminal, .events = POLLIN};
    while (poll(&ready, 1, last_ns == 0 ? patience_ms : quiet_ms) > 0) {
        ssize_t len_bytes = read(watch->terminal, bytes, sizeof bytes);
        if (len_bytes <= 0) {
            break;
        }
        last_ns = watch_now_ns();
        if (watch->hear != NULL) {
            watch->hear(watch->context, bytes, (size_t)len_bytes);
        }
    }
    return last_ns;
}

int64_t watch_type(struct watch *watch, const char *keys) {
    int64_t typed_ns = watch_now_ns();
    size_t len = strlen(keys);
    if (write(watch->terminal, keys, len) != (ssize_t)len) {
        perror("write to the terminal");
    }
    return typed_ns;
}

long watch_peak_kib(const struct watch *watch) {
    char path[64];
    char line[256];
    long peak_kib = 0;
    snprintf(path, sizeof path, "/proc/%ld/status", (long)watch->pid);
    FILE *status = fopen(path, "r");
    if (status == NULL) {
        return 0;
    }
    while (fgets(line, sizeof line, status) != NULL) {
        if (strncmp(line, "VmHWM:", 6) == 0) {
            peak_kib = strtol(line + 6, NULL, 10);
        }
    }
    fclose(status);
    return peak_kib;
}

void watch_end(struct watch *watch) {
    int64_t deadline_ns = watch_now_ns() + (int64_t)END_PATIENCE_MS * 1000000;
    close(watch->terminal);
    kill(watch->pid, SIGHUP);
    while (waitpid(watch->pid, NULL, WNOHANG) == 0) {
        if (watch_now_ns() > deadline_ns) {
            kill(watch->pid, SIGKILL);
        }
        poll(NULL, 0, 1);
    }
}
