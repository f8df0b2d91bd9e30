/* Which versions of a policy matter now: the one in force, the one in work. */
#ifndef CLAUSE5_PANES_POLICY_VERSIONS_H
#define CLAUSE5_PANES_POLICY_VERSIONS_H

#include "panes/frame/app.h"

/* A version as the list of policies shows it; id 0: there is none. Texts are owned. */
struct policy_version_seen {
    int64_t id;
    char *version, *status;
};

struct policy_versions {
    struct policy_version_seen current; /* approved, the newest of them */
    struct policy_version_seen work;    /* draft or in review */
    struct policy_version_seen last;    /* the newest of those that are neither */
};

/* Reads the versions of a policy; false where reading failed. Release with policy_versions_free. */
bool policy_versions_load(struct app *app, int64_t policy, struct policy_versions *versions);
void policy_versions_free(struct policy_versions *versions);

#endif
