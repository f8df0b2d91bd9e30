/* Owns what policies, their versions, translations and acknowledgements must keep. */
#include "rules/rule.h"

/* registers.tsv, policy.parent: no cycles. UNION drops what was seen, so that a circle further up
 * ends as well. */
static bool check_parents(struct row *row, struct fault *fault) {
    const struct question question = {
        .sql = "WITH RECURSIVE above(id) AS ("
               "  SELECT parent FROM policy WHERE id = :id"
               "  UNION"
               "  SELECT policy.parent FROM policy JOIN above ON policy.id = above.id)"
               " SELECT id FROM above WHERE id = :id",
        .arguments = {{":id", .whole = row->id}}};
    int64_t id = 0;
    if (row_is_empty(row, POLICY_PARENT)) {
        return true;
    }
    enum lookup found = ask_first(row->asker, &question, &id, fault);
    if (found != LOOKUP_FOUND) {
        return found == LOOKUP_NONE;
    }
    return row_refuse(row, fault, POLICY_PARENT,
                      "would derive from itself, directly or through others: name a policy above "
                      "it, or leave the field empty");
}

row_check *const policy_rules_at_end[] = {check_parents, NULL};

static bool check_approval_is_complete(struct row *row, struct fault *fault) {
    if (!row_is(row, POLICY_VERSION_STATUS, "approved")) {
        return true;
    }
    if (row_is_empty(row, POLICY_VERSION_APPROVED_BY)) {
        return row_refuse(row, fault, POLICY_VERSION_APPROVED_BY,
                          "is approved, but by nobody: say who approved it");
    }
    if (row_is_empty(row, POLICY_VERSION_APPROVED_ON)) {
        return row_refuse(row, fault, POLICY_VERSION_APPROVED_ON,
                          "is approved, but on no day: say when it was approved");
    }
    return true;
}

row_check *const policy_version_rules[] = {check_approval_is_complete, NULL};

static bool check_one_approved(struct row *row, struct fault *fault) {
    const struct question question = {
        .sql = "SELECT version FROM policy_version"
               " WHERE policy = :policy AND id <> :id AND status = 'approved' ORDER BY version",
        .arguments = {{":policy", .whole = row_whole(row, POLICY_VERSION_POLICY)},
                      {":id", .whole = row->id}}};
    struct buffer other = {0};
    if (!row_is(row, POLICY_VERSION_STATUS, "approved")) {
        return true;
    }
    enum lookup found = ask_text(row->asker, &question, &other, fault);
    if (found == LOOKUP_FOUND) {
        row_refuse(row, fault, POLICY_VERSION_STATUS,
                   "is approved, and so is version %s of the same policy: supersede or withdraw "
                   "one of them",
                   buffer_text(&other));
    }
    buffer_free(&other);
    return found == LOOKUP_NONE;
}

static bool check_one_in_work(struct row *row, struct fault *fault) {
    const struct question question = {
        .sql = "SELECT version FROM policy_version"
               " WHERE policy = :policy AND id <> :id AND status IN ('draft', 'in review')"
               " ORDER BY version",
        .arguments = {{":policy", .whole = row_whole(row, POLICY_VERSION_POLICY)},
                      {":id", .whole = row->id}}};
    struct buffer other = {0};
    if (!row_is(row, POLICY_VERSION_STATUS, "draft") &&
        !row_is(row, POLICY_VERSION_STATUS, "in review")) {
        return true;
    }
    enum lookup found = ask_text(row->asker, &question, &other, fault);
    if (found == LOOKUP_FOUND) {
        row_refuse(row, fault, POLICY_VERSION_STATUS,
                   "is in work, and so is version %s of the same policy: approve or withdraw that "
                   "one first",
                   buffer_text(&other));
    }
    buffer_free(&other);
    return found == LOOKUP_NONE;
}

row_check *const policy_version_rules_at_end[] = {check_one_approved, check_one_in_work, NULL};

/* contract.md, Values: a version that is named must exist for that policy, drafts included. */
static bool check_version_exists(struct row *row, int policy_field, int version_field,
                                 struct fault *fault) {
    const struct question question = {
        .sql = "SELECT id FROM policy_version WHERE policy = :policy AND version = :version",
        .arguments = {{":policy", .whole = row_whole(row, policy_field)},
                      {":version", .text = row_text(row, version_field)}}};
    int64_t version = 0;
    enum lookup found = ask_first(row->asker, &question, &version, fault);
    if (found != LOOKUP_NONE) {
        return found == LOOKUP_FOUND;
    }
    return row_refuse(row, fault, version_field,
                      "names version %s, which the policy does not have: add that version first, "
                      "or name one that is there",
                      row_text(row, version_field));
}

static bool check_translated_version(struct row *row, struct fault *fault) {
    return check_version_exists(row, TRANSLATION_POLICY, TRANSLATION_VERSION, fault);
}

static bool check_acknowledged_version(struct row *row, struct fault *fault) {
    return check_version_exists(row, ACKNOWLEDGEMENT_POLICY, ACKNOWLEDGEMENT_VERSION, fault);
}

bool acknowledgement_versions_exist(struct asker *asker, int64_t first_id, int64_t last_id) {
    const struct question question = {
        .sql = "SELECT id FROM acknowledgement"
               " WHERE id BETWEEN :first AND :last"
               "   AND (policy, version) NOT IN (SELECT policy, version FROM policy_version)"
               " LIMIT 1",
        .arguments = {{":first", .whole = first_id}, {":last", .whole = last_id}}};
    struct fault ignored = {0};
    int64_t id = 0;
    enum lookup found = ask_first(asker, &question, &id, &ignored);
    fault_clear(&ignored);
    return found == LOOKUP_NONE;
}

row_check *const translation_rules_at_end[] = {check_translated_version, NULL};
row_check *const acknowledgement_rules_at_end[] = {check_acknowledged_version, NULL};
