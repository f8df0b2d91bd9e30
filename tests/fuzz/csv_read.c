/* Any bytes as a CSV file: every record is UTF-8 with as many cells as it says, lines only go up,
 * and reading it again gives the same. */
#include "support/fuzz.h"

#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/base/die.h"
#include "clause5/base/text.h"
#include "clause5/exchange/csv_read.h"

/* Appends all that was read, and looks at each record. */
static void read_all(struct csv_reader *reader, struct buffer *out) {
    struct csv_row row;
    struct fault fault = {0};
    int64_t line = 0;
    int got;
    while ((got = csv_next(reader, &row, &fault)) == 1) {
        if (row.line <= line || row.cell_count < 1) {
            die("a record of %d cells in line %lld follows line %lld", row.cell_count,
                (long long)row.line, (long long)line);
        }
        line = row.line;
        for (int i = 0; i < row.cell_count; i++) {
            size_t len_bytes = strlen(row.cells[i]);
            if (text_find_invalid(row.cells[i], len_bytes) != len_bytes) {
                die("a cell in line %lld is no UTF-8", (long long)line);
            }
            buffer_append(out, row.cells[i], len_bytes + 1);
        }
    }
    if (got != 0) {
        die("reading memory failed: %s", fault_text(&fault));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len_bytes) {
    struct buffer first = {0}, second = {0};
    struct fault fault = {0};
    struct csv_reader *reader = csv_open_bytes(bytes, len_bytes, &(struct csv_format){0}, &fault);
    if (reader == NULL) {
        die("memory cannot be opened: %s", fault_text(&fault));
    }
    read_all(reader, &first);
    if (!csv_restart(reader, &fault)) {
        die("memory cannot be read again: %s", fault_text(&fault));
    }
    read_all(reader, &second);
    if (first.len_bytes != second.len_bytes ||
        memcmp(buffer_text(&first), buffer_text(&second), first.len_bytes) != 0) {
        die("the second reading differs from the first");
    }
    csv_close(reader);
    buffer_free(&first);
    buffer_free(&second);
    return 0;
}
