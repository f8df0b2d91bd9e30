/* Owns FILE.lock; knows nothing of SQLite. The file holds one line, "USER HOST PROCESS", and is
 * locked with flock, so that the kernel lets go when a process dies however it dies. It is removed
 * while still locked; whoever locked a file that was removed in between notices that the name leads
 * to another inode, and starts again. */
#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"

enum { LOCK_TRIES = 100, LOCK_LINE_MOST = 512, HOST_NAME_SIZE = 256 };

enum lock_try { LOCK_TRY_FAULT, LOCK_TRY_TAKEN, LOCK_TRY_AGAIN };

static const char *name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* Reads the line of whoever holds the lock, and says it. */
static bool lock_refuse(int descriptor, const char *file, struct fault *fault) {
    char line[LOCK_LINE_MOST + 1];
    char user[LOCK_LINE_MOST + 1];
    char host[LOCK_LINE_MOST + 1];
    char process[LOCK_LINE_MOST + 1];
    ssize_t size = pread(descriptor, line, LOCK_LINE_MOST, 0);
    line[size > 0 ? size : 0] = '\0';
    if (sscanf(line, "%512s %512s %512s", user, host, process) != 3) {
        return fault_set(fault, FAULT_LOCKED,
                         "%s is open in another window or by somebody else; open it read-only or "
                         "wait",
                         name_of(file));
    }
    return fault_set(fault, FAULT_LOCKED,
                     "%s is open by %s on %s (process %s); open it read-only or wait",
                     name_of(file), user, host, process);
}

static bool lock_cannot(const char *file, int error, struct fault *fault) {
    if (error == EACCES || error == EROFS || error == EPERM) {
        return fault_set(fault, FAULT_FAILED,
                         "%s: the folder may not be written to: open the workbook read-only, or "
                         "copy it to a folder of your own",
                         name_of(file));
    }
    return fault_set(fault, FAULT_FAILED, "%s: cannot lock it with %s.lock: %s", name_of(file),
                     name_of(file), strerror(error));
}

static bool lock_is_current(int descriptor, const char *path) {
    struct stat held;
    struct stat named;
    return fstat(descriptor, &held) == 0 && lstat(path, &named) == 0 &&
           held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

/* Blanks would break the line into the wrong parts. */
static void add_word(struct buffer *out, const char *text) {
    for (; *text != '\0'; text++) {
        bool is_blank = (unsigned char)*text <= ' ';
        buffer_append(out, is_blank ? "_" : text, 1);
    }
}

static bool lock_sign(int descriptor) {
    char host[HOST_NAME_SIZE] = "";
    struct buffer line = {0};
    const struct passwd *user = getpwuid(geteuid());
    if (gethostname(host, sizeof host - 1) != 0 || host[0] == '\0') {
        strcpy(host, "this-machine");
    }
    if (user != NULL && user->pw_name[0] != '\0') {
        add_word(&line, user->pw_name);
    } else {
        buffer_addf(&line, "user-%ld", (long)geteuid());
    }
    buffer_add_byte(&line, ' ');
    add_word(&line, host);
    buffer_addf(&line, " %ld\n", (long)getpid());
    bool good = ftruncate(descriptor, 0) == 0 &&
                pwrite(descriptor, line.bytes, line.len_bytes, 0) == (ssize_t)line.len_bytes;
    buffer_free(&line);
    return good;
}

static enum lock_try lock_try(struct lock *lock, const char *file, struct fault *fault) {
    struct stat status;
    enum lock_try result = LOCK_TRY_FAULT;
    int descriptor =
        open(lock->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0600);
    if (descriptor < 0) {
        lock_cannot(file, errno, fault);
        return LOCK_TRY_FAULT;
    }
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        fault_set(fault, FAULT_FAILED, "%s.lock is no plain file: remove it", name_of(file));
    } else if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) {
            lock_refuse(descriptor, file, fault);
        } else {
            lock_cannot(file, errno, fault);
        }
    } else if (!lock_is_current(descriptor, lock->path)) {
        result = LOCK_TRY_AGAIN;
    } else if (!lock_sign(descriptor)) {
        lock_cannot(file, errno, fault);
        unlink(lock->path);
    } else {
        lock->descriptor = descriptor;
        return LOCK_TRY_TAKEN;
    }
    close(descriptor);
    return result;
}

bool lock_take(struct lock *lock, const char *file, struct fault *fault) {
    struct buffer path = {0};
    enum lock_try result = LOCK_TRY_AGAIN;
    buffer_addf(&path, "%s.lock", file);
    lock->path = buffer_take(&path);
    for (int i = 0; i < LOCK_TRIES && result == LOCK_TRY_AGAIN; i++) {
        result = lock_try(lock, file, fault);
    }
    if (result == LOCK_TRY_TAKEN) {
        return true;
    }
    if (result == LOCK_TRY_AGAIN) {
        fault_set(fault, FAULT_LOCKED, "%s is being opened and closed by others; try again",
                  name_of(file));
    }
    free(lock->path);
    lock->path = NULL;
    return false;
}

void lock_release(struct lock *lock) {
    if (lock->path == NULL) {
        return;
    }
    if (lock_is_current(lock->descriptor, lock->path)) {
        unlink(lock->path);
    }
    close(lock->descriptor);
    free(lock->path);
    lock->path = NULL;
}
