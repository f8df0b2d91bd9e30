/* Owns the choice of a backup while the workbook is open; it is put back once that is closed
 * (panes/frame/rescue.h). */
#include "panes/history/restore_actions.h"

#include "clause5/base/date.h"
#include "clause5/base/memory.h"
#include "clause5/store/look.h"
#include "clause5/store/restore.h"
#include "panes/frame/state.h"
#include "panes/history/backup_menu.h"

enum { HANDLED = OUTCOME_HANDLED | OUTCOME_REDRAW };

/* True where the user means it, having read what would be lost. */
static bool is_meant(struct app *app, const struct backup_list *list,
                     const struct backup_entry *entry) {
    static const struct answer answers[] = {{'y', "go back to it"}, {KEYCODE_ESC, "stay"}};
    struct buffer question = {0};
    char day[DATE_TEXT_SIZE];
    date_print(entry->day, day);
    buffer_addf(&question, "Go back to the backup of %s? ", day);
    backup_menu_add_loss(list, entry, &question);
    buffer_add(&question, " The file as it is now is kept beside the backups.");
    bool is_yes = dialog_ask(app_stage(app), buffer_text(&question), answers, COUNT(answers)) == 0;
    buffer_free(&question);
    return is_yes;
}

static void leave_for(struct app *app, const struct backup_list *list, int chosen) {
    if (chosen == BACKUP_MENU_SALVAGE) {
        app->visit->wants_salvage = true;
        app->is_leaving = true;
    } else if (chosen >= 0 && is_meant(app, list, &list->items[chosen])) {
        buffer_add(&app->visit->restore, list->items[chosen].path);
        app->is_leaving = true;
    }
}

unsigned restore_actions_choose(struct app *app) {
    struct backup_list list = {0};
    struct fault fault = {0};
    if (look_is_back(app->workbook)) {
        app_say(app, MEANING_FAULT,
                "This is the past: :as-of today comes back to what a backup would replace");
        return HANDLED;
    }
    if (!workbook_is_writable(app->workbook)) {
        app_say(app, MEANING_FAULT,
                "The workbook is open read-only, so no backup can take its place");
        return HANDLED;
    }
    if (backup_list_read(app->workbook, &list, &fault)) {
        leave_for(app, &list,
                  backup_menu_choose(app_stage(app), "Go back to the backup of", &list));
    } else {
        app_say_fault(app, &fault);
    }
    backup_list_free(&list);
    return HANDLED;
}
