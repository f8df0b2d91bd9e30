/* Owns the reading of a row that was kept while an import was tried. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "panes/staging/staging.h"

static const char *behind(const char *text) {
    return text + strlen(text) + 1;
}

void staging_row_read(const struct scratch_row *kept, struct staging_row *row) {
    char *rest = NULL;
    *row = (struct staging_row){
        .number = kept->number,
        .verdict = (enum import_verdict)kept->kind,
        .bytes = memory_copy_bytes(kept->bytes, kept->len_bytes),
    };
    row->file = (int)strtol(row->bytes, &rest, 10);
    row->line = strtoll(rest, &rest, 10);
    row->column = (int)strtol(rest, &rest, 10);
    row->key = behind(row->bytes);
    row->title = behind(row->key);
    row->reason = behind(row->title);
    row->offer = behind(row->reason);
    row->changes = behind(row->offer);
    size_t texts = 0;
    for (const char *at = row->changes; at < row->bytes + kept->len_bytes; at = behind(at)) {
        texts++;
    }
    row->change_count = texts / 3;
}

void staging_row_free(struct staging_row *row) {
    free(row->bytes);
    *row = (struct staging_row){0};
}

static bool take_row(void *context, const struct scratch_row *kept) {
    staging_row_read(kept, context);
    return false;
}

bool staging_find(struct staging *staging, int64_t number, struct staging_row *row) {
    const struct scratch_request request = {.kind = SCRATCH_ANY_KIND, .from = number, .wanted = 1};
    const struct scratch_visitor visitor = {.visit = take_row, .context = row};
    struct fault fault = {0};
    *row = (struct staging_row){0};
    if (staging->rows == NULL || number == 0 ||
        !scratch_visit(staging->rows, &request, &visitor, &fault)) {
        fault_clear(&fault);
    }
    if (row->number != number) {
        staging_row_free(row);
    }
    return row->number == number && number != 0;
}

void staging_print_changes(const struct staging *staging, const struct staging_row *row,
                           struct buffer *out) {
    const char *arrow = palette_mark(app_terminal(staging->app), MARK_ARROW);
    const char *at = row->changes;
    for (size_t i = 0; i < row->change_count; i++) {
        const char *old_text = behind(at);
        const char *new_text = behind(old_text);
        buffer_addf(out, "%s%s %s %s %s", i > 0 ? "   " : "", at,
                    *old_text == '\0' ? "(empty)" : old_text, arrow,
                    *new_text == '\0' ? "(empty)" : new_text);
        at = behind(new_text);
    }
}
