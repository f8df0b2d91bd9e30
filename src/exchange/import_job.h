/* One import while it runs: what the files of this room that read, resolve, write and report share.
 * A job runs its files as often as it takes until no row is rejected that was not known to be
 * (import.c says why). */
#ifndef EXCHANGE_IMPORT_JOB_H
#define EXCHANGE_IMPORT_JOB_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "clause5/base/buffer.h"
#include "clause5/base/whole_set.h"
#include "clause5/exchange/csv_read.h"
#include "clause5/exchange/import.h"
#include "clause5/exchange/out_file.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"
#include "clause5/store/record.h"
#include "clause5/store/workbook.h"
#include "exchange/id_map.h"
#include "exchange/import_lookup.h"
#include "exchange/import_match.h"
#include "exchange/import_survey.h"

enum { IMPORT_PARTS_MOST = 3, IMPORT_NO_COLUMN = -1, IMPORT_FILES_MOST = REGISTER_COUNT };
enum { IMPORT_RENAMED_MOST = 5 }; /* records with another title that are told one by one */

struct import_file;
struct import_job;

/* What became of a row. */
enum import_result {
    IMPORT_FAILED = -1, /* the fault is filled and the import cannot go on */
    IMPORT_UNCHANGED,
    IMPORT_CHANGED,
    IMPORT_ADDED,
    IMPORT_REJECTED, /* the job's refusal says why */
    IMPORT_SKIPPED,  /* counted nowhere */
};

/* A column of a sheet that belongs to another register than its own. */
struct import_joined {
    const char *name;
    const char *synonyms; /* separated by ";"; NULL: the label and the words of its field */
    int part, field;
};

/* A kind of sheet: which registers its columns belong to, and how a row is taken. */
struct import_sheet {
    const char *name;
    enum register_id parts[IMPORT_PARTS_MOST]; /* the first is the register of the sheet */
    int part_count;
    const struct import_joined *joined;
    int joined_count;
    /* Called with the header; NULL: columns are matched to fields. */
    bool (*take_header)(struct import_job *job, struct import_file *file,
                        const struct csv_row *header);
    enum import_result (*take_row)(struct import_job *job, struct import_file *file,
                                   const struct csv_row *row);
};

extern const struct import_sheet import_sheet_policy, import_sheet_objective, import_sheet_raci;

/* Where a column goes; part IMPORT_NO_COLUMN: nowhere. */
struct import_column {
    int part, field;
};

struct import_file {
    char *shown; /* the name in messages, owned */
    int number;  /* its place in the job */
    const struct import_sheet *sheet;
    struct import_sheet plain; /* the sheet of a plain register */
    struct csv_reader *reader;
    bool is_ours;         /* written by this program: choices are read without people's synonyms */
    bool may_have_legend; /* rows that explain the table or sum it up are looked for */
    struct import_counts counts;
    char **names; /* the header's cells, owned */
    int name_count;
    int needed_count;       /* without columns at the end that have no name */
    bool has_nameless_text; /* in such a column, which was told */
    bool has_no_header;     /* the names are "column 1" and so on */
    struct out_file *rejects;
    bool has_rejects; /* they have their name */
    struct import_survey survey;
    struct import_column *columns; /* one per name, owned */
    int given_count;    /* columns behind those of the header, which the plan gives values for */
    const char **given; /* by column: the plan's value where the cell is empty; owned, or NULL */
    int column_of[IMPORT_PARTS_MOST][REGISTER_FIELDS_MOST];
    int64_t *role_of; /* raci: the role of each column, 0 where unknown; owned */
    /* Changes a cell before it is read, for the program's own data; NULL elsewhere. A row that then
     * lacks a required field, or repeats a key, is left out without a word. */
    void (*fill)(void *context, const struct field *field, const char *text, struct buffer *out);
    void *fill_context;
};

/* The fields of one row that belong to one register. */
struct import_part {
    struct value values[REGISTER_FIELDS_MOST];
    bool has[REGISTER_FIELDS_MOST]; /* the file has a column for it */
};

/* A row whose references to its own register wait until all rows are read. */
struct import_waiting {
    int file;
    int64_t line, id;
    enum import_result result; /* what was counted for it so far */
    int count;
    struct {
        int field;
        char *text; /* owned */
    } cells[4];
};

struct import_said {
    int file;
    int64_t line;
    enum import_message kind;
    char *text;   /* owned */
    size_t order; /* set when it is kept */
};

/* A row that turned out wrong only when all were read: rejected from the beginning the next time.
 */
struct import_late {
    int column;
    char *reason; /* owned */
};

struct import_job {
    struct workbook *workbook;
    const struct import_plan *plan;
    struct fault *fault;
    struct import_file files[IMPORT_FILES_MOST];
    int file_count;
    int64_t rows;
    int file_at_hand;
    int64_t line_at_hand;
    struct fault refusal; /* why the row at hand is rejected */
    int refusal_part;     /* the part that its field belongs to; columns below */
    int refusal_column;   /* the column it is about; IMPORT_NO_COLUMN: by its field, or none */
    struct import_lookup lookup;
    struct id_map lines[REGISTER_COUNT]; /* record id to import_place: which row it came from */
    bool is_careful;   /* lines are kept and rows taken one by one, however many there are */
    bool is_quick;     /* SEEN stands for lines */
    bool needs_care;   /* the run was given up: to be read anew with care */
    bool needs_survey; /* the run was given up: a column is to be seen as a whole first */
    struct whole_set seen[REGISTER_COUNT]; /* ids of records that a row has spoken of */
    struct import_match match;
    struct import_claim {
        enum register_id register_id;
        int64_t id;
    } * claims; /* records of the row at hand, which go into lines once it is taken */
    size_t claim_count, claim_capacity;
    struct import_waiting *waiting;
    size_t waiting_count, waiting_capacity;
    struct id_map late_at; /* import_place to index + 1 of late */
    struct import_late *late;
    size_t late_count, late_capacity;
    struct import_said *said;
    size_t said_count, said_capacity, refusal_count, note_count, renamed_count, overwritten_count;
    struct buffer more;    /* what else is wrong with the row at hand, each with its column */
    bool is_held;          /* the refusal at hand is one that a correction can lift */
    struct buffer changes; /* of the row at hand, for the observer: texts, each closed by a NUL */
    size_t change_count;
    const char *change_name;         /* said in place of the field's name; NULL: that */
    struct csv_row mended;           /* the row at hand with its corrections; cells owned */
    struct csv_row completed;        /* the row at hand with what is given; cells owned */
    bool is_folder, has_made_folder; /* of REGISTER.csv; and of their rejects */
    struct buffer stand_in_lines;    /* of versions: where the effective date stands in */
    int64_t stand_in_count;
    int stand_in_file;
};

/* A line of a file as one number, never 0. */
int64_t import_place(int file, int64_t line);
int import_place_file(int64_t place);
int64_t import_place_line(int64_t place);

/* Returns the sheet of that name that joins registers, or NULL. */
const struct import_sheet *import_find_sheet(const char *name);

/* import_run.c: the job's life. The plan, workbook and fault must outlive it. */
void import_job_begin(struct import_job *job, struct workbook *workbook,
                      const struct import_plan *plan, struct fault *fault);
void import_job_free(struct import_job *job);

/* Adds a file that READER reads, which the job then owns; NULL reader: false, with the fault that
 * csv_open filled, prefixed by the name. SHEET is a word that import_knows_sheet knows; ONLY_PLAIN
 * takes it as the register alone, and as a file of our own. */
struct import_input {
    const char *shown;
    const char *sheet;
    bool is_only_plain;
    struct csv_reader *reader;
};
struct import_file *import_job_add(struct import_job *job, const struct import_input *input);

/* Reads all files within the open batch: rows, what waits, and what must hold between rows. False
 * with the fault. Afterwards late_count tells how many rows turned out wrong at the end. */
bool import_job_run(struct import_job *job);

/* Forgets what the last run counted and said, but not which rows were late. */
bool import_job_restart(struct import_job *job);

/* import_header.c: matches the columns to the fields of the sheet and names those that fit none. */
bool import_take_header(struct import_job *job, struct import_file *file,
                        const struct csv_row *header);

/* How well a row would do as the header. */
struct import_score {
    int matched; /* cells that name a field, or are named by the plan */
    int texts;   /* cells that are not empty */
    bool has_key;
    bool has_numbers; /* the plan maps columns by their numbers */
};
void import_score_header(const struct import_job *job, struct import_file *file,
                         const struct csv_row *row, struct import_score *score);

/* Returns the column of that name, else of that number from 1, or IMPORT_NO_COLUMN. */
int import_find_column(const struct import_file *file, const char *column);

/* import_run.c: true where the row has a cell for each column, and no text beyond them. */
bool import_is_even(const struct import_file *file, const struct csv_row *row);

/* import_top.c: true where the row is no record, but explains the table, sums it up, or repeats its
 * header. */
bool import_is_legend(const struct import_file *file, const struct csv_row *row);

/* import_run.c: releases what a file holds. */
void import_file_free(struct import_file *file);

/* import_links.c: true where cells of the key may name several records. */
bool import_names_several(const struct import_file *file, const struct csv_row *row);

/* Takes such a row as one for each of them; where one is rejected, so is the row, and what the
 * others wrote is to be taken back. */
enum import_result import_take_several(struct import_job *job, struct import_file *file,
                                       const struct csv_row *row);

/* import_cell.c: reads the row's cells into the fields of a part. False: job->refusal says why, or
 * job->fault where reading failed. The caller frees with import_part_free. */
bool import_read_part(struct import_job *job, struct import_file *file, const struct csv_row *row,
                      int part, struct import_part *out);
void import_part_free(struct import_part *part);

/* Reads one cell for a field. False with FAULT, about no field. */
bool import_read_text(struct import_job *job, const struct import_file *file,
                      struct import_column at, const char *cell, struct value *value,
                      struct fault *fault);

/* Returns the cell's text as it is to be read, "" where no column has the field; valid until the
 * next call. */
const char *import_cell_text(struct import_job *job, struct import_file *file,
                             const struct csv_row *row, int column);

/* True where a field of the sheet's own register refers to that register itself. */
bool import_field_waits(const struct import_file *file, int part, int field);

/* import_write.c: one register's row, by key. */
enum import_result import_take_plain(struct import_job *job, struct import_file *file,
                                     const struct csv_row *row);
enum import_result import_write_own(struct import_job *job, struct import_file *file,
                                    const struct csv_row *row, struct import_part *part,
                                    int64_t *id);

/* registers.tsv, approved_on: where an imported file has none, the effective date stands in and the
 * import says so. STORED is the version as it was, all empty for a new one. Returns whether the
 * date was taken, which the caller then notes. */
bool import_date_approval(struct import_part *version, const struct record *stored);
void import_note_dated(struct import_job *job, int64_t line);

/* Stores the fields that the part has: over the record *ID, or where that is 0 as a new one, whose
 * id it then is. PART_NUMBER says whose columns a refusal is about. */
enum import_result import_store(struct import_job *job, int part_number,
                                enum register_id register_id, struct import_part *part,
                                int64_t *id);

/* Says that the record comes from the row at hand, if that is taken. */
void import_claim(struct import_job *job, enum register_id register_id, int64_t id);

/* import_quick.c: looks after each row that was taken whether the rest of the file can go a quicker
 * way. False with job->fault. */
bool import_quicken(struct import_job *job, struct import_file *file);

/* Ends what was quick when the file is read. False with job->fault, or with job->needs_care. */
bool import_end_quick(struct import_job *job);

/* Forgets which records were spoken of. */
void import_forget_seen(struct import_job *job);

/* Finds the row of this import that has spoken of the record. Where lines are no longer kept and
 * one has, it is false with job->needs_care. */
bool import_find_place(struct import_job *job, enum register_id register_id, int64_t id,
                       int64_t *place);

/* IMPORT_UNCHANGED where the row says what a record of the register says that no row has spoken of;
 * IMPORT_FAILED with job->needs_care where one has; else IMPORT_SKIPPED. */
enum import_result import_match_row(struct import_job *job, const struct import_file *file,
                                    const struct import_part *part);

/* Notes that a row speaks of the record as it is stored. False with job->fault, or with
 * job->needs_care where another one did. */
bool import_match_stored(struct import_job *job, enum register_id register_id, int64_t id);

/* import_waiting.c: keeps the row's references to its own register until all rows are read. */
struct import_written {
    int64_t id;
    enum import_result result;
};
void import_wait(struct import_job *job, struct import_file *file, const struct csv_row *row,
                 const struct import_written *written);

/* Resolves what waits, when all rows are read. False with job->fault. */
bool import_resolve_waiting(struct import_job *job);
void import_forget_waiting(struct import_job *job);

/* import_correct.c: returns the row as it is to be read: with its corrections, or itself. Valid
 * until the next call. */
const struct csv_row *import_correct(struct import_job *job, const struct import_file *file,
                                     const struct csv_row *row);

/* import_given.c: gives fields that no column has a column of their own, when the columns are
 * matched. */
void import_place_given(const struct import_job *job, struct import_file *file);

/* False with job->fault where a value cannot be given. */
bool import_check_given(struct import_job *job, const struct import_file *file);

/* Returns the row with what is given where it has nothing, or itself. Valid until the next call. */
const struct csv_row *import_give(struct import_job *job, const struct import_file *file,
                                  const struct csv_row *row);

/* True where the user lets the row at hand overwrite what is held. */
bool import_is_let_through(const struct import_job *job);

/* import_watch.c: tells the plan's observer, where it has one. */
void import_watch_begin(struct import_job *job);
void import_watch_file(struct import_job *job, const struct import_file *file, int64_t line);
bool import_watch_row(struct import_job *job, const struct import_file *file,
                      const struct csv_row *row, enum import_result result);
void import_watch_more(struct import_job *job, const struct import_file *file, int64_t line);

/* Notes a field of the row at hand that gets another value. */
void import_watch_change(struct import_job *job, const struct field *field,
                         const struct value *old_value, const struct value *new_value);
/* Notes the filled fields of a record that is new beside the one of the row; its references lead to
 * that. */
void import_watch_new(struct import_job *job, enum register_id register_id,
                      const struct import_part *part);
void import_watch_forget(struct import_job *job);

/* The column that the refusal at hand is about, or IMPORT_NO_COLUMN; and what it is called, or
 * NULL. */
int import_refused_column(const struct import_job *job, const struct import_file *file);
const char *import_refused_name(const struct import_job *job, const struct import_file *file);

/* import_finished.c: returns why the record is finished, such as "was approved", where the CHANGES
 * of the part overwrite what somebody finished, with the first such field; else NULL. */
const char *import_find_overwritten(const struct record *record, const struct import_part *part,
                                    const bool *changes, int *field);

/* import_report.c: refuses the row at hand. Always IMPORT_REJECTED. */
enum import_result import_reject(struct import_job *job, int column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Takes what fault was filled by a call about the row: a refusal rejects it, others end the import.
 */
enum import_result import_judge(struct import_job *job, int part, struct fault *fault);

/* Counts and tells the rejected row at hand, and puts it into the rejects file. */
bool import_tell_rejected(struct import_job *job, struct import_file *file,
                          const struct csv_row *row);

/* Warns that the row at hand overwrites what somebody finished; a few rows are named. */
void import_warn_overwritten(struct import_job *job, const char *what);

/* import_rejects.c: false with job->fault where the rejects would replace something. */
bool import_may_reject(const struct import_job *job);

/* Adds the row with its line and the reason to its file's rejects, where the plan wants them. */
bool import_keep_reject(struct import_job *job, struct import_file *file, const struct csv_row *row,
                        const char *reason);

/* Empties them, gives them their names, throws them away before that, or removes them after it. */
bool import_restart_rejects(struct import_job *job);
bool import_publish_rejects(struct import_job *job);
void import_abandon_rejects(struct import_job *job);
void import_remove_rejects(struct import_job *job);

/* Remembers that the row turned out wrong after all were read. FAULT is about a field of PART. */
void import_add_late(struct import_job *job, int64_t place, int part, const struct fault *fault);

/* Keeps a message until the end of the run; LINE 0: about the whole file. */
void import_keep_message(struct import_job *job, const struct import_said *said);
void import_note(struct import_job *job, const struct import_file *file, int64_t line,
                 const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Says what was kept, in the order of files and lines, and how many more there are; notes only
 * WITH_NOTES: they are of no use where nothing goes in. */
void import_say_kept(struct import_job *job, bool with_notes);
void import_forget_messages(struct import_job *job);

#endif
