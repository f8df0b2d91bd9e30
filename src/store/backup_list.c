/* Owns what is known of the backups that lie there: how new, and what going back would lose. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clause5/base/memory.h"
#include "clause5/store/history.h"
#include "clause5/store/restore.h"
#include "clause5/store/verify.h"
#include "store/backup_shelf.h"
#include "store/state.h"

/* The workbook that the backups are of. */
struct present {
    struct workbook *workbook; /* NULL: it cannot be opened */
    int64_t number;            /* of its newest batch; 0: not known */
};

struct listing {
    struct backup_list *list;
    struct present present;
    const struct clock *clock;
    struct fault *fault;
    bool has_failed;
};

/* The newest batch of a workbook. */
struct newest {
    int64_t number;
    char *time, *label;
};

static bool take_newest(void *context, const struct history_batch *batch) {
    struct newest *newest = context;
    *newest = (struct newest){.number = batch->number,
                              .time = memory_copy_text(batch->time),
                              .label = memory_copy_text(batch->label)};
    return false;
}

static struct newest read_newest(struct workbook *workbook) {
    struct newest newest = {0};
    struct fault fault = {0};
    const struct history_visitor visitor = {.visit = take_newest, .context = &newest};
    history_visit(workbook, 0, &visitor, &fault);
    fault_clear(&fault);
    return newest;
}

/* How many changes the present has that the backup has not; -1 where that cannot be said. */
static int64_t count_lost(struct listing *listing, struct workbook *backup,
                          const struct newest *newest) {
    struct present *present = &listing->present;
    char head[HISTORY_HEAD_SIZE];
    struct fault fault = {0};
    int64_t batch = 0;
    int64_t last = 0;
    if (present->workbook == NULL) {
        return present->number >= newest->number ? present->number - newest->number : -1;
    }
    bool is_known = history_head(backup, head, &fault) &&
                    verify_find_head(present->workbook, head, &batch, &last, &fault) && batch > 0;
    fault_clear(&fault);
    return is_known ? last - batch : -1;
}

static void look_into(struct listing *listing, struct backup_entry *entry) {
    struct fault fault = {0};
    struct workbook *backup = workbook_open(entry->path, WORKBOOK_READ, listing->clock, &fault);
    if (backup != NULL) {
        struct newest newest = read_newest(backup);
        entry->is_readable = newest.number > 0;
        entry->time = newest.time;
        entry->label = newest.label;
        entry->lost = entry->is_readable ? count_lost(listing, backup, &newest) : -1;
        workbook_close(backup);
    }
    fault_clear(&fault);
}

static bool add_entry(void *context, const char *path, date_days day) {
    struct listing *listing = context;
    struct backup_list *list = listing->list;
    struct stat status;
    list->items =
        memory_reserve(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    struct backup_entry *entry = &list->items[list->count++];
    *entry = (struct backup_entry){.path = memory_copy_text(path), .day = day, .lost = -1};
    entry->size_bytes = stat(path, &status) == 0 ? (int64_t)status.st_size : 0;
    look_into(listing, entry);
    return true;
}

bool backup_list_read(struct workbook *workbook, struct backup_list *list, struct fault *fault) {
    struct listing listing = {
        .list = list, .present = {.workbook = workbook}, .clock = &workbook->clock, .fault = fault};
    struct newest newest = read_newest(workbook);
    list->newest_time = newest.time;
    free(newest.label);
    return backup_shelf_visit(workbook->file, add_entry, &listing, fault);
}

/* Reads the number and the time of the newest batch past whatever damage the rest has. */
static void peek_newest(const char *file, int64_t *number, char **time) {
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;
    if (sqlite3_open_v2(file, &database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
        sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL) == SQLITE_OK &&
        sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(database,
                           "SELECT number, time FROM main.c5_batch ORDER BY number DESC LIMIT 1",
                           -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_text(statement, 1) != NULL) {
        *number = sqlite3_column_int64(statement, 0);
        *time = memory_copy_text((const char *)sqlite3_column_text(statement, 1));
    }
    sqlite3_finalize(statement);
    sqlite3_close(database);
}

bool backup_list_read_damaged(const char *path, const struct clock *clock, struct backup_list *list,
                              struct fault *fault) {
    struct listing listing = {.list = list, .clock = clock, .fault = fault};
    char *file = realpath(path, NULL);
    if (file == NULL) {
        return fault_set(fault, FAULT_FAILED, "%s is not there", path);
    }
    peek_newest(file, &listing.present.number, &list->newest_time);
    bool is_read = backup_shelf_visit(file, add_entry, &listing, fault);
    free(file);
    return is_read;
}

void backup_list_free(struct backup_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].path);
        free(list->items[i].time);
        free(list->items[i].label);
    }
    free(list->items);
    free(list->newest_time);
    *list = (struct backup_list){0};
}

static bool is_sound(const char *path, const struct clock *clock) {
    struct fault fault = {0};
    struct workbook *backup = workbook_open(path, WORKBOOK_READ, clock, &fault);
    bool good = backup != NULL && backup_shelf_check(backup, &fault);
    workbook_close(backup);
    fault_clear(&fault);
    return good;
}

static void advise_entry(const char *path, const struct backup_entry *entry,
                         struct buffer *advice) {
    buffer_addf(advice, "the newest good backup is %s", entry->path);
    if (entry->lost == 0) {
        buffer_add(advice, ", which lacks nothing");
    } else if (entry->lost > 0) {
        buffer_addf(advice, ", made before the last %lld change%s", (long long)entry->lost,
                    entry->lost == 1 ? "" : "s");
    }
    buffer_addf(advice,
                "; clause5 %s on a terminal puts it back, or salvages what can still be read",
                path);
}

void backup_advise(const char *path, const struct clock *clock, struct buffer *advice) {
    struct backup_list list = {0};
    struct fault fault = {0};
    size_t at = 0;
    if (backup_list_read_damaged(path, clock, &list, &fault)) {
        while (at < list.count && !is_sound(list.items[at].path, clock)) {
            at++;
        }
    }
    if (at < list.count) {
        advise_entry(path, &list.items[at], advice);
    } else {
        buffer_addf(advice,
                    "no good backup lies in %s.backups; clause5 %s on a terminal salvages what can "
                    "still be read",
                    path, path);
    }
    fault_clear(&fault);
    backup_list_free(&list);
}
