/* Owns the way out of a damaged workbook, and back to a backup. Knows nothing of how either is done
 * (clause5/store/restore.h, clause5/exchange/salvage.h). */
#include "panes/frame/rescue.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/exchange/salvage.h"
#include "clause5/rules/actor.h"
#include "clause5/screen/area.h"
#include "clause5/screen/dialog.h"
#include "clause5/screen/progress.h"
#include "clause5/store/restore.h"
#include "panes/history/backup_menu.h"

/* The damage, as it stands behind the question. */
struct damaged {
    const struct rescue *rescue;
    const char *text;
    bool has_backup;
};

static void draw_behind(void *context) {
    const struct damaged *damaged = context;
    struct area screen = area_of_terminal(damaged->rescue->terminal);
    struct buffer text = {0};
    buffer_addf(&text, "%s.\n\n%s", damaged->text,
                damaged->has_backup
                    ? "Enter puts the newest backup back. The damaged file is kept as it is."
                    : "There is no backup of it. What can still be read can be salvaged into a new "
                      "workbook; the damaged file is kept as it is.");
    area_put(&screen, (struct spot){0, 1, 0}, MEANING_TITLE, "This workbook is damaged");
    struct area body = area_rows(screen, 2, -1);
    area_put_wrapped(&body, (struct spot){0, 1, screen.width - 2}, MEANING_TEXT,
                     buffer_text(&text));
    buffer_free(&text);
}

/* The proving of a backup, as far as it is. */
struct proving {
    struct progress progress;
    int64_t steps;
};

static bool is_stopped(void *context) {
    struct proving *proving = context;
    return !progress_step(&proving->progress, ++proving->steps);
}

bool rescue_restore(struct rescue *rescue, const char *backup, struct fault *fault) {
    const struct stage stage = {.terminal = rescue->terminal};
    struct proving proving = {
        .progress = {.stage = &stage, .label = "Proving the backup", .unit = "steps"}};
    struct buffer aside = {0};
    const struct restore_plan plan = {.path = buffer_text(&rescue->path),
                                      .backup = backup,
                                      .clock = rescue->clock,
                                      .should_stop = is_stopped,
                                      .context = &proving};
    bool is_restored = backup_restore(&plan, &aside, fault);
    if (is_restored) {
        const char *folder = strrchr(buffer_text(&aside), '/');
        const char *name = strrchr(backup, '/');
        buffer_clear(&rescue->greeting);
        buffer_addf(&rescue->greeting, "%s is back; the file before it is kept beside it as %s",
                    name == NULL ? backup : name + 1,
                    folder == NULL ? buffer_text(&aside) : folder + 1);
    }
    buffer_free(&aside);
    return is_restored;
}

bool rescue_salvage(struct rescue *rescue, struct fault *fault) {
    const struct stage stage = {.terminal = rescue->terminal};
    struct salvage salvage;
    char *actor = actor_read_kept();
    bool is_made = salvage_workbook(buffer_text(&rescue->path), actor == NULL ? "" : actor,
                                    rescue->clock, &salvage, fault);
    if (is_made) {
        buffer_addf(&salvage.told, "\nThis list lies in %s.\n", buffer_text(&salvage.list));
        dialog_show_text(&stage, "What was salvaged", buffer_text(&salvage.told));
        buffer_clear(&rescue->greeting);
        buffer_addf(&rescue->greeting, "This is %s; %s stays as it was", buffer_text(&salvage.path),
                    buffer_text(&rescue->path));
        buffer_clear(&rescue->path);
        buffer_add(&rescue->path, buffer_text(&salvage.path));
    }
    salvage_free(&salvage);
    free(actor);
    return is_made;
}

/* Does what was chosen; a backup that turns out to be damaged is said, and the choice is open
 * again. */
static bool choose(struct rescue *rescue, const struct damaged *damaged,
                   const struct backup_list *list, bool *is_over, struct fault *fault) {
    const struct stage stage = {
        .terminal = rescue->terminal, .context = (void *)damaged, .draw = draw_behind};
    int chosen = backup_menu_choose(
        &stage, list->count > 0 ? "Go back to the backup of" : "What to do now", list);
    *is_over = chosen < 0;
    if (chosen == BACKUP_MENU_LEAVE) {
        return false;
    }
    if (chosen == BACKUP_MENU_SALVAGE) {
        return rescue_salvage(rescue, fault);
    }
    if (rescue_restore(rescue, list->items[chosen].path, fault)) {
        *is_over = true;
        return true;
    }
    dialog_show_text(&stage, "This backup cannot be put back", fault_text(fault));
    fault_clear(fault);
    *is_over = terminal_is_ending(rescue->terminal);
    return false;
}

bool rescue_offer(struct rescue *rescue, const struct fault *damage, struct fault *fault) {
    struct backup_list list = {0};
    struct damaged damaged = {.rescue = rescue, .text = fault_text(damage)};
    bool is_over = false;
    bool is_done = false;
    if (!backup_list_read_damaged(buffer_text(&rescue->path), rescue->clock, &list, fault)) {
        fault_clear(fault); /* a folder that cannot be read offers nothing */
    }
    for (size_t i = 0; i < list.count; i++) {
        damaged.has_backup |= list.items[i].is_readable;
    }
    while (!is_over) {
        is_done = choose(rescue, &damaged, &list, &is_over, fault);
    }
    backup_list_free(&list);
    return is_done;
}

void rescue_free(struct rescue *rescue) {
    buffer_free(&rescue->path);
    buffer_free(&rescue->greeting);
}
