/* Owns finding the versions that a policy shows; knows nothing of lists. */
#include "panes/policies/policy_versions.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/query.h"

static struct policy_version_seen *slot_of(struct policy_versions *versions, const char *status) {
    if (strcmp(status, "approved") == 0) {
        return &versions->current;
    }
    bool is_in_work = strcmp(status, "draft") == 0 || strcmp(status, "in review") == 0;
    return is_in_work ? &versions->work : &versions->last;
}

/* The newest of several stands first, as the word approved_version has it (words.sql). */
bool policy_versions_load(struct app *app, int64_t policy, struct policy_versions *versions) {
    static const char sql[] = "SELECT id, version, status FROM policy_version"
                              " WHERE policy = :policy"
                              " ORDER BY coalesce(approved_on, effective_on, '') DESC, id DESC";
    struct fault fault = {0};
    *versions = (struct policy_versions){0};
    struct query *query = query_open(app_workbook(app), sql, &fault);
    int step = -1;
    if (query != NULL) {
        query_bind_whole(query, ":policy", policy);
        step = query_step(query, &fault);
    }
    for (; step == 1; step = query_step(query, &fault)) {
        struct policy_version_seen *slot = slot_of(versions, query_text(query, 2));
        if (slot->id == 0) {
            slot->id = query_whole(query, 0);
            slot->version = memory_copy_text(query_text(query, 1));
            slot->status = memory_copy_text(query_text(query, 2));
        }
    }
    query_close(query);
    if (step != 0) {
        app_say_fault(app, &fault);
        policy_versions_free(versions);
    }
    return step == 0;
}

static void free_seen(struct policy_version_seen *seen) {
    free(seen->version);
    free(seen->status);
}

void policy_versions_free(struct policy_versions *versions) {
    free_seen(&versions->current);
    free_seen(&versions->work);
    free_seen(&versions->last);
    *versions = (struct policy_versions){0};
}
