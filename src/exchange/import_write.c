/* Owns the writing of a row by its key: new, changed or unchanged (contract.md, Import and export).
 * Every write goes through the rules. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/batch.h"
#include "exchange/import_job.h"

/* A role that approved is stored as its holder of that day: the same file says nothing new as long
 * as that person holds it. */
static bool is_held_by(struct import_job *job, const struct value *role,
                       const struct value *person) {
    if (role->kind != VALUE_WHOLE || person->kind != VALUE_WHOLE ||
        party_register(job->workbook, role->whole) != REGISTER_ROLE) {
        return false;
    }
    struct record record;
    struct fault fault = {0};
    if (record_load(job->workbook, REGISTER_ROLE, role->whole, &record, &fault) != LOOKUP_FOUND) {
        fault_clear(&fault);
        return false;
    }
    bool is_held = value_equals(&record.values[ROLE_HOLDER], person);
    record_free(&record);
    return is_held;
}

/* Finds the fields that the part has and the record has otherwise; keys stay as they are: CSV never
 * renames. Returns true where any differs. */
static bool find_changes(struct import_job *job, const struct record *record,
                         const struct import_part *part, bool changes[REGISTER_FIELDS_MOST]) {
    const struct register_description *described = register_describe(record->register_id);
    bool is_changed = false;
    for (int field = 0; field < described->field_count; field++) {
        const struct value *stored = &record->values[field];
        const struct value *given = &part->values[field];
        changes[field] = part->has[field] && !register_is_key_field(record->register_id, field) &&
                         !value_equals(stored, given) &&
                         ((described->fields[field].flags & FIELD_APPROVAL) == 0 ||
                          !is_held_by(job, given, stored));
        is_changed = is_changed || changes[field];
    }
    return is_changed;
}

/* Puts the changed fields over the record's. */
static void overlay(struct import_job *job, struct record *record, const struct import_part *part,
                    const bool changes[REGISTER_FIELDS_MOST]) {
    const struct register_description *described = register_describe(record->register_id);
    for (int field = 0; field < described->field_count; field++) {
        if (changes[field]) {
            struct value *stored = &record->values[field];
            import_watch_change(job, &described->fields[field], stored, &part->values[field]);
            value_free(stored);
            *stored = value_copy(&part->values[field]);
        }
    }
}

/* The lines of the catalogue are the program's; the user's own begin with X-. */
static bool is_shipped(const struct record *record) {
    return record->register_id == REGISTER_REQUIREMENT &&
           strncmp(value_text(&record->values[REQUIREMENT_REF]), "X-", 2) != 0;
}

/* Returns the field that names a record for people, other than its key; -1 where there is none. */
static int naming_field(enum register_id register_id) {
    static const char *const names[] = {"title", "name"};
    for (size_t i = 0; i < COUNT(names); i++) {
        int field = register_find_field(register_id, names[i]);
        if (field >= 0 && !register_is_key_field(register_id, field)) {
            return field;
        }
    }
    return -1;
}

/* A file of other records with the same keys changes them all without a word otherwise. */
static void warn_of_new_name(struct import_job *job, const struct record *record,
                             const struct import_part *part) {
    const struct register_description *described = register_describe(record->register_id);
    const struct import_file *file = &job->files[job->file_at_hand];
    int field = naming_field(record->register_id);
    if (field < 0 || is_shipped(record) || described->key_count != 1 || !part->has[field] ||
        record->values[field].kind == VALUE_EMPTY ||
        value_equals(&record->values[field], &part->values[field]) ||
        job->renamed_count++ >= IMPORT_RENAMED_MOST) {
        return;
    }
    struct buffer text = {0};
    buffer_addf(&text, "%s:%lld: %s was \"%s\" and is now \"%s\"", file->shown,
                (long long)job->line_at_hand, value_text(&record->values[described->key[0]]),
                value_text(&record->values[field]), value_text(&part->values[field]));
    import_keep_message(job, &(struct import_said){.file = file->number,
                                                   .line = job->line_at_hand,
                                                   .kind = IMPORT_WARNING,
                                                   .text = buffer_take(&text)});
}

/* Says that a row overwrites what somebody finished: to the user of the command as a warning, since
 * there the file decides (contract.md, Import and export); where the plan holds such rows, as a
 * refusal that the user can lift. */
static bool may_overwrite(struct import_job *job, const struct record *record,
                          const struct import_part *part, const bool *changes) {
    int field = 0;
    const char *state = import_find_overwritten(record, part, changes, &field);
    if (state == NULL || import_is_let_through(job)) {
        return true;
    }
    struct fault fault = {0};
    struct buffer key = {0}, text = {0};
    const char *name = register_describe(record->register_id)->fields[field].name;
    record_print_key(job->workbook, record, &key, &fault);
    fault_clear(&fault);
    buffer_addf(&text, "%s %s; the file changes its %s", buffer_text(&key), state, name);
    if (job->plan->holds_finished) {
        import_reject(job, IMPORT_NO_COLUMN, "%s", buffer_text(&text));
        job->is_held = true;
    } else {
        import_warn_overwritten(job, buffer_text(&text));
    }
    buffer_free(&key);
    buffer_free(&text);
    return !job->plan->holds_finished;
}

static enum import_result store_over(struct import_job *job, int part_number, struct record *record,
                                     const struct import_part *part) {
    bool changes[REGISTER_FIELDS_MOST] = {false};
    warn_of_new_name(job, record, part);
    if (!find_changes(job, record, part, changes)) {
        return IMPORT_UNCHANGED;
    }
    if (is_shipped(record)) {
        return IMPORT_SKIPPED;
    }
    if (!may_overwrite(job, record, part, changes)) {
        return IMPORT_REJECTED;
    }
    overlay(job, record, part, changes);
    struct fault fault = {0};
    if (!edit_update(job->workbook, record->register_id, record->id, record->values, &fault)) {
        return import_judge(job, part_number, &fault);
    }
    return IMPORT_CHANGED;
}

enum import_result import_store(struct import_job *job, int part_number,
                                enum register_id register_id, struct import_part *part,
                                int64_t *id) {
    struct fault fault = {0};
    if (*id == 0) {
        return edit_insert(job->workbook, register_id, part->values, id, &fault)
                   ? IMPORT_ADDED
                   : import_judge(job, part_number, &fault);
    }
    struct record record;
    enum lookup found = record_load(job->workbook, register_id, *id, &record, &fault);
    if (found == LOOKUP_NONE) {
        fault_set(&fault, FAULT_FAILED, "a record of %s that was just found is gone",
                  register_describe(register_id)->name);
    }
    if (found != LOOKUP_FOUND) {
        return import_judge(job, part_number, &fault);
    }
    enum import_result result = store_over(job, part_number, &record, part);
    record_free(&record);
    return result;
}

/* registers.tsv, training: where a file has no due_on, completed_on stands in. */
static void fill_due_on(struct import_file *file, struct import_part *part) {
    if (file->sheet->parts[0] == REGISTER_TRAINING &&
        part->values[TRAINING_DUE_ON].kind == VALUE_EMPTY) {
        value_free(&part->values[TRAINING_DUE_ON]);
        part->values[TRAINING_DUE_ON] = value_copy(&part->values[TRAINING_COMPLETED_ON]);
        part->has[TRAINING_DUE_ON] = true;
    }
}

bool import_date_approval(struct import_part *version, const struct record *stored) {
    static const int fields[] = {POLICY_VERSION_STATUS, POLICY_VERSION_APPROVED_ON,
                                 POLICY_VERSION_EFFECTIVE_ON};
    const struct value *values[COUNT(fields)];
    for (size_t i = 0; i < COUNT(fields); i++) {
        values[i] =
            version->has[fields[i]] ? &version->values[fields[i]] : &stored->values[fields[i]];
    }
    if (values[0]->kind != VALUE_TEXT || strcmp(value_text(values[0]), "approved") != 0 ||
        values[1]->kind != VALUE_EMPTY || values[2]->kind == VALUE_EMPTY) {
        return false;
    }
    struct value date = value_copy(values[2]);
    value_free(&version->values[POLICY_VERSION_APPROVED_ON]);
    version->values[POLICY_VERSION_APPROVED_ON] = date;
    version->has[POLICY_VERSION_APPROVED_ON] = true;
    return true;
}

void import_note_dated(struct import_job *job, int64_t line) {
    buffer_addf(&job->stand_in_lines, "%s%lld", job->stand_in_count > 0 ? ", " : "",
                (long long)line);
    job->stand_in_count++;
    job->stand_in_file = job->file_at_hand;
}

/* Dates the approval in a row of a register; *IS_DATED where the effective date had to do. */
static bool date_own(struct import_job *job, enum register_id own, struct import_part *part,
                     int64_t id, bool *is_dated) {
    struct record stored = {0};
    if (own != REGISTER_POLICY_VERSION) {
        return true;
    }
    if (id != 0 && record_load(job->workbook, own, id, &stored, job->fault) != LOOKUP_FOUND) {
        return job->fault->kind == FAULT_NONE
                   ? fault_set(job->fault, FAULT_FAILED, "a version that was just found is gone")
                   : false;
    }
    *is_dated = import_date_approval(part, &stored);
    record_free(&stored);
    return true;
}

/* Finds the row's record by its key; LOOKUP_NONE where it is new. A key with an empty part is left
 * for the rules to refuse. */
static enum lookup find_own(struct import_job *job, enum register_id register_id,
                            const struct import_part *part, int64_t *id, struct fault *fault) {
    const struct register_description *described = register_describe(register_id);
    *id = 0;
    if (described->key_count == 0) {
        struct record record;
        enum lookup found =
            record_load(job->workbook, register_id, WORKBOOK_ROW_ID, &record, fault);
        if (found == LOOKUP_FOUND) {
            record_free(&record);
            *id = WORKBOOK_ROW_ID;
        }
        return found;
    }
    for (int i = 0; i < described->key_count; i++) {
        if (part->values[described->key[i]].kind == VALUE_EMPTY) {
            return LOOKUP_NONE;
        }
    }
    enum lookup found = record_find(job->workbook, register_id, part->values, id, fault);
    *id = found == LOOKUP_FOUND ? *id : 0;
    return found;
}

/* Rejects a row whose record another row of the file has spoken of. */
static enum import_result refuse_repeated(struct import_job *job, struct import_file *file,
                                          int64_t place) {
    const struct register_description *own = register_describe(file->sheet->parts[0]);
    if (file->fill != NULL) {
        return IMPORT_SKIPPED;
    }
    int column = own->key_count == 1 ? file->column_of[0][own->key[0]] : IMPORT_NO_COLUMN;
    return import_reject(job, column, "the same %s is in line %lld already (each may come once)",
                         own->singular, (long long)import_place_line(place));
}

/* The program's own data leave out what nobody was named for (data/README.md). */
static bool lacks_required(const struct import_file *file, const struct import_part *part) {
    const struct register_description *own = register_describe(file->sheet->parts[0]);
    for (int field = 0; field < own->field_count; field++) {
        if ((own->fields[field].flags & FIELD_REQUIRED) != 0 && part->has[field] &&
            part->values[field].kind == VALUE_EMPTY) {
            return true;
        }
    }
    return false;
}

static void warn_of_shipped(struct import_job *job, struct import_file *file,
                            const struct csv_row *row, const struct import_part *part) {
    struct buffer text = {0};
    buffer_addf(&text,
                "%s:%lld: %s is a line of the program's own checklist and stays as shipped (own "
                "lines begin with X-)",
                file->shown, (long long)row->line, value_text(&part->values[REQUIREMENT_REF]));
    import_keep_message(job, &(struct import_said){.file = file->number,
                                                   .line = row->line,
                                                   .kind = IMPORT_WARNING,
                                                   .text = buffer_take(&text)});
}

enum import_result import_write_own(struct import_job *job, struct import_file *file,
                                    const struct csv_row *row, struct import_part *part,
                                    int64_t *id) {
    struct fault fault = {0};
    enum register_id own = file->sheet->parts[0];
    fill_due_on(file, part);
    if (file->fill != NULL && lacks_required(file, part)) {
        return IMPORT_SKIPPED;
    }
    enum import_result matched = import_match_row(job, file, part);
    if (matched != IMPORT_SKIPPED) {
        return matched;
    }
    /* Within a bulk the keys are compared at the end. */
    if (!batch_is_bulk(job->workbook) && find_own(job, own, part, id, &fault) == LOOKUP_FAULT) {
        return import_judge(job, 0, &fault);
    }
    int64_t place;
    if (*id != 0 && import_find_place(job, own, *id, &place)) {
        return refuse_repeated(job, file, place);
    }
    bool is_dated = false;
    if (job->needs_care || (*id != 0 && !import_match_stored(job, own, *id)) ||
        !date_own(job, own, part, *id, &is_dated)) {
        return IMPORT_FAILED;
    }
    enum import_result result = import_store(job, 0, own, part, id);
    if (result == IMPORT_SKIPPED) {
        warn_of_shipped(job, file, row, part);
        result = IMPORT_UNCHANGED;
    }
    if (result == IMPORT_ADDED || result == IMPORT_CHANGED || result == IMPORT_UNCHANGED) {
        import_claim(job, own, *id);
        if (is_dated) {
            import_note_dated(job, row->line);
        }
    }
    return result;
}

enum import_result import_take_plain(struct import_job *job, struct import_file *file,
                                     const struct csv_row *row) {
    struct import_part part;
    if (!import_read_part(job, file, row, 0, &part)) {
        return job->fault->kind == FAULT_NONE ? IMPORT_REJECTED : IMPORT_FAILED;
    }
    struct import_written written = {0};
    written.result = import_write_own(job, file, row, &part, &written.id);
    import_part_free(&part);
    if (written.result == IMPORT_ADDED || written.result == IMPORT_CHANGED ||
        written.result == IMPORT_UNCHANGED) {
        import_wait(job, file, row, &written);
    }
    return written.result;
}
