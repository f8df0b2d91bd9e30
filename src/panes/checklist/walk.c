/* Owns what is known of one line of a round; knows nothing of keys and cells. */
#include "panes/checklist/walk.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"
#include "clause5/store/query.h"

void walk_facts_add(struct walk_facts *facts, enum mark mark, const char *text) {
    facts->items =
        memory_reserve(facts->items, &facts->capacity, facts->count + 1, sizeof *facts->items);
    facts->items[facts->count++] = (struct walk_fact){.mark = mark, .text = memory_copy_text(text)};
}

void walk_facts_free(struct walk_facts *facts) {
    for (size_t i = 0; i < facts->count; i++) {
        free(facts->items[i].text);
    }
    free(facts->items);
    *facts = (struct walk_facts){0};
}

/* The words by which the queries below say which mark stands before a line. */
static enum mark mark_named(const char *name) {
    static const struct {
        const char *name;
        enum mark mark;
    } marks[] = {{"good", MARK_GOOD}, {"bad", MARK_BAD}, {"late", MARK_WARNING}};
    for (size_t i = 0; i < COUNT(marks); i++) {
        if (strcmp(marks[i].name, name) == 0) {
            return marks[i].mark;
        }
    }
    return MARK_OPEN;
}

static struct query *open_query(struct workbook *workbook, const char *sql,
                                const struct walk_line *line, struct fault *fault) {
    struct query *query = query_open(workbook, sql, fault);
    if (query != NULL) {
        char today[DATE_TEXT_SIZE];
        workbook_print_today(workbook, today);
        query_bind_text(query, ":key", line->key);
        query_bind_text(query, ":today", today);
        query_bind_whole(query, ":audit", line->assessment.values[ASSESSMENT_AUDIT].whole);
        query_bind_whole(query, ":requirement", line->requirement.id);
    }
    return query;
}

/* Appends the columns of a row from FIRST on, separated by blanks. */
static void join_row(struct query *query, int first, struct buffer *out) {
    for (int column = first; column < query_columns(query); column++) {
        bool is_first = column == first || query_is_empty(query, column);
        buffer_add(out, is_first ? "" : "  ");
        buffer_add(out, query_text(query, column));
    }
}

struct fact_query {
    const char *sql;
    struct walk_facts *facts;
};

/* A fact for each row: the first column names the mark. */
static bool read_facts(struct workbook *workbook, const struct walk_line *line,
                       struct fact_query asked, struct fault *fault) {
    struct walk_facts *facts = asked.facts;
    struct query *query = open_query(workbook, asked.sql, line, fault);
    while (query != NULL && query_step(query, fault) == 1) {
        struct buffer text = {0};
        join_row(query, 1, &text);
        walk_facts_add(facts, mark_named(query_text(query, 0)), buffer_text(&text));
        buffer_free(&text);
    }
    query_close(query);
    return fault->kind == FAULT_NONE;
}

static const char evidence_sql[] =
    "SELECT CASE WHEN verified_state IN ('changed', 'missing') THEN 'bad'"
    "            WHEN expires_on < :today THEN 'late'"
    "            WHEN sha256 IS NOT NULL THEN 'good' END,"
    "       evidence.ref, evidence.title,"
    "       coalesce(verified_state || coalesce(' ' || verified_on, ''),"
    "                CASE WHEN sha256 IS NOT NULL THEN 'sealed' ELSE 'not sealed' END),"
    "       CASE WHEN expires_on < :today THEN 'expired ' || expires_on END"
    "  FROM evidence_link JOIN evidence ON evidence.id = evidence_link.evidence"
    " WHERE evidence_link.register = 'assessment' AND evidence_link.record = :key"
    " ORDER BY evidence.ref";

static const char actions_sql[] =
    "SELECT CASE WHEN status IN ('done', 'verified', 'closed') THEN 'good'"
    "            WHEN status <> 'cancelled' AND due_on < :today THEN 'late' END,"
    "       ref, title, status,"
    "       CASE WHEN status IN ('open', 'in progress') THEN"
    "            CASE WHEN due_on < :today THEN 'late since ' ELSE 'due ' END || due_on END"
    "  FROM action WHERE source_ref = :key COLLATE NOCASE ORDER BY ref";

static const char samples_sql[] =
    "SELECT CASE WHEN deviations > 0 THEN 'bad' WHEN deviations = 0 THEN 'good' END,"
    "       size || ' of ' || population, method, drawn_on || ': ' || drawn,"
    "       CASE WHEN deviations IS NULL THEN 'result open'"
    "            ELSE deviations || ' deviating' END"
    "  FROM sample WHERE audit = :audit AND requirement = :requirement"
    " ORDER BY drawn_on DESC, id DESC";

static const char previous_sql[] =
    "SELECT coalesce(before.grade, before.result), before.note"
    "  FROM audit JOIN assessment AS before ON before.audit = audit.previous"
    " WHERE audit.id = :audit AND before.requirement = :requirement";

static bool read_previous(struct workbook *workbook, struct walk_line *line, struct fault *fault) {
    struct buffer text = {0};
    struct query *query = open_query(workbook, previous_sql, line, fault);
    if (query != NULL && query_step(query, fault) == 1) {
        join_row(query, 0, &text);
    }
    query_close(query);
    line->previous = buffer_take(&text);
    return fault->kind == FAULT_NONE;
}

static bool load_about(struct workbook *workbook, struct walk_line *line, struct fault *fault) {
    struct buffer key = {0};
    bool is_printed = record_print_key(workbook, &line->assessment, &key, fault);
    line->key = buffer_take(&key);
    return is_printed &&
           read_facts(workbook, line, (struct fact_query){evidence_sql, &line->evidence}, fault) &&
           read_facts(workbook, line, (struct fact_query){actions_sql, &line->actions}, fault) &&
           read_facts(workbook, line, (struct fact_query){samples_sql, &line->samples}, fault) &&
           read_previous(workbook, line, fault);
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
    walk_facts_free(&line->evidence);
    walk_facts_free(&line->actions);
    walk_facts_free(&line->samples);
    free(line->previous);
    *line = (struct walk_line){0};
}
