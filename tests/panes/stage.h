/* The program itself on a terminal, with a workbook to look at. */
#ifndef CLAUSE5_TESTS_PANES_STAGE_H
#define CLAUSE5_TESTS_PANES_STAGE_H

#include "support/place.h"
#include "support/pty.h"

/* A place with t.c5 in it and the program showing it. */
struct panes_stage {
    struct place *place;
    struct terminal *terminal;
};

/* Makes t.c5 with `new SET` (such as "--sample") and opens it at 24 by 80; the actor is known, so
 * nothing is asked. */
struct panes_stage panes_open(const char *set);

/* As panes_open at another size. */
struct panes_stage panes_open_sized(const char *set, int rows, int cols);

/* As panes_open with NAME=VALUE, NULL-ended, over the environment of spawn.h. */
struct panes_stage panes_open_in(const char *set, const char *const *env);

/* Leaves with q, expects a clean terminal and status 0, and releases everything. */
void panes_close(struct panes_stage *stage);

/* Starts the program again on t.c5 after it was left. */
void panes_reopen(struct panes_stage *stage);

/* The same where something else than a pane comes first: TEXT is expected instead. */
void panes_reopen_to(struct panes_stage *stage, const char *text);

/* Leaves with q and expects a clean terminal; the place stays. */
void panes_leave(struct panes_stage *stage);

#endif
