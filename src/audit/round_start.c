/* Owns the beginning of a round: its lines and what they carry over; knows no finding. */
#include "clause5/audit/round.h"

#include <stdlib.h>

#include "audit/round_lines.h"
#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/query.h"

/* What a round starts with. */
struct start {
    struct workbook *workbook;
    const struct value *audit;
    int64_t audit_id;
    struct query *notes; /* of the round before; NULL where there is none */
    struct query *links;
};

/* The lines that the round lacks: at its start, all. registers.tsv, requirement.kind: a requirement
 * is assessed in every audit, a practice in a self-assessment. */
static bool load_requirements(const struct start *start, struct round_lines *lines,
                              struct fault *fault) {
    struct query *query = query_open(start->workbook,
                                     "SELECT id, ref, clause FROM requirement"
                                     " WHERE (kind = 'requirement' OR :with_practices = 1)"
                                     "   AND id NOT IN (SELECT requirement FROM assessment"
                                     "                  WHERE audit = :audit)",
                                     fault);
    int step;
    if (query == NULL) {
        return false;
    }
    query_bind_whole(query, ":audit", start->audit_id);
    query_bind_whole(query, ":with_practices",
                     audit_kind_of(&start->audit[AUDIT_KIND]) == AUDIT_SELF_ASSESSMENT);
    while ((step = query_step(query, fault)) == 1) {
        lines->items =
            memory_reserve(lines->items, &lines->capacity, lines->count + 1, sizeof *lines->items);
        lines->items[lines->count++] = (struct round_line){
            .requirement = query_whole(query, 0),
            .ref = memory_copy_text(query_text(query, 1)),
            .clause = memory_copy_text(query_text(query, 2)),
        };
    }
    query_close(query);
    if (lines->count > 1) {
        qsort(lines->items, lines->count, sizeof *lines->items, round_compare_lines);
    }
    return step == 0;
}

static bool open_previous(struct start *start, struct fault *fault) {
    if (start->audit[AUDIT_PREVIOUS].kind == VALUE_EMPTY) {
        return true;
    }
    start->notes = query_open(start->workbook,
                              "SELECT id, note FROM assessment"
                              " WHERE audit = :previous AND requirement = :requirement",
                              fault);
    start->links = query_open(start->workbook,
                              "SELECT evidence FROM evidence_link"
                              " WHERE register = 'assessment' AND record = :record"
                              " ORDER BY evidence",
                              fault);
    if (start->notes == NULL || start->links == NULL) {
        return false;
    }
    query_bind_whole(start->notes, ":previous", start->audit[AUDIT_PREVIOUS].whole);
    return true;
}

/* Finds the line of the round before and takes its note. */
static bool carry_note(struct start *start, int64_t requirement, struct value *note,
                       int64_t *previous, struct fault *fault) {
    *previous = 0;
    if (start->notes == NULL) {
        return true;
    }
    query_bind_whole(start->notes, ":requirement", requirement);
    int step = query_step(start->notes, fault);
    if (step == 1) {
        *previous = query_whole(start->notes, 0);
        *note = value_of_text(query_text(start->notes, 1));
    }
    query_reset(start->notes);
    return step >= 0;
}

static bool link_one(struct start *start, int64_t evidence, const char *record,
                     struct fault *fault) {
    struct value values[EVIDENCE_LINK_FIELDS] = {
        [EVIDENCE_LINK_EVIDENCE] = value_of_whole(evidence),
        [EVIDENCE_LINK_REGISTER] = value_of_text(register_describe(REGISTER_ASSESSMENT)->name),
        [EVIDENCE_LINK_RECORD] = value_of_text(record),
    };
    int64_t id = 0;
    bool is_stored = edit_insert(start->workbook, REGISTER_EVIDENCE_LINK, values, &id, fault);
    values_free(values, EVIDENCE_LINK_FIELDS);
    return is_stored;
}

/* The evidence of the line before, read whole before anything is written. */
static bool read_links(struct start *start, int64_t previous, int64_t **evidence, size_t *count,
                       struct fault *fault) {
    struct buffer key = {0};
    size_t capacity = 0;
    int step = -1;
    if (record_print_key_of(start->workbook, REGISTER_ASSESSMENT, previous, &key, fault) ==
        LOOKUP_FOUND) {
        query_bind_text(start->links, ":record", buffer_text(&key));
        while ((step = query_step(start->links, fault)) == 1) {
            *evidence = memory_reserve(*evidence, &capacity, *count + 1, sizeof **evidence);
            (*evidence)[(*count)++] = query_whole(start->links, 0);
        }
        query_reset(start->links);
    }
    buffer_free(&key);
    return step == 0;
}

static bool carry_links(struct start *start, int64_t previous, int64_t assessment,
                        struct fault *fault) {
    int64_t *evidence = NULL;
    size_t count = 0;
    struct buffer key = {0};
    if (previous == 0) {
        return true;
    }
    bool is_stored = read_links(start, previous, &evidence, &count, fault) &&
                     record_print_key_of(start->workbook, REGISTER_ASSESSMENT, assessment, &key,
                                         fault) == LOOKUP_FOUND;
    for (size_t i = 0; is_stored && i < count; i++) {
        is_stored = link_one(start, evidence[i], buffer_text(&key), fault);
    }
    free(evidence);
    buffer_free(&key);
    return is_stored;
}

static bool start_line(struct start *start, int64_t requirement, struct fault *fault) {
    int64_t previous = 0;
    int64_t id = 0;
    struct value values[ASSESSMENT_FIELDS] = {
        [ASSESSMENT_AUDIT] = value_of_whole(start->audit_id),
        [ASSESSMENT_REQUIREMENT] = value_of_whole(requirement),
        [ASSESSMENT_STATE] = value_of_text(assessment_state_word(ASSESSMENT_TO_DO)),
        [ASSESSMENT_RESULT] = value_of_text(assessment_result_word(RESULT_NOT_ASSESSED)),
    };
    bool is_stored =
        carry_note(start, requirement, &values[ASSESSMENT_CARRIED_NOTE], &previous, fault) &&
        edit_insert(start->workbook, REGISTER_ASSESSMENT, values, &id, fault) &&
        carry_links(start, previous, id, fault);
    values_free(values, ASSESSMENT_FIELDS);
    return is_stored;
}

static bool start_lines(struct start *start, int *added, struct fault *fault) {
    struct round_lines lines = {0};
    bool is_stored = load_requirements(start, &lines, fault) && open_previous(start, fault);
    for (size_t i = 0; is_stored && i < lines.count; i++) {
        is_stored = start_line(start, lines.items[i].requirement, fault);
    }
    *added = (int)lines.count;
    query_close(start->notes);
    query_close(start->links);
    round_lines_free(&lines);
    return is_stored;
}

bool round_start(struct workbook *workbook, const struct value *values, int64_t *id,
                 struct fault *fault) {
    struct start start = {.workbook = workbook, .audit = values};
    struct buffer label = {0};
    int added = 0;
    buffer_addf(&label, "start %s", value_text(&values[AUDIT_REF]));
    bool is_begun = edit_begin(workbook, buffer_text(&label), fault);
    buffer_free(&label);
    if (!is_begun) {
        return false;
    }
    if (!edit_insert(workbook, REGISTER_AUDIT, values, &start.audit_id, fault) ||
        !start_lines(&start, &added, fault)) {
        edit_abandon(workbook);
        return false;
    }
    *id = start.audit_id;
    return edit_commit(workbook, fault);
}

static bool complete_lines(struct start *start, int *added, struct fault *fault) {
    struct buffer label = {0};
    buffer_addf(&label, "complete %s", value_text(&start->audit[AUDIT_REF]));
    bool is_begun = edit_begin(start->workbook, buffer_text(&label), fault);
    buffer_free(&label);
    if (!is_begun) {
        return false;
    }
    if (!start_lines(start, added, fault)) {
        edit_abandon(start->workbook);
        return false;
    }
    return edit_commit(start->workbook, fault);
}

bool round_complete(struct workbook *workbook, int64_t audit, int *added, struct fault *fault) {
    struct record round = {0};
    *added = 0;
    enum lookup found = record_load(workbook, REGISTER_AUDIT, audit, &round, fault);
    if (found == LOOKUP_NONE) {
        fault_set(fault, FAULT_REFUSED, "the round is no longer there: go back to the list");
    }
    if (found != LOOKUP_FOUND) {
        return false;
    }
    struct start start = {.workbook = workbook, .audit = round.values, .audit_id = audit};
    bool is_stored = complete_lines(&start, added, fault);
    record_free(&round);
    return is_stored;
}
