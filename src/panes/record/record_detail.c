/* Owns the drawing of a record beside its list. */
#include "panes/record/record_detail.h"

#include "panes/record/record_text.h"

enum { DETAIL_LABEL_CELLS = 20 };

void record_detail_draw(struct workbook *workbook, const struct record *record,
                        const struct area *area) {
    const struct register_description *described = register_describe(record->register_id);
    struct buffer text = {0};
    record_text_name(workbook, record, &text);
    area_put(area, (struct spot){0, 0, 0}, MEANING_TITLE, buffer_text(&text));
    int row = 2;
    for (int field = 0; field < described->field_count && row < area->height; field++) {
        buffer_clear(&text);
        record_text_cell(workbook, record, field, &text);
        if (text.len_bytes == 0) {
            continue;
        }
        area_put(area, (struct spot){row, 0, DETAIL_LABEL_CELLS - 1}, MEANING_LABEL,
                 described->fields[field].label);
        row += area_put_wrapped(area, (struct spot){row, DETAIL_LABEL_CELLS, 0}, MEANING_TEXT,
                                buffer_text(&text));
    }
    buffer_free(&text);
}
