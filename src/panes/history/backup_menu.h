/* The backups of a workbook to choose from. */
#ifndef CLAUSE5_PANES_BACKUP_MENU_H
#define CLAUSE5_PANES_BACKUP_MENU_H

#include <stddef.h>

#include "clause5/screen/dialog.h"
#include "clause5/store/restore.h"

enum { BACKUP_MENU_LEAVE = -1, BACKUP_MENU_SALVAGE = -2 };

/* Shows the backups that can be read, the newest first, with what each would lose, and below them
 * that what can still be read may be salvaged. Returns the index of a backup in the list, or one of
 * the enum above. */
int backup_menu_choose(const struct stage *stage, const char *title,
                       const struct backup_list *list);

/* Appends "3 changes, the newest of 2026-11-21 09:12, would be lost", or what else is known. */
void backup_menu_add_loss(const struct backup_list *list, const struct backup_entry *entry,
                          struct buffer *out);

#endif
