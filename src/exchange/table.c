/* Owns the reading of our own CSV texts through libcsv in its strict mode; knows nothing of
 * dialects, encodings or registers. */
#include "clause5/exchange/table.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/embedded.h"
#include "clause5/base/memory.h"

static void take_cell(void *cell, size_t len_bytes, void *context) {
    struct table *table = context;
    table->cells =
        memory_reserve(table->cells, &table->capacity, table->cell_count + 1, sizeof *table->cells);
    table->cells[table->cell_count++] = memory_copy_bytes(cell, len_bytes);
    table->columns_so_far++;
}

static void take_row_end(int terminator, void *context) {
    struct table *table = context;
    (void)terminator;
    if (table->column_count == 0) {
        table->column_count = table->columns_so_far;
    } else {
        table->row_count++;
    }
    table->is_ragged = table->is_ragged || table->columns_so_far != table->column_count;
    table->columns_so_far = 0;
}

bool table_read(struct table *table, const char *bytes, size_t len_bytes, struct fault *fault) {
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        return fault_set(fault, FAULT_FAILED, "the CSV reader cannot start (free some memory)");
    }
    bool is_read =
        csv_parse(&parser, bytes, len_bytes, take_cell, take_row_end, table) == len_bytes &&
        csv_fini(&parser, take_cell, take_row_end, table) == 0;
    csv_free(&parser);
    if (!is_read || table->is_ragged || table->column_count == 0) {
        fault_set(fault, FAULT_FAILED, "line %d is no CSV with as many cells as its header",
                  table->row_count + 1);
        table_free(table);
        return false;
    }
    return true;
}

bool table_read_embedded(struct table *table, const char *path, struct fault *fault) {
    const struct embedded_file *file = embedded_find(path);
    if (file == NULL) {
        return fault_set(fault, FAULT_FAILED, "this program was built without %s (build it anew)",
                         path);
    }
    return table_read(table, (const char *)file->bytes, file->len_bytes, fault) ||
           fault_prefix(fault, "%s", path);
}

const char *const *table_names(const struct table *table) {
    return (const char *const *)table->cells;
}

const char *const *table_row(const struct table *table, int row) {
    return (const char *const *)table->cells + (size_t)(row + 1) * (size_t)table->column_count;
}

int table_find_column(const struct table *table, const char *name) {
    for (int column = 0; column < table->column_count; column++) {
        if (strcmp(table->cells[column], name) == 0) {
            return column;
        }
    }
    return -1;
}

void table_free(struct table *table) {
    for (size_t i = 0; i < table->cell_count; i++) {
        free(table->cells[i]);
    }
    free(table->cells);
    *table = (struct table){0};
}
