/* A list as a window onto a register: only the rows asked for are read, found by the key of the row
 * beside them, so that a million rows cost what twenty do. */
#ifndef CLAUSE5_STORE_WINDOW_H
#define CLAUSE5_STORE_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/store/record.h"
#include "clause5/store/workbook.h"

struct window;

enum {
    WINDOW_NATURAL_ORDER = -1
}; /* the register's own order: by key where it is one text, else as its key index lies */

/* What the list shows.
 *
 * The filter is words that must all be found, without regard to case, in some field as shown;
 * FIELD:WORD looks in that field alone (by its name or label), FIELD=WORD wants it whole, FIELD=
 * wants it empty, "-" before a word turns it round; quotes keep blanks, colons and equals signs in
 * a word ("Anna Weber", "https://"). NULL or "" shows all. Choices are found by label and value,
 * references by key and title, parties also as they are shown: ISO (Anna Weber).
 *
 * Sorting by a field puts rows without it last in both directions, choices as they are listed,
 * texts and names without regard to case by their first 96 bytes, and what is equal in the natural
 * order.
 *
 * Restriction to one record: the rows whose reference field OWNER_FIELD is OWNER_ID (owner_field
 * -1: all). Its index serves that; where the field does not lead the register's key, each reading
 * sorts the rows of that record, which are few in every register that grows.
 */
struct window_plan {
    enum register_id register_id;
    int sort_field; /* WINDOW_NATURAL_ORDER or a field's index */
    bool is_descending;
    const char *filter;
    int owner_field;
    int64_t owner_id;
};

/* Opens a window; texts of the plan are copied. NULL with the fault, such as a filter naming no
 * field. The caller closes with window_close, before the workbook. A window in natural order
 * without a filter can be read at once; a filtered or sorted one shows what window_work has found
 * so far, so give it some milliseconds before the first reading: small registers are then whole. */
struct window *window_open(struct workbook *workbook, const struct window_plan *plan,
                           struct fault *fault);
void window_close(struct window *window);

/* Where to read from. */
enum window_from {
    WINDOW_FIRST,  /* the first rows */
    WINDOW_LAST,   /* the last rows */
    WINDOW_AFTER,  /* the rows after the record of the given id */
    WINDOW_BEFORE, /* the rows before it */
    WINDOW_AT,     /* that record and the rows after it; the next in order where it is gone */
};

/* Reads at most COUNT records in list order into ROWS (uninitialised or freed ones); returns how
 * many, -1 with the fault. The caller frees each with record_free.
 *
 * A record that is gone, or that the filter no longer shows, is still good as a neighbour: its
 * place is known from the record, else from when this window last read it (the last 256 rows are
 * remembered). Of an id never seen, and of 0, WINDOW_AT and WINDOW_AFTER read the first rows,
 * WINDOW_BEFORE none. */
struct window_read {
    enum window_from from;
    int64_t id;
    int count;
};
int window_read(struct window *window, const struct window_read *read, struct record *rows,
                struct fault *fault);

/* Returns the number of rows, or -1 while window_work has not counted them. */
int64_t window_count(const struct window *window);

/* Returns the 0-based position of a row, or -1 while window_count is not known or where the list
 * has no such row. */
int64_t window_position(struct window *window, int64_t id);

/* How far window_work has come, for saying so on the screen. */
struct window_progress {
    int64_t looked_at; /* rows of the register */
    int64_t found;     /* rows that the list has so far */
    bool is_complete;
};
struct window_progress window_progress(const struct window *window);

/* Works on what needs a scan (counting, filtering, sorting) for about BUDGET_MS. Returns true while
 * more is to do. Rows that are already found can be read meanwhile. False with a fault where it
 * cannot go on: FAULT is to be empty before. */
bool window_work(struct window *window, int budget_ms, struct fault *fault);

/* Looks for the next (or previous) row after FROM_ID with all of WORDS in some shown field, for
 * about BUDGET_MS; continues where it left off when called again with the same arguments after
 * WINDOW_HIT_NOT_YET. Does not go round at the end: search again with from_id 0 for that. */
enum window_hit { WINDOW_HIT_FAULT = -1, WINDOW_HIT_NONE, WINDOW_HIT_FOUND, WINDOW_HIT_NOT_YET };
struct window_search {
    const char *words;
    int64_t from_id; /* 0: from the top (or the end) */
    bool is_backward;
    int budget_ms;
};
enum window_hit window_find(struct window *window, const struct window_search *search, int64_t *id,
                            struct fault *fault);

/* Reads anew after a batch: rows may have come, gone or moved. A short list is whole again at once;
 * a long one stays readable as it was, without the records that are gone, until window_work has
 * made it anew, and window_count is -1 meanwhile. */
bool window_refresh(struct window *window, struct fault *fault);

#endif
