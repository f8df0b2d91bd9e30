/* What the open batch did to records so far, as the history will keep it. */
#ifndef CLAUSE5_STORE_TOUCHED_H
#define CLAUSE5_STORE_TOUCHED_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/store/batch.h"
#include "store/image.h"

/* One record that was changed or deleted (first_id is last_id), or a range of inserted ones. */
struct touched {
    enum register_id register_id;
    int64_t first_id, last_id;
    enum touch touch;
    const void *before; /* an image; NULL where inserted */
    size_t len_bytes;
};

/* Note a write that is done. The first touch of a record decides what the history says of it: an
 * inserted record that changes is still inserted, one that is deleted again leaves no trace.
 * BEFORE is the whole row before the write. */
bool touched_insert(struct workbook *workbook, enum register_id register_id, int64_t id,
                    struct fault *fault);
bool touched_update(struct workbook *workbook, const struct record *before, field_set changed,
                    struct fault *fault);
bool touched_delete(struct workbook *workbook, const struct record *before, struct fault *fault);

/* Moves every open range into c5_touched. */
bool touched_flush(struct workbook *workbook, struct fault *fault);

/* Calls VISIT for each entry in order of register and id, ranges that meet as one. Writing is
 * allowed meanwhile: what comes behind the visited place is seen. VISIT returns false to stop,
 * having filled FAULT or not. */
struct touched_visitor {
    bool (*visit)(void *context, const struct touched *touched, struct fault *fault);
    void *context;
};
bool touched_visit(struct workbook *workbook, const struct touched_visitor *visitor,
                   struct fault *fault);

/* Forgets all. */
bool touched_clear(struct workbook *workbook, struct fault *fault);

#endif
