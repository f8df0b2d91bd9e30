/* What the workbook itself knows of a requirement: its checks as passed or failed, with figures and
 * records. */
#ifndef CLAUSE5_PANES_WALK_KNOWN_H
#define CLAUSE5_PANES_WALK_KNOWN_H

#include "panes/checklist/walk.h"
#include "panes/frame/app.h"

/* What a fact is about. */
struct walk_known_place {
    enum register_id register_id;
    int64_t id; /* 0: the register as a whole */
};

/* A zeroed struct is empty and ready. */
struct walk_known {
    struct walk_facts facts;
    struct walk_known_place *places; /* one a fact */
    size_t place_capacity;
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
