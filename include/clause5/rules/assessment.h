/* What may be recorded about one line of a round: which state, result and grade go together
 * (registers.tsv, assessment). */
#ifndef CLAUSE5_RULES_ASSESSMENT_H
#define CLAUSE5_RULES_ASSESSMENT_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "clause5/register/value.h"
#include "clause5/store/workbook.h"

/* The choices of assessment.state, .result and .grade and of audit.kind, in the order of
 * registers.tsv. */
enum assessment_state {
    ASSESSMENT_TO_DO,
    ASSESSMENT_IN_PROGRESS,
    ASSESSMENT_DONE,
    ASSESSMENT_STATES,
};

enum assessment_result {
    RESULT_NOT_ASSESSED,
    RESULT_CONFORMS,
    RESULT_PARTIAL,
    RESULT_NONCONFORMING,
    RESULT_NOT_APPLICABLE,
    RESULT_NOT_SAMPLED,
    ASSESSMENT_RESULTS,
};

enum assessment_grade {
    GRADE_MAJOR,
    GRADE_MINOR,
    GRADE_CONCERN, /* what a stage 1 round records in place of minor and major */
    GRADE_OBSERVATION,
    GRADE_OPPORTUNITY,
    GRADE_GOOD_PRACTICE,
    ASSESSMENT_GRADES,
    GRADE_NONE = ASSESSMENT_GRADES, /* the field is empty */
};

enum audit_kind {
    AUDIT_SELF_ASSESSMENT,
    AUDIT_INTERNAL,
    AUDIT_STAGE_1,
    AUDIT_STAGE_2,
    AUDIT_SURVEILLANCE,
    AUDIT_RECERTIFICATION,
    AUDIT_SUPPLIER,
    AUDIT_KINDS,
};

/* The words as stored; "" for GRADE_NONE. */
const char *assessment_state_word(enum assessment_state state);
const char *assessment_result_word(enum assessment_result result);
const char *assessment_grade_word(enum assessment_grade grade);
const char *audit_kind_word(enum audit_kind kind);

/* Read stored words back. A word that is none of them gives what an empty field means: to do, not
 * assessed, no grade, self-assessment. */
enum assessment_state assessment_state_of(const struct value *value);
enum assessment_result assessment_result_of(const struct value *value);
enum assessment_grade assessment_grade_of(const struct value *value);
enum audit_kind audit_kind_of(const struct value *value);

/* One line of a round as it would stand. */
struct assessment_line {
    enum audit_kind kind;
    bool is_practice; /* the requirement's kind is practice */
    bool is_own;      /* the user's own line: its ref starts with X- */
    enum assessment_state state;
    enum assessment_result result;
    enum assessment_grade grade;
    bool has_note;
};

/* Fills LINE from the values of an assessment (all its fields) and from the round and the
 * requirement that they name. False with the fault where reading failed. */
bool assessment_read_line(struct workbook *workbook, const struct value *values,
                          struct assessment_line *line, struct fault *fault);

/* True where the line may stand so. Otherwise refuses, about the field to mend (of the register
 * assessment), with the reason and what to do. */
bool assessment_check(const struct assessment_line *line, struct fault *fault);

#endif
