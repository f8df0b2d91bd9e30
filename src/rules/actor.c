/* Owns where a user's name is kept and which one counts; knows nothing of how it is asked for. */
#include "clause5/rules/actor.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/store/record.h"

enum { ACTOR_MOST_BYTES = 400 };

/* Appends the folder of the user's state (XDG base directories), or nothing where there is no home.
 */
static void print_folder(struct buffer *out) {
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    if (state != NULL && state[0] == '/') {
        buffer_addf(out, "%s/clause5", state);
    } else if (home != NULL && home[0] == '/') {
        buffer_addf(out, "%s/.local/state/clause5", home);
    }
}

/* Makes the folder and those above it; a fault shows when the file in it cannot be written. */
static void make_folders(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
}

static bool shows_wholly(const char *name) {
    const size_t len_bytes = strlen(name);
    uint32_t code;
    size_t step;
    for (size_t at = 0; at < len_bytes; at += step) {
        step = text_decode(name + at, len_bytes - at, &code);
        if (step == 0 || text_is_foreign(code)) {
            return false;
        }
    }
    return true;
}

bool actor_check_name(const char *name, struct fault *fault) {
    const size_t len_bytes = strlen(name);
    if (name[strspn(name, " \t")] == '\0') {
        return fault_set(fault, FAULT_REFUSED,
                         "Type your name, so that the history can say who did it");
    }
    if (len_bytes >= ACTOR_MOST_BYTES - 1) {
        return fault_set(fault, FAULT_REFUSED, "The name is too long: at most %d bytes",
                         ACTOR_MOST_BYTES - 2);
    }
    if (text_find_invalid(name, len_bytes) < len_bytes) {
        return fault_set(fault, FAULT_REFUSED, "The name is not valid UTF-8: type it anew");
    }
    return shows_wholly(name) ||
           fault_set(fault, FAULT_REFUSED,
                     "The name holds a character that does not show: type it anew");
}

char *actor_read_kept(void) {
    struct buffer path = {0};
    struct fault fault = {0};
    char line[ACTOR_MOST_BYTES] = "";
    print_folder(&path);
    buffer_add(&path, "/actor");
    FILE *file = fopen(buffer_text(&path), "re");
    buffer_free(&path);
    if (file == NULL) {
        return NULL;
    }
    char *name = fgets(line, sizeof line, file) == NULL ? NULL : text_trim(line);
    fclose(file); /* it was only read */
    if (name != NULL && !actor_check_name(name, &fault)) {
        free(name);
        name = NULL;
    }
    fault_clear(&fault);
    return name;
}

void actor_keep(const char *name) {
    struct buffer path = {0};
    print_folder(&path);
    buffer_add(&path, "/actor");
    make_folders(path.bytes);
    int file = open(path.bytes, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    buffer_free(&path);
    if (file >= 0) {
        if (dprintf(file, "%s\n", name) < 0 || close(file) != 0) {
            return;
        }
    }
}

char *actor_read_assessor(struct workbook *workbook) {
    struct fault fault = {0};
    struct record record = {0};
    char *name = NULL;
    if (record_load(workbook, REGISTER_WORKBOOK, WORKBOOK_ROW_ID, &record, &fault) ==
        LOOKUP_FOUND) {
        const char *assessor = value_text(&record.values[WORKBOOK_ASSESSOR]);
        name = actor_check_name(assessor, &fault) ? memory_copy_text(assessor) : NULL;
        record_free(&record);
    }
    fault_clear(&fault);
    return name;
}

void actor_choose(struct workbook *workbook) {
    char *name = actor_read_kept();
    if (name == NULL) {
        name = actor_read_assessor(workbook);
    }
    if (name != NULL) {
        workbook_set_actor(workbook, name);
    }
    free(name);
}
