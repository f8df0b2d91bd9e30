/* Where registers keep the seal of a file. */
#ifndef CLAUSE5_AUDIT_SEAL_FIELDS_H
#define CLAUSE5_AUDIT_SEAL_FIELDS_H

#include <stddef.h>

#include "clause5/audit/seal.h"

/* Fields that a register lacks are -1. */
struct seal_fields {
    enum register_id register_id;
    int location, sha256, size_bytes, expires_on, verified_on, verified_state;
};

size_t seal_fields_count(void);
const struct seal_fields *seal_fields_at(size_t index);

#endif
