/* Owns what is known of one line of a round; knows nothing of keys and cells. */
#include "panes/checklist/walk.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/query.h"

/* Runs a query with :key, :id and :audit bound and joins its rows, their columns separated by
 * blanks, a line each. */
static char *join_rows(struct workbook *workbook, const char *sql, const struct walk_line *line,
                       struct fault *fault) {
    struct buffer out = {0};
    struct query *query = query_open(workbook, sql, fault);
    if (query != NULL) {
        query_bind_text(query, ":key", line->key);
        query_bind_whole(query, ":audit", line->assessment.values[ASSESSMENT_AUDIT].whole);
        query_bind_whole(query, ":requirement", line->requirement.id);
        while (query_step(query, fault) == 1) {
            buffer_add(&out, out.len_bytes > 0 ? "\n" : "");
            for (int column = 0; column < query_columns(query); column++) {
                bool is_first = column == 0 || query_is_empty(query, column);
                buffer_add(&out, is_first ? "" : "  ");
                buffer_add(&out, query_text(query, column));
            }
        }
        query_close(query);
    }
    return buffer_take(&out);
}

static const char evidence_sql[] =
    "SELECT evidence.ref, evidence.title, evidence.kind,"
    "       CASE WHEN evidence.verified_state IS NOT NULL THEN evidence.verified_state"
    "            WHEN evidence.sha256 IS NOT NULL THEN 'sealed' END"
    "  FROM evidence_link JOIN evidence ON evidence.id = evidence_link.evidence"
    " WHERE evidence_link.register = 'assessment' AND evidence_link.record = :key"
    " ORDER BY evidence.ref";

static const char actions_sql[] = "SELECT ref, title, status, 'due ' || due_on FROM action"
                                  " WHERE source_ref = :key ORDER BY ref";

static const char previous_sql[] =
    "SELECT coalesce(before.grade, before.result), before.note"
    "  FROM audit JOIN assessment AS before ON before.audit = audit.previous"
    " WHERE audit.id = :audit AND before.requirement = :requirement";

static bool load_about(struct workbook *workbook, struct walk_line *line, struct fault *fault) {
    struct buffer key = {0};
    bool is_printed = record_print_key(workbook, &line->assessment, &key, fault);
    line->key = buffer_take(&key);
    if (!is_printed) {
        return false;
    }
    line->evidence = join_rows(workbook, evidence_sql, line, fault);
    line->actions = join_rows(workbook, actions_sql, line, fault);
    line->previous = join_rows(workbook, previous_sql, line, fault);
    return fault->kind == FAULT_NONE;
}

bool walk_line_load(struct workbook *workbook, int64_t assessment, struct walk_line *line,
                    struct fault *fault) {
    *line = (struct walk_line){0};
    if (record_load(workbook, REGISTER_ASSESSMENT, assessment, &line->assessment, fault) !=
        LOOKUP_FOUND) {
        return false;
    }
    int64_t requirement = line->assessment.values[ASSESSMENT_REQUIREMENT].whole;
    bool is_loaded = record_load(workbook, REGISTER_REQUIREMENT, requirement, &line->requirement,
                                 fault) == LOOKUP_FOUND &&
                     load_about(workbook, line, fault);
    if (!is_loaded) {
        walk_line_free(line);
    }
    return is_loaded;
}

void walk_line_free(struct walk_line *line) {
    record_free(&line->assessment);
    record_free(&line->requirement);
    free(line->key);
    free(line->evidence);
    free(line->actions);
    free(line->previous);
    *line = (struct walk_line){0};
}
