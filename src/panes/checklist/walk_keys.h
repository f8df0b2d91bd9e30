/* The keys of the walk. */
#ifndef CLAUSE5_PANES_WALK_KEYS_H
#define CLAUSE5_PANES_WALK_KEYS_H

#include "clause5/screen/bindings.h"

extern const struct binding_table walk_bindings;

#endif
