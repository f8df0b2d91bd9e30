/* The pasts of other copies that merges brought into the file. */
#ifndef CLAUSE5_STORE_VERIFY_OTHERS_H
#define CLAUSE5_STORE_VERIFY_OTHERS_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"
#include "store/digest.h"

/* True where every batch of another copy is what its hash says, follows from one that is there, and
 * leads to a merge. Otherwise false: FAULT_REFUSED names the first that does not. */
bool verify_others(struct workbook *workbook, struct fault *fault);

/* Reads what the other copy held after the batch of that hash. */
bool verify_read_other(struct workbook *workbook, const struct digest *hash,
                       struct content *content, struct fault *fault);

#endif
