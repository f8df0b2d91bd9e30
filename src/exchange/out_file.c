/* Owns files that appear whole or not at all; knows nothing of what is in them. */
#include "clause5/exchange/out_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"

enum { LINKS_MOST = 40 };

struct out_file {
    FILE *stream;
    char *shown;     /* the name in messages; NULL: standard output */
    char *path;      /* final name, behind all links; NULL: nothing is renamed */
    char *temporary; /* name until then */
    bool replaces;
    int error; /* of the first write that failed */
};

static bool is_same(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* True where PATH names what standard output is, such as /dev/stdout. */
static bool is_standard_output(const char *path) {
    struct stat status;
    struct stat own;
    return path == NULL || strcmp(path, "-") == 0 ||
           (stat(path, &status) == 0 && fstat(STDOUT_FILENO, &own) == 0 && is_same(&status, &own));
}

/* True where STATUS is of the open workbook or of a file that belongs to it. Looking at its status
 * only matters: closing another descriptor of the file would drop the locks of this process. */
static bool is_of_workbook(const struct workbook *workbook, const struct stat *status) {
    static const char *const endings[] = {"", "-journal", "-wal", "-shm", ".lock"};
    bool is_own = false;
    for (size_t i = 0; workbook != NULL && i < COUNT(endings) && !is_own; i++) {
        struct stat own;
        struct buffer name = {0};
        buffer_addf(&name, "%s%s", workbook_path(workbook), endings[i]);
        is_own = stat(buffer_text(&name), &own) == 0 && is_same(status, &own);
        buffer_free(&name);
    }
    return is_own;
}

/* Refuses what may not be written over; STATUS is of what is at the path. */
static bool check_target(const struct out_target *target, const struct stat *status,
                         struct fault *fault) {
    if (S_ISDIR(status->st_mode)) {
        return fault_set(fault, FAULT_FAILED, "%s is a folder (name a file)", target->path);
    }
    if (!target->replaces) {
        return fault_set(fault, FAULT_FAILED, "%s exists already (name another file)",
                         target->path);
    }
    if (is_of_workbook(target->workbook, status)) {
        return fault_set(fault, FAULT_USAGE, "%s is the workbook itself (name another file)",
                         target->path);
    }
    return !S_ISREG(status->st_mode) || !workbook_is_at(target->path) ||
           fault_set(fault, FAULT_USAGE, "%s is a workbook (name another file)", target->path);
}

/* Returns the name behind the links that PATH leads through, of which the last may lead nowhere.
 * NULL where they go in a circle. The caller frees. */
static char *follow_links(const char *path) {
    char *name = memory_copy_text(path);
    for (int i = 0; i < LINKS_MOST; i++) {
        char link[PATH_MAX];
        ssize_t len = readlink(name, link, sizeof link - 1);
        if (len < 0) {
            return name;
        }
        const char *slash = strrchr(name, '/');
        struct buffer next = {0};
        if (link[0] != '/' && slash != NULL) {
            buffer_append(&next, name, (size_t)(slash - name) + 1);
        }
        buffer_append(&next, link, (size_t)len);
        free(name);
        name = buffer_take(&next);
    }
    free(name);
    return NULL;
}

static bool tell_failure(const struct out_file *file, int error, struct fault *fault) {
    return fault_set(fault, FAULT_FAILED, "%s cannot be written: %s",
                     file->shown == NULL ? "standard output" : file->shown, strerror(error));
}

static bool open_beside(struct out_file *file, struct fault *fault) {
    struct buffer name = {0};
    file->path = follow_links(file->shown);
    if (file->path == NULL) {
        return tell_failure(file, ELOOP, fault);
    }
    buffer_addf(&name, "%s.XXXXXX", file->path);
    file->temporary = buffer_take(&name);
    int descriptor = mkstemp(file->temporary);
    file->stream = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (file->stream != NULL) {
        return true;
    }
    int error = errno;
    if (descriptor >= 0) {
        close(descriptor);
        unlink(file->temporary);
    }
    free(file->temporary);
    file->temporary = NULL;
    return tell_failure(file, error, fault);
}

static bool open_named(struct out_file *file, const struct out_target *target,
                       struct fault *fault) {
    struct stat status;
    struct stat link;
    bool is_there = stat(target->path, &status) == 0;
    if (is_there && !check_target(target, &status, fault)) {
        return false;
    }
    if (!is_there && !target->replaces && lstat(target->path, &link) == 0) {
        return fault_set(fault, FAULT_FAILED, "%s exists already (name another file)",
                         target->path);
    }
    if (!is_there || S_ISREG(status.st_mode)) {
        return open_beside(file, fault);
    }
    file->stream = fopen(target->path, "we");
    return file->stream != NULL || tell_failure(file, errno, fault);
}

struct out_file *out_file_open(const struct out_target *target, struct fault *fault) {
    struct out_file *file = memory_zero(1, sizeof *file);
    file->replaces = target->replaces;
    if (is_standard_output(target->path)) {
        file->stream = stdout;
        return file;
    }
    file->shown = memory_copy_text(target->path);
    if (!open_named(file, target, fault)) {
        out_file_abandon(file);
        return NULL;
    }
    return file;
}

void out_file_write(struct out_file *file, const char *bytes, size_t len_bytes) {
    if (file->error == 0 && len_bytes > 0 &&
        fwrite(bytes, 1, len_bytes, file->stream) != len_bytes) {
        file->error = errno == 0 ? EIO : errno;
    }
}

bool out_file_restart(struct out_file *file, struct fault *fault) {
    rewind(file->stream);
    if (ftruncate(fileno(file->stream), 0) != 0) {
        return tell_failure(file, errno, fault);
    }
    file->error = 0;
    return true;
}

/* Gives the file its name unless something has it. Not every file system, such as that of a stick,
 * knows a renaming that replaces nothing, nor a second name. Returns errno, or 0. */
static int take_free_name(const struct out_file *file) {
    struct stat status;
    if (renameat2(AT_FDCWD, file->temporary, AT_FDCWD, file->path, RENAME_NOREPLACE) == 0) {
        return 0;
    }
    if (errno != EINVAL && errno != ENOSYS) {
        return errno;
    }
    if (lstat(file->path, &status) == 0) {
        return EEXIST;
    }
    return rename(file->temporary, file->path) == 0 ? 0 : errno;
}

/* Throws away what standard output still holds, so that nobody tries it again and says twice what
 * was said once. */
static void drop_output(void) {
    __fpurge(stdout);
    clearerr(stdout);
}

/* Returns errno of what failed, or 0; a reader that has left is no failure. */
static int finish_standard_output(struct out_file *file) {
    int error = file->error;
    if (fflush(stdout) != 0 && error == 0) {
        error = errno;
    }
    if (error != 0) {
        drop_output();
    }
    return error == EPIPE ? 0 : error;
}

/* Flushes, syncs, closes and renames; returns errno of what failed, or 0. */
static int finish(struct out_file *file) {
    int error = file->error;
    if (fflush(file->stream) != 0 && error == 0) {
        error = errno;
    }
    if (error == 0 && file->path != NULL && fsync(fileno(file->stream)) != 0) {
        error = errno;
    }
    if (fclose(file->stream) != 0 && error == 0) {
        error = errno;
    }
    file->stream = NULL;
    if (error == 0 && file->path != NULL) {
        error = !file->replaces                            ? take_free_name(file)
                : rename(file->temporary, file->path) == 0 ? 0
                                                           : errno;
    }
    if (error == 0) {
        free(file->temporary);
        file->temporary = NULL;
    }
    return error;
}

bool out_file_publish(struct out_file *file, struct fault *fault) {
    int error = file->shown == NULL ? finish_standard_output(file) : finish(file);
    if (error != 0) {
        tell_failure(file, error, fault);
    }
    out_file_abandon(file);
    return error == 0;
}

void out_file_abandon(struct out_file *file) {
    if (file == NULL) {
        return;
    }
    if (file->stream != NULL && file->shown != NULL) {
        fclose(file->stream); /* what it held is thrown away */
    }
    if (file->temporary != NULL) {
        unlink(file->temporary);
    }
    free(file->temporary);
    free(file->path);
    free(file->shown);
    free(file);
}
