/* Owns the finding of a table within a file: the header below titles and dates of export, rows that
 * explain or sum up, and files that have no header at all. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/register/reading.h"
#include "clause5/register/type.h"
#include "exchange/guess.h"
#include "exchange/import_job.h"

enum { TOP_ROWS_MOST = 50, SHOWN_CELLS = 24, SHOWN_TEXTS = 3, MATCHED_ENOUGH = 2 };

/* What the first rows of a file showed. */
struct top {
    int64_t first_line;  /* of the first row with text, 0 where there is none */
    int64_t header_line; /* of the row that does as a header; 0: none */
    int64_t likely_line; /* of the first that has some names, but not the key's */
    int64_t matrix_line; /* of the last that holds several texts, where roles are columns */
    int64_t asked_line;  /* of the one that the plan names */
    int64_t broken_line; /* of the first row, where it cannot be read; else 0 */
    int width;           /* of the first row */
    bool looks_like_data;
    bool has_match;
    bool has_numbers;
    struct buffer shown; /* the beginning of the first row */
};

static bool is_blank(const struct csv_row *row) {
    for (int i = 0; i < row->cell_count; i++) {
        if (row->cells[i][strspn(row->cells[i], " \t\r\n")] != '\0') {
            return false;
        }
    }
    return true;
}

/* Headers hardly ever hold dates, numbers, mail addresses or refs. */
static bool is_data(const char *cell) {
    struct date_reading reading;
    char *text = text_trim(cell);
    bool is_one = number_is_plain(text) || date_read(text, &reading) || guess_is_ref(text) ||
                  strchr(text, '@') != NULL;
    free(text);
    return is_one;
}

static void look_at_first(const struct csv_row *row, struct top *top) {
    top->first_line = row->line;
    top->width = row->cell_count;
    for (int i = 0; i < row->cell_count; i++) {
        top->looks_like_data = top->looks_like_data || is_data(row->cells[i]);
        if (i < SHOWN_TEXTS) {
            buffer_add(&top->shown, i == 0 ? "\"" : ", \"");
            text_show(&top->shown, row->cells[i], SHOWN_CELLS);
            buffer_add(&top->shown, "\"");
        }
    }
    buffer_add(&top->shown, row->cell_count > SHOWN_TEXTS ? ", ..." : "");
}

/* True where most cells behind the first that hold anything are letters of the matrix. */
static bool has_codes(const struct csv_row *row) {
    const struct field *field =
        &register_describe(REGISTER_RESPONSIBILITY)->fields[RESPONSIBILITY_CODE];
    int codes = 0, others = 0;
    for (int i = 1; i < row->cell_count; i++) {
        char *text = text_trim(row->cells[i]);
        bool is_code = field_find_choice_synonym(field, text) != NULL;
        codes += is_code;
        others += !is_code && *text != '\0';
        free(text);
    }
    return codes > others;
}

/* True where the first cell is what the column of activities is called. */
static bool begins_matrix(const struct csv_row *row) {
    static const char *const words[] = {"activity", "activities", "task", "process", "ref"};
    char *text = text_trim(row->cells[0]);
    bool begins = false;
    for (size_t i = 0; i < COUNT(words) && row->cell_count > 1; i++) {
        begins = begins || text_compare_ascii_case(text, words[i]) == 0;
    }
    free(text);
    return begins;
}

/* Of the matrix, whose columns are roles and not fields, the header begins with "activity", or is
 * the last row of several texts before the first row of letters. */
static void look_at_matrix_row(const struct csv_row *row, struct top *top) {
    int texts = 0;
    for (int i = 0; i < row->cell_count; i++) {
        texts += row->cells[i][0] != '\0';
    }
    if (begins_matrix(row)) {
        top->header_line = row->line;
    } else if (has_codes(row) && top->matrix_line != 0) {
        top->header_line = top->matrix_line;
    } else if (texts > 1) {
        top->matrix_line = row->line;
    }
}

static void look_at_row(struct import_job *job, struct import_file *file, const struct csv_row *row,
                        struct top *top) {
    if (row->line <= job->plan->header_line && job->plan->header_line > 0) {
        top->asked_line = row->line == job->plan->header_line ? row->line : top->asked_line;
    }
    if (row->broken != NULL || is_blank(row)) {
        return;
    }
    if (top->first_line == 0) {
        look_at_first(row, top);
    }
    if (file->sheet->take_header != NULL) {
        look_at_matrix_row(row, top);
        return;
    }
    struct import_score score;
    import_score_header(job, file, row, &score);
    bool is_enough =
        score.matched >= MATCHED_ENOUGH || (score.matched > 0 && score.matched == score.texts);
    top->has_numbers = top->has_numbers || score.has_numbers;
    top->has_match = top->has_match || score.matched > 0;
    if (is_enough && score.has_key) {
        top->header_line = row->line;
    } else if (score.matched >= MATCHED_ENOUGH && top->likely_line == 0) {
        top->likely_line = row->line;
    }
}

static bool read_top_rows(struct import_job *job, struct import_file *file, struct top *top) {
    struct csv_row row;
    int got = 1;
    const int64_t asked = job->plan->header_line; /* may lie below a row that could be it as well */
    for (int rows = 0; rows < TOP_ROWS_MOST && got == 1 &&
                       (top->header_line == 0 || (asked > 0 && top->asked_line != asked));
         rows++) {
        got = csv_next(file->reader, &row, job->fault);
        if (got == 1) {
            top->broken_line = rows == 0 && row.broken != NULL ? row.line : top->broken_line;
            look_at_row(job, file, &row, top);
        }
    }
    return got >= 0 || fault_prefix(job->fault, "%s", file->shown);
}

/* Chooses the line of the header, or none. False with job->fault where only the user can know. */
static bool choose(struct import_job *job, struct import_file *file, const struct top *top) {
    struct import_survey *survey = &file->survey;
    int64_t asked = job->plan->header_line;
    bool is_data = top->looks_like_data && !top->has_match && top->broken_line == 0 &&
                   file->sheet->take_header == NULL;
    survey->width = top->width;
    survey->header_line = top->header_line != 0   ? top->header_line
                          : top->likely_line != 0 ? top->likely_line
                          : top->broken_line != 0 ? top->broken_line
                          : top->first_line != 0  ? top->first_line
                                                  : 1;
    if (asked == IMPORT_NO_HEADER) {
        survey->header_line = IMPORT_NO_HEADER;
        return file->sheet->take_header == NULL ||
               fault_set(job->fault, FAULT_USAGE,
                         "%s: the columns of a matrix are known by its header alone", file->shown);
    }
    if (asked != IMPORT_HEADER_FOUND) {
        survey->header_line = asked;
        return top->asked_line == asked ||
               fault_set(job->fault, FAULT_USAGE,
                         "%s has no row that begins in line %lld (--header)", file->shown,
                         (long long)asked);
    }
    if (top->header_line == 0 && is_data && top->has_numbers) {
        survey->header_line = IMPORT_NO_HEADER;
    } else if (top->header_line == 0 && is_data) {
        return fault_set(job->fault, FAULT_REFUSED,
                         "%s has no header: its first row (%s) looks like a record, and names no "
                         "field of %s (say what each column holds with --header none --map "
                         "1=FIELD --map 2=FIELD)",
                         file->shown, buffer_text(&top->shown), file->sheet->name);
    }
    return true;
}

/* Counts what stands above the header. */
static bool count_passed(struct import_job *job, struct import_file *file) {
    struct import_survey *survey = &file->survey;
    struct csv_row row = {0};
    int got = 1;
    while (row.line < survey->header_line &&
           (got = csv_next(file->reader, &row, job->fault)) == 1) {
        if (row.line < survey->header_line && !is_blank(&row)) {
            survey->passed_first = survey->passed_lines == 0 ? row.line : survey->passed_first;
            survey->passed_last = row.line;
            survey->passed_lines++;
        }
    }
    return got >= 0;
}

bool import_find_top(struct import_job *job, struct import_file *file) {
    struct top top = {0};
    bool is_good = read_top_rows(job, file, &top);
    bool is_empty = is_good && top.first_line == 0 && job->plan->header_line == 0;
    if (is_good && !is_empty) {
        is_good = choose(job, file, &top);
    }
    buffer_free(&top.shown);
    return is_good && csv_restart(file->reader, job->fault) && count_passed(job, file) &&
           csv_restart(file->reader, job->fault);
}

void import_tell_passed(struct import_job *job, const struct import_file *file) {
    const struct import_survey *survey = &file->survey;
    struct buffer text = {0};
    if (survey->header_line == IMPORT_NO_HEADER) {
        buffer_addf(&text, "%s has no header: its first row is a record", file->shown);
    } else if (survey->passed_lines == 1) {
        buffer_addf(&text, "%s:%lld: passed over: the header is in line %lld", file->shown,
                    (long long)survey->passed_first, (long long)survey->header_line);
    } else if (survey->passed_lines > 1) {
        buffer_addf(&text,
                    "%s:%lld: lines %lld to %lld are passed over: the header is in line %lld",
                    file->shown, (long long)survey->passed_first, (long long)survey->passed_first,
                    (long long)survey->passed_last, (long long)survey->header_line);
    } else {
        return;
    }
    import_keep_message(job, &(struct import_said){.file = file->number,
                                                   .line = survey->passed_first,
                                                   .kind = IMPORT_WARNING,
                                                   .text = buffer_take(&text)});
}

/* A line below the table that is written into its first column: alone in its row, and of words that
 * no record begins with. */
static bool is_remark(const struct import_file *file, const struct csv_row *row, int first) {
    for (int i = first + 1; i < row->cell_count; i++) {
        if (row->cells[i][0] != '\0') {
            return false;
        }
    }
    return file->name_count > 1 && guess_is_remark(row->cells[first]);
}

/* A program that writes pages writes the header on each. */
static bool is_header_again(const struct import_file *file, const struct csv_row *row) {
    if (file->has_no_header || row->cell_count < file->needed_count) {
        return false;
    }
    for (int i = 0; i < file->needed_count; i++) {
        if (strcmp(row->cells[i], file->names[i]) != 0) {
            return false;
        }
    }
    return true;
}

bool import_is_legend(const struct import_file *file, const struct csv_row *row) {
    if (!file->may_have_legend || row->cell_count == 0) {
        return false;
    }
    int first = 0;
    while (first < row->cell_count - 1 && row->cells[first][0] == '\0') {
        first++;
    }
    return guess_is_legend(row->cells[first]) || is_remark(file, row, first) ||
           is_header_again(file, row);
}
