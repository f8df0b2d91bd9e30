/* Going back to a backup from within the program. */
#ifndef CLAUSE5_PANES_RESTORE_ACTIONS_H
#define CLAUSE5_PANES_RESTORE_ACTIONS_H

#include "panes/frame/app.h"

/* Shows the backups with what each would lose, asks once, and leaves the workbook for the backup to
 * be put in its place. Returns outcome flags. */
unsigned restore_actions_choose(struct app *app);

#endif
