/* Who the history says makes the changes (contract.md, Actor): a name kept per user, outside the
 * workbook. */
#ifndef CLAUSE5_RULES_ACTOR_H
#define CLAUSE5_RULES_ACTOR_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

/* Returns the name kept in this user's state folder, or NULL where there is none that can be used;
 * the caller frees. */
char *actor_read_kept(void);

/* Keeps the name for the next start. A machine where that cannot be done asks again then. */
void actor_keep(const char *name);

/* Returns the assessor that the workbook names, or NULL; the caller frees. */
char *actor_read_assessor(struct workbook *workbook);

/* Refuses what cannot stand in the history: nothing but blanks, too long, not UTF-8, or a
 * character that does not show. */
bool actor_check_name(const char *name, struct fault *fault);

/* Sets who writes where nobody can be asked: the kept name, else the workbook's assessor, else the
 * login name stays. */
void actor_choose(struct workbook *workbook);

#endif
