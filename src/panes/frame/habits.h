/* Where the user left a workbook: pane, views, and in each its order and row. Kept for the user
 * outside the workbook, so that looking changes no file that is handed on. */
#ifndef CLAUSE5_PANES_HABITS_H
#define CLAUSE5_PANES_HABITS_H

#include "panes/frame/panes.h"

/* A zeroed struct is the first start: nothing is remembered. */
struct habits {
    size_t pane;
    size_t view_of[PANES];
    struct view_habit views[PANES][PANE_VIEWS_MOST];
};

/* Reads what is remembered of the workbook; what this version of the program does not know, or what
 * cannot be read, is left out. */
void habits_read(struct workbook *workbook, struct habits *habits);

/* Keeps them for the next opening; where that cannot be done, it begins as at the first. */
void habits_keep(struct workbook *workbook, const struct habits *habits);

/* Releases the texts. */
void habits_free(struct habits *habits);

#endif
