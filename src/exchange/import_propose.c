/* Owns the guess which register a file is of, from its header, its first rows and its name. Looks
 * at no workbook. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/exchange/import_observer.h"
#include "exchange/import_job.h"

enum { ROWS_LOOKED_AT = 8, CODES_LEAST = 4 };

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

/* How well a sheet fits; 0 where it does not. Fields count most. */
static int score(const char *sheet, const struct csv_row *header, const char *path,
                 const char *shown) {
    const struct import_sheet *joined = import_find_sheet(sheet);
    struct import_file file = {
        .plain = {.name = sheet, .parts = {register_find(sheet)}, .part_count = 1}};
    file.sheet = joined != NULL ? joined : &file.plain;
    int fitting = import_count_fitting(&file, header);
    import_file_free(&file);
    if (fitting == 0) {
        return 0;
    }
    const char *slash = strrchr(path, '/');
    bool is_named = strcasestr(slash == NULL ? path : slash + 1, sheet) != NULL;
    bool is_shown = shown != NULL && strcmp(shown, sheet) == 0;
    return fitting * 4 + is_shown * 2 + is_named;
}

static const char *choose(const struct csv_row *header, const char *path, const char *shown) {
    const char *best = NULL;
    int best_score = 0;
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const char *sheet = register_describe((enum register_id)id)->name;
        int found = score(sheet, header, path, shown);
        if (found > best_score) {
            best = sheet;
            best_score = found;
        }
    }
    return best;
}

const char *import_propose_sheet(const char *path, const char *shown) {
    const struct csv_source source = {.path = path};
    struct csv_format format = {0};
    struct csv_row header;
    struct fault fault = {0};
    const char *proposed = NULL;
    struct csv_reader *reader = csv_open(&source, &format, &fault);
    if (reader != NULL && csv_next(reader, &header, &fault) == 1 && header.broken == NULL) {
        proposed = choose(&header, path, shown);
        proposed = looks_like_matrix(reader, &fault) ? matrix : proposed;
    }
    csv_close(reader);
    fault_clear(&fault);
    return proposed;
}
