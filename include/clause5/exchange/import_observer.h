/* What an import would do, row by row, told by the code that does it: a trial (a plan with
 * is_dry_run) with an observer is the list that the user decides on. */
#ifndef CLAUSE5_EXCHANGE_IMPORT_OBSERVER_H
#define CLAUSE5_EXCHANGE_IMPORT_OBSERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/register/register.h"

enum { IMPORT_NOT_IMPORTED = -1 }; /* no column, or a column that goes nowhere */

/* What becomes of a row. */
enum import_verdict {
    IMPORT_VERDICT_NEW,
    IMPORT_VERDICT_CHANGED,
    IMPORT_VERDICT_UNCHANGED,
    IMPORT_VERDICT_REJECTED,
    IMPORT_VERDICT_HELD, /* rejected because it overwrites what the plan's holds_finished keeps */
    IMPORT_VERDICTS,
};

/* A column of the file and where it goes. */
struct import_column_seen {
    const char *name;  /* as the header has it, trimmed; may be "" */
    const char *field; /* the name of the field or joined column; NULL: not imported */
    bool is_role;      /* a column of the matrix: FIELD is the role that it is read as */
};

/* A file whose header was read. All texts are valid until the call returns. */
struct import_file_seen {
    int number; /* its place in the import, from 0 */
    const char *shown, *sheet;
    const char *encoding;
    char delimiter;
    int64_t header_line;
    const struct import_column_seen *columns;
    int column_count;
};

/* A field of a record that is there and gets another value. Texts are as people read them, "" where
 * empty. */
struct import_change_seen {
    const char *field; /* its name */
    const char *old_text, *new_text;
};

/* A row with what becomes of it. All texts are valid until the call returns, and never NULL. */
struct import_row_seen {
    int file;
    int64_t line;
    enum import_verdict verdict;
    const char *key;   /* the cells of the key's columns, joined with "/" */
    const char *title; /* the cell of the column that names the record, "" where there is none */
    const struct import_change_seen *changes;
    size_t change_count;
    int column;         /* that the reason is about; IMPORT_NOT_IMPORTED: none */
    const char *reason; /* of a rejected or held row, with the column's name in front */
    const char *offer;  /* what that column's cell could be corrected to; "" where nothing is */
};

struct import_observer {
    void *context;

    /* The files are read (again): what was told before is void. */
    void (*begin)(void *context);

    /* A header was read. It is told even where the import then cannot go on, because no column
     * holds the key. */
    void (*see_file)(void *context, const struct import_file_seen *file);

    /* A row was judged. False ends the import as should_stop does. */
    bool (*see_row)(void *context, const struct import_row_seen *row);

    /* A row that was told as unchanged is changed, or a changed one more so, now that what it
     * refers to is known: the changes come on top. */
    void (*see_more)(void *context, const struct import_row_seen *row);
};

/* A cell that is read as if the file had another text there; the file itself is never written. With
 * IMPORT_NOT_IMPORTED for a column it lets the row overwrite what is held. */
struct import_correction {
    int file;
    int64_t line; /* on which the row begins */
    int column;
    const char *text;
};

/* What a column of a sheet can be mapped to. Returns how many, at most MOST of which are written.
 * Of raci 0: its columns are roles. */
struct import_target {
    const char *name;
    const char *label;
};
size_t import_list_targets(const char *sheet, struct import_target *targets, size_t most);

/* Returns the register or sheet whose columns the file's header fits best: SHOWN (may be NULL)
 * where that fits as well as any, then what the file is named after. NULL where the file cannot be
 * read or nothing fits. Static. */
const char *import_propose_sheet(const char *path, const char *shown);

#endif
