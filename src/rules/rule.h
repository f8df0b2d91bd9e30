/* The tables of rules, one file per subject. */
#ifndef RULES_RULE_H
#define RULES_RULE_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "rules/row.h"

/* One rule: true where the row keeps it, else the refusal or failure is in FAULT. */
typedef bool row_check(struct row *row, struct fault *fault);

/* What a register's rows must keep, each list closed by NULL: at once when a row is stored, and at
 * the end of the batch, when all its rows are there. */
struct register_rules {
    row_check *const *at_once;
    row_check *const *at_end;
    /* Where not NULL, one question for many records: true where all of those that the batch
     * inserted from FIRST_ID to LAST_ID surely keep the list at_end. Where not, or where it cannot
     * be told, they are looked at one by one. */
    bool (*all_keep)(struct asker *asker, int64_t first_id, int64_t last_id);
};

/* Returns the rules of a register; lists that are NULL hold none. */
const struct register_rules *rules_of(enum register_id register_id);

/* Checks a row against what the descriptions say (types, choices, required, approvals),
 * then against the register's own rules. */
bool row_check_at_once(struct row *row, struct fault *fault);

/* Runs one list over a row, to the first rule that it breaks. */
bool row_check_list(row_check *const *list, struct row *row, struct fault *fault);

/* src/rules/field_rules.c: what every register keeps. */
row_check check_values_fit;
row_check check_required;

/* Says which record has the key or the unique field already. Its index in the file refuses a
 * repeated value sooner than a question could, so this is asked once that has happened. */
row_check check_unique;

/* src/rules/approval.c: puts the holder of the day in place of a role that decides. */
row_check complete_approvals;

/* True where the open batch has inserted the record. */
bool batch_has_inserted(struct workbook *workbook, enum register_id register_id, int64_t id);

/* LOOKUP_FOUND where the round is closed. */
enum lookup round_find_closed(struct asker *asker, int64_t audit, struct fault *fault);

/* Whether every acknowledgement of a range names a version that exists. */
bool acknowledgement_versions_exist(struct asker *asker, int64_t first_id, int64_t last_id);

/* The lists per subject. */
extern row_check *const workbook_rules[];
extern row_check *const person_rules[];
extern row_check *const role_rules[];
extern row_check *const role_rules_at_end[];
extern row_check *const policy_rules_at_end[];
extern row_check *const policy_version_rules[];
extern row_check *const policy_version_rules_at_end[];
extern row_check *const translation_rules_at_end[];
extern row_check *const acknowledgement_rules_at_end[];
extern row_check *const communication_rules[];
extern row_check *const kpi_rules[];
extern row_check *const requirement_rules[];
extern row_check *const requirement_rules_at_end[];
extern row_check *const audit_rules[];
extern row_check *const audit_rules_at_end[];
extern row_check *const assessment_rules[];
extern row_check *const assessment_rules_at_end[];
extern row_check *const sample_rules[];
extern row_check *const sample_rules_at_end[];
extern row_check *const evidence_link_rules[];
extern row_check *const evidence_link_rules_at_end[];
extern row_check *const exception_rules[];
extern row_check *const exception_rules_at_end[];

#endif
