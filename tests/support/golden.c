/* Owns the comparison with golden files; knows nothing of what makes the texts. */
#include "support/golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clause5/base/memory.h"
#include "support/place.h"

struct lines {
    const char **starts; /* one more than LEN: the last is the end of the text */
    size_t len;
};

static struct lines split(const char *text) {
    struct lines lines = {0};
    size_t capacity = 0;
    while (true) {
        lines.starts = memory_reserve(lines.starts, &capacity, lines.len + 1, sizeof *lines.starts);
        lines.starts[lines.len] = text;
        if (*text == '\0') {
            return lines;
        }
        lines.len++;
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
}

static bool is_same_line(const struct lines *a, size_t i, const struct lines *b, size_t j) {
    size_t len = (size_t)(a->starts[i + 1] - a->starts[i]);
    return len == (size_t)(b->starts[j + 1] - b->starts[j]) &&
           memcmp(a->starts[i], b->starts[j], len) == 0;
}

static void add_line(struct buffer *out, char sign, const struct lines *lines, size_t i) {
    size_t len = (size_t)(lines->starts[i + 1] - lines->starts[i]);
    bool is_whole = len > 0 && lines->starts[i][len - 1] == '\n';
    buffer_addf(out, "%c%zu %.*s%s\n", sign, i + 1, (int)(len - is_whole), lines->starts[i],
                is_whole ? "" : " (no newline at the end)");
}

/* The line of TO, from J on, that equals line I of FROM; TO's length where none does. */
static size_t find_line(const struct lines *from, size_t i, const struct lines *to, size_t j) {
    while (j < to->len && !is_same_line(from, i, to, j)) {
        j++;
    }
    return j;
}

/* Walks both texts; where they part, the nearer line at which they meet again decides. */
static void compare_lines(struct buffer *out, const struct lines *old, const struct lines *new) {
    size_t i = 0;
    size_t j = 0;
    while (i < old->len || j < new->len) {
        if (i < old->len && j < new->len &&is_same_line(old, i, new, j)) {
            i++;
            j++;
            continue;
        }
        size_t added = i < old->len ? find_line(old, i, new, j) : new->len;
        size_t removed = j < new->len ? find_line(new, j, old, i) : old->len;
        bool is_added =
            j < new->len &&added < new->len && (removed >= old->len || added - j <= removed - i);
        bool is_removed = i < old->len && removed < old->len;
        if (i < old->len && (!is_added || j >= new->len)) {
            add_line(out, '-', old, i++);
        }
        if (j < new->len && (is_added || !is_removed)) {
            add_line(out, '+', new, j++);
        }
    }
}

bool golden_compare(struct buffer *out, const char *expected, const char *found) {
    if (strcmp(expected, found) == 0) {
        return false;
    }
    struct lines old = split(expected);
    struct lines new = split(found);
    compare_lines(out, &old, &new);
    free(old.starts);
    free(new.starts);
    return true;
}

static void write_golden(const char *path, const char *text) {
    char *folder = memory_copy_text(path);
    *strrchr(folder, '/') = '\0';
    mkdir(folder, 0777);
    free(folder);
    FILE *out = fopen(path, "we");
    assert_non_null(out);
    assert_int_equal(fputs(text, out) < 0, false);
    assert_int_equal(fclose(out), 0);
}

void golden_check(const struct golden_name *name, const char *text, const char *file, int line) {
    struct buffer path = {0};
    struct buffer differences = {0};
    const char *wish = getenv("CLAUSE5_GOLDEN");
    buffer_addf(&path, "%s/%s/golden/%s", TESTS_DIR, name->room, name->file);
    if (wish != NULL && strcmp(wish, "write") == 0) {
        write_golden(buffer_text(&path), text);
    }
    char *expected = place_read_path(buffer_text(&path), NULL);
    bool is_other = expected == NULL || golden_compare(&differences, expected, text);
    if (expected == NULL) {
        print_error("%s is not there; CLAUSE5_GOLDEN=write makes it\n", buffer_text(&path));
    } else if (is_other) {
        print_error("%s differs:\n%s", buffer_text(&path), buffer_text(&differences));
    }
    free(expected);
    buffer_free(&path);
    buffer_free(&differences);
    if (is_other) {
        _fail(file, line);
    }
}
