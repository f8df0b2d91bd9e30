/* Owns the ids of the requirements that ship with the program: the same in every workbook, so that
 * two copies merge. */
#include "clause5/store/record.h"

#include <string.h>

#include "store/digest.h"

enum { SHIPPED_ID_BITS = 40 }; /* far below every id that is drawn from the time */

int64_t record_shipped_id(const char *ref) {
    struct digest digest = digest_of_bytes(ref, strlen(ref));
    uint64_t id = 0;
    for (int byte = 0; byte < SHIPPED_ID_BITS / 8; byte++) {
        id = id << 8 | digest.bytes[byte];
    }
    return (int64_t)(id | UINT64_C(1) << (SHIPPED_ID_BITS - 1));
}
