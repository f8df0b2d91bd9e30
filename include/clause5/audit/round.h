/* A round: an audit that walks the checklist line by line. Closing and reopening a round are steps
 * of clause5/rules/workflow.h. */
#ifndef CLAUSE5_AUDIT_ROUND_H
#define CLAUSE5_AUDIT_ROUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/value.h"
#include "clause5/rules/assessment.h"
#include "clause5/store/workbook.h"

/* What one key records (product.md, The checklist). */
enum round_verdict {
    ROUND_CONFORMS,
    ROUND_PARTIAL,
    ROUND_MINOR, /* in a stage 1 round it records an area of concern, as ROUND_MAJOR does */
    ROUND_MAJOR,
    ROUND_CONCERN, /* what such a line reads as afterwards; recorded in stage 1 rounds only */
    ROUND_OBSERVATION,
    ROUND_OPPORTUNITY,
    ROUND_GOOD_PRACTICE,
    ROUND_NOT_APPLICABLE,
    ROUND_NOT_SAMPLED,
    ROUND_VERDICTS,
    ROUND_NO_VERDICT = ROUND_VERDICTS, /* not assessed */
};

/* Returns the word for people, such as "minor nonconformity". */
const char *round_verdict_word(enum round_verdict verdict);

/* True where the verdict cannot be recorded without a note. */
bool round_verdict_needs_note(enum round_verdict verdict);

/* Returns what the values of an assessment amount to. */
enum round_verdict round_verdict_of(const struct value *values);

/* Starts a round in a batch "start 2026-IA": stores the audit with VALUES (all its fields) and a
 * line to do for every requirement, for practices in self-assessments only. Where `previous` is
 * set, each line takes the note of the round before as carried_note and links to the same evidence;
 * results are never copied. *ID becomes the audit's id. */
bool round_start(struct workbook *workbook, const struct value *values, int64_t *id,
                 struct fault *fault);

/* Adds the lines that an open round lacks because they joined the checklist after its start, in a
 * batch "complete 2026-IA". *ADDED becomes their number; 0 leaves no batch behind. */
bool round_complete(struct workbook *workbook, int64_t audit, int *added, struct fault *fault);

/* A verdict with its note. Without a note (NULL) the line keeps the one it has. */
struct round_finding {
    enum round_verdict verdict;
    const char *note;
};

/* True where the verdict may be recorded on the line once it has a note; else refuses with the
 * reason. For asking before the note is typed. */
bool round_may_record(struct workbook *workbook, int64_t assessment, enum round_verdict verdict,
                      struct fault *fault);

/* Records the finding on COUNT lines in one batch, done today by the workbook's actor. All or none:
 * the first line that cannot take it refuses with the reason; fault_field is ASSESSMENT_NOTE where
 * only the note is missing. */
bool round_record(struct workbook *workbook, const int64_t *assessments, size_t count,
                  const struct round_finding *finding, struct fault *fault);

/* One line of a round. The texts are owned by the list. */
struct round_line {
    int64_t assessment;
    int64_t requirement;
    char *ref;
    char *clause;
    char *title;
    char *assessed_by; /* "" while nobody did */
    bool is_practice;
    enum assessment_state state;
    enum round_verdict verdict;
};

/* The lines of a round in the order of the walk. */
struct round_lines {
    struct round_line *items;
    size_t count;
    size_t capacity;
};

/* Reads the lines; release with round_lines_free either way. */
bool round_lines_load(struct workbook *workbook, int64_t audit, struct round_lines *lines,
                      struct fault *fault);
void round_lines_free(struct round_lines *lines);

/* Returns the place of the line of that assessment, or -1. */
int round_find_line(const struct round_lines *lines, int64_t assessment);

/* Returns the place of the next line behind place FROM (-1: from the top) that is not done, going
 * on from the top at the end; FROM itself comes last. -1 where every line is done. */
int round_next_open(const struct round_lines *lines, int from);

/* How far a round is. */
struct round_progress {
    int lines;
    int done;
    int open;
    int verdicts[ROUND_VERDICTS]; /* of the lines that are done */
};

/* Counts the lines of one clause, or of all where CLAUSE is NULL. */
struct round_progress round_count(const struct round_lines *lines, const char *clause);

#endif
