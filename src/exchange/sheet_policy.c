/* Owns the policy sheet: a policy a row, with its current version beside it (product.md, Command
 * line). What a row says of the version acts as the workflow does; empty cells leave it alone. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "clause5/base/date.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/register/type.h"
#include "clause5/rules/edit.h"
#include "clause5/store/query.h"
#include "exchange/import_job.h"
#include "exchange/joined.h"

enum { PART_POLICY, PART_VERSION, REVIEW_MONTHS_DEFAULT = 12, REVIEW_MONTHS_MOST = 60 };

static const struct import_joined joined[] = {
    {.name = "version", .part = PART_VERSION, .field = POLICY_VERSION_VERSION},
    {.name = "status", .part = PART_VERSION, .field = POLICY_VERSION_STATUS},
    {.name = "approved_by", .part = PART_VERSION, .field = POLICY_VERSION_APPROVED_BY},
    {.name = "approved_on", .part = PART_VERSION, .field = POLICY_VERSION_APPROVED_ON},
    {.name = "effective_on", .part = PART_VERSION, .field = POLICY_VERSION_EFFECTIVE_ON},
    {.name = "reviewed_on", .part = PART_VERSION, .field = POLICY_VERSION_REVIEWED_ON}};

/* One row on its way. */
struct policy_row {
    struct import_part policy, version;
    struct record stored;      /* the policy as it stands after its own fields were written */
    struct import_part change; /* what the version brings to the policy */
    int64_t policy_id, version_id;
    bool was_approved;
    bool is_reviewed_anew;
};

static bool is_text(const struct value *value, const char *text) {
    return strcmp(value_text(value), text) == 0;
}

/* contract.md: "Policy" is a topic policy, or the information security policy if so titled; kinds
 * that are no choice are "other". Returns the kind to read, or NULL for the cell as it is. */
static const char *translate_kind(const char *kind, const char *title) {
    const struct field *field = &register_describe(REGISTER_POLICY)->fields[POLICY_KIND];
    char *word = text_trim(kind);
    const char *translated = NULL;
    char *trimmed_title = text_trim(title);
    if (strcasecmp(word, "policy") == 0 &&
        strcasecmp(trimmed_title, "information security policy") == 0) {
        translated = "information security policy";
    } else if (*word != '\0' && field_find_choice(field, word) == NULL &&
               field_find_choice_synonym(field, word) == NULL) {
        translated = "other";
    }
    free(word);
    free(trimmed_title);
    return translated;
}

/* Reads the row's parts, the kind as translated. */
static bool read_parts(struct import_job *job, struct import_file *file, const struct csv_row *row,
                       struct policy_row *at) {
    int kind = file->column_of[PART_POLICY][POLICY_KIND];
    int title = file->column_of[PART_POLICY][POLICY_TITLE];
    char **cells = memory_zero((size_t)row->cell_count + 1, sizeof *cells);
    for (int i = 0; i < row->cell_count; i++) {
        cells[i] = row->cells[i];
    }
    char *translated = NULL;
    if (kind != IMPORT_NO_COLUMN) {
        translated = memory_copy_text(translate_kind(import_cell_text(job, file, row, kind),
                                                     import_cell_text(job, file, row, title)));
        cells[kind] = translated != NULL ? translated : cells[kind];
    }
    struct csv_row changed = *row;
    changed.cells = cells;
    bool is_read = import_read_part(job, file, &changed, PART_POLICY, &at->policy) &&
                   import_read_part(job, file, &changed, PART_VERSION, &at->version);
    free(translated);
    free(cells);
    return is_read;
}

/* Drops the cells of the version that are empty; true where any is left. */
static bool keep_given(struct import_part *version) {
    bool is_any = false;
    for (int field = 0; field < POLICY_VERSION_FIELDS; field++) {
        version->has[field] = version->values[field].kind != VALUE_EMPTY;
        is_any = is_any || version->has[field];
    }
    return is_any;
}

static enum lookup find_current(struct import_job *job, int64_t policy, int64_t *id,
                                struct fault *fault) {
    struct query *query =
        query_open(job->workbook, "SELECT " JOINED_CURRENT_VERSION(":policy"), fault);
    if (query == NULL) {
        return LOOKUP_FAULT;
    }
    query_bind_whole(query, ":policy", policy);
    int got = query_step(query, fault);
    bool is_found = got == 1 && !query_is_empty(query, 0);
    *id = is_found ? query_whole(query, 0) : 0;
    query_close(query);
    return got < 0 ? LOOKUP_FAULT : is_found ? LOOKUP_FOUND : LOOKUP_NONE;
}

/* Finds the version that the row speaks of; id 0 where it is new. */
static enum import_result find_version(struct import_job *job, const struct import_file *file,
                                       struct policy_row *at) {
    struct fault fault = {0};
    struct value *values = at->version.values;
    values[POLICY_VERSION_POLICY] = value_of_whole(at->policy_id);
    at->version.has[POLICY_VERSION_POLICY] = true;
    bool is_named = at->version.has[POLICY_VERSION_VERSION];
    enum lookup found = is_named ? record_find(job->workbook, REGISTER_POLICY_VERSION, values,
                                               &at->version_id, &fault)
                                 : find_current(job, at->policy_id, &at->version_id, &fault);
    if (found == LOOKUP_FAULT) {
        return import_judge(job, PART_VERSION, &fault);
    }
    at->version_id = found == LOOKUP_FOUND ? at->version_id : 0;
    if (found == LOOKUP_NONE && !is_named) {
        return import_reject(job, file->column_of[PART_VERSION][POLICY_VERSION_VERSION],
                             "the version is missing (say which version the row is about)");
    }
    return IMPORT_UNCHANGED;
}

static void give(struct import_part *part, int field, struct value value) {
    value_free(&part->values[field]);
    part->values[field] = value;
    part->has[field] = true;
}

/* Fills what the workflow fills, and notes what the version was before. */
static bool prepare_version(struct import_job *job, struct policy_row *at, int64_t line) {
    struct record stored = {0};
    if (at->version_id != 0 && record_load(job->workbook, REGISTER_POLICY_VERSION, at->version_id,
                                           &stored, job->fault) != LOOKUP_FOUND) {
        return job->fault->kind == FAULT_NONE
                   ? fault_set(job->fault, FAULT_FAILED, "a version that was just found is gone")
                   : false;
    }
    if (at->version_id == 0 && !at->version.has[POLICY_VERSION_STATUS]) {
        give(&at->version, POLICY_VERSION_STATUS, value_of_text("draft"));
    }
    at->was_approved = is_text(&stored.values[POLICY_VERSION_STATUS], "approved");
    if (import_date_approval(&at->version, &stored)) {
        import_note_dated(job, line);
    }
    at->is_reviewed_anew = at->version.has[POLICY_VERSION_REVIEWED_ON] &&
                           !value_equals(&at->version.values[POLICY_VERSION_REVIEWED_ON],
                                         &stored.values[POLICY_VERSION_REVIEWED_ON]);
    record_free(&stored);
    return true;
}

static bool becomes_approved(const struct policy_row *at) {
    return !at->was_approved && is_text(&at->version.values[POLICY_VERSION_STATUS], "approved");
}

/* Approving supersedes the version that was approved before. */
static bool supersede_others(struct import_job *job, const struct policy_row *at) {
    struct value superseded = value_of_text("superseded");
    struct query *query = query_open(job->workbook,
                                     "SELECT id FROM policy_version WHERE policy = :policy"
                                     " AND status = 'approved' AND id <> :version",
                                     job->fault);
    if (query == NULL) {
        value_free(&superseded);
        return false;
    }
    query_bind_whole(query, ":policy", at->policy_id);
    query_bind_whole(query, ":version", at->version_id);
    int64_t other = 0;
    int got = query_step(query, job->fault);
    other = got == 1 ? query_whole(query, 0) : 0;
    query_close(query);
    bool is_good = got >= 0;
    if (got == 1) {
        struct record record;
        is_good = record_load(job->workbook, REGISTER_POLICY_VERSION, other, &record, job->fault) ==
                  LOOKUP_FOUND;
        if (is_good) {
            is_good =
                edit_set(job->workbook, &record, POLICY_VERSION_STATUS, &superseded, job->fault);
            record_free(&record);
        }
    }
    value_free(&superseded);
    return is_good;
}

static bool read_day(const struct value *value, date_days *day) {
    return value->kind == VALUE_TEXT && date_parse(value->text, day);
}

/* Where last and next review both stand and no cycle does, the cycle is the whole months between.
 */
static void derive_cycle(struct policy_row *at) {
    date_days last, next;
    if (at->stored.values[POLICY_REVIEW_MONTHS].kind != VALUE_EMPTY ||
        !read_day(&at->version.values[POLICY_VERSION_REVIEWED_ON], &last) ||
        !read_day(&at->stored.values[POLICY_NEXT_REVIEW_ON], &next)) {
        return;
    }
    int months = date_months_between(last, next);
    if (months >= 1 && months <= REVIEW_MONTHS_MOST) {
        give(&at->change, POLICY_REVIEW_MONTHS, value_of_whole(months));
    }
}

/* The next review is a cycle after the day the version takes effect, else was approved, or after
 * the confirmed review, unless the file says when: as version_take_step does. */
static void plan_review(struct policy_row *at) {
    date_days approved, reviewed;
    bool has_approved = becomes_approved(at) &&
                        (read_day(&at->version.values[POLICY_VERSION_EFFECTIVE_ON], &approved) ||
                         read_day(&at->version.values[POLICY_VERSION_APPROVED_ON], &approved));
    bool has_reviewed = at->is_reviewed_anew &&
                        read_day(&at->version.values[POLICY_VERSION_REVIEWED_ON], &reviewed);
    if (at->policy.values[POLICY_NEXT_REVIEW_ON].kind != VALUE_EMPTY ||
        (!has_approved && !has_reviewed)) {
        return;
    }
    date_days from = !has_reviewed || (has_approved && approved > reviewed) ? approved : reviewed;
    const struct value *cycle = &at->stored.values[POLICY_REVIEW_MONTHS];
    int months = cycle->kind == VALUE_WHOLE ? (int)cycle->whole : REVIEW_MONTHS_DEFAULT;
    char text[DATE_TEXT_SIZE];
    date_print(date_add_months(from, months), text);
    give(&at->change, POLICY_NEXT_REVIEW_ON, value_of_text(text));
}

static enum import_result worse(enum import_result a, enum import_result b) {
    if (a == IMPORT_FAILED || b == IMPORT_FAILED) {
        return IMPORT_FAILED;
    }
    return a > b ? a : b;
}

/* Tells a new version as a change of the one that was current. */
static bool watch_new_version(struct import_job *job, const struct policy_row *at) {
    struct record current = {0};
    int64_t id = 0;
    if (job->plan->observer == NULL || at->version_id != 0) {
        return true;
    }
    enum lookup found = find_current(job, at->policy_id, &id, job->fault);
    if (found == LOOKUP_FOUND) {
        found = record_load(job->workbook, REGISTER_POLICY_VERSION, id, &current, job->fault);
    }
    for (int field = POLICY_VERSION_VERSION; field < POLICY_VERSION_FIELDS; field++) {
        if (at->version.has[field] &&
            !value_equals(&current.values[field], &at->version.values[field])) {
            import_watch_change(job, &register_describe(REGISTER_POLICY_VERSION)->fields[field],
                                &current.values[field], &at->version.values[field]);
        }
    }
    record_free(&current);
    return found != LOOKUP_FAULT;
}

/* Writes the version and what it brings to the policy. Returns what changed of them: a new version
 * of a policy that was there is a change of its row. */
static enum import_result write_version(struct import_job *job, struct import_file *file,
                                        const struct csv_row *row, struct policy_row *at) {
    enum import_result result = find_version(job, file, at);
    if (result != IMPORT_UNCHANGED) {
        return result;
    }
    if (!prepare_version(job, at, row->line) || !watch_new_version(job, at) ||
        (becomes_approved(at) && !supersede_others(job, at))) {
        return IMPORT_FAILED;
    }
    result =
        import_store(job, PART_VERSION, REGISTER_POLICY_VERSION, &at->version, &at->version_id);
    if (result == IMPORT_REJECTED || result == IMPORT_FAILED) {
        return result;
    }
    import_claim(job, REGISTER_POLICY_VERSION, at->version_id);
    derive_cycle(at);
    plan_review(at);
    int64_t policy = at->policy_id;
    result = worse(result, import_store(job, PART_POLICY, REGISTER_POLICY, &at->change, &policy));
    return result == IMPORT_ADDED ? IMPORT_CHANGED : result;
}

static enum import_result write_row(struct import_job *job, struct import_file *file,
                                    const struct csv_row *row, struct policy_row *at) {
    bool has_version = keep_given(&at->version);
    if (has_version && at->policy.values[POLICY_NEXT_REVIEW_ON].kind == VALUE_EMPTY) {
        at->policy.has[POLICY_NEXT_REVIEW_ON] = false; /* the workflow sets it */
    }
    struct import_written written = {0};
    written.result = import_write_own(job, file, row, &at->policy, &written.id);
    if (written.result == IMPORT_REJECTED || written.result == IMPORT_FAILED ||
        written.result == IMPORT_SKIPPED) {
        return written.result;
    }
    at->policy_id = written.id;
    if (has_version) {
        if (record_load(job->workbook, REGISTER_POLICY, written.id, &at->stored, job->fault) !=
            LOOKUP_FOUND) {
            return IMPORT_FAILED;
        }
        written.result = worse(written.result, write_version(job, file, row, at));
    }
    if (written.result != IMPORT_REJECTED && written.result != IMPORT_FAILED) {
        import_wait(job, file, row, &written);
    }
    return written.result;
}

static enum import_result take_row(struct import_job *job, struct import_file *file,
                                   const struct csv_row *row) {
    struct policy_row at = {0};
    enum import_result result = job->fault->kind == FAULT_NONE ? IMPORT_REJECTED : IMPORT_FAILED;
    if (read_parts(job, file, row, &at)) {
        result = write_row(job, file, row, &at);
    } else if (job->fault->kind != FAULT_NONE) {
        result = IMPORT_FAILED;
    }
    import_part_free(&at.policy);
    import_part_free(&at.version);
    import_part_free(&at.change);
    record_free(&at.stored);
    return result;
}

const struct import_sheet import_sheet_policy = {
    .name = "policy",
    .parts = {[PART_POLICY] = REGISTER_POLICY, [PART_VERSION] = REGISTER_POLICY_VERSION},
    .part_count = 2,
    .joined = joined,
    .joined_count = COUNT(joined),
    .take_row = take_row};
