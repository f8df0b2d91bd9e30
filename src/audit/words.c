/* Owns opening queries that use the words of the checks; knows nothing of what they ask. */
#include "clause5/audit/words.h"

#include "audit/check_book.h"
#include "clause5/base/clock.h"
#include "clause5/base/embedded.h"

struct query *words_query_open(struct workbook *workbook, const char *sql, struct fault *fault) {
    struct check_book *book = check_book_load(fault);
    if (book == NULL) {
        return NULL;
    }
    struct buffer whole = {0};
    struct query *query = check_book_splice(book, sql, NULL, &whole)
                              ? query_open(workbook, buffer_text(&whole), fault)
                              : NULL;
    buffer_free(&whole);
    check_book_free(book);
    if (query != NULL) {
        char today[DATE_TEXT_SIZE];
        workbook_print_today(workbook, today);
        query_bind_text(query, ":today", today);
    }
    return query;
}

struct query *words_query_open_file(struct workbook *workbook, const char *path,
                                    struct fault *fault) {
    const struct embedded_file *file = embedded_find(path);
    if (file == NULL) {
        fault_set(fault, FAULT_FAILED, "%s is missing from this build", path);
        return NULL;
    }
    return words_query_open(workbook, (const char *)file->bytes, fault);
}
