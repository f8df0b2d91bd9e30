/* Owns the raci sheet: the matrix of responsibilities, an activity a row and a role a column, cells
 * R A A/R C I. An empty cell says nothing: CSV never deletes. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/exchange/csv_write.h"
#include "clause5/register/type.h"
#include "clause5/rules/edit.h"
#include "exchange/guess.h"
#include "exchange/import_job.h"

enum {
    COLUMN_ACTIVITY,
    COLUMN_TITLE, /* our own export has the title behind the ref */
    COLUMN_LEFT_OUT = -1,
};

/* The ref or title of the column's role: as the plan says, else as the header does. NULL where the
 * plan leaves it out. */
static const char *role_name(const struct import_job *job, const struct import_file *file,
                             int column) {
    for (int i = 0; i < job->plan->map_count; i++) {
        const struct import_map *map = &job->plan->maps[i];
        if (text_compare_ascii_case(map->column, file->names[column]) == 0) {
            return map->field[0] == '\0' ? NULL : map->field;
        }
    }
    return job->plan->is_exact ? file->names[column] : csv_unguard(file->names[column]);
}

static bool has_title_column(const struct import_file *file) {
    return file->name_count > COLUMN_TITLE && strcasecmp(file->names[COLUMN_TITLE], "title") == 0;
}

/* Finds or makes the role of a column; 0 where there is none. */
static bool take_role(struct import_job *job, struct import_file *file, int column) {
    const char *name = role_name(job, file, column);
    int64_t *id = &file->role_of[column];
    *id = name == NULL ? COLUMN_LEFT_OUT : 0;
    if (name == NULL || *name == '\0') {
        return true;
    }
    enum lookup found = import_find_role(job->workbook, name, id, job->fault);
    if (found == LOOKUP_NONE) {
        *id = 0;
        found = LOOKUP_FOUND;
        if (job->plan->creates_missing &&
            !import_make(&job->lookup, job->workbook, REGISTER_ROLE, name, id, job->fault)) {
            found = LOOKUP_FAULT;
        }
    }
    if (found == LOOKUP_FAULT) {
        return fault_prefix(job->fault, "%s: %s", file->shown, name);
    }
    for (int other = 0; other < column; other++) {
        if (*id != 0 && file->role_of[other] == *id) {
            return fault_set(job->fault, FAULT_REFUSED,
                             "%s: the columns \"%s\" and \"%s\" are the same role (merge them)",
                             file->shown, file->names[other], file->names[column]);
        }
    }
    return true;
}

static bool take_header(struct import_job *job, struct import_file *file,
                        const struct csv_row *header) {
    job->file_at_hand = file->number;
    job->line_at_hand = header->line;
    file->role_of =
        memory_resize(file->role_of, (size_t)file->name_count + 1, sizeof *file->role_of);
    for (int i = 0; i < file->name_count; i++) {
        file->role_of[i] = COLUMN_LEFT_OUT;
    }
    for (int i = 0; i < file->name_count; i++) {
        bool is_role = i > COLUMN_TITLE || (i == COLUMN_TITLE && !has_title_column(file));
        if (is_role && !take_role(job, file, i)) {
            return false;
        }
    }
    return true;
}

/* Stores a new activity: its ref and title as the row has them, else the next number. */
static enum import_result make_activity(struct import_job *job, const char *name, const char *title,
                                        int64_t *id) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    struct fault fault = {0};
    bool is_ref = *title != '\0' || guess_is_ref(name);
    const char *shown = *title != '\0' ? title : name;
    char *ref = is_ref ? memory_copy_text(name) : record_next_ref(job->workbook, REGISTER_ACTIVITY);
    values[ACTIVITY_REF] = value_of_text(ref);
    values[ACTIVITY_TITLE] = value_of_text(shown);
    values[ACTIVITY_CLAUSE] = value_of_text(guess_clause(shown));
    *id = 0;
    bool is_made = edit_insert(job->workbook, REGISTER_ACTIVITY, values, id, &fault);
    values_free(values, REGISTER_FIELDS_MOST);
    free(ref);
    return is_made ? IMPORT_ADDED : import_judge(job, 0, &fault);
}

static enum import_result take_activity(struct import_job *job, struct import_file *file,
                                        const struct csv_row *row, int64_t *id) {
    char *name = text_trim(import_cell_text(job, file, row, COLUMN_ACTIVITY));
    char *title =
        text_trim(has_title_column(file) ? import_cell_text(job, file, row, COLUMN_TITLE) : "");
    struct fault fault = {0};
    enum lookup found = import_find_titled(job->workbook, REGISTER_ACTIVITY, name, id, &fault);
    enum import_result result = IMPORT_UNCHANGED;
    int64_t place;
    if (*name == '\0') {
        fault_clear(&fault);
        result = import_reject(job, COLUMN_ACTIVITY, "the activity is missing");
    } else if (found == LOOKUP_FAULT) {
        result = import_judge(job, 0, &fault);
    } else if (found == LOOKUP_FOUND && id_map_find(&job->lines[REGISTER_ACTIVITY], *id, &place)) {
        result = import_reject(job, COLUMN_ACTIVITY,
                               "the same activity is in line %lld already (each may come once)",
                               (long long)import_place_line(place));
    } else if (found == LOOKUP_NONE && !job->plan->creates_missing) {
        result = import_reject(job, COLUMN_ACTIVITY,
                               "\"%s\" is no activity of this workbook (add it first, or use "
                               "--create-missing)",
                               name);
    } else if (found == LOOKUP_NONE) {
        result = make_activity(job, name, title, id);
    }
    free(name);
    free(title);
    return result;
}

/* Stores one cell of the matrix. */
static enum import_result take_code(struct import_job *job, const struct import_file *file,
                                    int column, const char *code, int64_t activity) {
    const struct field *field =
        &register_describe(REGISTER_RESPONSIBILITY)->fields[RESPONSIBILITY_CODE];
    struct import_part part = {0};
    struct fault fault = {0};
    if (file->role_of[column] == 0) {
        return import_reject(job, column,
                             "the column's role is not in this workbook (add it first, or use "
                             "--create-missing)");
    }
    if (!field_parse_sheet(field, code, &part.values[RESPONSIBILITY_CODE], &fault)) {
        enum import_result result = import_judge(job, 0, &fault);
        job->refusal_column = column;
        return result;
    }
    part.has[RESPONSIBILITY_CODE] = true;
    part.values[RESPONSIBILITY_ACTIVITY] = value_of_whole(activity);
    part.values[RESPONSIBILITY_ROLE] = value_of_whole(file->role_of[column]);
    int64_t id = 0;
    enum lookup found =
        record_find(job->workbook, REGISTER_RESPONSIBILITY, part.values, &id, &fault);
    id = found == LOOKUP_FOUND ? id : 0;
    job->change_name = file->names[column];
    enum import_result result = found == LOOKUP_FAULT
                                    ? import_judge(job, 0, &fault)
                                    : import_store(job, 0, REGISTER_RESPONSIBILITY, &part, &id);
    if (result == IMPORT_ADDED) {
        import_watch_change(job, field, &(struct value){0}, &part.values[RESPONSIBILITY_CODE]);
    }
    job->change_name = NULL;
    if (result == IMPORT_REJECTED) {
        job->refusal_column = column;
    } else if (result != IMPORT_FAILED) {
        import_claim(job, REGISTER_RESPONSIBILITY, id);
    }
    import_part_free(&part);
    return result;
}

static enum import_result take_row(struct import_job *job, struct import_file *file,
                                   const struct csv_row *row) {
    int64_t activity = 0;
    enum import_result result = take_activity(job, file, row, &activity);
    if (result != IMPORT_ADDED && result != IMPORT_UNCHANGED) {
        return result;
    }
    import_claim(job, REGISTER_ACTIVITY, activity);
    for (int column = COLUMN_TITLE; column < file->name_count; column++) {
        char *code = text_trim(import_cell_text(job, file, row, column));
        enum import_result cell = IMPORT_UNCHANGED;
        if (*code != '\0' && file->role_of[column] != COLUMN_LEFT_OUT) {
            cell = take_code(job, file, column, code, activity);
        }
        free(code);
        if (cell == IMPORT_REJECTED || cell == IMPORT_FAILED) {
            return cell;
        }
        result = result == IMPORT_UNCHANGED && cell != IMPORT_UNCHANGED ? IMPORT_CHANGED : result;
    }
    return result;
}

const struct import_sheet import_sheet_raci = {.name = "raci",
                                               .parts = {REGISTER_ACTIVITY},
                                               .part_count = 1,
                                               .take_header = take_header,
                                               .take_row = take_row};
