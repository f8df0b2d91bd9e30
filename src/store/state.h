/* What an open workbook is inside. Only the files of this room see it; each part belongs to the
 * file named beside it. */
#ifndef CLAUSE5_STORE_STATE_H
#define CLAUSE5_STORE_STATE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/base/clock.h"
#include "clause5/base/whole_set.h"
#include "clause5/register/register.h"
#include "clause5/store/history.h"
#include "clause5/store/workbook.h"
#include "store/digest.h"
#include "store/lock.h"
#include "store/row_block.h"

enum { STATEMENTS_KEPT = 128 };

/* A statement kept by its text (database.c). */
struct kept_statement {
    char *sql;
    uint64_t hash;
    uint64_t used; /* when it was last asked for, in calls */
    sqlite3_stmt *statement;
};

/* The statements that every register has (row.c). */
enum row_statement { ROW_SELECT, ROW_INSERT, ROW_INSERT_TOGETHER, ROW_DELETE, ROW_STATEMENTS };

/* Ids that were inserted one behind the other; empty where first is 0 (touched.c). */
struct id_range {
    int64_t first, last;
};

/* What a batch knows that a point within it must bring back (batch.c, touched.c). */
struct batch_progress {
    struct content content;
    struct id_range newest[REGISTER_COUNT]; /* not yet in c5_touched */
    int64_t next_id[REGISTER_COUNT];        /* 0: none drawn yet in this batch */
    bool has_touched[REGISTER_COUNT];
};

/* Where many records of one register go in at once (bulk.c). */
struct bulk {
    bool is_open;
    bool is_sparing;   /* of page memory */
    bool is_unchecked; /* SQLite looks after no references */
    enum register_id register_id;
    struct row_block *rows;                       /* inserted and not yet written */
    struct whole_set known[REGISTER_FIELDS_MOST]; /* ids that references lead to, by field */
};

/* The open batch (batch.c). */
struct batch {
    bool is_open;
    bool is_broken; /* a write failed half-way: only abandoning is left */
    enum batch_kind kind;
    int64_t undoes;       /* the batch that an undo or redo takes back, else 0 */
    struct digest merged; /* of a merge: the newest batch of the other copy */
    bool keeps_empty;     /* written even where it changed nothing: a merge, or one taken back */
    char *label;
    struct batch_progress progress;
    struct bulk bulk;
    struct batch_progress *points;
    size_t point_count, point_capacity;
};

/* The day that is looked at instead of the present (look.c). */
struct past {
    bool is_shown;
    int64_t batch; /* the newest that counts */
    struct clock present;
    bool is_touched[REGISTER_COUNT]; /* by later batches: a TEMP view hides the table */
};

struct workbook {
    char *path; /* as messages name it */
    char *file; /* resolved; what SQLite has open */
    enum workbook_mode mode;
    bool is_new; /* made by workbook_create and not yet published */
    struct clock clock;
    char *actor;
    uint64_t revision;
    int64_t highest_id; /* of all ids that this process drew */
    struct lock lock;
    sqlite3 *database;
    sqlite3_stmt *standing; /* keeps the read transaction of a writer */
    sqlite3_stmt *rolling_back;
    struct kept_statement kept[STATEMENTS_KEPT];
    uint64_t kept_calls;
    sqlite3_stmt *rows[REGISTER_COUNT][ROW_STATEMENTS];
    struct batch batch;
    struct past past;
    struct buffer scratch; /* for the bytes under a digest */
    bool (*should_stop)(void *context);
    void *stop_context;
};

#endif
