/* Owns when the interface asks who is writing: once, at the first write. */
#include <stdlib.h>

#include "clause5/base/text.h"
#include "clause5/rules/actor.h"
#include "clause5/store/look.h"
#include "panes/frame/state.h"
#include "panes/history/history_actions.h"

void app_set_actor(struct app *app, const char *name) {
    workbook_set_actor(app->workbook, name);
    actor_keep(name);
    app->is_actor_known = true;
}

static bool is_a_name(void *context, const char *text, struct fault *fault) {
    (void)context;
    return actor_check_name(text, fault);
}

/* Asks who writes; the offered name is the assessor, else the login name (contract.md, Actor). */
static bool ask_actor(struct app *app) {
    char *assessor = actor_read_assessor(app->workbook);
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
    char *kept = actor_read_kept();
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
