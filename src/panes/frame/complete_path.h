/* Tab in a path. */
#ifndef CLAUSE5_PANES_COMPLETE_PATH_H
#define CLAUSE5_PANES_COMPLETE_PATH_H

#include "clause5/screen/candidates.h"

/* Returns the path with a home folder in place of a leading ~; the caller frees. */
char *complete_path_home(const char *typed);

/* Adds up to six files and folders that TYPED may become; folders end in /. */
void complete_path(const char *typed, struct candidates *out);

/* As complete_path, where a path that begins with no slash counts from the folder BASE. */
void complete_path_in(const char *base, const char *typed, struct candidates *out);

#endif
