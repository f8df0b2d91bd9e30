/* Records as they were at an older batch, where that differs from now. */
#ifndef CLAUSE5_STORE_OVERLAY_H
#define CLAUSE5_STORE_OVERLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"
#include "store/image.h"
#include "store/lineage.h"

/* One record that was touched since. */
struct overlay_record {
    enum register_id register_id;
    int64_t id;
    bool exists;          /* at the older batch */
    field_set known;      /* the fields that VALUES has; the others are as now */
    struct value *values; /* one per field; NULL where none is known */
    int toucher;          /* the node that touched the record last */
    int *writers;         /* per field the node that wrote it last, or LINEAGE_NONE; may be NULL */
};

struct overlay {
    struct overlay_record *records;
    size_t count, capacity;
    size_t *slots; /* record plus one, 0: free */
    size_t slot_count;
};

/* Rolls the workbook of LINEAGE back, in memory, from its newest batch to NODE. Released with
 * overlay_free, also after a fault. */
bool overlay_build(struct overlay *overlay, const struct lineage *lineage, int node,
                   struct fault *fault);
void overlay_free(struct overlay *overlay);

/* Returns the record where it was touched since, else NULL. */
const struct overlay_record *overlay_find(const struct overlay *overlay,
                                          enum register_id register_id, int64_t id);

#endif
