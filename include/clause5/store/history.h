/* The history: what every batch did, taken back and done again, and chained so that it shows
 * tampering. */
#ifndef CLAUSE5_STORE_HISTORY_H
#define CLAUSE5_STORE_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/base/date.h"
#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"
#include "clause5/store/workbook.h"

enum { HISTORY_HEAD_SIZE = 65 }; /* bytes of 64 hex digits with their NUL */

/* What a batch is. */
enum batch_kind {
    BATCH_EDIT,
    BATCH_UNDO,
    BATCH_REDO,
    BATCH_MERGE,
    BATCH_FOUNDING /* cannot be undone */
};

/* Takes the newest batch that still stands back, in a batch of its own. *LABEL becomes that batch's
 * label, to be freed with free; NULL where there is nothing to take back (true, without a fault).
 * Works across restarts. */
bool history_undo(struct workbook *workbook, char **label, struct fault *fault);

/* Does the last undone batch again; NULL label where there is none, as after any new edit. */
bool history_redo(struct workbook *workbook, char **label, struct fault *fault);

/* Takes back one given batch; refused with the record and the later batch that stands on it. */
bool history_undo_batch(struct workbook *workbook, int64_t batch, struct fault *fault);

/* Makes the open batch the founding one: history_undo never takes it back. */
void history_mark_founding(struct workbook *workbook);

/* Writes the hash of the newest batch as hex digits; all zeroes in a workbook without history. */
bool history_head(struct workbook *workbook, char head[HISTORY_HEAD_SIZE], struct fault *fault);

struct history_batch {
    int64_t number; /* 1 is the first */
    enum batch_kind kind;
    const char *time; /* UTC, ISO 8601 with Z and milliseconds */
    const char *actor;
    const char *label;
    const char *clock_set; /* the set day where CLAUSE5_TODAY was in force, else NULL */
    int64_t records;       /* how many it touched */
    bool is_undone;        /* a later batch took it back */
};

/* Sets the day that a batch counts under: the set one, else the local day of its time
 * (contract.md, Time). False where its time is no such thing. */
bool history_batch_day(const struct history_batch *batch, date_days *day);

/* Calls VISIT for each batch from the newest to the oldest, starting below BEFORE (0: the newest);
 * VISIT returns false to stop. What it is given is valid during the call. */
struct history_visitor {
    bool (*visit)(void *context, const struct history_batch *batch);
    void *context;
};
bool history_visit(struct workbook *workbook, int64_t before, const struct history_visitor *visitor,
                   struct fault *fault);

/* As history_visit for the batches of another copy that a merge brought and that none before it had
 * brought, the newest first; their numbers are those of their own history. None where BATCH is no
 * merge. */
bool history_visit_merged(struct workbook *workbook, int64_t batch,
                          const struct history_visitor *visitor, struct fault *fault);

/* One changed field, or a range of inserted rows (field -1, value_count the number of rows, record
 * key empty where it is more than one). Old and new are printed as a file holds them. */
struct history_change {
    enum register_id register_id;
    int64_t id;
    const char *record; /* key at the time it is asked, or as last known */
    int field;
    int64_t inserted_count;
    const char *old_text;
    const char *new_text;
    int64_t batch; /* that did it */
};
struct change_visitor {
    bool (*visit)(void *context, const struct history_change *change);
    void *context;
};
bool history_visit_changes(struct workbook *workbook, int64_t batch,
                           const struct change_visitor *visitor, struct fault *fault);

/* The same for all that ever happened to one record, the newest batch first; that it was added is
 * one change with the field -1, also where many were added with it. */
bool history_visit_record(struct workbook *workbook, enum register_id register_id, int64_t id,
                          const struct change_visitor *visitor, struct fault *fault);

/* Sets *TOUCHES to whether the batch touched any record of the register. */
bool history_batch_touches(struct workbook *workbook, int64_t batch, enum register_id register_id,
                           bool *touches, struct fault *fault);

/* Checks the content against the newest digest and replays the chain backwards to the first batch.
 * True where all fits. Otherwise false: with FAULT_REFUSED the message names the first batch that
 * does not fit; other faults are failures to read. */
bool history_verify(struct workbook *workbook, struct fault *fault);

#endif
