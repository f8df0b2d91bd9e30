/* Owns the reading of files for their digest; knows nothing of who wants it. */
#include "clause5/store/file_digest.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"
#include "store/connection.h"
#include "store/digest.h"
#include "store/state.h"

enum { PIECE_BYTES = 1 << 18 };

static void find_file(const struct workbook *workbook, const char *path, struct buffer *file) {
    if (path[0] != '/') {
        char *folder = connection_folder(workbook->file);
        buffer_addf(file, "%s/", folder);
        free(folder);
    }
    buffer_add(file, path);
}

char *file_digest_place(const struct workbook *workbook, const char *path) {
    struct buffer file = {0};
    find_file(workbook, path, &file);
    return buffer_take(&file);
}

static bool cannot_read(const char *path, int error, struct fault *fault) {
    return fault_set(fault, FAULT_REFUSED, "%s cannot be read: %s", path, strerror(error));
}

/* Looks at what is there before anything is opened: a pipe would block, and the workbook must not
 * be opened again. */
static enum lookup check_plain(const struct workbook *workbook, const char *path, const char *file,
                               struct fault *fault) {
    struct stat status;
    struct stat own;
    if (stat(file, &status) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) {
            return LOOKUP_NONE;
        }
        cannot_read(path, errno, fault);
        return LOOKUP_FAULT;
    }
    if (!S_ISREG(status.st_mode)) {
        fault_set(fault, FAULT_REFUSED, "%s is %s, not a file: only a plain file can be sealed",
                  path, S_ISDIR(status.st_mode) ? "a folder" : "a pipe or a device");
        return LOOKUP_FAULT;
    }
    if (stat(workbook->file, &own) == 0 && own.st_dev == status.st_dev &&
        own.st_ino == status.st_ino) {
        fault_set(fault, FAULT_REFUSED,
                  "%s is the workbook itself, which changes as it is sealed: name another file",
                  path);
        return LOOKUP_FAULT;
    }
    return LOOKUP_FOUND;
}

/* Feeds the whole file to the digest. */
static bool read_pieces(struct workbook *workbook, int descriptor, struct sha256_ctx *sha,
                        int64_t *size_bytes, struct fault *fault) {
    uint8_t *piece = memory_zero(PIECE_BYTES, 1);
    ssize_t count = 0;
    bool good = true;
    *size_bytes = 0;
    do {
        count = read(descriptor, piece, PIECE_BYTES);
        if (count > 0) {
            sha256_update(sha, (size_t)count, piece);
            *size_bytes += count;
        }
        if (workbook->should_stop != NULL && workbook->should_stop(workbook->stop_context)) {
            good = fault_set(fault, FAULT_STOPPED, "stopped; nothing was changed");
        }
    } while (good && (count > 0 || (count < 0 && errno == EINTR)));
    free(piece);
    return good && count == 0;
}

static enum lookup read_file(struct workbook *workbook, const char *path, const char *file,
                             struct file_digest *digest, struct fault *fault) {
    struct sha256_ctx sha;
    uint8_t bytes[DIGEST_SIZE];
    struct stat status;
    int descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) {
        cannot_read(path, errno, fault);
        return LOOKUP_FAULT;
    }
    sha256_init(&sha);
    bool good = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
                read_pieces(workbook, descriptor, &sha, &digest->size_bytes, fault);
    if (!good && fault->kind == FAULT_NONE) {
        cannot_read(path, errno, fault);
    }
    close(descriptor); /* it was only read */
    sha256_digest(&sha, sizeof bytes, bytes);
    for (int i = 0; i < DIGEST_SIZE; i++) {
        snprintf(digest->sha256 + 2 * (size_t)i, 3, "%02x", bytes[i]);
    }
    return good ? LOOKUP_FOUND : LOOKUP_FAULT;
}

enum lookup file_digest_read(struct workbook *workbook, const char *path,
                             struct file_digest *digest, struct fault *fault) {
    struct buffer file = {0};
    find_file(workbook, path, &file);
    enum lookup found = check_plain(workbook, path, buffer_text(&file), fault);
    if (found == LOOKUP_FOUND) {
        found = read_file(workbook, path, buffer_text(&file), digest, fault);
    }
    buffer_free(&file);
    return found;
}

void bytes_digest(const void *bytes, size_t len_bytes, uint8_t digest[static BYTES_DIGEST_SIZE]) {
    _Static_assert((int)BYTES_DIGEST_SIZE == (int)DIGEST_SIZE, "both are a SHA-256");
    const struct digest found = digest_of_bytes(bytes, len_bytes);
    memcpy(digest, found.bytes, DIGEST_SIZE);
}
