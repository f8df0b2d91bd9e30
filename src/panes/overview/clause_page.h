/* The page of one clause: its requirements and why each stands as it does. */
#ifndef CLAUSE5_PANES_CLAUSE_PAGE_H
#define CLAUSE5_PANES_CLAUSE_PAGE_H

#include "panes/frame/app.h"

/* Returns the clause that a row shows CLAUSE under: 7 for 7.1 to 7.5, 10 for 10.1 and 10.2, else
 * CLAUSE itself; the caller frees. */
char *clause_shown(const char *clause);

/* True where CLAUSE is SHOWN or one of its parts. */
bool clause_is_within(const char *clause, const char *shown);

/* Opens the page of CLAUSE, as the readiness counts name it. Returns outcome flags. */
unsigned clause_page_open(struct app *app, const char *clause);

#endif
