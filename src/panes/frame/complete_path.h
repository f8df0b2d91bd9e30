/* Tab in a path. */
#ifndef CLAUSE5_PANES_COMPLETE_PATH_H
#define CLAUSE5_PANES_COMPLETE_PATH_H

#include "clause5/screen/candidates.h"

/* Adds up to six files and folders that TYPED may become; folders end in /. */
void complete_path(const char *typed, struct candidates *out);

#endif
