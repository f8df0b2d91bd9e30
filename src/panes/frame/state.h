/* What the running program holds; for app.c, dispatch.c, actor.c and history_actions.c alone. Views
 * see app.h. */
#ifndef CLAUSE5_PANES_STATE_H
#define CLAUSE5_PANES_STATE_H

#include "clause5/screen/prompt.h"
#include "clause5/store/idle_check.h"
#include "panes/frame/app.h"
#include "panes/frame/habits.h"
#include "panes/frame/knowledge.h"
#include "panes/frame/loop.h"
#include "panes/frame/panes.h"

/* What the prompt on the message row is for. */
enum prompt_purpose { PROMPT_NONE, PROMPT_COMMAND, PROMPT_SEARCH, PROMPT_PURPOSES };

struct app {
    struct terminal *terminal;
    struct workbook *workbook;
    struct stage stage;

    struct view views[PANES][PANE_VIEWS_MOST]; /* opened when first shown, kept until the end */
    size_t pane;
    size_t view_of[PANES];
    struct view *pages; /* on top of the view, the last one shown */
    size_t page_count, page_capacity;

    struct prompt *prompt; /* NULL while nothing is asked */
    enum prompt_purpose purpose;
    struct prompt_history answers[PROMPT_PURPOSES];
    char *words;    /* last searched for; NULL: nothing yet */
    char *argument; /* what stood behind the : name, while its action runs */

    struct buffer message;
    enum meaning message_meaning;

    char head[65];
    uint64_t head_revision; /* of the workbook when head was read */
    char *organisation;

    struct habits habits; /* how the views were left last time */
    struct knowledge knowledge;
    int64_t round; /* the round that was chosen; 0: the one that is open */

    struct idle_check *check; /* of the content, while nothing is typed; NULL: not begun */
    bool is_resting;          /* nothing was typed for a while, and the check has more to do */
    bool is_unfit;            /* what the check found: the content does not fit the history */
    bool is_damaged;          /* something could not be read */
    struct app_visit *visit;

    bool is_actor_known;
    bool has_mouse;
    int body_row; /* of the screen, where the shown view begins; for clicks */
    bool is_leaving;
};

/* The view or page that is shown; its state is NULL where it could not be opened. */
struct view *app_shown_view(struct app *app);

/* The keys that live now. */
struct keymap app_keymap(const struct app *app);

/* Shows a pane, or its view. */
void app_choose_view(struct app *app, size_t pane, size_t view);

/* True where every open page may be left. */
bool app_may_leave(const struct app *app);

/* Leaves the page on top; false where there is none. */
bool app_close_page(struct app *app);

/* Asks on the message row. */
void app_ask(struct app *app, enum prompt_purpose purpose, const char *label);

/* Takes an event while the prompt is open. */
void app_answer(struct app *app, const struct terminal_event *event);

/* Does an action: the view's, else everybody's. */
unsigned app_act(struct app *app, int action);

/* Sets who writes, and keeps it for this user. */
void app_set_actor(struct app *app, const char *name);

#endif
