/* Owns which state, result and grade of an assessment go together; knows no workbook. */
#include "clause5/rules/assessment.h"

#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/register/register.h"

static const struct choice *choices_of(enum register_id register_id, int field) {
    return register_describe(register_id)->fields[field].choices;
}

/* Returns the place of the word among the field's choices, or OTHERWISE. */
static int choice_find(const struct choice *choices, const struct value *value, int otherwise) {
    for (int i = 0; choices[i].value != NULL; i++) {
        if (strcmp(choices[i].value, value_text(value)) == 0) {
            return i;
        }
    }
    return otherwise;
}

const char *assessment_state_word(enum assessment_state state) {
    return choices_of(REGISTER_ASSESSMENT, ASSESSMENT_STATE)[state].value;
}

const char *assessment_result_word(enum assessment_result result) {
    return choices_of(REGISTER_ASSESSMENT, ASSESSMENT_RESULT)[result].value;
}

const char *assessment_grade_word(enum assessment_grade grade) {
    return grade == GRADE_NONE ? ""
                               : choices_of(REGISTER_ASSESSMENT, ASSESSMENT_GRADE)[grade].value;
}

const char *audit_kind_word(enum audit_kind kind) {
    return choices_of(REGISTER_AUDIT, AUDIT_KIND)[kind].value;
}

enum assessment_state assessment_state_of(const struct value *value) {
    return (enum assessment_state)choice_find(choices_of(REGISTER_ASSESSMENT, ASSESSMENT_STATE),
                                              value, ASSESSMENT_TO_DO);
}

enum assessment_result assessment_result_of(const struct value *value) {
    return (enum assessment_result)choice_find(choices_of(REGISTER_ASSESSMENT, ASSESSMENT_RESULT),
                                               value, RESULT_NOT_ASSESSED);
}

enum assessment_grade assessment_grade_of(const struct value *value) {
    return (enum assessment_grade)choice_find(choices_of(REGISTER_ASSESSMENT, ASSESSMENT_GRADE),
                                              value, GRADE_NONE);
}

enum audit_kind audit_kind_of(const struct value *value) {
    return (enum audit_kind)choice_find(choices_of(REGISTER_AUDIT, AUDIT_KIND), value,
                                        AUDIT_SELF_ASSESSMENT);
}

#define GRADE_BIT(grade) (1u << (grade))

enum {
    GRADES_OF_FINDING = GRADE_BIT(GRADE_MAJOR) | GRADE_BIT(GRADE_MINOR),
    GRADES_OF_REMARK = GRADE_BIT(GRADE_NONE) | GRADE_BIT(GRADE_OBSERVATION) |
                       GRADE_BIT(GRADE_OPPORTUNITY) | GRADE_BIT(GRADE_GOOD_PRACTICE),
};

/* registers.tsv, assessment.grade: the grades each result takes, and what to do about another. */
static const struct {
    unsigned grades;
    const char *remedy;
} grade_rules[] = {
    [RESULT_NOT_ASSESSED] =
        {GRADE_BIT(GRADE_NONE),
         "a line that is not assessed has no grade: leave it empty, or record a "
         "result"},
    [RESULT_CONFORMS] = {GRADES_OF_REMARK, "a line that conforms may be graded observation, "
                                           "opportunity or good practice: choose one of them, or "
                                           "the result nonconforming"},
    [RESULT_PARTIAL] = {GRADES_OF_REMARK, "a line that conforms in part may be graded observation, "
                                          "opportunity or good practice: choose one of them, or "
                                          "the result nonconforming"},
    [RESULT_NONCONFORMING] = {GRADES_OF_FINDING,
                              "a nonconforming line is graded major nonconformity or minor "
                              "nonconformity: choose one of them"},
    [RESULT_NOT_APPLICABLE] = {GRADE_BIT(GRADE_NONE),
                               "a line that is not applicable has no grade: leave it empty"},
    [RESULT_NOT_SAMPLED] = {GRADE_BIT(GRADE_NONE),
                            "a line that was not sampled has no grade: leave it empty"},
};
_Static_assert(COUNT(grade_rules) == ASSESSMENT_RESULTS, "one rule per result");

static bool check_grade(const struct assessment_line *line, struct fault *fault) {
    if (line->result == RESULT_NONCONFORMING && line->kind == AUDIT_STAGE_1) {
        return line->grade == GRADE_CONCERN ||
               fault_refuse_field(fault, ASSESSMENT_GRADE,
                                  "a nonconforming line of a stage 1 round is graded area of "
                                  "concern: choose that");
    }
    if (line->grade == GRADE_CONCERN) {
        return fault_refuse_field(fault, ASSESSMENT_GRADE,
                                  "area of concern is the grade of a nonconforming line in a stage "
                                  "1 round: choose another grade");
    }
    return (grade_rules[line->result].grades & GRADE_BIT(line->grade)) != 0 ||
           fault_refuse_field(fault, ASSESSMENT_GRADE, "%s", grade_rules[line->result].remedy);
}

static bool check_state(const struct assessment_line *line, struct fault *fault) {
    if (line->state == ASSESSMENT_DONE && line->result == RESULT_NOT_ASSESSED) {
        return fault_refuse_field(fault, ASSESSMENT_RESULT,
                                  "a line that is done needs a result: record it, or set the state "
                                  "back to to do");
    }
    if (line->state == ASSESSMENT_TO_DO && line->result != RESULT_NOT_ASSESSED) {
        return fault_refuse_field(fault, ASSESSMENT_STATE,
                                  "a line with a result is done or in progress: set the state, or "
                                  "the result to not assessed");
    }
    return true;
}

/* registers.tsv, assessment.result: clauses 4 to 10 cannot be excluded. */
static bool check_result(const struct assessment_line *line, struct fault *fault) {
    if (line->result == RESULT_PARTIAL && line->kind != AUDIT_SELF_ASSESSMENT) {
        return fault_refuse_field(fault, ASSESSMENT_RESULT,
                                  "partial is a result of self-assessments only: an audit says "
                                  "conforms, with an observation, or nonconforming");
    }
    if (line->result != RESULT_NOT_APPLICABLE) {
        return true;
    }
    if (!line->is_practice && !line->is_own && line->kind != AUDIT_SUPPLIER) {
        return fault_refuse_field(fault, ASSESSMENT_RESULT,
                                  "clauses 4 to 10 cannot be excluded: not applicable is for "
                                  "practices, lines of your own (X-) and supplier audits; choose "
                                  "another result");
    }
    return line->has_note ||
           fault_refuse_field(fault, ASSESSMENT_NOTE,
                              "a line that is not applicable needs a note: say why it does not "
                              "apply");
}

static bool check_note(const struct assessment_line *line, struct fault *fault) {
    if (line->has_note || (line->grade == GRADE_NONE && line->result != RESULT_PARTIAL)) {
        return true;
    }
    if (line->grade == GRADE_NONE) {
        return fault_refuse_field(fault, ASSESSMENT_NOTE,
                                  "a partial result needs a note: say what is there and what is "
                                  "missing");
    }
    return fault_refuse_field(fault, ASSESSMENT_NOTE,
                              "a line graded %s needs a note: write down the objective evidence",
                              assessment_grade_word(line->grade));
}

bool assessment_check(const struct assessment_line *line, struct fault *fault) {
    if (line->is_practice && line->kind != AUDIT_SELF_ASSESSMENT) {
        return fault_refuse_field(fault, ASSESSMENT_REQUIREMENT,
                                  "a practice is assessed in self-assessments only: leave it out "
                                  "of this round");
    }
    return check_state(line, fault) && check_result(line, fault) && check_grade(line, fault) &&
           check_note(line, fault);
}
