/* Owns putting the words that a query names in front of it; knows nothing of what they mean. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "audit/check_book.h"
#include "clause5/base/memory.h"

enum { NAME_SIZE = 64 };

struct splice {
    const struct check_book *book;
    const struct check_once_giver *giver;
    bool *is_placed; /* one per word */
    bool has_failed;
    struct buffer *out;
};

static void place_words_of(struct splice *splice, const char *sql);

static int compare_name(const void *name, const void *word) {
    return strcmp(name, ((const struct check_word *)word)->name);
}

static bool is_name_byte(char byte) {
    return isalnum((unsigned char)byte) || byte == '_';
}

/* Puts a word in front, after the words that it needs. */
static void place_word(struct splice *splice, const struct check_word *word) {
    size_t index = (size_t)(word - splice->book->words);
    if (splice->is_placed[index] || splice->has_failed) {
        return;
    }
    splice->is_placed[index] = true;
    bool is_given = word->is_once && splice->giver != NULL;
    const char *sql = is_given ? splice->giver->give(splice->giver->context, index) : word->sql;
    if (sql == NULL) {
        splice->has_failed = true;
        return;
    }
    if (!is_given) {
        place_words_of(splice, sql);
    }
    buffer_addf(splice->out, "%s %s%s AS %sMATERIALIZED (\n%s)",
                splice->out->len_bytes == 0 ? "WITH RECURSIVE" : ",\n", word->name,
                word->columns != NULL ? word->columns : "",
                word->is_kept || word->is_once ? "" : "NOT ", sql);
}

static void place_name(struct splice *splice, const char *name, size_t len) {
    char text[NAME_SIZE];
    if (len >= sizeof text) {
        return;
    }
    memcpy(text, name, len);
    text[len] = '\0';
    const struct check_word *word = bsearch(text, splice->book->words, splice->book->word_count,
                                            sizeof *splice->book->words, compare_name);
    if (word != NULL) {
        place_word(splice, word);
    }
}

/* Goes through the names of a query; what stands in quotes or comments is none. */
static void place_words_of(struct splice *splice, const char *sql) {
    for (const char *at = sql; *at != '\0';) {
        size_t len = 0;
        if (at[0] == '-' && at[1] == '-') {
            at += strcspn(at, "\n");
            continue;
        }
        if (*at == '\'') {
            at += 1 + strcspn(at + 1, "'");
            at += *at == '\'';
            continue;
        }
        while (is_name_byte(at[len])) {
            len++;
        }
        if (len > 0 && !isdigit((unsigned char)*at)) {
            place_name(splice, at, len);
        }
        at += len > 0 ? len : 1;
    }
}

bool check_book_splice(const struct check_book *book, const char *sql,
                       const struct check_once_giver *giver, struct buffer *out) {
    struct splice splice = {.book = book, .giver = giver, .out = out};
    buffer_clear(out);
    if (book->word_count > 0) {
        splice.is_placed = memory_zero(book->word_count, sizeof *splice.is_placed);
        place_words_of(&splice, sql);
        free(splice.is_placed);
    }
    buffer_addf(out, "%s%s", out->len_bytes == 0 ? "" : "\n", sql);
    return !splice.has_failed;
}
