/* Owns the way from a row's cells to the values of a register's fields. Asks the workbook only what
 * a cell names; writes nothing but what --create-missing makes. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/exchange/csv_write.h"
#include "clause5/register/reading.h"
#include "clause5/register/type.h"
#include "clause5/rules/edit.h"
#include "clause5/store/batch.h"
#include "exchange/guess.h"
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

/* A list of people may have "Weber, Anna" for Anna Weber. Whoever is known by the name as it stands
 * keeps it. */
static void turn_name(struct import_job *job, const struct import_file *file,
                      const struct field *field, struct cell_text *cell) {
    static const enum register_id people = REGISTER_PERSON;
    if (!file->may_have_legend || strchr(cell->text, ',') == NULL ||
        field != &register_describe(people)->fields[PERSON_NAME]) {
        return;
    }
    char *name = guess_first_last(cell->text);
    int64_t id;
    struct fault fault = {0};
    bool is_known = name != NULL && !batch_is_bulk(job->workbook) &&
                    record_find_key(job->workbook, people, cell->text, &id, &fault) == LOOKUP_FOUND;
    fault_clear(&fault);
    if (name != NULL && !is_known) {
        import_note(job, file, job->line_at_hand, "\"%s\" is read as \"%s\"", cell->text, name);
        take_copy(cell, name);
    } else {
        free(name);
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
    turn_name(job, file, field, &prepared);
    return prepared;
}

/* Says that a cell names no record, and what would help. */
static void refuse_missing(const struct field *field, const char *text, struct fault *fault) {
    static const enum register_id made[] = {REGISTER_PERSON, REGISTER_ROLE, REGISTER_COURSE,
                                            REGISTER_OBLIGATION, REGISTER_ACTIVITY};
    if (strpbrk(text, ";\n") != NULL) {
        fault_set(fault, FAULT_REFUSED, "\"%s\" names several, and one can stand here", text);
        return;
    }
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

/* Dates and numbers are read as their column is written. */
static bool read_figure(struct import_job *job, const struct import_file *file,
                        struct import_column at, const char *text, struct value *value,
                        struct fault *fault) {
    int column = file->column_of[at.part][at.field];
    struct import_figure figure = {.field = field_of(file, at.part, at.field),
                                   .ways = &file->survey.columns[column],
                                   .is_whole = file->survey.is_whole};
    bool is_read = import_read_figure(&figure, text, value, &job->needs_survey, fault);
    job->files[file->number].survey.wants_whole |= job->needs_survey;
    return is_read;
}

static bool is_figure(const struct import_file *file, const struct field *field) {
    return file->survey.columns != NULL &&
           (field->type == FIELD_DATE || field->type == FIELD_NUMBER || field->type == FIELD_WHOLE);
}

/* Says what the cell could be mended to, where it holds more than its field takes. */
static void add_offer(const struct field *field, const char *text, struct fault *fault) {
    struct buffer offered = {0};
    if (field_offer(field, text, &offered)) {
        struct buffer told = {0};
        buffer_addf(&told, "%s; %s could be meant", fault_text(fault), buffer_text(&offered));
        fault_clear(fault);
        fault_set(fault, FAULT_REFUSED, "%s", buffer_text(&told));
        buffer_free(&told);
    }
    buffer_free(&offered);
}

bool import_read_text(struct import_job *job, const struct import_file *file,
                      struct import_column at, const char *cell, struct value *value,
                      struct fault *fault) {
    const struct field *field = field_of(file, at.part, at.field);
    bool is_key = register_is_key_field(file->sheet->parts[at.part], at.field);
    struct cell_text prepared = prepare_text(job, file, field, cell, is_key);
    bool is_read = is_figure(file, field)
                       ? read_figure(job, file, at, prepared.text, value, fault)
                       : read_value(job, file, field, prepared.text, value, fault);
    if (!is_read && fault->kind == FAULT_REFUSED && !file->is_ours) {
        add_offer(field, prepared.text, fault);
    }
    free(prepared.copy);
    return is_read;
}

/* True where the part has no cell for the field that is to be read now. */
static bool is_passed(const struct import_file *file, const struct csv_row *row, int part,
                      int field) {
    int column = file->column_of[part][field];
    return column == IMPORT_NO_COLUMN || column >= row->cell_count ||
           (import_field_waits(file, part, field) && row->cells[column][0] != '\0');
}

/* Notes what else is wrong with a row that is refused already, from FIELD on: whoever mends it in
 * the file wants all of it at once. What ends the import ends it here too. */
static void note_others(struct import_job *job, struct import_file *file, const struct csv_row *row,
                        struct import_column from) {
    const struct register_description *described = register_describe(file->sheet->parts[from.part]);
    for (int field = from.field; field < described->field_count; field++) {
        if (is_passed(file, row, from.part, field)) {
            continue;
        }
        int column = file->column_of[from.part][field];
        struct import_column at = {.part = from.part, .field = field};
        struct value value = {0};
        struct fault fault = {0};
        bool is_read = import_read_text(job, file, at, row->cells[column], &value, &fault);
        value_free(&value);
        if (!is_read && fault.kind != FAULT_REFUSED) {
            import_judge(job, from.part, &fault);
            return;
        }
        if (!is_read) {
            buffer_addf(&job->more, "; %s: %s", file->names[column], fault_text(&fault));
            fault_clear(&fault);
        }
    }
}

bool import_read_part(struct import_job *job, struct import_file *file, const struct csv_row *row,
                      int part, struct import_part *out) {
    const struct register_description *described = register_describe(file->sheet->parts[part]);
    *out = (struct import_part){0};
    for (int field = 0; field < described->field_count; field++) {
        int column = file->column_of[part][field];
        if (is_passed(file, row, part, field)) {
            continue;
        }
        struct import_column at = {.part = part, .field = field};
        struct fault fault = {0};
        if (!import_read_text(job, file, at, row->cells[column], &out->values[field], &fault)) {
            import_judge(job, part, &fault);
            job->refusal_column = column;
            if (job->fault->kind == FAULT_NONE) {
                at.field++;
                note_others(job, file, row, at);
            }
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
