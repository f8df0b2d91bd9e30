/* How ready the organisation is, by requirement and by clause (product.md, Readiness). */
#ifndef CLAUSE5_AUDIT_READINESS_H
#define CLAUSE5_AUDIT_READINESS_H

#include <stddef.h>
#include <stdint.h>

#include "clause5/audit/check.h"
#include "clause5/base/fault.h"

/* How one requirement stands. */
enum standing {
    STANDING_MET,     /* it conforms and no error-level check on it fails; or, without a result, a
                         check looked at a record and none fails */
    STANDING_HALF,    /* partial; or, without a result, only warnings (or less) fail */
    STANDING_NOT_MET, /* a result that is neither, or conforming while an error-level check fails */
    STANDING_NOT_KNOWN, /* no result, and the checks do not tell */
    STANDING_COUNT,
};

/* Returns met, half, not met or not known. */
const char *standing_word(enum standing standing);

/* One requirement, and in words why it stands so: what is missing where it is not met. */
struct requirement_standing {
    int64_t id;
    char *ref, *clause, *title;
    enum standing standing;
    char *reason;
    int64_t assessment; /* the result that counts; 0 where there is none */
};

/* The counts of one clause, or of all. */
struct readiness_count {
    char *clause; /* NULL for all */
    int total;
    int standings[STANDING_COUNT];
};

/* Requirements and clauses stand in the order in which people count them. */
struct readiness {
    struct requirement_standing *requirements;
    size_t requirement_count, requirement_capacity;
    struct readiness_count *clauses;
    size_t clause_count, clause_capacity;
    struct readiness_count whole;
};

/* Runs what is left of the checks and their bases, and counts. Practices do not count, nor do lines
 * of the user's own that were found not applicable. False with the fault; release with
 * readiness_free in either case. */
bool readiness_assess(struct check_run *run, struct readiness *readiness, struct fault *fault);
void readiness_free(struct readiness *readiness);

/* Returns the share that is met, partial ones as half, in percent: rounded to the nearest, as
 * screens.md shows it, but 100 only where all is met. 0 where there is nothing. */
int readiness_percent(const struct readiness_count *count);

#endif
