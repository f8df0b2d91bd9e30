/* What a user does to a policy from its list. */
#ifndef CLAUSE5_PANES_POLICY_KEYS_H
#define CLAUSE5_PANES_POLICY_KEYS_H

#include "panes/frame/app.h"

/* The keys of policies, and what they do: as in struct list_extra. */
extern const struct binding_table policy_bindings;
unsigned policy_keys_act(struct app *app, int action, const int64_t *policies, size_t count);

#endif
