/* A new workbook of what can still be read of a damaged one. */
#ifndef CLAUSE5_EXCHANGE_SALVAGE_H
#define CLAUSE5_EXCHANGE_SALVAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/base/clock.h"
#include "clause5/base/fault.h"

/* What came of it. */
struct salvage {
    bool has_history;   /* all of it was read and proven: nothing is lost */
    int64_t rows;       /* that the new workbook has from the damaged one */
    int64_t lost;       /* rows that were there and could not be read or kept */
    struct buffer path; /* of the new workbook */
    struct buffer list; /* of the list of what is lost, beside it */
    struct buffer told; /* that list, a line each, ending in line ends */
};

/* Reads the damaged workbook at PATH, which this process must not have open, and makes a new one
 * beside it, NAME-salvaged.c5 (-2 and so on where that is taken), with the list of what could not
 * be read beside that, ending in .txt. The damaged file is not changed. Where everything can be
 * read, the history with it, the new workbook has that history; else it begins a new one with one
 * batch of ACTOR that undo never takes back, and the rules between rows are asked afterwards: what
 * does not hold any more is in the list. False with the fault, and nothing made, where nothing can
 * be read at all. The caller frees with salvage_free. */
bool salvage_workbook(const char *path, const char *actor, const struct clock *clock,
                      struct salvage *salvage, struct fault *fault);
void salvage_free(struct salvage *salvage);

#endif
