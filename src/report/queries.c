/* Owns finding a query by its name; knows nothing of what is asked. */
#include "report/queries.h"

#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/base/date.h"
#include "clause5/base/embedded.h"

static const char heading[] = "-- query: ";

/* Returns where the text of the query begins, behind its heading, and its length in *LEN_BYTES;
 * NULL where the file has none of that name. */
static const char *find_query(const char *text, const char *name, size_t *len_bytes) {
    const char *at = strstr(text, heading);
    while (at != NULL) {
        at += strlen(heading);
        const char *next = strstr(at, heading);
        size_t length = strcspn(at, "\n");
        if (length == strlen(name) && memcmp(at, name, length) == 0) {
            at += length;
            *len_bytes = next != NULL ? (size_t)(next - at) : strlen(at);
            return at;
        }
        at = next;
    }
    return NULL;
}

/* Appends the text of the query NAME of the embedded FILE. */
static bool add_query(struct buffer *sql, const char *file, const char *name, struct fault *fault) {
    const struct embedded_file *queries = embedded_find(file);
    size_t len_bytes = 0;
    const char *text =
        queries != NULL ? find_query((const char *)queries->bytes, name, &len_bytes) : NULL;
    if (text == NULL) {
        return fault_set(fault, FAULT_FAILED, "the query %s is missing from this build", name);
    }
    buffer_append(sql, text, len_bytes);
    return true;
}

struct query *queries_open(struct workbook *workbook, const char *file, const char *name,
                           struct fault *fault) {
    const struct embedded_file *prelude = embedded_find("report/prelude.sql");
    struct buffer sql = {0};
    struct query *query = NULL;
    char today[DATE_TEXT_SIZE];
    buffer_add(&sql, prelude != NULL ? (const char *)prelude->bytes : "");
    if (add_query(&sql, file, name, fault)) {
        query = query_open(workbook, buffer_text(&sql), fault);
    }
    buffer_free(&sql);
    if (query == NULL) {
        fault_prefix(fault, "the query %s", name);
        return NULL;
    }
    workbook_print_today(workbook, today);
    query_bind_text(query, ":today", today);
    return query;
}

struct query *queries_open_known(struct check_run *run, const char *file, const char *name,
                                 struct fault *fault) {
    struct buffer sql = {0};
    struct query *query = NULL;
    if (add_query(&sql, file, name, fault)) {
        query = check_run_query(run, buffer_text(&sql), fault);
    }
    buffer_free(&sql);
    if (query == NULL) {
        fault_prefix(fault, "the query %s", name);
    }
    return query;
}
