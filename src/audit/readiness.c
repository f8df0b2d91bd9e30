/* Owns how requirements stand and what that makes per clause; knows no check by name. */
#include "clause5/audit/readiness.h"

#include <stdlib.h>
#include <string.h>

#include "audit/check_run_inside.h"
#include "clause5/audit/requirement_order.h"
#include "clause5/base/memory.h"

enum { MISSING_NAMED = 3 };

static const char *const standing_words[] = {
    [STANDING_MET] = "met",
    [STANDING_HALF] = "half",
    [STANDING_NOT_MET] = "not met",
    [STANDING_NOT_KNOWN] = "not known",
};
_Static_assert(COUNT(standing_words) == STANDING_COUNT, "one word per standing");

const char *standing_word(enum standing standing) {
    return standing_words[standing];
}

/* What the checks of one requirement say together. */
struct known {
    bool has_looked; /* one of them looked at a record */
    int errors;      /* checks of that severity that fail */
    int others;
    struct buffer missing; /* what the failing ones say */
};

/* Appends what a failing check says; beyond a few only that there is more. */
static void add_missing(struct known *known, const struct basis *basis) {
    int failing = known->errors + known->others;
    if (failing > MISSING_NAMED) {
        buffer_add(&known->missing, failing == MISSING_NAMED + 1 ? "; and more" : "");
        return;
    }
    buffer_addf(&known->missing, "%s%s", failing > 1 ? "; " : "", basis->lines[0].text);
}

static bool visit_check(void *context, const struct check *check, enum check_state state,
                        const struct basis *basis) {
    struct known *known = context;
    known->has_looked = known->has_looked || basis->examined > 0;
    if (state == CHECK_FAILED) {
        known->errors += check->severity == SEVERITY_ERROR;
        known->others += check->severity != SEVERITY_ERROR;
        add_missing(known, basis);
    }
    return true;
}

/* The result that counts, as its query gives it. */
struct result {
    const char *result, *grade, *round;
};

static enum standing stand_by_result(const struct result *result, const struct known *known) {
    if (strcmp(result->result, "partial") == 0) {
        return STANDING_HALF;
    }
    return strcmp(result->result, "conforms") == 0 && known->errors == 0 ? STANDING_MET
                                                                         : STANDING_NOT_MET;
}

/* Without a result the checks speak, where they looked at anything at all. */
static enum standing stand_by_checks(const struct known *known) {
    if (!known->has_looked || known->errors > 0) {
        return STANDING_NOT_KNOWN;
    }
    return known->others > 0 ? STANDING_HALF : STANDING_MET;
}

static char *give_reason(const struct result *result, const struct known *known) {
    struct buffer reason = {0};
    if (result->result[0] != '\0') {
        buffer_addf(&reason, "%s in %s", result->result, result->round);
        if (result->grade[0] != '\0') {
            buffer_addf(&reason, " (%s)", result->grade);
        }
    } else {
        buffer_add(&reason, "no result");
        buffer_add(&reason, known->has_looked ? "" : ", and nothing to look at");
    }
    if (known->errors + known->others > 0) {
        buffer_addf(&reason, "; %s", buffer_text(&known->missing));
    }
    return buffer_take(&reason);
}

static void add_requirement(struct readiness *readiness,
                            const struct requirement_standing *standing) {
    readiness->requirements =
        memory_reserve(readiness->requirements, &readiness->requirement_capacity,
                       readiness->requirement_count + 1, sizeof *readiness->requirements);
    readiness->requirements[readiness->requirement_count++] = *standing;
}

/* Takes the requirement that the query stands on. */
static bool take_requirement(struct check_run *run, struct query *query,
                             struct readiness *readiness, struct fault *fault) {
    struct known known = {0};
    const struct known_visitor visitor = {.visit = visit_check, .context = &known};
    struct requirement_standing standing = {.id = query_whole(query, 0),
                                            .ref = memory_copy_text(query_text(query, 1)),
                                            .clause = memory_copy_text(query_text(query, 2)),
                                            .title = memory_copy_text(query_text(query, 3)),
                                            .assessment = query_whole(query, 4)};
    const struct result result = {.result = query_text(query, 5),
                                  .grade = query_text(query, 6),
                                  .round = query_text(query, 7)};
    bool is_good = check_run_visit_known(run, standing.ref, &visitor, fault);
    if (is_good) {
        standing.standing =
            result.result[0] != '\0' ? stand_by_result(&result, &known) : stand_by_checks(&known);
        standing.reason = give_reason(&result, &known);
    }
    add_requirement(readiness, &standing);
    buffer_free(&known.missing);
    return is_good;
}

static int compare_requirements(const void *a, const void *b) {
    const struct requirement_standing *left = a;
    const struct requirement_standing *right = b;
    const struct requirement_place left_place = {.clause = left->clause, .ref = left->ref};
    const struct requirement_place right_place = {.clause = right->clause, .ref = right->ref};
    return requirement_compare_places(&left_place, &right_place);
}

/* Counts the sorted requirements clause by clause. */
static void count_clauses(struct readiness *readiness) {
    struct readiness_count *clause = NULL;
    for (size_t i = 0; i < readiness->requirement_count; i++) {
        const struct requirement_standing *standing = &readiness->requirements[i];
        if (clause == NULL || strcmp(clause->clause, standing->clause) != 0) {
            readiness->clauses =
                memory_reserve(readiness->clauses, &readiness->clause_capacity,
                               readiness->clause_count + 1, sizeof *readiness->clauses);
            clause = &readiness->clauses[readiness->clause_count++];
            *clause = (struct readiness_count){.clause = memory_copy_text(standing->clause)};
        }
        clause->total++;
        clause->standings[standing->standing]++;
        readiness->whole.total++;
        readiness->whole.standings[standing->standing]++;
    }
}

bool readiness_assess(struct check_run *run, struct readiness *readiness, struct fault *fault) {
    static const char sql[] = "SELECT id, ref, clause, title, assessment, result, grade, round\n"
                              "FROM standing_line";
    int step = -1;
    *readiness = (struct readiness){0};
    struct query *query = check_run_all(run, fault) ? check_run_query(run, sql, fault) : NULL;
    while (query != NULL && (step = query_step(query, fault)) > 0) {
        if (!take_requirement(run, query, readiness, fault)) {
            step = -1;
            break;
        }
    }
    query_close(query);
    if (step != 0) {
        return false;
    }
    if (readiness->requirement_count > 0) {
        qsort(readiness->requirements, readiness->requirement_count,
              sizeof *readiness->requirements, compare_requirements);
    }
    count_clauses(readiness);
    return true;
}

void readiness_free(struct readiness *readiness) {
    for (size_t i = 0; i < readiness->requirement_count; i++) {
        free(readiness->requirements[i].ref);
        free(readiness->requirements[i].clause);
        free(readiness->requirements[i].title);
        free(readiness->requirements[i].reason);
    }
    for (size_t i = 0; i < readiness->clause_count; i++) {
        free(readiness->clauses[i].clause);
    }
    free(readiness->requirements);
    free(readiness->clauses);
    *readiness = (struct readiness){0};
}

int readiness_percent(const struct readiness_count *count) {
    int halves = 2 * count->standings[STANDING_MET] + count->standings[STANDING_HALF];
    int whole = 2 * count->total;
    if (whole == 0 || halves == whole) {
        return whole == 0 ? 0 : 100;
    }
    int percent = (100 * halves + count->total) / whole;
    return percent > 99 ? 99 : percent;
}
