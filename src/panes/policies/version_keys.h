/* The steps of a policy version as people take them, from wherever they stand. */
#ifndef CLAUSE5_PANES_VERSION_KEYS_H
#define CLAUSE5_PANES_VERSION_KEYS_H

#include "clause5/rules/workflow.h"
#include "panes/frame/app.h"

/* Asks what the step needs (who and when, or whether it is meant) and takes it; VERSION_NO_STEP
 * stands for the one that comes next. Says what was stored, or why not. */
void version_keys_step(struct app *app, int64_t version, enum version_step step);

#endif
