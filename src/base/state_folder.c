/* Owns where this user's state lies and how a file of it is replaced; knows nothing of what it
 * says. */
#include "clause5/base/state_folder.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_BYTES = 4096 };

/* Appends the path of NAME; false where this user has no home. */
static bool print_path(const char *name, struct buffer *out) {
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    if (state != NULL && state[0] == '/') {
        buffer_addf(out, "%s/clause5/%s", state, name);
    } else if (home != NULL && home[0] == '/') {
        buffer_addf(out, "%s/.local/state/clause5/%s", home, name);
    }
    return out->len_bytes > 0;
}

/* Makes the folders above the path; a fault shows when the file in them cannot be written. */
static void make_folders(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
}

bool state_folder_read(const char *name, struct buffer *out) {
    struct buffer path = {0};
    FILE *file = print_path(name, &path) ? fopen(buffer_text(&path), "re") : NULL;
    buffer_free(&path);
    if (file == NULL) {
        return false;
    }
    char bytes[READ_BYTES];
    size_t count = 0;
    while ((count = fread(bytes, 1, sizeof bytes, file)) > 0) {
        buffer_append(out, bytes, count);
    }
    bool is_whole = ferror(file) == 0;
    return fclose(file) == 0 && is_whole;
}

static bool write_new(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) {
        return false;
    }
    bool is_written = dprintf(file, "%s", text) == (int)strlen(text);
    return close(file) == 0 && is_written;
}

bool state_folder_keep(const char *name, const char *text) {
    struct buffer path = {0};
    struct buffer fresh = {0};
    bool is_kept = false;
    if (print_path(name, &path)) {
        buffer_addf(&fresh, "%s.new", buffer_text(&path));
        make_folders(path.bytes);
        is_kept = write_new(buffer_text(&fresh), text) &&
                  rename(buffer_text(&fresh), buffer_text(&path)) == 0;
    }
    buffer_free(&path);
    buffer_free(&fresh);
    return is_kept;
}
