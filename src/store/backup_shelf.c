/* Owns the names of backups and which of them stay; knows nothing of what is in them. */
#include "store/backup_shelf.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/memory.h"

static const char extension[] = ".c5";

/* One backup that lies there. */
struct kept {
    char *path;
    date_days day;
    struct timespec written;
};

struct shelf {
    struct kept *items;
    size_t count, capacity;
};

/* Appends the name of the workbook without folder and extension. */
static void add_stem(const char *file, struct buffer *out) {
    const char *slash = strrchr(file, '/');
    const char *name = slash == NULL ? file : slash + 1;
    size_t len_bytes = strlen(name);
    size_t tail = sizeof extension - 1;
    if (len_bytes > tail && strcmp(name + len_bytes - tail, extension) == 0) {
        len_bytes -= tail;
    }
    buffer_append(out, name, len_bytes);
}

void backup_shelf_folder(const char *file, struct buffer *folder) {
    buffer_addf(folder, "%s.backups", file);
}

void backup_shelf_name(const char *file, date_days day, const char *head, struct buffer *path) {
    char date[DATE_TEXT_SIZE];
    date_print(day, date);
    backup_shelf_folder(file, path);
    buffer_add_byte(path, '/');
    add_stem(file, path);
    buffer_addf(path, "-%s-%.*s%s", date, BACKUP_HEAD_DIGITS, head, extension);
}

void backup_shelf_name_replaced(const char *file, date_days day, int n, struct buffer *path) {
    char date[DATE_TEXT_SIZE];
    date_print(day, date);
    backup_shelf_folder(file, path);
    buffer_add_byte(path, '/');
    add_stem(file, path);
    buffer_addf(path, "-%s-replaced", date);
    if (n > 1) {
        buffer_addf(path, "-%d", n);
    }
    buffer_add(path, extension);
}

/* Reads STEM-YYYY-MM-DD-HEAD.c5; false where the name is anything else. */
static bool read_name(const char *name, const char *stem, date_days *day) {
    const size_t stem_bytes = strlen(stem);
    const size_t date_bytes = DATE_TEXT_SIZE - 1;
    char date[DATE_TEXT_SIZE] = "";
    if (strlen(name) !=
            stem_bytes + 1 + date_bytes + 1 + BACKUP_HEAD_DIGITS + sizeof extension - 1 ||
        strncmp(name, stem, stem_bytes) != 0 || name[stem_bytes] != '-') {
        return false;
    }
    const char *rest = name + stem_bytes + 1;
    memcpy(date, rest, date_bytes);
    rest += date_bytes;
    return date_parse(date, day) && rest[0] == '-' &&
           strspn(rest + 1, "0123456789abcdef") == BACKUP_HEAD_DIGITS &&
           strcmp(rest + 1 + BACKUP_HEAD_DIGITS, extension) == 0;
}

static void shelf_add(struct shelf *shelf, const char *folder, const char *name, date_days day) {
    struct buffer path = {0};
    struct stat status;
    buffer_addf(&path, "%s/%s", folder, name);
    if (lstat(buffer_text(&path), &status) != 0 || !S_ISREG(status.st_mode)) {
        buffer_free(&path);
        return;
    }
    shelf->items =
        memory_reserve(shelf->items, &shelf->capacity, shelf->count + 1, sizeof *shelf->items);
    shelf->items[shelf->count++] =
        (struct kept){.path = buffer_take(&path), .day = day, .written = status.st_mtim};
}

/* The newest first. */
static int compare_kept(const void *a, const void *b) {
    const struct kept *first = a;
    const struct kept *second = b;
    if (first->day != second->day) {
        return first->day > second->day ? -1 : 1;
    }
    if (first->written.tv_sec != second->written.tv_sec) {
        return first->written.tv_sec > second->written.tv_sec ? -1 : 1;
    }
    if (first->written.tv_nsec != second->written.tv_nsec) {
        return first->written.tv_nsec > second->written.tv_nsec ? -1 : 1;
    }
    return strcmp(first->path, second->path);
}

static bool shelf_read(struct shelf *shelf, const char *file, struct fault *fault) {
    struct buffer folder = {0};
    struct buffer stem = {0};
    date_days day;
    backup_shelf_folder(file, &folder);
    add_stem(file, &stem);
    DIR *stream = opendir(buffer_text(&folder));
    if (stream == NULL) {
        fault_set(fault, FAULT_FAILED, "%s: cannot be read: %s", buffer_text(&folder),
                  strerror(errno));
    } else {
        for (struct dirent *entry; (entry = readdir(stream)) != NULL;) {
            if (read_name(entry->d_name, buffer_text(&stem), &day)) {
                shelf_add(shelf, buffer_text(&folder), entry->d_name, day);
            }
        }
        closedir(stream);
        if (shelf->count > 0) {
            qsort(shelf->items, shelf->count, sizeof *shelf->items, compare_kept);
        }
    }
    buffer_free(&folder);
    buffer_free(&stem);
    return stream != NULL;
}

static void shelf_free(struct shelf *shelf) {
    for (size_t i = 0; i < shelf->count; i++) {
        free(shelf->items[i].path);
    }
    free(shelf->items);
}

bool backup_shelf_visit(const char *file,
                        bool (*visit)(void *context, const char *path, date_days day),
                        void *context, struct fault *fault) {
    struct shelf shelf = {0};
    struct buffer folder = {0};
    backup_shelf_folder(file, &folder);
    bool is_there = access(buffer_text(&folder), F_OK) == 0;
    bool good = !is_there || shelf_read(&shelf, file, fault);
    for (size_t i = 0; i < shelf.count && good; i++) {
        if (!visit(context, shelf.items[i].path, shelf.items[i].day)) {
            break;
        }
    }
    shelf_free(&shelf);
    buffer_free(&folder);
    return good;
}

/* Whether the next backup is kept, the newest being asked for first. */
struct thinning {
    int days, weeks;
    date_days last_day, last_week;
};

static bool is_kept(struct thinning *thinning, date_days day) {
    date_days week = day - date_weekday(day);
    bool is_new_day = thinning->days == 0 || day != thinning->last_day;
    bool is_new_week = thinning->weeks == 0 || week != thinning->last_week;
    bool is_daily = is_new_day && thinning->days < BACKUP_DAYS_KEPT;
    bool is_weekly = is_new_week && thinning->weeks < BACKUP_WEEKS_KEPT;
    thinning->days += is_daily;
    thinning->weeks += is_weekly;
    thinning->last_day = day;
    thinning->last_week = week;
    return is_daily || is_weekly;
}

bool backup_shelf_thin(const char *file, struct fault *fault) {
    struct shelf shelf = {0};
    struct thinning thinning = {0};
    bool good = shelf_read(&shelf, file, fault);
    for (size_t i = 0; i < shelf.count && good; i++) {
        if (!is_kept(&thinning, shelf.items[i].day) && unlink(shelf.items[i].path) != 0 &&
            errno != ENOENT) {
            good = fault_set(fault, FAULT_FAILED, "%s: an old backup cannot be removed: %s",
                             shelf.items[i].path, strerror(errno));
        }
    }
    shelf_free(&shelf);
    return good;
}
