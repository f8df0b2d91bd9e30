/* Two rounds of the checklist line by line: what became better or worse, and what became of the
 * findings. */
#ifndef CLAUSE5_AUDIT_COMPARE_H
#define CLAUSE5_AUDIT_COMPARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/audit/round.h"
#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

/* How a line stands beside the earlier round. Results rank from major nonconformity over minor (and
 * area of concern) and partial to conforms, whatever the grade of what conforms. */
enum compare_change {
    COMPARE_BETTER,
    COMPARE_WORSE,
    COMPARE_SAME,
    COMPARE_NEW,     /* ranked now and not before */
    COMPARE_NOT_YET, /* no ranked result in the later round: open, not sampled or not applicable */
    COMPARE_CHANGES,
};

/* What became of findings: nonconformities and areas of concern. */
enum compare_finding {
    COMPARE_NO_FINDING,
    COMPARE_FINDING_NEW,      /* now, and not before */
    COMPARE_FINDING_REPEATED, /* in both */
    COMPARE_FINDING_CLOSED,   /* before, and ranked better now */
    COMPARE_FINDING_OPEN,     /* before, and not looked at again yet */
    COMPARE_FINDINGS,
};

/* Return the words: better, worse, same, new, not yet; and "", new, repeated, closed, open. */
const char *compare_change_word(enum compare_change change);
const char *compare_finding_word(enum compare_finding finding);

/* One line of both rounds. */
struct compared_line {
    int64_t before, now; /* the assessments; BEFORE is 0 where the earlier round has no such line */
    char *ref, *clause, *title;
    enum round_verdict verdict_before, verdict_now;
    enum compare_change change;
    enum compare_finding finding;
};

/* Zeroed at first; release with comparison_free. */
struct comparison {
    struct compared_line *items; /* the lines of the later round, in the order of the walk */
    size_t count;
    int changes[COMPARE_CHANGES];
    int findings[COMPARE_FINDINGS];
};

/* Compares the later round NOW with the earlier one BEFORE. False with the fault. */
bool comparison_load(struct workbook *workbook, int64_t before, int64_t now,
                     struct comparison *comparison, struct fault *fault);
void comparison_free(struct comparison *comparison);

/* Returns the round that NOW is compared with unless another is chosen: the one it carries over
 * from, else the newest one that began before it; 0 where there is none, -1 with the fault. */
int64_t comparison_earlier(struct workbook *workbook, int64_t now, struct fault *fault);

#endif
