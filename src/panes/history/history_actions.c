/* Owns looking back, verifying and backing up as the screen offers them; knows nothing of how they
 * are done. */
#include "panes/history/history_actions.h"

#include <string.h>

#include "clause5/base/date.h"
#include "clause5/rules/whole.h"
#include "clause5/store/backup.h"
#include "clause5/store/history.h"
#include "clause5/store/look.h"
#include "clause5/store/verify.h"
#include "panes/frame/long_work.h"
#include "panes/frame/loop.h"
#include "panes/frame/state.h"

enum { HANDLED = OUTCOME_HANDLED | OUTCOME_REDRAW };

static bool back_up(struct app *app,
                    bool (*make)(struct workbook *, struct buffer *, struct fault *),
                    struct buffer *path, struct fault *fault) {
    struct long_work work;
    long_work_begin(&work, app, "Backing up");
    bool is_made = make(app_workbook(app), path, fault);
    long_work_end(&work);
    return is_made;
}

static bool make_backup(struct workbook *workbook, struct buffer *path, struct fault *fault) {
    return backup_make(workbook, NULL, path, fault);
}

unsigned history_actions_back_up(struct app *app) {
    struct buffer path = {0};
    struct fault fault = {0};
    if (look_is_back(app_workbook(app))) {
        app_say(app, MEANING_FAULT,
                "This is the past: :as-of today comes back to what is backed up");
        return HANDLED;
    }
    if (back_up(app, make_backup, &path, &fault)) {
        app_say(app, MEANING_GOOD, "Backed up and verified: %s", buffer_text(&path));
    } else {
        app_say_fault(app, &fault);
    }
    buffer_free(&path);
    return HANDLED;
}

void history_actions_before_writing(struct app *app) {
    struct buffer path = {0};
    struct buffer text = {0};
    struct fault fault = {0};
    if (!back_up(app, backup_before_writing, &path, &fault)) {
        buffer_addf(&text, "%s.\n\nThe change itself can still be made.", fault_text(&fault));
        dialog_show_text(app_stage(app), "No backup was made today", buffer_text(&text));
    }
    fault_clear(&fault);
    buffer_free(&text);
    buffer_free(&path);
}

/* What a verification found, as the text that is shown. */
struct proof {
    struct buffer text;
    int count;
};

static void add_finding(void *context, const char *finding) {
    struct proof *proof = context;
    buffer_addf(&proof->text, "* %s\n", finding);
    proof->count++;
}

static void add_breach(void *context, enum register_id register_id, int64_t id,
                       const struct fault *breach) {
    (void)register_id;
    (void)id;
    add_finding(context, fault_text(breach));
}

/* Damage and misfits are findings; false for faults that end the work, such as Esc. */
static bool take_fault(struct proof *proof, struct fault *fault) {
    if (fault->kind != FAULT_REFUSED && fault->kind != FAULT_FAILED &&
        fault->kind != FAULT_DAMAGED) {
        return false;
    }
    add_finding(proof, fault_text(fault));
    fault_clear(fault);
    return true;
}

static bool verify_all(struct workbook *workbook, struct proof *proof, struct fault *fault) {
    const struct verify_visitor visitor = {.visit = add_finding, .context = proof};
    const struct breach_visitor breaches = {.visit = add_breach, .context = proof};
    return (verify_pages(workbook, &visitor, fault) >= 0 || take_fault(proof, fault)) &&
           (verify_references(workbook, &visitor, fault) >= 0 || take_fault(proof, fault)) &&
           (history_verify(workbook, fault) || take_fault(proof, fault)) &&
           (verify_rounds(workbook, &visitor, fault) >= 0 || take_fault(proof, fault)) &&
           (whole_check(workbook, &breaches, fault) >= 0 || take_fault(proof, fault));
}

static void show_proof(struct app *app, struct proof *proof) {
    char head[HISTORY_HEAD_SIZE] = "";
    struct fault fault = {0};
    if (!history_head(app_workbook(app), head, &fault)) {
        take_fault(proof, &fault);
    }
    if (proof->count == 0) {
        buffer_add(&proof->text, "Sound: pages, references, rules, content and history fit.\n");
    }
    buffer_addf(&proof->text,
                "\nHead: %s\n\nNot proven: that the history was not cut at its end or written anew "
                "as a whole, and that the names in it are true. Note the head elsewhere; clause5 "
                "verify FILE --head HEAD shows later that the history goes on from it.\n",
                head);
    dialog_show_text(app_stage(app), "Verification", buffer_text(&proof->text));
}

unsigned history_actions_verify(struct app *app) {
    struct proof proof = {0};
    struct fault fault = {0};
    struct long_work work;
    if (look_is_back(app_workbook(app))) {
        app_say(app, MEANING_FAULT,
                "This is the past: :as-of today comes back to what is verified");
        return HANDLED;
    }
    long_work_begin(&work, app, "Verifying");
    bool is_done = verify_all(app_workbook(app), &proof, &fault);
    long_work_end(&work);
    if (is_done) {
        show_proof(app, &proof);
    } else {
        app_say_fault(app, &fault);
    }
    buffer_free(&proof.text);
    return HANDLED;
}

/* Pages of records that did not exist then would show nothing: all views begin anew. */
static void show_anew(struct app *app) {
    while (app_close_page(app)) {
    }
    app_reload(app);
}

static unsigned come_back(struct app *app) {
    struct fault fault = {0};
    bool was_back = look_is_back(app_workbook(app));
    if (!look_at_present(app_workbook(app), &fault)) {
        return app_say_fault(app, &fault);
    }
    if (was_back) {
        show_anew(app);
    }
    app_say(app, MEANING_GOOD, "This is the present again");
    return HANDLED;
}

unsigned history_actions_look(struct app *app, const char *typed) {
    struct workbook *workbook = app_workbook(app);
    struct fault fault = {0};
    date_days day;
    char date[DATE_TEXT_SIZE];
    if (typed == NULL) {
        app_say(app, MEANING_MESSAGE,
                ":as-of 2026-03-30 shows every pane as it stood at the end of that day; :as-of "
                "today comes back");
        return HANDLED;
    }
    if (strcmp(typed, "today") == 0) {
        return come_back(app);
    }
    if (!date_parse_typed(typed, workbook_today(workbook), &day)) {
        app_say(app, MEANING_FAULT, "\"%s\" is not a date (use YYYY-MM-DD, or today)", typed);
        return HANDLED;
    }
    bool is_shown = look_at_day(workbook, day, &fault);
    show_anew(app);
    if (!is_shown) {
        return app_say_fault(app, &fault);
    }
    date_print(day, date);
    app_say(app, MEANING_WARNING,
            "Everything is shown as of %s and cannot be changed; :as-of today comes back", date);
    return HANDLED;
}
