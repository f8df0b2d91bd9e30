/* Owns files that appear whole or not at all; knows nothing of what is in them. */
#include "exchange/out_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"

struct out_file {
    FILE *stream;
    char *path;      /* final name; NULL: standard output */
    char *temporary; /* name until then */
    bool replaces;
    int error; /* of the first write that failed */
};

static bool is_standard_output(const char *path) {
    return path == NULL || strcmp(path, "-") == 0;
}

static bool open_beside(struct out_file *file, struct fault *fault) {
    struct buffer name = {0};
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
    return fault_set(fault, FAULT_FAILED, "%s cannot be written: %s", file->path, strerror(error));
}

struct out_file *out_file_open(const char *path, bool replaces, struct fault *fault) {
    struct out_file *file = memory_zero(1, sizeof *file);
    file->replaces = replaces;
    if (is_standard_output(path)) {
        file->stream = stdout;
        return file;
    }
    struct stat status;
    bool is_there = lstat(path, &status) == 0;
    file->path = memory_copy_text(path);
    bool is_open =
        is_there && (!replaces || S_ISDIR(status.st_mode))
            ? fault_set(fault, FAULT_FAILED, "%s exists already (name another file)", path)
            : open_beside(file, fault);
    if (!is_open) {
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
        return fault_set(fault, FAULT_FAILED, "%s cannot be written: %s", file->path,
                         strerror(errno));
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

/* Flushes, and for a file syncs, closes and renames; returns errno of what failed, or 0. */
static int finish(struct out_file *file) {
    int error = file->error;
    if (fflush(file->stream) != 0 && error == 0) {
        error = errno;
    }
    if (file->path == NULL) {
        return error;
    }
    if (error == 0 && fsync(fileno(file->stream)) != 0) {
        error = errno;
    }
    if (fclose(file->stream) != 0 && error == 0) {
        error = errno;
    }
    file->stream = NULL;
    if (error == 0 && file->replaces) {
        error = rename(file->temporary, file->path) == 0 ? 0 : errno;
    } else if (error == 0) {
        error = take_free_name(file);
    }
    if (error == 0) {
        free(file->temporary);
        file->temporary = NULL;
    }
    return error;
}

bool out_file_publish(struct out_file *file, struct fault *fault) {
    int error = finish(file);
    if (error != 0) {
        fault_set(fault, FAULT_FAILED, "%s cannot be written: %s",
                  file->path == NULL ? "standard output" : file->path, strerror(error));
    }
    out_file_abandon(file);
    return error == 0;
}

void out_file_abandon(struct out_file *file) {
    if (file == NULL) {
        return;
    }
    if (file->stream != NULL && file->path != NULL) {
        fclose(file->stream); /* what it held is thrown away */
    }
    if (file->temporary != NULL) {
        unlink(file->temporary);
    }
    free(file->temporary);
    free(file->path);
    free(file);
}
