/* Owns what a trial found out about the file, as the head of the screen says it. */
#include <string.h>

#include "panes/staging/staging.h"

static void add_column(struct buffer *out, const char *name, const char *what) {
    buffer_addf(out, "%s%s: %s", out->len_bytes > 0 ? "   " : "", name, what);
}

static void take_column(struct staging_found *found, const struct import_found_column *column) {
    static const char *const orders[] = {[IMPORT_DATES_ISO] = "",
                                         [IMPORT_DATES_DMY] = "day first",
                                         [IMPORT_DATES_MDY] = "month first",
                                         [IMPORT_DATES_YMD] = "year first"};
    static const char *const signs[] = {[IMPORT_DECIMAL_FOUND] = "",
                                        [IMPORT_DECIMAL_POINT] = "decimal point",
                                        [IMPORT_DECIMAL_COMMA] = "decimal comma"};
    if (column->has_serial_days) {
        add_column(&found->columns, column->name, "numbers of days");
    } else if (column->has_dates && column->dates_basis == IMPORT_ASKED) {
        add_column(&found->columns, column->name, "day or month first? (t)");
        found->asked_dates++;
    } else if (column->has_dates && column->dates != IMPORT_DATES_ISO) {
        add_column(&found->columns, column->name, orders[column->dates]);
    }
    if (column->has_numbers && column->decimal_basis == IMPORT_ASKED) {
        add_column(&found->columns, column->name, "decimal point or comma? (F)");
        found->asked_decimals++;
    } else if (column->has_numbers && column->decimal == IMPORT_DECIMAL_COMMA) {
        add_column(&found->columns, column->name, signs[column->decimal]);
    }
    if (column->has_numbers && column->has_percent) {
        add_column(&found->columns, column->name, "percent");
    }
}

void staging_take_found(void *context, const struct import_found *found) {
    struct staging *staging = context;
    struct staging_found *kept = &staging->found;
    buffer_clear(&kept->columns);
    kept->asked_dates = 0;
    kept->asked_decimals = 0;
    kept->line_ends = found->line_ends;
    kept->header_line = found->header_line;
    kept->passed_lines = found->passed_lines;
    for (int i = 0; i < found->column_count && !staging->is_folder; i++) {
        if (found->columns[i].field != NULL) {
            take_column(kept, &found->columns[i]);
        }
    }
}
