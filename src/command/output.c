/* Owns what reaches standard output and standard error; knows nothing of what it says. */
#include "command/output.h"

#include <errno.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <string.h>
#include <unistd.h>

#include "clause5/base/clock.h"
#include "clause5/base/die.h"
#include "clause5/base/text.h"
#include "clause5/store/restore.h"
#include "command/command.h"

void command_say(const char *line) {
    struct buffer shown = {0};
    text_show(&shown, line, 0);
    buffer_add_byte(&shown, '\n');
    fputs(buffer_text(&shown), stderr);
    buffer_free(&shown);
}

static void say(const char *message) {
    fputs("clause5: ", stderr);
    command_say(message);
}

void command_advise(const char *path) {
    struct clock clock;
    struct fault fault = {0};
    struct buffer advice = {0};
    if (clock_read(&clock, &fault)) {
        backup_advise(path, &clock, &advice);
        say(buffer_text(&advice));
    }
    fault_clear(&fault);
    buffer_free(&advice);
}

int command_fail(const struct invocation *invocation, struct fault *fault) {
    int status = fault_exit_status(fault);
    say(fault_text(fault));
    if (fault->kind == FAULT_DAMAGED && invocation->operand_count > 0) {
        command_advise(invocation->operands[0]);
    }
    fault_clear(fault);
    return status;
}

int command_fail_usage(const struct invocation *invocation, struct fault *fault) {
    struct buffer usage = {0};
    int status = command_fail(invocation, fault);
    command_add_usage(&usage, invocation->command);
    fputs(buffer_text(&usage), stderr);
    buffer_free(&usage);
    return status;
}

/* What stdio still holds is thrown away: it would be tried, and told, once more at the end. */
static int fail_output(int error) {
    __fpurge(stdout);
    clearerr(stdout);
    if (error == EPIPE) {
        return EXIT_GOOD;
    }
    struct buffer message = {0};
    buffer_addf(&message, "standard output cannot be written: %s (look at where it goes)",
                strerror(error));
    say(buffer_text(&message));
    buffer_free(&message);
    return EXIT_FAILED;
}

int command_finish(struct buffer *out) {
    int status = fflush(stdout) == 0 ? EXIT_GOOD : fail_output(errno);
    size_t done = 0;
    while (status == EXIT_GOOD && done < out->len_bytes) {
        ssize_t written = write(STDOUT_FILENO, out->bytes + done, out->len_bytes - done);
        if (written < 0 && errno != EINTR) {
            status = fail_output(errno);
            break;
        }
        done += written > 0 ? (size_t)written : 0;
    }
    buffer_free(out);
    return status;
}

int output_close(int status) {
    bool had_error = ferror(stdout) != 0;
    int error = fflush(stdout) != 0 ? errno : had_error ? EIO : 0;
    return error == 0 || fail_output(error) == EXIT_GOOD ? status : EXIT_FAILED;
}
