/* Owns how programs are started and looked at from outside; knows neither terminals nor pipes. */
#include "support/spawn.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ADDRESS_SANITIZER
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(HAS_ADDRESS_SANITIZER)
enum { PATIENCE_MS = 20000 };
#else
enum { PATIENCE_MS = 10000 };
#endif

enum { PROC_PATH_BYTES = 64, PROC_TEXT_BYTES = 4096 };

int spawn_patience_ms(void) {
    return PATIENCE_MS;
}

long spawn_now_ms(void) {
    struct timespec now;
    assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
    return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

static const char *const fixed_environment[] = {
    "TERM=xterm-256color", "LC_ALL=C.UTF-8", "TZ=UTC", "CLAUSE5_TODAY=2026-11-21", NULL,
};

static const char *const inherited_names[] = {
    "PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", NULL,
};

/* Puts NAME=VALUE into the list, over an entry of the same name. */
static void set_variable(char **environment, const char *assignment) {
    size_t name_bytes = strcspn(assignment, "=") + 1;
    size_t i = 0;
    while (environment[i] != NULL && strncmp(environment[i], assignment, name_bytes) != 0) {
        i++;
    }
    free(environment[i]);
    environment[i] = memory_copy_text(assignment);
}

static void set_from(char **environment, const char *name, const char *value) {
    struct buffer assignment = {0};
    if (value != NULL) {
        buffer_addf(&assignment, "%s=%s", name, value);
        set_variable(environment, buffer_text(&assignment));
    }
    buffer_free(&assignment);
}

char **spawn_environment(const char *home_folder, const char *const *extra) {
    size_t extras = 0;
    while (extra != NULL && extra[extras] != NULL) {
        extras++;
    }
    size_t room = COUNT(fixed_environment) + COUNT(inherited_names) + extras + 2;
    char **environment = memory_zero(room, sizeof *environment);
    for (size_t i = 0; inherited_names[i] != NULL; i++) {
        set_from(environment, inherited_names[i], getenv(inherited_names[i]));
    }
    for (size_t i = 0; fixed_environment[i] != NULL; i++) {
        set_variable(environment, fixed_environment[i]);
    }
    set_from(environment, "HOME", home_folder);
    for (size_t i = 0; i < extras; i++) {
        set_variable(environment, extra[i]);
    }
    return environment;
}

void spawn_environment_free(char **environment) {
    for (size_t i = 0; environment != NULL && environment[i] != NULL; i++) {
        free(environment[i]);
    }
    free(environment);
}

_Noreturn void spawn_become(const char *const *argv, const char *folder, char **environment) {
    for (int number = 1; number < NSIG; number++) {
        signal(number, SIG_DFL);
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (folder == NULL || chdir(folder) == 0) {
        /* execvpe changes neither the words nor the pointers; its type is older than const. */
        execvpe(argv[0], (char *const *)argv, environment);
    }
    dprintf(STDERR_FILENO, "cannot start %s: %s\n", argv[0], strerror(errno));
    _exit(127);
}

int spawn_exit_status(int wait_status) {
    return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

/* Reads /proc/PID/NAME as far as TEXT has room; "" where the process is gone. */
static void read_proc(pid_t pid, const char *name, char text[PROC_TEXT_BYTES]) {
    char path[PROC_PATH_BYTES];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    FILE *file = fopen(path, "re");
    size_t len = 0;
    if (file != NULL) {
        len = fread(text, 1, PROC_TEXT_BYTES - 1, file);
        fclose(file);
    }
    text[len] = '\0';
}

/* The letter after the name in parentheses, which may itself hold parentheses; Z for gone. */
static int process_state(pid_t pid) {
    char text[PROC_TEXT_BYTES];
    read_proc(pid, "stat", text);
    const char *end = strrchr(text, ')');
    return end != NULL && end[1] == ' ' ? end[2] : 'Z';
}

static bool is_sleeping_for_a_time(pid_t pid) {
    char text[PROC_TEXT_BYTES];
    read_proc(pid, "syscall", text);
    char *end = text;
    long number = strtol(text, &end, 10);
    return end != text && (number == SYS_clock_nanosleep
#ifdef SYS_nanosleep
                           || number == SYS_nanosleep
#endif
                          );
}

bool spawn_is_waiting(pid_t pid) {
    int state = process_state(pid);
    if (strchr("STtZX", state) == NULL || (state == 'S' && is_sleeping_for_a_time(pid))) {
        return false;
    }
    char name[PROC_PATH_BYTES];
    char children[PROC_TEXT_BYTES];
    snprintf(name, sizeof name, "task/%d/children", (int)pid);
    read_proc(pid, name, children);
    char *rest = children;
    for (char *end = rest;; rest = end) {
        pid_t child = (pid_t)strtol(rest, &end, 10);
        if (end == rest) {
            return true;
        }
        if (!spawn_is_waiting(child)) {
            return false;
        }
    }
}

bool spawn_is_stopped(pid_t pid) {
    return process_state(pid) == 'T';
}
