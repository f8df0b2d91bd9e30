/* Owns the writing of rows as CSV or JSON; knows nothing of what they say. */
#include "clause5/exchange/rows.h"

#include <string.h>

#include "clause5/base/json.h"

struct rows_writer rows_begin(struct buffer *out, bool is_json, const char *const *names,
                              int count) {
    struct rows_writer writer = {
        .out = out, .names = names, .count = count, .is_json = is_json, .csv = {.out = out}};
    if (is_json) {
        buffer_add(out, "[");
    } else {
        csv_write_row(&writer.csv, names, count);
    }
    return writer;
}

static void add_object(struct rows_writer *writer, const char *const *cells) {
    buffer_add(writer->out, writer->has_rows ? ",\n {" : "\n {");
    for (int i = 0; i < writer->count; i++) {
        buffer_add(writer->out, i > 0 ? ", " : "");
        json_add_string(writer->out, writer->names[i]);
        buffer_add(writer->out, ": ");
        json_add_string(writer->out, cells[i]);
    }
    buffer_add(writer->out, "}");
}

/* A cell that is one hyphen stands bare: it is the record of a finding of absence (contract.md,
 * Streams), and no formula. */
static void add_csv_row(struct rows_writer *writer, const char *const *cells) {
    for (int i = 0; i < writer->count; i++) {
        writer->csv.is_exact = strcmp(cells[i], "-") == 0;
        csv_write_cell(&writer->csv, cells[i]);
    }
    csv_end_row(&writer->csv);
}

void rows_add(struct rows_writer *writer, const char *const *cells) {
    if (writer->is_json) {
        add_object(writer, cells);
    } else {
        add_csv_row(writer, cells);
    }
    writer->has_rows = true;
}

void rows_end(struct rows_writer *writer) {
    if (writer->is_json) {
        buffer_add(writer->out, writer->has_rows ? "\n]\n" : "]\n");
    }
}
