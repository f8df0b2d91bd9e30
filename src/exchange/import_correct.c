/* Owns what the user decided about single rows before an import: cells that are read otherwise, and
 * rows that may overwrite what is held. Never touches the file. */
#include <stdlib.h>

#include "clause5/base/memory.h"
#include "exchange/import_job.h"

static int compare_place(const struct import_correction *correction, int file, int64_t line) {
    if (correction->file != file) {
        return correction->file < file ? -1 : 1;
    }
    return correction->line < line ? -1 : correction->line > line;
}

/* Returns the index of the row's first correction, or the count where it has none. */
static size_t find_first(const struct import_plan *plan, int file, int64_t line) {
    size_t low = 0, high = plan->correction_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_place(&plan->corrections[middle], file, line) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool is_found =
        low < plan->correction_count && compare_place(&plan->corrections[low], file, line) == 0;
    return is_found ? low : plan->correction_count;
}

static bool is_of_row(const struct import_plan *plan, size_t at, int file, int64_t line) {
    return at < plan->correction_count && compare_place(&plan->corrections[at], file, line) == 0;
}

/* Whoever corrects a cell has seen the row under its header: cells that are missing behind are then
 * empty. */
static void copy_cells(struct import_job *job, const struct import_file *file,
                       const struct csv_row *row, int least) {
    int count = row->cell_count > file->name_count ? row->cell_count : file->name_count;
    count = count > least ? count : least;
    char **cells = memory_resize((void *)job->mended.cells, (size_t)count + 1, sizeof *cells);
    for (int i = 0; i < count; i++) {
        cells[i] = i < row->cell_count ? row->cells[i] : (char *)"";
    }
    job->mended = *row;
    job->mended.cells = cells;
    job->mended.cell_count = count;
    job->mended.broken = NULL;
}

const struct csv_row *import_correct(struct import_job *job, const struct import_file *file,
                                     const struct csv_row *row) {
    const struct import_plan *plan = job->plan;
    size_t first = plan->correction_count == 0 ? 0 : find_first(plan, file->number, row->line);
    int last_column = IMPORT_NOT_IMPORTED;
    for (size_t i = first; is_of_row(plan, i, file->number, row->line); i++) {
        int column = plan->corrections[i].column;
        last_column = column > last_column ? column : last_column;
    }
    if (last_column == IMPORT_NOT_IMPORTED) {
        return row;
    }
    copy_cells(job, file, row, last_column + 1);
    for (size_t i = first; is_of_row(plan, i, file->number, row->line); i++) {
        const struct import_correction *correction = &plan->corrections[i];
        if (correction->column >= 0) {
            ((char **)job->mended.cells)[correction->column] = (char *)correction->text;
        }
    }
    return &job->mended;
}

bool import_is_let_through(const struct import_job *job) {
    const struct import_plan *plan = job->plan;
    for (size_t i = find_first(plan, job->file_at_hand, job->line_at_hand);
         is_of_row(plan, i, job->file_at_hand, job->line_at_hand); i++) {
        if (plan->corrections[i].column == IMPORT_NOT_IMPORTED) {
            return true;
        }
    }
    return false;
}
