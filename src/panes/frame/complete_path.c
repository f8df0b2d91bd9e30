/* Owns the completion of paths; knows nothing of what they are for. */
#include "panes/frame/complete_path.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"

enum { CANDIDATES_MOST = 6 };

char *complete_path_home(const char *typed) {
    const char *home = getenv("HOME");
    struct buffer path = {0};
    bool is_home = home != NULL && typed[0] == '~' && (typed[1] == '/' || typed[1] == '\0');
    buffer_addf(&path, "%s%s", is_home ? home : "", typed + is_home);
    return buffer_take(&path);
}

/* What is typed so far, split where its last name begins. */
struct typed_path {
    const char *typed;
    const char *start; /* of the name that is completed */
    struct buffer folder;
};

/* Finds the folder to look in: from BASE, the home folder behind ~/, or the root. */
static void split(const char *base, const char *typed, struct typed_path *path) {
    const char *slash = strrchr(typed, '/');
    const char *home = getenv("HOME");
    size_t folder_bytes = slash == NULL ? 0 : (size_t)(slash - typed) + 1;
    bool is_home = typed[0] == '~' && typed[1] == '/' && home != NULL;
    path->typed = typed;
    path->start = typed + folder_bytes;
    if (is_home) {
        buffer_add(&path->folder, home);
        buffer_append(&path->folder, typed + 1, folder_bytes - 1);
        return;
    }
    if (typed[0] != '/') {
        buffer_addf(&path->folder, "%s/", base);
    }
    buffer_append(&path->folder, typed, folder_bytes);
}

static void add_entry(const struct typed_path *path, const char *name, struct candidates *out) {
    struct buffer value = {0};
    struct buffer place = {0};
    struct stat status;
    buffer_append(&value, path->typed, (size_t)(path->start - path->typed));
    buffer_add(&value, name);
    buffer_addf(&place, "%s%s", buffer_text(&path->folder), name);
    bool is_folder = stat(buffer_text(&place), &status) == 0 && S_ISDIR(status.st_mode);
    buffer_add(&value, is_folder ? "/" : "");
    candidates_add(out, buffer_text(&value), is_folder ? "folder" : NULL);
    buffer_free(&value);
    buffer_free(&place);
}

void complete_path_in(const char *base, const char *typed, struct candidates *out) {
    struct typed_path path = {0};
    struct dirent **entries = NULL;
    split(base, typed, &path);
    int count = scandir(buffer_text(&path.folder), &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        bool is_hidden = name[0] == '.' && path.start[0] != '.';
        if (!is_hidden && strncmp(name, path.start, strlen(path.start)) == 0 &&
            out->count < CANDIDATES_MOST) {
            add_entry(&path, name, out);
        }
        free(entries[i]);
    }
    free(entries);
    buffer_free(&path.folder);
}

void complete_path(const char *typed, struct candidates *out) {
    complete_path_in(".", typed, out);
}
