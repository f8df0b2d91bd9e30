/* The value before: records as they were at the newest past that two copies share. */
#ifndef CLAUSE5_STORE_ORIGIN_H
#define CLAUSE5_STORE_ORIGIN_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "clause5/store/fork.h"
#include "store/lineage.h"
#include "store/overlay.h"

/* The state of one batch, or of several merged among themselves. */
struct origin {
    struct overlay overlay; /* of the last of its batches */
    struct node_list nodes;
    struct origin *rest; /* of the others; NULL where there is one batch */
    struct origin *base; /* the past that the last shares with the others; made when needed */
    bool base_is_made;
};

/* Makes the origin of NODES (copied), all known to the lineage. NULL with the fault. */
struct origin *origin_new(const struct lineage *lineage, const struct node_list *nodes,
                          struct fault *fault);
void origin_free(struct origin *origin);

/* Fills base and unsure of RECORD, whose ours is the record as the lineage's workbook has it now.
 */
bool origin_fill(struct origin *origin, const struct lineage *lineage, struct fork_record *record,
                 struct fault *fault);

#endif
