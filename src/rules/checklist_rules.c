/* Owns what requirements, rounds, their lines and their samples must keep. */
#include "rules/rule.h"

#include <inttypes.h>
#include <string.h>

#include "clause5/rules/assessment.h"
#include "clause5/store/batch.h"

static const char own_prefix[] = "X-"; /* registers.tsv, requirement.ref: own lines start with it */

static bool is_own_ref(const char *ref) {
    return strncmp(ref, own_prefix, strlen(own_prefix)) == 0;
}

static bool check_shipped(struct row *row, struct fault *fault) {
    const struct value *values = row->before != NULL ? row->before : row->values;
    bool is_shipped = row->id == record_shipped_id(value_text(&values[REQUIREMENT_REF]));
    if (is_shipped) {
        return row->before == NULL ||
               row_refuse(row, fault, REQUIREMENT_REF,
                          "ships with the program and stays as it is: add a line of your own, with "
                          "a ref that starts with X-");
    }
    return is_own_ref(row_text(row, REQUIREMENT_REF)) ||
           row_refuse(row, fault, REQUIREMENT_REF,
                      "is a line of your own, and the ref of such a line starts with X-: call it "
                      "X-%s, say",
                      row_text(row, REQUIREMENT_REF));
}

row_check *const requirement_rules[] = {check_shipped, NULL};

enum lookup round_find_closed(struct asker *asker, int64_t audit, struct fault *fault) {
    const struct question question = {
        .sql = "SELECT id FROM audit WHERE id = :audit AND closed_on IS NOT NULL",
        .arguments = {{":audit", .whole = audit}}};
    int64_t id = 0;
    return ask_first(asker, &question, &id, fault);
}

/* A round that the batch itself brings may be completed within it. */
static bool check_round_is_open(struct row *row, struct fault *fault) {
    if (row->before == NULL || row->before[AUDIT_CLOSED_ON].kind == VALUE_EMPTY ||
        batch_has_inserted(row->asker->workbook, REGISTER_AUDIT, row->id)) {
        return true;
    }
    return row_refuse(row, fault, AUDIT_CLOSED_ON,
                      "is closed and can no longer be changed: reopen it first, with a reason");
}

row_check *const audit_rules[] = {check_round_is_open, NULL};

static bool refuse_closed(const struct row *row, int audit_field, struct fault *fault) {
    return row_refuse(row, fault, audit_field,
                      "belongs to a closed round, which can no longer be changed: reopen the round "
                      "first, with a reason");
}

/* Where the batch touches rounds, the end of the batch tells whether this one was closed by it. */
static bool check_line_at_once(struct row *row, int audit_field, struct fault *fault) {
    enum lookup closed = LOOKUP_NONE;
    if (row->before != NULL && row_has_changed(row, audit_field)) {
        closed = round_find_closed(row->asker, row->before[audit_field].whole, fault);
    }
    if (closed == LOOKUP_NONE && !batch_has_touched(row->asker->workbook, REGISTER_AUDIT)) {
        closed = round_find_closed(row->asker, row_whole(row, audit_field), fault);
    }
    if (closed == LOOKUP_FOUND) {
        return refuse_closed(row, audit_field, fault);
    }
    return closed == LOOKUP_NONE;
}

static bool check_line_at_end(struct row *row, int audit_field, struct fault *fault) {
    int64_t audit = row_whole(row, audit_field);
    if (whole_list_has(row->touched_audits, audit)) {
        return true;
    }
    enum lookup closed = round_find_closed(row->asker, audit, fault);
    if (closed == LOOKUP_FOUND) {
        return refuse_closed(row, audit_field, fault);
    }
    return closed == LOOKUP_NONE;
}

static bool check_assessment_is_open(struct row *row, struct fault *fault) {
    return check_line_at_once(row, ASSESSMENT_AUDIT, fault);
}

static bool check_assessment_was_open(struct row *row, struct fault *fault) {
    return check_line_at_end(row, ASSESSMENT_AUDIT, fault);
}

static bool check_sample_is_open(struct row *row, struct fault *fault) {
    return check_line_at_once(row, SAMPLE_AUDIT, fault);
}

static bool check_sample_was_open(struct row *row, struct fault *fault) {
    return check_line_at_end(row, SAMPLE_AUDIT, fault);
}

static bool read_setting(struct asker *asker, const struct value *values,
                         struct assessment_line *line, struct fault *fault) {
    const struct question kind = {
        .sql = "SELECT kind FROM audit WHERE id = :audit",
        .arguments = {{":audit", .whole = values[ASSESSMENT_AUDIT].whole}}};
    const struct question practice = {
        .sql = "SELECT kind = 'practice' FROM requirement WHERE id = :requirement",
        .arguments = {{":requirement", .whole = values[ASSESSMENT_REQUIREMENT].whole}}};
    const struct question own = {
        .sql = "SELECT substr(ref, 1, 2) = 'X-' FROM requirement WHERE id = :requirement",
        .arguments = {{":requirement", .whole = values[ASSESSMENT_REQUIREMENT].whole}}};
    struct buffer word = {0};
    int64_t is_practice = 0;
    int64_t is_own = 0;
    bool is_read = ask_text(asker, &kind, &word, fault) != LOOKUP_FAULT &&
                   ask_first(asker, &practice, &is_practice, fault) != LOOKUP_FAULT &&
                   ask_first(asker, &own, &is_own, fault) != LOOKUP_FAULT;
    struct value value = value_of_text(buffer_text(&word));
    line->kind = audit_kind_of(&value);
    line->is_practice = is_practice != 0;
    line->is_own = is_own != 0;
    value_free(&value);
    buffer_free(&word);
    return is_read;
}

/* Reads the whole line: the round and the requirement that it stands between, and its values. */
static bool read_line(struct asker *asker, const struct value *values, struct assessment_line *line,
                      struct fault *fault) {
    line->state = assessment_state_of(&values[ASSESSMENT_STATE]);
    line->result = assessment_result_of(&values[ASSESSMENT_RESULT]);
    line->grade = assessment_grade_of(&values[ASSESSMENT_GRADE]);
    line->has_note = values[ASSESSMENT_NOTE].kind != VALUE_EMPTY;
    return read_setting(asker, values, line, fault);
}

bool assessment_read_line(struct workbook *workbook, const struct value *values,
                          struct assessment_line *line, struct fault *fault) {
    struct asker asker = {.workbook = workbook};
    bool is_read = read_line(&asker, values, line, fault);
    asker_close(&asker);
    return is_read;
}

static bool check_values_of_line(struct asker *asker, const struct value *values,
                                 struct fault *fault) {
    struct assessment_line line;
    return read_line(asker, values, &line, fault) && assessment_check(&line, fault);
}

/* Says which line it is before the reason. */
static bool check_line(struct row *row, struct fault *fault) {
    struct fault reason = {0};
    if (check_values_of_line(row->asker, row->values, &reason)) {
        return true;
    }
    if (reason.kind == FAULT_REFUSED) {
        row_refuse(row, fault, fault_field(&reason), "cannot stand so: %s", fault_text(&reason));
    } else {
        fault_set(fault, reason.kind, "%s", fault_text(&reason));
    }
    fault_clear(&reason);
    return false;
}

row_check *const assessment_rules[] = {check_assessment_is_open, check_line, NULL};
row_check *const assessment_rules_at_end[] = {check_assessment_was_open, NULL};
row_check *const sample_rules[] = {check_sample_is_open, NULL};
row_check *const sample_rules_at_end[] = {check_sample_was_open, NULL};

/* Checks one line because its round or requirement has changed; the breach is about ROW. */
static bool check_line_of(struct row *row, int64_t assessment, int field, struct fault *fault) {
    struct record record = {0};
    enum lookup found =
        record_load(row->asker->workbook, REGISTER_ASSESSMENT, assessment, &record, fault);
    if (found != LOOKUP_FOUND) {
        return found == LOOKUP_NONE;
    }
    struct fault reason = {0};
    struct buffer key = {0};
    bool is_kept = check_values_of_line(row->asker, record.values, &reason);
    if (!is_kept && record_print_key(row->asker->workbook, &record, &key, fault)) {
        row_refuse(row, fault, field, "would leave the assessment %s as it cannot stand: %s",
                   buffer_text(&key), fault_text(&reason));
    }
    buffer_free(&key);
    fault_clear(&reason);
    record_free(&record);
    return is_kept;
}

static bool check_lines_of(struct row *row, const struct question *question, int field,
                           struct fault *fault) {
    struct whole_list list = {0};
    bool is_kept = ask_all(row->asker, question, &list, fault);
    for (size_t i = 0; is_kept && i < list.count; i++) {
        is_kept = check_line_of(row, list.items[i], field, fault);
    }
    whole_list_free(&list);
    return is_kept;
}

static bool check_lines_of_requirement(struct row *row, struct fault *fault) {
    const struct question question = {
        .sql = "SELECT id FROM assessment WHERE requirement = :requirement ORDER BY id",
        .arguments = {{":requirement", .whole = row->id}}};
    return row->is_new || check_lines_of(row, &question, REQUIREMENT_KIND, fault);
}

row_check *const requirement_rules_at_end[] = {check_lines_of_requirement, NULL};

static bool check_lines_of_round(struct row *row, struct fault *fault) {
    const struct question question = {
        .sql = "SELECT id FROM assessment WHERE audit = :audit ORDER BY id",
        .arguments = {{":audit", .whole = row->id}}};
    return row->is_new || check_lines_of(row, &question, AUDIT_KIND, fault);
}

/* Counts lines of the round by a condition; a fault counts as -1. */
static int64_t count_lines(struct row *row, const char *sql, struct fault *fault) {
    const struct question question = {.sql = sql, .arguments = {{":audit", .whole = row->id}}};
    int64_t count = 0;
    return ask_first(row->asker, &question, &count, fault) == LOOKUP_FAULT ? -1 : count;
}

/* product.md, The checklist: closing needs no open line, every finding with its note, a conclusion.
 * A round that comes in closed, as history from elsewhere, may lack the conclusion. */
static bool check_closing(struct row *row, struct fault *fault) {
    if (row_is_empty(row, AUDIT_CLOSED_ON)) {
        return true;
    }
    int64_t open = count_lines(
        row, "SELECT count(*) FROM assessment WHERE audit = :audit AND state <> 'done'", fault);
    if (open != 0) {
        return open > 0 && row_refuse(row, fault, AUDIT_CLOSED_ON,
                                      "cannot be closed with %" PRId64
                                      " open line%s: record a result for each first",
                                      open, open == 1 ? "" : "s");
    }
    int64_t silent = count_lines(row,
                                 "SELECT count(*) FROM assessment WHERE audit = :audit"
                                 " AND (grade IS NOT NULL OR result = 'partial') AND note IS NULL",
                                 fault);
    if (silent != 0) {
        return silent > 0 && row_refuse(row, fault, AUDIT_CLOSED_ON,
                                        "cannot be closed while findings lack their note (%" PRId64
                                        "): write down the objective evidence first",
                                        silent);
    }
    return row->is_new || !row_is_empty(row, AUDIT_CONCLUSION) ||
           row_refuse(row, fault, AUDIT_CONCLUSION,
                      "cannot be closed without a conclusion: say what the round came to");
}

row_check *const audit_rules_at_end[] = {check_lines_of_round, check_closing, NULL};
