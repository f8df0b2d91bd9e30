/* Owns the objective sheet: an objective a row, with its KPI and its newest measurement beside it
 * where it has one KPI (product.md, Command line). Empty cells leave them alone. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/query.h"
#include "exchange/guess.h"
#include "exchange/import_job.h"

enum { PART_OBJECTIVE, PART_KPI, PART_MEASUREMENT };

static const struct import_joined joined[] = {
    {.name = "kpi", .synonyms = "metric;measure;indicator", .part = PART_KPI, .field = KPI_REF},
    {.name = "unit", .synonyms = "unit of measure", .part = PART_KPI, .field = KPI_UNIT},
    {.name = "direction", .synonyms = "better", .part = PART_KPI, .field = KPI_DIRECTION},
    {.name = "baseline", .synonyms = "baseline value", .part = PART_KPI, .field = KPI_BASELINE},
    {.name = "target", .synonyms = "target value", .part = PART_KPI, .field = KPI_TARGET},
    {.name = "frequency",
     .synonyms = "measurement frequency;measured",
     .part = PART_KPI,
     .field = KPI_FREQUENCY},
    {.name = "value",
     .synonyms = "current value;actual",
     .part = PART_MEASUREMENT,
     .field = MEASUREMENT_VALUE},
    {.name = "measured_on",
     .synonyms = "measurement date;date measured",
     .part = PART_MEASUREMENT,
     .field = MEASUREMENT_MEASURED_ON}};

struct objective_row {
    struct import_part objective, kpi, measurement;
    int64_t objective_id, kpi_id, measurement_id;
    const char *kpi_text;
};

/* Drops empty cells; true where any is left. */
static bool keep_given(struct import_part *part) {
    bool is_any = false;
    for (int field = 0; field < REGISTER_FIELDS_MOST; field++) {
        part->has[field] = part->values[field].kind != VALUE_EMPTY;
        is_any = is_any || part->has[field];
    }
    return is_any;
}

static void give(struct import_part *part, int field, struct value value) {
    value_free(&part->values[field]);
    part->values[field] = value;
    part->has[field] = true;
}

/* Finds among the objective's KPIs: the one of that ref or title, or where NAME is empty the only
 * one. *COUNT is how many it has. */
static enum lookup find_kpi(struct import_job *job, struct objective_row *at, const char *name,
                            int64_t *count) {
    struct query *query =
        query_open(job->workbook,
                   "SELECT id, ref = :name COLLATE NOCASE OR title = :name COLLATE NOCASE"
                   " FROM kpi WHERE objective = :objective ORDER BY ref = :name DESC",
                   job->fault);
    if (query == NULL) {
        return LOOKUP_FAULT;
    }
    query_bind_whole(query, ":objective", at->objective_id);
    query_bind_text(query, ":name", name);
    *count = 0;
    at->kpi_id = 0;
    int64_t only = 0;
    int got;
    while ((got = query_step(query, job->fault)) == 1) {
        only = query_whole(query, 0);
        *count += 1;
        if (at->kpi_id == 0 && query_whole(query, 1) != 0) {
            at->kpi_id = only;
        }
    }
    query_close(query);
    at->kpi_id = *name == '\0' && *count == 1 ? only : at->kpi_id;
    return got < 0 ? LOOKUP_FAULT : at->kpi_id != 0 ? LOOKUP_FOUND : LOOKUP_NONE;
}

/* Fills what a new KPI needs and the row does not say: which way is better follows from baseline
 * and target. */
static void fill_new_kpi(struct import_job *job, struct objective_row *at, const char *name) {
    struct import_part *kpi = &at->kpi;
    bool is_ref = guess_is_ref(name);
    char *ref = is_ref ? memory_copy_text(name) : record_next_ref(job->workbook, REGISTER_KPI);
    give(kpi, KPI_REF, value_of_text(ref));
    give(kpi, KPI_TITLE,
         is_ref ? value_copy(&at->objective.values[OBJECTIVE_TITLE]) : value_of_text(name));
    give(kpi, KPI_OBJECTIVE, value_of_whole(at->objective_id));
    give(kpi, KPI_SOURCE, value_of_text("measured"));
    if (!kpi->has[KPI_DIRECTION] && kpi->has[KPI_BASELINE] && kpi->has[KPI_TARGET]) {
        bool is_down = kpi->values[KPI_TARGET].number < kpi->values[KPI_BASELINE].number;
        give(kpi, KPI_DIRECTION, value_of_text(is_down ? "down" : "up"));
    }
    free(ref);
}

static enum import_result write_kpi(struct import_job *job, struct import_file *file,
                                    struct objective_row *at) {
    int column = file->column_of[PART_KPI][KPI_REF];
    char *name = memory_copy_text(value_text(&at->kpi.values[KPI_REF]));
    int64_t count;
    enum lookup found = find_kpi(job, at, name, &count);
    enum import_result result = IMPORT_FAILED;
    if (found == LOOKUP_NONE && *name == '\0') {
        result = count == 0 ? import_reject(job, column,
                                            "the row measures something but names no KPI (fill "
                                            "in the column kpi)")
                            : import_reject(job, column,
                                            "the objective has %lld KPIs (name one in the column "
                                            "kpi, or import them as kpi)",
                                            (long long)count);
    } else if (found != LOOKUP_FAULT) {
        if (found == LOOKUP_NONE) {
            fill_new_kpi(job, at, name);
        }
        result = import_store(job, PART_KPI, REGISTER_KPI, &at->kpi, &at->kpi_id);
        if (result == IMPORT_ADDED) {
            import_watch_new(job, REGISTER_KPI, &at->kpi);
        }
    }
    free(name);
    return result;
}

static enum import_result write_measurement(struct import_job *job, struct import_file *file,
                                            struct objective_row *at) {
    struct import_part *part = &at->measurement;
    if (!part->has[MEASUREMENT_VALUE] || !part->has[MEASUREMENT_MEASURED_ON]) {
        int missing = part->has[MEASUREMENT_VALUE] ? MEASUREMENT_MEASURED_ON : MEASUREMENT_VALUE;
        return import_reject(job, file->column_of[PART_MEASUREMENT][missing],
                             "a measurement needs both value and measured_on");
    }
    give(part, MEASUREMENT_KPI, value_of_whole(at->kpi_id));
    struct fault fault = {0};
    enum lookup found =
        record_find(job->workbook, REGISTER_MEASUREMENT, part->values, &at->measurement_id, &fault);
    if (found == LOOKUP_FAULT) {
        return import_judge(job, PART_MEASUREMENT, &fault);
    }
    at->measurement_id = found == LOOKUP_FOUND ? at->measurement_id : 0;
    enum import_result result =
        import_store(job, PART_MEASUREMENT, REGISTER_MEASUREMENT, part, &at->measurement_id);
    if (result == IMPORT_ADDED) {
        import_watch_new(job, REGISTER_MEASUREMENT, part);
    }
    return result;
}

static bool is_taken(enum import_result result) {
    return result == IMPORT_ADDED || result == IMPORT_CHANGED || result == IMPORT_UNCHANGED;
}

/* What changed beside the objective itself is a change of its row. */
static enum import_result join(enum import_result row, enum import_result beside) {
    if (!is_taken(beside)) {
        return beside;
    }
    return row == IMPORT_UNCHANGED && beside != IMPORT_UNCHANGED ? IMPORT_CHANGED : row;
}

static enum import_result write_joined(struct import_job *job, struct import_file *file,
                                       struct objective_row *at) {
    bool has_kpi = keep_given(&at->kpi);
    bool has_measurement = keep_given(&at->measurement);
    if (!has_kpi && !has_measurement) {
        return IMPORT_UNCHANGED;
    }
    enum import_result result = write_kpi(job, file, at);
    if (is_taken(result)) {
        import_claim(job, REGISTER_KPI, at->kpi_id);
    }
    if (is_taken(result) && has_measurement) {
        result = join(result, write_measurement(job, file, at));
    }
    if (is_taken(result) && at->measurement_id != 0) {
        import_claim(job, REGISTER_MEASUREMENT, at->measurement_id);
    }
    return result;
}

static enum import_result take_row(struct import_job *job, struct import_file *file,
                                   const struct csv_row *row) {
    struct objective_row at = {0};
    enum import_result result = IMPORT_REJECTED;
    if (import_read_part(job, file, row, PART_OBJECTIVE, &at.objective) &&
        import_read_part(job, file, row, PART_KPI, &at.kpi) &&
        import_read_part(job, file, row, PART_MEASUREMENT, &at.measurement)) {
        result = import_write_own(job, file, row, &at.objective, &at.objective_id);
        result = is_taken(result) ? join(result, write_joined(job, file, &at)) : result;
    } else if (job->fault->kind != FAULT_NONE) {
        result = IMPORT_FAILED;
    }
    import_part_free(&at.objective);
    import_part_free(&at.kpi);
    import_part_free(&at.measurement);
    return result;
}

const struct import_sheet import_sheet_objective = {
    .name = "objective",
    .parts = {[PART_OBJECTIVE] = REGISTER_OBJECTIVE,
              [PART_KPI] = REGISTER_KPI,
              [PART_MEASUREMENT] = REGISTER_MEASUREMENT},
    .part_count = 3,
    .joined = joined,
    .joined_count = COUNT(joined),
    .take_row = take_row};
