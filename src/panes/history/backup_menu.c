/* Owns how backups are offered; knows nothing of what is done with the chosen one. */
#include "panes/history/backup_menu.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"

enum { ITEMS_BESIDE = 1, MINUTE_BYTES = 16, TIME_SEPARATOR = 10, KIB = 1024 };

/* "2026-11-21 09:12" of a time stamp. */
static void add_minute(const char *time, struct buffer *out) {
    const size_t len_bytes = strlen(time);
    for (size_t i = 0; i < MINUTE_BYTES && i < len_bytes; i++) {
        buffer_append(out, i == TIME_SEPARATOR ? " " : time + i, 1);
    }
}

static void add_detail(const struct backup_entry *entry, struct buffer *out) {
    buffer_add(out, "newest change ");
    add_minute(entry->time, out);
    if (entry->lost == 0) {
        buffer_add(out, ", loses nothing");
    } else if (entry->lost > 0) {
        buffer_addf(out, ", loses %lld change%s", (long long)entry->lost,
                    entry->lost == 1 ? "" : "s");
    }
    buffer_addf(out, ", %lld KiB", (long long)(entry->size_bytes / KIB));
}

void backup_menu_add_loss(const struct backup_list *list, const struct backup_entry *entry,
                          struct buffer *out) {
    if (entry->lost == 0) {
        buffer_add(out, "No change would be lost.");
    } else if (entry->lost > 0) {
        buffer_addf(out, "%lld change%s made after it", (long long)entry->lost,
                    entry->lost == 1 ? "" : "s");
        if (list->newest_time != NULL) {
            buffer_add(out, entry->lost == 1 ? ", of " : ", the newest of ");
            add_minute(list->newest_time, out);
            buffer_add(out, " UTC,");
        }
        buffer_add(out, " would be lost.");
    } else {
        buffer_add(out, "What was changed after it would be lost; how much cannot be said.");
    }
}

int backup_menu_choose(const struct stage *stage, const char *title,
                       const struct backup_list *list) {
    struct menu_item *items = memory_zero(list->count + ITEMS_BESIDE + 1, sizeof *items);
    struct buffer *labels = memory_zero(list->count + 1, sizeof *labels);
    struct buffer *details = memory_zero(list->count + 1, sizeof *details);
    int *entries = memory_zero(list->count + ITEMS_BESIDE + 1, sizeof *entries);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct backup_entry *entry = &list->items[i];
        char day[DATE_TEXT_SIZE];
        if (!entry->is_readable) {
            continue;
        }
        date_print(entry->day, day);
        buffer_add(&labels[i], day);
        add_detail(entry, &details[i]);
        items[count] = (struct menu_item){.label = buffer_text(&labels[i]),
                                          .detail = buffer_text(&details[i])};
        entries[count++] = (int)i;
    }
    items[count] = (struct menu_item){
        .letter = 's', .label = "salvage", .detail = "what can still be read, into a new workbook"};
    entries[count++] = BACKUP_MENU_SALVAGE;
    int chosen =
        dialog_choose(stage, &(struct menu){.title = title, .items = items, .count = count});
    chosen = chosen == DIALOG_NO_ANSWER ? BACKUP_MENU_LEAVE : entries[chosen];
    for (size_t i = 0; i < list->count; i++) {
        buffer_free(&labels[i]);
        buffer_free(&details[i]);
    }
    free(entries);
    free(details);
    free(labels);
    free(items);
    return chosen;
}
