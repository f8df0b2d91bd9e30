/* Owns temporary folders; knows nothing of what is put into them. */
#include "support/place.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"

struct place {
    char *folder;
    char **texts; /* all that was handed out */
    size_t texts_len;
    size_t texts_capacity;
};

static const char *keep(struct place *place, char *text) {
    place->texts = memory_reserve(place->texts, &place->texts_capacity, place->texts_len + 1,
                                  sizeof *place->texts);
    place->texts[place->texts_len++] = text;
    return text;
}

struct place *place_new(void) {
    struct place *place = memory_zero(1, sizeof *place);
    struct buffer name = {0};
    const char *above = getenv("TMPDIR");
    buffer_addf(&name, "%s/clause5-test-XXXXXX", above != NULL && *above ? above : "/tmp");
    place->folder = buffer_take(&name);
    assert_non_null(mkdtemp(place->folder));
    return place;
}

const char *place_path(struct place *place, const char *name) {
    struct buffer path = {0};
    buffer_add(&path, place->folder);
    if (*name != '\0') {
        buffer_addf(&path, "/%s", name);
    }
    return keep(place, buffer_take(&path));
}

const char *place_make_folder(struct place *place, const char *name) {
    const char *path = place_path(place, name);
    char *part = memory_copy_text(path);
    for (char *slash = part + strlen(place->folder);; *slash = '/') {
        slash = strchr(slash + 1, '/');
        if (slash != NULL) {
            *slash = '\0';
        }
        if (mkdir(part, 0700) != 0) {
            assert_int_equal(errno, EEXIST);
        }
        if (slash == NULL) {
            break;
        }
    }
    free(part);
    return path;
}

const char *place_write(struct place *place, const char *name, const char *text) {
    return place_write_bytes(place, name, text, strlen(text));
}

const char *place_write_bytes(struct place *place, const char *name, const void *bytes,
                              size_t len_bytes) {
    const char *path = place_path(place, name);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len_bytes, file), len_bytes);
    assert_int_equal(fclose(file), 0);
    return path;
}

char *place_read_path(const char *path, size_t *len_bytes) {
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return NULL;
    }
    struct buffer text = {0};
    char part[8192];
    for (size_t len; (len = fread(part, 1, sizeof part, file)) > 0;) {
        buffer_append(&text, part, len);
    }
    fclose(file);
    if (len_bytes != NULL) {
        *len_bytes = text.len_bytes;
    }
    return buffer_take(&text);
}

const char *place_read(struct place *place, const char *name, size_t *len_bytes) {
    const char *path = place_path(place, name);
    char *text = place_read_path(path, len_bytes);
    if (text == NULL) {
        fail_msg("cannot read %s: %s", path, strerror(errno));
    }
    return keep(place, text);
}

bool place_has(struct place *place, const char *name) {
    struct stat about;
    return lstat(place_path(place, name), &about) == 0;
}

size_t place_count(struct place *place, const char *name) {
    DIR *folder = opendir(place_path(place, name));
    assert_non_null(folder);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    closedir(folder);
    return count;
}

static int open_up(const char *path, const struct stat *about, int kind, struct FTW *walk) {
    (void)about;
    (void)walk;
    return kind == FTW_D || kind == FTW_DNR ? chmod(path, 0700) : 0;
}

static int remove_entry(const char *path, const struct stat *about, int kind, struct FTW *walk) {
    (void)about;
    (void)kind;
    (void)walk;
    return remove(path);
}

void place_free(struct place *place) {
    if (place == NULL) {
        return;
    }
    nftw(place->folder, open_up, 16, FTW_PHYS);
    nftw(place->folder, remove_entry, 16, FTW_PHYS | FTW_DEPTH);
    for (size_t i = 0; i < place->texts_len; i++) {
        free(place->texts[i]);
    }
    free(place->texts);
    free(place->folder);
    free(place);
}
