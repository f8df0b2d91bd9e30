/* Owns the rules of rows that name any record of any register by its key: evidence links and
 * exceptions. */
#include "rules/rule.h"

#include <string.h>

#include "rules/check_names.h"

/* A finding of absence has this in place of a record (contract.md, Streams and exit status). */
static const char no_record[] = "-";

static bool check_register_name(struct row *row, int field, struct fault *fault) {
    return register_find(row_text(row, field)) != REGISTER_NONE ||
           row_refuse(row, fault, field,
                      "names \"%s\", which is no register: use a name such as policy or assessment",
                      row_text(row, field));
}

/* Finds the named record. KEY takes its key as
 * the register writes it. */
static enum lookup find_named(struct row *row, int register_field, struct buffer *key,
                              struct fault *fault) {
    enum register_id named = register_find(row_text(row, register_field));
    int64_t id = WORKBOOK_ROW_ID;
    if (named == REGISTER_NONE) {
        return LOOKUP_NONE;
    }
    enum lookup found =
        record_find_key(row->asker->workbook, named, row_text(row, register_field + 1), &id, fault);
    if (found != LOOKUP_FOUND) {
        return found;
    }
    return record_print_key_of(row->asker->workbook, named, id, key, fault);
}

/* Writes the key as the register has it, where the record is there already. */
static bool complete_record(struct row *row, int register_field, struct fault *fault) {
    int field = register_field + 1;
    struct buffer key = {0};
    enum lookup found = find_named(row, register_field, &key, fault);
    if (found == LOOKUP_FOUND && !row_is(row, field, buffer_text(&key))) {
        struct value value = value_of_text(buffer_text(&key));
        row_complete(row, field, &value);
        value_free(&value);
    }
    buffer_free(&key);
    return found != LOOKUP_FAULT;
}

static bool check_record_exists(struct row *row, int register_field, struct fault *fault) {
    int field = register_field + 1;
    struct buffer key = {0};
    enum lookup found = find_named(row, register_field, &key, fault);
    bool is_kept = found == LOOKUP_FOUND && row_is(row, field, buffer_text(&key));
    if (found == LOOKUP_NONE) {
        row_refuse(row, fault, field,
                   "names \"%s\", which the register %s does not have: name a record by its key, "
                   "such as POL-001 or 2026-IA/5.1.a",
                   row_text(row, field), row_text(row, register_field));
    } else if (found == LOOKUP_FOUND && !is_kept) {
        row_refuse(row, fault, field, "names \"%s\", which is written %s: write it so",
                   row_text(row, field), buffer_text(&key));
    }
    buffer_free(&key);
    return is_kept;
}

_Static_assert((int)EVIDENCE_LINK_RECORD == (int)EVIDENCE_LINK_REGISTER + 1 &&
                   (int)EXCEPTION_RECORD == (int)EXCEPTION_REGISTER + 1,
               "the record stands behind its register");

static bool check_linked_register(struct row *row, struct fault *fault) {
    return check_register_name(row, EVIDENCE_LINK_REGISTER, fault) &&
           complete_record(row, EVIDENCE_LINK_REGISTER, fault);
}

static bool check_linked_record(struct row *row, struct fault *fault) {
    return check_record_exists(row, EVIDENCE_LINK_REGISTER, fault);
}

row_check *const evidence_link_rules[] = {check_linked_register, NULL};
row_check *const evidence_link_rules_at_end[] = {check_linked_record, NULL};

static bool check_check_exists(struct row *row, struct fault *fault) {
    return check_name_exists(row_text(row, EXCEPTION_CHECK)) ||
           row_refuse(row, fault, EXCEPTION_CHECK,
                      "names \"%s\", which is no check: use an id that `describe checks` lists",
                      row_text(row, EXCEPTION_CHECK));
}

static bool is_about_absence(const struct row *row) {
    return row_is(row, EXCEPTION_RECORD, no_record);
}

static bool check_excepted_register(struct row *row, struct fault *fault) {
    return check_register_name(row, EXCEPTION_REGISTER, fault) &&
           (is_about_absence(row) || complete_record(row, EXCEPTION_REGISTER, fault));
}

static bool check_excepted_record(struct row *row, struct fault *fault) {
    return is_about_absence(row) || check_record_exists(row, EXCEPTION_REGISTER, fault);
}

row_check *const exception_rules[] = {check_check_exists, check_excepted_register, NULL};
row_check *const exception_rules_at_end[] = {check_excepted_record, NULL};
