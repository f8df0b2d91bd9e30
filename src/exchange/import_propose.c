/* Owns the guess which register a file is of, from its header, its first rows and its name. Looks
 * at no workbook. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/exchange/import_observer.h"
#include "exchange/import_job.h"

enum { ROWS_LOOKED_AT = 12, CODES_LEAST = 4 };

static const char matrix[] = "raci";

static bool is_code(const char *text) {
    return *text != '\0' && strlen(text) <= 5 && text[strspn(text, "RACIraci/, ")] == '\0';
}

/* True where most cells beside the first column are letters of a matrix. */
static bool looks_like_matrix(struct csv_reader *reader, struct fault *fault) {
    struct csv_row row;
    int codes = 0, others = 0;
    for (int i = 0; i < ROWS_LOOKED_AT && csv_next(reader, &row, fault) == 1; i++) {
        for (int column = 1; column < row.cell_count; column++) {
            codes += is_code(row.cells[column]);
            others += !is_code(row.cells[column]) && row.cells[column][0] != '\0';
        }
    }
    fault_clear(fault);
    return codes >= CODES_LEAST && codes > others;
}

/* How well the row would do as the header of a sheet; 0 where it does not. Fields count most. */
static int score(const struct import_job *job, const char *sheet, const struct csv_row *row) {
    const struct import_sheet *joined = import_find_sheet(sheet);
    struct import_file file = {
        .plain = {.name = sheet, .parts = {register_find(sheet)}, .part_count = 1}};
    struct import_score found;
    file.sheet = joined != NULL ? joined : &file.plain;
    import_score_header(job, &file, row, &found);
    import_file_free(&file);
    return found.has_key ? found.matched * 4 : 0;
}

/* The best so far. */
struct proposal {
    const char *path, *shown, *sheet;
    int score;
};

static void propose_by_row(const struct import_job *job, const struct csv_row *row,
                           struct proposal *best) {
    const char *slash = strrchr(best->path, '/');
    const char *name = slash == NULL ? best->path : slash + 1;
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const char *sheet = register_describe((enum register_id)id)->name;
        int found = score(job, sheet, row);
        if (found > 0) {
            bool is_shown = best->shown != NULL && strcmp(best->shown, sheet) == 0;
            found += is_shown * 2 + (strcasestr(name, sheet) != NULL);
        }
        if (found > best->score) {
            best->sheet = sheet;
            best->score = found;
        }
    }
}

const char *import_propose_sheet(const char *path, const char *shown) {
    const struct csv_source source = {.path = path};
    const struct csv_format format = {0};
    const struct import_plan plan = {0};
    struct import_job *job = memory_zero(1, sizeof *job);
    struct proposal best = {.path = path, .shown = shown};
    struct csv_row row;
    struct fault fault = {0};
    struct csv_reader *reader = csv_open(&source, &format, &fault);
    job->plan = &plan;
    for (int i = 0; reader != NULL && i < ROWS_LOOKED_AT && csv_next(reader, &row, &fault) == 1;
         i++) {
        if (row.broken == NULL) {
            propose_by_row(job, &row, &best);
        }
    }
    fault_clear(&fault);
    if (reader != NULL && csv_restart(reader, &fault) && looks_like_matrix(reader, &fault)) {
        best.sheet = matrix;
    }
    csv_close(reader);
    fault_clear(&fault);
    free(job);
    return best.sheet;
}
