/* The one way to write: a named batch under the rules of registers.tsv and contract.md. Forms, CSV
 * and commands all come through here, so a rule is enforced once and says what to do once. */
#ifndef CLAUSE5_RULES_EDIT_H
#define CLAUSE5_RULES_EDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"
#include "clause5/store/record.h"
#include "clause5/store/workbook.h"

/* Begins a batch under the rules; as batch_begin. */
bool edit_begin(struct workbook *workbook, const char *label, struct fault *fault);

/* Checks what concerns this row alone (required fields, which fields go together, unique names,
 * closed rounds) and stores it. A refusal names the field with fault_field and says what to do. *ID
 * as for batch_insert. An approval given by a role stores the holder of the day. */
bool edit_insert(struct workbook *workbook, enum register_id register_id,
                 const struct value *values, int64_t *id, struct fault *fault);

/* Takes many new records of one register, as batch_begin_bulk and batch_end_bulk; false as well
 * where the register has rules of its own for a row, which ask its indexes. */
bool edit_begin_bulk(struct workbook *workbook, enum register_id register_id, struct fault *fault);

/* As edit_insert for a record that exists. Where its key changes, the record keys that name it
 * (evidence links, exceptions, sources of actions, versions in acknowledgements and translations)
 * follow in the same batch. */
bool edit_update(struct workbook *workbook, enum register_id register_id, int64_t id,
                 const struct value *values, struct fault *fault);

/* Changes one field of a record, reading the rest. */
bool edit_set(struct workbook *workbook, const struct record *record, int field,
              const struct value *value, struct fault *fault);

/* As reference_find; where the field is a person who decides (the chair of a review), a role stands
 * for its holder of the day, and one that nobody holds is a fault (contract.md, Values). */
enum lookup edit_find_reference(struct workbook *workbook, const struct field *field,
                                const char *text, int64_t *id, struct fault *fault);

/* Deletes a record with the rows whose key holds it; optional references to it become empty; a
 * required reference that is no part of a key refuses the deletion and is named (contract.md,
 * Values). */
bool edit_delete(struct workbook *workbook, enum register_id register_id, int64_t id,
                 struct fault *fault);

/* Says beforehand what edit_delete would do: appends a line such as "2 versions and 12
 * acknowledgements go with it; 3 objectives lose their policy". Nothing is written. False where the
 * deletion would be refused, with the reason. */
bool edit_describe_delete(struct workbook *workbook, enum register_id register_id, int64_t id,
                          struct buffer *out, struct fault *fault);

/* Checks what must hold between rows (at most one approved version, no cycles, versions that exist
 * ...) for what the batch touched. Each breach goes to VISIT with the record it is about; returns
 * how many, -1 with the fault. Without a visitor (NULL) it stops at the first breach, which is then
 * in FAULT. */
struct breach_visitor {
    void (*visit)(void *context, enum register_id register_id, int64_t id,
                  const struct fault *breach);
    void *context;
};
int edit_check(struct workbook *workbook, const struct breach_visitor *visitor,
               struct fault *fault);

/* Checks a record as it stands in the open batch against what concerns it alone: that its values
 * fit its fields, and which fields go together. For rows that came in on another way than
 * edit_insert. Whether a round is open is not asked. FAULT_REFUSED with the reason; *FITS is false
 * where a value could never have come from this program. */
bool edit_check_record(struct workbook *workbook, enum register_id register_id, int64_t id,
                       bool *fits, struct fault *fault);

/* Finds what raised an action, from its fields source and source_ref; *SUFFIX is set to what stands
 * in SOURCE_REF behind the record's key. */
enum lookup edit_find_source(struct workbook *workbook, const char *source, const char *source_ref,
                             enum register_id *register_id, int64_t *id, const char **suffix,
                             struct fault *fault);

/* Checks as edit_check and commits; the first breach refuses the whole batch, which is then
 * abandoned. */
bool edit_commit(struct workbook *workbook, struct fault *fault);

/* Leaves everything as it was. */
void edit_abandon(struct workbook *workbook);

#endif
