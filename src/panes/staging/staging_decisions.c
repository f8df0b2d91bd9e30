/* Owns what the user decides about columns and single cells, and the cells themselves. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/exchange/csv_read.h"
#include "panes/staging/staging.h"

static void remove_map(struct staging *staging, size_t at) {
    free(staging->maps[at].column);
    free(staging->maps[at].field);
    staging->map_count--;
    memmove(&staging->maps[at], &staging->maps[at + 1],
            (staging->map_count - at) * sizeof *staging->maps);
}

void staging_map_column(struct staging *staging, const char *column, const char *field) {
    for (size_t i = staging->map_count; i > 0; i--) {
        const struct staging_map *map = &staging->maps[i - 1];
        bool is_same_field = *field != '\0' && text_compare_ascii_case(map->field, field) == 0;
        if (is_same_field || text_compare_ascii_case(map->column, column) == 0) {
            remove_map(staging, i - 1);
        }
    }
    staging->maps = memory_reserve(staging->maps, &staging->map_capacity, staging->map_count + 1,
                                   sizeof *staging->maps);
    staging->maps[staging->map_count++] =
        (struct staging_map){.column = memory_copy_text(column), .field = memory_copy_text(field)};
}

static size_t find_given(const struct staging *staging, const char *field) {
    size_t at = 0;
    while (at < staging->given_count && strcmp(staging->given[at].field, field) != 0) {
        at++;
    }
    return at;
}

const char *staging_given_text(const struct staging *staging, const char *field) {
    size_t at = find_given(staging, field);
    return at < staging->given_count ? staging->given[at].text : NULL;
}

void staging_give(struct staging *staging, const char *field, const char *text) {
    size_t at = find_given(staging, field);
    if (at < staging->given_count) {
        free(staging->given[at].field);
        free(staging->given[at].text);
        staging->given[at] = staging->given[--staging->given_count];
    }
    if (*text != '\0') {
        staging->given = memory_reserve(staging->given, &staging->given_capacity,
                                        staging->given_count + 1, sizeof *staging->given);
        staging->given[staging->given_count++] = (struct staging_given){
            .field = memory_copy_text(field), .text = memory_copy_text(text)};
    }
}

static int compare_corrections(const struct import_correction *a,
                               const struct import_correction *b) {
    if (a->file != b->file) {
        return a->file < b->file ? -1 : 1;
    }
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    return a->column < b->column ? -1 : a->column > b->column;
}

void staging_correct(struct staging *staging, const struct import_correction *correction) {
    size_t at = 0;
    for (size_t end = staging->correction_count; at < end;) {
        size_t middle = at + (end - at) / 2;
        bool is_before = compare_corrections(&staging->corrections[middle], correction) < 0;
        at = is_before ? middle + 1 : at;
        end = is_before ? end : middle;
    }
    char *text = memory_copy_text(correction->text);
    if (at < staging->correction_count &&
        compare_corrections(&staging->corrections[at], correction) == 0) {
        free((char *)staging->corrections[at].text);
        staging->corrections[at].text = text;
        return;
    }
    staging->corrections =
        memory_reserve(staging->corrections, &staging->correction_capacity,
                       staging->correction_count + 1, sizeof *staging->corrections);
    memmove(&staging->corrections[at + 1], &staging->corrections[at],
            (staging->correction_count - at) * sizeof *staging->corrections);
    staging->corrections[at] = *correction;
    staging->corrections[at].text = text;
    staging->correction_count++;
}

bool staging_withdraw(struct staging *staging, int file, int64_t line) {
    for (size_t i = staging->correction_count; i > 0; i--) {
        const struct import_correction *correction = &staging->corrections[i - 1];
        if (correction->file == file && correction->line == line) {
            free((char *)correction->text);
            staging->correction_count--;
            memmove(&staging->corrections[i - 1], &staging->corrections[i],
                    (staging->correction_count - (i - 1)) * sizeof *staging->corrections);
            return true;
        }
    }
    return false;
}

/* Returns what the user says of a cell, NULL where nothing; and the last column spoken of. */
static const char *find_correction(const struct staging *staging, int file, int64_t line,
                                   int column) {
    for (size_t i = 0; i < staging->correction_count; i++) {
        const struct import_correction *correction = &staging->corrections[i];
        if (correction->file == file && correction->line == line && correction->column == column) {
            return correction->text;
        }
    }
    return NULL;
}

static void visit_cells(const struct staging *staging, int file, const struct csv_row *row,
                        const struct staging_cell_visitor *visitor) {
    int count = row->cell_count > staging->column_count ? row->cell_count : staging->column_count;
    for (int column = 0; column < count; column++) {
        const struct staging_cell cell = {
            .column = column,
            .text = column < row->cell_count ? row->cells[column] : "",
            .corrected = find_correction(staging, file, row->line, column)};
        visitor->visit(visitor->context, &cell);
    }
}

bool staging_read_cells(struct staging *staging, int file, int64_t line,
                        const struct staging_cell_visitor *visitor, struct fault *fault) {
    const struct csv_source source = {.path = staging->shown[file]};
    const struct csv_format format = {.encoding = staging->encoding,
                                      .delimiter = staging->delimiter};
    struct csv_reader *reader = csv_open(&source, &format, fault);
    struct csv_row row = {0};
    int got = reader == NULL ? -1 : 1;
    while (got == 1 && row.line < line) {
        got = csv_next(reader, &row, fault);
    }
    if (got == 1 && row.line == line) {
        visit_cells(staging, file, &row, visitor);
    } else if (got >= 0) {
        fault_set(fault, FAULT_FAILED, "%s has no line %lld any more: import it again",
                  staging->shown[file], (long long)line);
        got = -1;
    }
    csv_close(reader);
    return got == 1;
}

int64_t staging_correct_alike(struct staging *staging, const struct import_correction *like,
                              const char *was, bool is_meant, struct fault *fault) {
    const struct csv_source source = {.path = staging->shown[like->file]};
    const struct csv_format format = {.encoding = staging->encoding,
                                      .delimiter = staging->delimiter};
    struct csv_reader *reader = csv_open(&source, &format, fault);
    struct csv_row row;
    int64_t count = 0;
    int got = reader == NULL ? -1 : 1;
    while (got == 1 && (got = csv_next(reader, &row, fault)) == 1) {
        bool is_alike = row.line > staging->found.header_line && row.line != like->line &&
                        row.broken == NULL && like->column < row.cell_count &&
                        strcmp(row.cells[like->column], was) == 0;
        count += is_alike;
        if (is_alike && is_meant) {
            struct import_correction correction = *like;
            correction.line = row.line;
            staging_correct(staging, &correction);
        }
    }
    csv_close(reader);
    return got < 0 ? -1 : count;
}
