/* What the workbook itself knows of a requirement: its checks as passed or failed, with figures and
 * records. */
#ifndef CLAUSE5_PANES_WALK_KNOWN_H
#define CLAUSE5_PANES_WALK_KNOWN_H

#include <stddef.h>

#include "clause5/screen/palette.h"
#include "panes/frame/app.h"

struct walk_known_line {
    char *text;
    enum mark mark;
    enum register_id register_id;
    int64_t id; /* 0: the register as a whole */
};

/* A zeroed struct is empty and ready. */
struct walk_known {
    struct walk_known_line *items;
    size_t count, capacity;
};

/* Reads what the checks of the requirement REF say; those that failed come first. False with the
 * fault. */
bool walk_known_load(struct app *app, const char *ref, struct walk_known *known,
                     struct fault *fault);

/* Releases the lines and leaves it empty and ready. */
void walk_known_free(struct walk_known *known);

/* Goes to what a line names, after asking where several can be meant. Returns outcome flags,
 * OUTCOME_NONE where there is nothing to go to. */
unsigned walk_known_open(struct app *app, const struct walk_known *known);

#endif
