/* Owns the checks that ship with the program, in order; knows nothing of how a file of them is
 * written (check_read.c) nor of any workbook. */
#include "clause5/audit/check.h"

#include <stdlib.h>
#include <string.h>

#include "audit/check_book.h"
#include "clause5/base/embedded.h"
#include "clause5/base/memory.h"

static const char *const severity_words[] = {
    [SEVERITY_ERROR] = "error",
    [SEVERITY_WARNING] = "warning",
    [SEVERITY_INFO] = "info",
};
_Static_assert(COUNT(severity_words) == SEVERITY_COUNT, "one word per severity");

const char *severity_word(enum severity severity) {
    return severity_words[severity];
}

bool severity_parse(const char *word, enum severity *severity) {
    for (int i = 0; i < SEVERITY_COUNT; i++) {
        if (strcmp(word, severity_words[i]) == 0) {
            *severity = (enum severity)i;
            return true;
        }
    }
    return false;
}

static int compare_checks(const void *a, const void *b) {
    return strcmp(((const struct check *)a)->id, ((const struct check *)b)->id);
}

static int compare_words(const void *a, const void *b) {
    return strcmp(((const struct check_word *)a)->name, ((const struct check_word *)b)->name);
}

/* The files of data/checks in the order in which people read the checks. */
static const char *const families[] = {
    "words", "workbook", "policy",   "role",  "raci",   "awareness", "objective",
    "kpi",   "review",   "resource", "audit", "action", "evidence",  "readiness",
};

static bool read_family(struct check_book *book, const char *family, struct fault *fault) {
    struct buffer path = {0};
    buffer_addf(&path, "checks/%s.sql", family);
    const struct embedded_file *file = embedded_find(buffer_text(&path));
    bool is_good =
        file == NULL
            ? fault_set(fault, FAULT_FAILED, "%s is missing from this build", buffer_text(&path))
            : check_book_read(book, file->path, (const char *)file->bytes, fault);
    buffer_free(&path);
    return is_good;
}

/* Sorts words and checks, and notes where the checks of the files have gone. */
static void sort_book(struct check_book *book) {
    char **ids = memory_zero(book->check_count, sizeof *ids);
    for (size_t i = 0; i < book->check_count; i++) {
        ids[i] = book->checks[i].id;
    }
    qsort(book->words, book->word_count, sizeof *book->words, compare_words);
    qsort(book->checks, book->check_count, sizeof *book->checks, compare_checks);
    book->listed = memory_zero(book->check_count, sizeof *book->listed);
    for (size_t i = 0; i < book->check_count; i++) {
        book->listed[i] = check_book_find(book, ids[i]);
    }
    free(ids);
}

struct check_book *check_book_load(struct fault *fault) {
    struct check_book *book = memory_zero(1, sizeof *book);
    for (size_t i = 0; i < COUNT(families); i++) {
        if (!read_family(book, families[i], fault)) {
            check_book_free(book);
            return NULL;
        }
    }
    sort_book(book);
    return book;
}

static void check_release(struct check *check) {
    free(check->id);
    free(check->requirements);
    free(check->finds);
    free(check->remedy);
    free(check->message);
    free(check->basis);
    free(check->finding_sql);
    free(check->basis_sql);
}

void check_book_free(struct check_book *book) {
    if (book == NULL) {
        return;
    }
    for (size_t i = 0; i < book->check_count; i++) {
        check_release(&book->checks[i]);
    }
    for (size_t i = 0; i < book->word_count; i++) {
        free(book->words[i].name);
        free(book->words[i].columns);
        free(book->words[i].sql);
    }
    free(book->checks);
    free(book->listed);
    free(book->words);
    free(book);
}

int check_book_count(const struct check_book *book) {
    return (int)book->check_count;
}

const struct check *check_book_at(const struct check_book *book, int index) {
    return &book->checks[index];
}

const struct check *check_book_listed(const struct check_book *book, int place) {
    return &book->checks[book->listed[place]];
}

int check_book_find(const struct check_book *book, const char *id) {
    struct check wanted = {.id = (char *)id};
    const struct check *found = book->check_count == 0
                                    ? NULL
                                    : bsearch(&wanted, book->checks, book->check_count,
                                              sizeof *book->checks, compare_checks);
    return found == NULL ? -1 : (int)(found - book->checks);
}

bool check_has_requirement(const char *refs, const char *ref) {
    size_t len = strlen(ref);
    for (const char *at = refs; *at != '\0'; at += strspn(at, " ")) {
        size_t piece = strcspn(at, " ");
        if (piece == len && memcmp(at, ref, len) == 0) {
            return true;
        }
        at += piece;
    }
    return false;
}
