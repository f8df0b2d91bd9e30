/* A damaged workbook, of which is read what can still be read.
 *
 * It is read from a copy of its own, which lies hidden beside the workbook, for the owner alone,
 * and is removed when the wreck is closed: the damaged file itself is never written to. In the copy
 * the header is written anew; where the schema cannot be read either, the tables are taken to lie
 * where a new workbook has them, which is where every workbook has them. */
#ifndef CLAUSE5_STORE_WRECK_H
#define CLAUSE5_STORE_WRECK_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/clock.h"
#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"
#include "clause5/store/workbook.h"

struct wreck;

/* Opens the damaged workbook at PATH, which this process must not have open, and keeps its lock so
 * that nobody writes to it meanwhile. NULL with the fault: no plain file, locked, no room for the
 * copy, or too short to hold anything. The caller closes with wreck_close. */
struct wreck *wreck_open(const char *path, const struct clock *clock, struct fault *fault);
void wreck_close(struct wreck *wreck);

/* True where the copy shows the tables only because their places were put in by hand. */
bool wreck_has_lost_schema(const struct wreck *wreck);

/* Takes what is read of a register. */
struct wreck_visitor {
    /* A row; VALUES, one per field, belong to the wreck. False stops. */
    bool (*row)(void *context, int64_t id, struct value *values);
    /* A row that must have been there and cannot be read, and its key where an index still holds
     * it, else NULL. ID 0: rows of which nothing is known. */
    void (*lost)(void *context, int64_t id, const char *key);
    void *context;
};

/* Reads the rows of a register, page by page past the damage: first along the table; then one by
 * one those that its index or the history know of. Nothing is looked at but the shape of pages:
 * values may be of any kind. False where the visitor stopped it, or with the fault; damage is none.
 */
bool wreck_read(struct wreck *wreck, enum register_id register_id,
                const struct wreck_visitor *visitor, struct fault *fault);

/* Copies every table, the history with it, into the TARGET that workbook_create has made and nobody
 * has written to. True only where every row was read and the copy is proven by its own history
 * (clause5/store/history.h): then nothing was lost. False, with the reason, leaves the target to
 * be closed. */
bool wreck_copy_whole(struct wreck *wreck, struct workbook *target, struct fault *fault);

#endif
