/* Owns recording findings; how a round begins is round_start.c, how its lines are read
 * round_lines.c, and what may be recorded is a rule. */
#include "clause5/audit/round.h"

#include "clause5/base/date.h"
#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"

/* product.md, The checklist: what each key stands for in the three fields. */
static const struct {
    const char *word;
    enum assessment_result result;
    enum assessment_grade grade;
    bool needs_note;
} verdicts[] = {
    [ROUND_CONFORMS] = {"conforms", RESULT_CONFORMS, GRADE_NONE, false},
    [ROUND_PARTIAL] = {"partial", RESULT_PARTIAL, GRADE_NONE, true},
    [ROUND_MINOR] = {"minor nonconformity", RESULT_NONCONFORMING, GRADE_MINOR, true},
    [ROUND_MAJOR] = {"major nonconformity", RESULT_NONCONFORMING, GRADE_MAJOR, true},
    [ROUND_CONCERN] = {"area of concern", RESULT_NONCONFORMING, GRADE_CONCERN, true},
    [ROUND_OBSERVATION] = {"observation", RESULT_CONFORMS, GRADE_OBSERVATION, true},
    [ROUND_OPPORTUNITY] = {"opportunity", RESULT_CONFORMS, GRADE_OPPORTUNITY, true},
    [ROUND_GOOD_PRACTICE] = {"good practice", RESULT_CONFORMS, GRADE_GOOD_PRACTICE, true},
    [ROUND_NOT_APPLICABLE] = {"not applicable", RESULT_NOT_APPLICABLE, GRADE_NONE, true},
    [ROUND_NOT_SAMPLED] = {"not sampled", RESULT_NOT_SAMPLED, GRADE_NONE, false},
};
_Static_assert(COUNT(verdicts) == ROUND_VERDICTS, "one row per verdict");

const char *round_verdict_word(enum round_verdict verdict) {
    return verdict == ROUND_NO_VERDICT ? "not assessed" : verdicts[verdict].word;
}

bool round_verdict_needs_note(enum round_verdict verdict) {
    return verdict != ROUND_NO_VERDICT && verdicts[verdict].needs_note;
}

enum round_verdict round_verdict_of(const struct value *values) {
    enum assessment_result result = assessment_result_of(&values[ASSESSMENT_RESULT]);
    enum assessment_grade grade = assessment_grade_of(&values[ASSESSMENT_GRADE]);
    /* A partial line may be graded as well; that it is partial weighs more. */
    if (result == RESULT_PARTIAL) {
        return ROUND_PARTIAL;
    }
    for (int verdict = 0; verdict < ROUND_VERDICTS; verdict++) {
        if (verdicts[verdict].result == result && verdicts[verdict].grade == grade) {
            return (enum round_verdict)verdict;
        }
    }
    return ROUND_NO_VERDICT;
}

/* product.md: in a stage 1 round both minor and major record an area of concern. */
static enum assessment_grade grade_in(enum audit_kind kind, enum round_verdict verdict) {
    bool is_finding = verdict == ROUND_MINOR || verdict == ROUND_MAJOR;
    return is_finding && kind == AUDIT_STAGE_1 ? GRADE_CONCERN : verdicts[verdict].grade;
}

static bool load_assessment(struct workbook *workbook, int64_t id, struct record *assessment,
                            struct fault *fault) {
    enum lookup found = record_load(workbook, REGISTER_ASSESSMENT, id, assessment, fault);
    if (found == LOOKUP_NONE) {
        fault_set(fault, FAULT_REFUSED, "the line is no longer in the round: go back to the list");
    }
    return found == LOOKUP_FOUND;
}

bool round_may_record(struct workbook *workbook, int64_t assessment, enum round_verdict verdict,
                      struct fault *fault) {
    struct record record = {0};
    struct assessment_line line;
    if (!load_assessment(workbook, assessment, &record, fault)) {
        return false;
    }
    bool may = assessment_read_line(workbook, record.values, &line, fault);
    if (may) {
        line.state = ASSESSMENT_DONE;
        line.result = verdicts[verdict].result;
        line.grade = grade_in(line.kind, verdict);
        line.has_note = true;
        may = assessment_check(&line, fault);
    }
    record_free(&record);
    return may;
}

static void set_text(struct value *value, const char *text) {
    value_free(value);
    *value = value_of_text(text);
}

static void fill_finding(struct record *record, const struct round_finding *finding,
                         enum audit_kind kind) {
    struct value *values = record->values;
    set_text(&values[ASSESSMENT_STATE], assessment_state_word(ASSESSMENT_DONE));
    set_text(&values[ASSESSMENT_RESULT], assessment_result_word(verdicts[finding->verdict].result));
    set_text(&values[ASSESSMENT_GRADE], assessment_grade_word(grade_in(kind, finding->verdict)));
    if (finding->note != NULL) {
        set_text(&values[ASSESSMENT_NOTE], finding->note);
    }
}

static bool record_one(struct workbook *workbook, int64_t id, const struct round_finding *finding,
                       struct fault *fault) {
    char today[DATE_TEXT_SIZE];
    struct record record = {0};
    struct assessment_line line;
    if (!load_assessment(workbook, id, &record, fault)) {
        return false;
    }
    bool is_stored = assessment_read_line(workbook, record.values, &line, fault);
    if (is_stored) {
        workbook_print_today(workbook, today);
        fill_finding(&record, finding, line.kind);
        set_text(&record.values[ASSESSMENT_ASSESSED_ON], today);
        set_text(&record.values[ASSESSMENT_ASSESSED_BY], workbook_actor(workbook));
        is_stored = edit_update(workbook, REGISTER_ASSESSMENT, id, record.values, fault);
    }
    record_free(&record);
    return is_stored;
}

/* "2026-IA/5.2.a: conforms", or the first of several "and 4 more". */
static bool print_label(struct workbook *workbook, const int64_t *assessments, size_t count,
                        struct buffer *label, struct fault *fault) {
    enum lookup found =
        record_print_key_of(workbook, REGISTER_ASSESSMENT, assessments[0], label, fault);
    if (count > 1) {
        buffer_addf(label, " and %zu more", count - 1);
    }
    return found != LOOKUP_FAULT;
}

bool round_record(struct workbook *workbook, const int64_t *assessments, size_t count,
                  const struct round_finding *finding, struct fault *fault) {
    struct buffer label = {0};
    bool is_stored = true;
    if (count == 0) {
        return true;
    }
    is_stored = print_label(workbook, assessments, count, &label, fault);
    buffer_addf(&label, ": %s", round_verdict_word(finding->verdict));
    is_stored = is_stored && edit_begin(workbook, buffer_text(&label), fault);
    buffer_free(&label);
    if (!is_stored) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!record_one(workbook, assessments[i], finding, fault)) {
            edit_abandon(workbook);
            return false;
        }
    }
    return edit_commit(workbook, fault);
}
