/* The table of what an assessment may say, held against one written down anew here. */
#include "clause5/rules/assessment.h"

#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/register/register.h"

/* registers.tsv once more, as people read it: per result the grades it takes, "-" for none. */
static const struct {
    const char *result;
    const char *grades;
    const char *grades_in_stage_1;
} expected[] = {
    {"not assessed", "-", "-"},
    {"conforms", "-;observation;opportunity;good practice",
     "-;observation;opportunity;good practice"},
    {"partial", "-;observation;opportunity;good practice", ""},
    {"nonconforming", "major nonconformity;minor nonconformity", "area of concern"},
    {"not applicable", "-", "-"},
    {"not sampled", "-", "-"},
};

static bool list_has(const char *list, const char *word) {
    size_t len_bytes = strlen(word);
    for (const char *at = list; at != NULL; at = strchr(at, ';')) {
        at += *at == ';';
        if (strncmp(at, word, len_bytes) == 0 && (at[len_bytes] == ';' || at[len_bytes] == '\0')) {
            return true;
        }
    }
    return false;
}

static bool is_allowed(const struct assessment_line *line) {
    const char *kind = audit_kind_word(line->kind);
    const char *state = assessment_state_word(line->state);
    const char *result = assessment_result_word(line->result);
    const char *grade = line->grade == GRADE_NONE ? "-" : assessment_grade_word(line->grade);
    bool is_self = strcmp(kind, "self-assessment") == 0;
    bool is_assessed = strcmp(result, "not assessed") != 0;
    const char *grades = strcmp(kind, "stage 1") == 0 ? expected[line->result].grades_in_stage_1
                                                      : expected[line->result].grades;
    if ((line->is_practice && !is_self) || !list_has(grades, grade)) {
        return false;
    }
    if ((strcmp(state, "done") == 0 && !is_assessed) ||
        (strcmp(state, "to do") == 0 && is_assessed)) {
        return false;
    }
    if (strcmp(result, "partial") == 0 && (!is_self || !line->has_note)) {
        return false;
    }
    if (strcmp(result, "not applicable") == 0 &&
        (!line->has_note ||
         !(line->is_practice || line->is_own || strcmp(kind, "supplier") == 0))) {
        return false;
    }
    return strcmp(grade, "-") == 0 || line->has_note;
}

enum {
    COMBINATIONS =
        AUDIT_KINDS * ASSESSMENT_STATES * ASSESSMENT_RESULTS * (ASSESSMENT_GRADES + 1) * 8
};

/* Counts through all lines there can be. */
static struct assessment_line line_of(int number) {
    struct assessment_line line = {0};
    line.kind = (enum audit_kind)(number % AUDIT_KINDS);
    number /= AUDIT_KINDS;
    line.state = (enum assessment_state)(number % ASSESSMENT_STATES);
    number /= ASSESSMENT_STATES;
    line.result = (enum assessment_result)(number % ASSESSMENT_RESULTS);
    number /= ASSESSMENT_RESULTS;
    line.grade = (enum assessment_grade)(number % (ASSESSMENT_GRADES + 1));
    number /= ASSESSMENT_GRADES + 1;
    line.is_practice = (number & 1) != 0;
    line.is_own = (number & 2) != 0;
    line.has_note = (number & 4) != 0;
    return line;
}

static void every_combination_is_taken_or_refused_as_listed(void **state) {
    (void)state;
    int taken = 0;
    for (int number = 0; number < COMBINATIONS; number++) {
        struct assessment_line line = line_of(number);
        struct fault fault = {0};
        bool is_taken = assessment_check(&line, &fault);
        if (is_taken != is_allowed(&line)) {
            fail_msg("%s, %s, %s, grade \"%s\", practice %d, own %d, note %d: %s",
                     audit_kind_word(line.kind), assessment_state_word(line.state),
                     assessment_result_word(line.result), assessment_grade_word(line.grade),
                     line.is_practice, line.is_own, line.has_note, fault_text(&fault));
        }
        assert_int_equal(is_taken, fault_text(&fault)[0] == '\0');
        assert_true(is_taken || fault_field(&fault) >= 0);
        taken += is_taken;
        fault_clear(&fault);
    }
    assert_in_range(taken, 1, COMBINATIONS - 1);
}

static void the_enums_follow_the_choices_of_the_registers(void **state) {
    (void)state;
    assert_string_equal(assessment_state_word(ASSESSMENT_IN_PROGRESS), "in progress");
    assert_string_equal(assessment_result_word(RESULT_NOT_SAMPLED), "not sampled");
    assert_string_equal(assessment_grade_word(GRADE_CONCERN), "area of concern");
    assert_string_equal(assessment_grade_word(GRADE_GOOD_PRACTICE), "good practice");
    assert_string_equal(audit_kind_word(AUDIT_STAGE_1), "stage 1");
    assert_string_equal(audit_kind_word(AUDIT_SUPPLIER), "supplier");
    for (int result = 0; result < ASSESSMENT_RESULTS; result++) {
        assert_string_equal(assessment_result_word((enum assessment_result)result),
                            expected[result].result);
    }
}

static void an_empty_field_reads_as_nothing_recorded(void **state) {
    (void)state;
    struct value empty = {0};
    assert_int_equal(assessment_state_of(&empty), ASSESSMENT_TO_DO);
    assert_int_equal(assessment_result_of(&empty), RESULT_NOT_ASSESSED);
    assert_int_equal(assessment_grade_of(&empty), GRADE_NONE);
    assert_string_equal(assessment_grade_word(GRADE_NONE), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_combination_is_taken_or_refused_as_listed),
        cmocka_unit_test(the_enums_follow_the_choices_of_the_registers),
        cmocka_unit_test(an_empty_field_reads_as_nothing_recorded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
