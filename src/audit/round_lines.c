/* Owns the lines of a round in the order of the walk, and how far they are; writes nothing. */
#include "audit/round_lines.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/audit/requirement_order.h"
#include "clause5/audit/round.h"
#include "clause5/base/memory.h"
#include "clause5/register/fields.h"
#include "clause5/store/query.h"

void round_lines_free(struct round_lines *lines) {
    for (size_t i = 0; i < lines->count; i++) {
        free(lines->items[i].ref);
        free(lines->items[i].clause);
        free(lines->items[i].title);
        free(lines->items[i].assessed_by);
    }
    free(lines->items);
    *lines = (struct round_lines){0};
}

int round_compare_lines(const void *a, const void *b) {
    const struct round_line *left = a;
    const struct round_line *right = b;
    const struct requirement_place left_place = {.clause = left->clause, .ref = left->ref};
    const struct requirement_place right_place = {.clause = right->clause, .ref = right->ref};
    return requirement_compare_places(&left_place, &right_place);
}

/* The columns of the query below. */
enum {
    LINE_ID,
    LINE_REQUIREMENT,
    LINE_REF,
    LINE_CLAUSE,
    LINE_TITLE,
    LINE_IS_PRACTICE,
    LINE_STATE,
    LINE_RESULT,
    LINE_GRADE,
    LINE_ASSESSED_BY
};

static void add_line(struct round_lines *lines, struct query *row) {
    struct value values[ASSESSMENT_FIELDS] = {0};
    values[ASSESSMENT_STATE] = value_of_text(query_text(row, LINE_STATE));
    values[ASSESSMENT_RESULT] = value_of_text(query_text(row, LINE_RESULT));
    values[ASSESSMENT_GRADE] = value_of_text(query_text(row, LINE_GRADE));
    lines->items =
        memory_reserve(lines->items, &lines->capacity, lines->count + 1, sizeof *lines->items);
    lines->items[lines->count++] = (struct round_line){
        .assessment = query_whole(row, LINE_ID),
        .requirement = query_whole(row, LINE_REQUIREMENT),
        .ref = memory_copy_text(query_text(row, LINE_REF)),
        .clause = memory_copy_text(query_text(row, LINE_CLAUSE)),
        .title = memory_copy_text(query_text(row, LINE_TITLE)),
        .assessed_by = memory_copy_text(query_text(row, LINE_ASSESSED_BY)),
        .is_practice = query_whole(row, LINE_IS_PRACTICE) != 0,
        .state = assessment_state_of(&values[ASSESSMENT_STATE]),
        .verdict = round_verdict_of(values),
    };
    values_free(values, ASSESSMENT_FIELDS);
}

bool round_lines_load(struct workbook *workbook, int64_t audit, struct round_lines *lines,
                      struct fault *fault) {
    struct query *query =
        query_open(workbook,
                   "SELECT assessment.id, requirement.id, requirement.ref, requirement.clause,"
                   "       requirement.title, requirement.kind = 'practice', assessment.state,"
                   "       assessment.result, assessment.grade, assessment.assessed_by"
                   " FROM assessment JOIN requirement ON requirement.id = assessment.requirement"
                   " WHERE assessment.audit = :audit",
                   fault);
    int step;
    *lines = (struct round_lines){0};
    if (query == NULL) {
        return false;
    }
    query_bind_whole(query, ":audit", audit);
    while ((step = query_step(query, fault)) == 1) {
        add_line(lines, query);
    }
    query_close(query);
    if (lines->count > 1) {
        qsort(lines->items, lines->count, sizeof *lines->items, round_compare_lines);
    }
    return step == 0;
}

int round_find_line(const struct round_lines *lines, int64_t assessment) {
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->items[i].assessment == assessment) {
            return (int)i;
        }
    }
    return -1;
}

int round_next_open(const struct round_lines *lines, int from) {
    int count = (int)lines->count;
    for (int step = 1; step <= count; step++) {
        int place = (from + step) % count;
        if (lines->items[place].state != ASSESSMENT_DONE) {
            return place;
        }
    }
    return -1;
}

struct round_progress round_count(const struct round_lines *lines, const char *clause) {
    struct round_progress progress = {0};
    for (size_t i = 0; i < lines->count; i++) {
        const struct round_line *line = &lines->items[i];
        if (clause != NULL && strcmp(clause, line->clause) != 0) {
            continue;
        }
        progress.lines++;
        if (line->state != ASSESSMENT_DONE) {
            progress.open++;
            continue;
        }
        progress.done++;
        if (line->verdict != ROUND_NO_VERDICT) {
            progress.verdicts[line->verdict]++;
        }
    }
    return progress;
}
