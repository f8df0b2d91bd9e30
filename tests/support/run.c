/* Owns pipes to and from a program; knows nothing of terminals. */
#include "support/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "support/spawn.h"

enum { CHILD, OURS };         /* the two ends */
enum { PATIENCE_FACTOR = 9 }; /* a command may import a lot; a frame may not */
enum stream { STREAM_IN, STREAM_OUT, STREAM_ERR, STREAMS };

struct running {
    pid_t pid;
    int ends[STREAMS]; /* -1 once closed */
    const char *input;
    size_t input_left;
    struct run_result *result;
};

static void close_stream(struct running *running, enum stream stream) {
    if (running->ends[stream] >= 0) {
        close(running->ends[stream]);
        running->ends[stream] = -1;
    }
}

static void make_pipes(int pipes[STREAMS][2]) {
    for (int stream = 0; stream < STREAMS; stream++) {
        int pair[2];
        assert_int_equal(pipe2(pair, O_CLOEXEC), 0);
        pipes[stream][CHILD] = pair[stream == STREAM_IN ? 0 : 1];
        pipes[stream][OURS] = pair[stream == STREAM_IN ? 1 : 0];
    }
}

static void start(struct running *running, const struct run_plan *plan) {
    int pipes[STREAMS][2];
    make_pipes(pipes);
    char **environment = spawn_environment(plan->folder, plan->env);
    running->pid = fork();
    assert_true(running->pid >= 0);
    if (running->pid == 0) {
        for (int stream = 0; stream < STREAMS; stream++) {
            dup2(pipes[stream][CHILD], stream);
        }
        closefrom(STREAMS);
        setsid(); /* no terminal of the tester's is in reach */
        spawn_become(plan->argv, plan->folder, environment);
    }
    spawn_environment_free(environment);
    for (int stream = 0; stream < STREAMS; stream++) {
        close(pipes[stream][CHILD]);
        running->ends[stream] = pipes[stream][OURS];
        assert_int_equal(fcntl(pipes[stream][OURS], F_SETFL, O_NONBLOCK), 0);
    }
}

static void feed(struct running *running) {
    ssize_t len = 0;
    if (running->input_left > 0) {
        len = write(running->ends[STREAM_IN], running->input, running->input_left);
    }
    if (len > 0) {
        running->input += len;
        running->input_left -= (size_t)len;
    }
    if (running->input_left == 0 || (len < 0 && errno != EAGAIN)) {
        close_stream(running, STREAM_IN);
    }
}

static void collect(struct running *running, enum stream stream) {
    char part[8192];
    ssize_t len = read(running->ends[stream], part, sizeof part);
    if (len > 0) {
        buffer_append(stream == STREAM_OUT ? &running->result->out : &running->result->err, part,
                      (size_t)len);
    } else if (len == 0 || errno != EAGAIN) {
        close_stream(running, stream);
    }
}

static void give_up(struct running *running, const char *program) {
    kill(running->pid, SIGKILL);
    waitpid(running->pid, NULL, 0);
    print_error("%s does not end; so far it said:\n%s%s\n", program,
                buffer_text(&running->result->out), buffer_text(&running->result->err));
    fail();
}

static void converse(struct running *running, const char *program) {
    long last_ms = spawn_now_ms() + (long)spawn_patience_ms() * PATIENCE_FACTOR;
    while (running->ends[STREAM_OUT] >= 0 || running->ends[STREAM_ERR] >= 0) {
        struct pollfd watched[STREAMS];
        for (int stream = 0; stream < STREAMS; stream++) {
            watched[stream] = (struct pollfd){.fd = running->ends[stream],
                                              .events = stream == STREAM_IN ? POLLOUT : POLLIN};
        }
        long left_ms = last_ms - spawn_now_ms();
        if (left_ms <= 0 || poll(watched, STREAMS, (int)left_ms) == 0) {
            give_up(running, program);
        }
        if (watched[STREAM_IN].revents != 0) {
            feed(running);
        }
        for (int stream = STREAM_OUT; stream < STREAMS; stream++) {
            if (watched[stream].revents != 0) {
                collect(running, (enum stream)stream);
            }
        }
    }
}

/* A report of a sanitizer is a failure whatever exit status the test expects. */
static void check_no_report(const struct run_result *result, const char *program) {
    static const char *const signs[] = {"SUMMARY: AddressSanitizer", "runtime error: "};
    for (size_t i = 0; i < COUNT(signs); i++) {
        if (strstr(buffer_text(&result->err), signs[i]) != NULL) {
            print_error("%s: a sanitizer reported\n%s\n", program, buffer_text(&result->err));
            fail();
        }
    }
}

struct run_result run_program(const struct run_plan *plan) {
    struct run_result result = {0};
    struct running running = {.input = plan->input, .result = &result};
    if (plan->input != NULL) {
        running.input_left = plan->input_bytes > 0 ? plan->input_bytes : strlen(plan->input);
    }
    void (*before)(int) = signal(SIGPIPE, SIG_IGN); /* a program need not read its input */
    start(&running, plan);
    converse(&running, plan->argv[0]);
    close_stream(&running, STREAM_IN);
    signal(SIGPIPE, before);
    int wait_status = 0;
    assert_int_equal(waitpid(running.pid, &wait_status, 0), running.pid);
    result.status = spawn_exit_status(wait_status);
    check_no_report(&result, plan->argv[0]);
    return result;
}

void run_check_status(const struct run_result *result, int expected, const char *file, int line) {
    if (result->status != expected) {
        print_error("exit status %d, not %d\nstandard output:\n%s\nstandard error:\n%s\n",
                    result->status, expected, buffer_text(&result->out), buffer_text(&result->err));
        _fail(file, line);
    }
}

void run_free(struct run_result *result) {
    buffer_free(&result->out);
    buffer_free(&result->err);
}
