/* Owns the search for sealed files in another folder; knows nothing of how seals are made. */
#include "clause5/audit/moved.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "audit/seal_fields.h"
#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/file_digest.h"
#include "clause5/store/query.h"
#include "clause5/store/record.h"

enum { FOLDERS_DEEP_MOST = 40 };

/* One plain file below the folder. */
struct found_file {
    char *path; /* resolved */
    int64_t size_bytes;
};

struct search {
    struct workbook *workbook;
    char *home; /* the folder of the workbook, resolved */
    struct found_file *files;
    size_t count, capacity;
    struct moved *moved;
};

static void add_file(struct search *search, const char *path, int64_t size_bytes) {
    search->files =
        memory_reserve(search->files, &search->capacity, search->count + 1, sizeof *search->files);
    search->files[search->count++] =
        (struct found_file){.path = memory_copy_text(path), .size_bytes = size_bytes};
}

/* Gathers the plain files below the folder. What cannot be read in it is passed over. */
static void gather(struct search *search, const char *folder, int depth) {
    DIR *stream = opendir(folder);
    if (stream == NULL || depth > FOLDERS_DEEP_MOST) {
        if (stream != NULL) {
            closedir(stream);
        }
        return;
    }
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        struct buffer path = {0};
        struct stat status;
        buffer_addf(&path, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, entry->d_name);
        bool is_own = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        if (!is_own && lstat(buffer_text(&path), &status) == 0) {
            if (S_ISREG(status.st_mode)) {
                add_file(search, buffer_text(&path), (int64_t)status.st_size);
            } else if (S_ISDIR(status.st_mode)) {
                gather(search, buffer_text(&path), depth + 1);
            }
        }
        buffer_free(&path);
    }
    closedir(stream);
}

/* How many bytes the ends of both paths share. */
static size_t common_end(const char *a, const char *b) {
    size_t left = strlen(a);
    size_t right = strlen(b);
    size_t common = 0;
    while (common < left && common < right && a[left - 1 - common] == b[right - 1 - common]) {
        common++;
    }
    return common;
}

/* As the record shall name it: from the folder of the workbook where it lies below it. */
static const char *place_of(const struct search *search, const char *path) {
    const size_t home_bytes = strlen(search->home);
    bool is_below = strncmp(path, search->home, home_bytes) == 0 && path[home_bytes] == '/';
    return is_below ? path + home_bytes + 1 : path;
}

/* Reads the digest of a candidate. False with FAULT_STOPPED; what cannot be read is no match. */
static bool has_digest(struct search *search, const struct found_file *file, const char *sha256,
                       bool *has, struct fault *fault) {
    struct file_digest digest;
    enum lookup found = file_digest_read(search->workbook, file->path, &digest, fault);
    *has = found == LOOKUP_FOUND && strcmp(digest.sha256, sha256) == 0;
    if (found == LOOKUP_FAULT && fault->kind != FAULT_STOPPED) {
        fault_clear(fault);
    }
    return fault->kind != FAULT_STOPPED;
}

/* Finds the file with that seal whose path ends most alike; *FILE is NULL where none is. */
static bool find_file(struct search *search, const struct seal_fields *fields,
                      const struct record *record, const struct found_file **file,
                      struct fault *fault) {
    const char *location = value_text(&record->values[fields->location]);
    const struct value *size = &record->values[fields->size_bytes];
    size_t best = 0;
    *file = NULL;
    for (size_t i = 0; i < search->count; i++) {
        const struct found_file *candidate = &search->files[i];
        const size_t alike = common_end(candidate->path, location);
        bool has = false;
        if ((size->kind == VALUE_WHOLE && size->whole != candidate->size_bytes) ||
            (*file != NULL && alike <= best)) {
            continue;
        }
        if (!has_digest(search, candidate, value_text(&record->values[fields->sha256]), &has,
                        fault)) {
            return false;
        }
        if (has) {
            *file = candidate;
            best = alike;
        }
    }
    return true;
}

/* True in *IS_MISSING where nothing lies at the record's place. */
static bool ask_missing(struct search *search, const char *location, bool *is_missing,
                        struct fault *fault) {
    struct file_digest digest;
    enum lookup found = file_digest_read(search->workbook, location, &digest, fault);
    *is_missing = found == LOOKUP_NONE;
    if (found == LOOKUP_FAULT && fault->kind != FAULT_STOPPED) {
        fault_clear(fault); /* something is there, which a look at the seal tells */
    }
    return fault->kind != FAULT_STOPPED;
}

static bool relink(struct search *search, const struct seal_fields *fields, struct record *record,
                   struct fault *fault) {
    const struct found_file *file = NULL;
    bool is_missing = false;
    if (!ask_missing(search, value_text(&record->values[fields->location]), &is_missing, fault)) {
        return false;
    }
    search->moved->missing += is_missing;
    if (!is_missing || !find_file(search, fields, record, &file, fault) || file == NULL) {
        return fault->kind == FAULT_NONE;
    }
    search->moved->found++;
    value_free(&record->values[fields->location]);
    record->values[fields->location] = value_of_text(place_of(search, file->path));
    if (fields->verified_state >= 0) {
        char today[DATE_TEXT_SIZE];
        workbook_print_today(search->workbook, today);
        value_free(&record->values[fields->verified_on]);
        value_free(&record->values[fields->verified_state]);
        record->values[fields->verified_on] = value_of_text(today);
        record->values[fields->verified_state] = value_of_text(seal_state_word(SEAL_UNCHANGED));
    }
    return edit_update(search->workbook, record->register_id, record->id, record->values, fault);
}

/* The ids are read before anything is written. */
static bool relink_register(struct search *search, const struct seal_fields *fields,
                            struct fault *fault) {
    struct buffer sql = {0};
    int64_t *ids = NULL;
    size_t count = 0;
    size_t capacity = 0;
    buffer_addf(&sql, "SELECT id FROM \"%s\" WHERE sha256 IS NOT NULL ORDER BY id",
                register_describe(fields->register_id)->name);
    struct query *query = query_open(search->workbook, buffer_text(&sql), fault);
    int step;
    while ((step = query == NULL ? -1 : query_step(query, fault)) == 1) {
        ids = memory_reserve(ids, &capacity, count + 1, sizeof *ids);
        ids[count++] = query_whole(query, 0);
    }
    query_close(query);
    buffer_free(&sql);
    bool is_good = step == 0;
    for (size_t i = 0; i < count && is_good; i++) {
        struct record record = {0};
        is_good = record_load(search->workbook, fields->register_id, ids[i], &record, fault) ==
                      LOOKUP_FOUND &&
                  relink(search, fields, &record, fault);
        record_free(&record);
    }
    free(ids);
    return is_good;
}

static bool relink_all(struct search *search, struct fault *fault) {
    bool is_good = edit_begin(search->workbook, "find moved evidence", fault);
    for (size_t i = 0; i < seal_fields_count() && is_good; i++) {
        is_good = relink_register(search, seal_fields_at(i), fault);
    }
    is_good = is_good && edit_commit(search->workbook, fault);
    if (!is_good) {
        edit_abandon(search->workbook);
    }
    return is_good;
}

/* Returns the folder of the workbook, resolved; NULL where it is not there any more. */
static char *find_home(const struct workbook *workbook) {
    char *file = realpath(workbook_path(workbook), NULL);
    char *slash = file == NULL ? NULL : strrchr(file, '/');
    if (slash != NULL) {
        slash[slash == file] = '\0';
    }
    return file;
}

/* A folder as the user types it counts from where the program was started. */
static char *find_folder(const char *folder, struct fault *fault) {
    struct buffer path = {0};
    struct stat status;
    const char *user = getenv("HOME");
    if (folder[0] == '~' && (folder[1] == '/' || folder[1] == '\0') && user != NULL) {
        buffer_addf(&path, "%s%s", user, folder + 1);
    } else {
        buffer_add(&path, folder);
    }
    char *resolved = realpath(buffer_text(&path), NULL);
    if (resolved == NULL || stat(resolved, &status) != 0) {
        fault_set(fault, FAULT_REFUSED, "%s: %s", folder, strerror(errno));
    } else if (!S_ISDIR(status.st_mode)) {
        fault_set(fault, FAULT_REFUSED, "%s is no folder: name the one that the files are in",
                  folder);
    }
    buffer_free(&path);
    return resolved;
}

bool moved_find(struct workbook *workbook, const char *folder, struct moved *moved,
                struct fault *fault) {
    struct search search = {.workbook = workbook, .home = find_home(workbook), .moved = moved};
    *moved = (struct moved){0};
    if (search.home == NULL) {
        return fault_set(fault, FAULT_FAILED, "%s: %s", workbook_path(workbook), strerror(errno));
    }
    char *place = find_folder(folder == NULL ? search.home : folder, fault);
    bool is_done = fault->kind == FAULT_NONE;
    if (is_done) {
        gather(&search, place, 0);
        is_done = relink_all(&search, fault);
    }
    for (size_t i = 0; i < search.count; i++) {
        free(search.files[i].path);
    }
    free(search.files);
    free(search.home);
    free(place);
    return is_done;
}
