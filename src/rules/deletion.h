/* What a deletion takes with it, found before anything is written (contract.md, Values). */
#ifndef RULES_DELETION_H
#define RULES_DELETION_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "rules/ask.h"
#include "rules/record_set.h"

/* A field that names a record which goes. */
struct mention {
    struct record_name holder;
    int field;
};

struct mention_list {
    struct mention *items;
    size_t count;
    size_t capacity;
};

struct deletion {
    struct asker asker;
    struct record_set doomed;           /* the record first, then what goes with it */
    struct mention_list losses;         /* optional references that become empty */
    struct mention_list refusals;       /* required references that are no part of a key */
    int8_t is_named[2][REGISTER_COUNT]; /* by links, exceptions: 0 unknown, 1 yes, -1 no */
};

/* Fills PLAN (zeroed) for the record; false with the fault where it must not be deleted or reading
 * failed. deletion_free releases it either way. */
bool deletion_plan(struct deletion *plan, struct workbook *workbook, struct record_name record,
                   struct fault *fault);
void deletion_free(struct deletion *plan);

#endif
