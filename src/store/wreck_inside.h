/* What a wreck is made of; only for the wreck_*.c files. */
#ifndef CLAUSE5_STORE_WRECK_INSIDE_H
#define CLAUSE5_STORE_WRECK_INSIDE_H

#include <sqlite3.h>

#include "clause5/base/buffer.h"
#include "clause5/store/wreck.h"
#include "store/lock.h"

struct wreck {
    char *path; /* as messages name it */
    char *file; /* resolved */
    char *copy;
    struct lock lock;
    sqlite3 *database;
    int64_t size_bytes;
    bool has_lost_schema;
};

/* Fills the fault with what SQLite says of the copy. */
bool wreck_fault(const struct wreck *wreck, struct fault *fault);

#endif
