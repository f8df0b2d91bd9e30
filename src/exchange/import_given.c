/* Owns the values that the plan gives for fields which the file lacks: each is a column more behind
 * those of the file, or stands in where a cell of the field's column is empty. A filled cell always
 * wins, and the rejects are written without them. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/register/type.h"
#include "exchange/import_job.h"

static const struct import_column nowhere = {.part = IMPORT_NO_COLUMN, .field = IMPORT_NO_COLUMN};

/* Returns where the field of that name is, taken by a column or not. */
static struct import_column find_field(const struct import_file *file, const char *name) {
    const struct register_description *own = register_describe(file->sheet->parts[0]);
    for (int i = 0; i < own->field_count; i++) {
        if (text_compare_ascii_case(own->fields[i].name, name) == 0) {
            return (struct import_column){.part = 0, .field = i};
        }
    }
    for (int i = 0; i < file->sheet->joined_count; i++) {
        const struct import_joined *joined = &file->sheet->joined[i];
        if (text_compare_ascii_case(joined->name, name) == 0) {
            return (struct import_column){.part = joined->part, .field = joined->field};
        }
    }
    return nowhere;
}

/* Makes room for the names and values of so many columns more. */
static void make_room(struct import_file *file, int more) {
    size_t count = (size_t)file->name_count + (size_t)more + 1;
    file->names = memory_resize(file->names, count, sizeof *file->names);
    file->columns = memory_resize(file->columns, count, sizeof *file->columns);
    file->given = memory_resize(file->given, count, sizeof *file->given);
    for (size_t i = 0; i < count; i++) {
        file->given[i] = NULL;
    }
}

/* Puts the value into the field's column, which is made where the file has none. False where the
 * sheet has no such field. */
static bool place_given(struct import_file *file, const struct import_given *given) {
    struct import_column at = find_field(file, given->field);
    if (at.part == IMPORT_NO_COLUMN) {
        return false;
    }
    int column = file->column_of[at.part][at.field];
    if (column == IMPORT_NO_COLUMN) {
        column = file->name_count + file->given_count++;
        file->names[column] =
            memory_copy_text(register_describe(file->sheet->parts[at.part])->fields[at.field].name);
        file->columns[column] = at;
        file->column_of[at.part][at.field] = column;
    }
    file->given[column] = given->text;
    return true;
}

void import_place_given(const struct import_job *job, struct import_file *file) {
    if (job->plan->given_count == 0 || file->sheet->take_header != NULL) {
        return;
    }
    make_room(file, job->plan->given_count);
    for (int i = 0; i < job->plan->given_count; i++) {
        place_given(file, &job->plan->given[i]);
    }
}

/* What names a record is looked up with the rows; anything else is read here, once for all. */
static bool check_value(struct import_job *job, const struct import_file *file,
                        const struct import_given *given) {
    struct import_column at = find_field(file, given->field);
    if (at.part == IMPORT_NO_COLUMN) {
        return fault_set(job->fault, FAULT_USAGE,
                         "\"%s\" is no field of %s (clause5 describe %s lists the fields)",
                         given->field, file->sheet->name,
                         register_describe(file->sheet->parts[0])->name);
    }
    const struct field *field = &register_describe(file->sheet->parts[at.part])->fields[at.field];
    struct value value = {0};
    struct fault fault = {0};
    bool is_good =
        given->text[0] != '\0' || !fault_set(&fault, FAULT_REFUSED, "a value is missing");
    if (is_good && field->type != FIELD_REFERENCE && field->type != FIELD_PARTY) {
        is_good = field_parse_sheet(field, given->text, &value, &fault);
    }
    value_free(&value);
    if (!is_good) {
        fault_set(job->fault, FAULT_USAGE, "--set %s=%s: %s", given->field, given->text,
                  fault_text(&fault));
    }
    fault_clear(&fault);
    return is_good;
}

bool import_check_given(struct import_job *job, const struct import_file *file) {
    if (job->plan->given_count > 0 && file->sheet->take_header != NULL) {
        return fault_set(job->fault, FAULT_USAGE,
                         "a matrix takes no --set: its columns are roles, not fields");
    }
    for (int i = 0; i < job->plan->given_count; i++) {
        if (!check_value(job, file, &job->plan->given[i])) {
            return false;
        }
    }
    return true;
}

static bool is_blank_cell(const char *cell) {
    return cell[strspn(cell, " \t\r\n")] == '\0';
}

const struct csv_row *import_give(struct import_job *job, const struct import_file *file,
                                  const struct csv_row *row) {
    if (file->given == NULL) {
        return row;
    }
    int count = file->name_count + file->given_count;
    char **cells = memory_resize((void *)job->completed.cells, (size_t)count + 1, sizeof *cells);
    for (int i = 0; i < count; i++) {
        const char *cell = i < row->cell_count && i < file->name_count ? row->cells[i] : "";
        bool is_lacking = file->given[i] != NULL && is_blank_cell(cell);
        cells[i] = (char *)(is_lacking ? file->given[i] : cell);
    }
    job->completed = *row;
    job->completed.cells = cells;
    job->completed.cell_count = count;
    return &job->completed;
}
