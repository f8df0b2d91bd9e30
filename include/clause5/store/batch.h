/* Writing: every write belongs to a named batch, and the history entry is in the same transaction.
 * This is the mechanism alone: what may be written is said by src/rules, and every room above it
 * writes through clause5/rules/edit.h. */
#ifndef CLAUSE5_STORE_BATCH_H
#define CLAUSE5_STORE_BATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/store/record.h"
#include "clause5/store/workbook.h"

/* Begins a batch. LABEL says in the user's words what it does ("approve POL-001 2.0"). One at a
 * time. */
bool batch_begin(struct workbook *workbook, const char *label, struct fault *fault);

/* Stores a new record with VALUES (one per field, copied). *ID is 0 for a new id, else the id to
 * use (shipped requirements, merged rows); it is set to the record's id, which in the register
 * workbook is always WORKBOOK_ROW_ID. A repeated key or unique field is a FAULT_REFUSED that names
 * it, an empty required field likewise; the batch goes on. After any other fault the batch can only
 * be abandoned. */
bool batch_insert(struct workbook *workbook, enum register_id register_id,
                  const struct value *values, int64_t *id, struct fault *fault);

/* Stores VALUES (all fields) over the record; the history takes the fields that differ. Nothing is
 * written where none does. FAULT_REFUSED where the record is gone. */
bool batch_update(struct workbook *workbook, enum register_id register_id, int64_t id,
                  const struct value *values, struct fault *fault);

/* Deletes one record, and only it: whoever calls has dealt with what refers to it. */
bool batch_delete(struct workbook *workbook, enum register_id register_id, int64_t id,
                  struct fault *fault);

/* Takes many new records of one register: from here to batch_end_bulk its indexes are gone, and
 * whether a reference leads somewhere is asked once per record that it leads to. Until then nothing
 * but batch_insert into that register is allowed, and a repeated key shows only at the end. False
 * where it cannot begin, without a fault where it is only not worth while or not possible now: then
 * records go in one by one as ever. The register must not hold role or person, which are parties.
 */
bool batch_begin_bulk(struct workbook *workbook, enum register_id register_id, struct fault *fault);

/* Makes the indexes again, letter by letter as they were. BULK_REPEATED where two records have the
 * same key or unique field: the batch can then only be abandoned, and its rows taken one by one to
 * learn which they are. BULK_DONE without a bulk as well. */
enum bulk_end { BULK_DONE, BULK_REPEATED, BULK_FAULT };
enum bulk_end batch_end_bulk(struct workbook *workbook, struct fault *fault);

/* Makes do with less page memory until the batch ends or IS_SPARING is false: for a pass over many
 * rows that needs the memory itself. A bulk does so by itself. */
void batch_spare_memory(struct workbook *workbook, bool is_sparing);

bool batch_is_bulk(const struct workbook *workbook);

/* Marks a point within the batch to go back to, for a row of an import that turns out wrong
 * half-way; points nest. Each ends with one of two: batch_return_to_point undoes what was written
 * since and takes the point away, batch_forget_point takes it away and keeps what was written. */
bool batch_set_point(struct workbook *workbook, struct fault *fault);
bool batch_return_to_point(struct workbook *workbook, struct fault *fault);
bool batch_forget_point(struct workbook *workbook, struct fault *fault);

/* Closes the batch: history entry, digests, chain, commit. A batch that changed nothing leaves no
 * trace and is true. On a fault everything is as before the batch. */
bool batch_commit(struct workbook *workbook, struct fault *fault);

/* Leaves everything as it was before the batch. Does nothing without one. */
void batch_abandon(struct workbook *workbook);

bool batch_is_open(const struct workbook *workbook);

/* Calls VISIT for each record that the open batch has inserted, changed or deleted so far, once
 * each. */
enum touch { TOUCH_INSERTED, TOUCH_CHANGED, TOUCH_DELETED };
struct touch_visitor {
    bool (*visit)(void *context, enum register_id register_id, int64_t id, enum touch touch);
    /* Asked first about records that were inserted one behind the other, where not NULL: true to
     * leave them out. */
    bool (*passes_over)(void *context, enum register_id register_id, int64_t first_id,
                        int64_t last_id);
    void *context;
};
bool batch_visit_touched(struct workbook *workbook, const struct touch_visitor *visitor,
                         struct fault *fault);

/* True where the open batch touched any record of the register. */
bool batch_has_touched(const struct workbook *workbook, enum register_id register_id);

#endif
