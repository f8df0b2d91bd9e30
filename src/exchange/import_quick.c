/* Owns what makes large files quick, once a file has shown what it is: new rows of a register that
 * was empty go in as a bulk; rows that the workbook knows are told by one scan of the register; and
 * the line of every row is no longer kept. Each is a bet on the rest of the file. Where one is lost
 * (a key comes twice, a rule between rows is broken), the run gives up, and the files are read anew
 * with care: row by row, each with its line, so that every message is what it would have been. */
#include "clause5/rules/edit.h"
#include "clause5/store/batch.h"
#include "exchange/import_job.h"

enum {
    ROWS_BEFORE = 4096, /* that small files never see any of this */
    SCAN_SHARE = 32,    /* a scan is worth it where this part of the register was asked for */
};

/* Keeps which records were spoken of, and no longer by which lines. */
static void forget_lines(struct import_job *job) {
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const struct id_map *lines = &job->lines[id];
        for (size_t i = 0; i < lines->capacity; i++) {
            if (lines->entries[i].key != 0) {
                whole_set_add(&job->seen[id], lines->entries[i].key);
            }
        }
        id_map_free(&job->lines[id]);
    }
    job->is_quick = true;
}

/* Where no row is there that the file did not bring. */
static bool begin_bulk(struct import_job *job, const struct import_file *file) {
    enum register_id own = file->sheet->parts[0];
    if (record_count(job->workbook, own, job->fault) == file->counts.added) {
        edit_begin_bulk(job->workbook, own, job->fault);
    }
    return job->fault->kind == FAULT_NONE;
}

/* Which fields every row of the file has; false where that is not the same for all. */
static bool find_fields(const struct import_file *file, bool has[REGISTER_FIELDS_MOST]) {
    const struct register_description *own = register_describe(file->sheet->parts[0]);
    for (int field = 0; field < REGISTER_FIELDS_MOST; field++) {
        has[field] = field < own->field_count && file->column_of[0][field] != IMPORT_NO_COLUMN;
        if (has[field] && import_field_waits(file, 0, field)) {
            return false;
        }
    }
    for (int part = 0; part < own->key_count; part++) {
        if (!has[own->key[part]]) {
            return false;
        }
    }
    return own->key_count > 0;
}

static bool begin_match(struct import_job *job, const struct import_file *file) {
    enum register_id own = file->sheet->parts[0];
    bool has[REGISTER_FIELDS_MOST];
    if (!find_fields(file, has) ||
        file->counts.unchanged * SCAN_SHARE < record_count(job->workbook, own, job->fault)) {
        return job->fault->kind == FAULT_NONE;
    }
    batch_spare_memory(job->workbook, true);
    return match_begin(&job->match, job->workbook, own, has, &job->seen[own], job->fault) ||
           job->fault->kind == FAULT_NONE;
}

bool import_quicken(struct import_job *job, struct import_file *file) {
    const struct import_counts *counts = &file->counts;
    int64_t taken = counts->added + counts->changed + counts->unchanged;
    if (job->is_careful || taken == 0 || taken % ROWS_BEFORE != 0 || job->match.is_open ||
        batch_is_bulk(job->workbook) || file->sheet != &file->plain || file->fill != NULL) {
        return true;
    }
    if (!job->is_quick) {
        forget_lines(job);
    }
    if (counts->added == taken && taken == ROWS_BEFORE && !job->plan->creates_missing) {
        return begin_bulk(job, file);
    }
    return counts->unchanged > taken / 2 ? begin_match(job, file) : true;
}

bool import_end_quick(struct import_job *job) {
    if (job->match.is_open) {
        match_end(&job->match);
        batch_spare_memory(job->workbook, false);
    }
    if (batch_is_bulk(job->workbook)) {
        import_lookup_clear(&job->lookup);
    }
    enum bulk_end end = batch_end_bulk(job->workbook, job->fault);
    job->needs_care = job->needs_care || end == BULK_REPEATED;
    return end == BULK_DONE;
}

void import_forget_seen(struct import_job *job) {
    for (int id = 0; id < REGISTER_COUNT; id++) {
        whole_set_free(&job->seen[id]);
    }
    match_end(&job->match);
    job->is_quick = false;
    job->needs_care = false;
}

bool import_find_place(struct import_job *job, enum register_id register_id, int64_t id,
                       int64_t *place) {
    if (!job->is_quick) {
        return id_map_find(&job->lines[register_id], id, place);
    }
    job->needs_care = job->needs_care || whole_set_has(&job->seen[register_id], id);
    return false;
}

enum import_result import_match_row(struct import_job *job, const struct import_file *file,
                                    const struct import_part *part) {
    if (!job->match.is_open || file->sheet->parts[0] != job->match.register_id) {
        return IMPORT_SKIPPED;
    }
    for (int field = 0; field < REGISTER_FIELDS_MOST; field++) {
        if (part->has[field] != job->match.has[field]) {
            return IMPORT_SKIPPED;
        }
    }
    enum match_result result = match_take(&job->match, part->values);
    job->needs_care = job->needs_care || result == MATCH_TAKEN;
    return result == MATCH_NONE    ? IMPORT_SKIPPED
           : result == MATCH_TAKEN ? IMPORT_FAILED
                                   : IMPORT_UNCHANGED;
}

bool import_match_stored(struct import_job *job, enum register_id register_id, int64_t id) {
    struct record record;
    if (!job->match.is_open || register_id != job->match.register_id) {
        return true;
    }
    enum lookup found = record_load(job->workbook, register_id, id, &record, job->fault);
    if (found == LOOKUP_FOUND) {
        bool is_taken = match_take(&job->match, record.values) == MATCH_TAKEN;
        job->needs_care = job->needs_care || is_taken;
        record_free(&record);
    }
    return found != LOOKUP_FAULT && !job->needs_care;
}
