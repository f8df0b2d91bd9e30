/* Owns rows that stand for several: a cell of a key that names more than one record, as in a policy
 * with its obligations "OB-1; OB-2", is a row for each of them. All of these are taken, or none. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/rules/edit.h"
#include "clause5/store/batch.h"
#include "exchange/guess.h"
#include "exchange/import_job.h"

enum { LINKING_PARTS = 2, ROWS_MOST = 1000 };

/* The parts of one cell. */
struct several {
    int column;
    char **texts; /* owned, each of them too */
    size_t count, capacity;
};

static bool is_link(const struct field *field) {
    return field->type == FIELD_REFERENCE || field->type == FIELD_RECORD;
}

/* True for registers whose rows do no more than bring records together. */
static bool is_linking(const struct register_description *own) {
    int links = 0;
    for (int i = 0; i < own->key_count; i++) {
        links += is_link(&own->fields[own->key[i]]);
    }
    return links >= LINKING_PARTS;
}

/* Returns what divides the cell: people's names hold commas, and so do titles. */
static const char *separators_of(const struct field *field, const char *text) {
    if (strpbrk(text, ";\n") != NULL) {
        return ";\n";
    }
    bool has_names = field->type == FIELD_REFERENCE && field->target == REGISTER_PERSON;
    return strchr(text, ',') != NULL && !has_names ? "," : NULL;
}

static void free_several(struct several *several) {
    for (size_t i = 0; i < several->count; i++) {
        free(several->texts[i]);
    }
    free(several->texts);
    *several = (struct several){0};
}

static bool holds(const struct several *several, const char *text) {
    for (size_t i = 0; i < several->count; i++) {
        if (strcmp(several->texts[i], text) == 0) {
            return true;
        }
    }
    return false;
}

static void divide(const char *text, const char *separators, struct several *several) {
    while (*text != '\0') {
        size_t len = strcspn(text, separators);
        char *raw = memory_copy_bytes(text, len);
        char *part = text_trim(raw);
        free(raw);
        if (*part == '\0' || holds(several, part)) {
            free(part);
        } else {
            several->texts = memory_reserve(several->texts, &several->capacity, several->count + 1,
                                            sizeof *several->texts);
            several->texts[several->count++] = part;
        }
        text += len;
        text += *text != '\0';
    }
}

static bool are_refs(const struct several *several) {
    for (size_t i = 0; i < several->count; i++) {
        if (!guess_is_ref(several->texts[i])) {
            return false;
        }
    }
    return true;
}

/* Finds the record that the whole cell names; it then stands for itself. */
static enum lookup find_whole(struct import_job *job, const struct import_file *file,
                              const struct csv_row *row, const struct field *field,
                              const char *text) {
    int64_t id;
    struct fault fault = {0};
    enum lookup found = LOOKUP_NONE;
    if (field->type == FIELD_REFERENCE) {
        found = edit_find_reference(job->workbook, field, text, &id, &fault);
    } else {
        const struct register_description *own = register_describe(file->sheet->parts[0]);
        for (int i = 0; i < own->field_count; i++) {
            int column = file->column_of[0][i];
            if (own->fields[i].type == FIELD_REGISTER && column != IMPORT_NO_COLUMN &&
                column < row->cell_count && register_find(row->cells[column]) != REGISTER_NONE) {
                found = record_find_key(job->workbook, register_find(row->cells[column]), text, &id,
                                        &fault);
            }
        }
    }
    fault_clear(&fault);
    return found;
}

/* Divides the cell of a part of the key; leaves SEVERAL empty where it names one record. */
static void look_at_cell(struct import_job *job, const struct import_file *file,
                         const struct csv_row *row, int part, struct several *several) {
    const struct register_description *own = register_describe(file->sheet->parts[0]);
    const struct field *field = &own->fields[own->key[part]];
    int column = file->column_of[0][own->key[part]];
    if (!is_link(field) || column == IMPORT_NO_COLUMN || column >= row->cell_count) {
        return;
    }
    const char *text = row->cells[column];
    const char *separators = separators_of(field, text);
    if (separators == NULL || find_whole(job, file, row, field, text) == LOOKUP_FOUND) {
        return;
    }
    several->column = column;
    divide(text, separators, several);
    if (several->count < 2 || (*separators == ',' && !are_refs(several))) {
        free_several(several);
    }
}

bool import_names_several(const struct import_file *file, const struct csv_row *row) {
    const struct register_description *own = register_describe(file->sheet->parts[0]);
    if (file->is_ours || file->sheet != &file->plain || !is_linking(own)) {
        return false;
    }
    for (int i = 0; i < own->key_count; i++) {
        int column = file->column_of[0][own->key[i]];
        if (is_link(&own->fields[own->key[i]]) && column != IMPORT_NO_COLUMN &&
            column < row->cell_count && strpbrk(row->cells[column], ";,\n") != NULL) {
            return true;
        }
    }
    return false;
}

static void count_taken(struct import_counts *counts, enum import_result result) {
    counts->added += result == IMPORT_ADDED;
    counts->changed += result == IMPORT_CHANGED;
    counts->unchanged += result == IMPORT_UNCHANGED;
}

/* Puts the NUMBERth combination of the parts into the cells. */
static void combine(const struct several *all, int count, size_t number, char **cells) {
    for (int i = 0; i < count; i++) {
        if (all[i].count > 0) {
            cells[all[i].column] = all[i].texts[number % all[i].count];
            number /= all[i].count;
        }
    }
}

/* Takes a row for each combination. What the row as a whole is counted as is returned; the others
 * are counted here. */
static enum import_result take_each(struct import_job *job, struct import_file *file,
                                    const struct csv_row *row, const struct several *all, int count,
                                    size_t rows) {
    struct import_counts counts = {0};
    enum import_result whole = IMPORT_UNCHANGED, result = IMPORT_UNCHANGED;
    char **cells = memory_zero((size_t)row->cell_count + 1, sizeof *cells);
    struct csv_row single = *row;
    single.cells = cells;
    for (size_t i = 0; i < rows && result != IMPORT_REJECTED && result != IMPORT_FAILED; i++) {
        for (int cell = 0; cell < row->cell_count; cell++) {
            cells[cell] = row->cells[cell];
        }
        combine(all, count, i, cells);
        result = import_take_plain(job, file, &single);
        if (i > 0) {
            count_taken(&counts, result > whole ? whole : result);
        }
        whole = result > whole ? result : whole;
    }
    free(cells);
    if (result == IMPORT_REJECTED || result == IMPORT_FAILED) {
        return result;
    }
    file->counts.added += counts.added;
    file->counts.changed += counts.changed;
    file->counts.unchanged += counts.unchanged;
    return whole;
}

enum import_result import_take_several(struct import_job *job, struct import_file *file,
                                       const struct csv_row *row) {
    struct several all[REGISTER_KEY_PARTS_MOST] = {0};
    const struct register_description *own = register_describe(file->sheet->parts[0]);
    size_t rows = 1;
    for (int i = 0; i < own->key_count; i++) {
        look_at_cell(job, file, row, i, &all[i]);
        rows *= all[i].count == 0 ? 1 : all[i].count;
        rows = rows > ROWS_MOST ? ROWS_MOST + 1 : rows;
    }
    enum import_result result =
        rows > ROWS_MOST
            ? import_reject(job, IMPORT_NO_COLUMN,
                            "the row stands for more than %d records (divide it)", ROWS_MOST)
            : take_each(job, file, row, all, own->key_count, rows);
    for (int i = 0; i < own->key_count; i++) {
        free_several(&all[i]);
    }
    return result;
}
