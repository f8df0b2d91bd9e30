/* How the columns of a file were mapped the last time a file with the same header came in. It is a
 * convenience of the screen, shown before it is used: it has no history, and no digest covers it.
 */
#ifndef CLAUSE5_STORE_MAPPING_H
#define CLAUSE5_STORE_MAPPING_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "clause5/store/record.h"
#include "clause5/store/workbook.h"

struct mapping {
    char *header;  /* the names of the columns, as the importer joins them */
    char *sheet;   /* the register or sheet that the file went into */
    char *choices; /* what was chosen, in the importer's own words */
};

/* Reads what is remembered for the header; the caller frees with mapping_free. */
enum lookup mapping_load(struct workbook *workbook, const char *header, struct mapping *mapping,
                         struct fault *fault);

/* Remembers the mapping in place of the one before, within the open batch. */
bool mapping_keep(struct workbook *workbook, const struct mapping *mapping, struct fault *fault);

/* Releases the texts. */
void mapping_free(struct mapping *mapping);

#endif
