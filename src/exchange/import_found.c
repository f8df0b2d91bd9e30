/* Owns the telling of what was found out about a file; finds out nothing itself. */
#include "clause5/exchange/import_found.h"

#include <stdlib.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "exchange/import_job.h"

enum { EXAMPLE_CELLS = 30 };

static const char *field_name(const struct import_file *file, int column) {
    struct import_column at = file->columns[column];
    for (int i = 0; at.part > 0 && i < file->sheet->joined_count; i++) {
        const struct import_joined *joined = &file->sheet->joined[i];
        if (joined->part == at.part && joined->field == at.field) {
            return joined->name;
        }
    }
    return at.part == IMPORT_NO_COLUMN
               ? NULL
               : register_describe(file->sheet->parts[at.part])->fields[at.field].name;
}

static struct import_found_column describe(const struct import_file *file, int column) {
    const struct import_ways *ways = &file->survey.columns[column];
    return (struct import_found_column){.name = file->names[column],
                                        .field = field_name(file, column),
                                        .is_joined = file->columns[column].part > 0,
                                        .example = ways->example == NULL ? "" : ways->example,
                                        .has_dates = ways->takes_dates,
                                        .dates = ways->dates,
                                        .dates_basis = ways->dates_basis,
                                        .has_serial_days = ways->takes_dates && ways->is_serial,
                                        .has_numbers = ways->takes_numbers,
                                        .decimal = ways->decimal,
                                        .decimal_basis = ways->decimal_basis,
                                        .has_percent = ways->is_percent};
}

void import_tell_found(struct import_job *job, const struct import_file *file) {
    const struct import_survey *survey = &file->survey;
    if (job->plan->found == NULL) {
        return;
    }
    int count = survey->column_count;
    struct import_found_column *columns = memory_zero((size_t)count + 1, sizeof *columns);
    for (int i = 0; i < count; i++) {
        columns[i] = describe(file, i);
    }
    const struct import_found found = {.path = file->shown,
                                       .sheet = file->sheet->name,
                                       .encoding = csv_encoding(file->reader),
                                       .delimiter = csv_delimiter(file->reader),
                                       .line_ends = csv_line_ends(file->reader),
                                       .header_line = survey->header_line,
                                       .passed_lines = survey->passed_lines,
                                       .rows_seen = survey->rows_seen,
                                       .is_whole = survey->is_whole,
                                       .columns = columns,
                                       .column_count = count};
    job->plan->found(job->plan->context, &found);
    free(columns);
}

static const char *delimiter_word(char delimiter) {
    return delimiter == '\t' ? "TAB" : delimiter == ' ' ? "blank" : NULL;
}

static void print_dates(const struct import_found_column *column, struct buffer *out) {
    static const char *const orders[] = {[IMPORT_DATES_ISO] = "YYYY-MM-DD",
                                         [IMPORT_DATES_DMY] = "day first (dmy)",
                                         [IMPORT_DATES_MDY] = "month first (mdy)",
                                         [IMPORT_DATES_YMD] = "year first (ymd)"};
    static const char *const grounds[] = {[IMPORT_UNNEEDED] = "",
                                          [IMPORT_DECIDED] = ", as other cells of the column show",
                                          [IMPORT_TOLD] = ", as told",
                                          [IMPORT_ASKED] = ""};
    if (column->has_serial_days) {
        buffer_add(out, ", dates as a spreadsheet's numbers of days");
    } else if (column->dates_basis == IMPORT_ASKED) {
        buffer_add(out, ", dates that can be day or month first (say with --dates)");
    } else if (column->has_dates) {
        buffer_addf(out, ", dates %s%s", orders[column->dates], grounds[column->dates_basis]);
    }
}

static void print_numbers(const struct import_found_column *column, struct buffer *out) {
    static const char *const signs[] = {[IMPORT_DECIMAL_FOUND] = "",
                                        [IMPORT_DECIMAL_POINT] = ", decimal point",
                                        [IMPORT_DECIMAL_COMMA] = ", decimal comma"};
    if (!column->has_numbers) {
        return;
    }
    buffer_add(out, column->decimal_basis == IMPORT_ASKED
                        ? ", numbers whose sign can part thousands or a fraction (say with "
                          "--decimal)"
                        : signs[column->decimal]);
    buffer_add(out, column->decimal_basis == IMPORT_DECIDED ? ", as other cells of the column show"
                    : column->decimal_basis == IMPORT_TOLD  ? ", as told"
                                                            : "");
    buffer_add(out, column->has_percent ? ", percent signs left out" : "");
}

static void print_column(const struct import_found_column *column, int number, struct buffer *out) {
    buffer_addf(out, "column %d \"", number);
    text_show(out, column->name, 0);
    buffer_addf(out, "\": %s", column->field == NULL ? "left out" : column->field);
    print_dates(column, out);
    print_numbers(column, out);
    if (column->example[0] != '\0') {
        buffer_add(out, ", such as \"");
        text_show(out, column->example, EXAMPLE_CELLS);
        buffer_add(out, "\"");
    }
    buffer_add(out, "\n");
}

void import_found_print(const struct import_found *found, struct buffer *out) {
    static const char *const ends[] = {[CSV_ENDS_LF] = "LF",
                                       [CSV_ENDS_CRLF] = "CRLF",
                                       [CSV_ENDS_CR] = "CR",
                                       [CSV_ENDS_MIXED] = "mixed line ends"};
    const char *word = delimiter_word(found->delimiter);
    text_show(out, found->path, 0);
    buffer_addf(out, ": %s, %s, delimiter ", found->encoding, ends[found->line_ends]);
    if (word != NULL) {
        buffer_add(out, word);
    } else {
        buffer_add_byte(out, found->delimiter);
    }
    if (found->header_line == IMPORT_NO_HEADER) {
        buffer_add(out, ", no header");
    } else {
        buffer_addf(out, ", header in line %lld", (long long)found->header_line);
    }
    if (found->passed_lines > 0) {
        buffer_addf(out, " below %lld other%s", (long long)found->passed_lines,
                    found->passed_lines == 1 ? "" : "s");
    }
    buffer_add(out, "\n");
    for (int i = 0; i < found->column_count; i++) {
        print_column(&found->columns[i], i + 1, out);
    }
}
