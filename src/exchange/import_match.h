/* Which rows of a file say just what the workbook says already. */
#ifndef EXCHANGE_IMPORT_MATCH_H
#define EXCHANGE_IMPORT_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/base/fault.h"
#include "clause5/base/whole_set.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"
#include "clause5/store/workbook.h"

/* The records of one register, each as a keyed hash over the fields that the file has. Starts as
 * {0}. */
struct import_match {
    bool is_open;
    enum register_id register_id;
    bool has[REGISTER_FIELDS_MOST]; /* the fields that count */
    uint64_t key[2];
    unsigned char *entries; /* MATCH_ENTRY_BYTES each; all zero: free */
    size_t capacity;
    struct buffer scratch;
};

/* Reads the register once and notes every record; those whose ids are in TAKEN as taken. HAS says
 * which fields count. False with the fault; without one where the register is too large. */
bool match_begin(struct import_match *match, struct workbook *workbook,
                 enum register_id register_id, const bool *has, const struct whole_set *taken,
                 struct fault *fault);

/* Looks for a record with these values, and takes it. MATCH_TAKEN where it was taken before. */
enum match_result { MATCH_NONE, MATCH_FREE, MATCH_TAKEN };
enum match_result match_take(struct import_match *match, const struct value *values);

void match_end(struct import_match *match);

#endif
