/* Owns the rows that refer to other rows of the same register, which may stand below them: what
 * they name is looked up when all rows are read. */
#include <stdlib.h>

#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "exchange/import_job.h"

/* Puts what waited into the record's values; false where a cell cannot be read. */
static bool fill_waiting(struct import_job *job, const struct import_waiting *waiting,
                         struct record *record, bool *is_changed, struct fault *fault) {
    const struct import_file *file = &job->files[waiting->file];
    for (int i = 0; i < waiting->count; i++) {
        int index = waiting->cells[i].field;
        struct import_column at = {.part = 0, .field = index};
        struct value value = {0};
        if (!import_read_text(job, file, at, waiting->cells[i].text, &value, fault)) {
            fault->field_plus_one = index + 1;
            return false;
        }
        if (value_equals(&value, &record->values[index])) {
            value_free(&value);
            continue;
        }
        import_watch_change(job, &register_describe(record->register_id)->fields[index],
                            &record->values[index], &value);
        value_free(&record->values[index]);
        record->values[index] = value;
        *is_changed = true;
    }
    return true;
}

/* Resolves one row; a refusal makes the row a late one. False with job->fault. */
static bool resolve(struct import_job *job, struct import_waiting *waiting) {
    struct import_file *file = &job->files[waiting->file];
    struct fault fault = {0};
    struct record record;
    enum register_id own = file->sheet->parts[0];
    enum lookup found = record_load(job->workbook, own, waiting->id, &record, &fault);
    if (found != LOOKUP_FOUND) {
        return found == LOOKUP_NONE || import_judge(job, 0, &fault) != IMPORT_FAILED;
    }
    bool is_changed = false;
    bool is_good =
        fill_waiting(job, waiting, &record, &is_changed, &fault) &&
        (!is_changed || edit_update(job->workbook, own, waiting->id, record.values, &fault));
    record_free(&record);
    if (!is_good && fault.kind == FAULT_REFUSED) {
        import_add_late(job, import_place(waiting->file, waiting->line), 0, &fault);
        import_watch_forget(job);
        fault_clear(&fault);
        return true;
    }
    if (!is_good) {
        import_judge(job, 0, &fault);
        return false;
    }
    if (is_changed && waiting->result == IMPORT_UNCHANGED) {
        file->counts.unchanged--;
        file->counts.changed++;
    }
    if (is_good && waiting->result != IMPORT_ADDED) {
        import_watch_more(job, file, waiting->line);
    }
    import_watch_forget(job);
    return true;
}

bool import_resolve_waiting(struct import_job *job) {
    for (size_t i = 0; i < job->waiting_count; i++) {
        if (!resolve(job, &job->waiting[i])) {
            return false;
        }
    }
    return true;
}

void import_forget_waiting(struct import_job *job) {
    for (size_t i = 0; i < job->waiting_count; i++) {
        for (int cell = 0; cell < job->waiting[i].count; cell++) {
            free(job->waiting[i].cells[cell].text);
        }
    }
    job->waiting_count = 0;
}

void import_wait(struct import_job *job, struct import_file *file, const struct csv_row *row,
                 const struct import_written *written) {
    struct import_waiting waiting = {
        .file = file->number, .line = row->line, .id = written->id, .result = written->result};
    const struct register_description *own = register_describe(file->sheet->parts[0]);
    for (int field = 0; field < own->field_count; field++) {
        int column = file->column_of[0][field];
        if (column != IMPORT_NO_COLUMN && column < row->cell_count &&
            row->cells[column][0] != '\0' && import_field_waits(file, 0, field)) {
            waiting.cells[waiting.count].field = field;
            waiting.cells[waiting.count].text = memory_copy_text(row->cells[column]);
            waiting.count++;
        }
    }
    if (waiting.count > 0) {
        job->waiting = memory_reserve(job->waiting, &job->waiting_capacity, job->waiting_count + 1,
                                      sizeof *job->waiting);
        job->waiting[job->waiting_count++] = waiting;
    }
}
