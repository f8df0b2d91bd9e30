/* What an open fork is inside: fork.c opens it, fork_write.c brings the copies together. */
#ifndef CLAUSE5_STORE_FORK_INSIDE_H
#define CLAUSE5_STORE_FORK_INSIDE_H

#include "clause5/store/fork.h"
#include "store/lineage.h"
#include "store/origin.h"
#include "store/overlay.h"

struct fork {
    struct workbook *ours, *theirs;
    struct lineage our_lineage, their_lineage;
    bool *is_new; /* per node of theirs: ours does not know it */
    bool is_known;
    bool is_reading; /* theirs is in its read transaction */
    struct origin *origin;
    struct overlay their_overlay;
    struct fork_record *records;
    size_t count, capacity;
};

#endif
