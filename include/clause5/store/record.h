/* Reading records, finding them by key, and printing what they refer to. Everything here reads the
 * registers by their plain names, so that it shows the past while the workbook is looked at as of a
 * date. */
#ifndef CLAUSE5_STORE_RECORD_H
#define CLAUSE5_STORE_RECORD_H

#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/base/date.h"
#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"
#include "clause5/store/workbook.h"

enum { WORKBOOK_ROW_ID = 1 }; /* the one row of the register workbook */

/* One row of a register. The values stand in the order of its fields. */
struct record {
    enum register_id register_id;
    int64_t id;
    struct value values[REGISTER_FIELDS_MOST];
};

enum lookup {
    LOOKUP_FAULT = -1, /* the fault is filled: reading failed, or the name fits several records */
    LOOKUP_NONE = 0,
    LOOKUP_FOUND = 1,
};

/* Reads the record of that id; the caller frees with record_free. */
enum lookup record_load(struct workbook *workbook, enum register_id register_id, int64_t id,
                        struct record *record, struct fault *fault);

/* Releases the values. */
void record_free(struct record *record);

/* Finds the record whose key fields equal those of VALUES (one value per field of the register;
 * others are not looked at): exactly, else by a unique match without regard to ASCII case
 * (contract.md, Values). */
enum lookup record_find(struct workbook *workbook, enum register_id register_id,
                        const struct value *values, int64_t *id, struct fault *fault);

/* Finds a record by its key written in one cell: parts joined with "/", inside a part "\/" and
 * "\\". */
enum lookup record_find_key(struct workbook *workbook, enum register_id register_id,
                            const char *key, int64_t *id, struct fault *fault);

/* Appends the key of a record as one cell. */
bool record_print_key(struct workbook *workbook, const struct record *record, struct buffer *out,
                      struct fault *fault);

/* As record_print_key for the record of that id; LOOKUP_NONE appends nothing. */
enum lookup record_print_key_of(struct workbook *workbook, enum register_id register_id, int64_t id,
                                struct buffer *out, struct fault *fault);

/* Turns what a cell names into the id that a FIELD_REFERENCE or FIELD_PARTY field stores. A party
 * is a role (by ref, then title) or a person (by e-mail, then name); a person is found by e-mail as
 * well as by name. Several hits are a fault that names them. */
enum lookup reference_find(struct workbook *workbook, const struct field *field, const char *text,
                           int64_t *id, struct fault *fault);

/* Appends a value as a file holds it, references and parties as their keys (a role's ref, a
 * person's name). */
bool record_print_value(struct workbook *workbook, const struct field *field,
                        const struct value *value, struct buffer *out, struct fault *fault);

/* Appends a value as people read it: choices by label, parties as `ISO (Anna Weber)`. */
bool record_print_shown(struct workbook *workbook, const struct field *field,
                        const struct value *value, struct buffer *out, struct fault *fault);

/* Which register the party is of: REGISTER_ROLE, REGISTER_PERSON, or REGISTER_NONE where there is
 * no such id. */
enum register_id party_register(struct workbook *workbook, int64_t id);

/* Returns the next free ref of a numbered register, such as POL-014 after POL-013 (the width of the
 * highest number is kept; the first is PREFIX001 where the prefix is POL-, ACT-, else PREFIX01);
 * the caller frees with free. NULL where the register is not numbered. Imports number with it. */
char *record_next_ref(struct workbook *workbook, enum register_id register_id);

/* As record_next_ref, for a person to accept or change: where no record has the register's own
 * prefix, it counts on as the newest record does, AC-018 after AC-017. */
char *record_propose_ref(struct workbook *workbook, enum register_id register_id);

/* Returns the id of the requirement that ships with the program under that ref, in every workbook
 * the same (architecture.md, The file): of 40 bits, the topmost set, the others from the SHA-256 of
 * the ref. */
int64_t record_shipped_id(const char *ref);

/* Calls VISIT for each record that holds ID in a reference or party field, with the index of that
 * field; VISIT returns false to stop. Returns false with a fault where reading failed. */
struct reference_visitor {
    bool (*visit)(void *context, enum register_id register_id, int64_t id, int field);
    void *context;
};
bool record_visit_referrers(struct workbook *workbook, enum register_id register_id, int64_t id,
                            const struct reference_visitor *visitor, struct fault *fault);

/* Returns the day (UTC) on which a record was made, which its id bears; shipped requirements have
 * ids of their own and bear the first day of 2020. */
date_days record_created_on(int64_t id);

/* Counts the records of a register; -1 with the fault. Takes time at a million rows: not before the
 * first frame. */
int64_t record_count(struct workbook *workbook, enum register_id register_id, struct fault *fault);

#endif
