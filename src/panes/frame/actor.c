/* Owns who is writing: asked once, at the first write, and kept for the user in the state folder.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/store/look.h"
#include "clause5/store/record.h"
#include "panes/frame/state.h"
#include "panes/history/history_actions.h"

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

static char *read_actor(void) {
    struct buffer path = {0};
    print_folder(&path);
    buffer_add(&path, "/actor");
    FILE *file = fopen(buffer_text(&path), "re");
    buffer_free(&path);
    if (file == NULL) {
        return NULL;
    }
    char line[ACTOR_MOST_BYTES] = "";
    char *name = fgets(line, sizeof line, file) == NULL ? NULL : text_trim(line);
    fclose(file);
    if (name != NULL && (name[0] == '\0' || text_find_invalid(name, strlen(name)) < strlen(name))) {
        free(name);
        name = NULL;
    }
    return name;
}

/* Keeps the name for the next start; a machine where that cannot be done asks again then. */
static void keep_actor(const char *name) {
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

void app_set_actor(struct app *app, const char *name) {
    workbook_set_actor(app->workbook, name);
    keep_actor(name);
    app->is_actor_known = true;
}

/* Returns the workbook's assessor, or NULL; the caller frees. */
static char *read_assessor(struct app *app) {
    struct fault fault = {0};
    struct record record = {0};
    char *name = NULL;
    if (record_load(app->workbook, REGISTER_WORKBOOK, WORKBOOK_ROW_ID, &record, &fault) ==
        LOOKUP_FOUND) {
        const char *assessor = value_text(&record.values[WORKBOOK_ASSESSOR]);
        name = assessor[0] == '\0' ? NULL : memory_copy_text(assessor);
        record_free(&record);
    }
    fault_clear(&fault);
    return name;
}

static bool is_a_name(void *context, const char *text, struct fault *fault) {
    (void)context;
    return text[strspn(text, " ")] != '\0' ||
           fault_set(fault, FAULT_REFUSED,
                     "Type your name, so that the history can say who did it");
}

/* Asks who writes; the offered name is the assessor, else the login name (contract.md, Actor). */
static bool ask_actor(struct app *app) {
    char *assessor = read_assessor(app);
    struct prompt_options options = {
        .label = "Your name, for the history: ",
        .text = assessor == NULL ? workbook_actor(app->workbook) : assessor,
        .accept = is_a_name,
    };
    struct buffer answer = {0};
    bool is_given = dialog_prompt(&app->stage, &options, &answer);
    if (is_given) {
        char *name = text_trim(buffer_text(&answer));
        app_set_actor(app, name);
        free(name);
    } else {
        app_say(app, MEANING_MESSAGE,
                "Nothing was changed: the history needs a name (:actor NAME sets it)");
    }
    buffer_free(&answer);
    free(assessor);
    return is_given;
}

/* Reads who writes from this user's folder, or asks; false where nobody is named. */
static bool is_actor_known(struct app *app) {
    if (app->is_actor_known) {
        return true;
    }
    char *kept = read_actor();
    if (kept == NULL) {
        return ask_actor(app);
    }
    workbook_set_actor(app->workbook, kept);
    app->is_actor_known = true;
    free(kept);
    return true;
}

bool app_may_write(struct app *app) {
    if (look_is_back(app->workbook)) {
        app_say(app, MEANING_FAULT,
                "This is the past and cannot be changed: :as-of today comes back");
        return false;
    }
    if (!workbook_is_writable(app->workbook)) {
        app_say(app, MEANING_FAULT, "The workbook is open read-only, so nothing can be changed");
        return false;
    }
    if (!is_actor_known(app)) {
        return false;
    }
    history_actions_before_writing(app);
    return true;
}
