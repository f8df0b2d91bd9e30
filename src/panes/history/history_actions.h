/* Actions that look at the workbook as a whole: as of a day, verified, backed up. */
#ifndef CLAUSE5_PANES_HISTORY_ACTIONS_H
#define CLAUSE5_PANES_HISTORY_ACTIONS_H

#include "panes/frame/app.h"

/* Shows every pane as it stood at the end of the day that TYPED names, read-only; "today" comes
 * back to the present. TYPED may be NULL: says how it is used. Returns outcome flags. */
unsigned history_actions_look(struct app *app, const char *typed);

/* Makes a verified backup beside the workbook and says where. */
unsigned history_actions_back_up(struct app *app);

/* Verifies the workbook and shows what was found, with the head. */
unsigned history_actions_verify(struct app *app);

/* Makes the day's backup where nothing was written on this day yet; where that fails, says so and
 * lets the change go on. */
void history_actions_before_writing(struct app *app);

#endif
