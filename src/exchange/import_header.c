/* Owns the matching of a file's columns to the fields of its sheet: by name, by label, by the words
 * people use (product.md, Command line), or as the plan says. Reads no rows. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/register/type.h"
#include "exchange/import_job.h"

static const struct import_column nowhere = {.part = IMPORT_NO_COLUMN, .field = IMPORT_NO_COLUMN};

static bool is_taken(const struct import_file *file, struct import_column target) {
    return file->column_of[target.part][target.field] != IMPORT_NO_COLUMN;
}

static void assign(struct import_file *file, int column, struct import_column target) {
    file->columns[column] = target;
    file->column_of[target.part][target.field] = column;
}

/* True where the joined column is called NAME, or so by its own words, or where it has none by
 * those of its field. */
static bool is_joined_called(const struct import_file *file, const struct import_joined *joined,
                             const char *name) {
    const struct field *field =
        &register_describe(file->sheet->parts[joined->part])->fields[joined->field];
    const struct field asked = {
        .name = joined->name, .label = joined->name, .synonyms = joined->synonyms};
    return field_is_called(joined->synonyms == NULL ? field : &asked, name);
}

/* The ways in which a header can name a field, the surest first, so that a column called exactly as
 * a field is never taken by another one's synonym. */
enum match { MATCH_NAME, MATCH_LABEL, MATCH_SYNONYM, MATCH_BARE, MATCH_COUNT };

static bool matches(const struct field *field, const char *name, enum match match) {
    switch (match) {
    case MATCH_NAME:
        return text_compare_ascii_case(field->name, name) == 0;
    case MATCH_LABEL:
        return text_compare_ascii_case(field->label, name) == 0;
    case MATCH_SYNONYM:
    case MATCH_BARE:
    case MATCH_COUNT:
        break;
    }
    return field_is_called(field, name);
}

/* Returns the name without what people add to one: "Due date *", "Cost (EUR)", "Title:". The caller
 * frees; NULL where there is nothing to take off. */
static char *bare_name(const char *name) {
    size_t len = strcspn(name, "([*:");
    if (name[len] == '\0' || len == 0) {
        return NULL;
    }
    char *head = memory_copy_bytes(name, len);
    char *bare = text_trim(head);
    free(head);
    return bare;
}

static struct import_column find_own(const struct import_file *file, const char *name,
                                     enum match match) {
    const struct register_description *own = register_describe(file->sheet->parts[0]);
    for (int field = 0; field < own->field_count; field++) {
        struct import_column target = {.part = 0, .field = field};
        if (!is_taken(file, target) && matches(&own->fields[field], name, match)) {
            return target;
        }
    }
    return nowhere;
}

static struct import_column find_joined(const struct import_file *file, const char *name,
                                        enum match match) {
    for (int i = 0; i < file->sheet->joined_count; i++) {
        const struct import_joined *joined = &file->sheet->joined[i];
        struct import_column target = {.part = joined->part, .field = joined->field};
        bool is_called = match == MATCH_NAME
                             ? text_compare_ascii_case(joined->name, name) == 0
                             : match >= MATCH_SYNONYM && is_joined_called(file, joined, name);
        if (is_called && !is_taken(file, target)) {
            return target;
        }
    }
    return nowhere;
}

static struct import_column find_target(const struct import_file *file, const char *name,
                                        enum match match) {
    struct import_column target = find_own(file, name, match);
    return target.part != IMPORT_NO_COLUMN ? target : find_joined(file, name, match);
}

static int find_name(const struct import_file *file, const char *name) {
    for (int i = 0; i < file->name_count; i++) {
        if (text_compare_ascii_case(file->names[i], name) == 0) {
            return i;
        }
    }
    return IMPORT_NO_COLUMN;
}

int import_find_column(const struct import_file *file, const char *column) {
    int named = find_name(file, column);
    int number = 0;
    const char *digits = column;
    bool is_number = named == IMPORT_NO_COLUMN && text_take_number(&digits, 6, &number) &&
                     *digits == '\0' && number >= 1 && number <= file->name_count;
    return is_number ? number - 1 : named;
}

/* True where the sheet has a field of that name, taken or not. */
static bool is_field(const struct import_file *file, const char *name) {
    bool is_known = register_find_field(file->sheet->parts[0], name) >= 0;
    for (int i = 0; i < file->sheet->joined_count && !is_known; i++) {
        is_known = text_compare_ascii_case(file->sheet->joined[i].name, name) == 0;
    }
    return is_known;
}

/* Follows the plan's --map; marks in IS_SETTLED the columns it speaks of. */
static bool follow_maps(struct import_job *job, struct import_file *file, bool *is_settled) {
    for (int i = 0; i < job->plan->map_count; i++) {
        const struct import_map *map = &job->plan->maps[i];
        int column = import_find_column(file, map->column);
        if (column == IMPORT_NO_COLUMN) {
            return fault_set(job->fault, FAULT_USAGE, "%s has no column \"%s\"", file->shown,
                             map->column);
        }
        is_settled[column] = true;
        if (map->field[0] == '\0') {
            continue;
        }
        struct import_column target = find_target(file, map->field, MATCH_NAME);
        if (target.part == IMPORT_NO_COLUMN && is_field(file, map->field)) {
            return fault_set(job->fault, FAULT_USAGE,
                             "--map %s=%s: the field %s has another column already (map one alone)",
                             map->column, map->field, map->field);
        }
        if (target.part == IMPORT_NO_COLUMN) {
            return fault_set(job->fault, FAULT_USAGE,
                             "\"%s\" is no field of %s (clause5 describe %s lists the fields)",
                             map->field, file->sheet->name,
                             register_describe(file->sheet->parts[0])->name);
        }
        assign(file, column, target);
    }
    return true;
}

static void match_columns(struct import_file *file, const bool *is_settled) {
    for (enum match match = MATCH_NAME; match < MATCH_COUNT; match++) {
        for (int i = 0; i < file->name_count; i++) {
            if (is_settled[i] || file->columns[i].part != IMPORT_NO_COLUMN ||
                file->names[i][0] == '\0') {
                continue;
            }
            char *bare = match == MATCH_BARE ? bare_name(file->names[i]) : NULL;
            if (match == MATCH_BARE && (bare == NULL || *bare == '\0')) {
                free(bare);
                continue;
            }
            struct import_column target =
                find_target(file, bare == NULL ? file->names[i] : bare, match);
            free(bare);
            if (target.part != IMPORT_NO_COLUMN) {
                assign(file, i, target);
            }
        }
    }
}

/* True where the column would fit a field if another column did not hold it already. */
static bool is_second_of_a_field(struct import_file *file, int column) {
    for (int other = 0; other < file->name_count; other++) {
        struct import_column target = file->columns[other];
        if (target.part == IMPORT_NO_COLUMN) {
            continue;
        }
        enum register_id register_id = file->sheet->parts[target.part];
        if (text_compare_ascii_case(file->names[other], file->names[column]) == 0 ||
            field_is_called(&register_describe(register_id)->fields[target.field],
                            file->names[column])) {
            return true;
        }
    }
    return false;
}

static void name_unmatched(struct import_job *job, struct import_file *file,
                           const struct csv_row *header, const bool *is_settled) {
    for (int i = 0; i < file->name_count; i++) {
        bool is_empty_tail = i >= file->needed_count; /* the commas that some programs add */
        if (file->columns[i].part != IMPORT_NO_COLUMN || is_settled[i] || is_empty_tail) {
            continue;
        }
        struct buffer text = {0};
        buffer_add(&text, file->shown);
        if (header->line > 0) {
            buffer_addf(&text, ":%lld", (long long)header->line);
        }
        buffer_add(&text, ": ");
        if (file->names[i][0] == '\0') {
            buffer_addf(&text, "column %d has no name and is left out", i + 1);
        } else if (is_second_of_a_field(file, i)) {
            buffer_addf(&text,
                        "column \"%s\" is left out: another column has that field (choose with "
                        "--map)",
                        file->names[i]);
        } else {
            buffer_addf(&text,
                        "column \"%s\" is left out: it fits no field (name one with --map "
                        "\"%s=FIELD\")",
                        file->names[i], file->names[i]);
        }
        import_keep_message(job, &(struct import_said){.file = file->number,
                                                       .line = header->line,
                                                       .kind = IMPORT_WARNING,
                                                       .text = buffer_take(&text)});
    }
}

/* Returns the field of the key that no column holds, or -1. */
static int find_missing_key(const struct import_file *file) {
    const struct register_description *own = register_describe(file->sheet->parts[0]);
    for (int i = 0; i < own->key_count; i++) {
        bool stands_in = file->sheet->parts[0] == REGISTER_TRAINING &&
                         own->key[i] == TRAINING_DUE_ON &&
                         file->column_of[0][TRAINING_COMPLETED_ON] != IMPORT_NO_COLUMN;
        if (file->column_of[0][own->key[i]] == IMPORT_NO_COLUMN && !stands_in) {
            return own->key[i];
        }
    }
    return -1;
}

/* Without its key a row is nobody's. */
static bool has_key(struct import_job *job, const struct import_file *file) {
    const struct register_description *own = register_describe(file->sheet->parts[0]);
    int missing = find_missing_key(file);
    if (missing < 0) {
        return true;
    }
    const struct field *field = &own->fields[missing];
    return fault_set(job->fault, FAULT_REFUSED,
                     "%s has no column for %s (%s), by which each %s is known: name it with --map "
                     "\"%s=%s\"",
                     file->shown, field->name, field->label, own->singular,
                     file->has_no_header ? "NUMBER" : "COLUMN", field->name);
}

static void keep_names(struct import_file *file, const struct csv_row *header) {
    for (int i = 0; i < file->name_count + file->given_count; i++) {
        free(file->names[i]);
    }
    file->given_count = 0;
    file->name_count = header->cell_count;
    file->needed_count = 0;
    size_t count = (size_t)header->cell_count + 1;
    file->names = memory_resize(file->names, count, sizeof *file->names);
    file->columns = memory_resize(file->columns, count, sizeof *file->columns);
    for (int i = 0; i < header->cell_count; i++) {
        file->names[i] = text_trim(header->cells[i]);
        file->columns[i] = nowhere;
        file->needed_count = file->names[i][0] == '\0' ? file->needed_count : i + 1;
    }
    for (int part = 0; part < IMPORT_PARTS_MOST; part++) {
        for (int field = 0; field < REGISTER_FIELDS_MOST; field++) {
            file->column_of[part][field] = IMPORT_NO_COLUMN;
        }
    }
}

/* True where the header is the one that export writes: then every row is a record. */
static bool is_export_header(const struct import_file *file) {
    const struct register_description *own = register_describe(file->sheet->parts[0]);
    bool is_own = file->name_count >= own->field_count;
    for (int field = 0; field < own->field_count && is_own; field++) {
        is_own = strcmp(file->names[field], own->fields[field].name) == 0;
    }
    return is_own;
}

void import_score_header(const struct import_job *job, struct import_file *file,
                         const struct csv_row *row, struct import_score *score) {
    keep_names(file, row);
    bool *is_settled = memory_zero((size_t)row->cell_count + 1, sizeof *is_settled);
    *score = (struct import_score){0};
    for (int i = 0; i < job->plan->map_count; i++) {
        const struct import_map *map = &job->plan->maps[i];
        int column = import_find_column(file, map->column);
        bool is_named = column != IMPORT_NO_COLUMN && find_name(file, map->column) == column;
        score->has_numbers = score->has_numbers || (column != IMPORT_NO_COLUMN && !is_named);
        struct import_column target = find_target(file, map->field, MATCH_NAME);
        if (column != IMPORT_NO_COLUMN && target.part != IMPORT_NO_COLUMN) {
            assign(file, column, target);
            is_settled[column] = true;
            score->matched += is_named;
        }
    }
    match_columns(file, is_settled);
    for (int i = 0; i < file->name_count; i++) {
        score->matched += file->columns[i].part != IMPORT_NO_COLUMN && !is_settled[i];
        score->texts += file->names[i][0] != '\0';
    }
    import_place_given(job, file);
    score->has_key = find_missing_key(file) < 0;
    free(is_settled);
}

bool import_take_header(struct import_job *job, struct import_file *file,
                        const struct csv_row *header) {
    keep_names(file, header);
    file->may_have_legend = !file->is_ours && !is_export_header(file);
    if (file->sheet->take_header != NULL) {
        bool is_taken =
            import_check_given(job, file) && file->sheet->take_header(job, file, header);
        import_watch_file(job, file, header->line);
        return is_taken;
    }
    bool *is_settled = memory_zero((size_t)header->cell_count + 1, sizeof *is_settled);
    bool is_good = follow_maps(job, file, is_settled) && import_check_given(job, file);
    if (is_good) {
        match_columns(file, is_settled);
        import_place_given(job, file);
        import_watch_file(job, file, header->line);
        is_good = has_key(job, file);
        name_unmatched(job, file, header, is_settled);
    }
    free(is_settled);
    return is_good;
}

size_t import_list_targets(const char *sheet, struct import_target *targets, size_t most) {
    const struct import_sheet *joined = import_find_sheet(sheet);
    enum register_id id = joined != NULL ? joined->parts[0] : register_find(sheet);
    size_t count = 0;
    if (id == REGISTER_NONE || (joined != NULL && joined->take_header != NULL)) {
        return 0;
    }
    const struct register_description *own = register_describe(id);
    for (int i = 0; i < own->field_count && count < most; i++) {
        targets[count++] =
            (struct import_target){.name = own->fields[i].name, .label = own->fields[i].label};
    }
    for (int i = 0; joined != NULL && i < joined->joined_count && count < most; i++) {
        const struct import_joined *column = &joined->joined[i];
        targets[count++] = (struct import_target){
            .name = column->name,
            .label = register_describe(joined->parts[column->part])->fields[column->field].label};
    }
    return count;
}
