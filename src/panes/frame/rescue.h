/* What happens between two openings of a workbook: a backup is put back, or a damaged workbook is
 * salvaged. The workbook is not open then. */
#ifndef CLAUSE5_PANES_RESCUE_H
#define CLAUSE5_PANES_RESCUE_H

#include <stdbool.h>

#include "clause5/base/buffer.h"
#include "clause5/base/clock.h"
#include "clause5/base/fault.h"
#include "clause5/screen/terminal.h"

struct rescue {
    struct terminal *terminal;
    const struct clock *clock;
    struct buffer path;     /* of the workbook; that of the new one after a salvage */
    struct buffer greeting; /* what became of it, for the message row */
};

/* Offers the backups of the damaged workbook, the newest first, and to salvage it; DAMAGE says what
 * is wrong. True where there is something to open at the path again; false where the user left it,
 * or with the fault. */
bool rescue_offer(struct rescue *rescue, const struct fault *damage, struct fault *fault);

/* Puts the backup in the workbook's place. False with the fault, and everything as it was. */
bool rescue_restore(struct rescue *rescue, const char *backup, struct fault *fault);

/* Makes a new workbook of what can be read, shows what is lost, and takes the new one for the
 * workbook to open. False with the fault. */
bool rescue_salvage(struct rescue *rescue, struct fault *fault);

/* Releases the texts. */
void rescue_free(struct rescue *rescue);

#endif
