/* An import before it is stored: which file is read how, what the user decided, and what the trial
 * told of each row. The list, the page of one row and the page of the columns show the same one. */
#ifndef CLAUSE5_PANES_STAGING_H
#define CLAUSE5_PANES_STAGING_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "clause5/base/buffer.h"
#include "clause5/exchange/import.h"
#include "clause5/exchange/import_found.h"
#include "clause5/screen/progress.h"
#include "clause5/store/scratch.h"
#include "panes/frame/app.h"

/* A column of the file as the last trial saw it. Texts owned. */
struct staging_column {
    char *name;
    char *field; /* NULL: not imported */
};

/* What the user says of a column; an empty field leaves it out. Texts owned. */
struct staging_map {
    char *column, *field;
};

/* A value for all rows in which the file has nothing for the field. Texts owned. */
struct staging_given {
    char *field, *text;
};

/* How the file is read. A zeroed one finds everything out. */
struct staging_reading {
    char *encoding;      /* owned; NULL: found out */
    char delimiter;      /* 0: found out */
    int64_t header_line; /* IMPORT_HEADER_FOUND: found out */
    enum import_dates dates;
    enum import_decimal decimal;
    bool creates_missing;
};

/* What was found out about the only file. */
struct staging_found {
    enum csv_line_ends line_ends;
    int64_t header_line, passed_lines;
    struct buffer columns; /* what dates and numbers of columns are read as, separated by " · " */
    int asked_dates;       /* columns of which nobody can say whether day or month stands first */
    int asked_decimals;    /* columns of which nobody can say what the sign before a fraction is */
};

struct staging {
    struct app *app;
    char *path, *sheet; /* owned; the sheet is "all" for a folder */
    bool is_folder;
    struct staging_reading reading;
    struct staging_map *maps;
    size_t map_count, map_capacity;
    struct staging_given *given;
    size_t given_count, given_capacity;
    bool is_mapping_remembered;            /* the choices came from the workbook */
    struct import_correction *corrections; /* in order; texts owned */
    size_t correction_count, correction_capacity;

    /* What the last trial told. */
    int64_t size_bytes; /* of the file, when it was tried */
    struct timespec changed_at;
    char **shown; /* the files by number, owned */
    int file_count;
    char *encoding;
    char delimiter;
    struct staging_found found;
    struct staging_column *columns; /* of the only file */
    int column_count;
    struct scratch *rows; /* their kinds are verdicts */
    struct import_outcome outcome;
    unsigned trials;    /* so far, so that a page sees that it shows an older one */
    bool is_tried;      /* the trial came to its end */
    struct fault fault; /* why it did not */
    struct buffer said; /* notes and warnings, a line each */
    size_t said_count;

    /* While it is tried. */
    struct progress progress;
    bool is_seen_amiss; /* rows cannot be kept: FAULT says why */
};

/* Makes one for a file or folder at PATH; nothing is read yet. Free with staging_free. */
struct staging *staging_new(struct app *app, const char *path, const char *sheet);
void staging_free(struct staging *staging);

/* Reads the file and tries the import. True where it came to its end; else staging->fault says why,
 * and what was found out about the file so far stands. */
bool staging_try(struct staging *staging);

/* Imports what the trial showed as good, as one batch. */
bool staging_store(struct staging *staging, struct import_outcome *outcome, struct fault *fault);

/* Writes the rejected rows to PATH, and nothing else. */
bool staging_write_rejects(struct staging *staging, const char *path, struct fault *fault);

/* staging_found.c: keeps what was found out; for the plan of a trial. */
void staging_take_found(void *context, const struct import_found *found);

/* Appends a message of the import with the screen's keys in place of the command's options. */
void staging_print_message(const char *text, struct buffer *out);

/* Appends how a header is remembered by: its names joined. */
void staging_print_header(char *const *names, size_t count, struct buffer *out);

/* Takes the choices that the workbook remembers for that header and the sheet; false where there
 * are none. */
bool staging_remember(struct staging *staging, const char *header);

/* As staging_remember with the header that the last trial saw. */
bool staging_remember_seen(struct staging *staging);

/* Says in MAPPING what is to be remembered; false where nothing was chosen by hand. Free with
 * mapping_free. */
bool staging_print_mapping(const struct staging *staging, struct mapping *mapping);

/* Decides that a column goes to FIELD ("": nowhere). Another column that was mapped to it by hand
 * goes by its name again. */
void staging_map_column(struct staging *staging, const char *column, const char *field);

/* Decides that a field is TEXT wherever the file has nothing for it; "" takes that back. */
void staging_give(struct staging *staging, const char *field, const char *text);

/* Returns what is given for a field, NULL where nothing is. */
const char *staging_given_text(const struct staging *staging, const char *field);

/* Finds the other rows of a file whose cell in that column is WAS, and where IS_MEANT reads them as
 * the correction says. Returns how many, -1 with the fault. */
int64_t staging_correct_alike(struct staging *staging, const struct import_correction *like,
                              const char *was, bool is_meant, struct fault *fault);

/* Decides that a cell is read as TEXT; column IMPORT_NOT_IMPORTED lets the row overwrite. */
void staging_correct(struct staging *staging, const struct import_correction *correction);

/* Takes the correction with the greatest place among those of a line back; false where there is
 * none. */
bool staging_withdraw(struct staging *staging, int file, int64_t line);

/* One row as the trial told it. The texts lie in bytes, owned. */
struct staging_row {
    int64_t number;
    enum import_verdict verdict;
    int file, column;
    int64_t line;
    const char *key, *title, *reason, *offer;
    const char *changes; /* field, old and new, each closed by a NUL */
    size_t change_count;
    char *bytes;
};

/* Reads a kept row; free with staging_row_free. */
void staging_row_read(const struct scratch_row *kept, struct staging_row *row);
void staging_row_free(struct staging_row *row);

/* Finds the row of that number; false where there is none. */
bool staging_find(struct staging *staging, int64_t number, struct staging_row *row);

/* Appends the changes as "version 1.9 → 2.0   owner ISO → CEO". */
void staging_print_changes(const struct staging *staging, const struct staging_row *row,
                           struct buffer *out);

/* Appends "12 new, 3 changed, 0 unchanged, 1 rejected". */
void staging_print_counts(const struct import_counts *counts, struct buffer *out);

/* Reads the cells of the record that begins on LINE of a file; VISIT is called with each, and with
 * what the user says of it, NULL where nothing. False with the fault. */
struct staging_cell {
    int column;
    const char *text, *corrected;
};
struct staging_cell_visitor {
    void (*visit)(void *context, const struct staging_cell *cell);
    void *context;
};
bool staging_read_cells(struct staging *staging, int file, int64_t line,
                        const struct staging_cell_visitor *visitor, struct fault *fault);

#endif
