/* Owns the completion of paths; knows nothing of what they are for. */
#include "panes/frame/complete_path.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"

enum { CANDIDATES_MOST = 6 };

void complete_path(const char *typed, struct candidates *out) {
    const char *slash = strrchr(typed, '/');
    size_t folder_bytes = slash == NULL ? 0 : (size_t)(slash - typed) + 1;
    char *folder =
        folder_bytes == 0 ? memory_copy_text(".") : memory_copy_bytes(typed, folder_bytes);
    const char *start = typed + folder_bytes;
    DIR *stream = opendir(folder);
    for (struct dirent *entry = stream == NULL ? NULL : readdir(stream);
         entry != NULL && out->count < CANDIDATES_MOST; entry = readdir(stream)) {
        bool is_hidden = entry->d_name[0] == '.' && start[0] != '.';
        if (is_hidden || strncmp(entry->d_name, start, strlen(start)) != 0) {
            continue;
        }
        struct buffer value = {0};
        struct stat status;
        buffer_append(&value, typed, folder_bytes);
        buffer_add(&value, entry->d_name);
        bool is_folder = stat(buffer_text(&value), &status) == 0 && S_ISDIR(status.st_mode);
        buffer_add(&value, is_folder ? "/" : "");
        candidates_add(out, buffer_text(&value), is_folder ? "folder" : NULL);
        buffer_free(&value);
    }
    if (stream != NULL) {
        closedir(stream);
    }
    free(folder);
}
