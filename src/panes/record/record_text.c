/* Owns how records are named and which of their fields a list shows; knows nothing of where it is
 * drawn. */
#include "panes/record/record_text.h"

#include "clause5/register/type.h"

/* Cells below which a text says too little: the first one beside the key tells what the record is.
 */
enum { NAME_LEAST_CELLS = 26, TEXT_LEAST_CELLS = 12 };

void record_text_cell(struct workbook *workbook, const struct record *record, int field,
                      struct buffer *out) {
    const struct field *described = &register_describe(record->register_id)->fields[field];
    struct fault fault = {0};
    if (!record_print_shown(workbook, described, &record->values[field], out, &fault)) {
        buffer_addf(out, "(%s)", fault_text(&fault));
        fault_clear(&fault);
    }
}

void record_text_key(struct workbook *workbook, const struct record *record, struct buffer *out) {
    struct fault fault = {0};
    size_t before = out->len_bytes;
    if (!record_print_key(workbook, record, out, &fault)) {
        fault_clear(&fault);
    }
    if (out->len_bytes == before) {
        buffer_add_byte(out, '-');
    }
}

void record_text_name(struct workbook *workbook, const struct record *record, struct buffer *out) {
    const struct register_description *described = register_describe(record->register_id);
    buffer_add(out, described->singular);
    if (described->key_count > 0) {
        buffer_add_byte(out, ' ');
        record_text_key(workbook, record, out);
    }
}

/* Returns the column of a field; the NTH that a list shows, the first NAMES of them being what
 * names the record. */
static struct list_column column_of(const struct field *field, int nth, int names) {
    int width = field_width_cells(field);
    bool is_text = !field_type_is_numeric(field->type) && field->type != FIELD_DATE &&
                   field->type != FIELD_YESNO;
    int least = nth == names ? NAME_LEAST_CELLS : TEXT_LEAST_CELLS;
    return (struct list_column){
        .title = field->label,
        .width = width,
        .least_width = is_text && width > least ? least : width,
        .grow = is_text && width > TEXT_LEAST_CELLS ? 2 : 0,
        .priority = nth <= names ? 0 : nth,
        .align = field_type_is_numeric(field->type) ? LIST_RIGHT : LIST_LEFT,
    };
}

static bool is_among(const int *fields, size_t count, int field) {
    for (size_t i = 0; i < count; i++) {
        if (fields[i] == field) {
            return true;
        }
    }
    return false;
}

/* Appends the field unless it is there already or too long for a list. */
static size_t add_field(const struct register_description *described, int field, int *fields,
                        size_t count) {
    if (is_among(fields, count, field) || described->fields[field].type == FIELD_LONG_TEXT) {
        return count;
    }
    fields[count] = field;
    return count + 1;
}

size_t record_text_columns(enum register_id register_id,
                           struct list_column columns[REGISTER_FIELDS_MOST],
                           int fields[REGISTER_FIELDS_MOST]) {
    const struct register_description *described = register_describe(register_id);
    size_t count = 0;
    for (int i = 0; i < described->key_count; i++) {
        count = add_field(described, described->key[i], fields, count);
    }
    for (const int *first = described->list_first; first != NULL && *first >= 0; first++) {
        count = add_field(described, *first, fields, count);
    }
    for (int field = 0; field < described->field_count; field++) {
        count = add_field(described, field, fields, count);
    }
    for (size_t i = 0; i < count; i++) {
        columns[i] = column_of(&described->fields[fields[i]], (int)i, described->key_count);
    }
    return count;
}
