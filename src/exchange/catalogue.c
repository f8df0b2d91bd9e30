/* Owns how the shipped lines come into a workbook; knows nothing of what else it begins with. */
#include "exchange/catalogue.h"

#include "clause5/exchange/table.h"
#include "clause5/rules/edit.h"

static bool insert_requirement(struct workbook *workbook, const struct table *table, int row,
                               struct fault *fault) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    const char *const *cells = table_row(table, row);
    for (int column = 0; column < table->column_count; column++) {
        int field = register_find_field(REGISTER_REQUIREMENT, table_names(table)[column]);
        if (field >= 0) {
            values[field] = value_of_text(cells[column]);
        }
    }
    int64_t id = record_shipped_id(value_text(&values[REQUIREMENT_REF]));
    bool is_stored = edit_insert(workbook, REGISTER_REQUIREMENT, values, &id, fault);
    values_free(values, REGISTER_FIELDS_MOST);
    return is_stored;
}

bool catalogue_insert(struct workbook *workbook, struct fault *fault) {
    struct table table = {0};
    bool is_good = table_read_embedded(&table, "catalogue.csv", fault);
    for (int row = 0; row < table.row_count && is_good; row++) {
        is_good = insert_requirement(workbook, &table, row, fault) ||
                  fault_prefix(fault, "catalogue.csv, row %d", row + 1);
    }
    table_free(&table);
    return is_good;
}
