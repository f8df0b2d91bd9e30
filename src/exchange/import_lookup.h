/* From what a cell names to the record meant, made where it is missing and that was asked for. */
#ifndef EXCHANGE_IMPORT_LOOKUP_H
#define EXCHANGE_IMPORT_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/store/record.h"
#include "clause5/store/workbook.h"
#include "exchange/known_names.h"

/* What was found lately, so that a million rows ask the workbook only for what is new. */
struct import_lookup {
    struct known_names *known; /* NULL as long as nothing was */
    bool creates_missing;
    bool has_made; /* set when a record was made; reset by whoever asks */
    /* Told of each record made, with its register and a word for people; may be NULL. */
    void (*made)(void *context, enum register_id register_id, const char *text);
    /* Told of each role that had its code for a title and now has TITLE; may be NULL. */
    void (*entitled)(void *context, const char *code, const char *title);
    void *context;
};

/* Finds the record of a FIELD_REFERENCE or FIELD_PARTY cell. LOOKUP_NONE: no such record, and none
 * was to be made. LOOKUP_FAULT with the fault: several fit, or reading failed. */
enum lookup import_find(struct import_lookup *lookup, struct workbook *workbook,
                        const struct field *field, const char *text, int64_t *id,
                        struct fault *fault);

/* Finds an activity by ref, then title. */
enum lookup import_find_titled(struct workbook *workbook, enum register_id register_id,
                               const char *text, int64_t *id, struct fault *fault);

/* Finds a role by ref, by title, or by the code in parentheses behind its title. */
enum lookup import_find_role(struct workbook *workbook, const char *text, int64_t *id,
                             struct fault *fault);

/* Makes the record that TEXT names (contract.md, --create-missing). Where a role was made from the
 * bare code that TEXT would get, that role gets TEXT as its title instead. */
bool import_make(struct import_lookup *lookup, struct workbook *workbook,
                 enum register_id register_id, const char *text, int64_t *id, struct fault *fault);

/* Forgets what was found, as after going back to a point. */
void import_lookup_clear(struct import_lookup *lookup);

#endif
