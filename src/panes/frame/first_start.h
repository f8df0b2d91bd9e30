/* The first start: a workbook that does not exist yet is made in a short conversation. */
#ifndef CLAUSE5_PANES_FIRST_START_H
#define CLAUSE5_PANES_FIRST_START_H

#include <stdbool.h>

#include "clause5/base/buffer.h"
#include "clause5/base/clock.h"
#include "clause5/screen/terminal.h"

/* What the conversation is about: PATH names the workbook to make; where it is empty the user is
 * asked for it. */
struct first_start {
    struct terminal *terminal;
    const struct clock *clock;
    struct buffer path;
};

/* Asks and makes the workbook, whose path is then in PATH. Faults are shown in the form; false
 * where the user leaves. */
bool first_start_run(struct first_start *start);

#endif
