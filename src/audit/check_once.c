/* Owns the words that are worked out once for a whole look at a workbook: many checks name them,
 * they have few rows, and what they rest on is much. Their rows are kept as JSON, so that the
 * workbook is only read, and bound to the queries that name them. */
#include <stdlib.h>
#include <string.h>

#include "audit/check_run_inside.h"
#include "clause5/base/memory.h"

/* Returns the columns of a word without their brackets; the caller frees. */
static char *copy_columns(const struct check_word *word) {
    return memory_copy_bytes(word->columns + 1, strlen(word->columns) - 2);
}

/* Returns all rows of the word as one JSON text; NULL with the fault. The caller frees. */
static char *work_out(struct check_run *run, const struct check_word *word, struct fault *fault) {
    struct buffer sql = {0};
    char *rows = NULL;
    char *columns = copy_columns(word);
    buffer_addf(&sql, "SELECT json_group_array(json_array(%s))\nFROM (SELECT %s FROM (%s))",
                columns, columns, word->sql);
    struct query *query = check_run_query(run, buffer_text(&sql), fault);
    if (query != NULL && query_step(query, fault) > 0) {
        rows = memory_copy_text(query_text(query, 0));
    }
    query_close(query);
    buffer_free(&sql);
    free(columns);
    return rows;
}

/* Returns the query that reads the rows from the parameter of the word's name; the caller frees. */
static char *write_reading(const struct check_word *word) {
    struct buffer sql = {0};
    int column = 0;
    buffer_add(&sql, "SELECT");
    for (const char *at = word->columns; at != NULL; at = strchr(at + 1, ',')) {
        buffer_addf(&sql, "%s json_extract(value, '$[%d]')", column > 0 ? "," : "", column);
        column++;
    }
    buffer_addf(&sql, "\nFROM json_each(:%s)\n", word->name);
    return buffer_take(&sql);
}

const char *check_once_give(struct check_run *run, size_t word, struct fault *fault) {
    struct once *once = &run->once[word];
    if (once->rows == NULL) {
        once->rows = work_out(run, &run->book->words[word], fault);
    }
    if (once->rows != NULL && once->sql == NULL) {
        once->sql = write_reading(&run->book->words[word]);
    }
    return once->sql;
}

void check_once_bind(const struct check_run *run, struct query *query) {
    struct buffer name = {0};
    for (size_t i = 0; i < run->book->word_count; i++) {
        if (run->once[i].rows != NULL) {
            buffer_clear(&name);
            buffer_addf(&name, ":%s", run->book->words[i].name);
            query_bind_text(query, buffer_text(&name), run->once[i].rows);
        }
    }
    buffer_free(&name);
}

void check_once_free(struct check_run *run) {
    for (size_t i = 0; i < run->book->word_count; i++) {
        free(run->once[i].rows);
        free(run->once[i].sql);
    }
    free(run->once);
}
