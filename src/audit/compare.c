/* Owns the comparison of two rounds; how lines are read and ordered is round_lines.c's. */
#include "clause5/audit/compare.h"

#include <stdlib.h>

#include "clause5/base/memory.h"
#include "clause5/store/query.h"

static const char *const change_words[] = {
    [COMPARE_BETTER] = "better", [COMPARE_WORSE] = "worse",     [COMPARE_SAME] = "same",
    [COMPARE_NEW] = "new",       [COMPARE_NOT_YET] = "not yet",
};
_Static_assert(COUNT(change_words) == COMPARE_CHANGES, "one word per change");

static const char *const finding_words[] = {
    [COMPARE_NO_FINDING] = "",
    [COMPARE_FINDING_NEW] = "new",
    [COMPARE_FINDING_REPEATED] = "repeated",
    [COMPARE_FINDING_CLOSED] = "closed",
    [COMPARE_FINDING_OPEN] = "open",
};
_Static_assert(COUNT(finding_words) == COMPARE_FINDINGS, "one word per finding");

const char *compare_change_word(enum compare_change change) {
    return change_words[change];
}

const char *compare_finding_word(enum compare_finding finding) {
    return finding_words[finding];
}

/* Results that can be compared rank from 1; 0 has no rank. */
static const int ranks[ROUND_VERDICTS + 1] = {
    [ROUND_MAJOR] = 1,       [ROUND_MINOR] = 2,         [ROUND_CONCERN] = 2,
    [ROUND_PARTIAL] = 3,     [ROUND_CONFORMS] = 4,      [ROUND_OBSERVATION] = 4,
    [ROUND_OPPORTUNITY] = 4, [ROUND_GOOD_PRACTICE] = 4,
};

static bool is_finding(enum round_verdict verdict) {
    return verdict == ROUND_MAJOR || verdict == ROUND_MINOR || verdict == ROUND_CONCERN;
}

static enum compare_change change_of(int before, int now) {
    if (now == 0) {
        return COMPARE_NOT_YET;
    }
    if (before == 0) {
        return COMPARE_NEW;
    }
    return now > before ? COMPARE_BETTER : now < before ? COMPARE_WORSE : COMPARE_SAME;
}

static enum compare_finding finding_of(const struct compared_line *line) {
    if (is_finding(line->verdict_now)) {
        return is_finding(line->verdict_before) ? COMPARE_FINDING_REPEATED : COMPARE_FINDING_NEW;
    }
    if (!is_finding(line->verdict_before)) {
        return COMPARE_NO_FINDING;
    }
    return line->change == COMPARE_NOT_YET ? COMPARE_FINDING_OPEN : COMPARE_FINDING_CLOSED;
}

/* Lines that are not done have no verdict yet. */
static enum round_verdict verdict_of(const struct round_line *line) {
    return line == NULL || line->state != ASSESSMENT_DONE ? ROUND_NO_VERDICT : line->verdict;
}

static const struct round_line *find_requirement(const struct round_lines *lines,
                                                 int64_t requirement) {
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->items[i].requirement == requirement) {
            return &lines->items[i];
        }
    }
    return NULL;
}

static void compare_line(struct comparison *comparison, const struct round_line *before,
                         const struct round_line *now) {
    struct compared_line *line = &comparison->items[comparison->count++];
    *line = (struct compared_line){
        .before = before == NULL ? 0 : before->assessment,
        .now = now->assessment,
        .ref = memory_copy_text(now->ref),
        .clause = memory_copy_text(now->clause),
        .title = memory_copy_text(now->title),
        .verdict_before = verdict_of(before),
        .verdict_now = verdict_of(now),
    };
    line->change = change_of(ranks[line->verdict_before], ranks[line->verdict_now]);
    line->finding = finding_of(line);
    comparison->changes[line->change]++;
    comparison->findings[line->finding]++;
}

bool comparison_load(struct workbook *workbook, int64_t before, int64_t now,
                     struct comparison *comparison, struct fault *fault) {
    struct round_lines earlier = {0};
    struct round_lines later = {0};
    *comparison = (struct comparison){0};
    bool is_loaded = round_lines_load(workbook, before, &earlier, fault) &&
                     round_lines_load(workbook, now, &later, fault);
    if (is_loaded) {
        comparison->items = memory_zero(later.count + 1, sizeof *comparison->items);
        for (size_t i = 0; i < later.count; i++) {
            compare_line(comparison, find_requirement(&earlier, later.items[i].requirement),
                         &later.items[i]);
        }
    }
    round_lines_free(&earlier);
    round_lines_free(&later);
    return is_loaded;
}

void comparison_free(struct comparison *comparison) {
    for (size_t i = 0; i < comparison->count; i++) {
        free(comparison->items[i].ref);
        free(comparison->items[i].clause);
        free(comparison->items[i].title);
    }
    free(comparison->items);
    *comparison = (struct comparison){0};
}

int64_t comparison_earlier(struct workbook *workbook, int64_t now, struct fault *fault) {
    struct query *query =
        query_open(workbook,
                   "SELECT coalesce(later.previous,"
                   "                (SELECT id FROM audit AS earlier"
                   "                  WHERE earlier.id <> later.id"
                   "                    AND (earlier.starts_on, earlier.id)"
                   "                        < (later.starts_on, later.id)"
                   "                  ORDER BY starts_on DESC, id DESC LIMIT 1), 0)"
                   "  FROM audit AS later WHERE later.id = :now",
                   fault);
    int64_t earlier = -1;
    if (query != NULL) {
        query_bind_whole(query, ":now", now);
        int step = query_step(query, fault);
        earlier = step == 1 ? query_whole(query, 0) : step;
    }
    query_close(query);
    return earlier;
}
