/* Which checks there are, by name. */
#ifndef RULES_CHECK_NAMES_H
#define RULES_CHECK_NAMES_H

#include <stdbool.h>

/* True where a check has exactly that id. */
bool check_name_exists(const char *name);

#endif
