/* Owns the way from a row's cells to the values of a register's fields. Asks the workbook only what
 * a cell names; writes nothing but what --create-missing makes. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/date.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/exchange/csv_write.h"
#include "clause5/register/type.h"
#include "clause5/rules/edit.h"
#include "exchange/import_job.h"

static const struct field *field_of(const struct import_file *file, int part, int field) {
    return &register_describe(file->sheet->parts[part])->fields[field];
}

bool import_field_waits(const struct import_file *file, int part, int field) {
    enum register_id own = file->sheet->parts[0];
    if (part != 0) {
        return false;
    }
    if (own == REGISTER_AUDIT && (field == AUDIT_CLOSED_ON || field == AUDIT_CLOSING_HEAD)) {
        return true; /* a closed round takes no lines: it is closed when its lines are in */
    }
    if (own == REGISTER_ROLE && field == ROLE_HOLDER && file->is_ours && file->fill == NULL) {
        return true; /* or today's holders would take over what a vacant role approved */
    }
    const struct field *asked = field_of(file, part, field);
    return (asked->type == FIELD_REFERENCE && asked->target == own) ||
           (asked->type == FIELD_PARTY && (own == REGISTER_ROLE || own == REGISTER_PERSON));
}

/* Reads day, month and year in the given order into YYYY-MM-DD; false where the text is not three
 * numbers of which one is a year with its century. */
static bool read_ordered_date(const char *text, enum import_dates dates,
                              char iso[static DATE_TEXT_SIZE]) {
    static const struct {
        int year, month, day;
    } orders[] = {[IMPORT_DATES_ISO] = {0, 1, 2},
                  [IMPORT_DATES_DMY] = {2, 1, 0},
                  [IMPORT_DATES_MDY] = {2, 0, 1},
                  [IMPORT_DATES_YMD] = {0, 1, 2}};
    int numbers[3];
    for (int i = 0; i < 3; i++) {
        size_t before = strspn(text, i == 0 ? " " : "./ -");
        text += before;
        if ((i > 0 && before == 0) || !text_take_number(&text, 4, &numbers[i])) {
            return false;
        }
    }
    if (text[strspn(text, " ")] != '\0') {
        return false;
    }
    struct date_parts parts = {.year = numbers[orders[dates].year],
                               .month = numbers[orders[dates].month],
                               .day = numbers[orders[dates].day]};
    if (!date_exists(parts)) {
        return false;
    }
    date_print(date_from_parts(parts), iso);
    return true;
}

/* True for a day whose parts stand in an order that only the writer knows. */
static bool is_unordered_date(const struct import_job *job, const struct field *field,
                              const char *text) {
    char iso[DATE_TEXT_SIZE];
    return field->type == FIELD_DATE && job->plan->dates == IMPORT_DATES_ISO &&
           (read_ordered_date(text, IMPORT_DATES_DMY, iso) ||
            read_ordered_date(text, IMPORT_DATES_MDY, iso));
}

/* A text on its way into a field. Most are read where they stand: a copy is made only where
 * something has to change. */
struct cell_text {
    const char *text;
    char *copy; /* owned; NULL: TEXT is the cell's */
};

static void take_copy(struct cell_text *cell, char *copy) {
    free(cell->copy);
    cell->copy = copy;
    cell->text = copy;
}

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void trim_text(struct cell_text *cell) {
    size_t len_bytes = strlen(cell->text);
    if (len_bytes > 0 && (is_blank(cell->text[0]) || is_blank(cell->text[len_bytes - 1]))) {
        take_copy(cell, text_trim(cell->text));
    }
}

/* Turns a day into YYYY-MM-DD where the plan names the order of its parts. */
static void put_date_in_order(const struct import_job *job, struct cell_text *cell) {
    char iso[DATE_TEXT_SIZE];
    date_days day;
    if (job->plan->dates != IMPORT_DATES_ISO && !date_parse(cell->text, &day) &&
        read_ordered_date(cell->text, job->plan->dates, iso)) {
        take_copy(cell, memory_copy_text(iso));
    }
}

/* Returns the text of a cell as the type of its field reads it; the caller frees the copy. */
static struct cell_text prepare_text(struct import_job *job, const struct import_file *file,
                                     const struct field *field, const char *cell, bool is_key) {
    struct cell_text prepared = {.text = job->plan->is_exact ? cell : csv_unguard(cell)};
    if (file->fill != NULL) {
        struct buffer filled = {0};
        file->fill(file->fill_context, field, cell, &filled);
        take_copy(&prepared, buffer_take(&filled));
    }
    if (is_key || field->type == FIELD_REFERENCE || field->type == FIELD_PARTY) {
        trim_text(&prepared);
    }
    if (field->type == FIELD_DATE) {
        put_date_in_order(job, &prepared);
    }
    return prepared;
}

/* Says that a cell names no record, and what would help. */
static void refuse_missing(const struct field *field, const char *text, struct fault *fault) {
    static const enum register_id made[] = {REGISTER_PERSON, REGISTER_ROLE, REGISTER_COURSE,
                                            REGISTER_OBLIGATION, REGISTER_ACTIVITY};
    bool is_made = field->type == FIELD_PARTY;
    for (size_t i = 0; i < COUNT(made) && field->type == FIELD_REFERENCE; i++) {
        is_made = is_made || field->target == made[i];
    }
    const char *what =
        field->type == FIELD_PARTY ? "role or person" : register_describe(field->target)->singular;
    fault_set(fault, FAULT_REFUSED, "\"%s\" is no %s of this workbook (add it first%s)", text, what,
              is_made ? ", or use --create-missing" : "");
}

/* Reads a prepared text; references give the id that they name. */
static bool read_value(struct import_job *job, const struct import_file *file,
                       const struct field *field, const char *text, struct value *value,
                       struct fault *fault) {
    bool is_name = field->type == FIELD_REFERENCE || field->type == FIELD_PARTY;
    if (!is_name) {
        return file->is_ours ? field_parse(field, text, value, fault)
                             : field_parse_sheet(field, text, value, fault);
    }
    if (*text == '\0') {
        *value = (struct value){0};
        return true;
    }
    int64_t id;
    enum lookup found = import_find(&job->lookup, job->workbook, field, text, &id, fault);
    if (found == LOOKUP_NONE) {
        refuse_missing(field, text, fault);
    }
    *value = found == LOOKUP_FOUND ? value_of_whole(id) : (struct value){0};
    return found == LOOKUP_FOUND;
}

bool import_read_text(struct import_job *job, const struct import_file *file,
                      struct import_column at, const char *cell, struct value *value,
                      struct fault *fault) {
    const struct field *field = field_of(file, at.part, at.field);
    bool is_key = register_is_key_field(file->sheet->parts[at.part], at.field);
    struct cell_text prepared = prepare_text(job, file, field, cell, is_key);
    bool is_read = read_value(job, file, field, prepared.text, value, fault);
    if (!is_read && fault->kind == FAULT_REFUSED && is_unordered_date(job, field, prepared.text)) {
        fault_clear(fault);
        fault_set(fault, FAULT_REFUSED,
                  "\"%s\" is not a date as YYYY-MM-DD (say with --dates dmy or --dates mdy what "
                  "stands first)",
                  prepared.text);
    }
    free(prepared.copy);
    return is_read;
}

bool import_read_part(struct import_job *job, struct import_file *file, const struct csv_row *row,
                      int part, struct import_part *out) {
    const struct register_description *described = register_describe(file->sheet->parts[part]);
    *out = (struct import_part){0};
    for (int field = 0; field < described->field_count; field++) {
        int column = file->column_of[part][field];
        if (column == IMPORT_NO_COLUMN || column >= row->cell_count ||
            (import_field_waits(file, part, field) && row->cells[column][0] != '\0')) {
            continue;
        }
        struct import_column at = {.part = part, .field = field};
        struct fault fault = {0};
        if (!import_read_text(job, file, at, row->cells[column], &out->values[field], &fault)) {
            import_judge(job, part, &fault);
            job->refusal_column = column;
            import_part_free(out);
            return false;
        }
        out->has[field] = true;
    }
    return true;
}

void import_part_free(struct import_part *part) {
    values_free(part->values, REGISTER_FIELDS_MOST);
}

const char *import_cell_text(struct import_job *job, struct import_file *file,
                             const struct csv_row *row, int column) {
    if (column == IMPORT_NO_COLUMN || column >= row->cell_count) {
        return "";
    }
    (void)file;
    return job->plan->is_exact ? row->cells[column] : csv_unguard(row->cells[column]);
}
