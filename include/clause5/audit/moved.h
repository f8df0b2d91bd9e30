/* Sealed files that were moved, found again by their digest. */
#ifndef CLAUSE5_AUDIT_MOVED_H
#define CLAUSE5_AUDIT_MOVED_H

#include <stdbool.h>
#include <stddef.h>

#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

struct moved {
    size_t missing; /* sealed files that are not where the workbook says */
    size_t found;   /* of those, how many lie in the folder */
};

/* Looks below FOLDER (NULL: the folder of the workbook) for every sealed file that is not at its
 * place, by size and digest, the same name and the most alike path first, and writes the new places
 * into the records: one batch, which undo takes back. Places below the folder of the workbook are
 * kept relative to it. Links are not followed. Asks the workbook's watcher, so that it can be
 * stopped with FAULT_STOPPED and nothing changed. FAULT_REFUSED where FOLDER is no folder that can
 * be read, FAULT_FAILED where the workbook's own file is not at its place any more. */
bool moved_find(struct workbook *workbook, const char *folder, struct moved *moved,
                struct fault *fault);

#endif
