/* Owns finding the project's files and telling code, comments and literals apart; knows no rules.
 */
#include "house/sources.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "support/place.h"

struct search {
    struct sources found;
    size_t capacity;
    const char *const *endings;
};

static bool has_ending(const char *path, const char *const *endings) {
    size_t len = strlen(path);
    for (size_t i = 0; endings[i] != NULL; i++) {
        size_t ending_len = strlen(endings[i]);
        if (len >= ending_len && strcmp(path + len - ending_len, endings[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void add_file(struct search *search, const char *path) {
    struct buffer whole = {0};
    buffer_addf(&whole, "%s/%s", SOURCE_DIR, path);
    char *text = place_read_path(buffer_text(&whole), NULL);
    buffer_free(&whole);
    if (text == NULL) {
        return;
    }
    struct sources *found = &search->found;
    found->items =
        memory_reserve(found->items, &search->capacity, found->len + 1, sizeof *found->items);
    found->items[found->len++] = (struct source){.path = memory_copy_text(path), .text = text};
}

static void add_below(struct search *search, const char *path) {
    struct buffer whole = {0};
    buffer_addf(&whole, "%s/%s", SOURCE_DIR, path);
    DIR *folder = opendir(buffer_text(&whole));
    if (folder == NULL && has_ending(path, search->endings)) {
        add_file(search, path);
    }
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        buffer_clear(&whole);
        buffer_addf(&whole, "%s/%s", path, entry->d_name);
        add_below(search, buffer_text(&whole));
    }
    if (folder != NULL) {
        closedir(folder);
    }
    buffer_free(&whole);
}

static int compare_paths(const void *a, const void *b) {
    return strcmp(((const struct source *)a)->path, ((const struct source *)b)->path);
}

struct sources sources_read(const char *const *folders, const char *const *endings) {
    struct search search = {.endings = endings};
    for (size_t i = 0; folders[i] != NULL; i++) {
        add_below(&search, folders[i]);
    }
    if (search.found.len > 0) {
        qsort(search.found.items, search.found.len, sizeof *search.found.items, compare_paths);
    }
    return search.found;
}

void sources_free(struct sources *sources) {
    for (size_t i = 0; i < sources->len; i++) {
        free(sources->items[i].path);
        free(sources->items[i].text);
    }
    free(sources->items);
}

/* The length of the comment or literal that begins at TEXT; 0 where none does. */
static size_t measure_comment(const char *text) {
    if (text[0] != '/' || (text[1] != '*' && text[1] != '/')) {
        return 0;
    }
    bool is_line = text[1] == '/';
    const char *end = strstr(text + 2, is_line ? "\n" : "*/");
    return end == NULL ? strlen(text) : (size_t)(end - text) + (is_line ? 0 : 2);
}

static size_t measure_literal(const char *text) {
    if (text[0] != '"' && text[0] != '\'') {
        return 0;
    }
    size_t len = 1;
    while (text[len] != '\0' && text[len] != text[0]) {
        len += text[len] == '\\' && text[len + 1] != '\0' ? 2 : 1;
    }
    return text[len] == '\0' ? len : len + 1;
}

static void add_part(struct buffer *out, const char *text, size_t len, bool is_kept) {
    for (size_t i = 0; i < len; i++) {
        bool is_blank = !is_kept && text[i] != '\n';
        buffer_append(out, is_blank ? " " : text + i, 1);
    }
}

void source_keep(struct buffer *out, const char *text, enum source_part kept) {
    while (*text != '\0') {
        enum source_part part = SOURCE_COMMENT;
        size_t len = measure_comment(text);
        if (len == 0) {
            part = SOURCE_LITERAL;
            len = measure_literal(text);
        }
        if (len == 0) {
            part = SOURCE_CODE;
            len = 1;
        }
        add_part(out, text, len, part == kept);
        text += len;
    }
}

int source_line(const char *text, size_t offset) {
    int line = 1;
    for (size_t i = 0; i < offset && text[i] != '\0'; i++) {
        line += text[i] == '\n';
    }
    return line;
}
