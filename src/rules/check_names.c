/* Owns which checks an exception may set aside, from the files that ship with the program; knows
 * nothing of what they find. */
#include "rules/check_names.h"

#include <string.h>

#include "clause5/base/embedded.h"

/* True where the file has the line `-- check: NAME`. */
static bool file_has_check(const struct embedded_file *file, const char *name) {
    static const char heading[] = "\n-- check: ";
    size_t len_bytes = strlen(name);
    const char *at = (const char *)file->bytes;
    while ((at = strstr(at, heading)) != NULL) {
        at += sizeof heading - 1;
        if (strncmp(at, name, len_bytes) == 0 && at[len_bytes] == '\n') {
            return true;
        }
    }
    return false;
}

bool check_name_exists(const char *name) {
    static const char folder[] = "checks/";
    if (*name == '\0') {
        return false;
    }
    for (const struct embedded_file *file = embedded_files; file->path != NULL; file++) {
        if (strncmp(file->path, folder, sizeof folder - 1) == 0 && file_has_check(file, name)) {
            return true;
        }
    }
    return false;
}
