/* Owns what the observer of an import is told: headers with where their columns go, rows with what
 * becomes of them, old and new values as people read them. Decides nothing. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/register/reading.h"
#include "exchange/import_job.h"

static const struct import_observer *observer_of(const struct import_job *job) {
    return job->plan->observer;
}

void import_watch_begin(struct import_job *job) {
    if (observer_of(job) != NULL) {
        observer_of(job)->begin(observer_of(job)->context);
    }
}

/* The name of what a column goes to; NULL where that is nothing. A joined column goes by its own
 * name. */
static const char *target_name(const struct import_file *file, struct import_column at) {
    if (at.part == IMPORT_NO_COLUMN) {
        return NULL;
    }
    for (int i = 0; i < file->sheet->joined_count; i++) {
        const struct import_joined *joined = &file->sheet->joined[i];
        if (joined->part == at.part && joined->field == at.field) {
            return joined->name;
        }
    }
    return register_describe(file->sheet->parts[at.part])->fields[at.field].name;
}

static struct import_column_seen see_column(const struct import_file *file, int column) {
    struct import_column_seen seen = {.name = file->names[column],
                                      .field = target_name(file, file->columns[column])};
    if (file->sheet->take_header != NULL) {
        seen.is_role = file->role_of[column] != IMPORT_NO_COLUMN;
        seen.field = seen.is_role ? file->names[column] : column == 0 ? "activity" : NULL;
    }
    return seen;
}

void import_watch_file(struct import_job *job, const struct import_file *file, int64_t line) {
    if (observer_of(job) == NULL) {
        return;
    }
    struct import_column_seen *columns = memory_zero((size_t)file->name_count + 1, sizeof *columns);
    for (int i = 0; i < file->name_count; i++) {
        columns[i] = see_column(file, i);
    }
    const struct import_file_seen seen = {.number = file->number,
                                          .shown = file->shown,
                                          .sheet = file->sheet->name,
                                          .encoding = csv_encoding(file->reader),
                                          .delimiter = csv_delimiter(file->reader),
                                          .header_line = line,
                                          .columns = columns,
                                          .column_count = file->name_count};
    observer_of(job)->see_file(observer_of(job)->context, &seen);
    free(columns);
}

static const char *cell_at(const struct csv_row *row, int column) {
    return column == IMPORT_NO_COLUMN || column >= row->cell_count ? "" : row->cells[column];
}

static void add_key(const struct import_file *file, const struct csv_row *row, struct buffer *out) {
    const struct register_description *own = register_describe(file->sheet->parts[0]);
    for (int i = 0; i < own->key_count; i++) {
        const char *cell = cell_at(row, file->column_of[0][own->key[i]]);
        buffer_add(out, i > 0 && *cell != '\0' ? "/" : "");
        buffer_add(out, cell);
    }
    if (out->len_bytes == 0 && row->cell_count > 0) {
        buffer_add(out, row->cells[0]);
    }
}

/* The cell of the column that names the record beside its key. */
static const char *title_of(const struct import_file *file, const struct csv_row *row) {
    static const char *const names[] = {"title", "name"};
    enum register_id own = file->sheet->parts[0];
    for (size_t i = 0; i < COUNT(names); i++) {
        int field = register_find_field(own, names[i]);
        if (field >= 0 && !register_is_key_field(own, field) &&
            file->column_of[0][field] != IMPORT_NO_COLUMN) {
            return cell_at(row, file->column_of[0][field]);
        }
    }
    return "";
}

static enum import_verdict verdict_of(const struct import_job *job, enum import_result result) {
    switch (result) {
    case IMPORT_ADDED:
        return IMPORT_VERDICT_NEW;
    case IMPORT_CHANGED:
        return IMPORT_VERDICT_CHANGED;
    case IMPORT_REJECTED:
        return job->is_held ? IMPORT_VERDICT_HELD : IMPORT_VERDICT_REJECTED;
    case IMPORT_UNCHANGED:
    case IMPORT_SKIPPED:
    case IMPORT_FAILED:
        break;
    }
    return IMPORT_VERDICT_UNCHANGED;
}

/* Points CHANGES at the texts that import_watch_change kept; the caller frees. */
static struct import_change_seen *list_changes(const struct import_job *job) {
    struct import_change_seen *changes = memory_zero(job->change_count + 1, sizeof *changes);
    const char *at = buffer_text(&job->changes);
    for (size_t i = 0; i < job->change_count; i++) {
        changes[i].field = at;
        changes[i].old_text = changes[i].field + strlen(changes[i].field) + 1;
        changes[i].new_text = changes[i].old_text + strlen(changes[i].old_text) + 1;
        at = changes[i].new_text + strlen(changes[i].new_text) + 1;
    }
    return changes;
}

/* Appends what the refused cell could be corrected to (field_offer). */
static void add_offer(const struct import_job *job, const struct import_file *file,
                      const struct csv_row *row, struct buffer *out) {
    int column = import_refused_column(job, file);
    if (column == IMPORT_NO_COLUMN || column >= row->cell_count || column >= file->name_count ||
        file->columns[column].part == IMPORT_NO_COLUMN) {
        return;
    }
    struct import_column at = file->columns[column];
    const struct field *field = &register_describe(file->sheet->parts[at.part])->fields[at.field];
    field_offer(field, row->cells[column], out);
    if (out->len_bytes == 0 && field->type == FIELD_DATE && file->survey.columns != NULL) {
        import_offer_day(&file->survey.columns[column], row->cells[column], out);
    }
}

static bool tell_row(struct import_job *job, const struct import_file *file,
                     const struct csv_row *row, enum import_verdict verdict) {
    struct buffer key = {0}, reason = {0}, offer = {0};
    bool is_refused = verdict == IMPORT_VERDICT_REJECTED || verdict == IMPORT_VERDICT_HELD;
    struct import_change_seen *changes = list_changes(job);
    const char *name = is_refused ? import_refused_name(job, file) : NULL;
    int column = is_refused ? import_refused_column(job, file) : IMPORT_NOT_IMPORTED;
    add_key(file, row, &key);
    if (verdict == IMPORT_VERDICT_REJECTED) {
        add_offer(job, file, row, &offer);
    }
    buffer_addf(&reason, "%s%s%s", name == NULL ? "" : name, name == NULL ? "" : ": ",
                is_refused ? fault_text(&job->refusal) : "");
    buffer_add(&reason, is_refused ? buffer_text(&job->more) : "");
    const struct import_row_seen seen = {
        .file = file->number,
        .line = row->line,
        .verdict = verdict,
        .key = buffer_text(&key),
        .title = title_of(file, row),
        .changes = changes,
        .change_count = verdict == IMPORT_VERDICT_CHANGED ? job->change_count : 0,
        .column = column < file->name_count ? column : IMPORT_NOT_IMPORTED,
        .reason = buffer_text(&reason),
        .offer = buffer_text(&offer)};
    bool goes_on = observer_of(job)->see_row(observer_of(job)->context, &seen);
    buffer_free(&key);
    buffer_free(&reason);
    buffer_free(&offer);
    free(changes);
    return goes_on || fault_set(job->fault, FAULT_STOPPED,
                                "the import was stopped; the workbook is as it was");
}

bool import_watch_row(struct import_job *job, const struct import_file *file,
                      const struct csv_row *row, enum import_result result) {
    bool is_told = observer_of(job) != NULL && result != IMPORT_FAILED && result != IMPORT_SKIPPED;
    bool is_good = !is_told || tell_row(job, file, row, verdict_of(job, result));
    import_watch_forget(job);
    return is_good;
}

void import_watch_more(struct import_job *job, const struct import_file *file, int64_t line) {
    if (observer_of(job) != NULL && job->change_count > 0) {
        struct import_change_seen *changes = list_changes(job);
        const struct import_row_seen seen = {.file = file->number,
                                             .line = line,
                                             .verdict = IMPORT_VERDICT_CHANGED,
                                             .key = "",
                                             .title = "",
                                             .changes = changes,
                                             .change_count = job->change_count,
                                             .column = IMPORT_NOT_IMPORTED,
                                             .reason = "",
                                             .offer = ""};
        observer_of(job)->see_more(observer_of(job)->context, &seen);
        free(changes);
    }
    import_watch_forget(job);
}

static void keep_text(struct import_job *job, const struct field *field,
                      const struct value *value) {
    struct fault fault = {0};
    struct buffer text = {0};
    record_print_value(job->workbook, field, value, &text, &fault);
    fault_clear(&fault);
    buffer_append(&job->changes, buffer_text(&text), strlen(buffer_text(&text)) + 1);
    buffer_free(&text);
}

void import_watch_change(struct import_job *job, const struct field *field,
                         const struct value *old_value, const struct value *new_value) {
    if (observer_of(job) == NULL) {
        return;
    }
    const char *name = job->change_name != NULL ? job->change_name : field->name;
    buffer_append(&job->changes, name, strlen(name) + 1);
    keep_text(job, field, old_value);
    keep_text(job, field, new_value);
    job->change_count++;
}

void import_watch_new(struct import_job *job, enum register_id register_id,
                      const struct import_part *part) {
    const struct register_description *described = register_describe(register_id);
    for (int field = 0; field < described->field_count; field++) {
        if (part->has[field] && part->values[field].kind != VALUE_EMPTY &&
            described->fields[field].type != FIELD_REFERENCE) {
            import_watch_change(job, &described->fields[field], &(struct value){0},
                                &part->values[field]);
        }
    }
}

void import_watch_forget(struct import_job *job) {
    buffer_clear(&job->changes);
    job->change_count = 0;
}
