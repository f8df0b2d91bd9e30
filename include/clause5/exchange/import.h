/* Taking CSV into a workbook, by key, in one named batch, or refusing it with the line and the
 * reason. */
#ifndef CLAUSE5_EXCHANGE_IMPORT_H
#define CLAUSE5_EXCHANGE_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/exchange/csv_read.h"
#include "clause5/exchange/import_observer.h"
#include "clause5/register/register.h"
#include "clause5/store/mapping.h"
#include "clause5/store/workbook.h"

struct import_found;

enum { IMPORT_MESSAGES_MOST = 50 }; /* more rejected rows, or notes, are counted, not shown */

/* The order of day, month and year in cells that are not YYYY-MM-DD. */
enum import_dates { IMPORT_DATES_ISO, IMPORT_DATES_DMY, IMPORT_DATES_MDY, IMPORT_DATES_YMD };

/* The sign before the fraction, in numbers that can be read in two ways. */
enum import_decimal { IMPORT_DECIMAL_FOUND, IMPORT_DECIMAL_POINT, IMPORT_DECIMAL_COMMA };

/* Where the header is, other than a physical line. */
enum { IMPORT_HEADER_FOUND = 0, IMPORT_NO_HEADER = -1 };

/* "This column holds that field." An empty field leaves the column out without a warning. */
struct import_map {
    const char *column; /* as the header has it, without regard to case; else its number from 1 */
    const char *field;  /* the name of a field, or of a joined column of the sheet */
};

/* "Where the file has nothing for this field, it is that": in a row whose cell is empty, or in all
 * rows where no column has the field. */
struct import_given {
    const char *field; /* its name, or that of a joined column of the sheet */
    const char *text;
};

/* "This column is written so": wins over what the plan says of all columns, and over what was found
 * out. */
struct import_reading {
    const char *column; /* as in struct import_map */
    enum import_dates dates;
    enum import_decimal decimal;
};

/* What is said while an import runs. */
enum import_message {
    IMPORT_WARNING, /* something is left out or taken otherwise than written */
    IMPORT_REFUSAL, /* a row that is rejected, and why */
    IMPORT_NOTE,    /* something was made or filled in beside the rows */
};

struct import_progress {
    int64_t rows;      /* read so far */
    const char *sheet; /* which register they are of */
};

struct import_plan {
    const char *sheet; /* a register's name, or "raci" */
    const char *path;  /* the CSV file, "-" for standard input; for import_folder the folder */
    struct csv_format format;
    int64_t header_line; /* a physical line, IMPORT_HEADER_FOUND or IMPORT_NO_HEADER */
    enum import_dates dates;
    enum import_decimal decimal;
    const struct import_reading *readings;
    int reading_count;
    const struct import_map *maps;
    int map_count;
    const struct import_given *given; /* a field comes once; not for a matrix */
    int given_count;
    bool creates_missing;     /* persons, roles, courses, obligations, activities that are named */
    bool is_exact;            /* leading apostrophes are part of the text */
    bool is_dry_run;          /* everything but storing */
    const char *rejects_path; /* where rejected rows go, so that the others can go in; NULL: none */
    bool takes_good_rows;     /* without a rejects file as well: the rejected ones stay out */
    bool keeps_rejects;       /* of a trial: writes the rejects file, and nothing else */
    /* Rejects rows that would overwrite a finished assessment or a version that was approved,
     * unless a correction lets them through; otherwise they are warned of. */
    bool holds_finished;
    const struct import_correction *corrections; /* by file, line and column, each once */
    size_t correction_count;
    const struct import_observer *observer; /* NULL: none */
    const struct mapping *remembers;        /* is kept with what is stored; NULL: nothing */
    /* Called with each message, a whole line without its end; may be NULL. */
    void (*say)(void *context, enum import_message kind, const char *text);
    /* Called once a file with what was found out about it, before its rows are taken, and again
     * where a later row has shown more; may be NULL. FOUND is gone afterwards. */
    void (*found)(void *context, const struct import_found *found);
    /* Called now and then; true stops the import and leaves the workbook as it was. May be NULL. */
    bool (*should_stop)(void *context, const struct import_progress *progress);
    void *context;
};

struct import_counts {
    int64_t added, changed, unchanged, rejected;
};

/* The counts of an import. Of import_folder also those of each register that had a file. */
struct import_outcome {
    struct import_counts total;
    struct import_counts of[REGISTER_COUNT];
    bool has_file[REGISTER_COUNT];
};

/* True where the word names a register or one of the sheets that join registers. */
bool import_knows_sheet(const char *sheet);

/* Imports one file. Rows are matched by key: a row whose key exists changes the fields that the
 * file has, a new row needs every required field (contract.md, Import and export). Without a
 * rejects file one rejected row means that nothing is imported; the counts then are 0 but for the
 * rejected. True where it ran, rejected rows or not; false with the fault where it could not, or
 * was stopped. */
bool import_file(struct workbook *workbook, const struct import_plan *plan,
                 struct import_outcome *outcome, struct fault *fault);

/* Imports every REGISTER.csv of a folder in the order that references need, as one batch. The
 * plan's sheet, maps, readings and given values are not looked at; its rejects_path is a folder to
 * be made, which gets a REGISTER.csv for each register with rejected rows. */
bool import_folder(struct workbook *workbook, const struct import_plan *plan,
                   struct import_outcome *outcome, struct fault *fault);

#endif
