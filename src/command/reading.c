/* Owns the beginning and the end of a command that makes a document of a workbook. */
#include "command/reading.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/clock.h"
#include "clause5/base/die.h"
#include "clause5/store/look.h"

struct workbook *reading_open(const char *path, struct fault *fault) {
    struct clock clock;
    if (!clock_read(&clock, fault)) {
        return NULL;
    }
    return workbook_open(path, WORKBOOK_READ, &clock, fault);
}

bool reading_look_back(const struct invocation *invocation, struct workbook *workbook,
                       struct fault *fault) {
    const char *given = invocation_value(invocation, "as-of");
    date_days day;
    if (given == NULL) {
        return true;
    }
    if (!date_parse(given, &day)) {
        return fault_set(fault, FAULT_USAGE, "--as-of: \"%s\" is not a date (use YYYY-MM-DD)",
                         given);
    }
    bool is_shown = look_at_day(workbook, day, fault);
    if (fault->kind == FAULT_REFUSED) {
        fault->kind = FAULT_USAGE; /* not to be taken for findings of a check */
    }
    return is_shown;
}

/* Writes all of the text and syncs it; returns errno of what failed, or 0. */
static int write_all(int descriptor, const struct buffer *text) {
    size_t done = 0;
    while (done < text->len_bytes) {
        ssize_t written = write(descriptor, text->bytes + done, text->len_bytes - done);
        if (written < 0 && errno != EINTR) {
            return errno;
        }
        done += written > 0 ? (size_t)written : 0;
    }
    return fsync(descriptor) == 0 ? 0 : errno;
}

/* Writes the text beside PATH under another name, which it appends to NAME, and renames it. Returns
 * errno of what failed, or 0. */
static int replace_file(const char *path, const struct buffer *text, struct buffer *name) {
    struct stat status;
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
        return S_ISDIR(status.st_mode) ? EISDIR : EEXIST;
    }
    buffer_addf(name, "%s.XXXXXX", path);
    int descriptor = mkstemp(name->bytes);
    if (descriptor < 0) {
        return errno;
    }
    int error = write_all(descriptor, text);
    if (close(descriptor) != 0 && error == 0) {
        error = errno;
    }
    if (error == 0 && rename(name->bytes, path) != 0) {
        error = errno;
    }
    if (error != 0) {
        unlink(name->bytes);
    }
    return error;
}

/* True where both names lead to one file: the workbook is never replaced by what was made of it. */
static bool is_same_file(const char *a, const char *b) {
    struct stat first;
    struct stat second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

static bool save(const struct invocation *invocation, const char *path, const struct buffer *text,
                 struct fault *fault) {
    if (is_same_file(path, invocation->operands[0])) {
        return fault_set(fault, FAULT_USAGE,
                         "%s is the workbook itself (name another file with -o)", path);
    }
    struct buffer name = {0};
    int error = replace_file(path, text, &name);
    buffer_free(&name);
    return error == 0 ||
           fault_set(fault, FAULT_FAILED, "%s cannot be written: %s (name another file with -o)",
                     path, strerror(error));
}

int reading_finish(const struct invocation *invocation, struct buffer *out) {
    const char *path = invocation_value(invocation, "output");
    if (path == NULL || strcmp(path, "-") == 0) {
        return command_finish(out);
    }
    struct fault fault = {0};
    bool is_saved = save(invocation, path, out, &fault);
    buffer_free(out);
    return is_saved ? EXIT_GOOD : command_fail(invocation, &fault);
}
