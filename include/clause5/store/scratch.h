/* Rows of text that are kept aside while somebody looks at them, such as the rows of an import that
 * is not stored yet. They are no part of the workbook: they lie in a database of their own without
 * a name, in memory while it is small and in an unlinked file afterwards, and are gone with it. */
#ifndef CLAUSE5_STORE_SCRATCH_H
#define CLAUSE5_STORE_SCRATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/fault.h"

struct scratch;

enum { SCRATCH_ANY_KIND = -1, SCRATCH_KINDS_MOST = 8 };

/* One row. NUMBER is its place, from 1; KIND what it is filtered by, below SCRATCH_KINDS_MOST. */
struct scratch_row {
    int64_t number;
    int kind;
    const char *bytes; /* any bytes, such as texts that are each closed by a NUL */
    size_t len_bytes;
};

/* Makes an empty one; NULL with the fault. Released by scratch_close, which takes NULL. */
struct scratch *scratch_open(struct fault *fault);
void scratch_close(struct scratch *scratch);

/* Removes all rows. */
bool scratch_clear(struct scratch *scratch, struct fault *fault);

/* Adds a row behind the others and returns its number, 0 with the fault. The row's own number is
 * not looked at. */
int64_t scratch_add(struct scratch *scratch, const struct scratch_row *row, struct fault *fault);

/* Replaces the kind and the bytes of the row with that number. */
bool scratch_replace(struct scratch *scratch, const struct scratch_row *row, struct fault *fault);

/* Returns how many rows are of KIND, or of any. */
int64_t scratch_count(const struct scratch *scratch, int kind);

/* Which rows to read. */
struct scratch_request {
    int kind;
    int64_t from;     /* the first number, or where it goes backwards the last; it may be missing */
    bool is_backward; /* rows are then visited from the last to the first */
    size_t wanted;    /* at most so many */
};

/* Calls VISIT for each row, whose bytes are valid until it returns; it returns false to stop. */
struct scratch_visitor {
    bool (*visit)(void *context, const struct scratch_row *row);
    void *context;
};
bool scratch_visit(struct scratch *scratch, const struct scratch_request *request,
                   const struct scratch_visitor *visitor, struct fault *fault);

#endif
