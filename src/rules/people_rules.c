/* Owns what people and roles must keep between them: whoever names a party must mean one
 * (contract.md, Values). */
#include "rules/rule.h"

/* What a person can be mistaken for, by the number that the statement below gives. */
static const struct {
    int field;
    const char *reason;
} mistakes[] = {
    [1] = {PERSON_NAME, "has the name of a role, so that nobody could tell which of them is meant: "
                        "write the full name of the person, or rename the role"},
    [2] = {PERSON_NAME,
           "has somebody else's e-mail as its name: write the full name of the person"},
    [3] = {PERSON_EMAIL, "has as its e-mail what is the name of another person: write the full "
                         "name of the other one first"},
};

/* One statement for all, as a staff list brings many people. */
static bool check_person_is_unmistakable(struct row *row, struct fault *fault) {
    const struct question question = {
        .sql = "SELECT 1 FROM role"
               " WHERE ref = :name COLLATE NOCASE OR title = :name COLLATE NOCASE"
               " UNION ALL"
               " SELECT 2 FROM person WHERE email = :name COLLATE NOCASE AND id <> :id"
               " UNION ALL"
               " SELECT 3 FROM person WHERE name = :email COLLATE NOCASE AND id <> :id",
        .arguments = {{":name", .text = row_text(row, PERSON_NAME)},
                      {":email", .text = row_text(row, PERSON_EMAIL)},
                      {":id", .whole = row->id}}};
    int64_t mistake = 0;
    if (!row_has_changed(row, PERSON_NAME) && !row_has_changed(row, PERSON_EMAIL)) {
        return true;
    }
    enum lookup found = ask_first(row->asker, &question, &mistake, fault);
    if (found != LOOKUP_FOUND) {
        return found == LOOKUP_NONE;
    }
    return row_refuse(row, fault, mistakes[mistake].field, "%s", mistakes[mistake].reason);
}

row_check *const person_rules[] = {check_person_is_unmistakable, NULL};

static bool check_role_is_no_person(struct row *row, int field, struct fault *fault) {
    const struct question question = {.sql =
                                          "SELECT id FROM person WHERE name = :word COLLATE NOCASE",
                                      .arguments = {{":word", .text = row_text(row, field)}}};
    int64_t person = 0;
    if (!row_has_changed(row, field)) {
        return true;
    }
    enum lookup found = ask_first(row->asker, &question, &person, fault);
    if (found != LOOKUP_FOUND) {
        return found == LOOKUP_NONE;
    }
    return row_refuse(row, fault, field,
                      "is called \"%s\", which is the name of a person: call the role by what it "
                      "does, and name the person as its holder",
                      row_text(row, field));
}

static bool check_ref_is_no_person(struct row *row, struct fault *fault) {
    return check_role_is_no_person(row, ROLE_REF, fault);
}

static bool check_title_is_no_person(struct row *row, struct fault *fault) {
    return check_role_is_no_person(row, ROLE_TITLE, fault);
}

/* registers.tsv, role.kind: a group has no single holder. */
static bool check_group_has_no_holder(struct row *row, struct fault *fault) {
    if (!row_is(row, ROLE_KIND, "group") || row_is_empty(row, ROLE_HOLDER)) {
        return true;
    }
    return row_refuse(row, fault, ROLE_HOLDER,
                      "is a group, which has no single holder: leave the holder empty, or choose "
                      "another kind");
}

row_check *const role_rules[] = {
    check_ref_is_no_person,
    check_title_is_no_person,
    check_group_has_no_holder,
    NULL,
};

/* registers.tsv, role.reports_to: no cycles. UNION drops what was seen, so that a circle further up
 * ends as well. */
static bool check_reporting_line(struct row *row, struct fault *fault) {
    const struct question question = {
        .sql = "WITH RECURSIVE above(id) AS ("
               "  SELECT reports_to FROM role WHERE id = :id"
               "  UNION"
               "  SELECT role.reports_to FROM role JOIN above ON role.id = above.id)"
               " SELECT id FROM above WHERE id = :id",
        .arguments = {{":id", .whole = row->id}}};
    int64_t id = 0;
    if (row_is_empty(row, ROLE_REPORTS_TO)) {
        return true;
    }
    enum lookup found = ask_first(row->asker, &question, &id, fault);
    if (found != LOOKUP_FOUND) {
        return found == LOOKUP_NONE;
    }
    return row_refuse(row, fault, ROLE_REPORTS_TO,
                      "would report to itself, directly or through others: name a role above it, "
                      "or leave the field empty");
}

row_check *const role_rules_at_end[] = {check_reporting_line, NULL};
